"""Between two databases of one kind what is stored arrives as it is stored, also where no value of C++ is the same."""

from the_command import another, azoth, databases, expect

# A column's type and values as SQL; and how they are read back, where that is not the column itself.
STORED = {
    "sqlite": [("any", "", ["1", "1.5", "'1'", "x'31'", "NULL"], "typeof({0}) || quote({0})"),
               ("moment", "TIMESTAMP", ["'2020-01-01 10:00'", "'2020-01-01T10:00:00Z'", "1577872800", "'when it rains'"], "quote({0})"),
               ("number", "NUMERIC(10, 2)", ["1.005", "'about 5'", "3"], "typeof({0}) || quote({0})"), ("flag", "BOOLEAN", ["2", "'yes'"], "quote({0})")],
    "postgresql": [("span", "INTERVAL", ["'1 mon 2 days 03:00:00'", "'-1 year 40 days'", "NULL"], "{0}::text"),
                   ("short_span", "INTERVAL(0)", ["'1 mon 00:00:01'"], "{0}::text"),
                   ("day", "DATE", ["'infinity'", "'-infinity'", "'0044-03-15 BC'", "'20000-01-01'"], "{0}::text"),
                   ("moment", "TIMESTAMP", ["'infinity'", "'0044-03-15 12:00 BC'"], "{0}::text"),
                   ("instant", "TIMESTAMPTZ", ["'-infinity'", "'0044-03-15 12:00+00 BC'"], "{0}::text"), ("clock", "TIME", ["'24:00'"], "{0}::text"),
                   ("zoned", "TIMETZ", ["'12:00+02'"], "{0}::text"),
                   ("amount", "NUMERIC", ["'NaN'", "'-Infinity'", "1e-90", "0.10"], "{0}::text"), ("real", "DOUBLE PRECISION", ["'NaN'", "'Infinity'"], "{0}::text"),
                   ("number", "OID", ["4294967295"], "{0}::text"), ("grid", "INTEGER[]", ["'{{1,2},{3,4}}'", "'[2:3]={5,6}'"], "{0}::text"),
                   ("blobs", "BYTEA[]", ["ARRAY['\\x00ff'::bytea]"], "{0}::text"), ("feelings", "stored_mood[]", ["'{sad,NULL}'"], "{0}::text"),
                   ("fixed", "CHAR(4)", ["'a'"], "{0} || '|'"), ("span_of", "INT4RANGE", ["'[1,5)'"], "{0}::text"), ("bits", "BIT(3)", ["B'101'"], "{0}::text")],
    "mariadb": [("clock", "TIME(6)", ["'838:59:59.5'", "'-01:00:00'"], "CAST({0} AS CHAR)"), ("day", "DATE", ["'2020-00-00'", "'0000-00-00'"], "CAST({0} AS CHAR)"),
                ("moment", "DATETIME(6)", ["'0000-00-00 00:00:00'", "'2020-01-01 10:00:00.5'"], "CAST({0} AS CHAR)"), ("single", "FLOAT", ["0.1", "16777217"], "{0} + 0e0"),
                ("bits", "BIT(12)", ["b'101010101010'"], "BIN({0})"), ("year", "YEAR", ["2020", "0"], "{0}"), ("fixed", "CHAR(4)", ["'a'"], "CONCAT({0}, '|')")],
}
LATE = 30  # rows with NULL come first, so that their type tells nothing


def check(report, folder):
    for kind, url in databases(folder).items():
        to_url = another(url, kind)
        names = make(report, url, kind)
        done = azoth("copy", url, to_url, "--tables", ",".join(names), "--verify")
        expect(report, f"command/copy of what is stored from {kind} to {kind}", done, 0, "every value is the same")
        for (name, _, _, shown), table in zip(STORED[kind], names):
            query = f"SELECT {shown.format(name)} AS v FROM {table} WHERE {name} IS NOT NULL ORDER BY id"
            before, after = (azoth("sql", u, "-c", query, "--format", "csv") for u in (url, to_url))
            report.verdict(f"command/{name} arrives as it is stored, {kind}", [] if before.returncode == 0 and before.stdout == after.stdout
                           else [f"{before.stdout}{before.stderr} is there {after.stdout}{after.stderr}"])
            azoth("sql", url, "-c", f"DROP TABLE {table}")


def make(report, url, kind):
    script = "CREATE TYPE stored_mood AS ENUM ('sad');\n" if kind == "postgresql" else ""
    if kind == "mariadb":
        script += "SET SESSION sql_mode = '';\n"
    names = []
    for name, column_type, values, _ in STORED[kind]:
        names.append(f"stored_{name}")
        key = "BIGINT PRIMARY KEY"
        script += f"CREATE TABLE stored_{name} (id {key}, {name} {column_type});\n"
        script += "".join(f"INSERT INTO stored_{name} VALUES ({i}, NULL);\n" for i in range(LATE))
        script += "".join(f"INSERT INTO stored_{name} VALUES ({i}, {value});\n" for i, value in enumerate(values, LATE))
    expect(report, f"command/what is stored on {kind}", azoth("sql", url, given=script), 0)
    return names
