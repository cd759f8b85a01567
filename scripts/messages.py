"""Keeps the Chinese texts of the interface complete.

messages.py             takes new texts of the code into the catalogue and drops those that are gone
messages.py --check     changes nothing; says what is missing, left over or untranslated
messages.py --compile   writes what Django reads at run time
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
SOURCES = ("accounts", "config", "inspections", "projects", "reports", "templates", "locale")
HEADER = "Duxun's interface in Simplified Chinese."
METADATA = {
    "Project-Id-Version": "Duxun",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
SUFFIXES = {".py", ".html", ".txt", ".po"}

_LATIN_PUNCTUATION = re.compile(r"[\u3400-\u9fff][,.:;!?]")


def extract(root: Path = ROOT) -> polib.POFile:
    """The catalogue as the code under `root` wants it, with the translations that it has.

    Works on a copy: makemessages writes next to the templates that it reads.
    """
    with tempfile.TemporaryDirectory(prefix="duxun-messages-") as folder:
        copy = Path(folder)
        shutil.copy(root / "manage.py", copy)
        for name in SOURCES:
            for file in (root / name).rglob("*"):
                if file.suffix in SUFFIXES:
                    target = copy / file.relative_to(root)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(file, target)
        command = [sys.executable, "manage.py", "makemessages", "--locale", "zh_Hans"]
        done = subprocess.run(
            [*command, "--no-location", "--no-wrap", "--no-obsolete", "--verbosity", "0"],
            cwd=copy,
            env={**os.environ, "DEBUG": "1", "DATABASE_URL": "sqlite://"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"makemessages failed:\n{done.stderr}")
        catalogue = polib.pofile(str(copy / CATALOGUE), wrapwidth=0)
    for entry in catalogue:
        if entry.fuzzy:
            # A guess from a similar text is worse than a gap, which the check finds.
            entry.flags.remove("fuzzy")
            entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    # makemessages' own header is to be filled in by hand, and changes with every run.
    catalogue.header = HEADER
    catalogue.metadata_is_fuzzy = 0
    catalogue.metadata = METADATA
    return catalogue


def find_problems(existing: polib.POFile, wanted: polib.POFile) -> list[str]:
    """What keeps `existing` from being the complete catalogue of the texts in `wanted`."""

    def key(entry: polib.POEntry) -> tuple[str | None, str, str]:
        return entry.msgctxt, entry.msgid, entry.msgid_plural

    have = {key(entry): entry for entry in existing if not entry.obsolete}
    needed = {key(entry) for entry in wanted}
    problems = [
        f"not in the catalogue: {msgid!r}" for _, msgid, _ in sorted(needed - have.keys(), key=str)
    ]
    problems += [
        f"no longer in the code: {msgid!r}" for _, msgid, _ in sorted(have.keys() - needed, key=str)
    ]
    problems += [f"obsolete: {entry.msgid!r}" for entry in existing.obsolete_entries()]
    for entry in have.values():
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy:
            problems.append(f"fuzzy: {entry.msgid!r}")
        elif not texts or not all(texts):
            problems.append(f"untranslated: {entry.msgid!r}")
        problems += [
            f"Latin punctuation after Chinese: {text!r}"
            for text in texts
            if _LATIN_PUNCTUATION.search(text)
        ]
    return problems


def compile_catalogue(root: Path = ROOT) -> None:
    source = root / CATALOGUE
    target = source.with_suffix(".mo")
    draft = target.with_suffix(".mo.new")
    polib.pofile(str(source)).save_as_mofile(str(draft))
    draft.replace(target)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--check", action="store_true")
    modes.add_argument("--compile", action="store_true")
    options = parser.parse_args()
    if options.compile:
        compile_catalogue()
        return
    wanted = extract()
    problems = find_problems(polib.pofile(str(ROOT / CATALOGUE)), wanted) if options.check else []
    if problems:
        sys.exit("\n".join([*problems, f"{len(problems)} problem(s) in {CATALOGUE}"]))
    if not options.check:
        wanted.save(str(ROOT / CATALOGUE))
        compile_catalogue()
        missing = len(wanted.untranslated_entries())
        print(f"{CATALOGUE}: {len(wanted)} texts, {missing} to translate")


if __name__ == "__main__":
    main()
