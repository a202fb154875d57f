"""What has to be true on every page: readable for everybody, in light and dark, narrow and wide."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e import tour
from tests.e2e.conftest import Desks
from tests.e2e.office import Sandbox
from tests.e2e.steps import Desk
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e]

WIDTHS = {"wide": 1280, "narrow": 390}
TOO_WIDE = """() => {
  const end = document.documentElement.clientWidth, page = document.scrollingElement.scrollWidth;
  if (page <= end) return [];
  const cut = (e) => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== 'visible') return true; return false; };
  const beyond = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > end + 1);
  const out = beyond.filter((e) => !cut(e));
  const name = (e) => `${e.tagName.toLowerCase()}.${e.className} …${e.textContent.trim().slice(0, 40)}`;
  return [`page ${page} px wide, window ${end} px`, ...(out.length ? out : beyond).slice(0, 5).map(name)];
}"""
NEXT_PICTURE = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
COVERED = """() => [...document.querySelectorAll('.savebar button, .savebar a')].filter((e) => {
  const box = e.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.width && top !== e && !e.contains(top);
}).map((e) => e.textContent.trim())"""


@pytest.mark.parametrize("name", [*tour.SIGNED_OUT, *tour.SIGNED_IN])
def test_is_accessible_and_fits(open_desk: Desks, sandbox: Sandbox, watch: Watch, name: str) -> None:
    watch.expects(400, 404, 409, 410)
    signed_in = name in tour.SIGNED_IN
    desk = open_desk("paula" if signed_in else "", reduced_motion="reduce")
    (tour.SIGNED_IN | tour.SIGNED_OUT)[name](desk, sandbox)
    desk.settled()
    problems = _fits(desk, "wide") + _axe(desk)
    desk.page.emulate_media(color_scheme="dark")
    desk.page.evaluate(NEXT_PICTURE)
    dark = _axe(desk, {"runOnly": ["color-contrast"]})
    if dark:  # a busy machine may still be painting the change of theme; what is really pale stays pale
        desk.page.evaluate(NEXT_PICTURE)
        dark = _axe(desk, {"runOnly": ["color-contrast"]})
    problems += [f"dark: {problem}" for problem in dark]
    problems += _fits(desk, "narrow")
    if not desk.page.locator("details[data-menu][open]").count():  # an open menu covers what lies behind it
        problems += [f"narrow: {problem}" for problem in _axe(desk, {"runOnly": ["color-contrast", "target-size"]})]
    assert not problems, "\n".join([name, *problems])


@pytest.mark.parametrize("width", WIDTHS.values())
def test_toasts_and_fields_stay_clear_of_the_save_bar(desk: Desk, sandbox: Sandbox, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 700})
    desk.go(f"{desk.client(sandbox.named('Lesezeichen'))}contacts/new/")
    covered = desk.page.evaluate(
        """() => [...document.querySelectorAll('form[data-guard] :is(input:not([type=hidden]), select, textarea)')]
          .filter((e) => {
            e.focus();
            const field = e.getBoundingClientRect();
            const bar = document.querySelector('.savebar').getBoundingClientRect();
            return field.bottom > bar.top && field.top < bar.bottom;
          }).map((e) => e.name)"""
    )
    assert covered == []
    desk.page.evaluate(
        """() => document.body.dispatchEvent(new CustomEvent('toast', {detail:
          {text: 'Die Verbindung zum Server ist weg. Es wurde nichts gespeichert.', level: 'error'}}))"""
    )
    desk.toasts.get_by_role("alert").wait_for()
    assert desk.page.evaluate(COVERED) == []


def _fits(desk: Desk, width: str) -> list[str]:
    desk.page.set_viewport_size({"width": WIDTHS[width], "height": 800})
    desk.page.evaluate(NEXT_PICTURE)
    found = desk.page.evaluate(TOO_WIDE) + [f"covered: {text}" for text in desk.page.evaluate(COVERED)]
    return [f"{width}: {problem}" for problem in found]


def _axe(desk: Desk, options: dict[str, Any] | None = None) -> list[str]:
    found = Axe().run(desk.page, options={"resultTypes": ["violations"], **(options or {})})
    return [
        f"{violation['id']} ({violation['impact']}): {node['target']} {_why(node)}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return checks[0]["message"] if checks else node["html"][:100]
