# shellcheck shell=bash
# Sourced by tools/bench: growth curves, and their plots.

# run_plots [--quick]
run_plots() {
    say "== packages"
    install_packages build test plots || return 1
    say "" "== build (build/release)"
    configure release -DAZOTH_BUILD_BENCHMARKS=ON -DAZOTH_BENCHMARK_PEERS=OFF || return 1
    build release azoth_growth azoth_dialects || return 1
    say "" "== growth: medians of interleaved rounds, and their quartiles"
    mkdir -p build/bench
    build/release/bin/azoth_growth "$@" build/bench/growth.json || return 1
    say "" "== plots"
    # Debian's own Python is the one that has Debian's packages.
    /usr/bin/python3 testsuite/benchmarks/plots.py build/bench/growth.json build/bench || return 1
    say "the points are in build/bench/growth.json, the plots in" build/bench/growth_*.svg
}
