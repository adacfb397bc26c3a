# The two commands: `make demo` and `make test`. Each does all its own set-up and can be run again at any time.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
CLUSTER_PORT ?= 9200

VENV := .venv
BIN := $(VENV)/bin

# uv needs a fraction of pip's time. Where it cannot reach the index that pip was set up for, pip takes its place.
EXACTLY := --quiet --disable-pip-version-check --no-compile --require-hashes -r
take = $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) \
	|| $(BIN)/python -m pip install $(EXACTLY) $(1)

compile = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --quiet requirements/$(1).in -o requirements/$(1).txt

# Images of containers set it. Each of the many processes would compile all of Wagtail and of the hub anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test install install-dev lint types lock vendor films search-cluster restore-drill reset help

help: ## Say what each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /: /' | sort

demo: install ## Set up the demonstration and serve it (HOST=… PORT=…)
	@$(BIN)/python -m demo --host $(HOST) --port $(PORT)

test: install-dev ## Run every test, with the stories in a real browser
	@$(BIN)/python tests/browser/install_chromium.py
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not browser and not nightly"
	$(BIN)/python -m pytest -m "browser and not nightly"

install: $(VENV)/installed-base ## Make .venv with the hashed requirements

install-dev: $(VENV)/installed-dev

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; try: make PYTHON=python3.12 …"; exit 1; }
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(BIN)/uv: $(BIN)/python requirements/uv.txt
	@$(BIN)/python -m pip install $(EXACTLY) requirements/uv.txt
	@touch $@

$(VENV)/installed-base: $(BIN)/uv requirements/base.txt
	@echo "Installing the requirements (once; a minute or two) …"
	@$(call take,requirements/base.txt)
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed-base requirements/dev.txt
	@echo "Installing what the tests need (once) …"
	@$(call take,requirements/dev.txt)
	@touch $@

lint: install-dev ## ruff and djlint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet .

types: install-dev ## mypy
	$(BIN)/mypy .

# One resolution of all parts together, from which each part takes its versions: what is tested is what is served.
lock: install-dev ## Renew the hashed requirements
	@$(call compile,dev)
	@for part in uv base models postgres redis s3 cluster; do $(call compile,$$part) -c requirements/dev.txt || exit 1; done

vendor: ## Renew the vendored front-end parts from the npm registry
	$(PYTHON) requirements/vendor.py

films: install-dev ## Make the demonstration's films again (needs Debian's flite)
	$(BIN)/python demo/films/make_films.py

search-cluster: ## Run an Elasticsearch node on this machine alone until Ctrl-C (CLUSTER_PORT=…)
	@bash .ci/search_cluster/serve $(CLUSTER_PORT)

restore-drill: install-dev ## Wipe a hub, restore it from its backup, and compare every row and file
	@$(BIN)/python -m bench.restore_drill

reset: ## Forget the demonstration's data, keep the installation
	rm -rf var
