"""What both kinds of report share: the round, its basis, and how far the report has come."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from reports.snapshots.codec import encode, read

SCHEMA_VERSION = 1


class Stored:
    """A snapshot, which goes into a JSON column and comes back as it was."""

    __slots__ = ()

    def to_data(self) -> dict[str, Any]:
        """Plain dicts, lists and strings, for a JSON column."""
        data: dict[str, Any] = encode(self)
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """The snapshot that a JSON column holds. Raises SnapshotError."""
        return read(cls, data, SCHEMA_VERSION)


class ReportState(StrEnum):
    """How far a report has come; a draft is marked 征求意见稿 on every page."""

    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisDocument:
    """A document on which the round rests: 穗司发〔2016〕87号 and its title without 《》."""

    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHead:
    """The inspection round as every report of it names it.

    `name` is "2016-2"; `title` is "2016年度第二次督导巡查"; `led_by` leads the panels,
    `issuer` signs. `issued_on` is None while no date is set: then none is printed.
    """

    name: str
    title: str
    basis_documents: tuple[BasisDocument, ...]
    led_by: str
    issuer: str
    issued_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Version of the report, from 1; `what_changed` is empty in the first version."""

    state: ReportState
    version: int
    what_changed: str = ""
