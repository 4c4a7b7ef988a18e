"""The rules of the house that no compiler holds: the top level, sizes of files, no paths of one machine, documents that tell the truth."""

import os
import re

from common import CPP, ROOT, project_files, run

TOP_LEVEL = {"CMakeLists.txt", "framework", "dialects", "testsuite", "tools", "README.md"}
CUSTOMARY = {"LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "CMakePresets.json", ".ci", ".clang-format", ".clang-tidy", ".gitignore",
             ".gitattributes"}
MOST_LINES = {".hpp": 400, ".cpp": 500}
# Folders in which people and build machines keep their own files.
OWN_FOLDER = re.compile(r"(?<![\w.~/:-])/(?:home|root|work|workspace|Users|builds|mnt)/[\w.]")


def main(report):
    report.verdict("house/top level", [f"{name} does not belong at the top level" for name in
                                       sorted({file.split("/")[0] for file in project_files()} - TOP_LEVEL - CUSTOMARY)])
    report.verdict("house/sizes", list(too_long()))
    report.verdict("house/paths of one machine", list(machine_paths()))
    report.verdict("house/marks of unfinished work", list(unfinished()))
    report.verdict("house/dependencies are in README.md", list(unnamed_packages()))
    report.verdict("house/links and paths in documents", list(broken_links()))
    report.verdict("house/pragma once", [f"{name} has no #pragma once" for name in project_files(".hpp") if "#pragma once" not in read(name)])


def read(name):
    return (ROOT / name).read_text(errors="replace")


def too_long():
    for name in project_files(*CPP):
        most, lines = MOST_LINES[os.path.splitext(name)[1]], read(name).count("\n")
        if lines > most:
            yield f"{name} has {lines} lines; split it at {most}"


def machine_paths():
    here = [str(ROOT) + "/"] + ([os.path.expanduser("~") + "/"] if os.path.expanduser("~") != "/" else [])
    for name in project_files():
        for number, line in enumerate(read(name).splitlines(), 1):
            if OWN_FOLDER.search(line) or any(path in line for path in here):
                yield f"{name}:{number} names a folder of one machine: {line.strip()[:100]}"


def unfinished():
    mark = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
    for name in project_files():
        for number, line in enumerate(read(name).splitlines(), 1):
            if mark.search(line):
                yield f"{name}:{number} is unfinished: {line.strip()[:100]}"


def unnamed_packages():
    if not (ROOT / "README.md").exists():
        yield "there is no README.md"
        return
    readme = read("README.md")
    for line in read("tools/packages.txt").splitlines():
        if line.strip() and not line.startswith("#"):
            fields = line.split(None, 2)
            if len(fields) < 3 or fields[1] not in ("build", "test", "long", "bench", "plots", "peers"):
                yield f"tools/packages.txt: say name, group (build, test, long, bench, plots, peers) and reason: {line}"
            elif not re.search(rf"(?<![\w+-]){re.escape(fields[0])}(?![\w+-])", readme):
                yield f"README.md does not name the package {fields[0]}"


def broken_links():
    """Relative links must lead to a file and, with #, to a heading; names of our folders in `code` must exist."""
    for name in project_files(".md"):
        folder, text = (ROOT / name).parent, re.sub(r"^```.*?^```", "", read(name), flags=re.M | re.S)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            path, _, anchor = target.partition("#")
            if re.match(r"\w+:", target):
                continue
            file = folder / path if path else ROOT / name
            if not file.exists():
                yield f"{name} links to {target}, which is not there"
            elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text()):
                yield f"{name} links to {target}, which has no such heading"
        for path in re.findall(r"`((?:framework|dialects|testsuite|tools)/[\w./-]+)`", text):
            if not (ROOT / path).exists():
                yield f"{name} names {path}, which is not there"


def anchors(text):
    """Headings as GitHub turns them into anchors, and anchors written as HTML."""
    headings = re.findall(r"^#+\s+(.*?)\s*$", text, re.M)
    made = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return made | set(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))


if __name__ == "__main__":
    run(main)
