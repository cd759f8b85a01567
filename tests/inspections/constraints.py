"""The constraints of the app's models, and how databases call them when they refuse a row."""

from __future__ import annotations

from django.apps import apps
from django.db import models

PLANNING = frozenset(
    {
        "instrument",
        "track",
        "gradeband",
        "section",
        "indicator",
        "indicatorlevel",
        "volumeband",
        "inspectionmethod",
        "round",
        "basisdocument",
        "visit",
        "visitmethod",
        "panelmember",
    }
)
"""Models that are filled before anything is scored; all others belong to scoring."""


def traces_of_constraints(*, planning: bool) -> dict[str, set[str]]:
    """By name of each constraint what stands in the message of a refusal, any one of it."""
    return {
        constraint.name: _traces(model, constraint)
        for model in apps.get_app_config("inspections").get_models()
        if (model._meta.model_name in PLANNING) == planning
        for constraint in model._meta.constraints
    }


def _traces(model: type[models.Model], constraint: models.BaseConstraint) -> set[str]:
    """PostgreSQL gives the name, SQLite the columns of a unique constraint."""
    if not isinstance(constraint, models.UniqueConstraint):
        return {constraint.name}
    table = model._meta.db_table
    columns = [model._meta.get_field(field).column for field in constraint.fields]
    return {constraint.name, ", ".join(f"{table}.{column}" for column in columns)}
