"""What the checks share: a report in lines that tools/test counts, the project's files, its parts, and the compiler.

A check prints `ok NAME`, `not ok NAME: why` and `skip NAME: why`, one line each; indented lines after one of them are details. It ends
with 0, with 1 where something is not ok, and with 3 where the check itself broke.
"""

import concurrent.futures
import contextlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLAGS = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
CPP = (".cpp", ".hpp")

# From the ground up. Parts of the same height never include each other.
HEIGHT = {"base": 0, "url": 1, "sql": 2, "schema": 3, "driver": 4, "plugin": 5, "pool": 5, "engine": 6, "orm": 7, "migrate": 7, "async": 8}


class Report:
    def __init__(self):
        self.failures = 0

    def ok(self, name):
        print(f"ok {name}", flush=True)

    def skip(self, name, why):
        print(f"skip {name}: {one_line(why)}", flush=True)

    def fail(self, name, why, details=""):
        self.failures += 1
        lines = [f"not ok {name}: {one_line(why)}"]
        lines += [f"    {line}" for line in details.strip().splitlines()[:40]]
        print("\n".join(lines), flush=True)

    def verdict(self, name, problems):
        """Ok without problems; else one failure that lists them."""
        if problems:
            self.fail(name, problems[0] if len(problems) == 1 else f"{len(problems)} problems", "\n".join(problems) if len(problems) > 1 else "")
        else:
            self.ok(name)


def one_line(text):
    return " ".join(str(text).split())


def run(main):
    """Runs a check's main(report) and ends the program with its code."""
    report = Report()
    try:
        main(report)
    except Exception:
        traceback.print_exc()
        sys.exit(3)
    sys.exit(1 if report.failures else 0)


def project_files(*suffixes, under=""):
    """The project's files as paths relative to the root: what git tracks or would track; without git, all but build/."""
    listing = subprocess.run(["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True, text=True)
    if listing.returncode == 0:
        names = sorted({name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()})
    else:
        walk = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        names = sorted(str(path) for path in walk if path.parts[0] not in ("build", ".git", ".cache"))
    return [name for name in names if name.startswith(under) and (not suffixes or name.endswith(suffixes))]


def parts():
    """Each part of the framework and those it uses, from the CMake files."""
    found = {}
    for file in sorted((ROOT / "framework").glob("*/CMakeLists.txt")):
        call = re.search(r"^azoth_part\((\w+)(?:\s+USES\s+([\w\s]+))?\)", file.read_text(), re.M)
        if call:
            found[call[1]] = (call[2] or "").split()
    return found


def include_flags(names=None):
    """-I for these parts' public headers; for all parts and the public face where none are named."""
    if names is None:
        return include_flags(parts()) + [f"-I{ROOT / 'framework/include'}"]
    return [f"-I{ROOT / 'framework' / name / 'include'}" for name in names]


def compile_text(text, flags, compiler="g++"):
    """Checks a program's syntax and types. Returns whether it passes, and what the compiler says."""
    command = [compiler, "-fsyntax-only", "-x", "c++", *FLAGS, *flags, "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT)
    return done.returncode == 0, done.stderr


def compile_many(texts, flags, compiler="g++"):
    """compile_text of each, in the order given. Most programs pass, and a compiler's start takes longer than they do: some are compiled
    together, each in a namespace of its own, and only where that fails each alone. One that specialises a template stands outside."""
    together = 8
    apart = [i for i, text in enumerate(texts) if "template <>" in text]
    rest = sorted(set(range(len(texts))) - set(apart))
    batches = [[i] for i in apart] + [rest[i:i + together] for i in range(0, len(rest), together)]

    def compile_batch(numbers):
        batch = [texts[i] for i in numbers]
        text = "".join(in_namespace(text, number) for number, text in enumerate(batch))
        if len(batch) > 1 and compile_text(text, [*flags, "-Wno-return-type"], compiler)[0]:
            return [(True, "")] * len(batch)
        return [compile_text(text, flags, compiler) for text in batch]

    results = dict(zip((i for batch in batches for i in batch), (result for batch in in_parallel(compile_batch, batches) for result in batch)))
    return [results[i] for i in range(len(texts))]


def in_namespace(text, number):
    lines = text.splitlines()
    includes = [line for line in lines if line.startswith("#include")]
    rest = [re.sub(r"\bint main\(", "int program(", line) for line in lines if not line.startswith("#include")]
    return "\n".join([*includes, f"namespace program_{number} {{", *rest, "}", ""])


def asan_libraries():
    """The environment that has a release program load what the ASan build has made, and the runtime that this needs: what is tested is
    watched, what tests it need not be compiled again."""
    runtimes = [subprocess.run(["g++", f"-print-file-name={name}.so"], check=True, capture_output=True, text=True).stdout.strip()
                for name in ("libasan", "libubsan")]
    built = str(ROOT / "build/asan/lib")
    return {"LD_PRELOAD": ":".join(runtimes), "LD_LIBRARY_PATH": built, "AZOTH_PLUGIN_PATH": built}


@contextlib.contextmanager
def precompiled(header, flags, compiler="g++"):
    """The flags with which compile_text starts every program with this header, which is compiled once. They are for use with the same flags."""
    with tempfile.TemporaryDirectory() as folder:
        first = pathlib.Path(folder) / "first.hpp"
        first.write_text(f'#include "{header}"\n')
        done = subprocess.run([compiler, "-x", "c++-header", *FLAGS, *flags, first, "-o", f"{first}.gch"], capture_output=True, text=True, cwd=ROOT)
        # A header that does not compile fails in every program that includes it, with a message of its own.
        yield ["-include", str(first)] if done.returncode == 0 else []


def first_error(messages):
    """The first error that a compiler tells, as one line."""
    for line in messages.splitlines():
        if "error:" in line:
            return line.replace(f"{ROOT}/", "")
    return (messages.strip().splitlines() or ["no message"])[0]


def in_parallel(work, items):
    """work(item) for all items, as many at once as there are cores; results in the order of the items."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, items))
