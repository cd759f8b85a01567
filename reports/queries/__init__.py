"""Loads what figures and reports are made from, in numbers of queries that do not grow."""

from reports.queries.record import load_record
from reports.queries.texts import load_texts

__all__ = ["load_record", "load_texts"]
