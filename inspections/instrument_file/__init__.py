"""An instrument as one readable TOML file: read, check and write it. No database."""

from inspections.instrument_file.content import (
    Band,
    Grade,
    Indicator,
    InstrumentFile,
    Level,
    Section,
    Service,
    Track,
)
from inspections.instrument_file.problems import (
    InstrumentFileError,
    Place,
    Problem,
    ProblemCode,
)
from inspections.instrument_file.reading import read, read_bytes
from inspections.instrument_file.writing import write

__all__ = [
    "Band",
    "Grade",
    "Indicator",
    "InstrumentFile",
    "InstrumentFileError",
    "Level",
    "Place",
    "Problem",
    "ProblemCode",
    "Section",
    "Service",
    "Track",
    "read",
    "read_bytes",
    "write",
]
