"""What a copy says that it loses: keys to tables that stay behind, and the same of many tables in one line."""

import contextlib
import pathlib
import sqlite3

from the_command import azoth, databases, expect

LOSS = "child: the foreign key (parent) to stays_behind is left out"


def check(report, folder):
    file = f"{folder}/losses-source.db"
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.executescript("""CREATE TABLE stays_behind (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent BIGINT REFERENCES stays_behind (id), older INTEGER REFERENCES child (id));
INSERT INTO stays_behind VALUES (1); INSERT INTO child VALUES (1, 1, 1);""")
    source = f"sqlite:///{file}"
    for kind, url in databases(folder).items():
        loose_key(report, source, kind, url)
        if kind == "mariadb":
            same_of_many(report, url, f"sqlite:///{folder}/losses-copy.db")
    refused_and_named(report, folder)


def loose_key(report, source, kind, url):
    strict = azoth("copy", source, url, "--tables", "child", "--strict")
    expect(report, f"command/--strict refuses to lose a key, {kind}", strict, 1, LOSS, "--strict")
    expect(report, f"command/a key to a table that stays behind, {kind}", azoth("copy", source, url, "--tables", "child", "--verify"), 0, LOSS)
    made = azoth("inspect", url, "--table", "child")
    report.verdict(f"command/the other keys come along, {kind}",
                   [] if "stays_behind" not in made.stdout and "older" in made.stdout.split("parent", 1)[-1] else [made.stdout])
    azoth("sql", url, "-c", "DROP TABLE child")
    azoth("copy", source, url, "--tables", "stays_behind")
    with_parent = azoth("copy", source, url, "--tables", "child", "--strict")
    expect(report, f"command/a key to a table that is there already, {kind}", with_parent, 0)


def same_of_many(report, url, target):
    tables = [f"same_{n}" for n in range(4)]
    for table in tables:
        azoth("sql", url, "-c", f"CREATE TABLE {table} (id INTEGER PRIMARY KEY) DEFAULT CHARSET utf8mb4")
    expect(report, "command/the same loss of many tables is one line", azoth("copy", url, target, "--tables", ",".join(tables)), 0, ": 4 tables: ")
    for table in tables:
        azoth("sql", url, "-c", f"DROP TABLE {table}")


def refused_and_named(report, folder):
    """What is refused leaves no file; messages have the target as it was typed, checks by what they say, and collations of indexes."""
    file = f"{folder}/nameless-source.db"
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.executescript("CREATE TABLE t (a TEXT, CHECK (a GLOB 'x*')); CREATE INDEX by_a ON t (a COLLATE NOCASE DESC); CREATE TABLE k (b TEXT REFERENCES t (a));")
    source, target = f"sqlite:///{file}", f"{folder}/refused-copy.db"
    refused = azoth("copy", source, f"sqlite:///{target}", "--tables", "k", "--strict")
    expect(report, "command/--strict refuses to lose a key to a file", refused, 1, "--strict")
    report.verdict("command/a copy that is refused leaves no file", [target] if pathlib.Path(target).exists() else [])
    expect(report, "command/an index's collation is shown", azoth("inspect", source), 0, "(a collate NOCASE desc)")
    azoth("copy", source, f"sqlite:///{target}")
    again = azoth("copy", source, f"sqlite:///{target}")
    expect(report, "command/the target is named as it was typed", again, 1, f"sqlite:///{target} has ")
    others = {kind: url for kind, url in databases(folder).items() if kind != "sqlite"}
    for kind, url in others.items():
        done = azoth("copy", source, url, "--tables", "t")
        expect(report, f"command/a check without a name is told by what it says, {kind}", done, 0, "a check: a GLOB 'x*'")
        azoth("sql", url, "-c", "DROP TABLE t")
