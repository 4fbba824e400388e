# Needs Python 3.11 or newer, make and git; everything else goes into .venv/.
PYTHON ?= python3
ENGINE ?= mkdocs
PORT ?= 8000
PYTEST_ARGS ?=
# Processes that share the tests.
WORKERS ?= 2
FUZZ_SECONDS ?= 600
FUZZ_ARGS ?=
# No ledger entry may be later than today. It is only compared, never written.
FACTBOOK_DATE ?= $(shell date +%Y-%m-%d)

BIN   := .venv/bin
READY := .venv/.site-ready
TESTS := .venv/.test-ready
FUZZ  := .venv/.fuzz-ready

# Material's notice on the future of MkDocs, which docs/decisions/material.md answers.
export NO_MKDOCS_2_WARNING := 1
export PYTHON FACTBOOK_DATE
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
# Python keeps what it compiles: else each build takes 0.3 s more of processor time, and the tests make hundreds.
unexport PYTHONDONTWRITEBYTECODE

ifeq ($(filter mkdocs zensical,$(ENGINE)),)
$(error ENGINE is '$(ENGINE)'; it can be mkdocs or zensical)
endif

.PHONY: help site dist serve check test quick coverage lint fuzz wheels lock clean FORCE

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

site: $(READY) ## build the site into site/ (ENGINE=mkdocs or zensical)
	@$(BIN)/factbook site --engine $(ENGINE)

dist: $(READY) ## build the site and pack it with its data into one zip in dist/
	@$(BIN)/factbook dist --engine $(ENGINE)

serve: $(READY) ## show the site while you work on it (PORT=8000, OPEN=1 for a browser)
	@$(BIN)/factbook serve --port $(PORT) $(if $(OPEN),--open)

check: $(READY) ## check every record and say what is wrong
	@$(BIN)/factbook check

test: $(TESTS) ## lint, then run every test (PYTEST_ARGS="-k name" for some of them)
	@echo "First the linters, half a minute; then every test with $(WORKERS) processes and real browsers, about 10 minutes"
	@echo "on two cores. 'make quick' leaves out what needs a browser or a built site."
	@$(MAKE) --no-print-directory lint
	@browser=$$($(BIN)/python tests/browser.py) && \
	  FACTBOOK_BROWSER="$$browser" $(BIN)/pytest -n $(WORKERS) --dist worksteal $(PYTEST_ARGS)

quick: $(TESTS) ## the tests that take no time, and need neither a browser nor a built site: under two minutes
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not browser and not build and not slow" $(PYTEST_ARGS)

coverage: $(TESTS) ## which lines of the engine the tests reach that need no browser; also in build/coverage.txt
	@mkdir -p build
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not browser and not archive" --cov --cov-report= $(PYTEST_ARGS)
	@$(BIN)/coverage report | tee build/coverage.txt

lint: $(TESTS) ## what linters and type checkers say of code, scripts and workflows
	@$(BIN)/python scripts/lint.py

fuzz: $(FUZZ) ## look for input that breaks the check, for FUZZ_SECONDS=600 (Linux)
	@mkdir -p build/fuzz && cd build/fuzz && \
	  ../../$(BIN)/python ../../fuzz/fuzz_loader.py $(or $(FUZZ_ARGS),corpus -max_total_time=$(FUZZ_SECONDS) -max_len=8192)

wheels: ## collect wheels/, from which 'make site' works without the network
	@sh scripts/setup_env.sh wheels

lock: ## remake requirements/*.txt from the .in files (UPGRADE=1 for newer versions)
	@sh scripts/setup_env.sh lock

clean: ## remove all that was made here, but for wheels/
	rm -rf .venv .venv-audit site dist .site-building .site-old .zensical.yml build wheels.part scripts/*.egg-info
	rm -rf .cache .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements/site.txt pyproject.toml
	@sh scripts/setup_env.sh site

$(TESTS): requirements/test.txt $(READY)
	@sh scripts/setup_env.sh test

$(FUZZ): requirements/fuzz.txt $(READY)
	@sh scripts/setup_env.sh fuzz

# .venv/ was made for another folder, or its Python is gone: make it again.
ifneq ($(shell test -x $(BIN)/python && cat $(READY) 2>/dev/null),$(CURDIR))
$(READY): FORCE
endif
