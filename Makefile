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

# --- flags -------------------------------------------------------------------
# frame-address checks and fortification are for release builds; sanitizer builds bring their own
WARN := -Wall -Wextra -Werror -Wmissing-prototypes -Wstrict-prototypes -Wshadow -Wvla -Wformat=2 -Wundef \
        -Wpointer-arith -Wwrite-strings -Wold-style-definition -Wno-missing-field-initializers
HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE
ifeq ($(shell uname -m),x86_64)
HARDEN += -fcf-protection=full
endif
PACKAGES := sqlite3 libpq openssl libnghttp2 zlib libzstd jansson gumbo expat libseccomp libsodium libcurl \
            icu-uc
CPPFLAGS := -D_GNU_SOURCE -I. -Isrc -I$(BUILD)/gen $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null) \
            -DHAOWAI_VERSION='"$(or $(VERSION),0.0.0)"'
CFLAGS := -std=gnu11 -O2 -g -fno-strict-aliasing -fno-omit-frame-pointer $(WARN)
LDFLAGS := -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed
LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcmark-gfm -lcmark-gfm-extensions -lpthread -lm

# --- what is built from what ---------------------------------------------------
SOURCES := $(shell find lib src -name '*.c' ! -name '*_test.c' ! -name '*_fuzz.c' 2>/dev/null)
TESTS := $(shell find lib src -name '*_test.c' 2>/dev/null)
FUZZERS := $(shell find lib src -name '*_fuzz.c' 2>/dev/null)
THEME := $(shell find themes schema -type f 2>/dev/null)
DEMO := $(shell find demo -type f 2>/dev/null)
GENERATED_C := $(BUILD)/gen/theme_files.c $(BUILD)/gen/demo_files.c $(BUILD)/gen/phrase_model.c

# objects of one variant: release, asan, fuzz
objects = $(patsubst %.c,$(BUILD)/$(1)/%.o,$(SOURCES)) $(patsubst $(BUILD)/gen/%.c,$(BUILD)/$(1)/gen/%.o,$(GENERATED_C))
OBJECTS := $(call objects,release)
LIBRARY := $(filter-out %/src/main.o,$(OBJECTS))
UNIT_TESTS := $(patsubst %.c,$(BUILD)/unit/%,$(TESTS))
FUZZ_BINARIES := $(patsubst %.c,$(BUILD)/fuzz/%,$(FUZZERS))

.PHONY: all
all: $(BUILD)/haowai ## build build/haowai

$(BUILD)/haowai: $(OBJECTS)
	@echo "  link  $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(OBJECTS) $(LIBS)

$(BUILD)/release/%.o: %.c | setup-build $(GENERATED_C)
	@mkdir -p $(dir $@)
	@echo "  cc    $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(HARDEN) -MMD -MP -c -o $@ $<

$(BUILD)/release/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(dir $@)
	@$(CC) $(CPPFLAGS) $(CFLAGS) -fPIE -c -o $@ $<

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
