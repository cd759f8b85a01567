# `make demo` and `make test` do everything on a fresh machine; the rest is for changing Duxun.
.DEFAULT_GOAL := help
.PHONY: help demo test test-postgres lint messages bench lock

PYTEST := .venv/bin/pytest -n 2 --dist loadfile

help: ## What there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

demo: ## Load the demonstration round and serve it on this machine
	@scripts/setup serve
	@DEMO=1 .venv/bin/python manage.py demo

test: ## Run all tests, those in Chromium too
	@scripts/setup test
	@$(PYTEST)

test-postgres: ## Run all tests on a PostgreSQL server started for them
	@scripts/setup test
	@scripts/setup postgres
	@scripts/with-postgres $(PYTEST)

lint: ## Style of code and templates, types
	@scripts/setup test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --lint --quiet templates
	DEBUG=1 .venv/bin/mypy

messages: ## Take new texts into locale/ and name those without a translation
	@scripts/setup test
	@.venv/bin/python scripts/messages.py

bench: ## Time the reports
	@scripts/setup test
	@.venv/bin/python -m benchmarks.reports

lock: ## Choose the newest packages that fit and write them down with their hashes
	@scripts/lock --upgrade
