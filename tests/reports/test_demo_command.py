"""What the command `demo` loads and tells."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from reports.demonstration.stages import Stage, reached

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings: SettingsWrapper) -> None:
    settings.DEMO = True


def demo(*, stage: str) -> list[str]:
    """The lines that loading up to the stage prints."""
    out = io.StringIO()
    call_command("demo", "--no-serve", "--stage", stage, stdout=out)
    return out.getvalue().splitlines()


def test_command_tells_what_it_loads_and_loads_it_once() -> None:
    first, again = demo(stage="planned"), demo(stage="planned")

    assert reached() is Stage.PLANNED
    assert first[:2] == [
        "正在载入演示数据，首次约需一分钟。",
        "  登记项目、机构、人员和经费，计划各轮巡查 …",
    ]
    assert again == first[2:]
    assert again[:3] == [
        "",
        "账户（密码均为 Duxun-2016-demo）：",
        "  admin       管理员  示例管理员",
    ]


def test_command_does_not_go_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.management.commands.demo.reached", lambda: Stage.SIGNED)

    with pytest.raises(CommandError) as error:
        demo(stage="planned")

    assert str(error.value) == "演示数据已到阶段 signed。如需重新开始，请加 --reset。"
