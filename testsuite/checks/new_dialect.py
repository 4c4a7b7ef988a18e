"""`azoth new-dialect`, from an installed framework alone: each kind of project builds at once and without a warning. One with a driver to be
written gets a report that says what to do, area by area; one that is like another dialect passes the suite as that does."""

import os
import subprocess

from common import run
from installed import Failed, Skipped, run_steps, shell

STRICT = "-Wall -Wextra -Wpedantic -Wconversion -Werror"
# What a derived dialect's connection passes on, on servers; SQLite's runs the whole suite.
AREAS = ("dialect", "connection", "transactions", "bulk", "reflection")
SERVERS = {"postgresql": ("postgresql+libpqxx", "libpqxx"), "mysql": ("mariadb+libmariadb", "libmariadb")}


def main(report):
    run_steps(report, ("new-dialect/install", install), ("new-dialect/what cannot be", refusals), ("new-dialect/ansi", ansi), ("new-dialect/a further driver", further_driver),
              ("new-dialect/sqlite", sqlite), *((f"new-dialect/{like}", lambda work, build, like=like: on_server(work, like)) for like in SERVERS))


def install(work, build):
    shell(["cmake", "--install", build, "--prefix", work / "prefix"])


def program(work, name):
    return work / "prefix/bin" / name


def refusals(work, build):
    (work / "full").mkdir()
    (work / "full/file").touch()
    for words, why in ((("Demo",), "lower-case letters"), (("2fast",), "lower-case letters"), (("demo", "--driver", "a-b"), "lower-case letters"),
                       (("demo", "--like", "oracle"), "ansi"), (("sqlite",), "there is a dialect sqlite already"), (("postgres",), "another name of the dialect postgresql"),
                       (("demo", "--into", "full"), "is there already"), ((), "NAME")):
        done = subprocess.run([program(work, "azoth"), "new-dialect", *words], cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode == 0 or why not in done.stderr:
            raise Failed(f"`azoth new-dialect {' '.join(words)}` does not say \"{why}\"\n{done.stdout}{done.stderr}")
    if sorted(path.name for path in work.iterdir()) != ["full", "prefix"]:
        raise Failed("what was refused has left something behind")


def make(work, name, like, *, url=None):
    """The project, written and built as its README says."""
    shell([program(work, "azoth"), "new-dialect", name, "--like", like], cwd=work)
    folder = work / name
    asked = [f"-D{name.upper()}_TEST_URL={url}"] if url else []
    shell(["cmake", "-S", ".", "-B", "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={work / 'prefix'}", f"-DCMAKE_CXX_FLAGS={STRICT}", *asked], cwd=folder)
    shell(["cmake", "--build", "build"], cwd=folder)
    return folder


def ansi(work, build):
    folder = make(work, "demo", "ansi")
    done = subprocess.run([program(work, "azoth-conformance"), "--plugin", folder / "build/azoth-dialect-demo-native.so", "--url", "demo://localhost/test"],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True)
    for expected in ("What to do next on demo+native, area by area", "failures: operational_error: demo: not written yet: statement::statement"):
        if done.returncode != 1 or expected not in done.stdout:
            raise Failed(f"the first report does not say \"{expected}\"\n" + "\n".join((done.stdout + done.stderr).splitlines()[-40:]))
    tested = subprocess.run(["ctest", "--test-dir", folder / "build"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if "demo_conformance" not in tested.stdout or tested.returncode == 0:
        raise Failed(f"ctest does not run the suite\n{tested.stdout}")


def further_driver(work, build):
    """It compiles, though its dialect's name is a word of C++'s; and a second driver leaves plain URLs to the first."""
    make(work, "union", "ansi")
    shell([program(work, "azoth"), "new-dialect", "sqlite", "--driver", "mine", "--into", "mine"], cwd=work)
    if ".is_default_driver = false" not in (work / "mine/dialect.cpp").read_text(encoding="utf-8"):
        raise Failed("a second driver of a dialect calls itself the default")


def sqlite(work, build):
    folder = make(work, "lite", "sqlite")
    shell([folder / ".ci/run"], CMAKE_PREFIX_PATH=work / "prefix")
    said = shell([program(work, "azoth"), "ping", "--plugin", folder / "build/azoth-dialect-lite-sqlite3.so",
                  f"lite:///{folder}/build/conformance.db"])
    if "server          Lite 3." not in said or "speaks SQL of   SQLite 3." not in said:
        raise Failed(f"`azoth ping` does not say which server it is, and whose SQL it speaks\n{said}")


def on_server(work, like):
    scheme, driver = SERVERS[like]
    found = [url for url in os.environ.get("AZOTH_TEST_URLS", "").split() if url.startswith(f"{scheme}://")]
    if not found:
        raise Skipped(f"AZOTH_TEST_URLS names no server of {scheme}")
    name = f"like_{like}"
    folder = make(work, name, like)
    url = f"{name}://{found[0].split('://', 1)[1]}"
    untested = subprocess.run([folder / ".ci/run", f"-DCMAKE_PREFIX_PATH={work / 'prefix'}"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if untested.returncode == 0:
        raise Failed(f"without a URL `.ci/run` passes, and has tested nothing\n{untested.stdout}")
    filters = [word for area in AREAS for word in ("--filter", area)]
    shell([program(work, "azoth-conformance"), "--plugin", folder / f"build/azoth-dialect-{name}-{driver}.so", "--url", url, *filters])


if __name__ == "__main__":
    run(main)
