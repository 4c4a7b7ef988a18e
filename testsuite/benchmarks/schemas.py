"""What schemas and copies take, beside what else does the work: 2,000 tables reflected, with SQLAlchemy's MetaData.reflect beside; 500,000 rows
copied between databases, with sqlite3, psql and the mariadb client beside. In turns; medians, and the least and most.

schemas.py BUILD URL...: BUILD/bin holds azoth and azoth_reflection; the URLs are of servers on a port."""

import contextlib
import os
import pathlib
import shlex
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

TABLES = 2_000
ROWS = 200_000
ROUNDS = 3
# Debian's SQLAlchemy is Debian's Python's.
PYTHON = "/usr/bin/python3"
REFLECT = """
import sys, time, sqlalchemy
engine = sqlalchemy.create_engine(sys.argv[1])
asked = [0]
sqlalchemy.event.listen(engine, "before_cursor_execute", lambda *_: asked.__setitem__(0, asked[0] + 1))
began = time.monotonic()
all = sqlalchemy.MetaData()
all.reflect(engine)
print(len(all.tables), asked[0], time.monotonic() - began)
"""


def main():
    build, *urls = sys.argv[1:]
    azoth, reflection = (pathlib.Path(build, "bin", name).resolve() for name in ("azoth", "azoth_reflection"))
    with tempfile.TemporaryDirectory() as folder:
        schemas = [f"sqlite:///{folder}/schema.db", *urls]
        if not urls:
            print("no servers: SQLite alone")
        reflect(azoth, reflection, schemas)
        copy(azoth, folder, urls)


def reflect(azoth, reflection, urls):
    print(f"{TABLES:,} tables of five columns, a foreign key and an index each: reflected")
    for url in urls:
        for part in schema_scripts():
            run([azoth, "sql", url], part)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(reflected([reflection, url]))
            if has_sqlalchemy(url):
                theirs.append(reflected([PYTHON, "-c", REFLECT, sqlalchemy_url(url)]))
        name = kind_of(url)
        report(f"{name}: azoth", [seconds for _, seconds in ours], f"{ours[0][0]} queries")
        if theirs:
            report(f"{name}: SQLAlchemy", [seconds for _, seconds in theirs], f"{theirs[0][0]} queries")
        else:
            print(f"{name}: SQLAlchemy or its driver is not installed (python3-sqlalchemy, python3-psycopg2, python3-pymysql)")
        run([azoth, "sql", url], "".join(f"DROP TABLE t{i};\n" for i in reversed(range(TABLES))))


def schema_scripts():
    """In parts that a connection takes at once; each table refers to the one before it."""
    def table(i):
        key = f", FOREIGN KEY (parent) REFERENCES t{i - 1} (id)" if i else ""
        return (f"CREATE TABLE t{i} (id INTEGER PRIMARY KEY, parent INTEGER, name VARCHAR(80) NOT NULL, price NUMERIC(10, 2), note TEXT{key});\n"
                f"CREATE INDEX t{i}_by_name ON t{i} (name);\n")
    return ["".join(map(table, range(first, first + 100))) for first in range(0, TABLES, 100)]


def reflected(command):
    """(queries, seconds)"""
    tables, queries, seconds = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    if int(tables) < TABLES:
        raise RuntimeError(f"{command[0]} has seen {tables} tables of {TABLES}")
    return int(queries), float(seconds)


