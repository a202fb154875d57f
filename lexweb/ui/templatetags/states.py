"""States, boxes and facts."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lexweb.ui.templatetags.words import ICONS

register = template.Library()

MAKING = timedelta(seconds=1)  # the rows were read before; what changed in between is rather told once too often


@register.inclusion_tag("ui/badge.html")
def badge(kind: str, text: object, icon: str = "", title: str = "") -> dict[str, Any]:
    """Draw a state in one word: ok, warn, danger, info or neutral."""
    return {"kind": kind, "text": text, "icon": icon or ICONS[kind], "title": title}


@register.inclusion_tag("ui/progress.html")
def progress(done: int | None, total: int | None, text: str = "", eta: str = "") -> dict[str, Any]:
    """Draw how far something is, in numbers; without a total it only says that it works."""
    return {"done": done, "total": total, "text": text, "eta": eta}


@register.inclusion_tag("ui/shown.html")
def shown(about: str, since: datetime | None = None) -> dict[str, Any]:
    """
    Mark what a page of a client shows, so that the bar announces what others change of it meanwhile.

    :param about: a list ("contacts"), or a record ("contact:<id>")
    :param since: which state of the record is shown (`changed_at`); for a list the moment of rendering
    """
    return {"about": about, "since": since or timezone.now() - MAKING}


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
