"""
The pieces of the interface as template tags; each one draws a template of `templates/ui/`, whose head shows its use.

All of them are builtins: no `{% load %}`. They are on show, in every state, at /ui/.
"""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from heroicons.templatetags.heroicons import heroicon_outline

from lexweb.ui import json_text

register = template.Library()

ICONS = {
    "ok": "check-circle",
    "warn": "exclamation-triangle",
    "danger": "exclamation-circle",
    "info": "information-circle",
    "neutral": "minus-circle",
}
KINDS = {"success": "ok", "warning": "warn", "error": "danger"}
CURRENCIES = {"EUR": "€", "USD": "$", "GBP": "£"}


# --- words, numbers, moments -------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "", small: bool = False) -> str:
    """Draw a heroicon (outline); silent beside a word, or named when it stands alone."""
    attrs = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return heroicon_outline(
        name, size=16 if small else 20, **{"class": "icon icon-small" if small else "icon"}, **attrs
    )


@register.filter
def kind(level: str) -> str:
    """Turn the level of a Django message into a kind: ok, warn, danger, info."""
    return KINDS.get(level, "info")


@register.filter
def kind_icon(kind: str) -> str:
    """Return the icon that belongs to a kind."""
    return ICONS[kind]


@register.filter
def grouped(value: int | None) -> str:
    """Write a count: 12.500; never for numbers that are names, such as a customer number."""
    return "–" if value is None else formats.number_format(value, use_l10n=True, force_grouping=True)


@register.simple_tag
def day(value: date | datetime | None) -> str:
    """Write a day: 20.11.2026."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.date_format(value))


@register.simple_tag
def moment(value: datetime | None) -> str:
    """Write a moment: 20.11.2026 09:42; the seconds on hover."""
    if value is None:
        return "–"
    local = timezone.localtime(value)
    text = formats.date_format(local, "DATETIME_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), exact(local), text)


def exact(local: datetime) -> str:
    """Write the moment with its seconds, for the text on hover."""
    return f"{formats.date_format(local)} {local:%H:%M:%S}"


@register.simple_tag
def money(value: Decimal | None, currency: str = "EUR") -> str:
    """Write an amount: 1.234,56 €, with a real minus and a muted currency."""
    if value is None:
        return "–"
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    amount = formats.number_format(abs(value), decimal_pos=2, use_l10n=True, force_grouping=True)
    symbol = CURRENCIES.get(currency, currency)
    return format_html(
        '<span class="money">{}{}<span class="currency">\N{NO-BREAK SPACE}{}</span></span>', sign, amount, symbol
    )


@register.inclusion_tag("ui/data_age.html")
def data_age(value: datetime | None, limit: int = 60) -> dict[str, Any]:
    """Say as of when the data is; amber when older than `limit` minutes."""
    if value is None:
        return {"value": None}
    local = timezone.localtime(value)
    now = timezone.localtime()
    shape = "TIME_FORMAT" if local.date() == now.date() else "DATETIME_FORMAT"
    return {
        "value": local,
        "text": _("As of %(moment)s") % {"moment": formats.date_format(local, shape)},
        "exact": exact(local),
        "limit": limit,
        "late": now - local > timedelta(minutes=limit),
    }


# --- states --------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/badge.html")
def badge(kind: str, text: object, icon: str = "", title: str = "") -> dict[str, Any]:
    """Draw a state in one word: ok, warn, danger, info or neutral."""
    return {"kind": kind, "text": text, "icon": icon or ICONS[kind], "title": title}


@register.inclusion_tag("ui/progress.html")
def progress(done: int | None, total: int | None, text: str = "", eta: str = "") -> dict[str, Any]:
    """Draw how far something is, in numbers; without a total it only says that it works."""
    return {"done": done, "total": total, "text": text, "eta": eta}


@register.simple_block_tag
def notice(content: str, kind: str, title: str = "") -> str:
    """Draw a box that says what is the case, what it means and what to do."""
    return render_to_string("ui/notice.html", {"content": content, "kind": kind, "icon": ICONS[kind], "title": title})


@register.simple_block_tag
def emptystate(content: str, icon: str, title: str, text: str = "", small: bool = False) -> str:
    """Draw an empty place: why it is empty, and in the block the next step."""
    context = {"content": SafeString(content.strip()), "icon": icon, "title": title, "text": text, "small": small}
    return render_to_string("ui/empty.html", context)


@register.simple_block_tag
def fact(content: str, label: str) -> str:
    """Draw one line of a `dl.facts`; an empty value becomes a dash."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, SafeString(content.strip()))


