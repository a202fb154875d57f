"""The events of bookkeeping vouchers; each of them also keeps the state."""

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.state import State


def created(state: State, organization: Organization, voucher_id: str) -> None:
    """A voucher has come; also for unchecked ones (behaviour.md, chapter 15)."""
    state.publish(organization, "voucher.created", voucher_id)


def changed(state: State, organization: Organization, voucher_id: str, *, status: bool) -> None:
    """A voucher is another one now; ``status`` says whether that is, too."""
    state.publish(organization, "voucher.changed", voucher_id)
    if status:
        state.publish(organization, "voucher.status.changed", voucher_id)


def paid(state: State, organization: Organization, voucher_id: str, *, status: bool) -> None:
    """Money has moved; ``status`` says whether the voucher's status did, too."""
    state.publish(organization, "payment.changed", voucher_id)
    if status:
        state.publish(organization, "voucher.status.changed", voucher_id)
