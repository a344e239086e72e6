# What one can do here. Every line with ## below is what `make help` prints.
#
# All that is needed is Python 3.11 or newer, make and git: the first run installs the rest into .venv, pinned and
# hashed by requirements.lock (to run the bot) and requirements-dev.lock (to work on it).

VENV := .venv
BIN := $(VENV)/bin
# `make chaos` and `make fuzz` take MINUTES and SEED, before or behind the word make.
MINUTES ?=
SEED ?=
# What was installed last; newer locks install anew.
FOR_RUNNING := $(VENV)/.for-running
FOR_WORKING := $(VENV)/.for-working
# aiogram, beside which the bot is measured, lives in an environment of its own.
PEERS := .venv-peers
LOCK := pip compile -q --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-header pyproject.toml --extra setup

.DEFAULT_GOAL := help
.PHONY: help demo run doctor test fuzz check format bench chaos catalogues train lock clean

help: ## Show this list
	@echo 'usage: make TARGET'
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r target told; do \
		printf '  %-11s %s\n' "$$target" "$$told"; done

demo: $(FOR_RUNNING) ## Try the bot in the browser, without Telegram (PORT=8082 make demo: on another port)
	@$(BIN)/python -m bot demo

run: $(FOR_RUNNING) ## Run the bot on Telegram, with the settings of config.toml
	@$(BIN)/python -m bot run

doctor: $(FOR_RUNNING) ## Check what the bot needs, and say what to mend
	@$(BIN)/python -m bot check

test: $(FOR_WORKING) ## Run the tests (make test ARGS='-k settings': some of them)
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 $(ARGS)

fuzz: $(FOR_WORKING) ## Try made-up input for long (make fuzz MINUTES=60 SEED=7): updates, forms, formatting
	@MINUTES=$(or $(MINUTES),10) SEED=$(or $(SEED),7) $(BIN)/python -m pytest -q --timeout 0 -p no:cacheprovider \
		--hypothesis-seed=$(or $(SEED),7) tests/fuzz tests/handlers/test_generated_input.py \
		tests/bot/sandbox/entities/test_against_reference.py $(ARGS)

check: $(FOR_WORKING) ## Check style, types, layers, catalogues, dependencies, and that no secret is in the files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bot.locales.template --check
	$(BIN)/python -m bot.knowledge.training --check
	$(BIN)/deptry --no-ansi .
	$(BIN)/python -m checks.dependency_scan
	$(BIN)/python -m checks.secret_scan

format: $(FOR_WORKING) ## Bring the style in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(FOR_WORKING) $(PEERS)/.installed ## Measure (make bench ARGS=… goes to each benchmark)
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python -m "$$(echo "$${file%.py}" | tr / .)" $(ARGS) || exit 1; done

chaos: $(FOR_WORKING) ## Kill the bot among hundreds of people and check what they were told (make chaos MINUTES=5 SEED=7)
	@$(BIN)/python -m tests.chaos --minutes $(or $(MINUTES),5) $(if $(SEED),--seed $(SEED)) $(ARGS)

catalogues: $(FOR_WORKING) ## Collect the bot's sentences for the translators
	@$(BIN)/python -m bot.locales.template

train: $(FOR_WORKING) ## Learn the questions anew, after the content has changed
	@$(BIN)/python -m bot.knowledge.training

lock: ## Choose the versions of all dependencies anew (needs uv)
	@uv=$$(command -v uv || command -v $(BIN)/uv) || { echo 'uv is not installed: python3 -m pip install uv' >&2; exit 1; }; \
	"$$uv" $(LOCK) -o requirements.lock $(ARGS) && "$$uv" $(LOCK) --extra dev -o requirements-dev.lock $(ARGS) && \
	"$$uv" $(LOCK) --extra peers -o requirements-peers.lock $(ARGS)

clean: ## Remove what was installed and what the tools left
	rm -rf $(VENV) $(PEERS) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(FOR_RUNNING): $(BIN)/python requirements.lock pyproject.toml
	@echo 'Installing what the bot needs into $(VENV) (once, a minute or two) …'
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(FOR_WORKING): $(BIN)/python requirements-dev.lock pyproject.toml
	@echo 'Installing what work on the bot needs into $(VENV) (once, a minute or two) …'
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(FOR_RUNNING)

$(PEERS)/.installed: $(BIN)/python requirements-peers.lock
	@echo 'Installing what the bot is measured beside into $(PEERS) (once, a minute or two) …'
	@$(BIN)/python -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-peers.lock
	@touch $@

# $(PYTHON), if it is given, or else the first of these that is new enough.
$(BIN)/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo 'Python 3.11 or newer was not found. Install it, or say where it is: make PYTHON=/path/to/python3 …' >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import venv, ensurepip' >/dev/null 2>&1; then \
		echo "$$found cannot make virtual environments. On Debian and Ubuntu install python3-venv: sudo apt-get install python3-venv" >&2; exit 1; \
	fi; \
	"$$found" -m venv $(VENV)
