from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from inspections.enums import InstrumentStatus, Mode
from inspections.models import Indicator, Instrument
from tests.inspections.instrument_text import SMALL

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db

STARTER = settings.BASE_DIR / "fixtures" / "instrument-starter.toml"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_file_is_imported_as_a_draft(file: Path) -> None:
    out = StringIO()

    with translation.override("en"):
        call_command("import_instrument", file, stdout=out)

    assert Instrument.objects.get().status == InstrumentStatus.DRAFT
    assert out.getvalue() == "示例评估工具 v2 imported (Draft).\n"


def test_file_is_published_when_asked(file: Path) -> None:
    call_command("import_instrument", file, publish=True, stdout=StringIO())

    assert Instrument.objects.get().status == InstrumentStatus.PUBLISHED


def test_all_problems_are_told_with_their_places(file: Path) -> None:
    text = SMALL.replace("weight = 0.7", "weight = 0.6").replace('name = "走访"\n', "")
    file.write_text(text, encoding="utf-8")

    with translation.override("en"), pytest.raises(CommandError) as refused:
        call_command("import_instrument", file)

    lines = str(refused.value).splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["small.toml"] * 2
    assert sorted("line " in line for line in lines) == [False, True]
    assert refused.value.returncode == 1
    assert Instrument.objects.count() == 0


def test_version_that_exists_is_refused(file: Path) -> None:
    call_command("import_instrument", file, stdout=StringIO())

    with translation.override("en"), pytest.raises(CommandError) as refused:
        call_command("import_instrument", file)

    assert str(refused.value) == (
        "small.toml: There is a version 2 of “示例评估工具” already: "
        "give the file another version, or another name."
    )


def test_folder_in_place_of_a_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=f"^{tmp_path}：无法读取：") as refused:
        call_command("import_instrument", tmp_path)

    assert isinstance(refused.value.__cause__, IsADirectoryError)


def test_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.toml"

    with pytest.raises(CommandError) as refused:
        call_command("import_instrument", path)

    assert str(refused.value) == f"{path}：没有这个文件。"


def test_starter_instrument_can_be_published() -> None:
    call_command("import_instrument", STARTER, publish=True, stdout=StringIO())

    instrument = Instrument.objects.get()
    indicators = Indicator.objects.filter(section__instrument=instrument)
    assert instrument.status == InstrumentStatus.PUBLISHED
    assert (instrument.sections.count(), instrument.tracks.count()) == (6, 2)
    assert indicators.count() >= 45
    assert set(indicators.values_list("mode", flat=True)) == set(Mode)
