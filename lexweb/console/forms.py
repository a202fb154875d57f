"""The form of a call: what may stand in each field is said by `fields`."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lexweb.console import drafts, fields

T = TypeVar("T")

READ_ONLY = ("GET",)
WRITES = ("POST", "PUT", "DELETE")
ALL = READ_ONLY + WRITES
MONO: dict[str, Any] = {"class": "mono", "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


def _area(rows: int, placeholder: str) -> forms.Textarea:
    return forms.Textarea(attrs={**MONO, "rows": rows, "placeholder": placeholder})


class CallForm(forms.Form):
    """
    A call before it is sent. `key` makes it one call however often it is sent; `draft` is there after `is_valid`.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    # Not "method": it would hide the form's own `method` from scripts.
    verb = forms.ChoiceField(label=_("Method"), widget=forms.Select(attrs={"class": "mono"}))
    path = forms.CharField(
        label=_("Path"),
        max_length=2000,
        widget=forms.TextInput(attrs={**MONO, "list": "known-paths", "placeholder": "/v1/…", "inputmode": "url"}),
    )
    query = forms.CharField(
        label=_("Query"),
        required=False,
        help_text=_("One name=value a line, as it is meant; lexweb encodes it."),
        widget=_area(2, "page=0"),
    )
    headers = forms.CharField(
        label=_("Headers"),
        required=False,
        help_text=_("One Name: value a line. lexweb adds the authorization; it is never shown."),
        widget=_area(2, "Accept: application/json"),
    )
    body = forms.CharField(
        label=_("Body"), required=False, strip=False, help_text=_("JSON, at most 1 MB."), widget=_area(8, "{ … }")
    )

    def __init__(self, data: Any = None, *, writing: bool, initial: dict[str, Any] | None = None) -> None:
        """:param writing: whether the person may send calls that change something"""
        super().__init__(data, initial={"key": uuid.uuid4(), "verb": "GET", **(initial or {})})
        verb = self.fields["verb"]
        assert isinstance(verb, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
        verb.choices = [(name, name) for name in (ALL if writing else READ_ONLY)]
        self.mark_optional = False

    @property
    def key_value(self) -> UUID:
        """Return the key; after `is_valid`."""
        key: UUID = self.cleaned_data["key"]
        return key

    @property
    def draft(self) -> drafts.Draft:
        """Return the call; after `is_valid`."""
        path, in_path = self.cleaned_data["path"]
        query = in_path | self.cleaned_data["query"]
        values = {name: self.cleaned_data[name] for name in ("headers", "body")}
        return drafts.Draft(self.cleaned_data["verb"], path, query, **values)

    def clean_path(self) -> tuple[str, dict[str, str]]:
        """Return the address and the query in it."""
        return self._read(fields.address, self.cleaned_data["path"])

    def clean_query(self) -> dict[str, str]:
        """Return the parameters."""
        return self._read(fields.query, self.cleaned_data["query"])

    def clean_headers(self) -> dict[str, str]:
        """Return the headers."""
        return self._read(fields.headers, self.cleaned_data["headers"])

    def clean_body(self) -> str:
        """Return the body; what it has to be depends on method and headers."""
        method, sent = self.cleaned_data.get("verb"), self.cleaned_data.get("headers")
        if method is None or sent is None:  # those are to be put right first
            return ""
        return self._read(fields.body, self.cleaned_data["body"], method=method, sent=sent)

    def clean(self) -> dict[str, Any]:
        """Refuse a parameter that stands in the address and among the lines."""
        cleaned: dict[str, Any] = self.cleaned_data
        twice = set(cleaned.get("query") or {}) & set((cleaned.get("path") or ("", {}))[1])
        if twice:
            self.add_error(
                "query", _("These stand in the address, too: %(names)s.") % {"names": ", ".join(sorted(twice))}
            )
        return cleaned

    def _read(self, read: Callable[..., T], text: str, **more: Any) -> T:
        try:
            return read(text, **more)
        except fields.Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
