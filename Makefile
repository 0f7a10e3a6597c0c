# threadbridge. `make demo` shows it, `make run` runs it, `make test` proves it.

PYTHON ?= python3
PYTEST ?= -q
SECONDS ?= 60
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: help demo run test lint fuzz bench lock clean

help:
	@echo "make demo   a sample conversation by mail, live in the terminal and on a page"
	@echo "make run    the daemon on config.toml, or on the embedded defaults where there is none"
	@echo "make test   everything the tests need, then ruff, mypy and pytest"
	@echo "make lint   ruff and mypy alone"
	@echo "make fuzz   strange input for the parsers of mail; SECONDS=60 for each of the five"
	@echo "make bench  each part of the road beside a bare probe; fails nobody"
	@echo "make lock   the lock files anew (needs uv)"
	@echo "make clean  take away .venv, caches and the demo's data"

demo: .venv/.run
	@$(BIN)/threadbridge demo $(ARGS)

run: .venv/.run
	@$(BIN)/threadbridge run $(ARGS)

# The real servers that some tests talk to come from Debian, where we may install them.
test: .venv/.dev
	@.ci/packages install
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest $(PYTEST)
	@.ci/packages missing

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict -p bridge

# atheris looks for new branches; where there is none for this Python, samples are damaged at random.
fuzz: .venv/.dev
	-@$(PIP) install --require-hashes --only-binary :all: -r requirements-fuzz.lock
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

# It prints figures and fails nobody: a machine may be busy.
bench: .venv/.dev
	-@$(BIN)/python benchmarks/bench.py

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12"; exit 1; }
	@echo "making .venv (a minute or two, once)"
	@$(PYTHON) -m venv .venv || { echo "python3-venv is needed: apt-get install python3-venv"; rm -rf .venv; exit 1; }

.venv/.run: requirements.lock pyproject.toml | .venv/bin/python
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	@$(PIP) install --require-hashes --no-build-isolation -r requirements-dev.lock
	@touch $@

# hatchling and editables build the project itself, setuptools what comes as source only (pyspf): so nothing is
# downloaded that no hash covers.
BUILD := 'hatchling\neditables\nsetuptools\n'
LOCK := uv pip compile --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate
lock:
	printf $(BUILD) | $(LOCK) pyproject.toml - -o requirements.lock
	printf $(BUILD) | $(LOCK) pyproject.toml - --extra dev -c requirements.lock -o requirements-dev.lock
	printf $(BUILD) | $(LOCK) pyproject.toml - --extra auth -c requirements-dev.lock -o requirements-auth.lock
	printf $(BUILD) | $(LOCK) pyproject.toml - --extra media -c requirements-dev.lock -o requirements-media.lock
	echo 'atheris>=3,<3.1' | $(LOCK) - -o requirements-fuzz.lock

clean:
	rm -rf .venv data/demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find bridge tests -name __pycache__ -type d -prune -exec rm -rf {} +
