"""The filter line of the list of files."""

from django import forms

from lexweb.ui.typed_fields import DayField
from lexweb.vouchers import kinds
from lexweb.vouchers.files import listing


class FileListForm(forms.Form):
    """What the address of the list of files says; nonsense in it is replaced by the default."""

    q = forms.CharField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *((name, "") for name in kinds.GROUPS)])
    content = forms.ChoiceField(required=False, choices=[("", ""), *((name, "") for name in listing.CONTENTS)])
    since = DayField(required=False)
    until = DayField(required=False)
    sort = forms.ChoiceField(
        required=False, choices=[(sign + name, "") for name in listing.SORTS for sign in ("", "-")]
    )

    def query(self) -> listing.Query:
        """Return what is asked for."""
        self.is_valid()
        get = self.cleaned_data.get
        since, until = get("since"), get("until")
        return listing.Query(
            text=str(get("q") or "")[:200],
            kind=get("kind") or "",
            content=get("content") or "",
            since=since.isoformat() if since else "",
            until=until.isoformat() if until else "",
            sort=get("sort") or "-date",
        )
