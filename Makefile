# Everything a machine with Python 3.11 or newer and make needs: `make run`, `make test`.
# uv is put into .tools/, everything else into .venv/, in the versions of uv.lock.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .tools/bin/uv
BIN := .venv/bin

# Licences looked at by hand: text-unidecode may be used under the Artistic License; axe-playwright-python is
# MIT by the text it brings along, and serves tests only.
REVIEWED := text-unidecode axe-playwright-python

# What the shell happens to have must not change what is built or run here.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE UV_PROJECT_ENVIRONMENT
$(foreach name,$(filter PREFECT_%,$(.VARIABLES)),$(eval unexport $(name)))
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1

.DEFAULT_GOAL := help
.PHONY: help run test coverage campaigns audit bench bench-check lint fmt dictionary fonts catalogue setup clean

help:  ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

run: .venv/.runs  ## the demonstration: simulated returns in, the countdown to zero out, in demo/
	$(BIN)/scheme21 demo

test: setup lint  ## every check: style, types, tests
	$(BIN)/pytest --numprocesses 2 --dist loadfile

coverage: setup  ## the tests again, with the lines and branches that none of them reaches; half as long again
	$(BIN)/pytest --cov --numprocesses 2 --dist loadfile

campaigns: setup  ## long tests, mutated workbooks, killed cycles, hostile files, many machines, detection; docs/ has figures
	$(BIN)/pytest -m long --numprocesses 2 --dist loadfile
	$(BIN)/python -m tests.campaigns.mutation --number 2000 --seed 21
	$(BIN)/python -m tests.campaigns.crash --kills 200 --seed 21
	$(BIN)/python -m tests.campaigns.detection
	$(BIN)/python -m tests.campaigns.hostile_reading
	$(BIN)/python -m tests.campaigns.tampering
	$(BIN)/python -m tests.campaigns.beyond

audit: setup  ## known advisories of all that uv.lock names, and licences; says so when nobody can be asked
	UV_PROJECT_ENVIRONMENT=.tools/audit $(UV) sync --frozen --quiet --only-group audit --python .tools/bin/python
	$(BIN)/python -m tests.campaigns.audit --uv $(UV) --pip-audit .tools/audit/bin/pip-audit
	.tools/audit/bin/pip-licenses --python $(BIN)/python --summary --order license \
	  --partial-match --fail-on "GPL;GNU;UNKNOWN" --ignore-packages $(REVIEWED)

bench: .bench/.complete  ## half an hour on a quiet machine, into docs/performance.md; BENCH="--full growth" for more
	.bench/venv/bin/python -m tests.bench $(BENCH)

bench-check: .bench/.complete  ## two commits side by side: make bench-check OLD=main NEW=HEAD
	.bench/venv/bin/python -m tests.bench.compare $(OLD) $(NEW) --uv $(abspath $(UV))

lint: setup  ## style and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fmt: setup  ## format the code, mend what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

dictionary: setup  ## write docs/dictionary.md anew from the tables' contracts
	$(BIN)/python -m tasks.dictionary

fonts: setup  ## cut the page's font anew, when its letters or its release change
	$(BIN)/python -m bulletin.cut_fonts

catalogue: setup  ## gather the bulletin's sentences for their translation
	$(BIN)/pybabel -q extract -F bulletin/babel.cfg --no-location --sort-output -o .bulletin.pot bulletin
	$(BIN)/pybabel -q update -i .bulletin.pot -D bulletin -d bulletin/locale -l en --no-fuzzy-matching --ignore-pot-creation-date -w 100
	@rm .bulletin.pot

setup: .venv/.complete  ## uv, the environment, the commit hooks' programs

.venv/.complete: pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --quiet --python .tools/bin/python
	@touch $@

# Of what tests and linters need nothing is installed for a run, nor taken away.
.venv/.runs: pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --inexact --no-dev --quiet --python .tools/bin/python
	@touch $@

.bench/.complete: pyproject.toml uv.lock | $(UV)
	UV_PROJECT_ENVIRONMENT=.bench/venv $(UV) sync --frozen --quiet --no-default-groups --group bench --python .tools/bin/python
	@touch $@

$(UV):
	$(PYTHON) -m venv .tools
	@echo '*' > .tools/.gitignore
	.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

clean:  ## remove what was made here, the environment and the demonstration included
	rm -rf .venv .tools .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage demo
