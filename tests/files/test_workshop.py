"""The process in which strangers' bytes are opened may die; ours does not."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from lexweb.files import workshop


def own_number() -> int:
    """Run in the child."""
    return os.getpid()


def die() -> None:
    """Run in the child: what a crash of a library looks like."""
    os.kill(os.getpid(), signal.SIGSEGV)


def eat(size: int) -> int:
    """Run in the child."""
    return len(bytearray(size))


def write() -> None:
    """Run in the child."""
    with open(f"/tmp/{os.getpid()}", "wb", buffering=0) as file:  # noqa: PTH123, S108
        os.unlink(file.name)  # noqa: PTH108
        file.write(b"x")


def complain() -> None:
    """Run in the child."""
    raise LookupError("hier")


def secrets() -> list[bytes]:
    """Run in the child: what it could tell of our environment."""
    return [b"hush-hush" for place in (repr(os.environ).encode(), _environment()) if b"hush-hush" in place]


def _environment() -> bytes:
    with open("/proc/self/environ", "rb") as file:  # noqa: PTH123
        return file.read()


def loaded() -> list[str]:
    """Run in the child: which big things it knows."""
    from lexweb.files import drawing, examining  # noqa: F401

    return [name for name in ("django", "lexweb.settings") if name in sys.modules]


def test_it_is_another_process_and_the_same_again() -> None:
    with ThreadPoolExecutor(4) as threads:
        numbers = {*threads.map(lambda _: workshop.do(own_number), range(8))}

    assert len(numbers) == 1
    assert numbers != {os.getpid()}


def test_it_has_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush-hush")
    workshop._forget()

    assert workshop.do(secrets) == []


def test_what_waits_for_others_is_not_to_blame(monkeypatch: pytest.MonkeyPatch) -> None:
    workshop.do(own_number)
    with ThreadPoolExecutor(1) as threads:
        other = threads.submit(workshop.do, time.sleep, 2, seconds=10)
        time.sleep(0.3)
        with monkeypatch.context() as patch:
            patch.setattr(workshop, "QUEUE", 0)
            with pytest.raises(workshop.Busy):
                workshop.do(own_number, seconds=0.5)
        other.result()


def test_its_complaints_are_raised_here() -> None:
    with pytest.raises(LookupError, match="hier"):
        workshop.do(complain)


def test_a_crash_is_an_answer_and_the_next_one_works() -> None:
    with pytest.raises(workshop.Failed):
        workshop.do(die)
    assert workshop.do(own_number)


def test_a_hanging_task_is_ended() -> None:
    begun = time.monotonic()
    with pytest.raises(workshop.Failed):
        workshop.do(time.sleep, 60, seconds=0.5)
    assert time.monotonic() - begun < 10
    assert workshop.do(own_number)


def test_memory_has_a_limit() -> None:
    with pytest.raises(workshop.Failed):
        workshop.do(eat, workshop.MEMORY)
    assert workshop.do(eat, 1000) == 1000


def test_nothing_is_written() -> None:
    with pytest.raises(OSError, match="File too large"):
        workshop.do(write)


def test_a_child_that_died_idle_is_replaced() -> None:
    before = workshop.do(own_number)
    os.kill(before, signal.SIGKILL)
    time.sleep(0.5)

    assert workshop.do(own_number) != before


def test_a_fork_gets_a_child_of_its_own() -> None:
    ours = workshop.do(own_number)
    reading, writing = os.pipe()
    if (forked := os.fork()) == 0:
        try:
            os.write(writing, str(workshop.do(own_number)).encode())
            workshop._forget()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        theirs = answer.read()
    os.waitpid(forked, 0)

    assert theirs
    assert int(theirs) != ours
    assert workshop.do(own_number) == ours


def test_it_ends_with_its_process() -> None:
    code = "import time; from tests.files.test_workshop import *; print(workshop.do(own_number), flush=True); {}"
    for last_words in ("", "os.kill(os.getpid(), signal.SIGKILL)"):
        ended = subprocess.run(
            [sys.executable, "-c", code.format(last_words)], capture_output=True, timeout=60, check=False
        )
        child = int(ended.stdout)
        for _ in range(100):
            if not os.path.exists(f"/proc/{child}"):  # noqa: PTH110
                break
            time.sleep(0.05)
        else:
            pytest.fail("it lives on")


def test_it_knows_nothing_of_ours() -> None:
    code = "from lexweb.files import workshop; from tests.files.test_workshop import loaded; print(workshop.do(loaded))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout == "[]\n"
