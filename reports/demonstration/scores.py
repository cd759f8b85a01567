"""Draws the illustrative answers of the demonstration, the same ones every time."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from inspections.enums import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspections.models import Indicator

# How often a member judges one step lower or higher than the panel's common view.
_DEVIATIONS = (-1, 0, 0, 0, 0, 1)


def common_view(
    indicators: Sequence[Indicator], levels: Sequence[int], decided: Mapping[int, Decimal]
) -> dict[int, Decimal]:
    """Points that a panel would agree on, by the indicator's primary key.

    `levels`: the percent aimed at in sections one, two …; `decided`: points that facts decide
    (service targets, what the summary states). What rounding to the step loses on one indicator is
    made up on the next, so that each section comes out near its level.
    """
    points: dict[int, Decimal] = {}
    carried: dict[int, Decimal] = {}
    for indicator in indicators:
        section = indicator.section.number
        if indicator.pk in decided:
            points[indicator.pk] = decided[indicator.pk]
            continue
        aim = indicator.max_points * levels[section - 1] / 100 + carried.get(section, Decimal(0))
        lowest = indicator.step if indicator.critical else Decimal(0)
        value = max(lowest, min(indicator.max_points, _on_step(aim, indicator)))
        carried[section] = aim - value
        points[indicator.pk] = value
    return points


def own_view(indicator: Indicator, agreed: Decimal, *, seed: str, differs: bool = False) -> Decimal:
    """One member's points: the common view, now and then a step beside it.

    `differs`: the member is far off, so that the panel lead has something to settle.
    """
    if indicator.mode in {Mode.VOLUME, Mode.YES_NO}:
        return agreed
    if differs:
        return max(_on_step(agreed - indicator.max_points * Decimal("0.4"), indicator), Decimal(0))
    draw = random.Random(f"{seed} {indicator.key}")  # noqa: S311 - not for security
    value = agreed + draw.choice(_DEVIATIONS) * indicator.step
    lowest = indicator.step if indicator.critical else Decimal(0)
    return max(lowest, min(indicator.max_points, value))


def _on_step(value: Decimal, indicator: Indicator) -> Decimal:
    return (value / indicator.step).quantize(Decimal(1), ROUND_HALF_UP) * indicator.step
