"""
Typed readers for settings from the environment.

Every secret can be given as `NAME`, or as `NAME_FILE` with the path of a file that holds it (Docker and systemd
hand over secrets that way). Nonsense raises `ImproperlyConfigured` with one sentence that names the variable.
"""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """Return the variable without blanks around it; without a default it has to be set."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set.")
    return default


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes or no: 1, true, yes, on, or 0, false, no, off."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} has to be 1 or 0, not {value!r}.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return a whole number of at least `least`."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} has to be a whole number of at least {least}, not {value!r}.")
    return int(value)


def choice(name: str, options: tuple[str, ...], default: str) -> str:
    """Return one of `options`."""
    value = text(name, default)
    if value not in options:
        raise ImproperlyConfigured(f"{name} has to be one of {', '.join(options)}, not {value!r}.")
    return value


def url(name: str, default: str | None = None) -> str:
    """Return an http(s) address without a slash at its end."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket too many
        good = False
    if not good or parts.username is not None or parts.path or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name} has to be an address such as https://lexweb.example.de, without a path.")
    return value


def public_key(name: str, default: str) -> str:
    """Return a public key as PEM, given so or as the path of a file; or the address where it is to be had."""
    value = text(name, default)
    parts = urlsplit(value if value.startswith(("http://", "https://")) else "")
    if parts.scheme:
        if parts.hostname and (parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1", "::1"}):
            return value
        raise ImproperlyConfigured(f"{name}: the address has to begin with https://.")
    if value and not value.startswith("-----BEGIN"):
        try:
            value = Path(value).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            raise ImproperlyConfigured(
                f"{name}: this is no address, and no file with a key that can be read."
            ) from None
    try:
        key = load_pem_public_key(value.encode()) if value else None
    except ValueError:
        key = None
    if value and not isinstance(key, RSAPublicKey):
        raise ImproperlyConfigured(f"{name} has to be an RSA public key in PEM form, the path of one, or an address.")
    return value


def secret(name: str, default: str | None = None) -> str:
    """Return `NAME`, or what the file at `NAME_FILE` holds. The value is never part of an error."""
    path = os.environ.get(f"{name}_FILE", "").strip()
    if path and os.environ.get(name, "").strip():
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; keep one.")
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as problem:
            raise ImproperlyConfigured(f"{name}_FILE: {path} cannot be read ({problem.strerror}).") from None
        except UnicodeDecodeError:
            raise ImproperlyConfigured(f"{name}_FILE: {path} is not a text in UTF-8.") from None
        if not value:
            raise ImproperlyConfigured(f"{name}_FILE: {path} is empty.")
        return value
    return text(name, default)


def secrets(name: str, default: str | None = None, *, least: int = 1) -> list[str]:
    """Return a list of secrets, separated by commas or blanks; the first is the one in use."""
    values = secret(name, default).replace(",", " ").split()
    if len(values) < least:
        raise ImproperlyConfigured(f"{name} is empty.")
    return values


def folder(name: str, default: str) -> Path:
    """Return the path of a folder, which is made if it is missing."""
    path = Path(text(name, default))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ImproperlyConfigured(f"{name}: the folder {path} cannot be made ({problem.strerror}).") from None
    return path


def importable(name: str, default: str) -> str:
    """Return the dotted path of something that can be imported."""
    value = text(name, default)
    try:
        import_string(value)
    except ImportError:
        raise ImproperlyConfigured(f"{name} has to name something that can be imported, not {value!r}.") from None
    return value


def options(name: str, default: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON object."""
    try:
        value = json.loads(secret(name, json.dumps(default)))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise ImproperlyConfigured(f"{name} has to be a JSON object.")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """Return Django's description of a database address: sqlite:///path or postgres://user:password@host/name."""
    value = secret(name, default)
    if not value.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"{name} has to begin with sqlite:/// or postgres://.")
    try:
        config = dict(environ.Env.db_url_config(value))
    except (ValueError, KeyError):  # not chained: they quote pieces of the address, and so of the password
        config = {}
    if config.get("NAME") in {None, "", ":memory:"}:
        raise ImproperlyConfigured(
            f"{name} is not a database address that can be read; in a password, / @ and : have to be percent-encoded."
        )
    return config


def queue(name: str, default: str) -> dict[str, Any]:
    """Return where huey keeps the queue: in a SQLite file of its own, in PostgreSQL, or in Redis."""
    address = secret(name, default)
    kind, _, rest = address.partition("://")
    if rest.strip("/"):
        if kind == "sqlite":
            return {"huey_class": "huey.SqliteHuey", "connection": {"filename": rest.removeprefix("/")}}
        if kind in {"postgres", "postgresql"}:
            return {"huey_class": "huey.PostgresHuey", "connection": {"dsn": address}}
        if kind in {"redis", "rediss"}:
            return {"huey_class": "huey.RedisHuey", "connection": {"url": address}}
    raise ImproperlyConfigured(f"{name} has to begin with sqlite:///, postgres:// or redis://.")
