# Two commands need nothing but Python 3.11 to 3.13, make and a package registry: `make run` and `make test`.
PY := .venv/bin/python
EMBEDDED := env -u DATABASE_URL -u ELASTICSEARCH_URL -u REDIS_URL -u S3_BUCKET_PUBLIC -u S3_BUCKET_PRIVATE
PYTEST := RASTEH_ENV=test $(PY) -m pytest
WITH_SERVERS := $(PY) -m tests.services
NO_SKIPS := -p tests.services.no_skips
WITHOUT_BROWSER := not browser and not real_migration and not plain_migration
MIGRATION_TESTS = $(shell grep -rl --include='test_*.py' 'mark\.real_migration' tests)
TEMPLATES = $(shell find marketplace cms catalogue authenticity -name '*.html')
CATALOGUES = $(shell find marketplace/locale -name '*.po' 2>/dev/null)
GATHER := RASTEH_ENV=test RASTEH_VAR=$(CURDIR)/var/test $(PY) -m tests.messages
NPM_PARTS := $(foreach room,browser credentials_node,tests/$(room)/node_modules/.package-lock.json)

.DEFAULT_GOAL := help
.PHONY: help run test test-services test-browser test-migrations guide-pictures bench-verify bench-orders bench-search services clean-machine env-run env-dev \
	lint lint-style lint-types lint-floors lint-templates lint-messages lint-migrations lint-deploy messages format

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' Makefile

run: env-run ## Start the market with its demo on 127.0.0.1:8000 (PORT= changes it)
	@exec $(PY) manage.py run

test: env-dev ## The suite on the embedded database, search and storage
	$(EMBEDDED) $(PYTEST) -n 2 --nomigrations -q -m "not services and $(WITHOUT_BROWSER)"
	$(if $(MIGRATION_TESTS),$(EMBEDDED) $(PYTEST) -q -m "real_migration and not services" $(MIGRATION_TESTS))

test-services: env-dev ## The same on PostgreSQL, Elasticsearch and S3, started here or named by the environment
	$(WITH_SERVERS) -- $(MAKE) --no-print-directory suite-on-servers

.PHONY: suite-on-servers
suite-on-servers:
	$(PYTEST) $(NO_SKIPS) -n 2 --nomigrations -q -m "$(WITHOUT_BROWSER)"
	$(if $(MIGRATION_TESTS),$(PYTEST) $(NO_SKIPS) -q -m real_migration $(MIGRATION_TESTS))

test-browser: env-dev $(NPM_PARTS) ## Journeys, HTML and accessibility checks in Debian's Chromium, credentials in Node, papers in veraPDF
	# in this order: the pages' readers put things into the live site that no story may meet
	$(PYTEST) $(NO_SKIPS) -p no:randomly -q -m browser $(wildcard tests/journeys) tests/browser
	$(PYTEST) $(NO_SKIPS) --nomigrations -q -m browser tests/credentials_node tests/export/papers tests/shop/test_guides_verapdf.py

test-migrations: env-dev ## Every migration from nothing, on SQLite and on PostgreSQL
	$(EMBEDDED) $(PYTEST) -q -m plain_migration tests/core/test_swift_migrations.py
	var=$$(mktemp -d) && trap 'rm -rf "$$var"' EXIT && export RASTEH_VAR="$$var" \
	&& $(EMBEDDED) $(WITH_SERVERS) --only postgresql -- \
	  sh -c '$(PY) manage.py migrate --verbosity 0 && $(PY) manage.py migrate --check'

bench-verify: env-dev ## The label's page among a million labels, on a PostgreSQL that is started for it (minutes)
	$(WITH_SERVERS) --only postgresql -- $(PY) manage.py bench verify

bench-orders: env-dev ## Orders a second from prepared baskets, on a PostgreSQL that is started for it (minutes)
	$(WITH_SERVERS) --only postgresql -- $(PY) manage.py bench orders

guide-pictures: env-dev ## Take the pictures of the guides anew, of a demo that is started for it (minutes)
	RASTEH_ENV=test RASTEH_VAR=$(CURDIR)/var/test $(PY) manage.py shell -c "from tests.browser.guide_pictures import take; take()"

WORKS ?= 50000
bench-search: env-dev ## Finding among WORKS works, on a PostgreSQL and an Elasticsearch that are started for it (minutes)
	ES_JAVA_OPTS="-Xms2g -Xmx2g" $(WITH_SERVERS) --only postgresql,elasticsearch -- $(PY) manage.py bench search --works $(WORKS)

services: env-dev ## Start the three servers, print how to reach them, stop them at Ctrl-C
	@exec $(WITH_SERVERS)

clean-machine: ## make run and make test in a bare Debian (root, debootstrap); whenever a lock changes
	tests/clean_machine.sh

lint: lint-style lint-types lint-floors lint-templates lint-messages lint-migrations lint-deploy ## All static checks

lint-style: env-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

lint-types: env-dev
	$(PY) -m mypy

lint-floors: env-dev
	.venv/bin/lint-imports

lint-templates: env-dev
	$(if $(TEMPLATES),.venv/bin/djhtml --check $(TEMPLATES))

lint-messages: env-dev
	$(foreach po,$(CATALOGUES),msgfmt --check-format --output-file=/dev/null $(po) &&) true
	$(GATHER) --check

lint-migrations: env-dev
	RASTEH_ENV=test RASTEH_VAR=$(CURDIR)/var/test $(PY) manage.py makemigrations --check --dry-run

lint-deploy: env-dev
	RASTEH_ENV=production RASTEH_VAR=$(CURDIR)/var/lint SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	CREDENTIAL_KEY_SECRET=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	ALLOWED_HOSTS=rasteh.example SITE_URL=https://rasteh.example DATABASE_URL=postgres://rasteh@127.0.0.1/rasteh \
	PAYMENT_GATEWAY=zarinpal ZARINPAL_MERCHANT_ID=00000000-0000-0000-0000-000000000000 \
	$(PY) manage.py check --deploy --fail-level WARNING

messages: env-dev ## Gather what people read into the Persian and English catalogues (needs gettext)
	$(GATHER)

format: env-dev ## Let ruff and djhtml put the files in order
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(if $(TEMPLATES),.venv/bin/djhtml $(TEMPLATES))

env-run:
	@requirements/install.sh run

env-dev:
	@requirements/install.sh dev

$(NPM_PARTS): tests/%/node_modules/.package-lock.json: tests/%/package-lock.json
	npm ci --prefix tests/$* --ignore-scripts --no-audit --no-fund
	@touch $@
