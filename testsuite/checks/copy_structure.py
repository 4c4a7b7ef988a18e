"""What a copy makes of tables: keys in another schema, computed columns, sequences, names that collide, parents that are there, partitions."""

import contextlib
import sqlite3

from the_command import another, azoth, databases, expect


def check(report, folder):
    urls = databases(folder)
    source = f"{folder}/structure.db"
    for kind in urls:
        no_longer_computed(report, f"{source}-computed-{kind}", kind, fresh(folder, kind))
        parent_that_is_there(report, f"{source}-parent-{kind}", kind, fresh(folder, kind))
        rows_that_differ(report, f"{source}-differ-{kind}", kind, fresh(folder, kind))
        if "mariadb" in urls:
            labels(report, databases(folder)["mariadb"], kind, fresh(folder, kind, "mariadb"))
            same_names(report, databases(folder)["mariadb"], kind, fresh(folder, kind, "mariadb"))
        if "postgresql" in urls:
            sequences_of_tables(report, databases(folder)["postgresql"], kind, fresh(folder, kind, "postgresql"))
            shared_rows(report, databases(folder)["postgresql"], kind, fresh(folder, kind, "postgresql"))
    if "postgresql" in urls:
        another_schema(report, f"{source}-schema", urls["postgresql"].partition("?")[0])
        falling_numbers(report, databases(folder)["postgresql"])


def fresh(folder, kind, source=None):
    """An empty database of a kind, and no other's than the source."""
    url = databases(folder)[kind]
    return another(url, kind) if kind == source else url


def made(file, script):
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.executescript(script)
    return f"sqlite:///{file}"


def csv(url, query):
    done = azoth("sql", url, "-c", query, "--format", "csv")
    return done.stdout if done.returncode == 0 else done.stderr


def is_same(report, name, found, wanted):
    report.verdict(name, [] if found == wanted else [f"{found!r} is not {wanted!r}"])


def another_schema(report, file, url):
    """Its tables get their indexes and keys there, and the schema is made."""
    source = made(file, "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id), n INTEGER);"
                        "CREATE INDEX c_n ON c (n); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1, 5);")
    azoth("sql", url, "-c", "DROP SCHEMA IF EXISTS main CASCADE")
    expect(report, "command/copy of a schema", azoth("copy", source, url, "--schema", "main", "--verify"), 0, "every value is the same")
    told = azoth("inspect", url, "--schema", "main")
    expect(report, "command/copy of a schema has its indexes and keys", told, 0, "c_n", "foreign key")
    azoth("sql", url, "-c", "DROP SCHEMA main CASCADE")


def no_longer_computed(report, file, kind, url):
    source = made(file, "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT GENERATED ALWAYS AS (printf('%03d', a)) VIRTUAL, "
                        "d INTEGER GENERATED ALWAYS AS (a + 1) STORED, e TEXT); INSERT INTO t (id, a, e) VALUES (1, 7, 'e');")
    said = () if kind == "sqlite" else ('"b" is a column like any other',)
    expect(report, f"command/copy of a column that is no longer computed, {kind}", azoth("copy", source, url, "--verify"), 0, "every value is the same", *said)
    is_same(report, f"command/a column that is no longer computed has its values, {kind}", csv(url, "SELECT a, b, d, e FROM t"), "a,b,d,e\n7,007,8,e\n")


