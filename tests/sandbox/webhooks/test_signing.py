"""The key that webhooks are signed with."""

from concurrent.futures import ThreadPoolExecutor

from lexweb.lexware.webhooks import Verifier
from lexweb.sandbox.webhooks import signing


def test_all_who_sign_first_use_the_same_key() -> None:
    signing._made.cache_clear()
    signer = signing.Signer()
    with ThreadPoolExecutor(8) as senders:
        signatures = list(senders.map(signer.signature, [b"{}"] * 8))
    verifier = Verifier(signer.public())
    assert all(verifier.genuine(b"{}", each) for each in signatures)
