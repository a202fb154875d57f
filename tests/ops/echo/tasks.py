"""A task that a real worker process carries out, and that says when."""

import time
from pathlib import Path

from huey.contrib.djhuey import task


@task()
def tell(path: str) -> None:
    """Write the moment into the file."""
    Path(path).write_text(str(time.time()), encoding="ascii")
