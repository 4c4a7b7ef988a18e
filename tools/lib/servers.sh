# shellcheck shell=bash disable=SC2034
# Sourced by tools/test: servers for its test programs. They end with this script, even where it is killed.

# Test programs find the servers by AZOTH_SERVERS, their state folder, and AZOTH_TEST_URLS, a list of URLs with spaces between.
start_servers() { AZOTH_SERVERS=$SCRATCH/servers tools/servers start --owner $$; }

# Not part of the step above: a step has a shell of its own. Without servers the list is empty, and that step has failed.
name_servers() {
    export AZOTH_SERVERS=$SCRATCH/servers AZOTH_TEST_URLS=
    AZOTH_TEST_URLS=$(tools/servers urls | xargs)
    trap 'tools/servers stop >/dev/null; rm -rf "$SCRATCH"' EXIT
}
