"""Runs Catch2 programs and reports each test case: `catch.py [--prefix P] [--asan] PROGRAM...`.

With --asan the programs, those of another build, load libazoth and the dialects of the ASan build.
A test case that cannot run where it is warns with a text that starts with "skipped: ", and counts as skipped.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as xml

from common import ROOT, asan_libraries, one_line, run

TIMEOUT = 900


def main(report):
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--prefix", default="")
    arguments.add_argument("--asan", action="store_true")
    arguments.add_argument("programs", nargs="*", type=pathlib.Path)
    options = arguments.parse_args()
    if not options.programs:
        report.fail("tests", "no test programs are named")
    if options.asan:
        os.environ.update(asan_libraries())
    for program in options.programs:
        name = options.prefix + program.name.removeprefix("azoth_").removesuffix("_tests")
        if (ROOT / program).is_file():
            run_program(report, name, ROOT / program)
        else:
            report.fail(name, f"{program} was not built")


def run_program(report, name, program):
    with tempfile.TemporaryDirectory() as folder:
        output, log = pathlib.Path(folder) / "cases.xml", pathlib.Path(folder) / "log"
        began = time.monotonic()
        with open(log, "wb") as stream:
            code = execute([*wrapper(name), program, "-r", "xml", "-o", output, "--durations", "yes"], stream, folder)
        took = time.monotonic() - began
        cases, complete = read_cases(output)
        said = log.read_text(errors="replace")
    failed = 0
    for case, problem in cases:
        label = f"{name}: {case.get('name')}"
        skipped = [text for text in warnings(case) if text.startswith("skipped:")]
        if problem:
            failed += 1
            report.fail(label, problem[0], "\n".join(problem[1:]))
        elif skipped:
            report.skip(label, skipped[0].removeprefix("skipped:"))
        else:
            report.ok(label)
    tail = "\n".join(said.splitlines()[-40:])
    if not complete:
        report.fail(name, f"it stopped before its end ({ending(code)})", tail)
    elif not cases:
        report.fail(name, "it has no test cases", tail)
    elif code != 0 and failed == 0:
        report.fail(name, f"all cases passed, and then: {ending(code)}", tail)
    elif failed and said.strip():
        print("    " + "\n    ".join(tail.splitlines()))
    print(f"  {name}: {len(cases)} cases, {failed} failed, {took:.1f} s", flush=True)


def wrapper(name):
    """ThreadSanitizer of g++ 12 does not know the memory layout of kernels with much address randomisation."""
    without = ["setarch", "-R"]
    if name.startswith("tsan/") and subprocess.run([*without, "true"], capture_output=True).returncode == 0:
        return without
    return []


def execute(command, stream, folder):
    """The program's exit code; None where it took too long. Its working directory is an empty folder of its own."""
    try:
        work = pathlib.Path(folder) / "work"
        work.mkdir()
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, timeout=TIMEOUT, cwd=work).returncode
    except subprocess.TimeoutExpired:
        return None


def ending(code):
    if code is None:
        return f"stopped after {TIMEOUT} s"
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def read_cases(output):
    """[(test case, None or lines that tell what failed)], and whether the output is complete."""
    cases, complete = [], False
    try:
        for _, element in xml.iterparse(output):
            if element.tag == "TestCase":
                cases.append((element, problem_of(element)))
            complete = complete or element.tag == "Catch"
    except (xml.ParseError, FileNotFoundError):
        pass
    return cases, complete


def problem_of(case):
    result = case.find("OverallResult")
    if result is not None and result.get("success") == "true":
        return None
    lines = []
    for element in case.iter():
        where = f"{element.get('filename', '').replace(f'{ROOT}/', '')}:{element.get('line')}"
        if element.tag == "Expression" and element.get("success") == "false":
            expanded = one_line(element.findtext("Expanded", ""))
            raised = one_line(element.findtext("Exception", "") or element.findtext("FatalErrorCondition", ""))
            lines.append(f"{where} {element.get('type')}( {one_line(element.findtext('Original', ''))} ) is {expanded} {raised}".strip())
        elif element.tag in ("Failure", "Exception", "FatalErrorCondition") and element.get("line"):
            lines.append(f"{where} {element.tag}: {one_line(element.text or '')}")
    return lines or [f"{case.get('filename', '').replace(f'{ROOT}/', '')}:{case.get('line')} failed"]


def warnings(case):
    return [one_line(element.text or "") for element in case.iter("Warning")]


if __name__ == "__main__":
    run(main)
