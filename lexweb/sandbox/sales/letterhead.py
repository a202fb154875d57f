"""The letterhead of an organization, invented once and for all from its id."""

import uuid
from functools import cache
from random import Random

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.paper.seller import NOBODY, Buyer, Seller
from lexweb.sandbox.seed import numbers, words
from lexweb.sandbox.web import Json

# Bank codes that no bank has, so nobody's account is hit.
BANKS = (
    ("20099900", "HABNDEH1XXX", "Hanseatische Bürgerbank"),
    ("50099900", "MAINDEF1XXX", "Mainbank eG"),
    ("70099900", "ISARDEM1XXX", "Isar-Sparbank"),
)


def seller(organization: Organization) -> Seller:
    """Name and e-mail as in the account; address, tax ids and bank account made up."""
    return _seller(
        organization.id,
        organization.company_name,
        organization.email,
        organization.user_name,
        organization.small_business,
    )


@cache
def _seller(organization_id: str, name: str, email: str, user_name: str, small_business: bool) -> Seller:
    random = Random(uuid.UUID(organization_id).int)  # noqa: S311  (an invented address is no secret)
    zip_code, city = random.choice(words.PLACES)
    bank_code, bic, bank_name = random.choice(BANKS)
    return Seller(
        name=name,
        street=f"{random.choice(words.STREETS)} {random.randint(1, 120)}",
        zip=zip_code,
        city=city,
        tax_number=numbers.tax_number(random),
        vat_id=None if small_business else numbers.vat_id_de(random),
        email=email,
        phone=numbers.landline(random, city),
        iban=iban(bank_code, f"{random.randint(1, 9_999_999_999):010d}"),
        bic=bic,
        bank_name=bank_name,
        user_name=user_name,
    )


def iban(bank_code: str, account: str) -> str:
    """A German IBAN with its two check digits (ISO 7064 MOD 97-10)."""
    check = 98 - int(f"{bank_code}{account}131400") % 97
    return f"DE{check:02d}{bank_code}{account}"


def buyer(organization: Organization, document: Json) -> Buyer:
    """What only the contact can tell of the recipient: VAT id and e-mail."""
    found = organization.contacts.get(document["address"].get("contactId") or "")
    if found is None:
        return NOBODY
    vat_id = found.contact.get("company", {}).get("vatRegistrationId")
    return Buyer(vat_id=vat_id, email=next(iter(found.emails), None))
