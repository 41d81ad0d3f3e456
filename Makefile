# Everything a newcomer or an owner does with this project. `make` alone lists it.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
ARGS ?=

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/.run-ready: requirements/run.txt bootstrap.sh
	@sh bootstrap.sh $(PYTHON) $(VENV) requirements/run.txt
	@touch $@

$(VENV)/.dev-ready: requirements/dev.txt bootstrap.sh
	@sh bootstrap.sh $(PYTHON) $(VENV) requirements/dev.txt
	@touch $@ $(VENV)/.run-ready

demo: $(VENV)/.run-ready  ## the whole organisation in your browser: bot and sandbox in one process
	@$(PY) -m bot demo $(ARGS)

check: $(VENV)/.dev-ready  ## format, lint, types, import contracts, messages complete in both languages
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports
	@$(PY) -m tests.messages check

test: $(VENV)/.dev-ready  ## all tests, on SQLite and on a real PostgreSQL
	@.ci/install-browser
	@$(PY) -m pytest -n auto --dist worksteal $(ARGS)

rehearsal: $(VENV)/.dev-ready  ## a whole organisation plays a quarter by chat (ARGS=--full: a year); prints one JSON line
	@$(PY) -m bench.rehearsal $(ARGS)

bench: $(VENV)/.dev-ready  ## what things cost, beside bare peers
	@$(PY) -m bench $(ARGS)

faults: $(VENV)/.dev-ready  ## what the bot survives, row by row (SCALE=full; ARGS="--rows F01,F14 --seed 1", --plants, --docs)
	@$(PY) -m bench.faults $(ARGS)

messages: $(VENV)/.dev-ready  ## collect the messages from the code into the .po files
	@$(PY) -m tests.messages update

lock:  ## pin and hash all requirements again (needs uv)
	@uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -o requirements/run.txt
	@uv pip compile -q pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -o requirements/dev.txt

clean:  ## remove what was made; the database in var/ stays
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.PHONY: help demo check test rehearsal bench faults messages lock clean
