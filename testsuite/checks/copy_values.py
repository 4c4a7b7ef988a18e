"""Values of every type, at their edges, from each kind of database to each other one: every value arrives, or the copy says which does not."""

import contextlib
import sqlite3

from the_command import another, azoth, databases, expect

LONG = "é" * 50_000


def quoted(*texts):
    return [f"'{text}'" for text in texts] + ["NULL"]


INTEGERS = {"small": ["-32768", "32767", "NULL"], "medium": ["-2147483648", "2147483647", "NULL"],
            "large": ["-9223372036854775808", "9223372036854775807", "NULL"]}
WORDS = quoted("", "é€😀𝄞", " blanks ", "it''s", LONG, "line\nbreak\ttab", "NULL")  # the word, too
FEW = quoted("", "😀" * 20)
DAYS = quoted("0001-01-01", "1582-10-10", "9999-12-31")
KEYS = quoted("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff")
DOCUMENTS = quoted('{"a": [1, null, "😀"], "b": {"c": 0.12345678901234567890123}}', "[]", "null", "12345678901234567890", '""')
DOUBLES = ["1.7976931348623157e308", "2.3e-308", "0.1", "-0.5", "NULL"]
CENTS = ["99999999.99", "-0.01", "0", "NULL"]
DIGITS = ["9" * 38, "-" + "9" * 38, "0"]
FRACTIONS = ["9" * 28 + "." + "9" * 10, "-0.0000000001", "1.5"]
LABELS = quoted("sad", "häppy")
UNSIGNED = {"unsigned_small": ["0", "65535", "NULL"], "unsigned_medium": ["0", "4294967295", "NULL"]}

