"""Programs in testsuite/must_fail that the compiler must refuse, with the message that the first line expects: `// expect: REGEX`.

Each has a corrected variant behind `#ifdef AZOTH_MUST_PASS`, which must compile: so that no program fails for a reason of its own.
"""

import argparse
import re

from common import ROOT, compile_text, first_error, in_parallel, include_flags, precompiled, project_files, run

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
        results = in_parallel(lambda name: judge(name, [*flags, *first], compiler), names)
    for name, why, details in results:
        label = f"must_fail/{name.rsplit('/', 1)[1]} ({compiler})"
        if why:
            report.fail(label, why, details)
        else:
            report.ok(label)


def judge(name, flags, compiler):
    text = (ROOT / name).read_text()
    expected = re.match(r"// expect: (.+)", text)
    if not expected:
        return name, "its first line is not `// expect: REGEX`", ""
    if "AZOTH_MUST_PASS" not in text:
        return name, "it has no corrected variant (#ifdef AZOTH_MUST_PASS)", ""
    passes, messages = compile_text(text, [*flags, "-DAZOTH_MUST_PASS"], compiler)
    if not passes:
        return name, f"the corrected variant does not compile: {first_error(messages)}", ""
    passes, messages = compile_text(text, flags, compiler)
    if passes:
        return name, "it compiles", ""
    errors = [line.split("error:", 1)[1].strip() for line in messages.splitlines() if "error:" in line]
    if not any(re.search(expected[1], error) for error in errors):
        return name, f"no error matches /{expected[1]}/; it says", "\n".join(errors)
    return name, None, ""


if __name__ == "__main__":
    run(main)
