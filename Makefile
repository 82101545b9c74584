# What the README tells to run. `make help` lists it; the longer parts are in scripts/.

# One locale for all tools: ccache tells results by it, and Python would set its own.
export LC_ALL := C.UTF-8
SOURCES := $(shell find CMakeLists.txt cmake engine rules plugin/c bindings/python -not -path '*/__pycache__*')

demo: install ## put a demonstration shop into a store, price its orders and explain a price
	.venv/bin/rabatt demo

test: set-up-test install ## every test on every face; the last line counts them
	.venv/bin/python scripts/check.py

install: release .venv/installed ## the Python package, into .venv

release: build/release/build.ninja ## the libraries, into build/release
	@cmake --build --preset release --target rabatt_c

coverage: set-up-test install ## branches and MC/DC of the arithmetic: fails below 100 % of the branches
	.venv/bin/python scripts/coverage.py

bench: set-up-bench install ## times beside the peers, each after a check of its answer: three quarters of an hour
	cmake --preset release -DRABATT_BENCH=ON
	cmake --build --preset release
	.venv/bin/python bench/run.py build/release

soak: set-up-test install ## the long form of the tests
	cmake --build --preset release
	ctest --preset soak
	cmake --preset tsan
	cmake --build --preset tsan
	ctest --preset tsan
	cmake --preset fuzz
	cmake --build --preset fuzz
	ctest --preset fuzz
	.venv/bin/python -m pytest -m soak

lint: set-up-test ## clang-tidy: some minutes
	cmake --preset asan
	run-clang-tidy-19 -quiet -p build/asan '/(engine|rules|plugin/c)/src/(?!boost_json)'

clean: ## remove all that these commands have made
	rm -rf build .venv rabatt-demo.db

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

set-up-build set-up-test set-up-bench:
	@scripts/setup.sh $(@:set-up-%=%)

build/release/build.ninja: CMakePresets.json | set-up-build
	cmake --preset release

# The same compiler as above, so that ccache has the libraries already.
.venv/installed: $(SOURCES) pyproject.toml | set-up-build
	CC="$${CC:-cc}" CXX="$${CXX:-c++}" .venv/bin/python -m pip install -q --no-build-isolation \
	  --config-settings=build-dir=build/python .
	@touch $@

.PHONY: demo test install release coverage bench soak lint clean help set-up-build set-up-test set-up-bench
.NOTPARALLEL:
