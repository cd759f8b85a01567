"""Reports on visits and rounds."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from reports.enums import ReportKind, ReportStatus
from reports.models import Report
from tests.factories.accounts import UserFactory
from tests.factories.instruments import NOON
from tests.factories.visits import RoundFactory, VisitFactory


class ReportFactory(DjangoModelFactory[Report]):
    """A draft of a project's report; `city=True` for a round's summary, `published=True`.

    The snapshot is empty and the PDF is named, not there.
    """

    class Meta:
        model = Report

    class Params:
        city = factory.Trait(
            kind=ReportKind.CITY, visit=None, round=factory.SubFactory(RoundFactory)
        )
        published = factory.Trait(
            status=ReportStatus.PUBLISHED,
            published_at=NOON,
            published_by=factory.SelfAttribute("drafted_by"),
            pdf="reports/example.pdf",
            pdf_sha256="0" * 64,
        )

    kind = ReportKind.PROJECT
    visit = factory.SubFactory(VisitFactory, signed=True)
    round = factory.SelfAttribute("visit.round")
    title = factory.Sequence(lambda n: f"示例报告{n:03}")
    snapshot = factory.Dict({})
    drafted_by = factory.SubFactory(UserFactory, bureau=True)
    drafted_at = NOON
