# Haowai 號外: `make run` shows a paper, `make test` proves it, `make help` lists the rest.

.DEFAULT_GOAL := all
SHELL := /bin/bash -o pipefail
MAKEFLAGS += --no-builtin-rules
BUILD := build
CC := gcc
CLANG := clang
VERSION := $(shell sed -n 's/^\#\# \([0-9][0-9.]*\).*/\1/p' CHANGES.md 2>/dev/null | head -n 1)
PAPER ?= paper
SITE ?= 127.0.0.1:8080
DESK ?= 127.0.0.1:8081
FUZZ_SECONDS ?= 60

# --- flags -------------------------------------------------------------------
# fortification is for release builds; sanitizer builds bring their own checks
WARN := -Wall -Wextra -Werror -Wmissing-prototypes -Wstrict-prototypes -Wshadow -Wvla -Wformat=2 -Wundef \
        -Wpointer-arith -Wwrite-strings -Wold-style-definition -Wno-missing-field-initializers
HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE
ifeq ($(shell uname -m),x86_64)
HARDEN += -fcf-protection=full
endif
PACKAGES := sqlite3 libpq openssl libnghttp2 zlib libisal libzstd jansson gumbo expat libseccomp libsodium libcurl icu-uc
CPPFLAGS := -D_GNU_SOURCE -I. -Isrc -I$(BUILD)/gen $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null) \
            -DHAOWAI_VERSION='"$(or $(VERSION),0.0.0)"'
CFLAGS := -std=gnu11 -O2 -g -fno-strict-aliasing -fno-omit-frame-pointer $(WARN)
LDFLAGS := -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed
LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcmark-gfm -lcmark-gfm-extensions -lpthread -lm
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined

# --- what is built from what ---------------------------------------------------
SOURCES := $(shell find lib src -name '*.c' ! -name '*_test.c' ! -name '*_fuzz.c' 2>/dev/null)
TESTS := $(shell find lib src -name '*_test.c' 2>/dev/null)
FUZZERS := $(shell find lib src -name '*_fuzz.c' 2>/dev/null)
THEME := $(shell find themes -type f 2>/dev/null)
SCHEMA := $(shell find schema -type f 2>/dev/null)
DEMO := $(shell find demo -type f 2>/dev/null)
GENERATED := theme_files schema_files demo_files phrase_model

# object files of one variant: release, asan, fuzz
objects = $(patsubst %.c,$(BUILD)/$(1)/%.o,$(SOURCES)) $(patsubst %,$(BUILD)/$(1)/gen/%.o,$(GENERATED))
objects_but_main = $(filter-out %/src/main.o,$(call objects,$(1)))
UNIT_TESTS := $(patsubst %.c,$(BUILD)/unit/%,$(TESTS))
ASAN_TESTS := $(patsubst %.c,$(BUILD)/asan-unit/%,$(TESTS))
FUZZ_BINARIES := $(patsubst %.c,$(BUILD)/fuzzers/%,$(FUZZERS))

.PHONY: all
all: $(BUILD)/haowai ## build build/haowai

.PHONY: setup
setup: ## install what building needs (apt, npm)
	@tools/setup.sh build
.PHONY: setup-test
setup-test: ## install what the tests need, too
	@tools/setup.sh test

$(BUILD)/haowai: $(call objects,release)
	@echo "  link  $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/haowai-asan: $(call objects,asan)
	@echo "  link  $@"
	@$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(LIBS)

# all object files but main's, for programs that test them
$(BUILD)/%/library.a: FORCE_NOTHING
	@rm -f $@ && ar rcs $@ $(filter %.o,$^)
$(BUILD)/release/library.a: $(call objects_but_main,release)
$(BUILD)/asan/library.a: $(call objects_but_main,asan)
$(BUILD)/fuzz/library.a: $(call objects_but_main,fuzz)
.PHONY: FORCE_NOTHING
FORCE_NOTHING: ;

$(BUILD)/release/%.o: %.c
	@mkdir -p $(@D) && echo "  cc    $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(HARDEN) -MMD -MP -c -o $@ $<
$(BUILD)/asan/%.o: %.c
	@mkdir -p $(@D) && echo "  asan  $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -O1 $(SANITIZE) -fPIE -MMD -MP -c -o $@ $<
$(BUILD)/fuzz/%.o: %.c
	@mkdir -p $(@D) && echo "  fuzz  $<"
	@$(CLANG) $(CPPFLAGS) $(CFLAGS) -Wno-error $(SANITIZE) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<
$(BUILD)/release/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) $(HARDEN) -c -o $@ $<
$(BUILD)/asan/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -fPIE -c -o $@ $<
$(BUILD)/fuzz/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D) && $(CLANG) $(CPPFLAGS) $(CFLAGS) -Wno-error -c -o $@ $<

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# --- generated files (CONTRIBUTING.md has the table) -------------------------------
$(BUILD)/gen/theme_files.c: tools/embed.sh $(THEME)
	@mkdir -p $(@D) && tools/embed.sh theme themes/default >$@.new && mv $@.new $@
$(BUILD)/gen/schema_files.c: tools/embed.sh $(SCHEMA)
	@mkdir -p $(@D) && tools/embed.sh schema schema >$@.new && mv $@.new $@
