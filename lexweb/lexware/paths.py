"""Addresses of single records."""

from uuid import UUID


def record(collection: str, record_id: UUID, *parts: str) -> str:
    """
    Return the address of a record, or of something below it: `/v1/invoices/{id}/file`.

    :raises ValueError: this is no id; nothing but an id gets into an address
    """
    return "/".join((collection, str(UUID(str(record_id))), *parts))
