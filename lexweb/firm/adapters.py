"""How allauth behaves here: staff are made by the firm, nobody signs up."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lexweb.firm.models import Staff


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up; everything else as allauth does it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no: a partner adds people."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address for the mail, on `PUBLIC_URL`: the Host of the request may be somebody else's idea."""
        address: str = super().get_reset_password_from_key_url(key)
        return str(settings.PUBLIC_URL + urlsplit(address).path)

    def pre_login(self, request: HttpRequest, user: Staff, **details: Any) -> HttpResponse | None:
        """
        Turn away who may not sign in, whichever way they came.

        The backend alone is not enough: allauth goes on with whom it refused, and asks for `is_active` only.
        """
        if not user.may_sign_in:
            clear_login(request)
            return self.respond_user_inactive(request, user)  # type: ignore[no-any-return]
        return super().pre_login(request, user, **details)  # type: ignore[no-any-return]
