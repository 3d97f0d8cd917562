# `make run` serves the app, `make test` runs every check. Both set up what is missing and are quick the second time.
# On a machine without make, the plain commands are in README.md.
PYTHON ?= python3
PORT ?= 8501
ADDRESS ?= localhost
FUZZ_SECONDS ?= 60
ROUNDS ?= 5
MODULES ?=
TRIALS ?=
BIN := .venv/bin
CHROMIUM := $(shell command -v chromium 2>/dev/null)
NGINX := $(or $(shell command -v nginx 2>/dev/null),$(wildcard /usr/sbin/nginx))
POSTGRES := $(or $(shell command -v postgres 2>/dev/null),$(wildcard /usr/lib/postgresql/*/bin/postgres))

.PHONY: run room example test check audit unit browser snapshots steady mutants bench soak fuzz attack outdated weaknesses lock schema screenshot clean

run: .venv/app
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(ADDRESS)

# A workshop that people answer on their phones: served on the room's network, where phones reach /room/ alone
# (PROVISION_ROOM_ONLY=off opens the rest to them). Prints the facilitator's link, the address for phones and the code.
room: export PROVISION_ROOM_ONLY := $(or $(PROVISION_ROOM_ONLY),on)
room: .venv/app
	$(BIN)/python -m provision room --port $(PORT)
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.address 0.0.0.0

# The same app on an invented island; see examples/README.md.
example: export PROVISION_SERVICES = examples/saltmere/services.yaml
example: export PROVISION_BOUNDARIES = examples/saltmere/boundaries.geojson
example: export PROVISION_FIGURES = examples/saltmere/figures.csv
example: export PROVISION_NEIGHBOURS = examples/saltmere/neighbours.csv
example: export PROVISION_WATER = examples/saltmere/water.geojson
example: run

test: check unit browser

check: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/oxlint --deny-warnings static
	$(BIN)/oxfmt --check 'static/**/*.js'
	$(BIN)/mypy
	$(BIN)/python -m provision validate

# Does the record say what its source says? The source's text, if you have it: PROVISION_SOURCE_TEXT=file[:file...]
audit: .venv/test
	$(BIN)/python -m tools.audit

# What Python has compiled is kept, whatever the machine is set to: tests start many processes.
unit browser: export PYTHONDONTWRITEBYTECODE =
unit: .venv/test .venv/postgres .venv/office
	$(BIN)/python -m pytest -q -n auto --dist loadgroup --ignore tests/browser

browser: .venv/test .venv/chromium
	$(BIN)/python -m pytest -q -n auto --dist loadfile tests/browser

# What every page and command says, written anew; look at what changed before it is committed.
snapshots: .venv/test
	$(BIN)/python -m pytest -q -n auto --snapshot-update tests/pages/test_snapshots.py tests/provision/commands/test_snapshots.py

# Every test ROUNDS (5) times in a row, on a machine that two busy loops keep busy beside them.
steady: .venv/test .venv/postgres .venv/office .venv/chromium
	$(BIN)/python -m tools.steady $(ROUNDS)

# Small changes of the code that a test must notice; MODULES="timeline need" for some (see tools/mutants.py).
mutants: .venv/test
	$(BIN)/python -m tools.mutants $(MODULES)

# Ours beside its peers, and the rest of what is measured; all of it is written to benchmarks/.
bench: .venv/test .venv/chromium .venv/leaflet
	$(BIN)/python -m benchmarks.click_to_paint
	$(BIN)/python -m benchmarks.theme_changes
	$(BIN)/python -m benchmarks.peers
	$(BIN)/python -m benchmarks.scenarios
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.present
	$(BIN)/python -m benchmarks.room_phones

# Two processes behind nginx, one of them killed; then SOAK_SESSIONS (50) people for SOAK_SECONDS (600), from the environment.
soak: .venv/test .venv/chromium .venv/nginx
	$(BIN)/python -m benchmarks.pair
	$(BIN)/python -m benchmarks.soak

# Everything that is read from outside, each for FUZZ_SECONDS; what is found is written to test-results/fuzz.
fuzz: .venv/test
	$(BIN)/python -m fuzz --seconds $(FUZZ_SECONDS)

# The trials of an attack from outside, on loopback alone; TRIALS="--stops 100 --edits 1000" for more (see tools/attack).
attack: .venv/test
	$(BIN)/python -m tools.attack $(TRIALS)

# What is newer than what we pin; take it over in requirements*.in, `make lock`, `make test`.
outdated: .venv/test
	$(BIN)/pip list --outdated --disable-pip-version-check

# Known weaknesses of what we pin, by the tool that Python's packaging authority keeps. It asks PyPI, so it needs the network.
weaknesses: .venv/app
	$(PYTHON) -m venv .venv/pip-audit
	.venv/pip-audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	.venv/pip-audit/bin/pip-audit --requirement requirements.txt --require-hashes --disable-pip

screenshot: .venv/test .venv/chromium
	$(BIN)/python docs/take_screenshot.py

# Pin everything anew after editing requirements*.in.
lock: .venv/test
	$(BIN)/pip install --quiet uv
	for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile $$name.in --quiet --python-version 3.11 --generate-hashes --no-annotate --no-header \
	    --no-emit-index-url -o $$name.txt; done

schema: .venv/app
	for name in services themes organisations; do $(BIN)/python -m provision schema $$name > data/$$name.schema.json; done

.venv/bin/python:
	$(PYTHON) -m venv .venv || { rm -rf .venv; $(MAKE) --no-print-directory system PACKAGES=python3-venv; $(PYTHON) -m venv .venv; }

.venv/app: requirements.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/test: .venv/app requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	touch $@

# The browser tests drive Debian's own chromium.
.venv/chromium: | .venv/bin/python
	$(if $(CHROMIUM),,$(MAKE) --no-print-directory system PACKAGES=chromium)
	touch $@

# One peer draws with Leaflet, which it would fetch from a CDN; only its files are needed.
.venv/leaflet: | .venv/bin/python
	$(if $(wildcard /usr/share/javascript/leaflet),,$(MAKE) --no-print-directory system PACKAGES=libjs-leaflet)
	touch $@

# Several processes are tried behind an nginx of their own, on loopback; only its program is needed.
.venv/nginx: | .venv/bin/python
	$(if $(NGINX),,$(MAKE) --no-print-directory system PACKAGES=nginx-light)
	touch $@

# The tests of session records bring up a PostgreSQL server of their own, in a temporary folder; only its programs are needed.
.venv/postgres: | .venv/bin/python
	$(if $(POSTGRES),,$(MAKE) --no-print-directory system PACKAGES=postgresql)
	touch $@

# LibreOffice and poppler read back what is written for Word and as PDF.
.venv/office: | .venv/bin/python
	$(if $(and $(shell command -v soffice),$(shell command -v pdfinfo)),,$(MAKE) --no-print-directory system PACKAGES="libreoffice-writer libreoffice-impress poppler-utils")
	touch $@

.PHONY: system
system:
	@echo "installing $(PACKAGES) from Debian's packages"
	$(if $(filter 0,$(shell id -u)),,sudo) apt-get update -qq
	$(if $(filter 0,$(shell id -u)),,sudo) apt-get install -y -qq --no-install-recommends $(PACKAGES)

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache test-results
