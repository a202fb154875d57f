"""How allauth behaves here: staff are made by the firm, nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django.http import HttpRequest, HttpResponse

from lexweb.firm.models import Staff


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up; everything else as allauth does it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no: a partner adds people."""
        return False

    def pre_login(self, request: HttpRequest, user: Staff, **details: Any) -> HttpResponse | None:
        """
        Turn away who may not sign in, whichever way they came.

        The backend alone is not enough: allauth goes on with whom it refused, and asks for `is_active` only.
        """
        if not user.may_sign_in:
            clear_login(request)
            return self.respond_user_inactive(request, user)  # type: ignore[no-any-return]
        return super().pre_login(request, user, **details)  # type: ignore[no-any-return]
