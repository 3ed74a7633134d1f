# wara: `make demo` runs the main job on real files, `make test` passes all tests, `make check` is
# the quick tier. Each makes its own environment in .venv and is quick the second time.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c .ci/constraints.txt
# The files of tests go to a process for each core, and each process computes on one: the waiting
# threads of BLAS took a third of the time of training. WORKERS=0 runs them one after the other.
WORKERS ?= logical
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses=$(WORKERS) --maxprocesses=8 --dist=loadfile

.PHONY: demo test check coverage lint bench sbom clean

demo: $(VENV)/.installed
	$(BIN)/wara classify corpora/samples -o results.xlsx

test: lint
	$(PYTEST)

check: lint
	$(PYTEST) -m "not slow"

coverage: $(VENV)/.test-installed
	$(PYTEST) -m "not slow" --cov --cov-report=term

lint: $(VENV)/.test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.test-installed
	$(BIN)/python -m benchmarks

# The source archive, the wheel, and the bill of materials of what an empty environment gets with it.
sbom: $(VENV)/.test-installed
	rm -rf build dist
	$(BIN)/python -m build
	$(PYTHON) -m venv --without-pip build/sbom
	$(BIN)/python -m pip --python build/sbom/bin/python install --quiet -c .ci/constraints.txt \
	  "$$(echo dist/*.whl)[cluster,ocr,postgres,web]"
	$(BIN)/python .ci/sbom.py build/sbom/bin/python dist

clean:
	rm -rf $(VENV) build dist results.xlsx *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "wara ต้องใช้ Python 3.11 ขึ้นไป: make PYTHON=/path/to/python3.11 (Python 3.11 or newer is needed)"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "installing python3-venv"; apt-get install -y -q python3-venv; } \
	  || { echo "ติดตั้ง python3-venv ก่อน: sudo apt-get install python3-venv (the venv module is missing)"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml .ci/constraints.txt | $(BIN)/python
	@echo "กำลังติดตั้งแพ็กเกจลงใน $(VENV) ใช้เวลาราวหนึ่งนาที · installing packages, about a minute"
	$(PIP) -e '.[web]'
	@$(BIN)/python -m compileall -q pipeline classifiers corpora  # the readers' processes write nothing
	@touch $@

$(VENV)/.test-installed: pyproject.toml .ci/constraints.txt | $(VENV)/.installed
	$(PIP) -e '.[test]'
	@touch $@
