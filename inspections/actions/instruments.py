from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inspections import instrument_file
from inspections.actions.errors import RefusedError
from inspections.enums import InstrumentStatus
from inspections.instrument_rows import problems_of, store, to_file
from inspections.models import Instrument
from projects.models import ServiceKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from accounts.models import User
    from inspections.instrument_file import Problem, Service


class InstrumentExistsError(RefusedError):
    message = _(
        "There is a version %(version)s of “%(name)s” already: "
        "give the file another version, or another name."
    )


class ServiceNameTakenError(RefusedError):
    message = _(
        "The service “%(name)s” is known by the key %(known)s, not by %(key)s: "
        "use the same key in the file."
    )


class AlreadyPublishedError(RefusedError):
    message = _("This version is published already.")


class IncompleteInstrumentError(RefusedError):
    """`problems` says all that is missing."""

    message = _("This draft can't be published yet.")

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


class NotPublishedError(RefusedError):
    message = _("This version is still a draft: change the draft itself.")


class DraftExistsError(RefusedError):
    message = _("Version %(version)s is a draft already: change that one.")


@transaction.atomic
def import_instrument(*, text: str | bytes, by: User | None) -> Instrument:
    """Make a draft from an instrument file (bytes: as uploaded); new services become known.

    `by` is None on the command line.

    Raises InstrumentFileError (all problems of the file), InstrumentExistsError and
    ServiceNameTakenError.
    """
    read = instrument_file.read
    content = instrument_file.read_bytes(text) if isinstance(text, bytes) else read(text)
    if Instrument.objects.filter(name=content.name, version=content.version).exists():
        raise InstrumentExistsError(name=content.name, version=content.version)
    return store(content, _known_services(content.services))


@transaction.atomic
def publish_instrument(*, instrument: Instrument, by: User | None, at: dt.datetime) -> None:
    """Freeze the instrument, so that rounds can go by it. `by` is None on the command line.

    Raises AlreadyPublishedError, and IncompleteInstrumentError with all that is missing.
    """
    instrument.refresh_from_db(from_queryset=Instrument.objects.select_for_update())
    if instrument.is_frozen:
        raise AlreadyPublishedError
    problems = problems_of(Instrument.objects.with_content().get(pk=instrument.pk))
    if problems:
        raise IncompleteInstrumentError(problems)
    instrument.status = InstrumentStatus.PUBLISHED
    instrument.published_at = at
    instrument.save(update_fields=["status", "published_at"])


@transaction.atomic
def new_version(*, instrument: Instrument, by: User) -> Instrument:
    """Copy a published instrument, keys and all, into a draft of the next version.

    Raises NotPublishedError, and DraftExistsError when a draft of it is being worked on.
    """
    if not instrument.is_frozen:
        raise NotPublishedError
    versions = Instrument.objects.select_for_update().filter(name=instrument.name)
    latest = versions.order_by("-version")[0]
    if not latest.is_frozen:
        raise DraftExistsError(version=latest.version)
    content = to_file(Instrument.objects.with_content().get(pk=instrument.pk))
    services = {row.key: row for row in ServiceKind.objects.all()}
    return store(replace(content, version=latest.version + 1), services)


def _known_services(services: Iterable[Service]) -> dict[str, ServiceKind]:
    stored = {row.key: row for row in ServiceKind.objects.all()}
    keys = {row.name: row.key for row in stored.values()}
    position = max((row.position for row in stored.values()), default=0)
    for service in services:
        if service.key in stored:
            continue
        if service.name in keys:
            raise ServiceNameTakenError(
                name=service.name, known=keys[service.name], key=service.key
            )
        position += 1
        stored[service.key] = ServiceKind.objects.create(
            key=service.key, name=service.name, unit=service.unit, position=position
        )
    return stored
