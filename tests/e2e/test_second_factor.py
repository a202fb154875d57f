"""Signing in with more than a password: authenticator app, recovery code, passkey."""

import base64
import hmac
import re
import struct
import time

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Desks
from tests.e2e.steps import Desk

pytestmark = [pytest.mark.e2e]


def totp(secret: str, at: float | None = None) -> str:
    """Return the code of an authenticator app (RFC 6238: SHA-1, 30 seconds, six digits)."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.digest(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, "sha1")
    offset = digest[-1] & 15
    return f"{int.from_bytes(digest[offset : offset + 4]) % 2**31 % 10**6:06}"


def test_totp_is_what_the_standard_says() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert totp(secret, 59) == "287082"


def sign_out(desk: Desk) -> None:
    """Sign out from the menu."""
    desk.go("/")
    desk.page.locator("details.rail-person > summary").click()
    desk.button("Sign out").click()
    desk.arrives("/accounts/login/")


def type_password(desk: Desk, email: str) -> None:
    """Do the first half of signing in."""
    desk.go("/accounts/login/")
    desk.field("login").fill(email)
    desk.field("password").fill(desk.password)
    desk.button("Sign in").click()


def send_code(desk: Desk, secret: str, button: str) -> None:
    """Type the code of the app; once more, should half a minute have ended just then."""
    for _ in range(2):
        desk.field("code").fill(totp(secret))
        with desk.page.expect_navigation():
            desk.button(button).click()
        if not desk.page.locator("[data-form-errors]").count():
            return


def test_an_authenticator_app_and_a_recovery_code(open_desk: Desks) -> None:
    email = "aylin@sommer.example"
    desk = open_desk()
    desk.sign_in(email)
    desk.go("/accounts/2fa/")
    desk.link("Set up app").click()
    desk.arrives("/reauthenticate/")
    desk.reauthenticate()
    desk.field("code").fill("000000")
    desk.button("Set up app").click()
    expect(desk.page.locator("[data-form-errors]")).to_be_visible()
    expect(desk.field("code")).to_be_focused()
    secret = desk.page.locator("[data-copy-value]").inner_text()
    send_code(desk, secret, "Set up app")
    desk.go("/accounts/2fa/recovery-codes/")
    codes = desk.page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10

    sign_out(desk)
    type_password(desk, email)
    expect(desk.heading()).to_have_text(desk.say("Second factor"))
    desk.go("/clients/")
    desk.arrives("/accounts/2fa/authenticate/")
    send_code(desk, secret, "Sign in")
    desk.arrives(r":\d+/$")

    sign_out(desk)
    type_password(desk, email)
    desk.field("code").fill(codes[0])
    desk.button("Sign in").click()
    desk.arrives(r":\d+/$")
    desk.go("/accounts/2fa/")
    desk.link("Remove app").click()
    desk.arrives("/totp/deactivate/|/reauthenticate/")
    desk.reauthenticate()
    desk.button("Remove app").click()
    desk.arrives("/accounts/2fa/$")
    sign_out(desk)
    desk.sign_in(email)


def test_a_passkey_signs_in_without_a_password(open_desk: Desks) -> None:
    desk = open_desk()
    desk.sign_in("robert@sommer.example")
    browser = desk.page.context.new_cdp_session(desk.page)
    browser.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    authenticator = browser.send("WebAuthn.addVirtualAuthenticator", {"options": key})["authenticatorId"]
    desk.go("/accounts/2fa/webauthn/add/")
    desk.reauthenticate()
    desk.field("name").fill("Laptop im Büro")
    desk.field("passwordless").check()
    desk.button("Add key").click()
    desk.page.wait_for_url(lambda address: "/webauthn/add/" not in address)
    assert len(browser.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]) == 1
    desk.go("/accounts/2fa/webauthn/")
    row = desk.page.get_by_role("row").filter(has_text="Laptop im Büro")
    expect(row).to_contain_text(desk.say("Passkey"))

    sign_out(desk)
    desk.button("Sign in with a passkey").click()
    desk.arrives(r":\d+/$")
    expect(desk.page.locator("details.rail-person")).to_contain_text("Robert Prüfer")

    desk.go("/accounts/2fa/webauthn/")
    desk.link("Remove").click()
    desk.arrives("/remove/|/reauthenticate/")
    desk.reauthenticate()
    desk.button("Remove key").click()
    expect(desk.main).to_contain_text(desk.say("No keys yet"))
    sign_out(desk)
    desk.button("Sign in with a passkey").click()
    expect(desk.page.get_by_role("alert").filter(visible=True).first).to_be_visible()
    expect(desk.page).to_have_url(re.compile("/accounts/login/"))
