"""What the gateway hears of one connection, noted in its row: when a trouble begins and when it ends, never between."""

from lexweb.clients import guardian, states, troubles
from lexweb.clients.tokens import StoredCredentials
from lexweb.lexware import errors

DEAF = {401, 402, 403, 429}  # answers that do not say that everything is well


class Lookout:
    """Listens to the exchanges of some calls; the row it compares with is the one that was read for their token."""

    def __init__(self, credentials: StoredCredentials, *, background: bool) -> None:
        self._credentials = credentials
        self._background = background
        self._well: set[str] = set()  # the families that answered properly, as "/v1/vouchers"
        self._beyond_plan = ""  # the family that the plan does not include

    def begin(self) -> None:
        """Forget what was heard before."""
        self._well, self._beyond_plan = set(), ""

    def hear(self, path: str, status: int | None) -> None:
        """
        Take in one answer; the status is None when none came.

        What a person tries out says nothing about the plan that lexweb needs: only the worker comes back to see
        whether it has changed.
        """
        family = "/".join(path.split("/")[:3])
        if status == 402 and self._background:
            self._beyond_plan = family
        elif status is not None and status < 500 and status not in DEAF:
            self._well.add(family)

    def settle(self, error: errors.LexwareError | None = None) -> None:
        """Write down what changed; normally nothing did, and nothing is written."""
        code = troubles.code_of(error) if error else ""
        if isinstance(error, errors.RateLimited) and error.status is None:
            return  # held back by ourselves, for a reason that is noted already
        if self._beyond_plan:
            states.note_trouble(self._credentials.connection, "plan", self._beyond_plan)
        elif code in guardian.NOTED and code != "plan":
            states.note_trouble(self._credentials.connection, code)
        elif self._is_over():
            states.clear_trouble(self._credentials.connection)

    def seal_missing(self) -> None:
        """Note that the access cannot be read here."""
        states.note_trouble(self._credentials.connection, "sealed")

    def _is_over(self) -> bool:
        """Say whether what was heard disproves the trouble in the row."""
        connection = self._credentials.connection
        if connection.trouble == "plan":
            return connection.trouble_path in self._well
        return bool(connection.trouble and self._well)
