# Everything runs in an environment of its own, made from the pins in constraints.txt when there is none or it is stale.
# VENV=folder puts that environment elsewhere; PYTHON names the interpreter (3.11 or later) that makes it.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made
DEMO := build/demo
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet

.PHONY: help demo test check bench docs format clean
.DELETE_ON_ERROR:

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile

$(STAMP): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.11")'
	@echo "Making $(VENV) from constraints.txt"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --constraint constraints.txt pip
	@$(PIP) install --constraint constraints.txt --group test --group check
	@$(PIP) install --constraint constraints.txt --no-build-isolation --editable '.[bag,capture,sign]'
	@$(BIN)/python -m compileall -q archive provenance # an editable install leaves that to the first run
	@touch $(STAMP)

demo: $(STAMP) ## build, verify and show the sample collection
	@mkdir -p build
	$(BIN)/provenance build seeds/samples.toml -o $(DEMO).wacz --force
	$(BIN)/provenance verify $(DEMO).wacz
	$(BIN)/provenance report $(DEMO).wacz -o $(DEMO).html --force
	@echo "The report: $(DEMO).html (open it in a browser)"

test: $(STAMP) ## run the tests
	@$(BIN)/python -m pytest

check: $(STAMP) ## style, types, layering, docstrings, generated documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/interrogate --quiet provenance archive
	$(BIN)/python docs/generate.py --check

bench: $(STAMP) ## measure, and fail where a promised figure is missed
	@for each in benchmarks/*.py; do echo "$$each"; $(BIN)/python "$$each" || exit 1; done

docs: $(STAMP) ## write the generated documents anew
	@$(BIN)/python docs/registry.py
	@$(BIN)/python docs/generate.py

format: $(STAMP) ## lay out the code as the check wants it
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

clean: ## remove everything that was made
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
