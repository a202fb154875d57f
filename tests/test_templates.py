"""Every template that a view names exists, and pages use no variable that nobody gave them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Variable, VariableDoesNotExist
from django.template.base import FilterExpression
from django.template.loader import get_template
from django.test import Client as Browser

from lexweb.clients.models import Connection, LooseGrant
from lexweb.contacts.models import Contact
from lexweb.contacts.wishes import Wish
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn
from tests.outbox import worker as working

HTMX = {"HX-Request": "true"}
SPARE = {"default", "default_if_none", "yesno", "first", "length"}  # filters that are there for what is missing
EXPECTED = {
    "/ui/switcher.html: frame.client.color",  # no client is open: no colour
    "/base.html: request.user.firm.name",  # the show of pieces, signed out
}
OURS = str(settings.BASE_DIR / "templates")


def named() -> Iterator[str]:
    """Every template that our code names, with its fragment: "clients/list.html#rows"."""
    for file in Path(settings.BASE_DIR / "lexweb").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            for position, text in enumerate(texts):
                if text.endswith(".html") and "*" not in text:  # a pattern names none
                    yield text
                    called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                    if called == "page" and texts[position + 1 :]:
                        yield f"{text}#{texts[position + 1]}"


@pytest.mark.parametrize("template", sorted(set(named())))
def test_each_named_template_and_fragment_exists(template: str) -> None:
    assert get_template(template)


def test_the_search_for_names_finds_them() -> None:
    assert {"clients/list.html#rows", "clients/connect.html", "403.html", "ui/badge.html"} <= set(named())


@pytest.fixture
def undefined(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Collects the variables that templates write, or hand on, although nobody defined them."""
    found: set[str] = set()
    resolve = FilterExpression.resolve

    def watched(self: FilterExpression, context: Context, ignore_failures: bool = False) -> object:
        template = getattr(context.render_context, "template", None) or context.template
        ours = str(getattr(getattr(template, "origin", None), "name", "")).startswith(OURS)
        spared = ignore_failures or SPARE & {filter_.__name__ for filter_, _ in self.filters}
        if ours and not spared and isinstance(self.var, Variable):
            try:
                self.var.resolve(context)
            except VariableDoesNotExist:
                found.add(f"{template.origin.name.removeprefix(OURS)}: {self.var}")
        return resolve(self, context, ignore_failures)

    monkeypatch.setattr(FilterExpression, "resolve", watched)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["none", "connected", "reconnect", "disconnected"])
@pytest.mark.parametrize("person", ["paula", "robert"])
def test_pages_use_no_undefined_variable(
    state: str, person: str, cast: Cast, lexware: RunningSandbox, sign_in: SignIn, undefined: set[str]
) -> None:
    pages = ["/", "/clients/", "/clients/?q=nobody", "/clients/new/", "/staff/me/", "/clients/switch/", "/nowhere/"]
    pages += [f"{cast.client.url}{page}/" for page in ("connect", "disconnect", "settings", "history", "sync")]
    pages += [f"{cast.client.url}connection/{page}" for page in ("", "link/")]
    pages += [f"{cast.client.url}api/{page}" for page in ("", "calls/", "?verb=GET&path=/v1/contacts?page=0")]
    pages += ["/outbox/", "/outbox/?state=refused", "/outbox/counter/"]
    pages += [f"{cast.client.url}{page}" for page in ("", "contacts/", "contacts/new/", "contacts/new/?kind=person")]
    if state != "none":
        casting.synced(cast.client, lexware, by=cast.paula, index=7)
        Connection.objects.update(state=state, state_reason="refused" if state == "reconnect" else "")
        contact = Contact.objects.select_related("connection__client")[0]
        pages += [f"{contact.url}{page}" for page in ("", "raw/", "edit/")]
        batch = working.put(contact.connection, [contact], Wish("vendor"), by=cast.paula)
        pages += [f"/outbox/{batch.pk}/", f"/outbox/{batch.pk}/?state=done"]
    browser = sign_in(getattr(cast, person))

    answers = [browser.get(page, headers=headers) for page in pages for headers in ({}, HTMX)]

    assert max(answer.status_code for answer in answers) < 500
    assert sorted(undefined - EXPECTED) == []


@pytest.mark.django_db
def test_pages_between_the_list_and_the_outbox_use_no_undefined_variable(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn, undefined: set[str]
) -> None:
    casting.synced(cast.client, lexware, by=cast.paula, only=("contacts",))
    browser, bulk = sign_in(cast.paula), f"{cast.client.url}contacts/bulk/"
    listed = browser.get(f"{cast.client.url}contacts/")
    chosen = {"all": listed.context["all_of_search"]}
    for step in (
        {},
        {"step": "preview"},
        {"step": "preview", "change": "vendor"},
        {"step": "confirm", "change": "vendor"},
    ):
        assert browser.post(bulk, chosen | step).status_code in {200, 409, 422}

    assert sorted(undefined - EXPECTED) == []


@pytest.mark.django_db
def test_pages_of_connecting_use_no_undefined_variable(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn, undefined: set[str]
) -> None:
    browser = sign_in(cast.paula)
    flow.connected(browser, lexware, cast.other)
    flow.connected(browser, lexware, cast.client, index=1)
    for index in (0, 2):
        flow.said(browser, flow.connect(browser, lexware, cast.client, index=index))
    flow.key(browser, cast.client, "short")
    browser.get(flow.CALLBACK)
    browser.get(cast.client.url)
    LooseGrant.objects.update(question="unchecked", profile=None)
    browser.get(f"{cast.client.url}connect/{LooseGrant.objects.order_by('pk')[0].pk}/")
    browser.post(f"{cast.client.url}settings/", {"name": "", "number": "", "color": ""})

    assert sorted(undefined - EXPECTED) == []


@pytest.mark.django_db
def test_public_pages_and_the_show_of_pieces_use_no_undefined_variable(
    client: Browser, cast: Cast, undefined: set[str]
) -> None:
    for page in ("/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/nowhere/"):
        client.get(page)
    for page in ("/reconnect/garbage/", "/reconnect/", flow.CALLBACK):
        assert client.get(page).status_code in {400, 410}
    for page in ("", "list/", "form/", "detail/", "dialog/"):
        assert client.get(f"/ui/{page}").status_code == 200
    client.post("/accounts/login/", {"login": "a@b.de", "password": "x"})

    assert sorted(undefined - EXPECTED) == []
