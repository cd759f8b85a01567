"""Points that a volume of service suggests; the inspector decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inspections.scoring.numbers import round_half_up


@dataclass(frozen=True, slots=True)
class VolumeBand:
    """Points from `lower_percent` of the target on, that edge included."""

    lower_percent: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class VolumeSuggestion:
    """How much of the target was done, in percent with 2 decimals, and the points for it."""

    percent: Decimal
    points: Decimal


def suggest_points(
    bands: Sequence[VolumeBand], completed: int | Decimal, target: int | Decimal | None
) -> VolumeSuggestion | None:
    """What `bands` (highest first, down to 0 percent) give; None without a target.

    As with grades, the band is read from the rounded percentage, so that what is shown and
    what is suggested never differ. Raises ValueError for a negative count or no band for it.
    """
    if target is None or target == 0:
        return None
    if completed < 0 or target < 0:
        raise ValueError("Counts of services are never negative.")
    percent = round_half_up(100 * Fraction(completed) / Fraction(target))
    for band in bands:
        if percent >= band.lower_percent:
            return VolumeSuggestion(percent, band.points)
    raise ValueError(f"No band for {percent} percent.")
