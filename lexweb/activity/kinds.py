"""What can happen. The value is stored; never change one that has been used."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of entries; `presenters` holds the sentence of each."""

    CLIENT_CREATED = "client.created"
    CLIENT_CHANGED = "client.changed"
    CONNECTED = "connection.connected"
    RECONNECTED = "connection.reconnected"
    MOVED = "connection.moved"
    DISCONNECTED = "connection.disconnected"
    LOST = "connection.lost"
    CONSENT_REFUSED = "connection.refused"
    LINK_CREATED = "connection.link_created"
    LINK_WITHDRAWN = "connection.link_withdrawn"
    OTHER_COMPANY = "connection.other_company"
    FIRST_SYNC = "sync.first"
    CONTACT_CREATED = "contact.created"
    CONTACT_CHANGED = "contact.changed"
    API_CALLED = "api.called"
