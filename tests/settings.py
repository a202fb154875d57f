"""The settings of lexweb as the demo has them, with what tests need: an own folder, fast hashing, no waiting."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("LEXWARE_ENVIRONMENT", "demo")
if "VAR_DIR" not in os.environ:  # whoever makes the folder takes it away; the processes below inherit it
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="lexweb-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
if worker := os.environ.get("PYTEST_XDIST_WORKER"):  # the folder is inherited; a queue of its own for each process
    os.environ["QUEUE_URL"] = f"sqlite:///{os.environ['VAR_DIR']}/queue-{worker}.sqlite3"
os.environ.setdefault("PUBLIC_URL", "http://testserver")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from lexweb.settings import *  # noqa: F403
from lexweb.settings import DATABASES, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LEXWARE_SPACING = AUTHORIZATION_SPACING = 0.0  # the pace has tests of its own
ACCOUNT_RATE_LIMITS: dict[str, str] = {}  # the same
WHITENOISE_AUTOREFRESH = True  # no folder of collected files
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}  # a file, as several threads use it
