"""Who includes whom. A part of the framework includes the parts its CMake file names, all of them lower; a dialect includes
<azoth/dialect.hpp>; tools, examples and all tests but unit tests include the public face. Includes are read from the files, and with
--build the compiler proves that an upward include does not compile.
"""

import argparse
import json
import pathlib
import re
import shlex

from common import CPP, HEIGHT, ROOT, compile_text, in_parallel, parts, project_files, run

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
# Heavy to compile: public headers leave them to sources.
HEAVY = re.compile(r"^(nlohmann/json\.hpp|fmt/|boost/)")
# Only plugins include it, for fmt's version: 0.1 s a plugin.
MAY_BE_HEAVY = {"framework/driver/include/azoth/driver/toolchain.hpp"}
FACE = {"azoth.hpp", "orm.hpp", "migrate.hpp", "async.hpp", "dialect.hpp"}


def main(report):
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", type=pathlib.Path)
    build = arguments.parse_args().build
    uses = parts()
    report.verdict("layers/parts use lower parts only", list(wrong_uses(uses)))
    for part in uses:
        report.verdict(f"layers/{part}", list(wrong_part_includes(part, uses)))
    report.verdict("layers/dialects include azoth/dialect.hpp only", list(wrong_dialect_includes()))
    report.verdict("layers/tools, examples and tests include the public face only", list(wrong_face_includes()))
    report.verdict("layers/public headers are light", list(heavy_includes()))
    if build:
        prove_by_compiler(report, uses, ROOT / build / "compile_commands.json")


def includes(name):
    """(line number, bracket, what) for each include of a file."""
    for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1], match[2]


def wrong_uses(uses):
    for part, used in uses.items():
        if part not in HEIGHT:
            yield f"framework/{part} is not in the order of parts (testsuite/checks/common.py)"
            continue
        for other in used:
            if other not in uses:
                yield f"framework/{part} uses {other}, which is no part"
            elif HEIGHT[other] >= HEIGHT[part]:
                yield f"framework/{part} uses {other}, which is not below it"
        for other in used:
            for beneath in uses.get(other, []):
                if beneath not in used:
                    yield f"framework/{part} uses {other}, whose headers need {beneath}: name it too"


def part_of(include):
    match = re.match(r"azoth/(?:(\w+)/)?", include)
    return match and (match[1] or "the public face")


def wrong_part_includes(part, uses):
    allowed = {part, *uses[part]}
    for name in project_files(*CPP, under=f"framework/{part}/"):
        for number, bracket, what in includes(name):
            other = part_of(what)
            if other and other not in allowed:
                yield f"{name}:{number} includes <{what}>; {part} uses {', '.join(uses[part]) or 'no part'}"
            elif bracket == '"' and (name.startswith(f"framework/{part}/include/") or not is_own(name, what, f"framework/{part}/src")):
                yield f"{name}:{number} includes \"{what}\": quotes are for private headers of the same part"


def is_own(name, what, *folders):
    beside = (ROOT / name).parent / what
    found = [beside, *(ROOT / folder / what for folder in folders)]
    tops = [ROOT / folder for folder in folders]
    return any(path.is_file() and any(path.resolve().is_relative_to(top) for top in tops) for path in found)


def wrong_dialect_includes():
    for name in project_files(*CPP, under="dialects/"):
        top = "/".join(name.split("/")[:2])
        for number, bracket, what in includes(name):
            if part_of(what) and what != "azoth/dialect.hpp":
                yield f"{name}:{number} includes <{what}>; a dialect includes <azoth/dialect.hpp>"
            elif bracket == '"' and not is_own(name, what, top, f"{top}/src"):
                yield f"{name}:{number} includes \"{what}\", which is no file of this dialect"


def wrong_face_includes():
    users = [name for name in project_files(*CPP) if name.startswith(("tools/", "testsuite/", "framework/examples/", "framework/docs/"))]
    for name in users:
        # Unit tests see everything. Fuzzers are unit tests of parsers, driven by another main; benchmarks also measure pieces that have no
        # public name, such as finding a statement in the cache.
        if name.startswith(("testsuite/unit/", "testsuite/fuzz/", "testsuite/benchmarks/")):
            continue
        for number, bracket, what in includes(name):
            if what.startswith("azoth/conformance/"):
                continue  # a library of its own, for tests and for third parties
            if name.startswith("testsuite/conformance/") and part_of(what) in ("base", "url"):
                continue  # which is built of what every layer is built of
            if part_of(what) and what.removeprefix("azoth/") not in FACE:
                yield f"{name}:{number} includes <{what}>; the public face is <azoth/{{{','.join(sorted(FACE))}}}>"
            elif bracket == '"' and not is_own(name, what, *tops_of(name)):
                yield f"{name}:{number} includes \"{what}\", which is not in its own folder"


def tops_of(name):
    """The folders whose files a program there may include by quotes: its own and those above it, not the whole tree."""
    above = [str(folder) for folder in pathlib.PurePath(name).parents]
    return above[: max(1, len(above) - 2)]


def heavy_includes():
    for name in project_files(".hpp", under="framework/"):
        if "/include/" in name and name not in MAY_BE_HEAVY:
            for number, _, what in includes(name):
                if HEAVY.match(what):
                    yield f"{name}:{number} includes <{what}>: declare what is needed, and leave the header to the source"


def prove_by_compiler(report, uses, commands):
    """Takes each part's own include path from its compile command, and tries the first header of every part it must not see."""
    flags = {}
    for entry in json.loads(commands.read_text()):
        match = re.match(r"framework/(\w+)/src/", str(pathlib.Path(entry["file"]).relative_to(ROOT)) if entry["file"].startswith(f"{ROOT}/") else "")
        if match:
            words = shlex.split(entry["command"])
            flags.setdefault(match[1], [word for word in words if word.startswith("-I")])
    headers = {part: first_header(part) for part in uses}
    tries = [(part, other) for part in flags if part in uses for other in uses
             if headers[other] and other != part and other not in uses[part]]
    results = in_parallel(lambda pair: compile_text(f"#include <{headers[pair[1]]}>\n", flags[pair[0]]), tries)
    problems = {}
    for (part, other), (passes, messages) in zip(tries, results):
        problems.setdefault(part, [])
        if passes:
            problems[part].append(f"framework/{part} can include <{headers[other]}>")
        elif headers[other] not in messages or "No such file" not in messages:
            problems[part].append(f"framework/{part}: including <{headers[other]}> fails for another reason: {messages.splitlines()[0]}")
    for part, found in problems.items():
        report.verdict(f"layers/{part}: other includes do not compile", found)


def first_header(part):
    headers = sorted((ROOT / f"framework/{part}/include").rglob("*.hpp"))
    return str(headers[0].relative_to(ROOT / f"framework/{part}/include")) if headers else None


if __name__ == "__main__":
    run(main)
