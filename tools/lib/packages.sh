# shellcheck shell=bash disable=SC2034
# Sourced: installs what tools/packages.txt lists and the machine lacks.

# packages GROUP...: the names listed for these groups.
packages() {
    awk -v groups=" $* " '!/^#/ && NF && index(groups, " " $2 " ") { print $1 }' tools/packages.txt
}

# missing_packages GROUP...: those not installed.
missing_packages() {
    local name
    for name in $(packages "$@"); do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || say "$name"
    done
}

# install_packages GROUP...: apt-get, and only where something is missing. Never asks: where sudo would want a password, it says what to
# run by hand.
install_packages() {
    local missing as_root=()
    mapfile -t missing < <(missing_packages "$@")
    if [ ${#missing[@]} -eq 0 ]; then
        say "all packages are there"
        return 0
    fi
    say "installing ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            complain "Packages are missing, and sudo is not available or asks for a password. Run this, then start again:"
            complain "    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
            return 1
        fi
        as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
    fi
    "${as_root[@]}" apt-get update -q -o Acquire::Retries=3 &&
        "${as_root[@]}" apt-get install -q -y --no-install-recommends -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "${missing[@]}"
}
