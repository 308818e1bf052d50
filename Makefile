.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help install demo serve test check gate format bench clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/.installed ## Make the environment in .venv

.venv/.installed: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pullquote needs Python 3.11 or later: make PYTHON=/path/to/python3.11 install")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv (some minutes the first time) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: install ## Index the samples, start the service, ask it a question (ONCE=1: stop then)
	@$(BIN)/pullquote demo $(if $(ONCE),--once)

serve: install ## Start the service on the index in .pullquote
	@$(BIN)/pullquote serve

test: install ## Run all tests, in two processes
	@$(BIN)/python -m pytest -q --numprocesses 2 --dist loadfile

check: install ## Format, lint and strict types, as CI does
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

gate: install ## Fail when an answer got worse: floors under our own questions
	@$(BIN)/pullquote eval gate eval/floors.toml

format: install ## Format the code and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: install ## Measure speed as ratios, in one run
	@$(BIN)/python -m eval.bench

clean: ## Remove the environment and all caches
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
