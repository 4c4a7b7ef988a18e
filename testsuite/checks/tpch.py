"""The 22 queries of TPC-H: on each database they give the rows of SQL written by hand, and on all the same. Nobody else's tables are dropped."""

import contextlib
import difflib
import os
import re
import sqlite3
import subprocess
import tempfile

from common import ROOT, run

PROGRAM = ROOT / "build/release/bin/tpch"


def main(report):
    shows_the_source(report)
    with tempfile.TemporaryDirectory() as folder:
        expected = check(report, f"sqlite:///{folder}/tpch.db", "sqlite", None)
        for n in queries_without_rows(expected):
            report.fail(f"tpch/query {n}", "it finds nothing in the generated data")
        urls = os.environ.get("AZOTH_TEST_URLS", "").split()
        if not urls:
            report.skip("tpch/on servers", "AZOTH_TEST_URLS names none")
        for url in urls:
            check(report, url, url.split(":")[0], expected)
        keeps_foreign_tables(report, f"{folder}/own.db")


def shows_the_source(report):
    """The document's queries are those of the example."""
    shown = re.findall(r"<!-- (q\d\d\.cpp) -->\n```cpp\n.*?^(Query q.*?)```", (ROOT / "framework/docs/tpch.md").read_text(), re.S | re.M)
    files = ROOT / "framework/examples/tpch/queries"
    report.verdict("tpch/the document shows the source", [f"framework/docs/tpch.md shows another {name} than the example's" for name, code in shown
                                                          if code not in (files / name).read_text()] if shown else ["no query is found in it"])


def check(report, url, name, expected):
    """Runs all queries; returns what they print, without the first line and the times."""
    done = start([url, "--scale", "0.002", "--check", "--all-rows", "--drop"])
    printed = tables(done.stdout)
    report.verdict(f"tpch/{name}: the rows of SQL written by hand", [] if done.returncode == 0 else [f"exit code {done.returncode}: {reason(done)}"])
    if expected is not None:
        report.verdict(f"tpch/{name}: the rows of SQLite", differences(expected, printed))
    return printed


def keeps_foreign_tables(report, file):
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE tpch_orders (mine)")
        db.commit()
        done = start([f"sqlite:///{file}"])
        columns = [row[1] for row in db.execute("PRAGMA table_info(tpch_orders)")]
    if done.returncode != 1 or "choose another database" not in done.stderr or columns != ["mine"]:
        report.fail("tpch/a table of somebody else's", f"exit code {done.returncode}, columns {columns}", reason(done))
    else:
        report.ok("tpch/a table of somebody else's")


def tables(text):
    return text.partition("\n")[2].partition("\nTimes in milliseconds\n")[0]


def queries_without_rows(printed):
    """A query's rows stand beneath a line of dashes; the only row of an aggregate may hold nothing."""
    sections = re.findall(r"^Q(\d+): .*\n\n.*\n  -[ -]*\n((?:  .*\n?)*)", printed, re.M)
    found = {int(n) for n, rows in sections if rows.strip() not in ("", "-")}
    return sorted(set(range(1, 23)) - found)


def differences(expected, printed):
    lines = difflib.unified_diff(expected.splitlines(), printed.splitlines(), "SQLite", "here", lineterm="", n=0)
    return [line for _, line in zip(range(20), lines)]


def reason(done):
    lines = done.stderr.splitlines() or [line for line in done.stdout.splitlines() if "DIFFERENT" in line] or ["it says nothing"]
    return " / ".join(lines[:5])


def start(arguments):
    return subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)


if __name__ == "__main__":
    run(main)
