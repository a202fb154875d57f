"""
Who may use what needs no token: the control plane and the pages.

They hand out keys and passwords, so they answer this machine only, and no web page of another host: neither one
that sends requests here, nor one whose name was made to point here (DNS rebinding).
"""

import re

from lexweb.sandbox.web import Call

LOCAL = r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?"


def objection(call: Call) -> str | None:
    """Why a request may not be answered, in one sentence; None if it may."""
    host, origin = call.headers.get("host", ""), call.headers.get("origin")
    if not re.fullmatch(LOCAL, host, re.IGNORECASE):
        return "ask for 127.0.0.1 or localhost"
    if origin is not None and not re.fullmatch(f"https?://{LOCAL}", origin, re.IGNORECASE):
        return "not for web pages of other hosts"
    return None
