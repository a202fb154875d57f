"""The words of the screen: read from the catalogue at run time, so that the tests do not spell out translations."""

import re
from dataclasses import dataclass

from django.utils import translation


@dataclass(frozen=True)
class Words:
    """words("Save contact") is what the button says in this language."""

    language: str

    def __call__(self, message: str, context: str = "", /, **values: object) -> str:
        """Translate a message id of the code; `values` fill its placeholders."""
        with translation.override(self.language):
            text = translation.pgettext(context, message) if context else translation.gettext(message)
        return text % values if values else text

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Translate a message with a plural."""
        with translation.override(self.language):
            return translation.ngettext(one, many, number) % values

    def pattern(self, message: str) -> re.Pattern[str]:
        """Return a pattern that fits the message whatever stands in its placeholders."""
        parts = re.split(r"%\(\w+\)[sd]", self(message))
        return re.compile(".+?".join(re.escape(part) for part in parts))

    def whole(self, message: str) -> re.Pattern[str]:
        """Return a pattern for an accessible name that begins with the message, such as a label with "(optional)"."""
        return re.compile(rf"^\s*{re.escape(self(message))}\b")
