"""
200 receipts of 1 MB brought in, as our script does it: to the web processes of the demo, one file in each request, two
at a time. And how much larger these processes are afterwards, with the children in which the files were opened.
"""

import json
import os
import random
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lexweb.settings")
import django

django.setup()

import httpx  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client as Browser  # noqa: E402

from lexweb.clients.models import Client, Connection  # noqa: E402
from lexweb.firm.models import Firm, Staff  # noqa: E402
from lexweb.firm.roles import Role  # noqa: E402
from lexweb.uploads.models import Upload  # noqa: E402

FILES, SIDE, AT_ONCE = 200, 590, 2  # a picture of 590 x 590 in three colours is 1.04 MB
WARM = 20  # files before anything is measured: code is loaded, the children are there


def main() -> None:
    """Migrate, then measure."""
    call_command("migrate", verbosity=0)
    client, staff = _client()
    with _server() as (address, process):
        page = _Page(address, client, staff)
        page.bring(range(WARM))
        before, started = _memory(process.pid), time.monotonic()
        page.bring(range(WARM, WARM + FILES))
        seconds, grown = time.monotonic() - started, _memory(process.pid) - before
    assert Upload.objects.filter(state="ready").count() == WARM + FILES
    _report(f"{FILES} receipts of 1 MB taken in, {AT_ONCE} at a time", 20, seconds, "s")
    _report("and how much larger the web processes became", 64, max(grown, 0) / 1024, "MB")


def receipt(number: int) -> bytes:
    """A PDF of 1 MB that is another one for each number: a page with a scanned picture."""
    noise = random.Random(number).randbytes(SIDE * SIDE * 3)  # noqa: S311
    drawing = b"q 500 0 0 500 40 200 cm /I Do Q"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d"
        b" /ColorSpace /DeviceRGB /BitsPerComponent 8 /Length %d >>"
        b"\nstream\n%s\nendstream" % (SIDE, SIDE, len(noise), noise),
    ]
    written, places = bytearray(b"%PDF-1.7\n"), []
    for at, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (at, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(written)


class _Page:
    """The page of a client's uploads in a browser."""

    def __init__(self, address: str, client: Client, staff: Staff) -> None:
        browser = Browser(SERVER_NAME="localhost")
        browser.force_login(staff, backend="lexweb.firm.backends.StaffBackend")
        cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
        self._http = httpx.Client(base_url=address, cookies=cookies, timeout=60)
        self._path = f"/clients/{client.slug}/uploads/"
        self._http.get(self._path).raise_for_status()
        self._headers = {"Accept": "application/json", "X-CSRFToken": self._http.cookies["csrftoken"]}

    def bring(self, numbers: range) -> None:
        """Bring files in."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for answer in pool.map(self._send, numbers):
                assert answer.json()["files"][0]["state"] == "ready", answer.text

    def _send(self, number: int) -> httpx.Response:
        files = {"file": (f"Beleg {number}.pdf", receipt(number), "application/pdf")}
        return self._http.post(f"{self._path}add/", files=files, headers=self._headers).raise_for_status()


@contextmanager
def _server() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The web processes as the demo starts them."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "lexweb.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2",
        "--threads", "8", "--log-level", "warning",
    ]  # fmt: skip
    connections.close_all()
    process = subprocess.Popen(command, env=os.environ | {"PORT": str(port)})
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait(20)


def _memory(pid: int) -> int:
    """Kilobytes of a process and all that it started; pages they share count once (proc(5): Pss)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in _children(task)]
    return own + sum(map(_memory, children))


def _children(task: Path) -> list[str]:
    return (task / "children").read_text().split()


def _client() -> tuple[Client, Staff]:
    firm = Firm.objects.create(name="Bench")
    staff = Staff.objects.create_user("bench@firm.example", "x", name="Bench", role=Role.PARTNER, firm=firm)
    client = Client.objects.create(firm=firm, name="Groß", number="1")
    Connection.objects.create(
        client=client, kind="api_key", state="connected", organization_id=uuid.uuid4(), company_name="Groß"
    )
    assert settings.DEMO
    return client, staff


def _report(what: str, target: float, figure: float, unit: str) -> None:
    print(json.dumps([what, target, figure, unit]), flush=True)


if __name__ == "__main__":
    main()
