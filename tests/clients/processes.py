"""Processes of their own on the database and the settings of the running test."""

import os
import subprocess
import sys

from django.conf import settings
from django.db import connection as database


def start(code: str) -> subprocess.Popen[str]:
    """Run Python code with Django set up, in a new process."""
    name = database.settings_dict["NAME"]
    if database.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        of = database.settings_dict
        address = f"postgres://{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}/{name}"
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "lexweb.settings",
        "LEXWARE_ENVIRONMENT": "demo",
        "DATABASE_URL": address,
        "VAR_DIR": str(settings.VAR_DIR),
        "LEXWARE_API_URL": settings.LEXWARE_API_URL,
        "LEXWARE_APP_URL": settings.LEXWARE_APP_URL,
        "LOG_LEVEL": "ERROR",
    }
    setup = "import django; django.setup()\n"
    return subprocess.Popen([sys.executable, "-c", setup + code], env=environment, stdout=subprocess.PIPE, text=True)


def output(process: subprocess.Popen[str]) -> str:
    """Wait for the process; return what it printed."""
    text, _ = process.communicate(timeout=200)
    assert process.returncode == 0
    return text.strip()
