"""Every term of the registry and of the inspections has a word in reports."""

import pytest
from django.db.models import TextChoices

from inspections.enums import Party, Severity
from projects.enums import (
    Education,
    Employment,
    FieldOfStudy,
    FundingSource,
    Level,
    Procurement,
    QualificationKind,
)
from reports import vocabulary


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        (vocabulary.LEVELS, Level),
        (vocabulary.PROCUREMENTS, Procurement),
        (vocabulary.FUNDING_SOURCES, FundingSource),
        (vocabulary.EMPLOYMENTS, Employment),
        (vocabulary.EDUCATIONS, Education),
        (vocabulary.FIELDS, FieldOfStudy),
        (vocabulary.QUALIFICATIONS, QualificationKind),
        (vocabulary.SEVERITIES, Severity),
        (vocabulary.PARTIES, Party),
    ],
)
def test_every_term_has_a_word(words: dict[TextChoices, str], terms: type[TextChoices]) -> None:
    assert set(words) == set(terms)
    assert all(words.values())
