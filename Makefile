# Two commands for a newcomer: make coach, make test. They only wrap venv and pip.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: coach test check bench vendor pictures manifests lock clean

coach: .venv/.run
	$(BIN)/pacer chat

test: .venv/.dev
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.dev
	$(BIN)/python -m tests.bench

# What goes out, against the vendors' own schemas. Needs Node 20 and npm.
vendor: .venv/.dev tests/vendor/node_modules/.ready
	$(BIN)/python -m pytest tests/vendor

tests/vendor/node_modules/.ready: tests/vendor/package.json
	cd tests/vendor && npm install --no-package-lock --no-audit --no-fund --ignore-scripts
	@touch $@

# What Pacer says, as a phone shows it. Needs Chromium; `python -m tests.preview` alone only draws the pages.
pictures: .venv/.dev
	$(BIN)/python -m tests.preview --pictures docs/pictures

# What a platform has to know of Pacer, and the page of commands; all of it from the one table of commands.
manifests: .venv/.run
	$(BIN)/pacer manifest slack > deploy/slack/manifest.yaml
	$(BIN)/pacer manifest slack --plain > deploy/slack/manifest.plain.yaml
	$(BIN)/pacer manifest slack --http https://pacer.example.org > deploy/slack/manifest.http.yaml
	$(BIN)/pacer manifest discord > deploy/discord/commands.json
	$(BIN)/pacer commands > docs/commands.md

# The environment itself, then the locked requirements of a run, then those of development.
.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Pacer needs Python 3.11 or newer; say make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Hashed and free of addresses, so that any index or mirror can serve it. Needs uv.
lock:
	uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header --no-annotate --extra build --output-file requirements.lock
	uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header --no-annotate --extra build --extra charts --extra circle --extra claude --extra discord --extra postgres --extra slack --constraint requirements.lock --output-file requirements-run.lock
	uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header --no-annotate --extra build --extra dev --constraint requirements-run.lock --output-file requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
