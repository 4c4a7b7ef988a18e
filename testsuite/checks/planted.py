"""The conformance suite can fail: it finds each defect planted in a test dialect (testsuite/conformance/faulty), finds none where none is
planted, and makes the right thing of cases that misbehave (testsuite/conformance/rogue): `planted.py [--build FOLDER] [DEFECT...]`.
"""

import argparse
import json
import pathlib
import re
import subprocess
import tempfile

from common import ROOT, in_parallel, run

SUITE = ROOT / "testsuite/conformance"
TIMEOUT = 300

# Where each defect has to be found: an area, or a case where the area would take long.
EXPECTED = {
    "aggregates-twins": "aggregates",
    "autocommits": "transactions",
    "basic-plane-only": "values",
    "buffers-results": "results",
    "claims-names-foreign-key": "errors/foreign-key-name",
    "claims-nan-values": "values",
    "claims-strict-casts": "types/cast-unfitting-number",
    "claims-two-phase": "transactions",
    "commits-on-rollback": "transactions",
    "confuses-constraints": "errors/unique",
    "cuts-large-values": "values",
    "decimals-through-double": "types",
    "denies-cancel": "errors",
    "denies-infinite-values": "values",
    "denies-names-check-constraint": "errors/check-name",
    "denies-returning": "insert",
    "denies-savepoints": "transactions",
    "drops-microseconds": "types",
    "empty-text-as-null": "types",
    "except-as-union": "compounds",
    "exists-negated": "from",
    "float-for-double": "types",
    "full-join-as-left": "from",
    "ignores-cancel": "errors/cancel",
    "ignores-deadlines": "errors/deadline",
    "ignores-descending": "ordering",
    "ignores-exclusion": "windows",
    "ignores-filter": "aggregates",
    "ignores-offset": "ordering",
    "ignores-read-only": "transactions",
    "ignores-savepoints": "transactions",
    "ignores-stop": "errors/stop-token",
    "joins-inner-only": "from",
    "keeps-transaction-open": "connection",
    "leaky-reset": "connection",
    "locks-as-statement-errors": "transactions",
    "loses-last-of-block": "results",
    "loss-as-data-error": "connection",
    "lowers-column-names": "results",
    "miscounts-rows": "rowcount",
    "not-in-as-in": "expressions",
    "nulls-last-as-first": "ordering",
    "pings-blindly": "connection",
    "proposed-as-stored": "upsert",
    "rolls-back-on-commit": "rowcount",
    "rows-as-range": "windows",
    "swallows-integrity-errors": "errors/unique",
    "swaps-returned-rows": "bulk",
    "trims-blanks": "types",
    "truncates-at-nul": "values",
    "union-keeps-twins": "compounds",
    "unsigned-as-signed": "values",
}

# What becomes of each misbehaving case, and words that its message has to have.
ROGUE = {
    "rogue/passes": ("pass", ""),
    "rogue/fails": ("fail", "1 == 2|one row was inserted|INSERT INTO|statements:"),
    "rogue/asserts-nothing": ("fail", "asserted nothing"),
    "rogue/throws": ("fail", "thrown: |SELECT nonsense FROM nowhere"),
    "rogue/sections": ("fail", "1 + 1 == 3|2 + 2 == 5"),
    "rogue/crashes": ("fail", "by signal 11|SIGSEGV|CREATE TABLE"),
    "rogue/aborts": ("fail", "by signal 6|SIGABRT"),
    "rogue/exits": ("fail", "with code 3"),
    "rogue/hangs": ("fail", "did not end within 6 s|CREATE TABLE"),
    "rogue/locks": ("fail", "left behind: table azc_"),
    "rogue/leaves": ("fail", "left behind: DROP TABLE azc_never_made"),
    "rogue/forgets": ("fail", "left behind: table azc_|never dropped it"),
    "rogue/declines": ("declined", "nobody told of a second user"),
    "rogue/fails-and-declines": ("fail", "1 + 1 == 3"),
    "rogue/unclaimed": ("declined", "nothing"),
    "rogue/unclaimed-in-assertion": ("declined", "nothing"),
    "rogue/unclaimed-value": ("declined", "no_value"),
    "rogue/unclaimed-quietly": ("declined", "no_name"),
    "rogue/over-delivers": ("over-delivers", "`nothing` is not claimed"),
    "rogue/over-delivers-quietly": ("over-delivers", "`no_name` is not claimed"),
    "rogue/not-refused": ("fail", "`nothing` is not claimed: its use has to be refused|1 == 2"),
    "rogue/refused-otherwise": ("fail", "`no_value` is not claimed: its use has to be refused with a data_error"),
    "rogue/claimed-and-refused": ("fail", "not_supported_error: this database cannot"),
    "rogue/passes-again": ("pass", ""),
}


