# The usual verbs. They need Node 20 or newer and npm, and run what package.json says.
pnpm := npx --yes pnpm@12.21.0

.DEFAULT_GOAL := help
.PHONY: help setup start test build generate format lint types unit bench clean

help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/\1	\2/' | expand -t 12

setup: ## Install what is needed
	$(pnpm) install --frozen-lockfile

start: ## Run the gateway with the demo agents
	npm start

test: ## Run every check there is
	npm test

build: setup ## Build all packages
	$(pnpm) build

generate: setup ## Make everything that follows from proto/
	$(pnpm) build --filter=@smartcall/codegen^...
	$(pnpm) generate

format: setup ## Format and fix what can be fixed
	$(pnpm) format

lint: setup ## Look for what is wrong in the form
	$(pnpm) lint

types: setup ## Check the types
	$(pnpm) types

unit: setup ## Run the tests of all packages
	$(pnpm) unit

bench: setup ## Measure it next to its peers
	$(pnpm) bench

clean: ## Remove what was built
	rm -rf .turbo packages/*/dist apps/*/dist */*/reports */*/.turbo