$(BUILD)/gen/demo_files.c: tools/embed.sh $(DEMO) $(BUILD)/demo/pictures.json
	@mkdir -p $(@D) && tools/embed.sh demo demo/content $(BUILD)/demo >$@.new && mv $@.new $@
$(BUILD)/gen/phrase_model.c: tools/make_phrase_model.mjs package-lock.json
	@mkdir -p $(@D) && node tools/make_phrase_model.mjs $@
$(BUILD)/demo/pictures.json: $(wildcard demo/draw/*.mjs demo/content/videos.json demo/build.sh)
	@echo "  draw  the demo paper's pictures" && demo/build.sh $(BUILD)/demo

# --- running -----------------------------------------------------------------------
.PHONY: run
run: setup ## build, make a demo paper in ./paper on first use, and serve it
	@$(MAKE) --no-print-directory $(BUILD)/haowai
	@[ -e $(PAPER)/haowai.conf ] || $(BUILD)/haowai init $(PAPER) --demo
	@exec $(BUILD)/haowai run $(PAPER) --site $(SITE) --desk $(DESK)

# --- proving -----------------------------------------------------------------------
# what unit tests share: an archive, so that each takes only what it uses
UNIT_HELPERS := unit_paper unit_pages unit_small unit_xml unit_wire unit_client unit_h2
$(BUILD)/%/units.a: FORCE_NOTHING
	@rm -f $@ && ar rcs $@ $(filter %.o,$^)
$(BUILD)/release/units.a: $(patsubst %,$(BUILD)/release/tests/%.o,$(UNIT_HELPERS))
$(BUILD)/asan/units.a: $(patsubst %,$(BUILD)/asan/tests/%.o,$(UNIT_HELPERS))
$(BUILD)/unit/%: %.c $(BUILD)/release/units.a $(BUILD)/release/library.a
	@mkdir -p $(@D) && echo "  test  $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -fPIE -MMD -MP -o $@ $< $(filter %.o %.a,$^) -lcmocka $(LIBS)
$(BUILD)/asan-unit/%: %.c $(BUILD)/asan/units.a $(BUILD)/asan/library.a
	@mkdir -p $(@D) && echo "  test  $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -O1 $(SANITIZE) -MMD -MP -o $@ $< $(filter %.o %.a,$^) -lcmocka $(LIBS)
$(BUILD)/fuzzers/%: $(BUILD)/fuzz/%.o $(BUILD)/fuzz/library.a
	@mkdir -p $(@D) && echo "  link  $@"
	@$(CLANG) $(SANITIZE) -fsanitize=fuzzer -o $@ $^ $(LIBS)

.PHONY: test
test: setup-test ## every test; the last line is "N passed, N failed"
	@tests/all.sh

.PHONY: unit-programs asan-programs
unit-programs: $(UNIT_TESTS)
asan-programs: $(ASAN_TESTS)

$(BUILD)/kill_nth.so: tests/kill_nth.c
	@mkdir -p $(@D) && $(CC) -shared -fPIC -O1 -Wall -Wextra -Werror -D_GNU_SOURCE -o $@ $< -ldl
$(BUILD)/oracle: tests/oracle.c $(BUILD)/release/library.a
	@echo "  link  $@"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -fPIE -MMD -MP -o $@ $< $(call objects_but_main,release) $(LIBS)

$(BUILD)/sqlcheck: tools/sqlcheck.c $(BUILD)/release/library.a
	@echo "  link  $@"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -fPIE -MMD -MP -o $@ $< $(call objects_but_main,release) $(LIBS)

.PHONY: sqlcheck
sqlcheck: $(BUILD)/sqlcheck ## every SQL statement, prepared on both engines
	@tools/sqlcheck.sh $(BUILD)/sqlcheck

.PHONY: unit
unit: $(UNIT_TESTS) ## unit tests on SQLite; HAOWAI_TEST_PGSQL=postgresql://... for PostgreSQL
	@tests/units.sh $(UNIT_TESTS)

.PHONY: asan
asan: $(BUILD)/haowai-asan $(ASAN_TESTS) ## unit tests under AddressSanitizer and UBSan
	@tests/units.sh $(ASAN_TESTS)

.PHONY: fuzz
fuzz: $(FUZZ_BINARIES) ## every parser with hostile input, FUZZ_SECONDS (60) each
	@tests/fuzz.sh $(FUZZ_SECONDS) $(FUZZ_BINARIES)

.PHONY: oracle
oracle: all $(BUILD)/oracle ## random operations, every page compared with one made afresh: ORACLE_OPERATIONS (20000)
	@$(BUILD)/oracle sqlite $(or $(ORACLE_OPERATIONS),20000)

.PHONY: sweep
sweep: all $(BUILD)/kill_nth.so ## kill -9 at every write of each flow
	@tests/sweep.py sqlite

.PHONY: bench
bench: setup-test all ## figures against nginx beside us (minutes); BENCH="hot random ..." for some
	@tests/bench.py $(BENCH)

.PHONY: lint
lint: ## the rules of CONTRIBUTING.md that a program can check
	@tools/lint.sh

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | awk -F '\t' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: clean
clean: ## remove build/
	@rm -rf $(BUILD)
