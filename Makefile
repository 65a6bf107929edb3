# Two commands matter: `make run` and `make test`. Everything is installed into .venv from the lock files.
# PYTHON=python3.13 chooses the interpreter; an environment that is there keeps its own when it is not given.
VENV := .venv
BIN := $(VENV)/bin
SERVICES := booking gateway notify recruitment training
ENVIRONMENT := PYTHON="$(PYTHON)" sh deploy/environment.sh

# The suite in parts, three of them side by side: each process has servers of its own, and nameko's green threads keep
# pytest's own workers from serving. The longest goes first. A part's output comes when it ends.
PART_gateway := tests/service/gateway
PART_notify := tests/service/notify
PART_recruitment := tests/service/recruitment
PART_training := tests/service/training
PART_rest := tests/unit tests/contracts $(filter-out $(PART_gateway) $(PART_notify) $(PART_recruitment) $(PART_training) \
	%__pycache__,$(patsubst %/,%,$(wildcard tests/service/*/)))
PART_browser := tests/browser
PART_system := tests/system
PART_faults := tests/faults
PARTS := part-system part-browser part-faults part-gateway part-notify part-rest part-recruitment part-training

# Bytecode is kept whatever the environment says: without it every process compiles all it imports.
unexport PYTHONDONTWRITEBYTECODE

EMBEDDED := -m "not servers" tests/unit tests/contracts tests/service
PYTHONS := $(addprefix test-python,3.11 3.12 3.13)
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --no-header

.PHONY: run dev test verify test-changed test-embedded test-pythons servers check bench soak format lock clean runtime development
.PHONY: $(PARTS) $(PYTHONS) $(addprefix test-,$(SERVICES) chassis)

run: runtime
	@MADANG_LOG_LEVEL=$${MADANG_LOG_LEVEL:-WARNING} exec $(BIN)/madang run

# The same, started anew whenever a file of services/ or the profile changes.
dev: runtime
	@MADANG_LOG_LEVEL=$${MADANG_LOG_LEVEL:-WARNING} exec $(BIN)/python -m services.chassis.watching

# Three, because parts wait for processes and databases: two cores are busy then.
AT_ONCE := --jobs 3 --keep-going --output-sync=target

test:
	+$(MAKE) $(AT_ONCE) $(PARTS)

# The checks are short: they go where a lane is free at the end.
verify:
	+$(MAKE) $(AT_ONCE) $(PARTS) check

$(PARTS): servers
	$(BIN)/python -m pytest $(PART_$(@:part-%=%))

# What concerns one service alone, or the chassis.
$(addprefix test-,$(SERVICES) chassis): servers
	$(BIN)/python -m pytest $(wildcard tests/unit/$(@:test-%=%) tests/contracts tests/service/$(@:test-%=%))

# What a change since main touches. BASE=... names another commit or branch.
test-changed: servers
	@parts="$$($(BIN)/python -m tests.changed $(BASE))" || exit; \
	if [ -z "$$parts" ]; then echo "No test depends on what changed."; exit; fi; \
	echo "$$parts" | while read -r files; do $(BIN)/python -m pytest $$files < /dev/null || exit; done

test-embedded: development
	$(BIN)/python -m pytest $(EMBEDDED)

# The embedded part on every Python from 3.11 to 3.13 that this machine has.
test-pythons:
	+$(MAKE) --keep-going $(PYTHONS)

$(PYTHONS): test-python%:
	@if PYTHON=python$* sh deploy/environment.sh check > /dev/null 2>&1; then \
		PYTHON=python$* sh deploy/environment.sh development $(VENV)-$* && \
		$(VENV)-$*/bin/python -m pytest $(EMBEDDED); \
	else echo "Python $* is not on this machine."; fi

servers: development
	$(BIN)/python -m tests.servers.install

check: development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tests.contracts.declarations
	$(BIN)/lint-imports

bench: servers
	TEST_SERVERS_ROOT=.servers $(BIN)/python -m tests.bench

# The suite's searches with many examples: takes hours (docs/testing.md).
soak: servers
	$(BIN)/python -m tests.soak

format: development
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Renews every lock within the bounds of services/*/requirements.in and pyproject.toml. A version that still fits stays;
# LOCK_OPTIONS=--upgrade takes the newest ones.
lock: development
	$(LOCK) $(LOCK_OPTIONS) services/*/requirements.in --output-file requirements.lock
	$(LOCK) $(LOCK_OPTIONS) --group dev --constraints requirements.lock --output-file requirements-dev.lock \
		$$(sed -nE 's/^([A-Za-z0-9._-]+)==.*/--no-emit-package \1/p' requirements.lock)
	for service in $(SERVICES); do \
		$(LOCK) --constraints requirements.lock --output-file deploy/locks/$$service.lock \
			services/chassis/requirements.in services/centre/requirements.in services/$$service/requirements.in || exit; \
	done

clean:
	rm -rf $(VENV) $(VENV)-3.* .servers .pytest_cache .mypy_cache .ruff_cache .hypothesis

runtime development:
	@$(ENVIRONMENT) $@ $(VENV)
