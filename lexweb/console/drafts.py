"""A call as a person wrote it, ready to be sent, kept, or put into the form again."""

import json
from dataclasses import asdict, dataclass, field

from lexweb.console import fields
from lexweb.lexware.api import raw


@dataclass(frozen=True)
class Draft:
    """A call that can be sent."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict, repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    body: str = field(default="", repr=False)

    @property
    def changes_data(self) -> bool:
        """Say whether it may change something in Lexware Office."""
        return self.method != "GET"

    @property
    def typed(self) -> dict[str, str]:
        """Return the fields of the form that make this draft."""
        return {
            "verb": self.method,
            "path": self.path,
            "query": _lines(self.query, "="),
            "headers": _lines(self.headers, ": "),
            "body": self.body,
        }

    def call(self) -> raw.RawCall:
        """Return it as the API package sends it; a body without a Content-Type is JSON."""
        headers, content = dict(self.headers), self.body.encode() if self.body else None
        if content is not None and not fields.content_type(self.headers):
            headers["Content-Type"] = "application/json"
        return raw.RawCall(self.method, self.path, self.query, headers, content)

    def dumped(self) -> str:
        """Return it as text; `loaded` is the way back."""
        return json.dumps(asdict(self))


def loaded(text: str) -> Draft:
    """Return the draft that `dumped` wrote."""
    return Draft(**json.loads(text))


def _lines(pairs: dict[str, str], mark: str) -> str:
    return "\n".join(f"{name}{mark}{value}" for name, value in pairs.items())
