"""The azoth command as people use it, on SQLite and on the servers of AZOTH_TEST_URLS: sql in a pipe, inspect in every form, copy between
databases, interrupted too, and diff. What `inspect --as cpp` writes is compiled, and makes the schema that it was read from."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

import copy_losses
import copy_numbers
import copy_stored
import copy_structure
import copy_twice
import copy_values
import told_schemas
import why_dialects
from common import ROOT, run
from terminal import Terminal
from the_command import AZOTH, TIMEOUT, azoth, expect, server_of

SCHEMA = '''
CREATE TABLE "Odd ""one""" ("group" INTEGER PRIMARY KEY, "a b" VARCHAR(20) NOT NULL DEFAULT 'it''s', price NUMERIC(10, 2) CHECK (price > 0),
    day DATE_TEXT, body JSON_TEXT, "class" BLOB, half DOUBLE PRECISION, CONSTRAINT "one a day" UNIQUE ("a b", day));
CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES "Odd ""one""" ("group") ON DELETE CASCADE, note TEXT);
CREATE INDEX child_parent ON child (parent, note DESC);
'''
TABLES = 'Odd "one",child'
ROWS = 20_000


def main(report):
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/source.db"
        make_source(file)
        source = f"sqlite:///{file}"
        wrong_use(report)
        why_dialects.check(report)
        what_is_not_there(report, source, folder)
        all_that_help_tells(report, folder)
        sql_in_a_pipe(report, source)
        shell_on_a_terminal(report, source, folder)
        inspect_forms(report, source)
        cpp_makes_the_same(report, source, folder)
        copies(report, source, folder)
        copy_numbers.check(report, folder)
        copy_values.check(report, folder)
        copy_stored.check(report, folder)
        copy_structure.check(report, folder)
        copy_losses.check(report, folder)
        copy_twice.check(report, folder)
        interrupted_copy(report, source, folder)
        stopped_copy(report, source, folder)
        ddl_of_diff(report, folder)
        names_with_controls(report, folder)
        tables_made_anew(report, folder)
        told_schemas.check(report, folder)


def make_source(file):
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.executescript(SCHEMA)
        db.executemany('INSERT INTO "Odd ""one""" VALUES (?, ?, ?, ?, ?, ?, ?)',
                       ((i, f"é{i}", i + 0.25, f"{2000 + i % 100}-01-31", json.dumps({"k": [i, None]}), bytes([i % 256, 0]), i / 3)
                        for i in range(1, ROWS + 1)))
        db.executemany("INSERT INTO child VALUES (?, ?, ?)", ((i, i, None if i % 3 else "x" * (i % 50)) for i in range(1, ROWS + 1)))
        db.commit()


def wrong_use(report):
    expect(report, "command/a misspelt subcommand", azoth("inspct"), 2, '"inspct"', "inspect, copy")
    expect(report, "command/a misspelt option", azoth("sql", "sqlite://", "--formt", "json"), 2, "--formt", "azoth sql --help")
    expect(report, "command/an option's argument", azoth("inspect", "sqlite://", "--as", "pdf"), 2, '"pdf"', "ddl:DIALECT")
    expect(report, "command/an option before the URL", azoth("sql", "--folder", "/", "sqlite://", "-c", "SELECT 42 AS n"), 0, "42")


def what_is_not_there(report, source, folder):
    """What is read is not made, and what is written has to arrive."""
    lost = f"sqlite:///{folder}/typo.db"
    for words in (("inspect", lost), ("ping", lost), ("copy", lost, f"sqlite:///{folder}/new.db"), ("diff", lost, source), ("diff", source, lost)):
        expect(report, f"command/{words[0]} of a file that is not there", azoth(*words), 2 if words[0] == "diff" else 1, "there is no file", "typo.db")
    report.verdict("command/a file that is read is not made", [name for name in ("typo.db", "new.db") if pathlib.Path(folder, name).exists()])
    expect(report, "command/a schema that is not there", azoth("inspect", source, "--schema", "nope"), 1, 'no schema "nope"', "main")
    expect(report, "command/a folder as a script", azoth("sql", source, folder), 1, "cannot read")
    full = subprocess.run([AZOTH, "inspect", source], stdout=pathlib.Path("/dev/full").open("w"), stderr=subprocess.PIPE, text=True, timeout=TIMEOUT)
    report.verdict("command/output that does not arrive", [] if full.returncode == 1 and "no more" in full.stderr else [f"{full.returncode} {full.stderr}"])


def all_that_help_tells(report, folder):
    """Every subcommand and every option of --help is in the manual page, and completed by each shell."""
    manual = (ROOT / "tools/azoth/azoth.1").read_text(encoding="utf-8").replace("\\-", "-")
    scripts = {shell: azoth("completion", shell).stdout for shell in ("bash", "zsh", "fish")}
    subcommands = re.findall(r"^  ([a-z]+)  ", azoth("--help").stdout.split("Subcommands:")[1], re.MULTILINE)
    lacking = []
    for sub in subcommands:
        options = set(re.findall(r"(?<![\w-])--[a-z-]+", re.sub(r"\n\n(?:Exam|Packages)[\s\S]*", "", azoth(sub, "--help").stdout)))
        section = manual.split(f".SS azoth {sub}")[-1].split(".SS ")[0] + manual.split(".SH SUBCOMMANDS")[0]
        parts = {"the manual": section, "bash": re.split(r"\n        \w+\)\n", scripts["bash"].split(f"\n        {sub})\n")[-1])[0],
                 "zsh": scripts["zsh"].split(f"                {sub})")[-1].split(" ;;")[0],
                 "fish": "\n".join(x for x in scripts["fish"].splitlines() if f"from {sub}'" in x).replace(" -l ", " --")}
        if f".SS azoth {sub}" not in manual:
            lacking.append(f"the manual has no {sub}")
        lacking += [f"{where} has no {option} of {sub}" for where, text in parts.items() for option in options
                    if not re.search(rf"(?<![\w-]){option}(?![\w-])", text)]
        lacking += [f"{shell} has no {sub}" for shell, text in scripts.items() if not re.search(rf"[ ']{sub}[ :]", text)]
    report.verdict("command/the manual and three shells know all options", lacking)
    for shell, script in scripts.items():
        file = pathlib.Path(folder, f"completion.{shell}")
        file.write_text(script, encoding="utf-8")
        if not shutil.which(shell):
            report.skip(f"command/{shell} takes its completion", f"there is no {shell}")
            continue
        done = subprocess.run([shell, "-n", file], capture_output=True, text=True, check=False)
        report.verdict(f"command/{shell} takes its completion", [] if done.returncode == 0 else [done.stderr])


def sql_in_a_pipe(report, source):
    expect(report, "command/sql from a pipe", azoth("sql", source, given="SELECT count(*) AS n FROM child; SELECT ';' AS x"), 0, str(ROWS), ";")
    done = azoth("sql", source, "-c", 'SELECT "a b", day, body FROM "Odd ""one""" WHERE "group" = 2', "--format", "json")
    rows = json.loads(done.stdout or "[]")
    report.verdict("command/sql as JSON", [] if rows and rows[0]["a b"] == "é2" and rows[0]["day"] == "2002-01-31" else [str(rows), done.stderr])
    expect(report, "command/sql's error", azoth("sql", source, "-c", "SELECT 1; SELEC 2"), 1, "statement 2", "SELEC")
    expect(report, "command/sql in a transaction that nobody ends", azoth("sql", source, given="BEGIN; DELETE FROM child"), 1, "rolled back")
    expect(report, "command/sql undid it", azoth("sql", source, "-c", "SELECT count(*) FROM child"), 0, str(ROWS))
    expect(report, "command/sql without a URL", azoth("sql"), 2, "URL")


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;"
SHELL = (  # what is typed, and what is said then
    ("", "azoth> "),
    ("SELECT 1 AS o\nne;\x03", "azoth> "),                      # Ctrl-C forgets what has been typed
    ("SELECT count(*) FROM chi\t;\r", "20000"),                # Tab completes
    ("SELECT max(price) FROM Od\t;\r", "20000.25"),           # and quotes what has to be
    ("\\d Od\t\r", "one a day"),                              # which the shell's own commands take
    ('SELECT "a\t FROM Od\t WHERE "group\t = 7;\r', "é7"),
    (ENDLESS + "\r", "\n"), ("\x03", "cancelled"),             # Ctrl-C cancels what runs
    ("\\d child\r", "foreign key"),
    ("\\x\r", "a line a value is on"), ("SELECT 7 AS seven;\r", "seven │ 7"), ("\\x\r", "off"),
    ("SELECT id FROM child LIMIT 50;\r", "(50 rows"),           # through the pager, whole
    ("BEGIN;\r", "azoth*> "), ("DELETE FROM child;\r", "20000 rows changed"),
    ("\\q\r", "stay? "), ("s\r", "azoth*> "),                  # leaving asks, and can be thought better of
    ("\x04", "stay? "), ("\x03", "azoth*> "),
    ("\x04", "stay? "), ("r\r", "rolled back"),
)


def shell_on_a_terminal(report, source, folder):
    environment = {"AZOTH_HISTORY": f"{folder}/history"}
    with Terminal(AZOTH, "sql", source, environment=environment) as terminal:
        for keys, answer in SHELL:
            time.sleep(0.5 if keys == "\x03" else 0)  # the statement has to be under way
            terminal.send(keys)
            if not terminal.wait_for(answer):
                report.fail("command/sql on a terminal", f"no {answer!r} after {keys!r}", terminal.said)
                return
        code = terminal.exit_code()
    report.verdict("command/sql on a terminal", [] if code == 0 else [f"exit code {code}"])
    expect(report, "command/sql on a terminal has kept all rows", azoth("sql", source, "-c", "SELECT count(*) FROM child"), 0, str(ROWS))


def inspect_forms(report, source):
    expect(report, "command/inspect", azoth("inspect", source), 0, 'Odd "one"', "on delete cascade", "child_parent", "default")
    expect(report, "command/inspect as Mermaid", azoth("inspect", source, "--as", "mermaid"), 0, "erDiagram", "child")
    expect(report, "command/inspect as dot", azoth("inspect", source, "--as", "dot"), 0, "digraph", "crow")
    expect(report, "command/a script for any session of MariaDB", azoth("inspect", source, "--as", "ddl:mariadb"), 0,
           "SET SESSION sql_mode", "NO_BACKSLASH_ESCAPES")
    expect(report, "command/inspect for another dialect", azoth("inspect", source, "--as", "ddl:postgresql"), 0,
           "GENERATED BY DEFAULT AS IDENTITY", "ON DELETE CASCADE")
    expect(report, "command/inspect of no table", azoth("inspect", source, "--table", "nowhere"), 1, "nowhere")
    expect(report, "command/inspect in no form", azoth("inspect", source, "--as", "pdf"), 2, "pdf")


def cpp_makes_the_same(report, source, folder):
    """Reads the rows back through the structs, and makes the schema anew from them."""
    header = azoth("inspect", source, "--as", "cpp")
    pathlib.Path(folder, "made.hpp").write_text(header.stdout, encoding="utf-8")
    pathlib.Path(folder, "made.cpp").write_text(r"""
#include "made.hpp"
#include <cstdio>
int main(int, char** argv) {
    azoth::engine from = azoth::create_engine(argv[1]);
    azoth::connection c = from.connect();
    const auto rows = c.scalars(azoth::select<OddOne>());
    if (rows.size() != 20000 || rows[1].a_b != "é2" || !rows[1].class_) return std::puts("other rows"), 1;
    azoth::metadata_of<Child, OddOne>().create_all(azoth::create_engine(argv[2]));
}
""", encoding="utf-8")
    library = AZOTH.parents[1] / "lib"
    includes = [f"-I{path}" for path in sorted((ROOT / "framework").glob("*/include")) + [ROOT / "framework/include"]]
    built = subprocess.run(["g++", "-std=c++20", "-O0", "-Wall", "-Wextra", "-Wpedantic", *includes, f"{folder}/made.cpp", "-o", f"{folder}/made",
                            f"-L{library}", "-lazoth", "-lfmt", f"-Wl,-rpath,{library}"], capture_output=True, text=True, check=False)
    if built.returncode != 0:
        report.fail("command/inspect as C++ compiles", "it does not", built.stderr)
        return
    report.ok("command/inspect as C++ compiles")
    again = f"sqlite:///{folder}/again.db"
    done = subprocess.run([f"{folder}/made", source, again], capture_output=True, text=True, timeout=TIMEOUT, check=False)
    if done.returncode != 0:
        report.fail("command/inspect as C++ reads the rows", f"exit code {done.returncode}", done.stdout + done.stderr)
        return
    report.ok("command/inspect as C++ reads the rows")
    expect(report, "command/inspect as C++ makes the same schema", azoth("diff", source, again), 0)
    second = azoth("inspect", again, "--as", "cpp")
    report.verdict("command/inspect as C++ is stable", [] if second.stdout == header.stdout else ["a second round writes something else"])


def copies(report, source, folder):
    """From SQLite to each server, and from there back: every value the same."""
    expect(report, "command/copy to SQLite", azoth("copy", source, f"sqlite:///{folder}/copy.db", "--verify"), 0, "every value is the same")
    expect(report, "command/copy to SQLite, several tables at a time", azoth("copy", source, f"sqlite:///{folder}/jobs.db", "--jobs", 3), 0,
           "one table at a time: SQLite has one writer")
    expect(report, "command/copy to what is there", azoth("copy", source, f"sqlite:///{folder}/copy.db"), 1, "already")
    expect(report, "command/diff of a copy", azoth("diff", source, f"sqlite:///{folder}/copy.db"), 0)
    expect(report, "command/diff of nothing", azoth("diff", source, f"sqlite:///{folder}/no/such/folder.db"), 2)
    copied_triggers(report, folder)
    urls = os.environ.get("AZOTH_TEST_URLS", "").split()
    if not urls:
        report.skip("command/copy to servers", "AZOTH_TEST_URLS names none")
    for url in urls:
        name = url.split(":")[0]
        clear(url)
        expect(report, f"command/copy to {name}", azoth("copy", source, url, "--verify", "--jobs", 2), 0, "every value is the same")
        back = f"sqlite:///{folder}/back-{name}.db"
        expect(report, f"command/copy back from {name}", azoth("copy", url, back, "--tables", TABLES, "--verify"), 0, "every value is the same")
        for other in urls:
            if server_of(other) != server_of(url):
                clear(other)
                expect(report, f"command/copy from {name} to {other.split(':')[0]}",
                       azoth("copy", url, other, "--tables", TABLES, "--verify"), 0, "every value is the same")
                clear(other)
        clear(url)


def copied_triggers(report, folder):
    """They go over, of tables and of views, and fire for rows that come later only."""
    there, copy = f"sqlite:///{folder}/fires.db", f"sqlite:///{folder}/fires-copy.db"
    azoth("sql", there, given="""
        CREATE TABLE pet (name TEXT); CREATE TABLE tally (n INTEGER); INSERT INTO tally VALUES (0);
        CREATE VIEW named AS SELECT name FROM pet;
        CREATE TRIGGER counted AFTER INSERT ON pet BEGIN UPDATE tally SET n = n + 1; END;
        CREATE TRIGGER through INSTEAD OF INSERT ON named BEGIN INSERT INTO pet VALUES (new.name); END;
        INSERT INTO pet VALUES ('a'); INSERT INTO pet VALUES ('b');""")
    expect(report, "command/copy of triggers", azoth("copy", there, copy, "--verify"), 0, "every value is the same")
    expect(report, "command/copied triggers fire", azoth("sql", copy, "--format", "csv", given="INSERT INTO named VALUES ('c'); SELECT n FROM tally;"), 0, "3")


WANTED = '''
CREATE TABLE parent (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL DEFAULT 'it''s', price NUMERIC(10, 2) CHECK (price > 0), CONSTRAINT one_name UNIQUE (name));
CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parent (id) ON DELETE CASCADE, note TEXT);
CREATE TABLE come (code INTEGER NOT NULL PRIMARY KEY, parent INTEGER REFERENCES parent (id));
CREATE INDEX child_note ON child (note);
'''
THERE = """
CREATE TABLE parent (id INTEGER PRIMARY KEY, name VARCHAR(20), price INTEGER);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id), note VARCHAR(9), extra INTEGER);
CREATE TABLE gone (parent INTEGER REFERENCES parent (id));
INSERT INTO parent VALUES (1, 'a', 5); INSERT INTO parent VALUES (2, 'b', 6);
INSERT INTO child VALUES (1, 1, 'x', 3); INSERT INTO gone VALUES (1);
"""


def ddl_of_diff(report, folder):
    """The first database is the model: what is written makes the second like it, with the rows that are there."""
    wanted = f"sqlite:///{folder}/wanted.db"
    azoth("sql", wanted, given=WANTED)
    for url in [f"sqlite:///{folder}/there.db", *os.environ.get("AZOTH_TEST_URLS", "").split()]:
        name = url.split(":")[0]
        clear_changed(url)
        azoth("sql", url, given=THERE)
        written = azoth("diff", "--as", "ddl", wanted, url)
        expect(report, f"command/diff as DDL for {name}", written, 1, 'LOSES: all rows of "gone"', 'LOSES: all values of "extra"')
        expect(report, f"command/diff's DDL runs on {name}", azoth("sql", url, given=written.stdout), 0)
        expect(report, f"command/diff is silent behind it on {name}", azoth("diff", wanted, url), 0)
        expect(report, f"command/diff as DDL has nothing left for {name}", azoth("diff", "--as", "ddl", wanted, url), 0)
        rows = azoth("sql", url, "-c", "SELECT c.note, p.name, p.price FROM child c JOIN parent p ON p.id = c.parent", "--format", "csv")
        expect(report, f"command/diff's DDL keeps the rows of {name}", rows, 0, "x,a,5")
        clear_changed(url)


def tables_made_anew(report, folder):
    """What SQLite's ALTER TABLE cannot do: triggers stay, AUTOINCREMENT goes on, and a row that would lose what it refers to stops it all."""
    wanted, there = f"{folder}/anew-wanted.db", f"{folder}/anew-there.db"
    with contextlib.closing(sqlite3.connect(wanted)) as db:
        db.executescript("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER NOT NULL); CREATE TABLE log (n INTEGER);"
                         "CREATE TABLE c (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t (id) ON DELETE CASCADE);")
    with contextlib.closing(sqlite3.connect(there)) as db:
        db.executescript("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER); CREATE TABLE log (n INTEGER);"
                         "CREATE TABLE c (id INTEGER PRIMARY KEY, t INTEGER);"
                         "CREATE TRIGGER noted AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.n); END;"
                         "INSERT INTO t (n) VALUES (1), (2), (3); DELETE FROM t WHERE id = 3; INSERT INTO c VALUES (1, 1), (2, 77);")
    script = azoth("diff", "--as", "ddl", f"sqlite:///{wanted}", f"sqlite:///{there}").stdout
    expect(report, "command/diff's DDL refuses rows that refer to nothing", azoth("sql", f"sqlite:///{there}", given=script), 1, "every row has what it refers to")
    with contextlib.closing(sqlite3.connect(there)) as db:
        left = db.execute("SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%azoth%' OR sql LIKE '%CASCADE%'").fetchone()[0]
        db.execute("DELETE FROM c WHERE t = 77")
        db.commit()
    report.verdict("command/diff's DDL is done or undone", [f"{left} tables are changed"] if left else [])
    expect(report, "command/diff's DDL makes tables anew", azoth("sql", f"sqlite:///{there}", given=script), 0)
    expect(report, "command/diff's DDL makes tables as wanted", azoth("diff", f"sqlite:///{wanted}", f"sqlite:///{there}"), 0)
    with contextlib.closing(sqlite3.connect(there)) as db:
        db.execute("INSERT INTO t (n) VALUES (9)")
        found = [db.execute("SELECT max(id) FROM t").fetchone()[0], db.execute("SELECT count(*) FROM c").fetchone()[0],
                 [n for n, in db.execute("SELECT n FROM log ORDER BY rowid")]]
    report.verdict("command/diff's DDL keeps numbers, rows and triggers", [] if found == [4, 1, [1, 2, 3, 9]] else [str(found)])


def names_with_controls(report, folder):
    """What a name holds neither breaks out of its line nor reaches the terminal."""
    first, second = f"{folder}/controls.db", f"{folder}/no-controls.db"
    with contextlib.closing(sqlite3.connect(first)) as db:
        db.execute('CREATE TABLE "a\n- b\x1b[31m" (id INTEGER PRIMARY KEY)')
    sqlite3.connect(second).close()
    told = azoth("diff", f"sqlite:///{first}", f"sqlite:///{second}")
    expect(report, "command/diff writes control characters as escapes", told, 1, "- a\\n- b\\x1b[31m: table")


def clear_changed(url):
    for table in ("gone", "come", "child", "parent"):
        azoth("sql", url, "-c", f"DROP TABLE IF EXISTS {table}")


def clear(url):
    quoted = "`child`, `Odd \"one\"`" if "postgresql" not in url else '"child", "Odd ""one"""'
    for table in quoted.split(", "):
        azoth("sql", url, "-c", f"DROP TABLE IF EXISTS {table}")
    azoth("sql", url, "-c", "DROP TABLE IF EXISTS azoth_copy_under_way")


def interrupted_copy(report, source, folder):
    """Killed half-way and given again: it goes on, and nothing comes twice."""
    target = f"sqlite:///{folder}/killed.db"
    copying = subprocess.Popen([AZOTH, "copy", source, target], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and copying.poll() is None and rows_in(f"{folder}/killed.db") < 5_000:
        time.sleep(0.005)
    copying.send_signal(signal.SIGKILL)
    copying.wait()
    there = rows_in(f"{folder}/killed.db")
    if there in (0, 2 * ROWS):
        report.skip("command/copy that was killed", f"it had copied {there} rows when it was killed")
        return
    expect(report, "command/copy that was killed", azoth("copy", source, target, "--verify"), 0, "going on", "every value is the same")
    expect(report, "command/copy that was killed leaves no mark", azoth("diff", source, target), 0)


def stopped_copy(report, source, folder):
    """Ctrl-C stops it where it can be gone on with."""
    target = f"sqlite:///{folder}/stopped.db"
    with Terminal(AZOTH, "copy", source, target, columns=40) as terminal:
        if not terminal.wait_for("%"):
            report.skip("command/copy that was stopped", "it had ended before it could be")
            return
        terminal.send("\x03")
        said = terminal.wait_for("goes on from there")
        code = terminal.exit_code()
    if code == 0:
        report.skip("command/copy that was stopped", "it had ended before it could be")
        return
    report.verdict("command/copy that was stopped", [] if said and code == 130 else [f"exit code {code}: {terminal.said}"])
    expect(report, "command/copy that was stopped goes on", azoth("copy", source, target, "--verify"), 0, "going on", "every value is the same")


def rows_in(file):
    try:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            return sum(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ('"Odd ""one"""', "child"))
    except sqlite3.Error:
        return 0


if __name__ == "__main__":
    run(main)
