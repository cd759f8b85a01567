"""Drafts the Chinese text of reports from figures and from what the bureau has entered.

Sentences are put together from figures and keep them apart, so that each number in a text can be
led back to its rows. A sentence for which there is nothing to say is not written, and a section
without sentences is left out.
"""

from __future__ import annotations

from reports.figures import RoundFigures, RoundRecord
from reports.narrative.basics import write_basics
from reports.narrative.problems import write_problems
from reports.narrative.progress import write_progress
from reports.narrative.recommendations import write_recommendations
from reports.narrative.texts import RecommendationText, RoundTexts
from reports.snapshots import Part

__all__ = ["RecommendationText", "RoundTexts", "write_summary"]


def write_summary(
    record: RoundRecord, figures: RoundFigures, texts: RoundTexts
) -> tuple[Part, ...]:
    """The parts of the citywide summary, as the summary of 2016 has them.

    一 what the inspection was, 二 how far the projects have come, 三 what needs improving,
    四 what is recommended against that.
    """
    parts = (
        write_basics(record, figures, texts),
        write_progress(record, figures, texts),
        write_problems(record, figures, texts),
        write_recommendations(figures, texts),
    )
    return tuple(part for part in parts if part is not None)
