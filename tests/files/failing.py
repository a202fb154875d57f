"""A storage that fails as it is told, in whatever words."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import InMemoryStorage


class Failing(InMemoryStorage):
    """All is well as long as there is no `problem`."""

    problem: Exception | None = None

    def _fail(self) -> None:
        if Failing.problem:
            raise Failing.problem

    def _open(self, *args: Any, **kwargs: Any) -> Any:
        self._fail()
        return super()._open(*args, **kwargs)

    def _save(self, *args: Any, **kwargs: Any) -> Any:
        self._fail()
        return super()._save(*args, **kwargs)

    def listdir(self, path: str) -> Any:
        self._fail()
        return super().listdir(path)

    def delete(self, name: str) -> None:
        self._fail()
        super().delete(name)


class Breakdown:
    """Lets the storage of a test fail, and mends it."""

    def __init__(self, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.STORAGES = {**settings.STORAGES, "receipts": {"BACKEND": f"{__name__}.Failing"}}
        self._monkeypatch = monkeypatch
        self.mend()

    def begin(self, problem: Exception) -> None:
        """From now on."""
        self._monkeypatch.setattr(Failing, "problem", problem)

    def mend(self) -> None:
        """It works again, and holds what it held."""
        self._monkeypatch.setattr(Failing, "problem", None)