def main(report):
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    arguments.add_argument("defects", nargs="*")
    said = arguments.parse_args()
    planted = set(re.findall(r'[{(]"([a-z-]+)"[,)]', "".join(file.read_text() for file in SUITE.glob("faulty/defects_*.cpp"))))
    report.verdict("planted/every named defect is there", [f"there is no defect {name}" for name in said.defects if name not in EXPECTED])
    report.verdict("planted/every defect is expected somewhere", sorted(f"{name}: in one list only" for name in planted ^ set(EXPECTED)))
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        if not said.defects:
            report.verdict("planted/cases that misbehave", rogue(said.build, work))
            report.verdict("planted/none", sound(said.build, work))
            report.verdict("planted/one connection", lonely(said.build, work))
        names = sorted(planted & set(EXPECTED) & set(said.defects or EXPECTED))
        for name, problems in zip(names, in_parallel(lambda name: found(said.build, work, name), names)):
            report.verdict(f"planted/{name}", problems)


def rogue(build, work):
    """The misbehaving cases, and what is not as expected of them."""
    database = work / "rogue.db"
    code, cases, said = suite(build / "bin/azoth_conformance_rogue", work, f"sqlite:///{database}?busy_timeout=300", ["--filter", "rogue", "--timeout", "6"])
    problems = [] if code == 1 else [f"the exit code is {code}"]
    if list(cases) != list(ROGUE):
        problems.append(f"the cases are {list(cases)}")
    for name, (outcome, words) in ROGUE.items():
        case = cases.get(name, {"outcome": "missing", "message": ""})
        lacking = [word for word in words.split("|") if word not in case["message"]]
        if case["outcome"] != outcome or lacking:
            problems.append(f"{name}: {case['outcome']}, expected {outcome} with {lacking or 'its words'}: {case['message']}")
    counts = [sum(case["outcome"] in kinds for case in cases.values()) for kinds in (("pass",), ("fail", "over-delivers"), ("declined",))]
    last = "{} passed, {} failed, {} skipped".format(*counts)
    if said.splitlines()[-1] != last:
        problems.append(f"the last line is `{said.splitlines()[-1]}`, expected `{last}`")
    return problems


def sound(build, work):
    """The dialect without a defect, and what fails on it."""
    code, cases, _ = suite(build / "bin/azoth-conformance", work, *faulty(build, work, "none"))
    problems = [f"{name}: {case['message']}" for name, case in cases.items() if case["outcome"] in ("fail", "over-delivers")]
    return problems or ([] if code == 0 and cases else [f"{len(cases)} cases, exit code {code}"])


def lonely(build, work):
    """A database of one connection is refused before its cases wait for each other."""
    code, cases, said = suite(build / "bin/azoth-conformance", work, "sqlite://", [])
    return [] if code == 2 and not cases and "one connection" in said else [f"exit code {code}: {said}"]


def found(build, work, name):
    """A planted defect, and why it was not found."""
    url, words = faulty(build, work, name)
    code, cases, _ = suite(build / "bin/azoth-conformance", work, url, [*words, "--filter", EXPECTED[name], "--timeout", "5"])
    outcomes = {case["outcome"] for case in cases.values()}
    if "fail" not in outcomes and "over-delivers" not in outcomes:
        return [f"nothing failed in {EXPECTED[name]}"]
    if name.startswith("denies-") and "over-delivers" not in outcomes:
        return ["a claim was taken away, and nothing was found to deliver more"]
    return [] if code == 1 else [f"the exit code is {code}"]


def faulty(build, work, defect):
    plugin = build / "test-plugins/azoth-dialect-faulty-planted.so"
    return f"faulty:///{work}/{defect}.db?synchronous=off&defect={defect}", ["--plugin", str(plugin.resolve())]


def suite(program, work, url, words):
    """Runs the program. Returns its exit code, the cases of its report by id, and what it printed."""
    file = work / f"{abs(hash(url))}.json"
    done = subprocess.run([program, "--url", url, *words, "--report", f"json={file}"], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=TIMEOUT)
    if not file.exists():
        return done.returncode, {}, done.stdout + done.stderr
    return done.returncode, {case["id"]: case for case in json.loads(file.read_text())["cases"]}, done.stdout


if __name__ == "__main__":
    run(main)
