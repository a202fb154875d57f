"""Forms and their fields."""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect

register = template.Library()


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
