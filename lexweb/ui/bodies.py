"""What may come in with a form."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from lexweb.ui.http import Request


class NoFiles(FileUploadHandler):
    """For pages that take no files: reads past them, and keeps nothing."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


class OneInMemory(FileUploadHandler):
    """For forms with one file: keeps it in memory, never on disk; of one that is too large a byte more than allowed."""

    def __init__(self, request: Request, *, most: int) -> None:
        super().__init__(request)
        self._most, self._content, self._taken = most, bytearray(), False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self._taken:
            raise SkipFile
        self._taken = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._content += raw_data[: max(self._most + 1 - len(self._content), 0)]
        return None

    def file_complete(self, file_size: int) -> SimpleUploadedFile:
        return SimpleUploadedFile(self.file_name or "", bytes(self._content), self.content_type or "")


def take_one(request: Request, *, most: int) -> None:
    """
    Let the form bring one file along; before anything of it was read, so the view checks the token itself.

    :param most: bytes of the file; of a larger one a byte more is kept, so that it can be seen
    """
    request.upload_handlers = [OneInMemory(request, most=most)]