@register.simple_block_tag
def dialog(content: str, title: str, color: int | None = None) -> str:
    """Draw head and body of a dialog; the fragment goes into `#dialog`, or stands on its own page."""
    return render_to_string("ui/dialog.html", {"content": content, "title": title, "color": color})


@register.inclusion_tag("ui/copyable.html")
def copyable(value: object, label: str = "") -> dict[str, Any]:
    """Show a value with a button that copies it."""
    return {"value": value, "label": label}


# --- code ----------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/code.html")
def codebox(html: str, label: str, copy: bool = True, id: str = "") -> dict[str, Any]:
    """Show code or JSON that is highlighted already, with a button that copies it."""
    return {"html": html, "label": label, "copy": copy, "id": id}


@register.inclusion_tag("ui/code.html")
def jsonbox(document: Any, label: str, id: str = "") -> dict[str, Any]:
    """Show a document as highlighted JSON, with a button that copies it."""
    html, _whole = json_text.highlight(json.dumps(document, ensure_ascii=False))
    return {"html": html, "label": label, "copy": True, "id": id}


@register.inclusion_tag("ui/raw_link.html")
def rawlink(record: object) -> dict[str, Any]:
    """Draw the link to the raw data of a record; see `rawdata.py`."""
    return {"record": record}


# --- addresses: the address is the state ---------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """Write the page's query string with the changes; None or "" drops a parameter."""
    request = context.get("request")
    parameters = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None or value == "":
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.inclusion_tag("ui/sort_head.html", takes_context=True)
def sort_head(
    context: Context, name: str, label: str, default: str = "", number: bool = False, target: str = "", css: str = ""
) -> dict[str, Any]:
    """Draw a column's head that sorts by `?sort=name`, or `-name` the second time; `default` is the list's order."""
    now = _parameter(context, "sort") or default
    state = {name: "ascending", f"-{name}": "descending"}.get(now, "none")
    wanted = f"-{name}" if state == "ascending" else name
    href = query(context, sort=wanted, page=None)
    return {"label": label, "name": name, "state": state, "href": href, "number": number, "target": target, "css": css}


@register.inclusion_tag("ui/chip.html", takes_context=True)
def chip(
    context: Context, name: str, value: str, label: str, count: int | None = None, default: str = "", target: str = ""
) -> dict[str, Any]:
    """Draw one choice of a filter as a link to `?name=value`; the value "" stands for all."""
    current = (_parameter(context, name) or default) == value
    href = query(context, **{name: "" if value == default else value, "page": None})
    return {
        "id": f"chip-{name}-{value or 'all'}",
        "label": label,
        "count": count,
        "current": current,
        "href": href,
        "target": target,
    }


