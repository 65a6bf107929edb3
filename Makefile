# Two commands matter: `make run` and `make test`. Everything is installed into .venv from the lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

# The suite in parts, two of them side by side: each process has servers of its own, and nameko's green threads keep
# pytest's own workers from serving. The longest goes first. A part's output comes when it ends.
PART_gateway := tests/service/gateway
PART_notify := tests/service/notify
PART_recruitment := tests/service/recruitment
PART_training := tests/service/training
PART_rest := tests/unit tests/contracts $(filter-out $(PART_gateway) $(PART_notify) $(PART_recruitment) $(PART_training) \
	%__pycache__,$(patsubst %/,%,$(wildcard tests/service/*/)))
PART_browser := tests/browser
PART_faults := tests/system tests/faults
PARTS := test-faults test-rest test-gateway test-recruitment test-training test-browser test-notify

.PHONY: $(PARTS)
.PHONY: run test servers test-embedded check bench soak format clean

run: $(VENV)/runtime
	@MADANG_LOG_LEVEL=$${MADANG_LOG_LEVEL:-WARNING} exec $(BIN)/madang run

test:
	+$(MAKE) --jobs 2 --keep-going --output-sync=target $(PARTS)

$(PARTS): servers
	$(BIN)/python -m pytest $(PART_$(@:test-%=%))

servers: $(VENV)/development
	$(BIN)/python -m tests.servers.install

test-embedded: $(VENV)/development
	$(BIN)/python -m pytest -m "not servers" tests/unit tests/contracts tests/service

check: $(VENV)/development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: servers
	TEST_SERVERS_ROOT=.servers $(BIN)/python -m tests.bench

# The suite's searches with many examples: takes hours (docs/testing.md).
soak: servers
	$(BIN)/python -m tests.soak

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