def sequences_of_tables(report, source, kind, url):
    azoth("sql", source, given="CREATE SEQUENCE order_number START WITH 5; CREATE SEQUENCE unused;"
          "CREATE TABLE orders (id BIGINT PRIMARY KEY, n BIGINT DEFAULT nextval('order_number')); INSERT INTO orders VALUES (1, DEFAULT), (2, DEFAULT);")
    done = azoth("copy", source, url, "--tables", "orders", "--verify")
    expect(report, f"command/copy of a table whose default is of a sequence, {kind}", done, 0, "every value is the same")
    if kind != "postgresql":
        said = ("order_number: the sequence",) if kind == "sqlite" else ()
        expect(report, f"command/a default of a sequence is told, {kind}", done, 0, 'the default of "n"', *said)
        return
    expect(report, f"command/a sequence that comes along goes on, {kind}", azoth("sql", url, "-c", "INSERT INTO orders (id) VALUES (3)"), 0)
    is_same(report, f"command/a sequence comes along with its table, {kind}", csv(url, "SELECT n FROM orders ORDER BY id"), "n\n5\n6\n7\n")
    report.verdict(f"command/a sequence that no table uses stays behind, {kind}", ["it is there"] if "unused" in azoth("inspect", url).stdout else [])
    azoth("sql", url, "-c", "DROP TABLE orders")
    azoth("copy", source, url, "--tables", "orders")
    azoth("sql", url, "-c", "INSERT INTO orders (id) VALUES (3)")
    is_same(report, f"command/a sequence that is there already goes on, {kind}", csv(url, "SELECT n FROM orders WHERE id = 3"), "n\n8\n")


def same_names(report, source, kind, url):
    azoth("sql", source, given="CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE one (id INT PRIMARY KEY, n INT, CONSTRAINT checked CHECK (n > 0), "
          "UNIQUE KEY only_once (n)); CREATE TABLE two (id INT PRIMARY KEY, n INT, p INT, KEY by_n (n), CONSTRAINT checked CHECK (n > 0), "
          "UNIQUE KEY only_once (n, id), CONSTRAINT belongs FOREIGN KEY (p) REFERENCES p (id)); CREATE INDEX by_n ON one (n); CREATE INDEX one ON two (p, n);"
          "INSERT INTO one VALUES (1, 1), (2, 2); INSERT INTO two VALUES (1, 1, NULL);")
    said = () if kind == "mariadb" else ('two: the index "by_n" is called "two_by_n"', 'two: the index "one" is called "two_one"')
    done = azoth("copy", source, url, "--verify")
    expect(report, f"command/copy of names that two tables share, {kind}", done, 0, "every value is the same", *said)
    expect(report, f"command/copy with other names has no other difference, {kind}", azoth("diff", source, url), 0)


def labels(report, source, kind, url):
    """An enumeration without a name takes its labels only."""
    azoth("sql", source, given="CREATE TABLE feel (id INT PRIMARY KEY, mood ENUM('so, so', 'it''s') NOT NULL); INSERT INTO feel VALUES (1, 'it''s');")
    expect(report, f"command/copy of labels, {kind}", azoth("copy", source, url, "--verify"), 0, "every value is the same")
    expect(report, f"command/a label that there is, {kind}", azoth("sql", url, "-c", "INSERT INTO feel VALUES (2, 'so, so')"), 0)
    expect(report, f"command/a label that there is not, {kind}", azoth("sql", url, "-c", "INSERT INTO feel VALUES (3, 'sad')"), 1)
    expect(report, f"command/copied labels are no difference, {kind}", azoth("diff", source, url), 0)


def parent_that_is_there(report, file, kind, url):
    source = made(file, "CREATE TABLE p (id INTEGER PRIMARY KEY, other INTEGER); CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id));"
                        "INSERT INTO p VALUES (1, 1); INSERT INTO c VALUES (1, 1);")
    azoth("copy", source, url, "--tables", "p")
    expect(report, f"command/copy of a child whose parent is there, {kind}", azoth("copy", source, url, "--tables", "c", "--strict", "--verify"), 0,
           "every value is the same")
    expect(report, f"command/copy of a child has its key, {kind}", azoth("inspect", url, "--table", "c"), 0, "foreign key")


