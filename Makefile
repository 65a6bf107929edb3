# Two commands matter: `make run` and `make test`. Everything is installed into .venv from the lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.PHONY: run test test-embedded check bench format clean

run: $(VENV)/runtime
	@MADANG_LOG_LEVEL=$${MADANG_LOG_LEVEL:-WARNING} exec $(BIN)/madang run

test: $(VENV)/development
	$(BIN)/python -m tests.servers.install
	$(BIN)/python -m pytest tests/unit tests/contracts tests/service
	$(BIN)/python -m pytest tests/system tests/faults
	$(BIN)/python -m pytest tests/browser

test-embedded: $(VENV)/development
	$(BIN)/python -m pytest -m "not servers" tests/unit tests/contracts tests/service

check: $(VENV)/development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/development
	$(BIN)/python -m tests.servers.install
	$(BIN)/python -m tests.bench

format: $(VENV)/development
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) .servers .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || (echo "Madang needs Python 3.11: set PYTHON" >&2; exit 1)
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Madang needs into $(VENV) ..."
	@$(PIP) install --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/development: requirements-dev.lock $(VENV)/runtime
	@$(PIP) install --no-deps -r requirements-dev.lock
	@touch $@
