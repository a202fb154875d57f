"""What people may choose for themselves."""

from django import forms
from django.conf import settings

from lexweb.firm.models import Staff


class PreferencesForm(forms.Form):
    """Look and language; each may be sent alone."""

    theme = forms.ChoiceField(choices=Staff.Theme.choices, required=False)
    density = forms.ChoiceField(choices=Staff.Density.choices, required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
