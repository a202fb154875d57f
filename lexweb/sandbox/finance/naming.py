"""
Documents that call their head otherwise.

They are kept with id, version, createdDate and updatedDate like all others, and renamed when shown.
"""

from collections.abc import Mapping

from lexweb.sandbox.web import Json

ACCOUNT = {"id": "financialAccountId", "version": "lockVersion", "updatedDate": "lastModifiedDate"}
TRANSACTION = {"id": "financialTransactionId", "version": "lockVersion", "updatedDate": "lastModifiedDate"}
CASH_BOX = {"id": "cashBoxId"}


def shown(document: Json, names: Mapping[str, str]) -> Json:
    """A document as the API shows it."""
    return {names.get(name, name): value for name, value in document.items()}
