"""The readers of settings: what they accept, and the sentence when they do not."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured

from lexweb import env


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NAME", "NAME_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(("text", "value"), [("1", True), ("TRUE", True), (" on ", True), ("0", False), ("", False)])
def test_a_flag(text: str, value: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", text)

    assert env.flag("NAME", default=not value) is value


def test_defaults_count_when_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "   ")

    assert env.text("NAME", "x") == "x"
    assert env.number("NAME", 7) == 7
    assert env.flag("OTHER_NAME", default=True) is True
    assert env.secrets("NAME", "a, b") == ["a", "b"]


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "²", "0x10", "1e3"])
def test_a_number_is_whole_and_large_enough(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", text)

    with pytest.raises(ImproperlyConfigured, match=r"^NAME has to be a whole number"):
        env.number("NAME", 1)


@pytest.mark.parametrize("text", ["https://lexweb.example.de", "http://localhost:8000/", "https://[::1]:8000"])
def test_an_address_loses_its_last_slash(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", text)

    assert env.url("NAME") == text.rstrip("/")


@pytest.mark.parametrize(
    "text",
    ["lexweb.example.de", "ftp://x", "https://", "https://[x", "https://x:port", "https://u:p@x", "https://x/sub?a#b"],
)
def test_what_is_no_address_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", text)

    with pytest.raises(ImproperlyConfigured, match=r"^NAME has to be an address"):
        env.url("NAME")


@pytest.fixture
def pem() -> str:
    key = rsa.generate_private_key(public_exponent=65_537, key_size=1024)  # noqa: S505 — signs nothing
    encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(encoding, form).decode().strip()


def test_a_public_key_is_given_itself_or_in_a_file(pem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key.pub").write_text(f"{pem}\n", encoding="ascii")
    for given in (pem, str(tmp_path / "key.pub")):
        monkeypatch.setenv("NAME", given)
        assert env.public_key("NAME", "") == pem


@pytest.mark.parametrize("text", ["https://keys.example/a.pub", "http://localhost:1/a", "http://127.0.0.1/a"])
def test_a_public_key_may_be_an_address(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", text)
    assert env.public_key("NAME", "") == text
    assert env.public_key("OTHER_NAME", text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("http://keys.example/a.pub", "has to begin with https://"),
        ("https://", "has to begin with https://"),
        ("/nowhere/key.pub", "no file with a key"),
        ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "an RSA public key in PEM form"),
    ],
)
def test_what_is_no_public_key_is_refused(text: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", text)
    with pytest.raises(ImproperlyConfigured, match=rf"^NAME.*{words}"):
        env.public_key("NAME", "")


def test_a_secret_comes_from_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("NAME_FILE", str(tmp_path / "secret"))

    assert env.secret("NAME") == "from the file"
    assert env.secret("NAME", "default") == "from the file"


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
def test_a_file_that_holds_no_secret_is_refused(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    monkeypatch.setenv("NAME_FILE", str(tmp_path / "secret"))

    with pytest.raises(ImproperlyConfigured, match=r"^NAME_FILE: .*secret"):
        env.secret("NAME", "default")


def test_name_and_file_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "confidential")
    monkeypatch.setenv("NAME_FILE", str(tmp_path))

    with pytest.raises(ImproperlyConfigured, match=r"^NAME and NAME_FILE are both set; keep one\.$"):
        env.secret("NAME")


@pytest.mark.parametrize("text", [",", " , ,"])
def test_a_list_of_no_secrets_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", text)

    with pytest.raises(ImproperlyConfigured, match="NAME is empty"):
        env.secrets("NAME", "default")


def test_a_database_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "postgres://lex:p%2Fw%40%3A@db.example:5433/lexweb")

    config = env.database("NAME", "")

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["USER"], config["PASSWORD"], config["HOST"]) == ("lex", "p/w@:", "db.example")
    assert (config["PORT"], config["NAME"]) == (5433, "lexweb")


@pytest.mark.parametrize(
    "text",
    [
        "mysql://x/y",
        "lexweb.sqlite3",
        "sqlite:///",
        "postgres://",
        "postgres://lex:confidential@db",
        "postgres://lex:confi/dential@db/lexweb",
        "postgres://lex:confidential@db:99999/lexweb",
    ],
)
def test_what_is_no_database_address_is_refused_without_showing_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", text)

    with pytest.raises(ImproperlyConfigured, match=r"^NAME (has to begin|is not a database address)") as refusal:
        env.database("NAME", "")

    assert "confi" not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert refusal.value.__context__ is None  # would quote the password in a traceback
