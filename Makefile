# Two commands from nothing: `make run`, `make test`. Needs make, git, Python >= 3.11, Node >= 18 (apt installs it when root).
.DEFAULT_GOAL := help
SHELL := bash
export PORT ?= 8000
export PYTHONUNBUFFERED := 1
export PYTHONDONTWRITEBYTECODE :=  # a machine may say otherwise; the tests start some hundred processes

.PHONY: help install install-test run test check bench soak lock

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install:  ## environment, front end, broker: nothing is done twice
	@scripts/system mosquitto=mosquitto node=nodejs npm=npm
	@scripts/environment run
	@scripts/frontend

install-test:
	@scripts/system mosquitto=mosquitto mosquitto_pub=mosquitto-clients node=nodejs npm=npm '?chromium=chromium' \
	  '?Rscript=r-base-core+r-cran-httr2+r-cran-jsonlite+r-cran-readr+r-cran-sf' \
	  '?java=default-jre-headless' '?ogrinfo=gdal-bin' '?nginx=nginx' '?varnishd=varnish'
	@scripts/environment test
	@scripts/beside attack || echo "anonymeter could not be installed: tests/attack/test_microdata_linkage.py will be skipped."
	@scripts/beside clients || echo "The catalogue's clients could not be installed: tests/contract/test_*_clients.py will be skipped."
	@scripts/beside ckan || echo "A CKAN could not be installed: tests/contract/test_push_onto_ckan.py will be skipped."
	@scripts/frontend

run: install  ## the demonstration territory: sources, harvest, charter, gates, catalogue, API, pages
	@exec .venv/bin/eclor run

test: install-test  ## every test, against real components
	@.venv/bin/pytest -n 2

check: install-test  ## format, lint, types, layers, dead code, repetition
	@scripts/check

bench: install-test  ## ratios to their yardstick, in one run
	@scripts/beside judge
	@.venv/bin/python -m benchmarks

lock:  ## resolve the dependencies anew, for Python 3.11 to 3.13 at once; review the difference
	@cd requirements && ../.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url test.in -o lock-test.txt
	@cd requirements && ../.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url -c lock-test.txt run.in -o lock.txt
	@cd requirements && ../.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url -c lock-test.txt spark.in -o lock-spark.txt
	@cd requirements && ../.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --override ckan-overrides.txt ckan.in -o lock-ckan.txt
	@cd requirements && for name in judge attack clients; do ../.venv/bin/uv pip compile -q --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url $$name.in -o lock-$$name.txt || exit 1; done

soak: install-test  ## what is too long for make test
	@.venv/bin/pytest -n 0 --run-soak -m soak
