"""What goes over the wire for sales documents, and what odd answers mean."""

import io
import json
from uuid import UUID, uuid4

import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.sales.interaction import InteractionStatusDraft
from lexweb.lexware.api.sales.mailing import Mail, MailAttachment
from lexweb.lexware.office import ApiKey
from tests.contract import schema
from tests.lexware.sales import kinds

ID = UUID("ec90b14a-13a0-48c8-9965-3755886f88e4")
BEFORE = UUID("e1ade54d-c85c-4a5d-9088-635ad7baae71")
PDF = b"%PDF-1.7 \x00\xff"


def resources(*wanted):
    return pytest.mark.parametrize("kind", wanted, ids=lambda kind: kind.resource)


@pytest.fixture
def endpoint(office):
    return lambda kind: getattr(office, kind.endpoint)


@pytest.fixture
def draft(sample):
    return lambda kind: kind.draft.model_validate(sample(f"{kind.resource}.create.request"))


@resources(*kinds.ALL)
def test_get(stage, endpoint, answer, sample, kind):
    document = sample(f"{kind.resource}.get.response")
    stage.play(answer(200, document))
    assert endpoint(kind).get(ID) == kind.shape.model_validate(document)
    assert (stage.heard[0].method, stage.heard[0].target) == ("GET", f"/v1/{kind.resource}/{ID}")


@resources(*kinds.ALL)
def test_nothing_but_an_id_gets_into_an_address(endpoint, kind):
    calls = [endpoint(kind).get, endpoint(kind).file]
    if kind.draft:
        calls += [endpoint(kind).document, lambda id_: endpoint(kind).send_mail(id_, Mail(recipients=("a@x.example",)))]
    for call in calls:
        with pytest.raises(ValueError, match="UUID"):
            call("../profile")


# Creating


@resources(*kinds.LISTED)
def test_a_draft_is_created_without_any_parameter(stage, endpoint, answer, sample, draft, kind):
    stage.play(answer(201, sample(f"{kind.resource}.create.response")))
    created = endpoint(kind).create(draft(kind))
    assert created.id == UUID(sample(f"{kind.resource}.create.response")["id"])
    heard = stage.heard[0]
    assert (heard.method, heard.target) == ("POST", f"/v1/{kind.resource}")
    assert heard.headers["content-type"] == "application/json"
    sent = json.loads(heard.body)
    assert schema.violations("POST", heard.target, 201, sent, kind="request") == []
    assert sent == draft(kind).payload()


@resources(*kinds.LISTED)
def test_finalize(stage, endpoint, answer, sample, draft, kind):
    stage.play(answer(201, sample(f"{kind.resource}.create.response")))
    endpoint(kind).create(draft(kind), finalize=True)
    assert stage.heard[0].target == f"/v1/{kind.resource}?finalize=true"


@resources(*kinds.PURSUABLE)
def test_pursue(stage, endpoint, answer, sample, draft, kind):
    stage.play(*[answer(201, sample(f"{kind.resource}.create.response"))] * 2)
    endpoint(kind).create(draft(kind), preceding=BEFORE)
    endpoint(kind).create(draft(kind), finalize=True, preceding=str(BEFORE).upper())
    targets = [heard.target.partition("?")[2] for heard in stage.heard]
    assert targets == [
        f"precedingSalesVoucherId={BEFORE}",
        f"finalize=true&precedingSalesVoucherId={BEFORE}",
    ]
    assert json.loads(stage.heard[0].body) == draft(kind).payload()


def test_a_dunning_always_follows_an_invoice(stage, office, answer, sample, draft):
    stage.play(answer(201, sample("dunnings.create.response")))
    office.dunnings.create(draft(kinds.DUNNING), preceding=BEFORE)
    assert stage.heard[0].target == f"/v1/dunnings?precedingSalesVoucherId={BEFORE}"
    with pytest.raises(ValueError, match="UUID"):
        office.dunnings.create(draft(kinds.DUNNING), preceding="RE0118")
    assert not hasattr(office.dunnings, "find")


@resources(*kinds.CREATABLE)
def test_an_uncertain_create_is_not_repeated(stage, endpoint, answer, draft, tape, kind):
    stage.play(answer(504, {"message": "Endpoint request timed out"}))
    sent = draft(kind)
    preceding = {"preceding": BEFORE} if kind is kinds.DUNNING else {}
    with pytest.raises(errors.Uncertain) as caught:
        endpoint(kind).create(sent, **preceding)
    assert caught.value.sent is sent
    assert ("cannot be looked up" if kind is kinds.DUNNING else "find(draft") in caught.value.look
    assert len(stage.heard) == 1
    assert tape.naps == []


def test_a_refusal_names_the_members(stage, office, answer, sample, draft):
    stage.play(answer(406, sample("error.regular.response")))
    with pytest.raises(errors.Rejected) as caught:
        office.invoices.create(draft(kinds.PURSUABLE[0]))
    assert "NOTNULL" in [issue.code for issue in caught.value.issues]


# Files

EINVOICES = (*kinds.PURSUABLE[:2], kinds.DOWN_PAYMENT)
PAPER = tuple(kind for kind in kinds.ALL if kind not in EINVOICES)


