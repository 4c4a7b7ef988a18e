# shellcheck shell=bash
# Sourced by tools/bench: many connections, TPC-B-like transactions beside pgbench and a client over libmariadb.

# run_tpcb [--quick]
run_tpcb() {
    local pgbench
    [ "${1-}" = --quick ] && set -- --rounds 3 --seconds 1
    say "== packages"
    install_packages build test || return 1
    say "" "== build (build/release)"
    configure release -DAZOTH_BUILD_BENCHMARKS=ON -DAZOTH_BENCHMARK_PEERS=OFF && build release azoth_tpcb azoth_dialects || return 1

    # The program itself: what stands in the path with Debian is a script that looks for it.
    pgbench=$(find /usr/lib/postgresql -path '*/bin/pgbench' | sort -V | tail -n 1)
    say "" "== transactions a second, medians of interleaved rounds; a ratio below 1 is faster than the client. Nothing is pinned"
    # Both servers of the tests have 64 MB for pages, and MariaDB, unlike PostgreSQL, then waits for its own writing all the time.
    # shellcheck disable=SC2016
    tools/servers run -- sh -c '
        tools/servers shell mariadb --user admin -e \
            "SET GLOBAL innodb_buffer_pool_size = 512 * 1024 * 1024; SET GLOBAL innodb_log_file_size = 512 * 1024 * 1024" &&
        exec build/release/bin/azoth_tpcb "$@" $(tools/servers urls --sockets)' \
        azoth_tpcb --results build/bench --pgbench "${pgbench:-pgbench}" "$@" || return 1
    say "" "build/bench/tpcb.json and tpcb.md have it all"
}
