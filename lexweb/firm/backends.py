"""Who may sign in."""

from allauth.account.auth_backends import AuthenticationBackend

from lexweb.firm.models import Staff


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]
    """
    E-mail and password, for active people.

    The passwords of the demo people stand in the README, so they are refused (and their sessions end) as soon as
    the demo setting is off.
    """

    def user_can_authenticate(self, user: Staff) -> bool:
        """Say whether this person may have a session here."""
        return bool(super().user_can_authenticate(user)) and user.may_sign_in
