"""A user in front of the consent page, for tests and demos without a browser."""

import http.client
from urllib.parse import urlencode, urlsplit


def consent(address: str, organization_id: str, *, allow: bool = True) -> str:
    """
    Log in as an organization and press "Zulassen" or "Ablehnen".

    :param address: of /oauth2/authorize on a running sandbox, with the query of the client
    :returns: the address the browser is sent to, with ``code`` or ``error``
    :raises ValueError: the sandbox showed a page instead, because the request is not valid
    """
    _, cookie = _press(address, {"action": "login_as", "organizationId": organization_id}, "")
    location, _ = _press(address, {"action": "allow" if allow else "deny"}, cookie)
    return location


def _press(address: str, form: dict[str, str], cookie: str) -> tuple[str, str]:
    """Post a form; returns Location and cookie of the answer."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    try:
        connection.request("POST", f"{parts.path}?{parts.query}", urlencode(form), headers)
        answer = connection.getresponse()
        page = answer.read()
    finally:
        connection.close()
    if answer.status not in {302, 303}:
        raise ValueError(f"{answer.status}: {page.decode()}")
    return answer.getheader("Location", ""), answer.getheader("Set-Cookie", "").split(";")[0]
