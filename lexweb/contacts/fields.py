"""
Every writable field of a contact: its name in forms, its label, its place in the JSON of the API.

One table serves forms, merging, history and the messages of the API (openapi.yaml, ContactCreate; behaviour.md,
chapter 7). Writing allows one entry per list, so a path like `addresses.billing[0].city` is enough.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

Payload = dict[str, Any]
Values = dict[str, Any]  # field name → str, or bool for the flags
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Field:
    """`label` is an untranslated message id; `group` the section of the form."""

    name: str
    path: Path
    label: str
    group: str
    kind: type = str


def _address(kind: str, group: str, labels: tuple[str, ...]) -> tuple[Field, ...]:
    parts = ("supplement", "street", "zip", "city", "countryCode")
    names = ("supplement", "street", "zip", "city", "country")
    return tuple(
        Field(f"{kind}_{name}", ("addresses", kind, 0, part), label, group)
        for name, part, label in zip(names, parts, labels, strict=True)
    )


FIELDS: tuple[Field, ...] = (
    Field("customer", ("roles", "customer"), _("Customer"), "roles", bool),
    Field("vendor", ("roles", "vendor"), _("Vendor"), "roles", bool),
    Field("company_name", ("company", "name"), _("Company name"), "company"),
    Field("tax_number", ("company", "taxNumber"), _("Tax number"), "company"),
    Field("vat_id", ("company", "vatRegistrationId"), _("VAT ID"), "company"),
    Field("tax_free", ("company", "allowTaxFreeInvoices"), _("Allow tax-free invoices"), "company", bool),
    Field("cp_salutation", ("company", "contactPersons", 0, "salutation"), _("Contact person: salutation"), "cp"),
    Field("cp_first_name", ("company", "contactPersons", 0, "firstName"), _("Contact person: first name"), "cp"),
    Field("cp_last_name", ("company", "contactPersons", 0, "lastName"), _("Contact person: last name"), "cp"),
    Field("cp_email", ("company", "contactPersons", 0, "emailAddress"), _("Contact person: e-mail"), "cp"),
    Field("cp_phone", ("company", "contactPersons", 0, "phoneNumber"), _("Contact person: phone"), "cp"),
    Field("cp_primary", ("company", "contactPersons", 0, "primary"), _("Contact person: on documents"), "cp", bool),
    Field("salutation", ("person", "salutation"), _("Salutation"), "person"),
    Field("first_name", ("person", "firstName"), _("First name"), "person"),
    Field("last_name", ("person", "lastName"), _("Last name"), "person"),
    *_address("billing", "billing", (
        _("Billing address: supplement"), _("Billing address: street"), _("Billing address: postcode"),
        _("Billing address: city"), _("Billing address: country"),
    )),
    *_address("shipping", "shipping", (
        _("Shipping address: supplement"), _("Shipping address: street"), _("Shipping address: postcode"),
        _("Shipping address: city"), _("Shipping address: country"),
    )),
    Field("email_business", ("emailAddresses", "business", 0), _("E-mail: business"), "emails"),
    Field("email_office", ("emailAddresses", "office", 0), _("E-mail: office"), "emails"),
    Field("email_private", ("emailAddresses", "private", 0), _("E-mail: private"), "emails"),
    Field("email_other", ("emailAddresses", "other", 0), _("E-mail: other"), "emails"),
    Field("phone_business", ("phoneNumbers", "business", 0), _("Phone: business"), "phones"),
    Field("phone_office", ("phoneNumbers", "office", 0), _("Phone: office"), "phones"),
    Field("phone_mobile", ("phoneNumbers", "mobile", 0), _("Phone: mobile"), "phones"),
    Field("phone_private", ("phoneNumbers", "private", 0), _("Phone: private"), "phones"),
    Field("phone_fax", ("phoneNumbers", "fax", 0), _("Phone: fax"), "phones"),
    Field("phone_other", ("phoneNumbers", "other", 0), _("Phone: other"), "phones"),
    Field("leitweg_id", ("xRechnung", "buyerReference"), _("Leitweg-ID"), "xrechnung"),
    Field(
        "vendor_number_there", ("xRechnung", "vendorNumberAtCustomer"), _("Our vendor number at the customer"),
        "xrechnung",
    ),
    Field("note", ("note",), _("Note"), "note"),
)  # fmt: skip
BY_NAME = {field.name: field for field in FIELDS}
ROLES = ("customer", "vendor")
PLACES = {field.path[:depth] for field in FIELDS if field.name not in ROLES for depth in range(len(field.path) + 1)}
LEFTOVERS: dict[str, tuple[Path, set[str]]] = {  # group → a list, and what says nothing without the rest of its entry
    "cp": (("company", "contactPersons"), {"primary"}),
    "billing": (("addresses", "billing"), {"countryCode"}),
    "shipping": (("addresses", "shipping"), {"countryCode"}),
}
EMPTY: tuple[Any, ...] = ("", None, [], {})


def read(payload: Payload) -> Values:
    """Return the value of every field; what the payload lacks is empty, or False."""
    values: Values = {}
    for field in FIELDS:
        found = _get(payload, field.path)
        if field.name in ROLES:
            values[field.name] = found is not None
        else:
            values[field.name] = bool(found) if field.kind is bool else str(found or "")
    return values


def of_kind(values: Mapping[str, Any], *, company: bool) -> Values:
    """Return the values without the fields of the other kind: a contact is a company or a person, never both."""
    other = {"person"} if company else {"company", "cp"}
    return {name: value for name, value in values.items() if BY_NAME[name].group not in other}


def apply(payload: Payload, values: Mapping[str, Any]) -> Payload:
    """
    Return the payload with the values put in; members that no field knows are kept.

    Emptied entries disappear whole: an address of which only the country is left, a person without any name. One
    that was like that before stays, unless one of its values is changed.
    """
    result, changed = copy.deepcopy(payload), {field.group for field in differing(read(payload), values)}
    for name, value in values.items():
        _set(result, BY_NAME[name], value)
    for group, (path, leftovers) in LEFTOVERS.items():
        if group in changed:
            _drop_if_only(result, path, leftovers)
    return {"roles": {}, **_prune(result)}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Field]:
    """Yield the fields whose values differ."""
    for field in FIELDS:
        if field.name in after and before.get(field.name) != after[field.name]:
            yield field


def at_fault(source: str, values: Mapping[str, Any]) -> str:
    """
    Return the field that the API complains about, or an empty string.

    :param source: a path such as `company.name`, or the observed `emailAddresses[0].emailAddress`, which does not
        say which kind is meant (behaviour.md, chapter 7); then the filled fields of that group are counted through
    """
    path = tuple(int(p) if p.isdecimal() else p for p in re.findall(r"[^.\[\]]+", source))
    for field in FIELDS:
        if field.path == path or (len(path) > 1 and field.path[: len(path)] == path):
            return field.name
    without_index = tuple(p for p in path if not isinstance(p, int))
    for field in FIELDS:
        if tuple(p for p in field.path if not isinstance(p, int)) == without_index:
            return field.name
    filled = [field for field in FIELDS if path and field.path[0] == path[0] and values.get(field.name)]
    place = next((p for p in path if isinstance(p, int)), 0)
    return filled[min(place, len(filled) - 1)].name if filled else ""


def _get(node: Any, path: Path) -> Any:
    for step in path:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            return None
    return node


def _set(payload: Payload, field: Field, value: Any) -> None:
    if field.name in ROLES:
        roles = payload.setdefault("roles", {})
        if value:
            roles.setdefault(field.path[1], {})  # an existing role keeps its number
        else:
            roles.pop(field.path[1], None)
        return
    node: Any = payload
    if value in ("", None, False) and _get(payload, field.path) in (None, ""):
        return  # nothing there, nothing to put there
    for step, following in zip(field.path, field.path[1:], strict=False):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            if not node:
                node.append(empty)
            node = node[step]
        else:
            node = node.setdefault(step, empty)
    last = field.path[-1]
    if isinstance(last, int):
        node[:] = [value]
    else:
        node[last] = value


def _drop_if_only(payload: Payload, path: Path, leftovers: set[str]) -> None:
    """Empty a list whose one entry holds nothing but `leftovers`."""
    entries = _get(payload, path)
    if entries and all(
        not entry or {k for k, v in entry.items() if v not in ("", None)} <= leftovers for entry in entries
    ):
        entries.clear()


def _prune(node: Any, place: Path = ()) -> Any:
    """Return the node without empty texts, lists and objects where fields live: the API leaves them out, too."""
    if place not in PLACES:
        return node
    if isinstance(node, dict):
        kept = {name: _prune(part, (*place, name)) for name, part in node.items()}
        return {name: part for name, part in kept.items() if part not in EMPTY or (*place, name) not in PLACES}
    if isinstance(node, list):
        return [part for part in (_prune(part, (*place, 0)) for part in node) if part not in EMPTY]
    return node
