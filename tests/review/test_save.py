"""Saving a receipt in the queue: it is stored over there, and the next one is on the screen."""

import html
import re
from typing import Any

import pytest
from django.test import Client as Browser

from lexweb.lexware import retry
from lexweb.sandbox.server import RunningSandbox
from lexweb.vouchers.models import Voucher
from tests import cast as casting
from tests.cast import Cast
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db
FORM = {"HX-Request": "true", "HX-Target": "form"}
FIELD = re.compile(r"<(?:input|textarea)[^>]*>|<select.*?</select>", re.DOTALL)


@pytest.fixture
def books(cast: Cast, lexware: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> Books:
    """The joinery's books, as the mirror holds them."""
    monkeypatch.setattr(retry, "backoff", lambda attempt: 0.001)
    books = Books(casting.connect(cast.client, lexware, by=cast.klaus), lexware)
    books.store(books.rows("any", "unchecked"))
    books.fill(steps=80)
    return books


@pytest.fixture
def waiting(books: Books) -> list[Voucher]:
    """What is to be reviewed, in the order of the queue."""
    found = Voucher.objects.select_related("connection__client").filter(status="unchecked", archived=False)
    return list(found.order_by("listed_on", "pk"))


def url(voucher: Voucher, query: str = "") -> str:
    return f"/review/{voucher.connection.client.slug}/{voucher.lexware_id}/{query}"


def typed(browser: Browser, voucher: Voucher, **changes: str) -> dict[str, str]:
    """Return what the form would send, with these changes."""
    page = browser.get(url(voucher)).content.decode()
    form = page[page.index("<form", page.index('class="desk-body"')) :].split("</form>")[0]
    values: dict[str, str] = {}
    for control in FIELD.findall(form):
        name = re.search(r'name="([^"]+)"', control)
        if not name or "disabled" in control.split(">")[0]:
            continue
        values.update(_value(name[1], control))
    return values | {"act": "save"} | changes


def _value(name: str, control: str) -> dict[str, str]:
    if control.startswith("<select"):
        chosen = re.search(r'<option value="([^"]*)" selected', control)
        return {name: html.unescape(chosen[1]) if chosen else ""}
    if 'type="checkbox"' in control or 'type="radio"' in control:
        value = re.search(r'value="([^"]*)"', control)
        return {name: value[1] if value else "on"} if re.search(r"\bchecked\b", control) else {}
    value = re.search(r'value="([^"]*)"', control)
    return {name: html.unescape(value[1]) if value else ""}


def go(browser: Browser, answer: Any) -> Any:
    """Follow as htmx does: the same headers once more."""
    assert answer.status_code == 303, answer.content.decode()[:3000]
    return browser.get(answer["Location"], headers=FORM)


def test_saved_the_next_one_is_on_the_screen(klaus: Browser, waiting: list[Voucher], books: Books) -> None:
    first, second = waiting[:2]
    sent = typed(klaus, first, remark="Geprüft im Test")
    answer = klaus.post(url(first, "?older=1"), sent, headers=FORM)

    shown = go(klaus, answer)
    assert shown["HX-Retarget"] == "#desk"
    assert shown["HX-Push-Url"] == url(second, "?older=1")
    page = shown.content.decode()
    assert 'id="desk"' in page
    assert "<html" not in page
    assert f'id="desk-{second.lexware_id}"' in page
    assert "Tischlerei Brandt saved" in shown["HX-Trigger"]
    assert books.again(first).detail.raw["remark"] == "Geprüft im Test"


def test_what_is_wrong_stays_with_the_form(klaus: Browser, waiting: list[Voucher]) -> None:
    sent = typed(klaus, waiting[0], voucher_date="gar nicht")
    answer = klaus.post(url(waiting[0]), sent, headers=FORM)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="form"' in page
    assert 'id="desk"' not in page
    assert "gar nicht" in page


def test_without_a_script_the_page_follows(klaus: Browser, waiting: list[Voucher]) -> None:
    answer = klaus.post(url(waiting[0]), typed(klaus, waiting[0], remark="ohne Skript"))
    assert (answer.status_code, answer["Location"]) == (303, url(waiting[1]))
    wrong = klaus.post(url(waiting[1]), typed(klaus, waiting[1], voucher_date="gar nicht"))
    assert wrong.status_code == 422
    assert 'id="desk"' in wrong.content.decode()


def test_the_client_is_always_in_sight_and_the_next_image_is_fetched_ahead(
    klaus: Browser, waiting: list[Voucher], cast: Cast
) -> None:
    files = waiting[1].connection.files.filter(voucher_id=waiting[1].lexware_id)
    assert "prefetch" not in klaus.get(url(waiting[0])).content.decode()  # nobody has looked into it: no page is known
    files.update(pages=1, media_type="application/pdf")
    page = klaus.get(url(waiting[0])).content.decode()
    head = page[page.index('class="desk-form"') : page.index('class="desk-body"')]
    assert "Tischlerei Brandt" in head
    assert 'class="desk client-color-3"' in page
    assert "rail-client" not in page  # the frame knows no client: the next receipt may be another's
    ahead = page[page.index('rel="prefetch"') :].split(">")[0]
    assert f"{cast.client.url}files/{files.get().lexware_id}/pages/1/" in ahead


def test_who_only_reads_sees_why_there_is_no_form(waiting: list[Voucher], cast: Cast, sign_in: Any) -> None:
    page = sign_in(cast.robert).get(url(waiting[0])).content.decode()
    assert "but not change them" in page
    assert 'id="save"' not in page
