"""Reading the lists an account works with."""

from lexweb.clients.models import Connection
from lexweb.masterdata.models import Listing


def category_names(connection: Connection) -> dict[str, str]:
    """Return the names of the posting categories by id."""
    found = Listing.objects.filter(connection=connection, name=Listing.Name.POSTING_CATEGORIES).first()
    return {str(entry["id"]): str(entry.get("name") or "") for entry in found.entries} if found else {}