@register.inclusion_tag("ui/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any], target: str = "") -> dict[str, Any]:
    """Draw the line under a list: 51–100 of 348, with links to the pages around."""
    number = page.number
    return {
        "page": page,
        "start": page.start_index(),
        "end": page.end_index(),
        "total": page.paginator.count,
        "of": page.paginator.num_pages,
        "target": target,
        "previous": query(context, page=number - 1 if number > 2 else None),
        "next": query(context, page=number + 1),
    }


def _parameter(context: Context, name: str) -> str:
    """Return a parameter of the page's address."""
    request = context.get("request")
    return str(request.GET.get(name, "")) if request else ""


@register.inclusion_tag("ui/searchbox.html", takes_context=True)
def searchbox(context: Context, label: str, hint: str = "", target: str = "rows") -> dict[str, Any]:
    """Draw the search of a list: answers while one types, and keeps what else the address says, but for the page."""
    request = context["request"]
    kept = [(name, value) for name, value in request.GET.items() if name not in {"q", "page"} and value]
    found = {"q": request.GET.get("q", ""), "path": request.path, "kept": kept}
    return {**found, "label": label, "hint": hint or label, "target": target}


@register.inclusion_tag("ui/tab.html", takes_context=True)
def tab(
    context: Context, href: str, label: str, count: int | None = None, current: bool | None = None, under: bool = False
) -> dict[str, Any]:
    """Draw one tab of a `nav.tabs`; it finds out by itself whether it is the current one (`under`: or a page below)."""
    if current is None:
        path = getattr(context.get("request"), "path", "")
        current = path == href or (under and path.startswith(href))
    return {"href": href, "label": label, "current": current, "count": count}


@register.inclusion_tag("ui/rail_item.html", takes_context=True)
def rail_item(context: Context, href: str, icon: str, label: str, section: str, keys: str = "") -> dict[str, Any]:
    """Draw one line of the rail; it is the current one when the frame is in `section`."""
    current = getattr(context.get("frame"), "section", "") == section
    return {"href": href, "icon": icon, "label": label, "current": current, "keys": keys}


# --- forms ---------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/field.html")
def field(
    bound: BoundField, width: str = "", label: str = "", hint: str = "", optional: bool | None = None, **attrs: object
) -> dict[str, Any]:
    """Draw a field with label, hint and error; further arguments become attributes of its input."""
    widget = bound.field.widget
    grouped = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    single = isinstance(widget, CheckboxInput)
    hint = hint or str(bound.help_text)
    described = [f"{bound.auto_id}_helptext"] if hint else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    extra = {name.replace("_", "-"): _attribute(value) for name, value in attrs.items() if value not in (None, False)}
    if described and not grouped:
        extra["aria-describedby"] = " ".join(described)
    return {
        "field": bound,
        "label": label or bound.label,
        "control": bound.as_widget(attrs=extra),
        "hint": hint,
        "described": " ".join(described),
        "shape": "group" if grouped else "check" if single else "plain",
        "optional": _says_optional(bound) and not single if optional is None else optional,
        "width": width or "lg",
    }


def _says_optional(bound: BoundField) -> bool:
    """Required is the norm and optional is said, unless the form is nearly all optional (`mark_optional`)."""
    return not bound.field.required and getattr(bound.form, "mark_optional", True)


def _attribute(value: object) -> str | bool:
    """Return an attribute's value as widgets want it: True stands alone (`autofocus`), everything else is text."""
    return value if isinstance(value, bool) else str(value)


@register.inclusion_tag("ui/form_errors.html")
def formerrors(form: BaseForm) -> dict[str, Any]:
    """Draw what is wrong with the form as a whole, and links to the fields that need a look."""
    wrong = [bound for bound in form if bound.errors and not bound.is_hidden] if form.is_bound else []
    hidden = [error for bound in form.hidden_fields() for error in bound.errors] if form.is_bound else []
    general = [*form.non_field_errors(), *hidden] if form.is_bound else []
    return {"general": general, "wrong": wrong, "show": bool(general or wrong)}


@register.inclusion_tag("ui/savebar.html")
def savebar(label: str, cancel: str = "", clean: str = "") -> dict[str, Any]:
    """Draw the bar at the bottom of a form: what is unsaved, the button that saves, and the way back."""
    return {"label": label, "cancel": cancel, "clean": clean}


@register.inclusion_tag("ui/conflict.html")
def conflict(rows: list[Any], merged: list[Any] | None = None, theirs: str = "") -> dict[str, Any]:
    """Draw mine, theirs and before for the fields that differ; `merged` are folded. `theirs` names who saved first."""
    return {"rows": rows, "merged": merged or [], "who": theirs}
