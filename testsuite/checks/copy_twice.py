"""Copies into one target: one at a time, and what one has begun is gone on with by the same command only."""

import contextlib
import fcntl
import signal
import sqlite3
import subprocess
import time

from the_command import AZOTH, TIMEOUT, azoth, databases, expect

ROWS = 60_000
TABLES = ("copied_one", "copied_two")


def check(report, folder):
    file = f"{folder}/twice-source.db"
    with contextlib.closing(sqlite3.connect(file)) as db:
        for table in TABLES:
            db.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, note TEXT)")
            db.executemany(f"INSERT INTO {table} VALUES (?, ?)", ((i, "x" * 40) for i in range(ROWS)))
        db.commit()
    source = f"sqlite:///{file}"
    for kind, url in databases(folder).items():
        two_at_once(report, source, kind, url)
    while_one_commits(report, folder, source)
    for kind, url in databases(folder).items():
        one_that_had_ended(report, folder, kind, url)


def two_at_once(report, source, kind, url):
    """The first is halted, not ended, while others come; killed, it keeps nobody out."""
    copying = subprocess.Popen([AZOTH, "copy", source, url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if not has_begun(url, copying):
            report.skip(f"command/two copies at once, {kind}", "the first had ended before the second came")
            return
        copying.send_signal(signal.SIGSTOP)
        expect(report, f"command/two copies at once, {kind}", azoth("copy", source, url), 1, "a copy into", "is running")
    finally:
        copying.kill()
        copying.wait(TIMEOUT)
    until_free(url, source)
    expect(report, f"command/a copy of other tables than was begun, {kind}", azoth("copy", source, url, "--tables", TABLES[0]), 1,
           "a copy of all tables", "azoth_copy_under_way")
    expect(report, f"command/a killed copy keeps nobody out, {kind}", azoth("copy", source, url, "--verify"), 0, "going on",
           "every value is the same")
    clear(url)
    expect(report, f"command/blanks around the names of --tables, {kind}", azoth("copy", source, url, "--tables", " copied_one , copied_two"), 0)


def while_one_commits(report, folder, source):
    """SQLite lets nobody read while a copy commits: that one is running is known before."""
    target = f"{folder}/committing.db"
    with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as db, open(f"{target}-azoth-copy", "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        db.execute("BEGIN EXCLUSIVE")
        expect(report, "command/a copy into a SQLite file beside one that commits", azoth("copy", source, f"sqlite:///{target}"), 1,
               "a copy into", "is running")


def one_that_had_ended(report, folder, kind, url):
    """A copy that failed behind its last step, --verify, goes on, and makes nothing a second time."""
    file = f"{folder}/ended-{kind}.db"
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.executescript("CREATE TABLE p (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, UNIQUE (a, b));"
                         "CREATE TABLE c (p INTEGER REFERENCES p (id), a INTEGER, b INTEGER, CHECK (a > 0), FOREIGN KEY (a, b) REFERENCES p (a, b));"
                         "CREATE INDEX by_a ON c (a); INSERT INTO p VALUES (1, 2, 3); INSERT INTO c VALUES (1, 2, 3);")
    source = f"sqlite:///{file}"
    expect(report, f"command/a copy to {kind} ends", azoth("copy", source, url), 0)
    first = azoth("inspect", url).stdout
    mark = f"CREATE TABLE azoth_copy_under_way (source VARCHAR(500) PRIMARY KEY, selection TEXT NOT NULL); INSERT INTO azoth_copy_under_way VALUES ('{source}', 'all tables');"
    for _ in range(2):
        azoth("sql", url, given=mark)
        expect(report, f"command/a copy to {kind} that had ended goes on", azoth("copy", source, url), 0, "going on")
    again = azoth("inspect", url).stdout
    report.verdict(f"command/keys without names are made once on {kind}", [] if first == again and first.count("foreign key") == 2 else [first, again])


def has_begun(url, copying):
    """Whether it has left its mark, and runs still."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and copying.poll() is None:
        if azoth("sql", url, "-c", f"SELECT count(*) FROM {TABLES[1]}").returncode == 0:
            return copying.poll() is None
        time.sleep(0.005)
    return False


def until_free(url, source):
    """A server takes a moment to see that a client is gone."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and "is running" in azoth("copy", source, url, "--tables", TABLES[0]).stderr:
        time.sleep(0.05)


def clear(url):
    for table in (*TABLES, "azoth_copy_under_way"):
        azoth("sql", url, "-c", f"DROP TABLE IF EXISTS {table}")
