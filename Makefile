# Needs Python 3.11 or later, make and git; the first target that runs sets up .venv, later ones find it.

PYTHON ?= $(shell for candidate in python3.13 python3.12 python3.11 python3 python; do \
	"$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo "$$candidate"; break; }; done)
BIN := .venv/bin
STAMP := .venv/.installed
LOCALE := src/mlcheck/locale
APP := build/app
KEYWORDS := --no-default-keywords -k N_ -k say -k plural:1,2 -k MlcheckError -k NotUnderstood:2 -k Rule:5 -k Remark:3

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench fixtures docs messages app app-test

help:  ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile

setup: $(STAMP)  ## install mlcheck and what its development needs into .venv

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with venv is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt hatchling editables
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e '.[dev]'
	$(BIN)/python -m compileall -q src
	@touch $@

demo: $(STAMP)  ## check the real report of 2023 against that of 2022, then show one of its tables
	@echo '$$ mlcheck validate fixtures/report-2023.xlsx --prior fixtures/report-2022.xlsx'
	@status=0; $(BIN)/mlcheck validate fixtures/report-2023.xlsx --prior fixtures/report-2022.xlsx || status=$$?; \
	echo "exit status $$status: this report was published with one wrong total"; test $$status -eq 1
	@echo
	@echo '$$ mlcheck table emploi --by commune'
	@$(BIN)/mlcheck table emploi --by commune

test: check  ## make check, then every test
	$(BIN)/python -m pytest -n auto -q

check: $(STAMP)  ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(STAMP)  ## measure what a run costs, as ratios
	@for program in benchmarks/*.py; do echo "== $$program"; $(BIN)/python "$$program" || exit 1; done

fixtures: $(STAMP)  ## build the workbooks and documents of fixtures/ again from their sources
	$(BIN)/python -m fixtures.build

app: $(APP)/.installed  ## build the folder to unzip and double-click, for this system (see docs/app.md)
	$(APP)/venv/bin/python app/build.py $(APP)

app-test: $(STAMP)  ## run what make app built as its user would, against the sources
	$(BIN)/python app/trial.py $(APP)

# An environment that holds nothing else: what the tests need stays out of the folder.
$(APP)/.installed: $(shell find src schemas -type f -not -name '*.py[co]') pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with venv is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	test -x $(APP)/venv/bin/python || "$(PYTHON)" -m venv $(APP)/venv
	$(APP)/venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt hatchling
	$(APP)/venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation '.[app]'
	@touch $@

docs: $(STAMP)  ## write docs/rules.md, rules.fr.md and the tables of store.md, and the numbers of the pages from real runs
	$(BIN)/python docs/build_rules.py
	$(BIN)/python docs/build_store.py
	$(BIN)/python -m tests.docs.refresh

messages: $(STAMP)  ## collect the messages of the code and compile their French translation
	$(BIN)/pybabel --quiet extract -F babel.cfg $(KEYWORDS) --add-location=file --sort-output -o $(LOCALE)/mlcheck.pot .
	$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 100 \
		-D mlcheck -l fr -i $(LOCALE)/mlcheck.pot -d $(LOCALE)
	$(BIN)/pybabel --quiet compile -D mlcheck -l fr -d $(LOCALE)
