"""The settings of a worker that also knows the tasks of `tests.ops.echo`."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.ops.echo"]
