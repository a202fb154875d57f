"""All addresses of lexweb, by name."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from lexweb.ui.views import nothing_here


def walk() -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Yield the name, the path as written in urls.py, and the view."""
    yield from _walk(get_resolver().url_patterns, "", "")


def names() -> set[str]:
    """Return the names of all addresses."""
    return {name for name, _, _ in walk()}


def _walk(patterns: list[Any], prefix: str, namespace: str) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    for pattern in patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLPattern) and pattern.callback is nothing_here:
            continue  # closed: allauth's name of the same address is in the tables
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", path, pattern.callback
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, path, f"{namespace}{inner}")
