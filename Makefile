# `make` checks every entry and writes the README; `make test` runs every test; `make help` lists the rest.
# Everything is installed into .venv from requirements with hashes; nothing else on the machine is changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := "$(BIN)/python" -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes

LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-find-links \
  --no-emit-index-url --custom-compile-command "make lock"

.PHONY: all install validate generate check test lint hooks bench lock clean help

all: validate generate ## check every entry, then write the generated files

install: $(VENV)/installed ## install into .venv what the commands need

validate: $(VENV)/installed ## check every entry
	"$(BIN)/python" scripts/validate.py

generate: $(VENV)/installed ## write the lists and the other generated files
	"$(BIN)/python" scripts/generate.py

check: $(VENV)/installed ## say which generated files are stale, and show the difference
	"$(BIN)/python" scripts/generate.py --check

test: $(VENV)/installed-test ## run every test
	"$(BIN)/python" -m pytest

lint: $(VENV)/installed-test ## run ruff, mypy, zizmor and check-jsonschema
	"$(BIN)/ruff" check . && "$(BIN)/ruff" format --check . && "$(BIN)/mypy"
	"$(BIN)/zizmor" --offline --persona auditor --strict-collection --quiet .github
	"$(BIN)/check-jsonschema" --builtin-schema vendor.github-workflows .github/workflows/*.yml
	"$(BIN)/check-jsonschema" --builtin-schema vendor.dependabot .github/dependabot.yml
	"$(BIN)/check-jsonschema" --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[0-9]*.yml
	"$(BIN)/check-jsonschema" --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml

hooks: $(VENV)/installed-test ## let git check what is staged before each commit
	"$(BIN)/pre-commit" install

bench: $(VENV)/installed-test ## measure speed and memory with 300, 1,000 and 10,000 made-up entries
	"$(BIN)/python" scripts/bench.py

lock: $(VENV)/python-ready ## write the requirements with hashes anew from pyproject.toml
	"$(BIN)/python" -m pip --disable-pip-version-check install --quiet uv
	"$(BIN)/uv" pip compile $(LOCK) -o requirements.txt pyproject.toml
	"$(BIN)/uv" pip compile $(LOCK) -o requirements-test.txt --extra test pyproject.toml

clean: ## remove .venv and what tools leave behind
	rm -rf "$(VENV)" .pytest_cache .mypy_cache .ruff_cache .hypothesis

help: ## list these
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

$(VENV)/python-ready:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv "$(VENV)"
	@touch "$@"

$(VENV)/installed: requirements.txt | $(VENV)/python-ready
	$(PIP) -r requirements.txt
	@touch "$@"

$(VENV)/installed-test: requirements-test.txt | $(VENV)/installed
	$(PIP) -r requirements-test.txt
	@touch "$@"