def rows_that_differ(report, file, kind, url):
    """Where a copy was interrupted, and somebody has changed what was there."""
    source = made(file, "CREATE TABLE t (id INTEGER, line INTEGER, name TEXT, PRIMARY KEY (id, line));"
                        "INSERT INTO t VALUES (1, 1, 'a'), (1, 2, 'b'), (2, 1, NULL);"
                        "CREATE TABLE keyless (a TEXT); INSERT INTO keyless VALUES ('x'), ('x'), ('y');")
    azoth("sql", url, given="CREATE TABLE azoth_copy_under_way (source VARCHAR(500) PRIMARY KEY, selection VARCHAR(500));"
          f"INSERT INTO azoth_copy_under_way VALUES ('{source}', 'all tables'); CREATE TABLE keyless (a VARCHAR(9));"
          "INSERT INTO keyless VALUES ('x'); INSERT INTO keyless VALUES ('y'); INSERT INTO keyless VALUES ('y');"
          "CREATE TABLE t (id BIGINT, line BIGINT, name VARCHAR(9), PRIMARY KEY (id, line));"
          "INSERT INTO t VALUES (1, 1, 'a'), (1, 2, 'c'), (3, 1, 'd');")
    done = azoth("copy", source, url, "--verify")
    expect(report, f"command/--verify names rows without a key, {kind}", done, 1, "keyless differs: 3 rows", 'a = "x" is missing', 'a = "y" is in the copy alone')
    azoth("sql", url, "-c", "DELETE FROM keyless")
    done = azoth("copy", source, url, "--verify")
    expect(report, f"command/--verify names rows and columns, {kind}", done, 1, "t differs: 3 rows", 'name of id = "1", line = "2" is "b", and "c" in the copy',
           'id = "2", line = "1" is missing in the copy', 'id = "3", line = "1" is in the copy alone')


def shared_rows(report, source, kind, url):
    """A partitioned table is one of all rows; one that others inherit from has its own."""
    azoth("sql", source, given="CREATE TABLE days (day INTEGER PRIMARY KEY, n INTEGER) PARTITION BY RANGE (day);"
          "CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM (0) TO (10); CREATE TABLE days_2 PARTITION OF days FOR VALUES FROM (10) TO (20);"
          "INSERT INTO days VALUES (1, 1), (11, 2); CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT);"
          "CREATE TABLE capital (land TEXT) INHERITS (city); INSERT INTO city VALUES (1, 'Bonn'); INSERT INTO capital VALUES (2, 'Berlin', 'D');")
    done = azoth("copy", source, url, "--verify")
    expect(report, f"command/copy of partitions, {kind}", done, 0, "every value is the same", "days: it has no partitions", "city: it has its own rows alone")
    is_same(report, f"command/copy of partitions has all rows, {kind}", csv(url, "SELECT day, n FROM days ORDER BY day"), "day,n\n1,1\n11,2\n")
    is_same(report, f"command/copy of a parent has its own rows, {kind}", csv(url, "SELECT name FROM city"), "name\nBonn\n")
    is_same(report, f"command/copy of an heir has its rows, {kind}", csv(url, "SELECT id, name, land FROM capital"), "id,name,land\n2,Berlin,D\n")
    report.verdict(f"command/copy of partitions has none, {kind}", ["days_1 is there"] if "days_1" in azoth("inspect", url).stdout else [])


def falling_numbers(report, url):
    """A column of rows becomes numbered, downwards or from a start on: the next number is behind them."""
    wanted = another(url, "postgresql")
    azoth("sql", url, given="CREATE TABLE falls (id BIGINT PRIMARY KEY, n INTEGER); INSERT INTO falls VALUES (-3, 1), (-1, 2);"
          "CREATE TABLE starts (id BIGINT PRIMARY KEY, n INTEGER); INSERT INTO starts VALUES (3, 1);")
    azoth("sql", wanted, given="CREATE TABLE falls (id BIGINT GENERATED BY DEFAULT AS IDENTITY (INCREMENT BY -1) PRIMARY KEY, n INTEGER);"
          "CREATE TABLE starts (id BIGINT GENERATED BY DEFAULT AS IDENTITY (START WITH 100) PRIMARY KEY, n INTEGER);")
    script = azoth("diff", "--as", "ddl", wanted, url).stdout
    expect(report, "command/numbers are added to rows", azoth("sql", url, given=script + "INSERT INTO falls (n) VALUES (9); INSERT INTO starts (n) VALUES (9);"), 0)
    is_same(report, "command/numbers that fall are behind the least", csv(url, "SELECT id FROM falls WHERE n = 9"), "id\n-4\n")
    is_same(report, "command/numbers begin with their start", csv(url, "SELECT id FROM starts WHERE n = 9"), "id\n100\n")
