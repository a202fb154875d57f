"""Reading the lists an account works with."""

from typing import Any

from lexweb.clients.models import Connection
from lexweb.masterdata.models import Listing


def category_names(connection: Connection) -> dict[str, str]:
    """Return the names of the posting categories by id."""
    return {str(entry["id"]): str(entry.get("name") or "") for entry in categories(connection)}


def categories(connection: Connection) -> list[dict[str, Any]]:
    """Return the posting categories as they came; none while they are not here yet."""
    found = Listing.objects.filter(connection=connection, name=Listing.Name.POSTING_CATEGORIES).first()
    return list(found.entries) if found else []
