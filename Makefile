# `make demo` and `make test` need nothing prepared: set-up makes .venv and finds or installs a browser.
# Another interpreter: make PYTHON=python3.12 test

PYTHON ?=
PY := .venv/bin/python
export PYTHON

.PHONY: help demo test test-widgets quick check lint types layers bench soak scale docs set-up clean

help:
	@echo "make demo    probe a row of fake casinos in a real browser"
	@echo "make test    lint, types, layers and all tests"
	@echo "make test-widgets   chat widgets of others, installed from npm, asked in a real browser"
	@echo "make quick   the tests that take no time"
	@echo "make check   lint, types and layers only"
	@echo "make bench   measure accuracy, speed and the plan; writes docs/benchmarks*.md"
	@echo "make soak    an hour with a daemon that is killed, filled up and cut off; writes docs/benchmarks-daemon.md"
	@echo "make scale   time and memory at a million probes; writes docs/benchmarks-scale.md"
	@echo "make docs    renew the generated pages in docs/"

set-up:
	@tools/set-up.sh

demo: set-up
	@.venv/bin/chatprobe demo

# Most tests wait for chats: two at a time keep the machine busy.
test: check
	@$(PY) -m pytest -n 2 --dist worksteal

# Some 11 MB from npm, kept in .widgets.
test-widgets: set-up
	@CHATPROBE_WIDGETS=all $(PY) -m pytest tests/widgets

quick: set-up
	@$(PY) -m pytest -m "not slow"

check: lint types layers

lint: set-up
	@$(PY) -m ruff check --quiet .

types: set-up
	@$(PY) -m mypy --no-error-summary

layers: set-up
	@.venv/bin/lint-imports --no-logo

bench: set-up
	@$(PY) -m benchmarks
	@$(PY) -m benchmarks.plan
	@$(PY) -m benchmarks.speakers
	@$(PY) -m benchmarks.classify
	@$(PY) -m benchmarks.truth
	@$(PY) -m benchmarks.mends

soak: set-up
	@$(PY) -m benchmarks.soak

# Some ten minutes and 3 GB of disk.
scale: set-up
	@$(PY) -m benchmarks.scale

docs: set-up
	@$(PY) tools/docs.py

clean:
	rm -rf .venv .venv.log .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
