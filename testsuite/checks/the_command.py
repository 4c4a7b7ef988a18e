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
    """A URL for each kind of database there is: an empty one, whatever others have left on the servers."""
    found = {"sqlite": f"sqlite:///{folder}/{len(os.listdir(folder))}.db"}
    for url in os.environ.get("AZOTH_TEST_URLS", "").split():
        kind = "postgresql" if url.startswith("postgresql") else "mariadb"
        if kind not in found or url.startswith(kind):
            found[kind] = url
    return {kind: url if kind == "sqlite" else own_place(url, kind, "azoth_checks") for kind, url in found.items()}


def own_place(url, kind, name):
    """A schema of PostgreSQL's or a database of MariaDB's, made anew."""
    if kind == "postgresql":
        azoth("sql", url, "-c", f"DROP SCHEMA IF EXISTS {name} CASCADE", "-c", f"CREATE SCHEMA {name}")
        return f"{url}?options=-c%20search_path%3D{name}"
    azoth("sql", url, "-c", f"DROP DATABASE IF EXISTS {name}", "-c", f"CREATE DATABASE {name}")
    return f"{url.rpartition('/')[0]}/{name}"


def another(url, kind):
    """An empty place of the same kind of database."""
    return url + ".copy" if kind == "sqlite" else own_place(url.partition("?")[0], kind, "azoth_copied")
