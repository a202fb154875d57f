"""Receipts that come in: each makes a voucher, or joins one (behaviour.md, chapter 10)."""

import uuid

from lexweb.sandbox.files import storing
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.vouchers import telling, writing


def receive(state: State, organization: Organization, name: str, content: bytes) -> Record:
    """
    Take a receipt in and make a blank voucher for it; returns the file. The same content again changes nothing.

    :raises storing.Unacceptable: the file is refused
    """
    storing.check(organization, name, content)
    if first := storing.known(organization, content):
        return first
    file_id = str(uuid.uuid4())
    due = state.clock.now() + state.options.recognition
    voucher = writing.blank(organization, file_id, due, state.clock.stamp())
    record = storing.store(organization, name, content, voucher_id=voucher.id, file_id=file_id)
    telling.created(state, organization, voucher.id)
    return record


def attach(state: State, organization: Organization, voucher: Record, name: str, content: bytes) -> Record:
    """
    Add a file to a voucher; returns the file.

    Content that is known already is not stored again: its file stays with the voucher it belongs to, because a
    file belongs to one voucher only.

    :raises storing.Unacceptable: the file is refused
    """
    storing.check(organization, name, content)
    if first := storing.known(organization, content):
        return first
    record = storing.store(organization, name, content, voucher_id=voucher.id)
    writing.with_file(organization, voucher, record.id, state.clock.stamp())
    telling.changed(state, organization, voucher.id, status=False)
    return record
