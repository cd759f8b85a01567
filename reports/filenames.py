"""File names of reports that a clerk can read: `2016-2_花都区司法社工项目_督导巡查报告.pdf`."""

from __future__ import annotations

import re

# What Windows refuses in a name, and control characters.
_REFUSED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_LONGEST = 80


def project_report_name(
    round: str, project: str, *, version: int = 1, is_draft: bool = False
) -> str:
    return _name(round, project, f"督导巡查报告{_state(version, is_draft)}")


def city_summary_name(round: str, service: str, *, version: int = 1, is_draft: bool = False) -> str:
    return _name(round, f"{service}项目", f"督导巡查工作总结{_state(version, is_draft)}")


def _state(version: int, is_draft: bool) -> str:
    return (f"_第{version}版" if version > 1 else "") + ("_草稿" if is_draft else "")


def _name(*parts: str) -> str:
    """The parts with underscores between them and nothing in them that a file system refuses."""
    clean = [_REFUSED.sub("－", part).strip(" .")[:_LONGEST] for part in parts]
    return f"{'_'.join(clean)}.pdf"