# Of each kind of database: a table's column, its type and its values as SQL.
FIT = {
    "sqlite": [
        ("truth", "BOOLEAN", ["0", "1", "NULL"]), ("small", "SMALLINT", INTEGERS["small"]), ("medium", "INTEGER", INTEGERS["medium"]),
        ("large", "BIGINT", INTEGERS["large"]), ("unsigned_small", "SMALLINT UNSIGNED", UNSIGNED["unsigned_small"]),
        ("unsigned_medium", "INTEGER UNSIGNED", UNSIGNED["unsigned_medium"]),
        ("unsigned_large", "UNSIGNED64_TEXT", quoted("0" * 20, "18446744073709551615")),
        ("single", "FLOAT", ["0.1", "3.4028234663852886e38", "1.7976931348623157e308", "NULL"]), ("precise", "DOUBLE PRECISION", DOUBLES),
        ("cents", "NUMERIC(10, 2)", CENTS), ("digits", "DECIMAL_TEXT(38, 0)", quoted(*DIGITS)),
        ("fractions", "DECIMAL_TEXT(38, 10)", quoted(*FRACTIONS)), ("words", "TEXT", WORDS), ("few", "VARCHAR(20)", FEW),
        ("raw", "BLOB", ["x''", "x'00ff00'", "zeroblob(100000)", "NULL"]), ("day", "DATE_TEXT", DAYS),
        ("clock", "TIME_TEXT", quoted("00:00:00.000000", "23:59:59.999999")),
        ("local", "TIMESTAMP_TEXT", quoted("0001-01-01 00:00:00.000000", "9999-12-31 23:59:59.999999")),
        ("instant", "TIMESTAMPTZ_TEXT", quoted("0001-01-01 00:00:00.000000Z", "9999-12-31 23:59:59.999999Z")),
        ("span", "INTERVAL", ["0", "-3600000001", "9000000000000000000", "NULL"]), ("uuid_key", "UUID_TEXT", KEYS),
        ("document", "JSON_TEXT", DOCUMENTS), ("mood", "ENUM_TEXT CHECK (mood IN ('sad', 'so, so', 'häppy'))", LABELS),
        ("numbers", "ARRAY_TEXT", quoted("[1,null,3]", "[]")),
    ],
    "postgresql": [
        ("truth", "BOOLEAN", ["false", "true", "NULL"]), ("small", "SMALLINT", INTEGERS["small"]), ("medium", "INTEGER", INTEGERS["medium"]),
        ("large", "BIGINT", INTEGERS["large"]), ("single", "REAL", ["0.1", "3.4028235e38", "1.4e-45", "NULL"]),
        ("precise", "DOUBLE PRECISION", DOUBLES), ("cents", "NUMERIC(10, 2)", CENTS), ("digits", "NUMERIC(38, 0)", DIGITS),
        ("fractions", "NUMERIC(38, 10)", FRACTIONS), ("any_decimal", "NUMERIC", ["1e3", "1234567890123456789012345678901234.5", "NULL"]),
        ("words", "TEXT", WORDS), ("few", "VARCHAR(20)", FEW), ("fixed", "CHAR(5)", quoted("", "a", "abcde")),
        ("raw", "BYTEA", ["''", "'\\x00ff00'", "decode(repeat('00', 100000), 'hex')", "NULL"]), ("day", "DATE", DAYS),
        ("clock", "TIME", quoted("00:00:00", "23:59:59.999999")), ("local", "TIMESTAMP", quoted("0001-01-01 00:00:00", "9999-12-31 23:59:59.999999")),
        ("instant", "TIMESTAMPTZ", quoted("0001-01-01 00:00:00+00", "9999-12-31 23:59:59.999999+00")),
        ("span", "INTERVAL", quoted("0", "-01:00:00.000001", "838:59:59.999999", "3 days")), ("uuid_key", "UUID", KEYS),
        ("document", "JSONB", DOCUMENTS), ("plain_document", "JSON", DOCUMENTS), ("mood", "copied_mood", LABELS),
        ("numbers", "INTEGER[]", quoted("{1,NULL,3}", "{}")), ("tags", "TEXT[]", quoted('{"a,b",NULL,"","q\\"uote",😀}', "{}")),
        ("amounts", "NUMERIC(38,2)[]", quoted("{" + "9" * 36 + ".99}")), ("address", "INET", quoted("::1/64")), ("number", "OID", ["0", "4294967295", "NULL"]),
    ],
    "mariadb": [
        ("truth", "BOOLEAN", ["0", "1", "NULL"]), ("small", "SMALLINT", INTEGERS["small"]), ("medium", "INTEGER", INTEGERS["medium"]),
        ("large", "BIGINT", INTEGERS["large"]), ("unsigned_small", "SMALLINT UNSIGNED", UNSIGNED["unsigned_small"]),
        ("unsigned_medium", "INTEGER UNSIGNED", UNSIGNED["unsigned_medium"]),
        ("unsigned_large", "BIGINT UNSIGNED", ["0", "18446744073709551615", "NULL"]), ("single", "FLOAT", ["0.1", "3.402823466e38", "1.2e-38", "NULL"]),
        ("precise", "DOUBLE", DOUBLES), ("cents", "DECIMAL(10, 2)", CENTS), ("digits", "DECIMAL(38, 0)", DIGITS),
        ("fractions", "DECIMAL(38, 10)", FRACTIONS), ("widest", "DECIMAL(65, 30)", ["9" * 35 + "." + "9" * 30, "NULL"]), ("words", "LONGTEXT", WORDS),
        ("few", "VARCHAR(20)", FEW), ("fixed", "CHAR(5)", quoted("", "a", "abcde")),
        ("raw", "LONGBLOB", ["x''", "x'00ff00'", "repeat(x'00', 100000)", "NULL"]), ("fixed_raw", "BINARY(4)", ["x'00ff0001'", "NULL"]),
        ("bits", "BIT(12)", ["b'101010101010'", "b'0'", "NULL"]), ("day", "DATE", DAYS), ("clock", "TIME(6)", quoted("00:00:00", "23:59:59.999999")),
        ("local", "DATETIME(6)", quoted("0001-01-01 00:00:00", "9999-12-31 23:59:59.999999")),
        ("instant", "TIMESTAMP(6) NULL", quoted("1970-01-01 00:00:01", "2038-01-19 03:14:07.999999")), ("uuid_key", "UUID", KEYS),
        ("document", "JSON", DOCUMENTS), ("mood", "ENUM('sad', 'so, so', 'häppy')", LABELS), ("choices", "SET('a', 'b')", quoted("a,b", "")),
        ("address", "INET6", quoted("::1")),
    ],
}
# What one kind of database holds and another does not: the column's type, a value, where it does not fit, and what is said.
UNFIT = {
    "sqlite": [
        ("INTEGER", "5000000000", ("postgresql", "mariadb"), "5000000000"), ("VARCHAR(5)", "'123456'", ("postgresql", "mariadb"), '"123456"'),
        ("NUMERIC(10, 2)", "1.005", ("postgresql", "mariadb"), "1.005 has more than the 2 digits"), ("DOUBLE PRECISION", "9e999", ("mariadb",), "inf"),
        ("TEXT", "'a' || char(0) || 'b'", ("postgresql",), '"a\\x00b"'), ("TEXT", "CAST(x'61ff' AS TEXT)", ("postgresql", "mariadb"), "x'61ff'"),
        ("INTEGER", "'abc'", ("postgresql", "mariadb"), '"abc"'), ("DATE", "'yesterday'", ("postgresql", "mariadb"), '"yesterday"'),
    ],
    "postgresql": [
        ("DOUBLE PRECISION", "'nan'", ("sqlite", "mariadb"), '"NaN"'), ("DOUBLE PRECISION", "'infinity'", ("mariadb",), '"Infinity"'),
        ("NUMERIC", "'nan'", ("sqlite", "mariadb"), '"NaN"'), ("NUMERIC", "0." + "1" * 40, ("mariadb",), "0.1111"),
        ("NUMERIC", "'-infinity'", ("sqlite", "mariadb"), "-Infinity"), ("DATE", "'infinity'", ("sqlite", "mariadb"), '"infinity"'),
        ("TIMESTAMPTZ", "'-infinity'", ("sqlite", "mariadb"), '"-infinity"'), ("TIME", "'24:00:00'", ("sqlite", "mariadb"), '"24:00:00"'),
        ("DATE", "'0044-03-15 BC'", ("sqlite", "mariadb"), '"0044-03-15 BC"'), ("TIMESTAMP", "'0044-03-15 12:00 BC'", ("sqlite",), "12:00:00 BC"),
        ("INTERVAL", "'2 months'", ("sqlite", "mariadb"), '"2 mons"'), ("INTEGER[]", "'{{1,2},{3,4}}'", ("sqlite", "mariadb"), "several dimensions"),
        ("BYTEA[]", "ARRAY['\\x00ff'::bytea]", ("sqlite", "mariadb"), "its elements"), ("TEXT UNIQUE", f"'{'y' * 300}'", ("mariadb",), "(300 bytes)"),
    ],
    "mariadb": [
        ("TIME", "'838:59:59'", ("sqlite", "postgresql"), "838:59:59"), ("TIME", "'-01:00:00'", ("sqlite", "postgresql"), "-01:00:00"),
        ("TEXT", "CHAR(97, 0, 98 USING utf8mb4)", ("postgresql",), '"a\\x00b"'),
    ],
}


