# Outlet Safety Account: the two commands are `make run` and `make test`. Each installs what is missing first, and
# each may be run again at any time.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help

export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

DEMO ?= demo
TOOLS := $(CURDIR)/target/tools
TAURI_DRIVER_VERSION := 2.1.0
DENY_VERSION := 0.20.2
export TAURI_DRIVER := $(TOOLS)/bin/tauri-driver
BIN := target/debug

# One line that can be found again in a long output.
say = printf '\n==== %s\n' '$(1)'

.NOTPARALLEL:
.PHONY: help run test setup setup-core setup-run setup-test ui ui-check fmt fmt-check clippy rust-test types \
	journeys desktop deny bench soak screenshots clean

help:
	@echo "make run          install what is missing, build, open the window (headless: build the demo world)"
	@echo "make test         install what is missing, run every check and test"
	@echo "make bench        speed against the raw limits, in one run"
	@echo "make soak         the property tests and kill tests, many times over"
	@echo "make screenshots  pictures of the window and the pages, in test-results/screenshots"
	@echo "make types        write ui/src/generated from the Rust types"
	@echo "make fmt          format Rust"
	@echo "make clean        remove what was built"

# ---- run

run:
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then
		scripts/setup run
		$(MAKE) --no-print-directory ui
		$(call say,Desktop program)
		cargo build -p outlet-safety
		exec $(BIN)/outlet-safety
	else
		scripts/setup core
		$(call say,No display: building the demo world instead of opening the window)
		cargo build -p safetyctl
		scripts/demo $(BIN)/safetyctl "$(DEMO)"
	fi

# ---- test

test: setup-test fmt-check ui-check ui clippy rust-test journeys desktop deny
	@$(call say,All checks passed)

setup-test:
	@scripts/setup test

fmt-check:
	@$(call say,Rust format)
	cargo fmt --all --check

ui-check:
	@$(call say,UI: words)
	cd ui && node scripts/check-messages.mjs --core
	$(call say,UI: types)
	npm run --silent typecheck
	(cd ../tests/e2e && npm run --silent typecheck)
	$(call say,UI: lint)
	npm run --silent lint
	$(call say,UI: tests)
	npm run --silent test

ui:
	@$(call say,UI: build)
	cd ui && npm run --silent build

clippy: ui
	@$(call say,Rust lint)
	cargo clippy --workspace --all-targets -- -D warnings

# The generated TypeScript is compared with the Rust types by one of these tests.
rust-test: ui
	@$(call say,Rust tests)
	cargo test --workspace

journeys: ui
	@$(call say,Journeys in the browser on the test host)
	cargo build -p safety-testhost -p safetyctl
	cd tests/e2e && npm run --silent test

desktop: ui
	@$(call say,Journey in the desktop program)
	if [ ! -x "$(TAURI_DRIVER)" ]; then
		cargo install --quiet tauri-driver --version $(TAURI_DRIVER_VERSION) --locked --root "$(TOOLS)"
	fi
	cargo test -p outlet-safety --test desktop --no-run
	timeout 900 scripts/on-a-display cargo test -p outlet-safety --test desktop -- --ignored --nocapture --test-threads=1

# Licences, bans and sources only: advisories change from day to day without a change of ours.
deny:
	@$(call say,Licences and sources of what is used)
	if [ ! -x "$(TOOLS)/bin/cargo-deny" ]; then
		cargo install --quiet cargo-deny --version $(DENY_VERSION) --locked --no-default-features --root "$(TOOLS)"
	fi
	"$(TOOLS)/bin/cargo-deny" --all-features check licenses bans sources

# ---- the rest

types:
	@mkdir -p ui/src/generated
	UPDATE_TYPES=1 cargo test -p safety-api --test typescript

bench:
	@scripts/setup run
	$(MAKE) --no-print-directory ui
	$(call say,Bench)
	cargo build --release -p outlet-safety
	cargo build --release -p safety-bench
	if command -v xvfb-run >/dev/null; then
		scripts/on-a-display target/release/safety-bench
	else
		target/release/safety-bench
	fi

soak: export PROPTEST_CASES ?= 20000
soak:
	@scripts/setup core
	$(call say,Soak: $(PROPTEST_CASES) cases of every property)
	cargo test --workspace --exclude outlet-safety -- --include-ignored

screenshots: setup-test journeys desktop
	@ls -1 test-results/screenshots

fmt:
	cargo fmt --all

clean:
	cargo clean
	rm -rf ui/dist ui/node_modules tests/e2e/node_modules test-results
