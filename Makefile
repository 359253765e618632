# Each command makes what it needs; `make help` lists them.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: help demo test steady check format types fit eval bench clean OTHER

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 10

# Where another Python is named than the one that made the environment, that is made anew.
OTHER := $(if $(filter-out file,$(origin PYTHON)),$(shell \
	[ "$$($(PYTHON) -V 2>&1)" = "$$($(BIN)/python -V 2>&1)" ] || echo OTHER))
OTHER:
MADE := [ -z "$(OTHER)" ] && [ -x $(BIN)/python ]

$(VENV)/.demo: pyproject.toml constraints.txt setup.py $(wildcard retrieval/search/kernel/*.[ch]) $(OTHER)
	@$(MADE) || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Pullquote needs Python 3.11 or newer; install it, or say make PYTHON=/path/to/python3"; exit 2; }
	@$(MADE) || $(PYTHON) -m venv --clear $(VENV)
	@echo "installing Pullquote into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.demo
	@echo "installing the test tools into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(VENV)/.demo ## a conversation over the five seed articles, no token needed
	@$(BIN)/pullquote chat

test: $(VENV)/.dev ## every test
	@$(BIN)/python -m pytest -n 2 --dist worksteal

RUNS ?= 10
steady: $(VENV)/.dev ## every test RUNS times, with other examples each time
	@PYTHONPATH=tests $(BIN)/python -m bench.steady --runs $(RUNS)

check: $(VENV)/.dev types test ## format, lint, types, tests

types: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(VENV)/.dev ## put the code into its format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

fit: $(VENV)/.dev ## fit the weights of the ranking on the training sets
	@cd tests && ../$(BIN)/python -m bench.fit

$(VENV)/.eval: $(VENV)/.demo
	@echo "installing what draws the figures into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check -c constraints.txt -e '.[eval]'
	@touch $@

eval: $(VENV)/.eval ## how good the answers are, beside rank-bm25; SETS=folder for sets of your own
	@PYTHONPATH=tests $(BIN)/python -m bench.quality $(SETS) $(if $(BEFORE),--before $(BEFORE)) \
		--json-to out/quality.json --plot-to out/quality.png
	@PYTHONPATH=tests $(BIN)/python -m bench.truth $(foreach set,$(SETS),--folder $(set)) \
		$(if $(BESIDE),--before $(BESIDE)) --sample 300 --json-to out/truth.jsonl

$(VENV)/.bench: $(VENV)/.demo
	@echo "installing the engines to compare with into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@

bench: $(VENV)/.bench ## how quick the search is, beside other engines; BENCH="--help" lists options
	@PYTHONPATH=tests $(BIN)/python -m bench.speed $(BENCH)

clean: ## remove what make made
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
