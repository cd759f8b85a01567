"""A small instrument as a file, with every mode, and one change to it at a time."""

from __future__ import annotations

from dataclasses import dataclass

SMALL = """\
[instrument]
name = "示例评估工具"
version = 2
source_note = "示例"
spread_limit = 0.30
cap_grade = "pass"

[[tracks]]
key = "service"
name = "专业服务"
weight = 0.7
total_points = 9

[[tracks]]
key = "money"
name = "财务管理"
weight = 0.3

[[sections]]
key = "work"
number = 1
name = "项目管理与运作状况"
short_name = "项目管理"
total_points = 9

[[sections]]
key = "books"
number = 2
name = "项目财务管理状况"
short_name = "财务管理"

[[grades]]
key = "pass"
name = "合格"
lower_percent = 60

[[grades]]
key = "fail"
name = "不合格"
lower_percent = 0

[[services]]
key = "visits"
name = "走访"
unit = "次"

[[indicators]]
key = "staff"
number = "1.1"
name = "人员配备"
section = "work"
track = "service"
mode = "points"
max_points = 3
step = 0.5
guidance = "看名册。"
evidence = "名册"

[[indicators]]
key = "training"
number = "1.2"
name = "培训"
section = "work"
track = "service"
mode = "level"
max_points = 3
step = 0.5
allow_na = true
guidance = ""
evidence = ""
levels = [
  { lower_points = 2, upper_points = 3, description = "好" },
  { lower_points = 0.5, upper_points = 1.5, description = "一般" },
  { lower_points = 0, upper_points = 0, description = "没有" },
]

[[indicators]]
key = "visits_done"
number = "1.3"
name = "走访完成量"
section = "work"
track = "service"
mode = "volume"
max_points = 3
step = 1
service = "visits"
guidance = ""
evidence = "台账"
bands = [
  { lower_percent = 100, points = 3 },
  { lower_percent = 60, points = 1 },
  { lower_percent = 0, points = 0 },
]

[[indicators]]
key = "own_account"
number = "2.1"
name = "专账核算"
section = "books"
track = "money"
mode = "yes_no"
max_points = 2
step = 2
critical = true
guidance = ""
evidence = "明细账"
"""


@dataclass(frozen=True)
class Edited:
    """The changed file and the line, from 1, at which a problem with the change stands."""

    text: str
    line: int


def edit(table: str, row: int, field: str, to: str | None) -> Edited:
    """Gives a field another value, in TOML; adds it where it was not; takes it out with None.

    "levels[2]" is the second row of levels: a problem with it stands at levels.
    """
    lines = SMALL.splitlines()
    heads = [at for at, line in enumerate(lines) if line.strip("[]") == table]
    head = heads[row - 1]
    end = next((at for at in range(head, len(lines)) if not lines[at]), len(lines))
    name, _, position = field.rstrip("]").partition("[")
    found = [at for at in range(head, end) if lines[at].startswith(f"{name} =")]
    if not found:
        lines.insert(head + 1, f"{name} = {to}")
        return Edited("\n".join(lines), head + 2)
    at = found[0] + int(position or 0)
    if to is None:
        del lines[at]
        stands_at = found[0] if position else head
    else:
        lines[at] = f"  {to}," if position else f"{name} = {to}"
        stands_at = found[0]
    return Edited("\n".join(lines), stands_at + 1)