@resources(*EINVOICES)
def test_an_invoice_comes_in_the_format_asked_for(stage, endpoint, answer, kind):
    headers = {"Content_Type": "application/pdf", "Content_Disposition": 'attachment; filename="Rechnung_RE0118.pdf"'}
    for accept, media_type in (("any", "*/*"), ("pdf", "application/pdf"), ("xml", "application/xml")):
        stage.play(answer(200, PDF, **headers))
        with endpoint(kind).file(ID, accept=accept) as download:
            assert download.save(io.BytesIO()) == len(PDF) == download.size
        assert (download.name, download.media_type) == ("Rechnung_RE0118.pdf", "application/pdf")
        assert stage.heard[-1].headers["accept"] == media_type
        assert stage.heard[-1].target == f"/v1/{kind.resource}/{ID}/file"


@resources(*EINVOICES)
def test_the_original_comes_unless_asked_otherwise(stage, endpoint, answer, kind):
    stage.play(answer(200, b"<Invoice/>", Content_Type="application/xml;charset=utf-8"))
    with endpoint(kind).file(ID) as download:
        assert download.media_type == "application/xml"
    assert stage.heard[0].headers["accept"] == "*/*"


@resources(*PAPER)
def test_other_documents_come_as_pdf(stage, endpoint, answer, kind):
    stage.play(answer(200, PDF, Content_Type="application/pdf"))
    with endpoint(kind).file(ID) as download:
        assert b"".join(download.chunks()) == PDF
    assert stage.heard[0].headers["accept"] == "application/pdf"
    assert stage.heard[0].target == f"/v1/{kind.resource}/{ID}/file"


@resources(*kinds.ALL)
def test_a_draft_has_no_file_yet(stage, endpoint, answer, kind):
    stage.play(answer(409, {"status": 409, "error": "Conflict", "message": "voucher is in draft"}))
    with pytest.raises(errors.NotReady) as caught, endpoint(kind).file(ID):
        pass
    assert not isinstance(caught.value, errors.Conflict)
    assert str(caught.value) == f"GET /v1/{kind.resource}/{{id}}/file: 409"


def test_without_e_invoice_there_is_no_xml(stage, office, answer):
    stage.play(answer(404, {"message": "not found"}))
    with pytest.raises(errors.NotFound), office.invoices.file(ID, accept="xml"):
        pass


@resources(*kinds.CREATABLE)
def test_document_gives_the_id_of_the_file(stage, endpoint, answer, sample, kind):
    stage.play(answer(200, sample("invoices.document.response")), answer(406, {"message": "draft"}), answer(200, {}))
    assert endpoint(kind).document(ID) == UUID("edd05a71-2e21-4e1b-bea3-fac525627256")
    assert stage.heard[0].target == f"/v1/{kind.resource}/{ID}/document"
    with pytest.raises(errors.Rejected):
        endpoint(kind).document(ID)
    with pytest.raises(errors.Unexpected):
        endpoint(kind).document(ID)


# Partner API


@resources(*kinds.CREATABLE)
@pytest.mark.parametrize("body", [b"", {"status": "queued"}])
def test_send_mail(stage, endpoint, answer, kind, body):
    attached = MailAttachment(id=uuid4(), file_name="AGB", file_extension="pdf")
    mail = Mail(recipients=("lohse@elbufer.example",), message="Hallo\n\n{sharedLink}", attachments=(attached,))
    stage.play(answer(202, body))
    endpoint(kind).send_mail(ID, mail)
    heard = stage.heard[0]
    assert (heard.method, heard.target) == ("POST", f"/v1/{kind.resource}/{ID}/sendmail")
    assert json.loads(heard.body) == {
        "recipients": ["lohse@elbufer.example"],
        "message": "Hallo\n\n{sharedLink}",
        "attachments": [{"id": str(attached.id), "fileName": "AGB", "fileExtension": "pdf"}],
    }
    assert schema.violations("POST", heard.target, 202, json.loads(heard.body), kind="request") == []


def test_an_api_key_mails_nothing(open_office, stage):
    office = open_office(credentials=ApiKey("geheimer-schluessel"))
    with pytest.raises(errors.OutsideTier):
        office.invoices.send_mail(ID, Mail(recipients=("lohse@elbufer.example",)))
    with pytest.raises(errors.OutsideTier):
        office.invoices.interaction_status(ID)
    assert stage.heard == []


def test_an_uncertain_mail_is_not_sent_twice(stage, office):
    stage.play(stage.hang_up)
    with pytest.raises(errors.Uncertain) as caught:
        office.invoices.send_mail(ID, Mail(recipients=("lohse@elbufer.example",)))
    assert "mail" in caught.value.look
    assert len(stage.heard) == 1


def test_interaction_status(stage, office, answer, sample):
    read = {"organizationId": str(uuid4()), "resourceId": str(ID), "status": "TRANSMITTED", "version": 3}
    stage.play(answer(200, read), answer(200, sample("invoices.create.response")))
    status = office.invoices.interaction_status(ID)
    assert (status.word, status.version) == ("transmitted", 3)
    office.invoices.set_interaction_status(ID, InteractionStatusDraft(status="accepted", version=status.version))
    assert [(heard.method, heard.target) for heard in stage.heard] == [
        ("GET", f"/v1/invoices/{ID}/interaction-status"),
        ("PUT", f"/v1/invoices/{ID}/interaction-status"),
    ]
    assert json.loads(stage.heard[1].body) == {"status": "accepted", "version": 3}


def test_an_outdated_interaction_status_is_a_conflict(stage, office, answer):
    stage.play(answer(409, {"message": "stale"}))
    with pytest.raises(errors.Conflict):
        office.invoices.set_interaction_status(ID, InteractionStatusDraft(status="rejected", version=2))
