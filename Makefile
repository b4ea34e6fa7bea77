# The one door: every target says in a line what it does. `make` alone lists them.
SHELL := /bin/bash
CARGO := $(HOME)/.cargo/bin/cargo
ifeq ($(wildcard $(CARGO)),)
CARGO := cargo
endif
ifdef CI
export CARGO_TARGET_DIR ?= $(HOME)/.cache/kaizend/target
endif
TARGET := $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)
KAIZEND := $(TARGET)/debug/kaizend
# Beside the program, where it looks by itself.
PLUGINS := $(TARGET)/debug/plugins

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

.PHONY: setup
setup: ## install what a new machine lacks (Debian packages, the wasm target)
	@.ci/setup

.PHONY: build
build: setup ## build the daemon and the shipped plugins
	$(CARGO) build --locked --workspace --all-targets
	@$(KAIZEND) plugin build plugins/* --out $(PLUGINS)

.PHONY: demo
demo: build ## three weeks of a car service in virtual time: findings, mails, where to look
	@$(KAIZEND) demo --dir $(TARGET)/demo

.PHONY: mails
mails: build ## every kind of mail in every language through the gates of tests/mails, with pictures
	@.ci/mails

.PHONY: test
test: build ## every test, the outside view included
	$(CARGO) test --locked --workspace

.PHONY: lint
lint: setup ## formatting, clippy, licences and sources of dependencies
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	$(TARGET)/ci-tools/bin/cargo-deny check bans licenses sources

.PHONY: advisories
advisories: setup ## known vulnerabilities of dependencies (needs the advisory database)
	$(TARGET)/ci-tools/bin/cargo-deny check advisories

.PHONY: bench
bench: build ## rows and mails a second against bare loops, memory, cost of an empty run
	@.ci/bench

.PHONY: mutants
mutants: ## plant a mistake in each policy file and see the core's tests catch it (half an hour; not in CI)
	@.ci/mutants
