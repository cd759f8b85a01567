"""Makes rows for tests: each class fills in what a test does not care about."""

from __future__ import annotations

# Accounts

# Projects

# Inspections

# Reports
