"""One step of a worker for one connection: the shape that all sources of background work share."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from lexweb.clients.gateway import Office

Storing = Callable[[], AbstractContextManager[None]]
"""Opens the transaction in which a step stores: it raises, and nothing is stored, if the work is no longer ours."""

Step = Callable[[Office, Storing], None]
"""Asks Lexware Office, normally one request, and stores what it said. Raises what `gateway.open_office` explains."""
