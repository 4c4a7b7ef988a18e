"""What tools/quickstart promises: the example runs on a fresh SQLite file, again on the same file, and says what is wrong with a URL. On the
servers of AZOTH_TEST_URLS it prints the same tables."""

import contextlib
import difflib
import os
import pathlib
import sqlite3
import subprocess
import tempfile

from common import ROOT, run

OBJECTS = ROOT / "build/release/bin/package_objects"
SHOP = ROOT / "build/release/bin/shop"
RECORDS = ROOT / "build/release/bin/records"
PROGRAM = ROOT / "build/release/bin/package_catalogue"


def main(report):
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/catalogue.db"
        printed = ""
        for name, command in (("example/tools/quickstart", [ROOT / "tools/quickstart", url]), ("example/on the same file again", [PROGRAM, url])):
            done = start(command)
            if done.returncode != 0:
                report.fail(name, f"exit code {done.returncode}", tail(done))
            elif len(done.stdout.splitlines()) < 20:
                report.fail(name, "it prints fewer than 20 lines", done.stdout)
            elif not pathlib.Path(folder, "catalogue.db").exists():
                report.fail(name, "it made no database file")
            else:
                printed = tables(done.stdout)
                report.ok(name)
        on_servers(report, printed)
        by_objects(report, f"sqlite:///{folder}/objects.db", printed)
        the_same_everywhere(report, SHOP, f"sqlite:///{folder}/shop.db", "refused: there are only 2 of knife-3 left")
        the_same_everywhere(report, RECORDS, f"sqlite:///{folder}/records.db",
                            "deleted for good: 1", "emmy has changed knife: gone_since NULL -> 2026-11-26")
        keeps_foreign_tables(report, f"{folder}/own.db")
        done = start([PROGRAM, "sqlit:///catalogue.db"])
        if done.returncode in (0, None) or done.returncode < 0:
            report.fail("example/a misspelt dialect", f"exit code {done.returncode}, not an error's", tail(done))
        elif "sqlite" not in (done.stderr + done.stdout).replace("sqlit:", ""):
            report.fail("example/a misspelt dialect", "the message does not name the near dialect", tail(done))
        else:
            report.ok("example/a misspelt dialect")


def keeps_foreign_tables(report, file):
    """It makes its own tables anew, and drops nobody else's."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE package (mine)")
        db.commit()
        done = start([PROGRAM, f"sqlite:///{file}"])
        columns = [row[1] for row in db.execute("PRAGMA table_info(package)")]
    if done.returncode != 1 or "choose another database" not in done.stderr:
        report.fail("example/a table of somebody else's", f"exit code {done.returncode}", tail(done))
    elif columns != ["mine"]:
        report.fail("example/a table of somebody else's", f"it was replaced: its columns are {columns}")
    else:
        report.ok("example/a table of somebody else's")


def on_servers(report, expected):
    urls = os.environ.get("AZOTH_TEST_URLS", "").split()
    if not urls:
        report.skip("example/on servers", "AZOTH_TEST_URLS names none")
    for url in urls:
        name = f"example/the same tables on {url.split(':')[0]}"
        done = start([PROGRAM, url])
        if done.returncode != 0:
            report.fail(name, f"exit code {done.returncode}", tail(done))
        elif tables(done.stdout) != expected:
            report.fail(name, "it prints other tables than on SQLite", "\n".join(differences(expected, tables(done.stdout))))
        else:
            report.ok(name)


def by_objects(report, file, expected):
    """The ORM's version prints the same, but for the table that it leaves out."""
    before, _, rest = expected.partition("The largest sections, ")
    expected = before + rest[rest.index("The packages that most"):]
    for url in [file, *os.environ.get("AZOTH_TEST_URLS", "").split()]:
        name = f"example/the same by objects on {url.split(':')[0]}"
        done = start([OBJECTS, url])
        if done.returncode != 0:
            report.fail(name, f"exit code {done.returncode}", tail(done))
        elif tables(done.stdout) != expected:
            report.fail(name, "it prints other tables than package_catalogue", "\n".join(differences(expected, tables(done.stdout))))
        else:
            report.ok(name)


def the_same_everywhere(report, program, file, *lines):
    """A program prints these lines among others, and the same on every database, and on the same one again."""
    expected = ""
    for url in [file, file, *os.environ.get("AZOTH_TEST_URLS", "").split()]:
        name = f"example/{program.name} on {url.split(':')[0]}{' again' if expected and url == file else ''}"
        done = start([program, url])
        expected = expected or done.stdout
        if done.returncode != 0:
            report.fail(name, f"exit code {done.returncode}", tail(done))
        elif done.stdout != expected:
            report.fail(name, "it prints something else than on SQLite", "\n".join(differences(expected, done.stdout)))
        elif missing := [line for line in lines if line not in done.stdout]:
            report.fail(name, f"it does not print: {missing[0]}", done.stdout)
        else:
            report.ok(name)


def tables(text):
    """What is printed behind the line that names the database."""
    lines = text.splitlines()
    heading = next((i for i, line in enumerate(lines) if line.startswith("went into ")), -1)
    return "\n".join(lines[heading + 1:])


def differences(expected, printed):
    return list(difflib.unified_diff(expected.splitlines(), printed.splitlines(), "SQLite", "here", lineterm="", n=0))[:20]


def start(command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)


def tail(done):
    return "\n".join((done.stdout + done.stderr).splitlines()[-20:])


if __name__ == "__main__":
    run(main)
