"""The pieces of the interface as they come out of their templates."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

NOW = datetime(2026, 11, 20, 8, 42, 7, tzinfo=UTC)  # 09:42 in Berlin


def render(source: str, address: str = "/", language: str = "de", **context: Any) -> str:
    with translation.override(language):
        request = RequestFactory().get(address)
        return Template(source).render(Context({"request": request, **context})).strip()


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Decimal("1234.5"), "1.234,50"),
        (Decimal("-119"), "\N{MINUS SIGN}119,00"),
        (Decimal("1234567.891"), "1.234.567,89"),
        (Decimal(0), "0,00"),
    ],
)
def test_money_as_german_offices_write_it(amount: Decimal, shown: str) -> None:
    html = render("{% money amount %}", amount=amount)
    assert html == f'<span class="money">{shown}<span class="currency">\N{NO-BREAK SPACE}€</span></span>'


def test_money_in_english_and_in_another_currency() -> None:
    assert "1,234.50<" in render("{% money a %}", language="en", a=Decimal("1234.5"))
    assert "CHF</span>" in render('{% money a currency="CHF" %}', a=Decimal(1))


def test_nothing_known_is_a_dash() -> None:
    assert render("{% money none %}{% day none %}{% moment none %}", none=None) == "–––"


def test_day_and_moment_in_the_time_of_berlin() -> None:
    assert render("{% day d %}", d=date(2026, 11, 20)) == '<time datetime="2026-11-20">20.11.2026</time>'
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert ">21.11.2026<" in render("{% day d %}", d=late)
    assert ">21.11.2026 00:30<" in render("{% moment d %}", d=late)


@time_machine.travel(NOW, tick=False)
def test_data_age_turns_amber_after_its_limit() -> None:
    assert "09:42" in render("{% data_age at %}", at=NOW)
    assert "age-late" not in render("{% data_age at limit=60 %}", at=NOW.replace(hour=8, minute=0))
    assert "age-late" in render("{% data_age at limit=30 %}", at=NOW.replace(hour=8, minute=0))
    assert "19.11.2026" in render("{% data_age at %}", at=NOW.replace(day=19))


def test_badge_says_its_state_in_a_word_beside_an_icon() -> None:
    html = render('{% badge "danger" text %}', text="<Überfällig>")
    assert 'class="badge badge-danger"' in html
    assert "&lt;Überfällig&gt;" in html
    assert 'aria-hidden="true"' in html


def test_icon_that_stands_alone_has_a_name() -> None:
    assert 'aria-label="Drucken"' in render('{% icon "printer" label="Drucken" %}')


def test_notice_and_empty_keep_the_markup_of_their_block() -> None:
    assert '<a href="/x">' in render('{% emptystate "users" "Leer" %}<a href="/x">Los</a>{% endemptystate %}')
    assert '<a href="/x">' in render('{% notice "warn" "Achtung" %}<a href="/x">Los</a>{% endnotice %}')
    assert "empty-actions" not in render('{% emptystate "users" "Leer" %}{% endemptystate %}')


def test_fact_escapes_its_value() -> None:
    html = render('{% fact "Name" %}{{ name }}{% endfact %}', name="<b>")
    assert html == "<div><dt>Name</dt><dd>&lt;b&gt;</dd></div>"


def test_query_keeps_the_other_parameters() -> None:
    assert render("{% query page=2 %}", "/?q=müller&page=1") == "?q=m%C3%BCller&amp;page=2"
    assert render("{% query page=None q='' %}", "/?q=a&page=1&sort=name") == "?sort=name"


def test_sort_head_turns_round_and_leaves_the_page() -> None:
    first = render('{% sort_head "name" "Name" default="name" %}', "/?q=a&page=3")
    assert 'aria-sort="ascending"' in first
    assert 'href="?q=a&amp;sort=-name"' in first
    other = render('{% sort_head "city" "Ort" default="name" target="rows" %}', "/?sort=-name")
    assert 'aria-sort="none"' in other
    assert 'hx-get="?sort=city"' in other
    assert 'hx-target="#rows"' in other


def test_chip_marks_the_chosen_one_and_drops_the_page() -> None:
    html = render('{% chip "state" "open" "Offen" count=3 %}', "/?state=open&page=2&q=a")
    assert 'aria-current="true"' in html
    assert 'href="?state=open&amp;q=a"' in html
    assert 'href="?q=a"' in render('{% chip "state" "" "Alle" %}', "/?state=open&q=a")


def test_pages_say_where_i_am_and_lead_on() -> None:
    page = Paginator(range(348), 50).get_page(2)
    html = render("{% pages page %}", "/?q=a&page=2", language="en", page=page)
    assert "51–100 of 348" in html
    assert 'rel="prev" href="?q=a"' in html
    assert 'rel="next" href="?q=a&amp;page=3"' in html


def test_pages_are_silent_without_rows() -> None:
    assert "<nav" not in render("{% pages page %}", page=Paginator([], 50).get_page(1))


class Address(forms.Form):
    zip = forms.CharField(label="PLZ", help_text="Fünf Ziffern")
    street = forms.CharField(label="Straße", required=False)
    archived = forms.BooleanField(label="Archiviert", required=False)
    way = forms.ChoiceField(label="Weg", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_field_ties_hint_and_error_to_its_input() -> None:
    html = render('{% field form.zip width="sm" inputmode="numeric" %}', form=Address({"zip": ""}))
    assert 'aria-describedby="id_zip_helptext id_zip_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'inputmode="numeric"' in html
    assert 'id="id_zip_error"' in html
    assert 'class="field field-sm"' in html


def test_optional_is_said_and_required_is_not() -> None:
    html = render("{% field form.zip %}|{% field form.street %}", language="en", form=Address())
    required, optional = html.split("|")
    assert "optional" not in required
    assert "(optional)" in optional


def test_a_group_of_choices_is_a_fieldset_and_a_box_has_its_label_beside_it() -> None:
    assert "<legend>Weg" in render("{% field form.way %}", form=Address())
    assert '<label class="choice"><input type="checkbox"' in render("{% field form.archived %}", form=Address())


def test_form_errors_lead_to_the_wrong_fields() -> None:
    html = render("{% formerrors form %}", form=Address({"way": "a"}))
    assert 'href="#id_zip"' in html
    assert "id_street" not in html
    assert render("{% formerrors form %}", form=Address()) == ""


def test_progress_has_numbers_or_is_open() -> None:
    assert 'value="34" max="48"' in render('{% progress 34 48 "34 von 48 Seiten" %}')
    assert "max=" not in render('{% progress None None "Verbinden" %}')


def test_conflict_chooses_nothing_for_the_person_but_keeps_what_they_chose() -> None:
    rows = [{"name": "city", "label": "Ort", "mine": "Neuss", "theirs": "Köln", "before": "Bonn"}]
    html = render("{% conflict rows %}", rows=rows)
    chosen = render("{% conflict rows %}", rows=[rows[0] | {"kept": "theirs"}])
    assert "checked" not in html
    assert '<input type="radio" name="keep-city" value="theirs" checked>' in chosen
    assert "Köln" in html
    assert "Bonn" in html