def check(report, folder):
    urls = databases(folder)
    for source, url in urls.items():
        names = make(report, url, source)
        for target in urls:
            every_value(report, urls, source, target, names)
        for name in names:
            drop(url, name)
        drop_types(url)
        for column_type, sql, targets, said in UNFIT[source]:
            for target in targets:
                if target in urls:
                    one_that_does_not_fit(report, urls, source, target, column_type, sql, said)
    for kind, url in urls.items():
        rows_that_are_refused(report, folder, kind, url)


def make(report, url, kind):
    """A table for each type, so that what is told is told of one."""
    script = "DROP TYPE IF EXISTS copied_mood CASCADE; CREATE TYPE copied_mood AS ENUM ('sad', 'so, so', 'häppy');\n" if kind == "postgresql" else ""
    for column, column_type, values in FIT[kind]:
        script += f"DROP TABLE IF EXISTS of_{column};\nCREATE TABLE of_{column} (id INTEGER PRIMARY KEY, {column} {column_type});\n"
        script += "".join(f"INSERT INTO of_{column} VALUES ({i}, {value});\n" for i, value in enumerate(values, 1))
    expect(report, f"command/values of every type on {kind}", azoth("sql", url, given=script), 0)
    return [f"of_{column}" for column, _, _ in FIT[kind]]


