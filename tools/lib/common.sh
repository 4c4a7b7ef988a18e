# shellcheck shell=bash disable=SC2034
# Sourced by the scripts in tools/: where things are, and an environment in which nothing asks questions.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CALLED_IN=$PWD
cd "$ROOT" || exit 1

export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PYTHONDONTWRITEBYTECODE=1
export NINJA_STATUS='[%f/%t %es] '
# What ccache wants to know before it trusts precompiled headers.
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
exec </dev/null

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }

# One temporary folder for everything that a script starts; it goes when the script ends.
make_scratch() {
    SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/azoth.XXXXXX") || exit 1
    export TMPDIR=$SCRATCH
    trap 'rm -rf "$SCRATCH"' EXIT
}
