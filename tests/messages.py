"""
The German catalogue: collect what the code says, and check that all of it is translated and compiled.

    python -m tests.messages            collect and compile
    python -m tests.messages --check    change nothing, fail if anything is missing

The sources are English, so English needs no catalogue. Needs Debian's gettext.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "de" / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
ELSEWHERE = (".venv", "var", "tests", "sandbox", "requirements")
COLLECT = [
    "makemessages",
    *("--locale", "de", "--extension", "html,txt,py", "--verbosity", "0"),
    *("--no-location", "--no-obsolete", "--no-wrap"),
]
COLLECT += [word for folder in ELSEWHERE for word in ("--ignore", folder)]


def collect() -> None:
    """Bring the catalogue up to date with the code; new texts come in untranslated."""
    if not shutil.which("xgettext"):
        sys.exit("Debian's package gettext is needed to collect messages.")
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "LEXWARE_ENVIRONMENT": "demo"}
    subprocess.run([sys.executable, "manage.py", *COLLECT], cwd=ROOT, env=environment, check=True)
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=0)
    catalogue.metadata = {
        "Language": "de",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    catalogue.header, catalogue.metadata_is_fuzzy = "", False
    for guess in catalogue.fuzzy_entries():  # a guess of msgmerge would be shown to nobody, and hide that it is missing
        guess.flags.remove("fuzzy")
        guess.msgstr, guess.msgstr_plural = "", dict.fromkeys(guess.msgstr_plural, "")
        guess.previous_msgctxt = guess.previous_msgid = guess.previous_msgid_plural = None
    catalogue.sort()
    catalogue.save()


def flaws() -> list[str]:
    """Return what is wrong with the catalogue as it stands, compared with the code."""
    before = CATALOGUE.read_text(encoding="utf-8")
    stored = {_key(entry) for entry in polib.pofile(before)}
    try:
        collect()
        collected = polib.pofile(str(CATALOGUE))
    finally:
        CATALOGUE.write_text(before, encoding="utf-8")
    found = [f"not in the catalogue: {entry.msgid}" for entry in collected if _key(entry) not in stored]
    gone = stored - {_key(entry) for entry in collected}
    found += [f"no longer in the code: {msgid}" for _, msgid in sorted(gone, key=str)]
    return found + _unfinished() + _placeholders()


def _unfinished() -> list[str]:
    catalogue, compiled = polib.pofile(str(CATALOGUE)), polib.mofile(str(COMPILED))
    found = [f"not translated: {entry.msgid}" for entry in catalogue if not entry.translated()]
    old = {_key(entry): (entry.msgstr, dict(entry.msgstr_plural)) for entry in compiled}
    new = {_key(entry): (entry.msgstr, dict(entry.msgstr_plural)) for entry in catalogue if entry.translated()}
    return found + (["the compiled catalogue is out of date: make messages"] if old != new else [])


def _placeholders() -> list[str]:
    """A placeholder that the translation lost, or made up, breaks the page that uses it."""
    pattern = re.compile(r"%\([a-z_]+\)[sd]")
    found = []
    for entry in polib.pofile(str(CATALOGUE)):
        wanted = set(pattern.findall(entry.msgid + entry.msgid_plural))
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            if text and not set(pattern.findall(text)) <= wanted:
                found.append(f"placeholders differ: {entry.msgid}")
            if entry.msgstr and set(pattern.findall(text)) != wanted:
                found.append(f"placeholders differ: {entry.msgid}")
    return found


def _key(entry: polib.POEntry | polib.MOEntry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


def main() -> None:
    """Run from the command line."""
    if "--check" in sys.argv:
        found = flaws()
        print("\n".join(found) or "The German catalogue is complete.")  # noqa: T201
        sys.exit(1 if found else 0)
    collect()
    polib.pofile(str(CATALOGUE)).save_as_mofile(str(COMPILED))


if __name__ == "__main__":
    main()
