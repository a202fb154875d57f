"""A whole working day in the log: events and numbers, never tokens, names, addresses or query strings."""

import io
import json
import logging
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import structlog
from django.test import Client as Browser

from lexweb.clients import attempts, ending
from lexweb.contacts.models import Contact
from lexweb.firm.models import Staff
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync import engine
from lexweb.ui import logs
from tests import cast as casting
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("impatient")]
SMALL = 7
TYPED = "Zwirnfaden"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that production would write, at its chattiest."""
    shape = logs.config(level="DEBUG", as_json=True)["formatters"]["events"]
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=shape["processors"], foreign_pre_chain=shape["foreign_pre_chain"]
        )
    )
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler.stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_day_of_work_leaves_nothing_personal_and_no_secret_in_the_log(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn, log: io.StringIO
) -> None:
    browser = sign_in(cast.klaus)
    secrets = _day(browser, cast, lexware)

    text = log.getvalue()

    events = [json.loads(line).get("event", "") for line in text.splitlines()]
    assert {"request.done", "lexware.exchange", "connection.bound", "tokens.refreshed", "pass.finished"} <= set(events)
    assert len(secrets) > 30
    assert [secret for secret in secrets if secret in text] == []
    assert "?" not in text.replace("?: ", "")


def test_a_form_from_elsewhere_leaves_no_address_in_the_log(cast: Cast, log: io.StringIO) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(cast.klaus)

    refused = browser.post(f"{cast.client.url}api/", headers={"Origin": "http://geheimer-absender.example"})

    assert refused.status_code == 403
    assert cast.client.slug not in log.getvalue()
    assert "geheimer-absender" not in log.getvalue()
    assert '"status": 403' in log.getvalue()


def test_a_failed_day_leaves_nothing_personal_either(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn, log: io.StringIO
) -> None:
    browser = sign_in(cast.klaus)
    key = flow.organization(lexware)["apiKey"]
    for kind in ("429", "500", "504_after", "timeout_after", "garbage", "empty", "plan_402", "forbidden_403"):
        lexware.fault(kind, path="/v1/profile", seconds=0.01)
        flow.key(browser, cast.client, key)
        lexware.fault(kind, path="/oauth2/token", seconds=0.01)
        flow.connect(browser, lexware, cast.client)
    browser.get(f"{flow.CALLBACK}?code=geheim-code&state=geheim-state")
    browser.get("/clients/?q=Geheimname&page=x")
    browser.get(f"/clients/{cast.foreign.slug}/?q=Geheimname")
    Browser().post("/accounts/login/", {"login": cast.klaus.email, "password": "geheim-passwort"})

    text = log.getvalue()

    assert text.count("request.done") > 20
    personal = [cast.klaus.email, cast.klaus.name, cast.client.name, cast.foreign.name, cast.paula.firm.name]
    for secret in (key, "geheim", "Geheim", flow.organization(lexware)["companyName"], *personal):
        assert secret not in text


def _day(browser: Browser, cast: Cast, lexware: RunningSandbox) -> set[str]:
    """Connect, sync, search, change, refresh, disconnect; return everything that must not be told."""
    back = flow.consent(browser, lexware, cast.client, index=SMALL)
    [attempt] = browser.session[attempts.ATTEMPTS].values()
    browser.get(back)
    secrets = {values[0] for values in parse_qs(urlsplit(back).query).values()} | {attempt["verifier"]}
    secrets |= _tokens(lexware)
    connection = casting.synced(cast.other, lexware, by=cast.paula, index=1)
    engine.run(connection.pk, only=engine.LISTS)
    lexware.fault("expired_token", path="/v1/contacts*")
    assert engine.run(cast.client.connection.pk, only=engine.LISTS)
    secrets |= _tokens(lexware)
    _edit(browser, Contact.objects.filter(connection__client=cast.client, is_company=True)[0])
    browser.get(f"{cast.client.url}contacts/", {"q": TYPED})
    browser.get(f"{cast.client.url}history/")
    browser.post(f"{cast.client.url}disconnect/")
    ending.revoke_due()
    for organization in lexware.organizations()[:8]:
        secrets |= {organization[name] for name in ("companyName", "apiKey", "email", "userName")}
    secrets |= {name for name in Contact.objects.values_list("name", flat=True) if len(name) > 6}
    secrets |= {staff.email for staff in Staff.objects.all()} | {staff.name for staff in Staff.objects.all()}
    return secrets | {TYPED, cast.client.name, cast.client.firm.name, cast.paula.firm.name}


def _edit(browser: Browser, contact: Contact) -> None:
    form = browser.get(f"{contact.url}edit/").context["form"]
    typed = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "", False)}
    answer = browser.post(f"{contact.url}edit/", typed | {"company_name": TYPED, "note": TYPED})
    assert answer.status_code == 302, answer.content.decode()


def _tokens(lexware: RunningSandbox) -> set[str]:
    return {token for grant in lexware.state.grants.living() for token in (grant.access_token, grant.refresh_token)}
