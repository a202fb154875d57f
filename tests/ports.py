"""Ports for servers that take no open socket, only a number."""

import random
import socket

# Below those that the system hands out (ip_local_port_range): any connection could have one of those before we do.
FIRST, LAST = 15_000, 30_000


def free(count: int) -> list[int]:
    """Return different ports on which nobody listens."""
    chance, found = random.SystemRandom(), set[int]()
    while len(found) < count:
        port = chance.randint(FIRST, LAST)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found.add(port)
    return list(found)
