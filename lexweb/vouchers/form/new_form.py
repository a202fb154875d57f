"""The form of a voucher that does not exist yet, with its image."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.clients.models import Connection
from lexweb.clients.troubles import Trouble
from lexweb.files import inspecting, naming, store
from lexweb.files.models import Blob
from lexweb.files.refusals import REASONS
from lexweb.vouchers.form.voucher_form import VoucherForm
from lexweb.vouchers.writing import fields

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.xml,application/pdf,image/jpeg,image/png,application/xml"


class NewVoucherForm(VoucherForm):
    """
    A new voucher.

    An image that came with the form is stored at once, and the form carries a signed note of it (`kept`): a browser
    does not send a file a second time when something else in the form was wrong.
    """

    image = forms.FileField(
        label=gettext_lazy("Image of the receipt"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-drop": True}),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, sent: Any = None, *, connection: Connection, values: Mapping[str, Any] | None = None
    ) -> None:
        """
        :param sent: the files that came with it
        """
        given = {"type": fields.KINDS[2], "lines": [fields.NO_LINE], **(values or {})}
        super().__init__(data, connection=connection, values=given)
        self.refused: str = ""
        if data is not None and sent and (upload := sent.get("image")):
            self._take(upload)

    @cached_property
    def _note(self) -> dict[str, Any]:
        try:
            return dict(signing.loads(self["kept"].value() or "", salt=self._salt))
        except signing.BadSignature:
            return {}

    @property
    def blob(self) -> Blob | None:
        """Return the image that came with this try, or with one before."""
        return Blob.objects.filter(connection=self.connection, pk=int(self._note.get("blob") or 0)).first()

    @property
    def image_name(self) -> str:
        """Return how the image is called."""
        return str(self._note.get("name", ""))

    @property
    def image_label(self) -> str:
        """Return what the field for the file is called: a second one takes the place of the first."""
        return _("Another image") if self.image_name else _("Image of the receipt")

    def forget_image(self) -> None:
        """Go on without the image."""
        self.own_data()["kept"] = ""
        self.__dict__.pop("_note", None)

    def clean_image(self) -> None:
        """What is wrong with it was found when it came."""
        if self.refused:
            raise forms.ValidationError(str(REASONS[self.refused]))
        if self.image_name and self.blob is None:
            self.forget_image()
            raise forms.ValidationError(_("The image is not here any more. Choose the file again."))

    def _take(self, upload: "UploadedFile[Any]") -> None:
        self.forget_image()
        content = b"" if (upload.size or 0) > inspecting.MOST else upload.read()
        if (upload.size or 0) > inspecting.MOST:
            self.refused = "too_large"
            return
        try:
            seen = inspecting.look(content)
        except Trouble as trouble:
            self.refused = trouble.code
            return
        self.refused = seen.problem
        if not self.refused:
            self._keep(content, seen.media_type, upload.name or "")

    def _keep(self, content: bytes, media_type: str, name: str) -> None:
        try:
            blob = store.put(self.connection, [content], media_type=media_type)
        except store.Unavailable:
            self.refused = "storage"
            return
        note = {"blob": blob.pk, "name": naming.safe(name) or f"{timezone.localdate():%Y-%m-%d}"}
        self.own_data()["kept"] = signing.dumps(note, salt=self._salt)
        self.__dict__.pop("_note", None)
