# Two commands are enough: `make run` and `make test`. Needs python3 (3.11 or newer) and make, nothing else.
PYTHON ?= python3
PORT ?= 8000
export PORT

LAUNCH = @command -v $(PYTHON) >/dev/null 2>&1 \
	|| { echo "There is no $(PYTHON): install Python 3.11 or newer, or name it with make PYTHON=/path/to/python3." >&2; exit 1; }; \
	exec $(PYTHON) -m cms.launch

.PHONY: help run test lint format check messages bench pictures lock clean

help:
	@echo "make run       start Linli on http://127.0.0.1:$(PORT)/ with a demo district"
	@echo "make test      run the whole suite"
	@echo "make lint      ruff: rules and format        make format    let ruff put it right"
	@echo "make check     migrations, diagrams, translations and production settings"
	@echo "make messages  collect interface strings and compile the catalogue (needs gettext)"
	@echo "make bench     measure both engines beside a bare gunicorn (some minutes)"
	@echo "make pictures  take the pictures of docs/ and the guides anew (needs Chromium and a Chinese font)"
	@echo "make lock      pin requirements*.in with hashes"
	@echo "make clean     remove .venv and caches, never the data under var/"

run:
	$(LAUNCH) run

test:
	$(LAUNCH) test $(ARGS)

lint:
	$(LAUNCH) tool ruff check .
	$(LAUNCH) tool ruff format --check .

format:
	$(LAUNCH) tool ruff check --fix .
	$(LAUNCH) tool ruff format .

check:
	$(LAUNCH) check

messages:
	$(LAUNCH) messages

bench:
	$(LAUNCH) tool python -m benchmarks

pictures:
	$(LAUNCH) tool python -m tests.browser.pictures

lock:
	$(LAUNCH) tool uv pip compile -q --universal --no-header --generate-hashes requirements.in -o requirements.txt
	$(LAUNCH) tool uv pip compile -q --universal --no-header --generate-hashes requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis var/tests
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
