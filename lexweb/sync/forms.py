"""The filter line of the firm's page."""

from django import forms

from lexweb.sync import overview


class ShowForm(forms.Form):
    """What the address says; nonsense in it is replaced by the default."""

    q = forms.CharField(required=False)
    show = forms.ChoiceField(required=False, choices=[("", ""), *((each, "") for each in overview.SHOWS)])

    def clean_q(self) -> str:
        """Whatever was pasted: its beginning is searched for."""
        return str(self.cleaned_data["q"])[:200]
