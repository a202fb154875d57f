"""The filter line of the list of vouchers."""

from django import forms

from lexweb.vouchers import kinds


class ListForm(forms.Form):
    """What the address says; nonsense in it is replaced by the default."""

    q = forms.CharField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *((name, "") for name in kinds.GROUPS)])
    status = forms.ChoiceField(required=False, choices=[("", ""), *((name, "") for name in kinds.STATUSES)])

    archived = forms.BooleanField(required=False)

    def clean_q(self) -> str:
        """Whatever was pasted: its beginning is searched for."""
        return str(self.cleaned_data["q"])[:200]
