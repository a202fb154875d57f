"""How many archives are made at once: each holds a thread of the web server, for a quarter of an hour at worst."""

from collections.abc import Generator, Iterator

from django.core.cache import cache

from lexweb.firm.models import Staff

OF_PERSON, OF_FIRM = 2, 4
LONGEST = 30 * 60  # seconds; then a turn is free even if its process was killed


class Busy(Exception):
    """As many as may be are being made."""


class Turn:
    """
    One of them, taken until `end`.

    :raises Busy: none is free
    """

    def __init__(self, staff: Staff) -> None:
        self._keys: list[str] = []
        try:
            self._take(f"archive-person-{staff.pk}", OF_PERSON)
            self._take(f"archive-firm-{staff.firm_id}", OF_FIRM)
        except Busy:
            self.end()
            raise

    def end(self) -> None:
        """Let somebody else."""
        cache.delete_many(self._keys)

    def _take(self, name: str, most: int) -> None:
        for number in range(most):
            if cache.add(f"{name}-{number}", True, LONGEST):
                self._keys.append(f"{name}-{number}")
                return
        raise Busy


class Content:
    """An archive that ends its turn when the answer does: sent, broken off, or never begun."""

    def __init__(self, content: Generator[bytes], turn: Turn) -> None:
        self._content, self._turn = content, turn

    def __iter__(self) -> Iterator[bytes]:
        return self._content

    def close(self) -> None:
        """Called by the web server, whatever happened."""
        try:
            self._content.close()
        finally:
            self._turn.end()
