"""The citywide summary as its sentences alone."""

from __future__ import annotations

from reports.figures import RoundRecord, compute
from reports.narrative import RoundTexts, write_summary
from tests.reports.record_builder import texts


def write(record: RoundRecord, words: RoundTexts | None = None) -> dict[str, list[str]]:
    """Paragraphs by the key of their part or section; one that is left out is not there."""
    written: dict[str, list[str]] = {}
    for part in write_summary(record, compute(record), words or texts()):
        written[part.key] = [paragraph.text for paragraph in part.paragraphs]
        for section in part.subsections:
            written[section.key] = [paragraph.text for paragraph in section.paragraphs]
    return written
