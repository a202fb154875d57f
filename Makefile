# The front door. Everything runs in .venv, made from requirements/ with pinned and hashed packages.

PORT ?= 8000
SANDBOX_PORT ?= 8001
PYTHON ?= python3
BIN := .venv/bin
export PORT SANDBOX_PORT

.PHONY: demo demo-reset sandbox test e2e soak bench check fix messages coverage requirements

demo: .venv/demo ## run sandbox, web and worker with demo data; Ctrl-C stops everything
	@LEXWARE_ENVIRONMENT=demo LOG_LEVEL=$${LOG_LEVEL:-WARNING} exec $(BIN)/python manage.py demo

demo-reset: ## forget everything the demo has stored
	rm -rf var

sandbox: .venv/demo ## the stand-in for Lexware Office alone
	exec $(BIN)/python -m lexweb.sandbox --port $(SANDBOX_PORT)

test: .venv/dev ## all tests, browser tests included
	$(BIN)/pytest -n auto --dist loadscope $(ARGS)

e2e: .venv/dev ## browser tests alone
	$(BIN)/pytest tests/e2e $(ARGS)

soak: .venv/dev ## faults in full size: storms of webhooks, thousands of writes, long outages
	SOAK=5000 $(BIN)/pytest -n0 -s --timeout=3600 -o faulthandler_timeout=3660 tests/faults tests/outbox/test_soak.py tests/vouchers/test_soak.py $(ARGS)

bench: .venv/dev ## speed: figure beside target
	$(BIN)/python -m tests.bench

check: .venv/dev ## everything a machine can say about the code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	LEXWARE_ENVIRONMENT=demo $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/deptry .
	LEXWARE_ENVIRONMENT=demo $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.messages --check
	$(BIN)/python -m tests.contract.coverage --check

fix: .venv/dev ## what a machine can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: .venv/dev ## collect what is to be translated, and compile it
	$(BIN)/python -m tests.messages

coverage: .venv/dev ## write docs/api-coverage.md
	$(BIN)/python -m tests.contract.coverage

requirements: .venv/dev ## compile requirements/ from pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate pyproject.toml --extra postgres --extra redis -o requirements/runtime.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate pyproject.toml --all-extras -o requirements/demo.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate pyproject.toml --all-extras --group dev -o requirements/dev.txt

.venv/bin/pip: # on Debian this needs python3-venv; a half-made folder would be taken for a whole one
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/demo: requirements/demo.txt | .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/demo.txt
	@touch .venv/demo

.venv/dev: requirements/dev.txt | .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch .venv/dev .venv/demo
