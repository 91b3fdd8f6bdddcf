# Descent Lab. `make run` serves the page, `make test` checks everything; both make what they need in .venv by themselves.

.PHONY: run serve plotly test lint fresh bench load fuzz screenshots lock sbom audit clean
.DELETE_ON_ERROR:

VENV := .venv
PY := $(VENV)/bin/python
# The newest Python that runs here; `make run PYTHON=/a/python` chooses another.
PYTHON :=
# Wheels only: a fresh machine has no compiler. Hashes only: what is installed is what was tested.
LOCKED := --quiet --disable-pip-version-check --require-hashes --only-binary=:all:
INSTALL := $(PY) -m pip install $(LOCKED)
TOOLS := $(VENV)/tools
LOAD := $(VENV)/load
UV := 0.13.9
# All tests, unless this names some for pytest: `make test TESTS=tests/app`.
TESTS :=

# Serve on http://127.0.0.1:8050; HOST and PORT change that.
run: $(VENV)/run.stamp
	@$(PY) -m app

# The same with gunicorn, a process a core, as the container does it.
serve: $(VENV)/run.stamp
	@$(VENV)/bin/gunicorn app.wsgi:server

# The page as the image has it, in build/page, which the two above send where it is of these very files: our own files joined, and
# plotly.js without what the page does not draw. All that is ever had from npm, whose packages are held to deploy/npm's checksums.
plotly: $(VENV)/run.stamp
	@mkdir -p build/npm
	@cp deploy/npm/package.json deploy/npm/package-lock.json build/npm
	@cd build/npm && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@$(PY) -m components.built.making build/npm/node_modules build/page
	@$(PY) -m app.packing
	@echo "build/page has the page in 4 files and plotly.js without what it does not draw; restart the server."

# Everything: style, architecture, documentation, unit tests, and the page in a real Chromium.
test: lint
	@$(PY) -m pytest --numprocesses 2 --dist loadfile $(TESTS)

# The two commands above, as on a machine that has never seen them. Takes as long as `make test`.
fresh: $(VENV)/test.stamp
	@$(PY) -m tests.fresh $(TESTS)

# The order of the packages, the style of the code, in Python and in scripts, and the types of both.
DENO := $(VENV)/bin/deno
SCRIPTS := --quiet --config tests/assets/deno.json assets tests/assets
TYPED := --quiet --no-remote --config tests/assets/strict.json assets
lint: $(VENV)/test.stamp
	@$(PY) -m ruff check --quiet .
	@$(VENV)/bin/lint-imports --no-logo
	@$(DENO) fmt --check $(SCRIPTS)
	@$(DENO) lint $(SCRIPTS)
	@$(DENO) check $(TYPED)
	@$(PY) -m mypy --no-error-summary

# How fast: numbers, not verdicts.
bench: $(VENV)/test.stamp
	@$(PY) -m tests.benchmarks

# How much the server bears: a class before it, and what is asked besides. PARTS="class rates" measures some of it.
PARTS :=
load: $(VENV)/test.stamp $(VENV)/load.stamp
	@$(PY) -m tests.load $(LOAD)/bin/locust $(PARTS)
# 50,000 hostile requests; SEED=7 sends those of an earlier time again.
SEED :=
fuzz: $(VENV)/test.stamp
	@$(PY) -m tests.fuzz $(if $(SEED),--seed $(SEED))

# The pictures of README.md, taken anew.
screenshots: $(VENV)/test.stamp
	@$(PY) -m tests.browser.screenshots

# requirements*.in -> requirements*.txt, for every platform and every Python from 3.11.
lock: $(PY)
	@$(PY) -m pip install --quiet --disable-pip-version-check --only-binary=:all: uv==$(UV)
	@for name in requirements requirements-dev requirements-tools requirements-load; do \
		$(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
			$$name.in --output-file $$name.txt || exit 1; \
	done

# All that the program consists of, with hashes, as CycloneDX reads it.
sbom: $(VENV)/tools.stamp
	@mkdir -p build
	@$(TOOLS)/bin/cyclonedx-py requirements requirements.txt --output-reproducible --output-file build/sbom.cdx.json
	@echo "build/sbom.cdx.json lists what requirements.txt locks."

# Known vulnerabilities of what is locked, where a source of them can be reached.
audit: $(VENV)/tools.stamp
	@$(PY) -m tests.audit $(TOOLS)/bin/pip-audit

clean:
	rm -rf $(VENV) build .pytest_cache .hypothesis .ruff_cache .import_linter_cache .mypy_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/run.stamp: requirements.txt | $(PY)
	@echo "Installing what the program needs into $(VENV)"
	@$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/test.stamp: requirements-dev.txt $(VENV)/run.stamp
	@echo "Installing what the tests need into $(VENV)"
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

# Apart from the others: what describes the packages is none of them.
$(VENV)/tools.stamp: requirements-tools.txt | $(PY)
	@echo "Installing what describes and audits the packages into $(TOOLS)"
	@$(PY) -m venv --clear $(TOOLS)
	@$(TOOLS)/bin/python -m pip install $(LOCKED) -r requirements-tools.txt
	@touch $@

# Apart as well: locust replaces parts of Python's own library, and wants versions of its own of what the lab has.
$(VENV)/load.stamp: requirements-load.txt | $(PY)
	@echo "Installing what plays a class into $(LOAD)"
	@$(PY) -m venv --clear $(LOAD)
	@$(LOAD)/bin/python -m pip install $(LOCKED) -r requirements-load.txt
	@touch $@

# A name on the PATH may be a stub that does not run, and Debian's python3 may lack the module that puts pip into an environment:
# so each is asked for all that is needed.
$(PY):
	@for python in "$(PYTHON)" python3.13 python3.12 python3.11 python3; do \
		[ -n "$$python" ] || continue; \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		found="$$python"; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
		echo "Making $(VENV) with $$("$$python" --version)"; \
		exec "$$python" -m venv --clear $(VENV); \
	done; \
	if [ -n "$$found" ]; then \
		echo "$$found cannot make a virtual environment: on Debian or Ubuntu, apt install python3-venv." >&2; \
	else \
		echo "Descent Lab needs Python 3.11, 3.12 or 3.13, and none of them runs here." >&2; \
	fi; exit 1
