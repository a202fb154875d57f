"""Which addresses the API has, with which methods and scopes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lexweb.sandbox.api import contacts, master_data
from lexweb.sandbox.web import Answer

# Answers (state, call, caller, **parts of the address); runs with the state's lock held.
Handler = Callable[..., Answer]


@dataclass(frozen=True)
class Action:
    """One method of one address, and the scope it asks for."""

    handler: Handler
    scope: str | None = None


ROUTES: tuple[tuple[re.Pattern[str], dict[str, Action]], ...] = (
    (re.compile(r"/v1/profile"), {"GET": Action(master_data.profile, "profile.read")}),
    (re.compile(r"/v1/ping"), {"GET": Action(master_data.ping)}),
    (re.compile(r"/v1/countries"), {"GET": Action(master_data.list_countries)}),
    (
        re.compile(r"/v1/contacts"),
        {"GET": Action(contacts.find, "contacts.read"), "POST": Action(contacts.create, "contacts.write")},
    ),
    (
        re.compile(r"/v1/contacts/(?P<contact_id>[^/]+)"),
        {
            "GET": Action(contacts.read, "contacts.read"),
            "PUT": Action(contacts.update, "contacts.write"),
            "DELETE": Action(contacts.delete, "contacts.write"),
        },
    ),
)


def find(path: str) -> tuple[dict[str, Action], dict[str, str]] | None:
    """The actions at an address, and the named parts of it."""
    for pattern, actions in ROUTES:
        if match := pattern.fullmatch(path):
            return actions, match.groupdict()
    return None
