"""docs/operations.md names only what there is."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.test import Client as Browser

from lexweb.clients.models import Tally

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
NOT_OURS = {"PATH", "NAME", "NAME_FILE", "VACUUM", "INTO"}


@pytest.mark.django_db
def test_each_metric_it_names_is_told() -> None:
    for name, label in (("request", "GET 200"), ("trouble", "uncertain")):
        Tally.objects.create(name=name, label=label)
    told = Browser().get("/metrics").content.decode()

    named = set(re.findall(r"lexweb_[a-z_]+", TEXT)) - {"lexweb_sync_lag_seconds"}  # needs a connection

    assert len(named) > 10
    assert [name for name in named if not re.search(rf"^{name}[{{ ]", told, re.MULTILINE)] == []


def test_each_variable_it_names_is_read_and_in_the_readme() -> None:
    settings = (ROOT / "lexweb" / "settings.py").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", TEXT)) - NOT_OURS
    named = {name.removesuffix("_FILE") for name in named}

    assert {"TOKEN_KEYS", "METRICS_TOKEN", "SECRET_KEY_FALLBACKS"} <= named
    assert [name for name in named if f'"{name}"' not in settings and name != "LEXWARE_"] == []
    assert [name for name in named if f"`{name}`" not in readme] == []


def test_each_command_it_names_exists() -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", TEXT))

    assert {"migrate", "after_restore", "reseal", "sync_status", "run_huey"} <= named
    assert named <= set(get_commands())


def test_its_links_lead_somewhere() -> None:
    titles = {
        re.sub(r"[^a-z -]", "", line[3:].lower()).replace(" ", "-") for line in TEXT.splitlines() if line[:3] == "## "
    }
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        file, _hash, anchor = target.partition("#")
        assert not file or (ROOT / "docs" / file).exists()
        assert file or anchor in titles
    assert "(docs/operations.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
