"""The Chinese texts: complete, current, with Chinese punctuation."""

from __future__ import annotations

import polib
import pytest

from scripts import messages


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.extend(entries)
    return made


def test_catalogue_is_complete() -> None:
    existing = polib.pofile(str(messages.ROOT / messages.CATALOGUE))

    assert messages.find_problems(existing, messages.extract()) == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (polib.POEntry(msgid="Visit"), "untranslated: 'Visit'"),
        (polib.POEntry(msgid="Visit", msgstr="巡查", flags=["fuzzy"]), "fuzzy: 'Visit'"),
        (
            polib.POEntry(msgid="%d row", msgid_plural="%d rows", msgstr_plural={0: ""}),
            "untranslated: '%d row'",
        ),
        (
            polib.POEntry(msgid="Saved.", msgstr="已保存."),
            "Latin punctuation after Chinese: '已保存.'",
        ),
    ],
)
def test_entry_with_a_fault_is_found(entry: polib.POEntry, problem: str) -> None:
    existing = catalogue(entry)

    assert messages.find_problems(existing, existing) == [problem]


def test_difference_from_the_code_is_found() -> None:
    existing = catalogue(polib.POEntry(msgid="Round", msgstr="轮次"))
    wanted = catalogue(polib.POEntry(msgid="Visit"))

    assert messages.find_problems(existing, wanted) == [
        "not in the catalogue: 'Visit'",
        "no longer in the code: 'Round'",
    ]


def test_complete_entry_has_no_problem() -> None:
    existing = catalogue(polib.POEntry(msgid="Saved at %(time)s.", msgstr="%(time)s 已保存。"))

    assert messages.find_problems(existing, existing) == []
