"""A worker that dies at a chosen moment."""

from typing import Any

import pytest


class Killed(BaseException):
    """The process is gone."""


def kill(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, *, after: bool) -> None:
    """Let the worker die right before or right after the call, once."""
    alive = getattr(owner, name)

    def dying(*args: object, **kwargs: object) -> None:
        monkeypatch.setattr(owner, name, alive)
        if after:
            alive(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(owner, name, dying)
