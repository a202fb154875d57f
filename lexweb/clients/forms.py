"""What people may type about clients and connections."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lexweb.clients import guardian
from lexweb.clients.models import COLORS, Client


class ClientForm(forms.Form):
    """Name and number of a client."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As your firm calls the client."))
    number = forms.CharField(
        label=_("Client number"),
        max_length=20,
        help_text=_("Unique in your firm, for example the DATEV number."),
    )

    def add_number_taken(self) -> None:
        """Say at the field that the number is in use."""
        self.add_error("number", _("Another client of your firm has this number. Choose a different one."))


class ClientSettingsForm(ClientForm):
    """The same, and the colour."""

    color = forms.TypedChoiceField(
        label=_("Color"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, COLORS + 1)],
        widget=forms.RadioSelect,
        help_text=_("Marks the client on every page, so that you always see whose data you work on."),
    )

    @property
    def seen(self) -> dict[str, str]:
        """Return what the person had before them, carried through the form."""
        if not self.is_bound:
            return {name: str(value) for name, value in self.initial.items()}
        return {name: self.data.get(f"seen-{name}", "") for name in self.fields}

    def changed(self) -> dict[str, Any]:
        """Return what the person changed: what somebody else changed meanwhile is not undone; after `is_valid`."""
        return {name: value for name, value in self.cleaned_data.items() if str(value) != self.seen[name]}

    @classmethod
    def of(cls, client: Client, data: Any = None) -> "ClientSettingsForm":
        """Return the form filled with the client."""
        return cls(data, initial={"name": client.name, "number": client.number, "color": client.color})


class KeyForm(forms.Form):
    """An API key of the Public API."""

    key = forms.CharField(
        label=_("API key"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}, render_value=True),
        help_text=_("Made in Lexware Office under Settings, Public API."),
    )

    def clean_key(self) -> str:
        """Return the key without blanks; keys are UUIDs or longer tokens, never with blanks inside."""
        key = "".join(self.cleaned_data["key"].split())
        if len(key) < 20:
            raise forms.ValidationError(_("This is too short for an API key. Copy it again from Lexware Office."))
        return key

    def add_refusal(self, text: str) -> None:
        """Show at the field why the key cannot be used."""
        self.add_error("key", text)


class ExpiryForm(forms.Form):
    """Until when an API key is valid, as the person who made it knows."""

    expires_on = forms.DateField(
        label=_("Valid until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Stands in Lexware Office under Settings, Public API. Until corrected, 24 months are assumed."),
    )

    def clean_expires_on(self) -> date:
        """Return a day on which a key that works today can end."""
        day: date = self.cleaned_data["expires_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is past, but the key still works. Enter the day on which it ends."))
        if day > guardian.end_of(timezone.localdate()):
            raise forms.ValidationError(_("API keys end after 24 months at the latest. Enter an earlier day."))
        return day


class SearchForm(forms.Form):
    """The filter line of the client list; nonsense in the address is ignored."""

    q = forms.CharField(required=False)
    state = forms.CharField(required=False)
    sort = forms.CharField(required=False)

    def clean_q(self) -> str:
        """Nobody types more than this; what is pasted is cut instead of refused."""
        return str(self.cleaned_data["q"])[:200]
