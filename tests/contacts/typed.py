"""What somebody types into every field of the form, and what Lexware Office then has to hold."""

from typing import Any

COMMON: dict[str, Any] = {
    "customer": "on",
    "vendor": "on",
    "billing_supplement": "Hinterhaus",
    "billing_street": "Lindenallee 4",
    "billing_zip": "24103",
    "billing_city": "Kiel",
    "billing_country": "DE",
    "shipping_supplement": "Tor 4",
    "shipping_street": "Graben 12",
    "shipping_zip": "1010",
    "shipping_city": "Wien",
    "shipping_country": "AT",
    "email_business": "info@ahrens.example",
    "email_office": "buero@ahrens.example",
    "email_private": "ole@privat.example",
    "email_other": "archiv@ahrens.example",
    "phone_business": "0431 123456",
    "phone_office": "0431 123457",
    "phone_mobile": "+49 170 1234567",
    "phone_private": "0431 99",
    "phone_fax": "0431 123458",
    "phone_other": "(0431) 1/2-3",
    "leitweg_id": "01002000-12345-67",
    "vendor_number_there": "K-10001",
    "note": "Erste Zeile\nÄöü & <b>ß</b> \"'%_\\ 🌷",
}
COMPANY: dict[str, Any] = COMMON | {
    "company_name": 'Müller & Söhne "Die Maler" <GmbH>',
    "tax_number": "20/123/45678",
    "vat_id": "DE136695976",
    "tax_free": "on",
    "cp_salutation": "Frau",
    "cp_first_name": "Mareike",
    "cp_last_name": "Lohse",
    "cp_email": "lohse@ahrens.example",
    "cp_phone": "0431 123459",
    "cp_primary": "on",
}
PERSON: dict[str, Any] = COMMON | {"salutation": "Herr", "first_name": "Jörg", "last_name": "Quandt"}

_HELD: dict[str, Any] = {
    "addresses": {
        "billing": [
            {"supplement": "Hinterhaus", "street": "Lindenallee 4", "zip": "24103", "city": "Kiel", "countryCode": "DE"}
        ],
        "shipping": [
            {"supplement": "Tor 4", "street": "Graben 12", "zip": "1010", "city": "Wien", "countryCode": "AT"}
        ],
    },
    "emailAddresses": {
        "business": ["info@ahrens.example"],
        "office": ["buero@ahrens.example"],
        "private": ["ole@privat.example"],
        "other": ["archiv@ahrens.example"],
    },
    "phoneNumbers": {
        "business": ["0431 123456"],
        "office": ["0431 123457"],
        "mobile": ["+49 170 1234567"],
        "private": ["0431 99"],
        "fax": ["0431 123458"],
        "other": ["(0431) 1/2-3"],
    },
    "xRechnung": {"buyerReference": "01002000-12345-67", "vendorNumberAtCustomer": "K-10001"},
    "note": "Erste Zeile\nÄöü & <b>ß</b> \"'%_\\ 🌷",
}
HELD_COMPANY: dict[str, Any] = _HELD | {
    "company": {
        "name": 'Müller & Söhne "Die Maler" <GmbH>',
        "taxNumber": "20/123/45678",
        "vatRegistrationId": "DE136695976",
        "allowTaxFreeInvoices": True,
        "contactPersons": [
            {
                "salutation": "Frau",
                "firstName": "Mareike",
                "lastName": "Lohse",
                "emailAddress": "lohse@ahrens.example",
                "phoneNumber": "0431 123459",
                "primary": True,
            }
        ],
    }
}
HELD_PERSON: dict[str, Any] = _HELD | {"person": {"salutation": "Herr", "firstName": "Jörg", "lastName": "Quandt"}}
