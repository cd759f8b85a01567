"""What keeps a published instrument as it is: guards on its rows and on sets of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from inspections.enums import InstrumentStatus

if TYPE_CHECKING:
    from collections.abc import Iterable


class FrozenInstrumentError(Exception):
    """A published instrument was about to change; make a new version instead."""


class FreezingQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows that say in `status_lookup` where the status of their instrument is found.

    `update`, `bulk_update`, `delete` and `bulk_create` raise FrozenInstrumentError when any of
    the rows belongs to a published instrument; each asks the database once more for that.
    """

    def update(self, **kwargs: Any) -> int:
        self._refuse_frozen_rows()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_frozen_rows()
        return super().delete()

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows = list(objs)
        refuse_frozen({row.owning_instrument().pk for row in rows})  # type: ignore[attr-defined]
        return super().bulk_create(rows, *args, **kwargs)

    def _refuse_frozen_rows(self) -> None:
        lookup = self.model.status_lookup  # type: ignore[attr-defined]
        if self.filter(**{lookup: InstrumentStatus.PUBLISHED}).exists():
            raise FrozenInstrumentError(self.model._meta.verbose_name_plural)


def refuse_frozen(instrument_ids: Iterable[int | None]) -> None:
    """Raise FrozenInstrumentError when any of these instruments is published as stored."""
    from inspections.models.instruments import Instrument

    stored = [pk for pk in instrument_ids if pk is not None]
    frozen = Instrument.objects.filter(pk__in=stored, status=InstrumentStatus.PUBLISHED)
    for instrument in frozen[:1]:
        raise FrozenInstrumentError(str(instrument))
