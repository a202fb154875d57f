"""Who may do what at which address: one table, and no address outside of it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from lexweb.clients import invitations, vault
from lexweb.clients.models import Connection, LooseGrant
from lexweb.console import keeping
from lexweb.console.drafts import Draft
from lexweb.console.models import Call
from lexweb.contacts.models import Contact
from lexweb.files import store
from lexweb.files.models import File
from lexweb.firm.models import Staff
from lexweb.firm.roles import Role
from lexweb.outbox.models import Batch, Item
from lexweb.review.models import View
from lexweb.uploads.models import Upload
from lexweb.vouchers.models import Detail
from tests import routes
from tests.cast import PASSWORD, Cast
from tests.conftest import SignIn
from tests.einvoice.test_reading import sample
from tests.firm import test_account_pages
from tests.sync import made_up

pytestmark = pytest.mark.django_db

# The columns; the client of the address is assigned to clerk and assistant, and belongs to the firm of all but one.
PEOPLE = ("partner", "clerk", "unassigned", "assistant", "auditor", "foreign", "out")
TABLE = """
                             partner clerk unassigned assistant auditor foreign out
home:start              GET  200     200   200        200       200     200     302
clients:list            GET  200     200   200        200       200     200     302
clients:switch          GET  302     302   302        302       302     302     302
clients:create          GET  200     200   200        403       403     200     302
clients:create          POST 422     422   422        403       403     422     302
clients:detail          GET  200     200   404        200       200     404     302
clients:edit            GET  200     200   404        403       403     404     302
clients:edit            POST 422     422   404        403       403     404     302
clients:history         GET  200     200   404        200       200     404     302
clients:connect         GET  200     200   404        403       403     404     302
clients:start           GET  405     405   405        405       405     405     405
clients:start           POST 302     302   404        403       403     404     302
clients:connect_key     GET  405     405   405        405       405     405     405
clients:connect_key     POST 422     422   404        403       403     404     302
clients:settle          GET  200     200   404        403       403     404     302
clients:settle          POST 302     302   404        403       403     404     302
clients:disconnect      GET  200     200   404        403       403     404     302
clients:disconnect      POST 302     302   404        403       403     404     302
clients:connection      GET  200     200   404        403       403     404     302
clients:connection      POST 404     404   404        403       403     404     302
clients:invite          GET  200     200   404        403       403     404     302
clients:invite          POST 200     200   404        403       403     404     302
clients:withdraw        GET  405     405   405        405       405     405     405
clients:withdraw        POST 302     302   404        403       403     404     302
connect-callback        GET  400     400   400        403       403     400     400
reconnect               GET  200     200   200        200       200     200     200
reconnect               POST 302     302   302        302       302     302     302
reconnect-result        GET  410     410   410        410       410     410     410
contacts:list           GET  200     200   404        200       200     404     302
contacts:create         GET  200     200   404        200       403     404     302
contacts:create         POST 422     422   404        422       403     404     302
contacts:check          GET  200     200   404        200       403     404     302
contacts:detail         GET  200     200   404        200       200     404     302
contacts:raw            GET  200     200   404        200       200     404     302
contacts:edit           GET  200     200   404        200       403     404     302
contacts:edit           POST 422     422   404        422       403     404     302
contacts:bulk           GET  405     405   405        405       405     405     405
contacts:bulk           POST 302     302   404        302       403     404     302
contacts:under_way      GET  200     200   404        200       200     404     302
outbox:list             GET  200     200   200        200       200     200     302
outbox:counter          GET  200     200   200        200       200     200     302
outbox:detail           GET  200     200   404        200       200     404     302
outbox:undo             GET  405     405   405        405       405     405     405
outbox:undo             POST 302     302   404        302       403     404     302
outbox:group            GET  200     200   404        200       200     404     302
outbox:undo_group       GET  405     405   405        405       405     405     405
outbox:undo_group       POST 302     302   404        302       403     404     302
outbox:retry_group      GET  405     405   405        405       405     405     405
outbox:retry_group      POST 302     302   404        302       403     404     302
outbox:pause            GET  405     405   405        405       405     405     405
outbox:pause            POST 302     302   404        302       403     404     302
outbox:resume           GET  405     405   405        405       405     405     405
outbox:resume           POST 302     302   404        302       403     404     302
outbox:retry_refused    GET  405     405   405        405       405     405     405
outbox:retry_refused    POST 302     302   404        302       403     404     302
outbox:retry            GET  405     405   405        405       405     405     405
outbox:retry            POST 302     302   404        302       403     404     302
outbox:cancel           GET  405     405   405        405       405     405     405
outbox:cancel           POST 302     302   404        302       403     404     302
vouchers:list           GET  200     200   404        200       200     404     302
vouchers:detail         GET  200     200   404        200       200     404     302
vouchers:raw            GET  200     200   404        200       200     404     302
vouchers:create         GET  200     200   404        403       403     404     302
vouchers:create         POST 422     422   404        403       403     404     302
vouchers:edit           GET  200     200   404        200       403     404     302
vouchers:edit           POST 422     422   404        422       403     404     302
vouchers:copy           GET  200     200   404        403       403     404     302
vouchers:contacts       GET  200     200   404        200       403     404     302
vouchers:earlier        GET  200     200   404        200       403     404     302
vouchers:differences    GET  200     200   404        200       200     404     302
vouchers:compare        GET  200     200   404        200       200     404     302
vouchers:distinct       GET  405     405   405        405       405     405     405
vouchers:distinct       POST 302     302   404        302       403     404     302
vouchers:distinct_undo  GET  405     405   405        405       405     405     405
vouchers:distinct_undo  POST 302     302   404        302       403     404     302
files:list              GET  200     200   404        200       200     404     302
files:archive           GET  405     405   405        405       405     405     405
files:archive           POST 302     302   404        302       302     404     302
files:show              GET  200     200   404        200       200     404     302
files:picture           GET  204     204   404        204       204     404     302
files:original          GET  200     200   404        200       200     404     302
files:invoice           GET  200     200   404        200       200     404     302
uploads:list            GET  200     200   404        200       200     404     302
uploads:add             GET  405     405   405        405       405     405     405
uploads:add             POST 302     302   404        302       403     404     302
uploads:decide          GET  405     405   405        405       405     405     405
uploads:decide          POST 302     302   404        302       403     404     302
uploads:send            GET  405     405   405        405       405     405     405
uploads:send            POST 302     302   404        302       403     404     302
uploads:detail          GET  200     200   404        200       200     404     302
uploads:attach          GET  200     200   404        200       403     404     302
uploads:attach          POST 302     302   404        302       403     404     302
uploads:picture         GET  404     404   404        404       404     404     302
uploads:original        GET  404     404   404        404       404     404     302
all-uploads             GET  200     200   200        200       200     200     302
vouchers:bulk           GET  405     405   405        405       405     405     405
vouchers:bulk           POST 302     302   404        302       403     404     302
vouchers:under_way      GET  200     200   404        200       200     404     302
vouchers:undo_assigning GET  405     405   405        405       405     405     405
vouchers:undo_assigning POST 302     302   404        302       403     404     302
review:list             GET  200     200   200        200       200     200     302
review:count            GET  200     200   200        200       200     200     302
review:clients          GET  200     200   200        200       200     200     302
review:voucher          GET  200     200   404        200       200     404     302
review:voucher          POST 422     422   404        422       403     404     302
review:assign           GET  200     200   404        200       403     404     302
review:assign           POST 302     302   404        302       403     404     302
review:assignee         GET  200     200   404        200       200     404     302
review:save_view        GET  200     200   200        200       200     200     302
review:save_view        POST 422     422   422        422       422     422     302
review:change_view      GET  200     404   404        404       404     404     302
review:change_view      POST 422     404   404        404       404     404     302
review:delete_view      GET  405     405   405        405       405     405     405
review:delete_view      POST 302     404   404        404       404     404     302
review:bulk             GET  405     405   405        405       405     405     405
review:bulk             POST 302     302   302        302       403     302     302
review:under_way        GET  200     200   200        200       200     200     302
review:undo_assigning   GET  405     405   405        405       405     405     405
review:undo_assigning   POST 302     302   302        302       403     302     302
console:index           GET  200     200   404        403       200     404     302
console:index           POST 422     422   404        403       422     404     302
console:call            GET  200     404   404        403       404     404     302
console:download        GET  200     404   404        403       404     404     302
console:history         GET  200     200   404        403       200     404     302
sync:status             GET  200     200   404        200       200     404     302
sync:start              GET  405     405   405        405       405     405     405
sync:start              POST 302     302   404        302       403     404     302
sync:pause              GET  405     405   405        405       405     405     405
sync:pause              POST 302     302   404        302       403     404     302
sync:resume             GET  405     405   405        405       405     405     405
sync:resume             POST 302     302   404        302       403     404     302
sync:age                GET  302     302   404        302       302     404     302
syncs                   GET  200     200   200        200       200     200     302
webhook                 GET  405     405   405        405       405     405     405
webhook                 POST 401     401   401        401       401     401     401
firm:settings           GET  200     200   200        200       200     200     302
firm:preferences        GET  405     405   405        405       405     405     405
firm:preferences        POST 302     302   302        302       302     302     302
ui:gallery              GET  200     200   200        200       200     200     200
ui:gallery_page         GET  200     200   200        200       200     200     200
ui:toast                GET  405     405   405        405       405     405     405
ui:toast                POST 302     302   302        302       302     302     302
"""
OPEN = ("ui:", "reconnect")  # not behind the sign-in: no data of anybody; a secret link of the client's own
ROWS = [(*line.split()[:2], line.split()[2:]) for line in TABLE.strip().splitlines()[1:]]


@dataclass
class Place:
    """A client with a connection and a contact, and an open question for everybody."""

    people: dict[str, Staff | None]
    slug: str
    contact_id: UUID
    voucher_id: UUID
    other_id: UUID
    view: int
    call: UUID
    token: str

    def address(self, name: str, person: str) -> str:
        """The address with this name, as it is for the person."""
        pattern = {name: path for name, path, _ in routes.walk()}[name]
        values: dict[str, object] = {}
        if "<slug:slug>" in pattern:
            values["slug"] = self.slug
        if "contact_id" in pattern:
            values["contact_id"] = self.contact_id
        if "voucher_id" in pattern:
            values["voucher_id"] = self.voucher_id
        if "other_id" in pattern:
            values["other_id"] = self.other_id
        if "file_id" in pattern:
            values["file_id"] = File.objects.get().lexware_id
        if "upload_id" in pattern:
            values["upload_id"] = Upload.objects.get().pk
        if "group_id" in pattern:
            values["group_id"] = Batch.objects.get().group
        if "<uuid:move>" in pattern:
            values["move"] = uuid4()
        if "batch_id" in pattern:
            values["batch_id"] = Batch.objects.get().pk
        if "<int:number>" in pattern:
            values["number"] = 0
        if "<uuid:key>" in pattern:
            values["key"] = self.call
        if "<str:token>" in pattern:
            values["token"] = self.token
        if "<slug:key>" in pattern:
            values["key"] = "unknown"
        if "<slug:page>" in pattern:
            values["page"] = "list"
        if "<int:pk>" in pattern:
            staff = self.people[person] or self.people["unassigned"]
            grant = LooseGrant.objects.get(staff=staff).pk
            values["pk"] = self.view if name.startswith("review:") else grant
        return reverse(name, kwargs=values)


@pytest.fixture
def place(cast: Cast) -> Place:
    """Rows alone: nothing here needs Lexware Office."""
    unassigned = Staff.objects.create_user("u@firm.example", PASSWORD, name="U", role=Role.CLERK, firm=cast.klaus.firm)
    people = dict(zip(PEOPLE, (cast.paula, cast.klaus, unassigned, cast.aylin, cast.robert, cast.fremd), strict=False))
    connection = Connection.objects.create(
        client=cast.client, kind="api_key", state="disconnected", organization_id=uuid4(), company_name="Brandt"
    )
    contact = Contact.objects.create(
        connection=connection, lexware_id=uuid4(), version=1, is_company=True, is_customer=True, is_vendor=False,
        name="Öz", sort_name="oz", search="oz", seen_at=timezone.now(),
        raw={"version": 1, "roles": {"customer": {"number": 1}}, "company": {"name": "Öz"}},
    )  # fmt: skip
    _invitation, link = invitations.create(connection, by=cast.klaus)
    voucher, other = (made_up.voucher(connection, kind="purchaseinvoice", status="unchecked") for _ in range(2))
    raw = {"id": str(voucher.lexware_id), "type": "purchaseinvoice", "voucherStatus": "unchecked", "version": 1}
    Detail.objects.create(voucher=voucher, raw=raw, version=1, seen_at=timezone.now())
    blob = store.put(connection, [sample("xrechnung.ubl.xml")], media_type="application/xml")
    File.objects.create(
        connection=connection, lexware_id=uuid4(), voucher_id=voucher.lexware_id, name="a.xml", blob=blob,
        media_type=blob.media_type, size=blob.size, sha256=blob.sha256, profile="xrechnung",
    )  # fmt: skip
    view = View.objects.create(staff=cast.paula, name="Own", query="kind=purchases")  # nobody else's
    Upload.objects.create(connection=connection, name="a.png", size=1, sha256="0", media_type="image/png")
    batch = Batch.objects.create(connection=connection, act="contact.change", wish={"change": "vendor"}, group=uuid4())
    Item.objects.create(batch=batch, number=0, connection=connection, target=contact.target, label="Öz")
    for staff in people.values():
        LooseGrant.objects.create(
            client=cast.client, staff=staff, kind="api_key", question="unchecked", secret=vault.seal("{}"),
            revoke_at=timezone.now() + timedelta(minutes=30),
        )  # fmt: skip
    call = Call.objects.create(  # the partner's own
        client=cast.client, staff=cast.paula, method="GET", path="/v1/profile", state="answered", status=200,
        draft=keeping.seal_draft(Draft("GET", "/v1/profile")), answer=keeping.seal_answer(keeping.Answer({}, b"{}")),
    )  # fmt: skip
    token = link.split("/")[-2]
    everybody = people | {"out": None}
    ids = (contact.lexware_id, voucher.lexware_id, other.lexware_id, view.pk)
    return Place(everybody, cast.client.slug, *ids, call.key, token)


@pytest.mark.parametrize(("name", "method", "promised"), ROWS, ids=[f"{name} {method}" for name, method, _ in ROWS])
def test_each_person_gets_the_promised_answer(
    name: str, method: str, promised: list[str], place: Place, sign_in: SignIn
) -> None:
    got = []
    for person in PEOPLE:
        staff, address = place.people[person], place.address(name, person)
        browser = sign_in(staff) if staff else Browser(headers={"accept-language": "en"})
        answer = browser.post(address, {"sent": "1"}) if method == "POST" else browser.get(address)
        got.append(str(answer.status_code))
        if answer.status_code == 403:
            assert f"Your role “{staff.get_role_display()}” does not include this." in answer.content.decode()
        if answer.status_code == 302 and person == "out" and not name.startswith(OPEN):
            assert answer["Location"].startswith("/accounts/login/?next=")

    assert dict(zip(PEOPLE, got, strict=True)) == dict(zip(PEOPLE, promised, strict=True))


def test_no_address_is_missing_in_the_table() -> None:
    assert routes.names() - {name for name, _, _ in ROWS} - test_account_pages.NAMES == set()


def test_a_client_that_does_not_exist_looks_like_one_that_i_may_not_see(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)

    foreign = browser.get(f"/clients/{cast.foreign.slug}/").content.decode()
    missing = browser.get("/clients/12345678/").content.decode()

    assert foreign.replace(cast.foreign.slug, "12345678").split("<main")[1] == missing.split("<main")[1]


def test_a_session_that_ended_sends_htmx_to_the_whole_sign_in_page(cast: Cast) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{cast.client.url}?a=b"}

    answer = Browser().get("/clients/switch/", headers=headers)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["HX-Redirect"] == f"/accounts/login/?next={cast.client.url}%3Fa%3Db"


@pytest.mark.parametrize(
    ("referer", "back"),
    [("http://testserver{page}?a=b", "{page}%3Fa%3Db"), ("https://evil.example{page}", "/"), ("", "/")],
)
def test_who_sends_a_form_signed_out_comes_back_to_its_page(cast: Cast, referer: str, back: str) -> None:
    page = f"{cast.client.url}sync/"

    answer = Browser().post(f"{page}start/", headers={"Referer": referer.format(page=page)})

    assert answer["Location"] == f"/accounts/login/?next={back.format(page=page)}"
