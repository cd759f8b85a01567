"""Entries of the change history turned into rows of words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditlog.models import LogEntry
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from reports.audit_log.names import load_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.utils.functional import _StrPromise

    from reports.audit_log.names import Names

LONGEST_VALUE = 300
"""Characters of a value that a row shows."""

_EMPTY = frozenset({"", "None", "null"})
ACTIONS: Mapping[int, tuple[_StrPromise, str]] = {
    LogEntry.Action.CREATE: (gettext_lazy("Created"), "ok"),
    LogEntry.Action.UPDATE: (gettext_lazy("Changed"), "info"),
    LogEntry.Action.DELETE: (gettext_lazy("Deleted"), "bad"),
    LogEntry.Action.ACCESS: (gettext_lazy("Read"), ""),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what it was and what it became; empty texts for nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """An entry of the change history; `actor` is None for what Duxun did by itself."""

    at: dt.datetime
    actor: User | None
    address: str
    action: str
    tone: str
    kind: str
    model: str
    object_pk: str
    name: str
    changes: tuple[Change, ...]


def entries() -> models.QuerySet[LogEntry]:
    """All entries, newest first, with who did it and to what kind of object."""
    found: models.QuerySet[LogEntry] = LogEntry.objects.select_related("actor", "content_type")
    return found.order_by("-timestamp", "-pk")


def readable(page: Iterable[LogEntry]) -> list[AuditRow]:
    """Entries in words; one query for each model that they are about or refer to."""
    shown = list(page)
    names = load_names(_references(shown))
    return [_row(entry, names) for entry in shown]


def _row(entry: LogEntry, names: Names) -> AuditRow:
    model = entry.content_type.model_class()
    label, tone = ACTIONS[entry.action]
    return AuditRow(
        at=entry.timestamp,
        actor=entry.actor,
        address=entry.remote_addr or "",
        action=str(label),
        tone=tone,
        kind=capfirst(str(model._meta.verbose_name)) if model else entry.content_type.model,
        model=model._meta.label_lower if model else "",
        object_pk=entry.object_pk,
        # As it is called now; what is gone is called as it was then.
        name=names.get((model, entry.object_pk), entry.object_repr) if model else entry.object_repr,
        changes=tuple(_changes(entry, model, names)),
    )


def _changes(entry: LogEntry, model: type[models.Model] | None, names: Names) -> Iterable[Change]:
    for key, values in (entry.changes or {}).items():
        if _is_relation_from_elsewhere(model, key):
            continue
        field = _field(model, key)
        label = capfirst(str(field.verbose_name)) if field else key
        if isinstance(values, dict):
            yield _relation_change(label, values)
            continue
        before, after = (_text(field, value, names) for value in values)
        if before != after and not (field and field.primary_key):
            yield Change(label, before, after)


def _relation_change(label: str, change: Mapping[str, Any]) -> Change:
    """What was added to or taken from a many-to-many field."""
    objects = "、".join(map(str, change.get("objects", ())))
    return (
        Change(label, "", objects) if change["operation"] == "add" else Change(label, objects, "")
    )


def _is_relation_from_elsewhere(model: type[models.Model] | None, key: str) -> bool:
    """Whether the key names rows that point here: a change of theirs is an entry of theirs."""
    return model is not None and key in {relation.name for relation in model._meta.related_objects}


def _field(model: type[models.Model] | None, key: str) -> models.Field[Any, Any] | None:
    """The model's own field of that name; None for keys that an action made up."""
    if model is None:
        return None
    try:
        field = model._meta.get_field(key)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _text(field: models.Field[Any, Any] | None, value: Any, names: Names) -> str:
    text = str(value)
    if text in _EMPTY:
        return ""
    if field is not None:
        text = _text_of(field, text, names)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _text_of(field: models.Field[Any, Any], text: str, names: Names) -> str:
    if field.choices:
        return str({str(key): label for key, label in field.flatchoices}.get(text, text))
    if isinstance(field, models.BooleanField):
        return {"True": _("yes"), "False": _("no")}.get(text, text)
    if isinstance(field, models.ForeignKey):
        return names.get((field.related_model, text), _("no longer there (%s)") % text)
    if isinstance(field, models.DateTimeField):
        return _moment(text)
    return text


def _moment(text: str) -> str:
    """A stored time, which is in UTC without saying so, as local time."""
    try:
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    except ValueError:
        return text
    return formats.date_format(timezone.localtime(moment), "Y-m-d H:i:s")


def _references(page: Sequence[LogEntry]) -> Iterable[tuple[type[models.Model], str]]:
    """The objects that the entries are about, and those that their foreign keys stand for."""
    for entry in page:
        model = entry.content_type.model_class()
        if model is None:
            continue
        yield model, entry.object_pk
        for key, values in (entry.changes or {}).items():
            field = _field(model, key)
            if isinstance(field, models.ForeignKey) and isinstance(values, list):
                yield from (
                    (field.related_model, text)
                    for value in values
                    if (text := str(value)) not in _EMPTY
                )
