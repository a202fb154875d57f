"""Secrets at rest: sealed with the first of TOKEN_KEYS, opened with any of them."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """None of TOKEN_KEYS opens the text."""


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.TOKEN_KEYS])


def seal(secret: str) -> str:
    """Return the secret encrypted, as text."""
    return _keys().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """
    Return the secret.

    :raises Unreadable: the key it was sealed with is gone
    """
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as problem:
        raise Unreadable from problem


def rotate(sealed: str) -> str:
    """
    Return the same secret sealed with the first key.

    :raises Unreadable: the key it was sealed with is gone
    """
    try:
        return _keys().rotate(sealed.encode()).decode()
    except InvalidToken as problem:
        raise Unreadable from problem
