"""Programs in testsuite/must_fail that the compiler must refuse, with the message that the first line expects: `// expect: REGEX`.

Each has a corrected variant behind `#ifdef AZOTH_MUST_PASS`, which must compile: so that no program fails for a reason of its own.
"""

import argparse
import re

from common import ROOT, compile_many, compile_text, first_error, in_parallel, include_flags, precompiled, project_files, run

FOLDER = "testsuite/must_fail"


def main(report):
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--compiler", default="g++")
    compiler = arguments.parse_args().compiler
    names = project_files(".cpp", under=f"{FOLDER}/")
    if not names:
        report.fail("must_fail", f"there are no programs in {FOLDER}")
    flags = [*include_flags(), f"-I{ROOT / FOLDER}", "-Wno-unused"]
    with precompiled("shop.hpp", flags, compiler) as first:
        flags += first
        corrected = compile_many([(ROOT / name).read_text() for name in names], [*flags, "-DAZOTH_MUST_PASS"], compiler)
        results = in_parallel(lambda item: judge(*item, flags, compiler), zip(names, corrected))
    for name, (why, details) in zip(names, results):
        label = f"must_fail/{name.rsplit('/', 1)[1]} ({compiler})"
        if why:
            report.fail(label, why, details)
        else:
            report.ok(label)


def judge(name, corrected, flags, compiler):
    """What is wrong with a program, or None, and the details."""
    text = (ROOT / name).read_text()
    expected = re.match(r"// expect: (.+)", text)
    if not expected:
        return "its first line is not `// expect: REGEX`", ""
    if "AZOTH_MUST_PASS" not in text:
        return "it has no corrected variant (#ifdef AZOTH_MUST_PASS)", ""
    passes, messages = corrected
    if not passes:
        return f"the corrected variant does not compile: {first_error(messages)}", ""
    passes, messages = compile_text(text, flags, compiler)
    if passes:
        return "it compiles", ""
    errors = [line.split("error:", 1)[1].strip() for line in messages.splitlines() if "error:" in line]
    if not any(re.search(expected[1], error) for error in errors):
        return f"no error matches /{expected[1]}/; it says", "\n".join(errors)
    return None, ""


if __name__ == "__main__":
    run(main)
