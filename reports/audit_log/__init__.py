"""The change history as people read it."""

from __future__ import annotations

from reports.audit_log.filters import AuditLogFilter
from reports.audit_log.rows import AuditRow, Change, entries, readable

__all__ = ["AuditLogFilter", "AuditRow", "Change", "entries", "readable"]
