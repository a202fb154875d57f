"""The fields of the contact form, by section; `forms.ContactForm` puts them together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

SALUTATION_LENGTH = 25
PHONE_LENGTH = 30


def text(label: Any, *, max_length: int = 250, hint: Any = "", **attrs: str) -> forms.CharField:
    """One line of text; `attrs` go to the input."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        required=False,
        help_text=hint,
        widget=forms.TextInput(attrs=attrs),
    )


def email(label: Any) -> forms.CharField:
    """An e-mail address."""
    # Lexware Office decides what an e-mail address is; a stricter rule here would refuse what is valid there.
    return forms.CharField(
        label=label, max_length=250, required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


def phone(label: Any) -> forms.CharField:
    """A phone or fax number."""
    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=PHONE_LENGTH, required=False, widget=widget)


class AddressFields(forms.Form):
    """Billing and shipping address."""

    billing_supplement = text(gettext_lazy("Address supplement"))
    billing_street = text(gettext_lazy("Street and number"))
    billing_zip = text(gettext_lazy("Postcode"), max_length=20)
    billing_city = text(gettext_lazy("City"))
    billing_country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    shipping_supplement = text(gettext_lazy("Address supplement"))
    shipping_street = text(gettext_lazy("Street and number"))
    shipping_zip = text(gettext_lazy("Postcode"), max_length=20)
    shipping_city = text(gettext_lazy("City"))
    shipping_country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)


class CommunicationFields(forms.Form):
    """E-mails and phone numbers, one of each kind."""

    email_business = email(gettext_lazy("Business"))
    email_office = email(gettext_lazy("Office"))
    email_private = email(gettext_lazy("Private"))
    email_other = email(gettext_lazy("Other"))
    phone_business = phone(gettext_lazy("Business"))
    phone_office = phone(gettext_lazy("Office"))
    phone_mobile = phone(gettext_lazy("Mobile"))
    phone_private = phone(gettext_lazy("Private"))
    phone_fax = phone(gettext_lazy("Fax"))
    phone_other = phone(gettext_lazy("Other"))


class NameFields(forms.Form):
    """Company with its contact person, or person; and the roles."""

    customer = forms.BooleanField(label=gettext_lazy("Customer"), required=False)
    vendor = forms.BooleanField(label=gettext_lazy("Vendor"), required=False)
    company_name = text(gettext_lazy("Company name"))
    tax_number = text(gettext_lazy("Tax number"), max_length=50)
    vat_id = text(gettext_lazy("VAT ID"), max_length=50, autocapitalize="characters", spellcheck="false")
    tax_free = forms.BooleanField(label=gettext_lazy("Allow tax-free invoices"), required=False)
    cp_salutation = text(gettext_lazy("Salutation"), max_length=SALUTATION_LENGTH)
    cp_first_name = text(gettext_lazy("First name"))
    cp_last_name = text(gettext_lazy("Last name"))
    cp_email = email(gettext_lazy("E-mail"))
    cp_phone = phone(gettext_lazy("Phone"))
    cp_primary = forms.BooleanField(label=gettext_lazy("Show on documents"), required=False)
    salutation = text(gettext_lazy("Salutation"), max_length=SALUTATION_LENGTH)
    first_name = text(gettext_lazy("First name"))
    last_name = text(gettext_lazy("Last name"))
