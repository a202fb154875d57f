"""Numbers that have to look right: VAT ids, tax numbers, Leitweg-IDs, phone numbers."""

from random import Random

# Blocks the Bundesnetzagentur keeps free for films and books; the last three digits are ours.
LANDLINES = {
    "Berlin": "030 23125",
    "Frankfurt am Main": "069 90009",
    "Hamburg": "040 66969",
    "Köln": "0221 4710",
    "München": "089 99998",
}
FREE_LANDLINES = tuple(LANDLINES.values())
FREE_MOBILES = ("0171 39200{:02d}", "0176 040690{:02d}")


def vat_id_de(random: Random) -> str:
    """A German VAT id: eight digits, the first not zero, and the check digit of ISO 7064 MOD 11,10."""
    digits = str(random.randint(10_000_000, 99_999_999))
    return f"DE{digits}{iso_7064_mod_11_10(digits)}"


def iso_7064_mod_11_10(digits: str) -> int:
    """The check digit of a German VAT id."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return (11 - product) % 10


def vat_id_at(random: Random) -> str:
    """An Austrian VAT id: ATU, seven digits, and their check digit."""
    digits = [random.randint(0, 9) for _ in range(7)]
    total = sum(digit if place % 2 == 0 else digit // 5 + digit * 2 % 10 for place, digit in enumerate(digits))
    return f"ATU{''.join(map(str, digits))}{(10 - (total + 4) % 10) % 10}"


def tax_number(random: Random) -> str:
    """A Steuernummer in one of the forms the tax offices print."""
    form = random.choice(("{:02d}/{:03d}/{:05d}", "{:03d}/{:03d}/{:05d}", "{:03d}/{:04d}/{:04d}"))
    return form.format(random.randint(10, 99), random.randint(100, 999), random.randint(0, 9_999))


def leitweg_id(random: Random, region: str) -> str:
    """A Leitweg-ID: key of the region, fine address, and two check digits (ISO 7064 MOD 97-10)."""
    fine = str(random.randint(1_000, 99_999))
    return f"{region}-{fine}-{98 - int(region + fine + '00') % 97:02d}"


def landline(random: Random, city: str) -> str:
    """A landline number from a block kept free; of the city if there is one for it."""
    block = LANDLINES.get(city) or random.choice(FREE_LANDLINES)
    number = f"{block}{random.randint(0, 999):03d}"
    area, rest = number.split(" ")
    form = random.choice(
        ("{area} {rest}", "{area}/{rest}", "+49 {short} {rest}", "({area}) {rest}", "0049 {short} {rest}")
    )
    return form.format(area=area, short=area[1:], rest=rest)


def mobile(random: Random) -> str:
    """A mobile number from a block kept free."""
    number = random.choice(FREE_MOBILES).format(random.randint(0, 99))
    return number if random.random() < 0.7 else f"+49 {number[1:]}"
