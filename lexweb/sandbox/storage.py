"""Keeps the state in a file."""

import json
import os
import threading
import traceback
from pathlib import Path

from lexweb.sandbox.state import State

DELAY = 0.5  # seconds that changes are gathered before they are written


class Storage:
    """
    Loads a state from its file, if there is one, and writes it back shortly after each change.

    :raises ValueError: the file is not one of ours
    """

    def __init__(self, state: State, path: Path) -> None:
        self._state, self._path = state, path
        self._dirty, self._closing = threading.Event(), threading.Event()
        self._writer = threading.Thread(target=self._work, name="sandbox-storage", daemon=True)
        if path.exists():
            self._load()

    def start(self) -> None:
        """
        Listen for changes.

        :raises OSError: the file cannot be written
        """
        self._save()  # a file that cannot be written shall be noticed now
        self._state.changed = self._dirty.set
        self._writer.start()

    def close(self) -> None:
        """Write what is not yet written, and stop listening."""
        self._closing.set()
        self._dirty.set()
        self._writer.join()

    def _work(self) -> None:
        while not self._closing.is_set():
            self._dirty.wait()
            self._closing.wait(DELAY)
            self._dirty.clear()
            self._try_to_save()
        self._try_to_save()  # what came in while the last one was written

    def _try_to_save(self) -> None:
        """Save; a disk that is full now may have room the next time, so the writer goes on."""
        try:
            self._save()
        except OSError:
            traceback.print_exc()
            self._closing.wait(DELAY)
            self._dirty.set()

    def _load(self) -> None:
        try:
            self._state.load(json.loads(self._path.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise ValueError(f"{self._path} is not a state file of the sandbox ({wrong!r})") from wrong

    def _save(self) -> None:
        text = json.dumps(self._state.dumped(), ensure_ascii=False)
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        draft.write_text(text, encoding="utf-8")
        draft.replace(self._path)  # atomic: a reader sees the old file or the new one
