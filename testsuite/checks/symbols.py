"""What libazoth and the plugins show to the loader, and how long the tables of functions are that both sides share: `symbols.py [--build
FOLDER]`.
"""

import argparse
import pathlib
import re
import subprocess

from common import ROOT, project_files, run

# How many functions each interface has that plugins implement, its two destructors included. A plugin's own tables are as long as they were
# when it was compiled: another number here is a new major version of the interface (framework/docs/plugins.md, "Versions").
SPI_MAJOR = 5
FUNCTIONS = {
    "dialect": 10,
    "driver_connection": 27,
    "prepared_statement": 3,
    "cursor": 8,
    "reflector": 20,
    "basic_connection": 27,
    "stepping_connection": 30,
    "native_statement": 13,
    "whole_result_connection": 28,
    "derived_dialect": 13,
    "queried_catalogue": 23,
}

# Of g++'s library: templates that each library has for itself, as weak symbols.
STANDARD = r"^(_ZG[VR])?_?(_Z(N|NK|T[ISV]N?|T[hv]n?\d*_N?K?|L)?K?(S[tabsiod]|9__gnu_cxx|10__cxxabiv1|11__gnu))"
# What a client library's own headers have shared: its exceptions.
CLIENT = {"mysql-connector": r"^_Z(T[ISV]|N)?N?K?3sql"}


def main(report):
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", default="build/release")
    folder = ROOT / arguments.parse_args().build / "lib"
    libazoth = folder / "libazoth.so"
    plugins = sorted(folder.glob("azoth-dialect-*.so"))
    if not libazoth.exists() or not plugins:
        report.fail("symbols", f"there is no libazoth, or no plugin, in {folder}")
        return
    shown = symbols(libazoth, "--defined-only")
    report.verdict("symbols/libazoth shows Azoth's own alone", strangers(shown, ""))
    report.verdict("symbols/what is private is hidden", private_exports())
    report.verdict("symbols/tables of functions", tables(libazoth))
    for plugin in plugins:
        check_plugin(report, plugin, shown)


def symbols(library, which):
    lines = subprocess.run(["nm", "-D", which, library], check=True, capture_output=True, text=True).stdout.splitlines()
    return {line.split()[-1].split("@")[0] for line in lines}


def plain(names):
    return subprocess.run(["c++filt"], input="\n".join(sorted(names)), check=True, capture_output=True, text=True).stdout.splitlines()


def is_azoths(name):
    """Whether it belongs to Azoth: what is declared there, its type information and tables."""
    return re.match(r"^_Z(GV|GR|T[ISVThvc]+[n\d_]*)?(N|NK|NO|NKO|L)?5azoth", name) is not None


def strangers(names, client):
    own = {"azoth_plugin_entry"} if client else set()
    found = [name for name in names if not is_azoths(name) and not re.match(STANDARD, name) and name not in own]
    found = [name for name in found if not (client in CLIENT and re.match(CLIENT[client], name))]
    # Templates of the standard library's and of Azoth's operators, whose mangled names start with their own.
    return [text for text in plain(found) if text and not re.search(r"^(\S+ )*(std|azoth|__gnu_cxx)::", text)]


def private_exports():
    return [f"{name}: AZOTH_API in a private file" for name in project_files(".cpp", ".hpp", under="framework/")
            if "/src/" in name and "AZOTH_API" in (ROOT / name).read_text()]


def tables(libazoth):
    problems = []
    header = (ROOT / "framework/driver/include/azoth/driver/spi_version.hpp").read_text()
    if f"spi_major = {SPI_MAJOR};" not in header:
        problems.append("the interface has another major version than this check knows: write its tables down here")
    sizes = {}
    for line in subprocess.run(["nm", "-D", "-S", "-C", libazoth], check=True, capture_output=True, text=True).stdout.splitlines():
        found = re.match(r"\w+ (\w+) \w vtable for azoth::(\w+)$", line)
        if found:
            sizes[found[2]] = int(found[1], 16) // 8 - 2  # behind the offset to the top and the type
    for name, functions in FUNCTIONS.items():
        if sizes.get(name) != functions:
            problems.append(f"azoth::{name} has {sizes.get(name)} functions, and {functions} when version {SPI_MAJOR} began")
    return problems


def check_plugin(report, plugin, shown):
    name = plugin.name.removeprefix("azoth-dialect-").removesuffix(".so")
    mine = symbols(plugin, "--defined-only")
    problems = strangers(mine, name)
    if "azoth_plugin_entry" not in mine:
        problems.append("it has no entry")
    # Of Azoth's, what stands in headers is compiled into each plugin and shared; a function of its own is not.
    report.verdict(f"symbols/{name} shows its entry alone", problems)
    wanted = {name for name in symbols(plugin, "--undefined-only") if is_azoths(name)}
    problems = [f"{text} is not in libazoth" for text in plain(wanted - shown) if text]
    said = subprocess.run(["ldd", "-r", plugin], capture_output=True, text=True)
    problems += [line for line in (said.stdout + said.stderr).splitlines() if "undefined symbol" in line or "not found" in line]
    report.verdict(f"symbols/{name} finds all that it needs", problems)


if __name__ == "__main__":
    run(main)
