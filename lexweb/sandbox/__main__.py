"""``python -m lexweb.sandbox``: see ``options`` for arguments and environment variables."""

import sys

from lexweb.sandbox import options, server


def main() -> None:
    """Run the sandbox; a taken port or a foreign state file ends in one line instead of a traceback."""
    try:
        server.run(options.read())
    except (OSError, ValueError) as problem:
        sys.exit(f"lexweb.sandbox: {problem}")


if __name__ == "__main__":
    main()
