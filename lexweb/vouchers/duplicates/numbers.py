"""Comparing the numbers of documents, as people and text recognition write them."""

import re

MISREAD = str.maketrans({"I": "1", "L": "1", "0": "", "O": ""})


def plain(number: str) -> str:
    """Return the number in capitals without separators: "re 2024/0012" becomes "RE20240012"."""
    return re.sub(r"[\W_]", "", number).upper()


def key(number: str) -> str:
    """
    Return what two numbers share that are perhaps the same: neither zeros, which are left out and mistaken for O, nor
    the difference between I, L and 1. It only finds candidates; `near` decides.
    """
    return plain(number).translate(MISREAD)[:60]


def near(one: str, other: str) -> bool:
    """Say whether the numbers are the same but for separators, leading zeros, O for 0, and I or L for 1."""
    return _read(one) == _read(other)


def one_sign_apart(one: str, other: str) -> bool:
    """Say whether the numbers, of five signs at least, differ in one sign, or in the order of two neighbors."""
    a, b = plain(one), plain(other)
    if len(a) != len(b) or len(a) < 5:
        return False
    differing = [at for at, (left, right) in enumerate(zip(a, b, strict=True)) if left != right]
    if len(differing) == 2:
        first, second = differing
        return second == first + 1 and (a[first], a[second]) == (b[second], b[first])
    return len(differing) == 1


def _read(number: str) -> str:
    """Return the number with its groups of digits free of leading zeros."""
    read = re.sub(r"[\W_]+", "-", number.upper()).strip("-").replace("I", "1").replace("L", "1").replace("O", "0")
    return re.sub(r"[\W_]", "", re.sub(r"(?<!\d)0+(?=\d)", "", read))
