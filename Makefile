# make run    the demonstration: needs python 3.11 or newer, nothing else
# make test   every test           make lint   style, types, import contracts
# make bench  mails per second     make translations   the English catalogue
# make bench-delivery   our mails per second beside those of others
# make bench-letters   milliseconds to draw a letter of 30 articles in each theme
# make bench-feeds   seconds for 200 feeds, and for each hostile one with its memory
# make mail-check  the checks of mails, with every program that is there
# make fuzz MINUTES=10   calls of every route, with what nobody types: none may break
# make tasks  what visitors and staff come to do: clicks, keys, pages and seconds
# make manual  the pages of reference of the manual
# make pictures  those of README and manual, of the main screens of a demonstration
# make api-check  ten thousand requests to the API by each of three seeds (half an hour)
# make soak MINUTES=30   ten times a normal load, and whether memory, files and answers stay as they are
# make crash  workers killed among their mails, and what became of each (an hour)

PORT ?= 8000
SMTP_PORT ?= 2525
MINUTES ?= 10
VENV := .venv
PY := $(VENV)/bin/python
CATALOGUES := mailer/translations
export PIP_DISABLE_PIP_VERSION_CHECK := 1

TESTS := PYTHONPATH=.:tests

.PHONY: run test lint bench bench-delivery bench-feeds bench-letters mail-check api-check tasks crash soak fuzz translations manual pictures
.DELETE_ON_ERROR:

run: $(VENV)/.runtime
	@$(PY) -m mailer demo --port $(PORT) --smtp-port $(SMTP_PORT)

test: $(VENV)/.dev
	@$(PY) -m pytest -n 2 --dist loadgroup $(ARGS)

lint: $(VENV)/.dev
	@echo "ruff…" && $(VENV)/bin/ruff check && $(VENV)/bin/ruff format --check
	@echo "mypy…" && $(VENV)/bin/mypy
	@echo "import contracts…" && $(VENV)/bin/lint-imports

bench: $(VENV)/.dev
	@$(PY) -m mailer bench $(ARGS)

bench-delivery: $(VENV)/.dev
	@$(TESTS) $(PY) -m bench $(ARGS)

bench-feeds: $(VENV)/.dev
	@$(TESTS) $(PY) -m bench.feeds $(ARGS)

bench-letters: $(VENV)/.dev
	@$(TESTS) $(PY) -m bench.letters

mail-check: $(VENV)/.dev
	@$(TESTS) $(PY) -m mail_check $(ARGS)

tasks: $(VENV)/.dev
	@$(TESTS) $(PY) -m flows.tasks $(ARGS)

api-check: $(VENV)/.dev
	@$(TESTS) $(PY) -m api $(ARGS)

crash: $(VENV)/.dev
	@$(TESTS) $(PY) -m crash $(ARGS)

soak: $(VENV)/.dev
	@$(TESTS) $(PY) -m soak --minutes $(MINUTES) $(ARGS)

fuzz: $(VENV)/.dev
	@$(TESTS) $(PY) -m fuzz --minutes $(MINUTES) $(ARGS)

manual: $(VENV)/.dev
	@PYTHONPATH=.:docs $(PY) -m reference

pictures: $(VENV)/.dev
	@PYTHONPATH=.:tests:docs $(PY) -m pictures

translations: $(VENV)/.dev
	@$(VENV)/bin/pybabel -q extract -F $(CATALOGUES)/babel.cfg -k lazy_gettext -k lazy_ngettext:1,2 \
		--no-location --sort-output -o $(VENV)/messages.pot mailer templates
	@$(VENV)/bin/pybabel -q update -N --ignore-obsolete --ignore-pot-creation-date \
		-i $(VENV)/messages.pot -d $(CATALOGUES) -l en
	@$(VENV)/bin/pybabel -q compile -d $(CATALOGUES)

$(VENV)/.runtime: requirements.txt | $(PY)
	@echo "Installing the locked packages (about 20 seconds)…"
	@PY=$(PY) ./.ci/install requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(PY)
	@echo "Installing the locked packages and the tools for tests (about 40 seconds)…"
	@PY=$(PY) ./.ci/install requirements-dev.txt
	@touch $@ $(VENV)/.runtime

$(PY):
	@echo "Making the virtual environment…"
	@PYTHON="$(PYTHON)" ./.ci/venv $(VENV)
