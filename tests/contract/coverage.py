"""
`python -m tests.contract.coverage [--check]`: docs/api-coverage.md, from the contract, the code and the tests.

Nothing in it is written by hand: an operation without method, route or test breaks `make check`.
"""

import re
import sys
from functools import cache, partial
from pathlib import Path
from typing import Any

from lexweb.sandbox.api import routes
from tests.contract import schema
from tests.contract.calls import CALLS, NOT_OURS

ROOT = Path(__file__).parent.parent.parent
TARGET = ROOT / "docs" / "api-coverage.md"
HEAD = """\
# Coverage of the Lexware Office API

Written by `make coverage`, checked by `make check`. Every operation of both contracts (`tests/contract/`) with the
method of the client package that calls it, the module of the sandbox that answers it, the tests that name it, and
the pages that use it. `tests/contract/test_operations.py` and `test_faults.py` walk all of them; the console
reaches each one by hand.

| operation | address | client | sandbox | tests | pages |
|---|---|---|---|---|---|
"""
WALKS = "contract/test_operations.py"


def main() -> None:
    """Write the table, or say what is not true any more."""
    text, missing = table()
    if missing:
        sys.exit("No operation without method, route and test:\n" + "\n".join(missing))
    if "--check" not in sys.argv:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
        sys.exit("docs/api-coverage.md is not true any more: make coverage")


def table() -> tuple[str, list[str]]:
    """The page, and what is missing in it."""
    rows, missing = [], []
    for operation in schema.every():
        cells = [_method(operation), _route(operation), _tests(operation), _pages(operation)]
        missing += [
            f"{operation.id}: {what}"
            for what, cell in zip(("method", "route", "test"), cells, strict=False)
            if not cell
        ]
        rows.append(" | ".join([operation.id, f"`{operation.method} {operation.path}`", *cells]))
    return HEAD + "".join(f"| {row} |\n" for row in rows), missing


def _method(operation: schema.Operation) -> str:
    if operation.id in NOT_OURS:
        return "`AuthorizationServer.authorization_url`"
    return f"`{CALLS[operation.id].method}`" if operation.id in CALLS else ""


def _route(operation: schema.Operation) -> str:
    if operation.path.startswith("/oauth2/"):
        return "`oauth/authorize`" if operation.path.endswith("authorize") else "`oauth/tokens`"
    found = routes.find(re.sub(r"[{}]", "", operation.path))
    if not found or operation.method not in found[0]:
        return ""
    handler: Any = found[0][operation.method].handler
    while isinstance(handler, partial):
        handler = handler.func
    module = handler.__module__.removeprefix("lexweb.sandbox.")
    return f"`{module.replace('.', '/')}`"


def _tests(operation: schema.Operation) -> str:
    """Test files that call the method or ask the address; the walks name all of them."""
    method = CALLS[operation.id].method if operation.id in CALLS else "authorization_url"
    words = re.compile(rf"\.{re.escape(method.removeprefix('AuthorizationServer.'))}\(")
    found = [name for name, text in _sources("tests", "test_*.py").items() if words.search(text)]
    return ", ".join(f"`{name}`" for name in [*([WALKS] if operation.id in CALLS else []), *found][:4])


def _pages(operation: schema.Operation) -> str:
    """Contexts of the app whose services call the method."""
    if operation.id not in CALLS:
        return "clients"
    words = re.compile(
        rf"(office|server)\.{re.escape(CALLS[operation.id].method.removeprefix('AuthorizationServer.'))}\b"
    )
    contexts = {name.split("/")[0] for name, text in _sources("lexweb", "*.py").items() if words.search(text)}
    return ", ".join(sorted(contexts - {"lexware", "sandbox"})) or "console"


@cache
def _sources(folder: str, pattern: str) -> dict[str, str]:
    base = ROOT / folder
    return {str(path.relative_to(base)): path.read_text(encoding="utf-8") for path in sorted(base.rglob(pattern))}


if __name__ == "__main__":
    main()
