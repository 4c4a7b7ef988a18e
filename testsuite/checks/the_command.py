"""The azoth command, run and judged: what the checks of it share."""

import os
import pathlib
import subprocess

from common import ROOT

AZOTH = pathlib.Path(os.environ.get("AZOTH_COMMAND", ROOT / "build/release/bin/azoth"))
TIMEOUT = 120


def azoth(*arguments, given=None):
    return subprocess.run([AZOTH, *map(str, arguments)], input=given, capture_output=True, text=True, timeout=TIMEOUT, check=False)


def expect(report, name, done, code, *parts):
    """Checks an exit code, and what is said on either stream."""
    said = done.stdout + done.stderr
    missing = [part for part in parts if part not in said]
    if done.returncode != code:
        report.fail(name, f"exit code {done.returncode}, not {code}", said)
    elif missing:
        report.fail(name, f"it does not say {missing[0]!r}", said)
    else:
        report.ok(name)


def server_of(url):
    return url.split("@")[-1]


def databases(folder):
    """A URL for each kind of database there is: SQLite's file is new."""
    found = {"sqlite": f"sqlite:///{folder}/{len(os.listdir(folder))}.db"}
    for url in os.environ.get("AZOTH_TEST_URLS", "").split():
        kind = "postgresql" if url.startswith("postgresql") else "mariadb"
        if kind not in found or url.startswith(kind):
            found[kind] = url
    return found
