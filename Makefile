# Two commands matter: `make run` starts a workplace, `make test` checks everything. Both install what they need into
# .venv, once; they install again only when pyproject.toml or constraints.txt has changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PINNED := pyproject.toml constraints.txt
# Else the first start, or every one where PYTHONDONTWRITEBYTECODE is set, compiles our modules: 0.15 s.
COMPILE := $(BIN)/python -m compileall -q bot adapters storage
TYPES := .cache/slack-types
SLOWER := slow or browser or postgres
# One more than two cores: tests wait for sockets and disks.
WORKERS ?= 3
# The slower ones mostly wait: for kills, leases, lines that must go quiet. Two at a time left the cores two thirds idle, three
# nearly half.
SLOWER_WORKERS ?= 4
# No test pulls the plug: their files are in memory, where there is room. A database opened and written to ten times took
# 40 ms on the disk, and under 1 there. Benchmarks stay on the disk, whose commits they measure.
MEMORY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 3000000 { print "/dev/shm" }')
unit slower: export TMPDIR := $(or $(TMPDIR),$(MEMORY),/tmp)
# pytest keeps what it made of each test module for the next run: to collect them took 17 s of the processor, and takes 5. Where
# nothing is kept yet, each worker makes it anew, so the installation does.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest
SHELL := /bin/bash

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test unit slower types bench lint format clean

help:  ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: $(VENV)/.installed  ## start the demo workplace and print its address
	@$(BIN)/bihuan demo

test: unit slower  ## everything: unit tests, then the slower ones with lint, types and shape

unit: $(VENV)/.installed-dev  ## the fast tests only, in parallel
	@$(PYTEST) -n $(WORKERS) --dist worksteal -m "not ($(SLOWER))"

slower: $(VENV)/.installed-dev types
	@$(PYTEST) -n $(SLOWER_WORKERS) --dist loadgroup -m "$(SLOWER)"

# Without npm, or where it reaches nothing, the tests that ask Slack's own types are skipped, and say so.
types: $(if $(shell command -v npm),$(TYPES)/.installed)

$(TYPES)/.installed: tests/adapters/slack/types/package.json
	@mkdir -p $(TYPES) && cp $< $(TYPES)/package.json
	@npm install --prefix $(TYPES) --no-package-lock --no-audit --no-fund --ignore-scripts --silent --fetch-retries=0 --fetch-timeout=20000 && touch $@ \
	  || echo "npm could not install Slack's own types: what is drawn is not held against them." >&2

bench: $(VENV)/.installed-dev  ## the benchmarks, as ratios in one run
	@$(BIN)/python -m tests.benchmarks

lint: $(VENV)/.installed-dev  ## style, types, shape and import contracts alone
	@$(PYTEST) tests/house

format: $(VENV)/.installed-dev  ## write the code as ruff formats it
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format .

clean:  ## remove what make made; databases stay
	rm -rf $(VENV) .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist test-artifacts
	find bot adapters storage tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.installed: $(PINNED) | $(BIN)/python
	@echo "Installing exact versions into $(VENV), once; this takes about a minute."
	@$(PIP) install -c constraints.txt -e .
	@$(COMPILE)
	@touch $@

# The tools come on top of what a run needs, so that neither installation undoes the other.
$(VENV)/.installed-dev: $(PINNED) | $(BIN)/python
	@echo "Installing exact versions and the test tools into $(VENV), once; this takes a minute or two."
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@$(COMPILE)
	@$(PYTEST) --collect-only -qq >/dev/null || true
	@touch $(VENV)/.installed $@

# A half-made environment (no ensurepip, an interrupted start) is taken away again, so that the next try starts clean.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  found=$$($(PYTHON) --version 2>/dev/null) || found="not there"; \
	  echo "Bihuan needs Python 3.11 or newer; '$(PYTHON)' is $$found." \
	       "With a newer one installed beside it: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python could not create a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
