"""
Sentences of Django and allauth that their German catalogues say in another voice than ours (du instead of Sie).

Marked here so that they are collected into our own catalogue, which is asked first.
"""

from django.utils.translation import gettext_noop as _

PHRASES = (
    _("This field is required."),
    _("Please type your current password."),
    _("You must type the same password each time."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("The email address and/or password you specified are not correct."),
    _("This account is currently inactive."),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Password Reset Email"),
    _("Unknown Account"),
)
