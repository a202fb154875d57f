"""Text recognition is not always right."""

from random import Random

from lexweb.sandbox.web import Json

WRONG_TOTAL, WRONG_NUMBER, NO_NUMBER, WRONG_DAY = 0.07, 0.11, 0.14, 0.17


def read(random: Random, right: Json) -> Json:
    """What was read of a receipt: mostly right, else with swapped digits, or with something missing."""
    chance = random.random()
    if chance < WRONG_TOTAL:
        return right | {"totalGrossAmount": _swapped_amount(right["totalGrossAmount"])}
    if chance < WRONG_NUMBER:
        return right | {"voucherNumber": swapped(right["voucherNumber"])}
    if chance < NO_NUMBER:
        return {name: value for name, value in right.items() if name != "voucherNumber"}
    if chance < WRONG_DAY:
        day = right["voucherDate"]
        return right | {"voucherDate": f"{int(day[:4]) - 1}{day[4:]}"}
    return right


def swapped(text: str) -> str:
    """The text with the first two neighboring digits that differ changed over; the same if there are none."""
    for place in range(len(text) - 1, 0, -1):
        pair = text[place - 1 : place + 1]
        if pair.isdigit() and pair[0] != pair[1]:
            return f"{text[: place - 1]}{pair[::-1]}{text[place + 1 :]}"
    return text


def _swapped_amount(amount: float) -> float:
    return float(swapped(f"{amount:.2f}"))
