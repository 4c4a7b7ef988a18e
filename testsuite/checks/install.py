"""What users get from `cmake --install`: a project of its own finds the package, links it, writes a dialect with azoth_add_dialect, and
runs; it tests a database with the installed conformance suite, and with cases of its own; the same program compiles through pkg-config;
the installed tree works where it was moved to.
"""

import shlex
import shutil

from common import ROOT, project_files, run
from installed import OURS, Failed, require_pass, run_steps, shell

CONSUMER = ROOT / "testsuite/checks/consumer"


def main(report):
    run_steps(report, ("install/cmake --install", install), ("install/moved prefix", move), ("install/public headers", headers),
              ("install/find_package", find_package), ("install/azoth_add_dialect", dialect), ("install/pkg-config", pkg_config),
              ("install/the azoth command", command), ("install/completions", completions), ("install/azoth-conformance", conformance))


def install(work, build):
    shell(["cmake", "--install", build, "--prefix", work / "first"])
    one(work / "first", "libazoth.so.?")
    one(work / "first", "azothConfig.cmake")
    one(work / "first", "LICENSE")
    for dialect in OURS:
        one(work / "first", f"azoth-dialect-{dialect}-*.so")


def move(work, build):
    shutil.move(work / "first", work / "prefix")


def headers(work, build):
    found = {str(path.relative_to(work / "prefix/include")) for path in (work / "prefix/include").rglob("*.hpp")}
    expected = {name.split("/include/", 1)[1] for top in ("framework/", "testsuite/conformance/include/")
                for name in project_files(".hpp", under=top) if "/include/" in name}
    if found != expected:
        raise Failed(f"the installed headers differ from the public ones: {sorted(found ^ expected)}")


def find_package(work, build):
    shell(["cmake", "-S", CONSUMER, "-B", work / "consumer", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={work / 'prefix'}", "-DCMAKE_CXX_COMPILER=g++"])
    shell(["cmake", "--build", work / "consumer"])
    speak(shell([work / "consumer/program"]))


def dialect(work, build):
    one(work / "consumer", "azoth-dialect-echo-memory.so")
    said = shell([work / "consumer/program", "echo://"], AZOTH_PLUGIN_PATH=work / "consumer")
    if "echo" not in said:
        raise Failed(f"the program does not see the dialect\n{said}")
    shell(["cmake", "--install", work / "consumer", "--prefix", work / "prefix"])
    said = shell([work / "consumer/program", "echo://"])
    if "echo" not in said:
        raise Failed(f"the program does not see the installed dialect\n{said}")


def pkg_config(work, build):
    folder = one(work / "prefix", "azoth.pc").parent
    flags = shlex.split(shell(["pkg-config", "--cflags", "--libs", "azoth"], PKG_CONFIG_PATH=folder))
    libraries = one(work / "prefix", "libazoth.so.?").parent
    shell(["g++", "-std=c++20", CONSUMER / "program.cpp", "-o", work / "by-pkg-config", *flags, f"-Wl,-rpath,{libraries}"])
    speak(shell([work / "by-pkg-config"]))


def command(work, build):
    said = shell([one(work / "prefix/bin", "azoth"), "dialects"])
    for dialect in OURS:
        if dialect not in said:
            raise Failed(f"`azoth dialects` does not list {dialect}\n{said}")


def completions(work, build):
    """At the places where Debian's shells look."""
    for place in ("man/man1/azoth.1", "bash-completion/completions/azoth", "zsh/vendor-completions/_azoth", "fish/vendor_completions.d/azoth.fish"):
        if "azoth" not in one(work / "prefix/share", place).read_text(encoding="utf-8"):
            raise Failed(f"{place} is empty")


def conformance(work, build):
    url = f"sqlite:///{work}/conformance.db"
    for program, area in ((one(work / "prefix/bin", "azoth-conformance"), "rowcount"), (work / "consumer/own_cases", "own")):
        require_pass(program, url, area)


def one(folder, pattern):
    found = sorted(folder.rglob(pattern))
    if not found:
        raise Failed(f"there is no {pattern} in the {'installed' if 'prefix' in folder.name or 'first' in folder.name else folder.name} tree")
    return found[0]


def speak(said):
    if "azoth works" not in said:
        raise Failed(f"the program did not say `azoth works`\n{said}")


if __name__ == "__main__":
    run(main)
