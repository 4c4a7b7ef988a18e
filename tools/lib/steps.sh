# shellcheck shell=bash disable=SC2154,SC2046
# Sourced by tools/test: the steps, in the order they are taken, each with its budget in seconds on two cores from a clean clone.
# `quick`, `long` and `parts` come from the command line.

CHECKS=testsuite/checks

unit_parts() {
    local file
    for file in testsuite/unit/*/*_test.cpp; do
        [ -e "$file" ] && basename "$(dirname "$file")"
    done | sort -u
}
all_parts() { unit_parts && printf '%s\n' integration faults conformance servers checks install example tpch fuzz; }
known_part() { all_parts | grep -x -- "$1" >/dev/null; }

# Whether this run is about a part: about all, where none is named.
wanted() {
    local part
    [ ${#parts[@]} -eq 0 ] && return 0
    for part in "${parts[@]}"; do [ "$part" = "$1" ] && return 0; done
    return 1
}

# unit_programs [part…]: the unit test programs of this run, all or only those of some parts.
unit_programs() {
    local part
    for part in $(unit_parts); do
        [ $# -gt 0 ] && [[ " $* " != *" $part "* ]] && continue
        wanted "$part" && say "azoth_${part}_tests"
    done
}

# The integration tests of this run: each server has a program of its own.
integration_programs() { wanted integration && printf 'azoth_%s_tests\n' integration allocation compile property postgresql mysql; }

test_programs() { unit_programs && integration_programs; }

# run_tests PRESET PROGRAM…
run_tests() {
    local preset=$1
    shift
    python3 $CHECKS/catch.py --prefix "$preset/" "${@/#/build/$preset/bin/}"
}

# build_tests PRESET PROGRAM…: configures, and builds the test programs and the dialects they load.
build_tests() {
    local preset=$1
    shift
    configure "$preset" -DAZOTH_BUILD_TESTS=ON -DAZOTH_BUILD_BENCHMARKS=OFF && build "$preset" azoth_dialects "$@"
}

server_steps() {
    if wanted servers && [ "$quick" = no ]; then
        step "the test servers themselves" 120 python3 $CHECKS/servers.py
    fi
    if wanted integration || wanted faults || wanted conformance || wanted example || wanted tpch || wanted command; then
        step "test servers" 30 start_servers
        name_servers
    fi
}

release_steps() {
    if [ ${#parts[@]} -eq 0 ] && [ "$quick" = no ]; then
        step "release build" 480 build_release
    else
        step "release build" 480 build_release_part
    fi
    if [ -n "$(test_programs)" ]; then
        step "unit and integration tests" 150 run_tests release $(test_programs)
    fi
    if wanted example; then
        step "the example" 60 python3 $CHECKS/example.py
    fi
    if wanted tpch && [ "$quick" = yes ]; then
        step "TPC-H on SQLite" 60 env AZOTH_TEST_URLS= python3 $CHECKS/tpch.py
    elif wanted tpch; then
        step "TPC-H" 90 python3 $CHECKS/tpch.py
    fi
    if wanted command && [ "$quick" = yes ]; then
        step "the azoth command on SQLite" 60 env AZOTH_TEST_URLS= python3 $CHECKS/command.py
    elif wanted command; then
        step "the azoth command" 300 python3 $CHECKS/command.py
    fi
    if wanted conformance && [ "$quick" = yes ]; then
        step "conformance on SQLite" 60 env AZOTH_TEST_URLS= python3 $CHECKS/conformance.py
    elif wanted conformance; then
        step "conformance" 240 python3 $CHECKS/conformance.py
        step "planted defects" 120 python3 $CHECKS/planted.py
    fi
    if wanted faults && [ "$quick" = no ]; then
        step "faults" 240 run_faults
    fi
}

# The only tests that stop the servers: so nothing else runs meanwhile.
run_faults() { python3 $CHECKS/catch.py --prefix "release/" build/release/bin/azoth_fault_tests; }

build_release() { configure release -DAZOTH_BUILD_TESTS=ON -DAZOTH_BUILD_BENCHMARKS=ON -DAZOTH_BENCHMARK_PEERS=OFF && build release all azoth_instruction_work; }

build_release_part() {
    local programs
    mapfile -t programs < <(test_programs)
    { wanted example || wanted tpch || wanted install || wanted command; } && programs+=(azoth_programs)
    { wanted conformance || wanted install; } && programs+=(azoth-conformance)
    wanted conformance && programs+=(azoth_faulty_dialect azoth_conformance_rogue)
    wanted faults && programs+=(azoth_fault_tests)
    wanted checks && [ "$quick" = no ] && programs+=(azoth_instruction_work)
    configure release -DAZOTH_BUILD_TESTS=ON -DAZOTH_BUILD_BENCHMARKS=ON -DAZOTH_BENCHMARK_PEERS=OFF && build release azoth azoth_dialects "${programs[@]}"
}

check_steps() {
    wanted checks || return
    step "house rules" 10 python3 $CHECKS/house.py
    step "layers" 30 python3 $CHECKS/layers.py --build build/release
    step "symbols" 20 python3 $CHECKS/symbols.py --build build/release
    step "format" 20 python3 $CHECKS/style.py format
    [ "$quick" = no ] && step "headers alone" 90 python3 $CHECKS/headers.py
    step "documented snippets" 90 python3 $CHECKS/snippets.py
    [ "$quick" = no ] && step "instruction counts" 90 python3 $CHECKS/instructions.py --build build/release
    step "programs that must not compile" 150 python3 $CHECKS/must_fail.py
    if [ "$long" = yes ]; then
        step "clang-tidy, every file" 1800 python3 $CHECKS/style.py tidy --all
    elif [ "$quick" = no ]; then
        step "clang-tidy, changed files" 120 python3 $CHECKS/style.py tidy
    fi
}

sanitizer_steps() {
    export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:detect_odr_violation=1
    export UBSAN_OPTIONS=print_stacktrace=1
    export TSAN_OPTIONS=halt_on_error=0:second_deadlock_stack=1
    if [ -n "$(test_programs)" ]; then
        step "asan build" 300 build_tests asan $(unit_programs)
    fi
    if [ -n "$(unit_programs)" ]; then
        step "asan unit tests" 60 run_tests asan $(unit_programs)
    fi
    if wanted conformance; then
        step "asan conformance on SQLite" 60 python3 $CHECKS/conformance.py --asan
    fi
    if [ -n "$(unit_programs pool engine)" ]; then
        step "tsan build" 120 build_tests tsan $(unit_programs pool engine)
        step "tsan tests" 60 run_tests tsan $(unit_programs pool engine)
    fi
}

install_steps() {
    wanted install || return
    step "install" 90 python3 $CHECKS/install.py --build build/release
    step "packages" 120 python3 $CHECKS/packages.py --build build/release
    step "azoth new-dialect" 120 python3 $CHECKS/new_dialect.py --build build/release
    step "a third party's dialect" 150 python3 $CHECKS/firebird.py --build build/release
}

long_steps() {
    # Before AZOTH_LONG: properties are tried on as much as a sanitizer's slowness allows.
    # What is behind libazoth is watched in the release build's own programs: they need not be compiled again.
    if wanted integration; then
        step "asan integration tests" 600 env AZOTH_TREES=2000 AZOTH_STEPS=1000 AZOTH_SCHEMAS=5 python3 $CHECKS/catch.py --asan --prefix asan/ $(integration_programs | sed 's,^,build/release/bin/,')
    fi
    if [ ${#parts[@]} -eq 0 ]; then
        step "benchmarks' programs" 300 build release azoth_benchmark_programs
    fi
    export AZOTH_LONG=1
    if [ -n "$(test_programs)" ]; then
        step "long property tests" 900 run_tests release $(test_programs)
        step "clang build" 600 build_tests clang $(test_programs)
        step "clang tests" 900 run_tests clang $(test_programs)
    fi
    if wanted checks; then
        step "must not compile, clang" 60 python3 $CHECKS/must_fail.py --compiler clang++
    fi
    if wanted fuzz && compgen -G 'testsuite/fuzz/*_fuzz.cpp' >/dev/null; then
        step "fuzzer build" 300 build_fuzzers
        step "fuzzers" 900 python3 $CHECKS/fuzz.py --build build/fuzz
    fi
}

build_fuzzers() { configure fuzz && build fuzz azoth_fuzzers; }
