"""PUT and DELETE of vouchers, and their files."""

from typing import Any

import httpx
import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.contract import schema
from tests.sandbox.bookkeeping import (
    PURCHASE,
    SALE,
    UNKNOWN,
    conforms,
    create,
    events,
    issues,
    picture,
    put,
    read,
)

UNCHECKED = {"type": "purchaseinvoice", "taxType": "gross", "useCollectiveContact": True, "voucherStatus": "unchecked"}


def attach(api: httpx.Client, voucher: dict[str, Any], color: str = "white") -> str:
    files = {"file": ("beleg.png", picture(color=color))}
    return str(conforms(api.post(f"/v1/vouchers/{voucher['id']}/files", files=files), 202)["id"])


def test_put_replaces_everything(api: httpx.Client, sandbox: RunningSandbox) -> None:
    voucher = create(api, remark="alt", shippingDate="2026-11-02")
    short = conforms(put(api, voucher, remark=None, shippingDate=None, dueDate=None, voucherNumber="V-2"), 200)
    assert short["version"] == 2
    stored = read(api, voucher["id"])
    assert not {"remark", "shippingDate"} & set(stored)
    assert (stored["voucherNumber"], stored["dueDate"]) == ("V-2", stored["voucherDate"])
    assert stored["createdDate"] == voucher["createdDate"]
    assert events(sandbox, voucher["id"]) == ["voucher.created", "voucher.changed"]


def test_a_read_voucher_can_be_sent_back(api: httpx.Client) -> None:
    voucher = create(api)
    conforms(put(api, voucher), 200)
    stored = read(api, voucher["id"])
    assert stored == voucher | {"version": 2, "updatedDate": stored["updatedDate"]}


def test_stale_and_missing_versions(api: httpx.Client) -> None:
    voucher = create(api)
    put(api, voucher)
    assert issues(put(api, voucher), 409) == {("invalid_value", "version")}
    assert issues(put(api, voucher, version=None)) == {("missing_entity", "version")}


def test_somebody_else_was_faster(api: httpx.Client, sandbox: RunningSandbox) -> None:
    voucher = create(api, remark="Meins")
    sandbox.fault("foreign_edit", changes={"remark": "Seins"})
    conforms(put(api, voucher), 409)
    assert read(api, voucher["id"])["remark"] == "Seins"


@pytest.mark.parametrize("status", ["open", "paid", "unchecked", "blank"])
def test_a_booked_voucher_has_no_say_about_its_status(api: httpx.Client, status: str) -> None:
    assert issues(put(api, create(api), voucherStatus=status)) == {("invalid_value", "voucherStatus")}


def test_booking_an_unchecked_voucher(api: httpx.Client, sandbox: RunningSandbox) -> None:
    voucher = create(api, UNCHECKED)
    # Without the status the data are taken and it stays what it is.
    conforms(put(api, voucher, remark="noch offen"), 200)
    voucher = read(api, voucher["id"])
    assert (voucher["voucherStatus"], voucher["remark"]) == ("unchecked", "noch offen")
    assert issues(put(api, voucher, voucherStatus="unchecked")) == {("invalid_value", "voucherStatus")}
    missing = issues(put(api, voucher, voucherStatus="open"))
    assert ("missing_entity", "voucherDate") in missing
    assert ("missing_entity", "voucherItems") in missing
    assert (
        put(api, voucher, **schema.sample("vouchers.update.book-unchecked.request") | {"files": []}).status_code == 409
    )
    body = schema.sample("vouchers.update.book-unchecked.request") | {"files": [], "version": 2}
    conforms(api.put(f"/v1/vouchers/{voucher['id']}", json=body), 200)
    booked = read(api, voucher["id"])
    assert (booked["voucherStatus"], booked["dueDate"]) == ("open", "2026-04-10T00:00:00.000+01:00")
    assert events(sandbox, voucher["id"])[-2:] == ["voucher.changed", "voucher.status.changed"]


def test_an_invalid_put_changes_nothing(api: httpx.Client) -> None:
    voucher = create(api)
    assert issues(put(api, voucher, totalGrossAmount=1)) == {("invalid_total_amount", "totalGrossAmount")}
    assert read(api, voucher["id"]) == voucher


def test_vouchers_cannot_be_deleted(api: httpx.Client) -> None:
    voucher = create(api)
    assert api.delete(f"/v1/vouchers/{voucher['id']}").status_code == 404
    assert read(api, voucher["id"]) == voucher


@pytest.mark.parametrize("voucher_id", ["kein-uuid", UNKNOWN])
def test_unknown_vouchers(api: httpx.Client, voucher_id: str) -> None:
    conforms(api.get(f"/v1/vouchers/{voucher_id}"), 404)
    conforms(api.put(f"/v1/vouchers/{voucher_id}", json=SALE | {"version": 1}), 404)
    conforms(api.post(f"/v1/vouchers/{voucher_id}/files", files={"file": ("a.png", picture())}), 404)


def test_vouchers_have_no_document(api: httpx.Client) -> None:
    voucher = create(api)
    assert api.get(f"/v1/vouchers/{voucher['id']}/file").status_code in {403, 404}
    assert api.get(f"/v1/vouchers/{voucher['id']}/files").status_code == 405


def test_files_left_out_are_gone_for_good(api: httpx.Client) -> None:
    voucher = create(api, PURCHASE)
    first, second = attach(api, voucher), attach(api, voucher, "red")
    voucher = read(api, voucher["id"])
    assert (voucher["files"], voucher["version"]) == ([first, second], 3)
    conforms(put(api, voucher, files=[second.upper()]), 200)
    assert read(api, voucher["id"])["files"] == [second]
    conforms(api.get(f"/v1/files/{first}"), 404)
    assert api.get(f"/v1/files/{second}").status_code == 200
    conforms(put(api, read(api, voucher["id"]), files=None), 200)
    conforms(api.get(f"/v1/files/{second}"), 404)
    # What is gone can come again.
    assert attach(api, voucher) != first


def test_a_file_belongs_to_one_voucher(api: httpx.Client) -> None:
    mine, other = create(api), create(api)
    file_id = attach(api, mine)
    assert attach(api, other) == file_id  # the same content is the same file, and stays where it is
    assert read(api, other["id"])["files"] == []
    assert issues(put(api, other, files=[file_id])) == {("invalid_value", "files[0]")}


def test_attaching_tells_the_subscribers_once(api: httpx.Client, sandbox: RunningSandbox) -> None:
    voucher = create(api)
    assert attach(api, voucher) == attach(api, voucher)
    assert events(sandbox, voucher["id"]) == ["voucher.created", "voucher.changed"]
    answer = api.post(f"/v1/vouchers/{voucher['id']}/files", files={"file": ("a.gif", b"GIF89a")})
    assert issues(answer) == {("inacceptable_file_extension", "file")}
