# shellcheck shell=bash disable=SC2034
# Sourced: the two steps of a build, by preset. Build products go to build/<preset>/, programs to build/<preset>/bin/.

# As many jobs as cores, but 1.5 GB of memory for each.
jobs_that_fit() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable/ { print int($2 / 1500000) }' /proc/meminfo)
    [ "$memory" -lt 1 ] && memory=1
    say $((cores < memory ? cores : memory))
}

# configure PRESET [-DOPTION=VALUE...]
configure() {
    local preset=$1 log
    shift
    log=build/$preset/configure.log
    mkdir -p "build/$preset"
    cmake --preset "$preset" "$@" >"$log" 2>&1 || {
        cat "$log"
        return 1
    }
}

# build PRESET [TARGET...]: goes on after an error, to show all errors of a run.
build() {
    local preset=$1
    shift
    cmake --build "build/$preset" --parallel "$(jobs_that_fit)" ${1:+--target "$@"} -- -k 0
}
