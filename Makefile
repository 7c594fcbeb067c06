# The tasks of this project. Everything runs in .venv, which needs only python3 (3.11 or newer) with pip.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: venv demo test lint format bench frontend frontend-check extension clean

# Two stamps: the demo needs the program alone, developers need the tools too.
$(VENV)/.program: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("contractlang needs Python 3.11 or newer, this is " + sys.version) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.tools: $(VENV)/.program
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,lsp,playground]'
	touch $@

venv: $(VENV)/.tools

# Only the exported document goes to standard output, so that `make -s demo | python3 -m json.tool` works.
demo: $(VENV)/.program
	@$(BIN)/contractlang export examples/ci-matrix/ci.ncl

# The browser's driver keeps an event loop running, which the tests of the servers must not meet.
test: venv
	$(BIN)/python -m pytest -q --ignore=tests/playground/browser
	$(BIN)/python -m pytest -q tests/playground/browser

lint: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: venv
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: venv
	$(BIN)/python benchmarks/run.py

# The playground's page. Its files are committed, so that only whoever changes it needs Node.js (20 or newer).
frontend:
	cd playground/frontend && npm ci --no-audit --no-fund && npm run check && npm test && npm run build

# The extension for VS Code: tests, type checks, and the package. Node.js 20 or newer.
extension:
	cd lsp/editors/vscode && npm ci --ignore-scripts && npm test && npm run package

frontend-check:
	playground/frontend/check-built.sh

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
