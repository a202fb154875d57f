"""
The settings of a fleet's processes: those of the demo, with a quick pace, and a clock that may be wrong.

`FLEET_SKEW` is how many seconds this process is ahead of the others, `FLEET_SPACING` the pace; for `FLEET_HURRY` see
apps.py.
"""

import os
import time
from datetime import timedelta

from django.utils import timezone

os.environ.setdefault("LEXWARE_ENVIRONMENT", "demo")

if SKEW := float(os.environ.get("FLEET_SKEW", "0")):
    _now, _time = timezone.now, time.time
    timezone.now = lambda: _now() + timedelta(seconds=SKEW)
    time.time = lambda: _time() + SKEW

from lexweb.settings import *  # noqa: F403
from lexweb.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.apps.HurryConfig"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if "FLEET_SPACING" in os.environ:
    LEXWARE_SPACING = float(os.environ["FLEET_SPACING"])
