# shellcheck shell=bash disable=SC2034
# Sourced by tools/test: runs steps, times them, and counts the lines `ok NAME`, `not ok NAME: why` and `skip NAME: why` that they print.

RESULTS=
STEPS=()

start_tally() {
    mkdir -p build/test
    RESULTS=$ROOT/build/test/results.txt
    : >"$RESULTS"
    trap 'interrupted' INT TERM HUP
}

count() { grep -c "^$1 " "$RESULTS"; }

# Passes on what a step prints, except the lines of what went well: those are only counted.
collect() {
    local line
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
            'ok '*) printf '%s\n' "$line" >>"$RESULTS" ;;
            'not ok '* | 'skip '*) printf '%s\n' "$line" | tee -a "$RESULTS" ;;
            *) printf '%s\n' "$line" ;;
        esac
    done
}

# step NAME BUDGET COMMAND...: BUDGET in seconds. A command that ends with an error and has told no failure is a failure itself.
step() {
    local name=$1 budget=$2 status began failed_before taken note=
    shift 2
    say "" "== $name"
    failed_before=$(count 'not ok')
    began=$SECONDS
    "$@" 2>&1 | collect
    status=${PIPESTATUS[0]}
    taken=$((SECONDS - began))
    if [ "$status" -gt 1 ] || { [ "$status" -eq 1 ] && [ "$(count 'not ok')" -eq "$failed_before" ]; }; then
        say "not ok step $name: it ended with code $status" | collect
    fi
    [ "$taken" -gt "$budget" ] && note=' OVER BUDGET'
    STEPS+=("$(printf '%-34s %5d s of %4d s%s' "$name" "$taken" "$budget" "$note")")
    say "-- $name: $taken s (budget $budget s)$note"
    return "$status"
}

# leave_out NAME WHY: a step that this run does not take.
leave_out() { say "skip step $1: $2" | collect; }

interrupted() {
    trap - INT TERM HUP
    say "not ok step interrupted: a signal ended the run" | collect
    finish
    exit 130
}

# The summary; its last line is the last line of the run.
finish() {
    local failed skipped
    failed=$(count 'not ok')
    skipped=$(count 'skip')
    say "" "== time"
    printf '%s\n' "${STEPS[@]}"
    say "total: $((SECONDS / 60)) min $((SECONDS % 60)) s"
    if [ "$skipped" -gt 0 ]; then
        say "" "== skipped"
        sed -n 's/^skip //p' "$RESULTS"
    fi
    if [ "$failed" -gt 0 ]; then
        say "" "== failed"
        sed -n 's/^not ok //p' "$RESULTS"
    fi
    say "" "$(count 'ok') passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}
