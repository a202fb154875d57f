"""Keeps the state in a file."""

import json
import os
import threading
from pathlib import Path

from lexweb.sandbox.state import State

DELAY = 0.5  # seconds that changes are gathered before they are written


class Storage:
    """Loads a state from its file and writes it back shortly after each change."""

    def __init__(self, state: State, path: Path) -> None:
        self._state, self._path = state, path
        self._dirty, self._closing = threading.Event(), threading.Event()
        self._writer = threading.Thread(target=self._work, name="sandbox-storage", daemon=True)

    def open(self) -> None:
        """
        Load the file if there is one, and start to listen for changes.

        :raises ValueError: the file is not one of ours
        """
        if self._path.exists():
            self._state.load(json.loads(self._path.read_text(encoding="utf-8")))
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
            self._save()

    def _save(self) -> None:
        text = json.dumps(self._state.dumped(), ensure_ascii=False)
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        draft.write_text(text, encoding="utf-8")
        draft.replace(self._path)  # atomic: a reader sees the old file or the new one
