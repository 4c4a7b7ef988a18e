"""What the azoth command tells of servers and schemas: ping, the forms of inspect, diff, and how it refuses what is no command line."""

from the_command import another, azoth, databases, expect

LEFT_OUT = """
CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, UNIQUE (name COLLATE NOCASE) ON CONFLICT REPLACE);
CREATE VIEW named AS SELECT name, count(*) AS many FROM item GROUP BY name;
"""
WITHOUT = 'CREATE TABLE "Item" ("ID" INTEGER PRIMARY KEY, "Name" TEXT NOT NULL, UNIQUE ("Name"));'
OF_POSTGRESQL = """
CREATE SEQUENCE numbers START 10 INCREMENT 5;
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE item (id INT PRIMARY KEY, mood mood NOT NULL, address INET, ready BOOLEAN);
CREATE VIEW named AS SELECT id, address FROM item;
COMMENT ON VIEW named IS 'what has a name';
INSERT INTO item VALUES (1, 'sad', '::1', true), (2, 'glad', NULL, false), (3, 'glad', NULL, NULL);
"""
ALIKE = "".join(f"CREATE TABLE t{i} (id INT PRIMARY KEY, word SET('a', 'b'));" for i in range(5))


def check(report, folder):
    wrong_words(report)
    names_and_losses(report, folder)
    there = databases(folder)
    if "postgresql" in there:
        of_postgresql(report, there["postgresql"])
    if "mariadb" in there:
        of_mariadb(report, there["mariadb"])
    if "postgresql" in there and "mariadb" in there:
        enumerations(report, there["postgresql"], there["mariadb"])


def wrong_words(report):
    expect(report, "command/a misspelt option before the subcommand", azoth("--verison"), 2, '"--verison"', "--version")
    for words in (("ping", "shop.db"), ("sql", "sqlite:///x?modus=ro"), ("inspect", "sqlite://:memory:"), ("diff", "x", "y")):
        expect(report, f"command/what is no URL, of {words[0]}", azoth(*words), 2, "azoth: ")


def names_and_losses(report, folder):
    """Names that differ by case are the same table and column; what was not read of a table is lost where it is made anew."""
    there, wanted = f"sqlite:///{folder}/told-there.db", f"sqlite:///{folder}/told-wanted.db"
    azoth("sql", there, given=LEFT_OUT)
    azoth("sql", wanted, given=WITHOUT)
    expect(report, "command/inspect of a view", azoth("inspect", there), 0, "named  view\n  name  TEXT\n  many\n")
    made = azoth("diff", "--as", "ddl", wanted, there)
    expect(report, "command/diff says what was not read", made, 1, "LOSES: what has not been read is lost: COLLATE NOCASE")
    report.verdict("command/diff takes no table for another", ["all rows are lost"] if "all rows" in made.stdout or "ADD COLUMN" in made.stdout else [])


def of_postgresql(report, url):
    azoth("sql", url, given=OF_POSTGRESQL)
    for form, written in (("json", '{"ready": true},\n{"ready": false},\n{"ready": null}'), ("csv", "true\nfalse\n"), ("table", " true\n false\n NULL\n")):
        expect(report, f"command/sql writes booleans as {form}", azoth("sql", url, "-c", "SELECT ready FROM item ORDER BY id", "--format", form), 0, written)
    expect(report, "command/inspect tells views and sequences", azoth("inspect", url), 0, "sequence numbers  start 10, by 5",
           "named  view  -- what has a name", "address  inet")
    expect(report, "command/inspect as C++ tells what it leaves out", azoth("inspect", url, "--as", "cpp"), 0, "// the view named", "// the sequence numbers",
           "address{};  ///< inet")
    other = another(url, "postgresql")
    azoth("sql", other, given=OF_POSTGRESQL + "COMMENT ON VIEW named IS 'otherwise';")
    expect(report, "command/diff compares the comments of views", azoth("diff", url, other), 1, "named", "the comment", "otherwise")
    expect(report, "command/diff leaves the comments of views aside", azoth("diff", "--no-comments", url, other), 0)
    azoth("sql", other, given=azoth("diff", "--as", "ddl", url, other).stdout)
    expect(report, "command/diff writes the comments of views", azoth("diff", url, other), 0)


def of_mariadb(report, url):
    expect(report, "command/ping tells what is said in other words", azoth("ping", url), 0, "in other words  NULLS FIRST/LAST, FILTER")
    azoth("sql", url, given=ALIKE)
    expect(report, "command/inspect as DDL says equal losses once", azoth("inspect", url, "--as", "ddl:postgresql"), 0, '-- 5 tables: the column "word" becomes text')
    expect(report, "command/inspect as C++ has types of the server's own", azoth("inspect", url, "--as", "cpp"), 0,
           """azoth::native_type(azoth::type_kind::text, {{"mysql", "SET('a','b')"}})""", "word{};  ///< SET('a','b')")


def enumerations(report, first, second):
    """MariaDB has no names for them, so that those of a copy are made up."""
    azoth("copy", first, second, "--tables", "item")
    azoth("sql", first, "-c", "DROP VIEW named", "-c", "DROP SEQUENCE numbers", "-c", "ALTER TABLE item DROP COLUMN address")
    azoth("sql", second, "-c", "ALTER TABLE item DROP COLUMN address", *[w for i in range(5) for w in ("-c", f"DROP TABLE t{i}")])
    for one, other in ((first, second), (second, first)):
        done = azoth("diff", "--no-comments", one, other)
        lines = [x for x in done.stdout.splitlines() if x[0] in "+-~"]
        report.verdict(f"command/diff of an enumeration's copy from {one.split(':')[0]}", lines + done.stderr.splitlines())
