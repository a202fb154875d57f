"""Lists and places: the address is the state."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context

register = template.Library()


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
    kept = [
        (name, value) for name, values in request.GET.lists() for value in values if name not in {"q", "page"} and value
    ]
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
def rail_item(
    context: Context, href: str, icon: str, label: str, section: str, keys: str = "", count: str = ""
) -> dict[str, Any]:
    """Draw one line of the rail; it is the current one when the frame is in `section`; `count`: who knows how many."""
    current = getattr(context.get("frame"), "section", "") == section
    return {"href": href, "icon": icon, "label": label, "current": current, "keys": keys, "count": count}
