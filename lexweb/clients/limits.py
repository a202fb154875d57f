"""How often one address of the internet may knock at a public page."""

import hashlib
import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST = 30
WINDOW = 300  # seconds


def exceeded(request: HttpRequest, page: str) -> bool:
    """Count one more request for the page; say whether it was too many."""
    whose = hashlib.sha256(_network(request).encode()).hexdigest()[:32]
    key = f"limit:{page}:{int(time.time() // WINDOW)}:{whose}"
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key) > MOST
    except ValueError:  # thrown out of the cache just now
        return False


def _network(request: HttpRequest) -> str:
    """Return who asks; of IPv6 the part that belongs to one customer, who has many addresses."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network(f"{address}/64", strict=False))
