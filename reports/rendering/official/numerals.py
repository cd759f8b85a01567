"""Numbers as reports print them (GB/T 15835-2011): Arabic, with the unit attached."""

from decimal import ROUND_HALF_UP, Decimal

from reports.chinese import score_text

_WAN = Decimal(10_000)
NOT_APPLICABLE = "不适用"
UNKNOWN = "—"


def percent_cell(percent: Decimal | None) -> str:
    """A score out of 100 with its two decimals, 不适用 for None."""
    return NOT_APPLICABLE if percent is None else score_text(percent)


def points_text(points: Decimal) -> str:
    """Points with as many decimals as they have, at most four: 2, 1.5, 1.8333."""
    rounded = points.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return f"{rounded:f}".rstrip("0").rstrip(".")


def wan_yuan(amount_yuan: Decimal | None) -> str:
    """Yuan as 万元 with two decimals, without the unit; — where unknown."""
    return UNKNOWN if amount_yuan is None else score_text(amount_yuan / _WAN)


def difference_text(value: Decimal | None, reference: Decimal | None) -> str:
    """How far `value` is above or below `reference`, signed; — where either is unknown."""
    if value is None or reference is None:
        return UNKNOWN
    difference = value - reference
    sign = "＋" if difference > 0 else "－" if difference < 0 else ""
    return sign + score_text(abs(difference))