def every_value(report, urls, source, target, names):
    to_url = urls[target] if source != target else another(urls[source], source)
    for name in [*names, "azoth_copy_under_way"]:
        drop(to_url, name)
    done = azoth("copy", urls[source], to_url, "--tables", ",".join(names), "--verify")
    expect(report, f"command/copy of every type from {source} to {target}", done, 0, "every value is the same")
    for name in names:
        drop(to_url, name)
    drop_types(to_url)


def one_that_does_not_fit(report, urls, source, target, column_type, sql, said):
    for url in (urls[source], urls[target]):
        drop(url, "unfit")
        drop(url, "azoth_copy_under_way")
    azoth("sql", urls[source], given=f"CREATE TABLE unfit (id INTEGER PRIMARY KEY, given {column_type}, other INTEGER NOT NULL);"
          f"INSERT INTO unfit VALUES (1, NULL, 1); INSERT INTO unfit VALUES (2, {sql}, 2); INSERT INTO unfit VALUES (3, NULL, 3);")
    done = azoth("copy", urls[source], urls[target], "--tables", "unfit")
    expect(report, f"command/copy from {source} to {target} names {said}, a {column_type}", done, 1, "unfit.given of id = 2: ", said,
           "the same command goes on")
    if "no counterpart" in done.stderr:
        expect(report, f"command/{said} is found before anything is copied from {source} to {target}", azoth("inspect", urls[target], "--table", "unfit"), 1)
    azoth("sql", urls[source], "-c", "UPDATE unfit SET given = NULL WHERE id = 2")
    expect(report, f"command/a copy from {source} to {target} goes on behind {said}", azoth("copy", urls[source], urls[target], "--tables", "unfit", "--verify"),
           0, "every value is the same")
    for url in (urls[source], urls[target]):
        drop(url, "unfit")
        drop(url, "azoth_copy_under_way")


def rows_that_are_refused(report, folder, kind, url):
    """Each value is taken by itself, and the row is not."""
    file = f"{folder}/refused-by-{kind}.db"
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.executescript("CREATE TABLE refused (id INTEGER PRIMARY KEY, n INTEGER, CHECK (n > 0)); CREATE TABLE keyless (n INTEGER, CHECK (n > 0));"
                         "PRAGMA ignore_check_constraints = ON; INSERT INTO keyless VALUES (1), (-2), (3);")
        db.executemany("INSERT INTO refused VALUES (?, ?)", ((i, -1 if i == 777 else i) for i in range(1, 1001)))
        db.commit()
    for table, row in (("refused", "refused: the row of id = 777 is refused: "), ("keyless", "keyless: the row of n = -2 is refused: ")):
        done = azoth("copy", f"sqlite:///{file}", url, "--tables", table)
        expect(report, f"command/the row of {table} is named that {kind} refuses", done, 1, row, "the same command goes on")
        drop(url, table)
        drop(url, "azoth_copy_under_way")


def drop_types(url):
    if url.startswith("postgresql"):
        azoth("sql", url, "-c", "DROP TYPE IF EXISTS copied_mood, mood")


def drop(url, table):
    azoth("sql", url, "-c", f"DROP TABLE IF EXISTS {table}")
