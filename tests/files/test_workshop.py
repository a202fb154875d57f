"""The process in which strangers' bytes are opened may die; ours does not."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from lexweb.files import workshop
from tests.waiting import until


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


def is_gone(number: int) -> bool:
    """Say whether a process has ended."""
    return not Path(f"/proc/{number}").exists()


def wait(begun: str, over: str) -> None:
    """Run in the child: say that it has begun, and wait until it may end; empty files may be made."""
    Path(begun).touch()
    until(Path(over).exists)


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


def test_what_waits_for_others_is_not_to_blame(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    begun, over = tmp_path / "begun", tmp_path / "over"
    with ThreadPoolExecutor(1) as threads:
        other = threads.submit(workshop.do, wait, str(begun), str(over), seconds=60)
        until(begun.exists)
        with monkeypatch.context() as patch:
            patch.setattr(workshop, "QUEUE", 0)
            with pytest.raises(workshop.Busy):
                workshop.do(own_number, seconds=0.5)
        over.touch()
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
    assert time.monotonic() - begun < 40
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


def test_the_one_that_replaces_it_is_everybodys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "QUEUE", 10)
    for _ in range(3):
        before = workshop.do(own_number)
        time.sleep(0.2)  # until it has nothing to do
        os.kill(before, signal.SIGKILL)

        with ThreadPoolExecutor(6) as threads:
            numbers = {*threads.map(lambda _: workshop.do(own_number), range(6))}

        assert len(numbers) == 1
        assert before not in numbers


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
            [sys.executable, "-c", code.format(last_words)], capture_output=True, timeout=120, check=False
        )
        child = int(ended.stdout)
        until(partial(is_gone, child))


def test_it_knows_nothing_of_ours() -> None:
    code = "from lexweb.files import workshop; from tests.files.test_workshop import loaded; print(workshop.do(loaded))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert ended.stdout == "[]\n"
