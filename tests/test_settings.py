"""The start: nonsense in a variable stops it with one sentence, and nothing hushhush on the screen."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
SECRETS = {
    "SECRET_KEY": "production-secret-key-0123456789-0123456789",
    "TOKEN_KEYS": KEY,
    "LEXWARE_CLIENT_SECRET": "hushhush-client-secret",
}
PRODUCTION = SECRETS | {"PUBLIC_URL": "https://lexweb.example.de", "LEXWARE_CLIENT_ID": "our-id"}
SHOW = """
import django
from django.conf import settings
django.setup()
print(settings.DEBUG, settings.DEMO, settings.LEXWARE_API_URL, settings.SESSION_COOKIE_SECURE, settings.SECRET_KEY[:10])
"""


def start(folder: Path, code: str = SHOW, **variables: str) -> subprocess.CompletedProcess[str]:
    """Start with these variables and nothing else."""
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "lexweb.settings"}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=ROOT, env=environment | variables, capture_output=True, text=True, timeout=200, check=False
    )


def test_production_starts_with_its_secrets_and_is_strict(tmp_path: Path) -> None:
    done = start(tmp_path, **PRODUCTION)

    assert done.stderr == ""
    assert done.stdout.split() == ["False", "False", "https://api.lexware.io", "True", "production"]


def test_the_demo_starts_without_any_variable_but_one(tmp_path: Path) -> None:
    done = start(tmp_path, LEXWARE_ENVIRONMENT="demo")

    assert done.stdout.split()[:4] == ["False", "True", "http://127.0.0.1:8001", "False"]


@pytest.mark.parametrize("name", PRODUCTION)
def test_what_is_missing_in_production_stops_the_start(name: str, tmp_path: Path) -> None:
    done = start(tmp_path, **{key: value for key, value in PRODUCTION.items() if key != name})

    assert done.returncode != 0
    assert done.stderr.strip().splitlines()[-1].endswith(f"{name} is not set.")


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_may_come_from_files(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text(SECRETS[name] + "\n", encoding="utf-8")
    others = {key: value for key, value in PRODUCTION.items() if key != name}

    done = start(tmp_path, **others, **{f"{name}_FILE": str(tmp_path / "file")})

    assert (done.returncode, done.stdout.split()[-1]) == (0, "production")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LEXWARE_ENVIRONMENT", "prod"),
        ("DEBUG", "maybe"),
        ("PORT", "http"),
        ("SANDBOX_PORT", "0"),
        ("PUBLIC_URL", "lexweb.example.de"),
        ("LEXWARE_API_URL", "api.lexware.io"),
        ("LEXWARE_APP_URL", "https://[app"),
        ("VAR_DIR", "/dev/null/var"),
        ("DATABASE_URL", "postgres://lex:hush/hush@db/lexweb"),
        ("QUEUE_URL", "amqp://hushhush@queue"),
        ("WORKER_THREADS", "0"),
        ("TRUSTED_PROXIES", "two"),
        ("TOKEN_KEYS", "hushhush"),
        ("TOKEN_KEYS", f"{KEY},hushhush"),
        ("TOKEN_KEYS", ","),
        ("TOKEN_KEYS_FILE", "/nowhere/at/all"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
        ("EMAIL_PORT", "smtp"),
        ("EMAIL_USE_TLS", "starttls"),
        ("EMAIL_BACKEND", "nowhere.Backend"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_nonsense_stops_the_start_and_names_the_variable(name: str, value: str, tmp_path: Path) -> None:
    variables = {key: text for key, text in PRODUCTION.items() if f"{key}_FILE" != name}

    done = start(tmp_path, **variables | {name: value})

    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode != 0
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert name in last
    assert done.stderr.count("ImproperlyConfigured: ") == 1  # one sentence, no chain of causes
    assert "hush" not in done.stderr
    assert not any(secret in done.stderr for secret in SECRETS.values())


def test_a_variable_and_its_file_together_stop_the_start(tmp_path: Path) -> None:
    done = start(tmp_path, **PRODUCTION, SECRET_KEY_FILE="/etc/hostname")

    assert "SECRET_KEY and SECRET_KEY_FILE are both set; keep one." in done.stderr
    assert done.returncode != 0


def test_older_secret_keys_stay_valid_while_a_new_one_comes_into_use(tmp_path: Path) -> None:
    code = "import django; django.setup(); from django.conf import settings; print(settings.SECRET_KEY_FALLBACKS)"

    assert start(tmp_path, code, **PRODUCTION).stdout.strip() == "[]"
    assert start(tmp_path, code, **PRODUCTION, SECRET_KEY_FALLBACKS="one,two").stdout.strip() == "['one', 'two']"


def test_the_show_of_pieces_is_no_part_of_production(tmp_path: Path) -> None:
    code = "import django; django.setup(); from django.urls import reverse; reverse('ui:gallery')"

    assert "NoReverseMatch" in start(tmp_path, code, **PRODUCTION).stderr
    assert start(tmp_path, code, LEXWARE_ENVIRONMENT="demo").returncode == 0


def test_manage_py_says_the_same(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **PRODUCTION, "PORT": "x"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )

    assert done.returncode != 0
    assert "PORT has to be a whole number of at least 1" in done.stderr.strip().splitlines()[-1]
