"""How long reports take and what memory they need: `python -m benchmarks.reports`."""
