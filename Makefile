# `make` tells what there is; `make check` does what CI does.
PYTHON ?= python3
VENV := .venv
IN := $(VENV)/bin

.PHONY: help test postgres lint check docs bench nation crash starve races fuzz clean

help:
	@echo "make test    set up $(VENV) and run every test"
	@echo "make postgres run every test that asks for a register on PostgreSQL"
	@echo "make lint    lint, format check, strict types, import contracts"
	@echo "make check   lint and test, on both databases"
	@echo "make docs    write docs/gates.md and docs/workflows.md anew"
	@echo "make bench   measure speed, as ratios (not part of the tests)"
	@echo "make nation  make COUNCILS (400) registers of SITES (2500) sites each in one database, and measure"
	@echo "make crash   kill every kind of act at every point, TRIES times (200: a day), on both databases"
	@echo "make starve  let every write to the disk of every kind of act fail in turn (an hour)"
	@echo "make races   let 2, 4, 8 and 16 processes race for the same cases"
	@echo "make fuzz    mangle every file that is taken in, for MINUTES (10)"
	@echo "make clean   remove $(VENV) and caches"

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(IN)/pip install --quiet --editable '.[dev]'
	touch $@

test: $(VENV)/ready
	$(IN)/python -m pytest -n auto

postgres: $(VENV)/ready
	$(IN)/python -m pytest -n auto --postgres

lint: $(VENV)/ready
	$(IN)/ruff check .
	$(IN)/ruff format --check .
	$(IN)/mypy
	$(IN)/lint-imports

check: lint test postgres

docs: $(VENV)/ready
	$(IN)/python -m tests.generated

bench: $(VENV)/ready
	$(IN)/pip install --quiet --editable '.[dev,bench]'
	$(IN)/python -m pytest -o addopts="--import-mode=importlib" tests/benchmarks -s

COUNCILS ?= 400
SITES ?= 2500
nation: $(VENV)/ready
	COUNCILS=$(COUNCILS) SITES=$(SITES) $(IN)/python -m pytest -o addopts="--import-mode=importlib" \
		tests/benchmarks/test_nation.py -s

TRIES ?= 200
CRASHES := -n auto tests/promises/test_crash.py -s
crash: $(VENV)/ready
	DISPOSALS_CRASHES=$(TRIES) $(IN)/python -m pytest $(CRASHES)
	DISPOSALS_CRASHES=$(TRIES) $(IN)/python -m pytest $(CRASHES) --postgres

starve: $(VENV)/ready
	DISPOSALS_STARVED=1 $(IN)/python -m pytest tests/promises/test_failing_disk.py -s

races: $(VENV)/ready
	DISPOSALS_RACES=1 $(IN)/python -m pytest tests/promises/test_races.py
	DISPOSALS_RACES=1 $(IN)/python -m pytest tests/promises/test_races.py --postgres

MINUTES ?= 10
fuzz: $(VENV)/ready
	$(IN)/python -m tests.fuzzing $(MINUTES)

clean:
	rm -rf $(VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
