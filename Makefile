# The front door of EviPath. `make help` lists the targets.
# Needed on the machine: Python 3.11 or later with venv, make, and a C library.

PYTHON ?= python3
PORT ?= 8000
# How many processes run the whole of the tests: they wait more than they compute.
WORKERS ?= 3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
UV := $(BIN)/uv
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONUTF8 := 1
export UV_NO_PROGRESS := 1
# A service whose modules were never compiled takes twice as long to start.
export UV_COMPILE_BYTECODE := 1
BENCHMARKS := cold_start answer_http client_overhead page graph_drawing ingest_xml ingest_volume ingest_yearly \
	import_scale extraction_speed extraction_jobs
SPREAD := --numprocesses $(WORKERS) --dist loadscope --no-loadscope-reorder
LOCK := $(UV) pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-header --quiet

ENVIRONMENT := $(VENV)/.evipath-environment
VALIDATORS := $(VENV)/validators/.evipath-environment
MODULES := app/web/node_modules/.package-lock.json
DOC_MODULES := docs/theme/node_modules/.package-lock.json
PAGE := app/web/static/index.html
PAGE_SOURCES := $(shell find app/web/src -type f 2>/dev/null) \
	$(wildcard app/web/*.html app/web/*.json app/web/*.ts)

.DEFAULT_GOAL := help
.PHONY: help setup validators web run test check lint types contracts generated docs generate \
	lexicon bench bench-extraction bench-belief bench-reasoning bench-speed bench-service wheel lock neo4j clean
.DELETE_ON_ERROR:

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

setup: $(ENVIRONMENT)  ## make .venv with the locked dependencies and the package

# uv comes with the lock, so that its hash is checked like any other.
$(ENVIRONMENT): requirements-dev.txt pyproject.toml client/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is too old: EviPath needs Python 3.11 or later (make PYTHON=...)"; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@awk '/^uv==/ {on=1} on {print} on && !/\\$$/ {exit}' requirements-dev.txt > $(VENV)/uv.txt
	@test -x $(UV) || $(PY) -m pip install --quiet --disable-pip-version-check \
		--no-deps --require-hashes -r $(VENV)/uv.txt
	$(UV) pip sync --quiet --python $(PY) --require-hashes requirements-dev.txt
	$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation \
		--editable . --editable client
	@$(PY) -m compileall -q app graph_schema seeds
	@touch $@

validators: $(VALIDATORS)  ## make an environment for judges of exports that pin older versions

$(VALIDATORS): requirements-validators.txt | $(ENVIRONMENT)
	$(UV) venv --quiet --clear --python $(PY) $(VENV)/validators
	UV_COMPILE_BYTECODE=0 $(UV) pip sync --quiet --python $(VENV)/validators/bin/python \
		--require-hashes requirements-validators.txt
	@touch $@

web: $(PAGE)  ## build the page into app/web/static

$(MODULES): app/web/package-lock.json app/web/.npmrc | $(ENVIRONMENT)
	cd app/web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGE): $(PAGE_SOURCES) $(MODULES)
	cd app/web && npm run --silent build
	@touch $@

run: $(ENVIRONMENT) $(PAGE)  ## seed a store, answer the founding question, serve the page (PORT=8000)
	@PORT=$(PORT) exec tools/run

test: $(ENVIRONMENT) $(PAGE) $(VALIDATORS)  ## run every test (ARGS="tests/reasoning -x" for some)
	$(if $(ARGS),,cd app/web && npm test --silent)
	$(PY) -m pytest $(or $(ARGS),$(SPREAD))

check: lint types contracts generated docs  ## lint, types, import contracts, generated files, docs

lint: $(ENVIRONMENT) $(MODULES)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/vulture
	cd app/web && npm run --silent check

types: $(ENVIRONMENT)
	$(BIN)/mypy

contracts: $(ENVIRONMENT)
	$(BIN)/lint-imports

generated: $(ENVIRONMENT)
	$(PY) -m graph_schema.generate --check
	$(PY) -m tools.reference --check

docs: $(ENVIRONMENT) $(DOC_MODULES)  ## build the documentation into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

$(DOC_MODULES): docs/theme/package-lock.json docs/theme/.npmrc | $(ENVIRONMENT)
	cd docs/theme && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

generate: $(ENVIRONMENT)  ## write again what is generated: from the schema, and the reference pages
	$(PY) -m graph_schema.generate
	$(PY) -m tools.reference

lexicon: $(ENVIRONMENT)  ## compile the lexicon anew from its sources and our own lists
	$(PY) -m tools.lexicon

bench: $(ENVIRONMENT) $(PAGE)  ## run the benchmarks and print their figures
	@missed=0; for one in $(BENCHMARKS); do \
		echo "== $$one"; $(PY) -m benchmarks.$$one || missed=1; \
	done; exit $$missed

bench-extraction: $(ENVIRONMENT)  ## measure how well claims are read (ARGS="--corpus dev --errors 5")
	$(PY) -m benchmarks.extraction $(ARGS)

bench-belief: $(ENVIRONMENT)  ## measure how well belief predicts what is right (ARGS=--write)
	$(PY) -m benchmarks.belief $(ARGS)

bench-reasoning: $(ENVIRONMENT)  ## measure orders, signs, paths and simulations against gold (ARGS=--write)
	$(PY) -m benchmarks.reasoning $(ARGS)
	$(PY) -m benchmarks.boolean_simulation
	$(PY) -m benchmarks.signatures

bench-speed: $(ENVIRONMENT)  ## measure the kernel on a million edges (ARGS=--growth)
	$(PY) -m benchmarks.reasoning_speed $(ARGS)

bench-service: $(ENVIRONMENT)  ## measure the service on a million edges (ARGS="--store graph.db")
	$(PY) -m benchmarks.service_scale $(ARGS)

wheel: $(ENVIRONMENT) $(PAGE)  ## build the wheel, with the page in it, into dist/
	$(UV) build --quiet --wheel --no-build-isolation --python $(PY) --out-dir dist

lock: $(ENVIRONMENT)  ## resolve the locked requirements anew (UPGRADE=1 for newer versions)
	$(LOCK) $(if $(UPGRADE),--upgrade) --output-file requirements.txt
	$(LOCK) $(if $(UPGRADE),--upgrade) --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt
	$(UV) pip compile --group pyproject.toml:validators --universal --python-version 3.11 \
		--generate-hashes --no-header --quiet $(if $(UPGRADE),--upgrade) \
		--output-file requirements-validators.txt
	cd app/web && npm install --package-lock-only --no-audit --no-fund

neo4j: $(ENVIRONMENT)  ## run a Neo4j 5.26 server on this machine, without Docker or Java
	@exec $(PY) -m tests.support.neo4j_server

clean:  ## delete what was built (.venv and evipath-data stay)
	rm -rf app/web/static app/web/node_modules docs/theme/node_modules site build dist test-results
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find app client graph_schema seeds tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} +
