# The tasks of this project. `make demo` and `make test` set up everything they need.
# CI calls the same targets (.ci/run).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= auto
MARKERS ?= not slow

.PHONY: demo test test-alone check moscow docs lock clean

demo: $(VENV)/.runtime  ## build the embedded Great Purge archive in ./great-purge
	$(BIN)/martyrolog demo --dir great-purge

test: $(VENV)/.dev  ## the tests; what needs a browser or the test data is skipped where there is none
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m "($(MARKERS)) and not alone"

test-alone: $(VENV)/.dev  ## tests that measure time and memory, for a machine with nothing else to do
	$(BIN)/python -m pytest -m alone

check: $(VENV)/.dev  ## style, types, who may import whom, docs that no longer match the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python docs/generate.py --check

moscow: $(VENV)/.runtime  ## build the Moscow archive from the test data, in examples/moscow
	$(MAKE) -C examples/moscow moscow

docs: $(VENV)/.dev  ## write the generated reference anew
	$(BIN)/python docs/generate.py

lock: $(VENV)/.dev  ## pin the newest allowed versions, with hashes
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --all-build-deps --strip-extras --no-header \
	  --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --extra charts --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --all-build-deps --strip-extras --no-header \
	  --extra dev --extra charts --extra synthetic --extra spark \
	  --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --allow-unsafe --output-file requirements-dev.lock pyproject.toml

$(VENV)/bin/python:
	sh scripts/make-venv $(PYTHON) $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

clean:  ## remove what can be made again; archives stay
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
