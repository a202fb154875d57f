"""The filter lines of the lists of vouchers and of files."""

from django import forms

from lexweb.ui.typed_fields import DayField
from lexweb.vouchers import file_listing, kinds


class ListForm(forms.Form):
    """What the address says; nonsense in it is replaced by the default."""

    q = forms.CharField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *((name, "") for name in kinds.GROUPS)])
    status = forms.ChoiceField(required=False, choices=[("", ""), *((name, "") for name in kinds.STATUSES)])

    archived = forms.BooleanField(required=False)

    def clean_q(self) -> str:
        """Whatever was pasted: its beginning is searched for."""
        return str(self.cleaned_data["q"])[:200]


class FileListForm(forms.Form):
    """What the address of the list of files says; nonsense in it is replaced by the default."""

    q = forms.CharField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *((name, "") for name in kinds.GROUPS)])
    content = forms.ChoiceField(required=False, choices=[("", ""), *((name, "") for name in file_listing.CONTENTS)])
    since = DayField(required=False)
    until = DayField(required=False)
    sort = forms.ChoiceField(
        required=False, choices=[(sign + name, "") for name in file_listing.SORTS for sign in ("", "-")]
    )

    def query(self) -> file_listing.Query:
        """Return what is asked for."""
        self.is_valid()
        get = self.cleaned_data.get
        since, until = get("since"), get("until")
        return file_listing.Query(
            text=str(get("q") or "")[:200],
            kind=get("kind") or "",
            content=get("content") or "",
            since=since.isoformat() if since else "",
            until=until.isoformat() if until else "",
            sort=get("sort") or "-date",
        )