def copy(azoth, folder, urls):
    source = f"{folder}/rows.db"
    with contextlib.closing(sqlite3.connect(source)) as db:
        db.execute("CREATE TABLE bench_rows (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, price DOUBLE PRECISION, note TEXT, amount INTEGER)")
        db.executemany("INSERT INTO bench_rows VALUES (?, ?, ?, ?, ?)",
                       ((i, f"name {i}", i / 3, "x" * (i % 40) if i % 5 else None, i * 7) for i in range(1, ROWS + 1)))
        db.commit()
    print(f"\n{ROWS:,} rows of five columns: copied")
    for url in urls:
        name = kind_of(url)
        clear = [azoth, "sql", url, "-c", "DROP TABLE IF EXISTS bench_rows"]
        race(f"SQLite to {name}", clear, [azoth, "copy", f"sqlite:///{source}", url],
             f"sqlite3 {source} .dump | grep -v ^PRAGMA | sed 's/^BEGIN TRANSACTION/BEGIN/' | {client(url)}")
        back = f"{folder}/back.db"
        run(clear)
        run([azoth, "copy", f"sqlite:///{source}", url])
        race(f"{name} to SQLite", ["rm", "-f", back], [azoth, "copy", url, f"sqlite:///{back}", "--tables", "bench_rows"], by_hand_back(url, folder, back))
        run(clear)


def race(what, clear, ours, by_hand):
    measured = {"azoth copy": [], "by hand": []}
    peak = 0
    for _ in range(ROUNDS):
        for name, command in (("azoth copy", list(map(str, ours))), ("by hand", ["bash", "-o", "pipefail", "-c", by_hand] if by_hand else None)):
            if command is None:
                continue
            run(clear)
            began = time.monotonic()
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            told = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
            if status != 0:
                raise RuntimeError(f"{what}, {name}: ended with {status}: {told.decode()[-500:]}")
            measured[name].append(time.monotonic() - began)
            if name == "azoth copy":
                peak = max(peak, usage.ru_maxrss)
    for name, seconds in measured.items():
        if seconds:
            remark = f"{ROWS / statistics.median(seconds):,.0f} rows/s" + (f", at most {peak / 1024:.0f} MiB" if name == "azoth copy" else "")
            report(f"{what}: {name}", seconds, remark)


def by_hand_back(url, folder, back):
    table = "CREATE TABLE bench_rows (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, price DOUBLE PRECISION, note TEXT, amount INTEGER)"
    if kind_of(url) != "PostgreSQL":
        return ""
    return (f"{client(url)} -c '\\copy bench_rows to {folder}/rows.csv csv' && "
            f"sqlite3 {back} '{table}' && sqlite3 -csv {back} '.import {folder}/rows.csv bench_rows'")


def client(url):
    u = urllib.parse.urlsplit(url)
    password, database = shlex.quote(urllib.parse.unquote(u.password or "")), u.path.lstrip("/")
    if kind_of(url) == "PostgreSQL":
        return f"env PGPASSWORD={password} PGHOST={u.hostname} PGPORT={u.port} PGUSER={u.username} PGDATABASE={database} psql -q -v ON_ERROR_STOP=1"
    return f"env MYSQL_PWD={password} mariadb -h {u.hostname} -P {u.port} -u {u.username} {database}"


def sqlalchemy_url(url):
    driver = {"SQLite": "sqlite", "PostgreSQL": "postgresql+psycopg2", "MariaDB": "mysql+pymysql"}[kind_of(url)]
    return driver + url[url.index(":"):].split("?")[0]


def has_sqlalchemy(url):
    module = {"SQLite": "sqlite3", "PostgreSQL": "psycopg2", "MariaDB": "pymysql"}[kind_of(url)]
    return subprocess.run([PYTHON, "-c", f"import sqlalchemy, {module}"], capture_output=True, check=False).returncode == 0


def kind_of(url):
    return "SQLite" if url.startswith("sqlite") else "PostgreSQL" if url.startswith("postgresql") else "MariaDB"


def run(command, given=None):
    done = subprocess.run(list(map(str, command)), input=given, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{pathlib.Path(str(command[0])).name} ended with {done.returncode}: {done.stderr[-500:]}")


def report(name, seconds, remark=""):
    print(f"{name:40} {statistics.median(seconds):7.2f} s   ({min(seconds):.2f} to {max(seconds):.2f})   {remark}", flush=True)


if __name__ == "__main__":
    main()
