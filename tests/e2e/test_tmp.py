import pytest
from tests.e2e import tour
pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]
@pytest.mark.parametrize("name", ["contact-new", "switcher", "person-menu", "contact-conflict", "disconnect-dialog", "contact-refused","client","client-settings","sync","login"])
def test_shot(open_desk, sandbox, watch, name):
    watch.expects(409)
    desk = open_desk("" if name=="login" else "paula", reduced_motion="reduce")
    {**tour.SIGNED_IN, **tour.SIGNED_OUT}[name](desk, sandbox)
    desk.page.screenshot(path=f"/tmp/s-{name}-wide.png")
    desk.page.set_viewport_size({"width": 390, "height": 700})
    if name == "contact-new": desk.field("note").focus()
    desk.page.screenshot(path=f"/tmp/s-{name}.png")
