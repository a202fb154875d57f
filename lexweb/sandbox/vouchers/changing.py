"""What happens to a voucher: rules, writing and events together. For the API and for the pages."""

from lexweb.sandbox.bodies import Issue
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.vouchers import rules, telling, writing
from lexweb.sandbox.web import Json

CREATABLE = {"open", "unchecked"}
CLOSED = {"blank", "voided", "transferred"}  # read-only (blank: behaviour.md, chapter 12; the others: our choice)


class Invalid(ValueError):
    """A draft that breaks rules; ``issues`` says which."""

    def __init__(self, issues: list[Issue]) -> None:
        super().__init__(", ".join(f"{issue.source}: {issue.key}" for issue in issues))
        self.issues = list(dict.fromkeys(issues))


def create(state: State, organization: Organization, draft: Json) -> Record:
    """
    Create a voucher, booked at once unless the draft says ``unchecked``.

    That is accepted as documented, though the service has refused it at times since August 2026 (our choice;
    behaviour.md, chapter 12; the fault "no_unchecked" refuses it here). A version in the draft is ignored: the
    reference contradicts itself.

    :raises Invalid: the draft breaks rules
    """
    status = draft.get("voucherStatus", "open")
    wrong = [] if status in CREATABLE else [Issue("invalid_value", "voucherStatus")]
    if wrong := wrong + rules.issues(draft, organization, unchecked=status == "unchecked"):
        raise Invalid(wrong)
    record = writing.create(organization, draft, status, state.clock.stamp())
    telling.created(state, organization, record.id)
    return record


def replace(state: State, organization: Organization, record: Record, draft: Json) -> Record:
    """
    Replace a voucher. ``voucherStatus: open`` books an unchecked one; without it an unchecked one stays unchecked.

    :raises Invalid: the draft breaks rules, or names a status that cannot be had
    """
    before: str = record.document["voucherStatus"]
    status: str = draft.get("voucherStatus", before)
    wrong = [*_status(draft, before), *_files(draft, record)]
    wrong += rules.issues(draft, organization, unchecked=status == "unchecked")
    if wrong:
        raise Invalid(wrong)
    record = writing.replace(organization, record, draft, status, state.clock.stamp())
    telling.changed(state, organization, record.id, status=record.document["voucherStatus"] != before)
    return record


def _status(draft: Json, before: str) -> list[Issue]:
    asked = draft.get("voucherStatus")
    if before in CLOSED or (asked is not None and (asked, before) != ("open", "unchecked")):
        return [Issue("invalid_value", "voucherStatus")]
    return []


def _files(draft: Json, record: Record) -> list[Issue]:
    """Files can be kept, not taken over: each belongs to one voucher."""
    own = record.document["files"]
    return [
        Issue("invalid_value", f"files[{index}]")
        for index, file_id in enumerate(draft.get("files", []))
        if rules.canonical_id(file_id) not in own
    ]
