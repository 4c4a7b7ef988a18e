"""Runs the conformance suite on SQLite and on the servers of AZOTH_TEST_URLS, and reports each case of each: `conformance.py [--asan]`.

With --asan the suite's release build runs on SQLite with libazoth and the dialect of the ASan build.

A case that a dialect declines (it does not claim the capability, and the refusal was verified) counts as skipped; one that works although it
is not claimed counts as failed.
"""

import argparse
import contextlib
import json
import os
import pathlib
import sqlite3
import subprocess
import tempfile

from common import ROOT, asan_libraries, in_parallel, one_line, run

TIMEOUT = 600


def main(report):
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--asan", action="store_true")
    asan = arguments.parse_args().asan
    urls = [] if asan else os.environ.get("AZOTH_TEST_URLS", "").split()
    if not urls and not asan:
        report.skip("conformance/servers", "AZOTH_TEST_URLS names none")
    with tempfile.TemporaryDirectory() as folder:
        databases = [f"sqlite:///{folder}/conformance.db", *urls]
        runs = in_parallel(lambda url: run_suite(url, asan, pathlib.Path(folder) / f"{databases.index(url)}.json"), databases)
        left = left_in(f"{folder}/conformance.db")
    names = [url.split(":")[0] + (" (asan)" if asan else "") for url in databases]
    counts = {name: tell(report, name, *ran) for name, ran in zip(names, runs)}
    if len(set(counts.values()) - {None}) > 1:
        report.fail("conformance/the same cases everywhere", f"the numbers of cases differ: {counts}")
    else:
        report.ok("conformance/the same cases everywhere")
    if left:
        report.fail("conformance/nothing is left on SQLite", f"the suite's own {', '.join(left)} are still there")
    else:
        report.ok("conformance/nothing is left on SQLite")


def left_in(file):
    """What the cases have made and not taken away, on SQLite, where views are no tables that the suite looks for at its end."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        return [name for name, in database.execute("SELECT name FROM sqlite_master WHERE name LIKE 'azc%'")]


def run_suite(url, asan, file):
    """(the ended process, its cases), or (None, what went wrong)."""
    environment = {**os.environ, "AZOTH_CONFORMANCE_URL": url}  # passwords do not belong on a command line
    if asan:
        environment.update(asan_libraries())
    try:
        done = subprocess.run([ROOT / "build/release/bin/azoth-conformance", "--report", f"json={file}"], env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=TIMEOUT)
        return done, json.loads(file.read_text())["cases"]
    except (OSError, subprocess.TimeoutExpired, json.JSONDecodeError, KeyError) as problem:
        return None, one_line(str(problem))


def tell(report, name, done, cases):
    """How many cases there were; None where the suite did not run to its end."""
    if done is None:
        report.fail(f"conformance/{name}", f"it did not run to its end: {cases}")
        return None
    failed = 0
    for case in cases:
        label = f"conformance/{name}: {case['id']}"
        if case["outcome"] == "pass":
            report.ok(label)
        elif case["outcome"] == "declined":
            report.skip(label, one_line(case["message"]) or "declined")
        else:
            failed += 1
            report.fail(label, case["outcome"], case["message"])
    if done.returncode != 0 and not failed:
        report.fail(f"conformance/{name}", f"exit code {done.returncode} without a failed case", "\n".join(done.stderr.splitlines()[-20:]))
    print(f"  {name}: {done.stdout.splitlines()[-1] if done.stdout else 'nothing was printed'}", flush=True)
    return len(cases)


if __name__ == "__main__":
    run(main)
