"""The Debian packages: cpack makes them, apt can resolve what they ask for, and what they hold works where it is unpacked: a program is built
against libazoth-dev alone, and which databases it reaches is up to the dialects' packages. The recipes for vcpkg and Conan are read."""

import ast
import json
import os
import re
import shutil
import subprocess

import new_dialect
from common import ROOT, run
from installed import OURS, Failed, Skipped, require_pass, run_steps, shell

EXPECTED = {"libazoth1", "libazoth-dev", "azoth-tools", "libazoth-conformance-dev", *(f"azoth-dialect-{name}" for name in OURS)}


def main(report):
    run_steps(report, ("packages/cpack", make), ("packages/fields", fields), ("packages/apt", resolve), ("packages/a program", program),
              ("packages/dialects are chosen at run time", dialects), ("packages/the programs", programs), ("packages/a new dialect", new_dialect_from_packages),
              ("packages/vcpkg", vcpkg), ("packages/conan", conan))


def make(work, build):
    shell(["cpack", "--config", build / "CPackConfig.cmake", "-D", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip", "-B", work / "packages"], cwd=build)  # quickly
    shutil.rmtree(work / "packages/_CPack_Packages", ignore_errors=True)
    found = {path.name.split("_")[0] for path in (work / "packages").glob("*.deb")}
    if found != EXPECTED:
        raise Failed(f"the packages are not those that are named: {sorted(found ^ EXPECTED)}")


def package(work, name):
    return next((work / "packages").glob(f"{name}_*.deb"))


def field(work, name, key):
    return shell(["dpkg-deb", "-f", package(work, name), key]).strip()


def fields(work, build):
    """What links a library depends on it, and nothing but a dialect on a database's."""
    wanted = {"libazoth1": ["libfmt9"], "libazoth-dev": ["libazoth1 (= ", "libfmt-dev", "nlohmann-json3-dev"], "azoth-tools": ["libazoth1 (= "],
              "azoth-dialect-sqlite": ["libazoth1 (>= ", "libsqlite3-0"], "azoth-dialect-postgresql": ["libpq5", "libpqxx-6.4"],
              "azoth-dialect-mysql": ["libmariadb3", "libmysqlcppconn7v5"], "libazoth-conformance-dev": ["libazoth-dev (= ", "catch2"]}
    for name, needs in wanted.items():
        depends = field(work, name, "Depends")
        for need in needs:
            if need not in depends:
                raise Failed(f"{name} does not depend on {need}: {depends}")
        if "dialect" not in name and re.search("sqlite|libpq|mysql|mariadb", depends):
            raise Failed(f"{name} depends on a database's library: {depends}")
        if not field(work, name, "Description").startswith("SQL toolkit and ORM for C++20"):
            raise Failed(f"{name} is described as {field(work, name, 'Description')}")


def resolve(work, build):
    if "Candidate: (none)" in (said := shell(["apt-cache", "policy", "libmariadb3"])) or not said:
        raise Skipped("apt has no lists of packages: run apt-get update")
    shell(["apt-get", "install", "--simulate", "--no-install-recommends", *sorted((work / "packages").glob("*.deb"))])


def unpack(work, *names):
    for name in names:
        shell(["dpkg-deb", "-x", package(work, name), work / "root"])


def program(work, build):
    """The program of the README, against libazoth-dev and libazoth1 alone."""
    unpack(work, "libazoth1", "libazoth-dev")
    code = next(block for block in re.findall(r"```cpp\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S) if "int main" in block)
    source = work / "program"
    source.mkdir()
    (source / "main.cpp").write_text(code, encoding="utf-8")
    (source / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.25)\nproject(program CXX)\nfind_package(azoth 0.1 CONFIG REQUIRED)\n"
                                           "add_executable(program main.cpp)\ntarget_link_libraries(program PRIVATE azoth::azoth)\n", encoding="utf-8")
    shell(["cmake", "-S", source, "-B", source / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={work / 'root/usr'}", "-DCMAKE_CXX_COMPILER=g++"])
    shell(["cmake", "--build", source / "build"])


def dialects(work, build):
    books = [work / "program/build/program", f"sqlite:///{work}/books.db"]
    missing = subprocess.run([str(word) for word in books], capture_output=True, text=True)
    if missing.returncode == 0 or "azoth-dialect-sqlite" not in missing.stderr:
        raise Failed(f"without a dialect the program does not say which is missing\n{missing.stderr}")
    unpack(work, "azoth-dialect-sqlite")
    if "Faust" not in shell(books):
        raise Failed("the program does not reach SQLite with azoth-dialect-sqlite")
    unpack(work, "azoth-dialect-postgresql", "azoth-dialect-mysql")
    for url in os.environ.get("AZOTH_TEST_URLS", "").split():
        if "Faust" not in shell([books[0], url]):
            raise Failed(f"the program does not reach {url.split('://')[0]} with its package")


def programs(work, build):
    unpack(work, "azoth-tools")
    listed = shell([work / "root/usr/bin/azoth", "dialects"])
    for name in OURS:
        if name not in listed:
            raise Failed(f"`azoth dialects` does not list {name}\n{listed}")
    require_pass(work / "root/usr/bin/azoth-conformance", f"sqlite:///{work}/suite.db", "rowcount")


def new_dialect_from_packages(work, build):
    """As its README says, with what libazoth-dev and azoth-tools have put down."""
    (work / "prefix").symlink_to(work / "root/usr")
    new_dialect.ansi(work, build)


def version():
    return re.search(r"project\(azoth VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))[1]


def options():
    return set(re.findall(r"(?:option|set)\((AZOTH_\w+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))) | {"AZOTH_CCACHE"}


def vcpkg(work, build):
    folder = ROOT / "tools/packaging/vcpkg"
    port = json.loads((folder / "vcpkg.json").read_text(encoding="utf-8"))
    if port["version"] != version():
        raise Failed(f"vcpkg.json is of version {port['version']}, and the project of {version()}")
    unknown = set(re.findall(r"-D(AZOTH_\w+)=", (folder / "portfile.cmake").read_text(encoding="utf-8"))) - options()
    if unknown:
        raise Failed(f"portfile.cmake sets {', '.join(sorted(unknown))}, which nothing reads")


def conan(work, build):
    text = (ROOT / "tools/packaging/conan/conanfile.py").read_text(encoding="utf-8")
    recipe = next(node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))
    said = {target.id: node.value for node in recipe.body if isinstance(node, ast.Assign) for target in node.targets}
    if ast.literal_eval(said["version"]) != version():
        raise Failed(f"conanfile.py is of version {ast.literal_eval(said['version'])}, and the project of {version()}")
    if set(ast.literal_eval(said["options"])) != set(ast.literal_eval(said["default_options"])):
        raise Failed("conanfile.py has options without a default")


if __name__ == "__main__":
    run(main)
