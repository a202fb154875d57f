"""A clerk who brings receipts in, and Lexware Office as it shows what has arrived there."""

import hashlib
import io
import random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lexweb.firm.models import Staff
from lexweb.uploads.models import Upload
from tests.contacts.desk import Desk as ContactDesk

JSON = {"Accept": "application/json"}


class Desk(ContactDesk):
    """Browser and Lexware Office of one client."""

    @property
    def klaus(self) -> Staff:
        """Who sits here."""
        assert self.connection.connected_by
        return self.connection.connected_by

    @property
    def address(self) -> str:
        """The page of uploads."""
        return f"{self.client.url}uploads/"

    def bring(self, name: str, content: bytes) -> Any:
        """Bring one file in, as our script does."""
        return self.browser.post(f"{self.address}add/", {"file": SimpleUploadedFile(name, content)}, headers=JSON)

    def brought(self, name: str = "beleg.png", content: bytes = b"") -> Upload:
        """Bring one file in; return what became of it."""
        content = content or picture(name)
        told = self.bring(name, content)
        assert told.status_code == 200, told.content
        return Upload.objects.filter(sha256=hashlib.sha256(content).hexdigest()).latest("created_at")

    def decide(self, what: str, *uploads: Upload) -> Any:
        """Press a button of the list."""
        return self.browser.post(f"{self.address}decide/", {"do": what, "id": [str(each.pk) for each in uploads]})

    def files_there(self) -> list[dict[str, Any]]:
        """What was uploaded, as Lexware Office keeps it."""
        organization = self.sandbox.state.organizations[self.organization["organizationId"]]
        return [record.document for record in organization.shelf("files") if "content" in record.hidden]

    def vouchers_there(self) -> int:
        """How many bookkeeping vouchers there are."""
        organization = self.sandbox.state.organizations[self.organization["organizationId"]]
        return len(list(organization.shelf("vouchers")))


def picture(seed: str, *, side: int = 24) -> bytes:
    """A picture that is another one for each seed."""
    noise = random.Random(seed).randbytes(side * side * 3)  # noqa: S311
    written = io.BytesIO()
    Image.frombytes("RGB", (side, side), noise).save(written, "PNG")
    return written.getvalue()
