#include <azoth/schema/ddl_rules.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/nodes/expression.hpp>

#include <own_columns.hpp>
#include <portable_sql.hpp>

#include <catch2/catch.hpp>

namespace {

using azoth::type_kind;

const std::vector<azoth::column_spec>& columns() {
    static const auto of = [](std::string name, azoth::type type) {
        azoth::column_spec made;
        made.name = std::move(name);
        made.type = std::move(type);
        return made;
    };
    static const std::vector<azoth::column_spec> all{
        of("price", azoth::numeric(10, 2)), of("name", azoth::string(20)),
        of("status", azoth::string(20)),    of("text", type_kind::text),
        of("a\"b", type_kind::text),        of("length_", type_kind::integer),
        of("n", type_kind::integer),        of("m", type_kind::big_integer),
        of("is_open", type_kind::boolean),  of("born", type_kind::date),
        of("w", type_kind::double_),        of("f", type_kind::real),
        of("k", type_kind::small_integer),  of("met", type_kind::timestamp),
        of("code", type_kind::uuid),        of("mood", azoth::enum_type("mood", {"good", "bad"}))};
    return all;
}

std::string written(const azoth::node_ptr& made) {
    if (!made) return "refused";
    azoth::profile p;
    azoth::compiler out{azoth::ansi_rules(), p};
    azoth::write_schema_expression(out, *made);
    return out.buffer();
}

std::string moved(std::string_view family, std::string_view sql, std::string_view target = "ansi",
                  const std::vector<std::string>& collations = {}) {
    return written(azoth::detail::portable_sql({family, target, columns(), collations}, sql));
}

std::string literal(std::string_view family, std::string_view sql, const azoth::type& of) {
    const auto made = azoth::detail::literal_sql(family, sql, of);
    return made ? written(made) : "none";
}

bool same(std::string_view family, std::string_view a, std::string_view b) {
    return azoth::detail::canonical_sql(family, a, columns()) == azoth::detail::canonical_sql(family, b, columns());
}

}  // namespace

TEST_CASE("portable SQL: what other databases may read too") {
    CHECK(moved("postgresql", "(price > (0)::numeric)") == R"("price" > 0)");
    CHECK(moved("postgresql", "'new'::character varying(20)") == "'new'");
    CHECK(moved("postgresql", "((status)::text = ANY ((ARRAY['a'::character varying, 'b''c'::character varying])::text[]))") ==
          R"(("status" IN ('a', 'b''c')))");
    CHECK(moved("mysql", "`price` > 0 and `name` <> 'x'") == R"("price" > 0 AND "name" <> 'x')");
    CHECK(moved("mysql", R"("text" = name)") == R"('text' = "name")");
    CHECK(moved("sqlite", R"("a""b" IS NOT NULL OR length_ < 3)") == R"("a""b" IS NOT NULL OR "length_" < 3)");
    CHECK(moved("sqlite", "lower(name) = upper(NAME)") == R"(lower("name") = upper("name"))");
    CHECK(moved("postgresql", "CURRENT_TIMESTAMP") == "CURRENT_TIMESTAMP");
    CHECK(moved("postgresql", "((name)::text || '!'::text)") == R"("name" || '!')");
    CHECK(moved("sqlite", "CASE WHEN n > 0 THEN 'up' ELSE 'down' END") == R"(CASE WHEN "n" > 0 THEN 'up' ELSE 'down' END)");
    CHECK(moved("sqlite", "case n when 1 then n + 1 end") == R"(CASE WHEN "n" = 1 THEN "n" + 1 END)");
    CHECK(moved("postgresql", "COALESCE(name, 'none'::character varying)") == R"(coalesce("name", 'none'))");
    CHECK(moved("postgresql", "(born > '2026-01-31'::date)") == moved("mysql", "`born` > '2026-01-31'"));
    CHECK(moved("postgresql", "(mood = 'good'::shop.mood)") == R"("mood" = 'good')");
}

TEST_CASE("portable SQL: parentheses are where the other database needs them") {
    CHECK(moved("sqlite", "n BETWEEN 1 AND 2 + m") == R"("n" >= 1 AND "n" <= 2 + "m")");
    CHECK(moved("sqlite", "n NOT BETWEEN 1 AND 2 AND m > 0") == R"(("n" < 1 OR "n" > 2) AND "m" > 0)");
    CHECK(moved("mysql", "(n + 1) * 2 <= 100 - (m - n)") == R"(("n" + 1) * 2 <= 100 - ("m" - "n"))");
    CHECK(moved("mysql", "not (n = 1 or m = 2) and w < 3.5") == R"(NOT ("n" = 1 OR "m" = 2) AND "w" < 3.5)");
    CHECK(moved("postgresql", "(- n) > '-5'::integer") == R"(-"n" > -5)");
}

TEST_CASE("portable SQL: what only one database knows is refused") {
    for (const std::string_view sql : {"nextval('s'::regclass)", "a ~ '^x'", "n / 2 > 1", "n % 2 = 0", "born + 1 > born", "name > 5",
                                       "n = name", "name = ANY (text)", "mood < 'good'::mood", "other = 1", "n::text || status::name",
                                       "x'01' = n", "name COLLATE \"C\" = 'a'", "-- n\n n > 1", "name LIKE 'a\\%'"})
        CHECK(moved("postgresql", sql) == "refused");
    CHECK(moved("mysql", R"('a\'b')") == "refused");
    CHECK(moved("mysql", "name || text") == "refused");  // OR there
    CHECK(moved("mysql", "0x41 = n") == "refused");
    CHECK(moved("sqlite", "'open") == "refused");
    CHECK(moved("sqlite", "length(name) > 1") == "refused");  // characters here, bytes there
    CHECK(moved("sqlite", "a = b < c") == "refused");
    CHECK(moved("sqlite", "n = 1 = 1") == "refused");
    CHECK(moved("sqlite", "name || n * m") == "refused");
    CHECK(moved("sqlite", "trim(name, 'x') = 'a'") == "refused");
}

TEST_CASE("portable SQL: casts move where they mean the same, and nothing is computed without them") {
    CHECK(moved("sqlite", "cast(w as integer) > 1") == "refused");  // cut here, rounded there
    CHECK(moved("mysql", "cast(`w` as signed)") == "refused");
    CHECK(moved("postgresql", "(price)::integer") == "refused");
    CHECK(moved("postgresql", "(price)::text") == "refused");
    CHECK(moved("postgresql", "lower((n)::text) = '5'::text") == R"(lower(CAST("n" AS CLOB)) = '5')");
    CHECK(moved("sqlite", "lower(cast(n as integer)) = '5'") == "refused");
    CHECK(moved("postgresql", "(n)::double precision > w") == R"("n" > "w")");
    CHECK(moved("postgresql", "'abcdef'::character varying(3)") == "refused");
    CHECK(moved("postgresql", "'1 day'::interval") == "refused");
}

TEST_CASE("portable SQL: SQLite's LIKE takes a for A, and others do not") {
    CHECK(moved("sqlite", "name LIKE 'a%'", "postgresql") == "refused");
    CHECK(moved("postgresql", "((name)::text ~~ 'a%'::text)", "sqlite") == "refused");
    CHECK(moved("postgresql", "((name)::text ~~ 'a%'::text)", "mysql") == R"("name" LIKE 'a%')");
    CHECK(moved("postgresql", "((name)::text !~~ 'a%'::text)", "mysql") == R"("name" NOT LIKE 'a%')");
    CHECK(moved("sqlite", "name LIKE '%@%'", "postgresql") == R"("name" LIKE '%@%')");
    CHECK(moved("postgresql", R"(((name)::text ~~ 'a\_%'::text))", "mysql") == "refused");
}

TEST_CASE("portable SQL: texts that a collation compares stay where they are") {
    const std::vector<std::string> folding(columns().size(), "utf8mb4_general_ci");
    const std::vector<std::string> padding(columns().size(), "utf8mb4_bin");
    const std::vector<std::string> plain(columns().size(), "utf8mb4_nopad_bin");
    for (const std::string_view sql : {"`name` = 'a'", "case when `name` = 'a' then 1 else 0 end", "nullif(`name`, 'X')",
                                       "`name` in ('a', 'b')", "`name` like 'a%'", "`name` like '%@%'", "lower(`name`) <> 'a'"}) {
        CHECK(moved("mysql", sql, "postgresql") != "refused");
        CHECK(moved("mysql", sql, "postgresql", plain) != "refused");
        CHECK(moved("mysql", sql, "postgresql", folding) == "refused");
        CHECK(moved("mysql", sql, "postgresql", padding) == "refused");
    }
    CHECK(moved("mysql", "`n` > 1 and `name` is not null", "postgresql", folding) != "refused");
    const std::vector<std::string> nocase(columns().size(), "NOCASE");
    CHECK(moved("sqlite", "name = 'abc'", "postgresql", nocase) == "refused");
    CHECK(moved("sqlite", "name LIKE '%@%'", "postgresql", nocase) != "refused");
    CHECK(moved("sqlite", "name = 'abc'", "postgresql") != "refused");
}

TEST_CASE("portable SQL: only bytes have one order") {
    CHECK(moved("sqlite", "name < 'b'", "postgresql") == "refused");
    CHECK(moved("sqlite", "name BETWEEN 'a' AND 'b'", "postgresql") == "refused");
    CHECK(moved("sqlite", "name < 'b'", "mysql") == R"("name" < 'b')");
    CHECK(moved("postgresql", "((name)::text < 'b'::text)", "sqlite") == "refused");
    CHECK(moved("postgresql", "((name)::text < 'b'::text)", "sqlite", std::vector<std::string>(columns().size(), "C")) ==
          R"("name" < 'b')");
    CHECK(moved("postgresql", "((name)::text = 'b'::text)", "sqlite", std::vector<std::string>(columns().size(), "folding")) == "refused");
}

TEST_CASE("portable SQL: numbers are computed alike") {
    CHECK(moved("postgresql", "(price * 1.19)", "sqlite") == "refused");  // a float there
    CHECK(moved("sqlite", "price + price = 0.3", "postgresql") == "refused");
    CHECK(moved("postgresql", "(price > 0.1)", "sqlite") == R"("price" > 0.1)");
    CHECK(moved("postgresql", "(price * 1.19)", "mysql") == R"("price" * 1.19)");
    CHECK(moved("mysql", "`w` * 1.5", "sqlite") != "refused");
    CHECK(moved("postgresql", "(price > w)", "sqlite") == "refused");
    CHECK(moved("postgresql", "((price)::double precision + (price)::double precision)", "mysql") == "refused");
    CHECK(moved("postgresql", "f + f > 1", "mysql") == "refused");
    CHECK(moved("mysql", "`f` <> 0.1", "postgresql") == moved("mysql", "`w` <> 0.1", "postgresql").replace(1, 1, "f"));
    CHECK(moved("sqlite", "n * 1000 >= 0", "postgresql") == R"(CAST("n" AS BIGINT) * 1000 >= 0)");
    CHECK(moved("sqlite", "60 * 60 * 24", "postgresql") == "CAST(60 AS BIGINT) * 60 * 24");
    CHECK(moved("sqlite", "n * 1000 >= 0", "mysql") == R"("n" * 1000 >= 0)");
    CHECK(moved("sqlite", "m + n", "postgresql") == R"("m" + "n")");
    CHECK(moved("sqlite", "-(-5)") == "5");
}

TEST_CASE("portable SQL: what is made of what moves nonetheless") {
    const auto told = [](std::string_view family, std::string_view target, std::string_view sql) {
        return std::string{azoth::detail::other_meaning({family, target, columns()}, sql)};
    };
    CHECK(told("sqlite", "postgresql", "n > 1 and lower(name) = 'a'") == "SQLite's lower() and upper() change ASCII letters alone");
    CHECK(told("mysql", "sqlite", "upper(`name`)") != "");
    CHECK(told("mysql", "postgresql", "upper(`name`)") == "");
    CHECK(told("sqlite", "mysql", "n > 1") == "");
}

TEST_CASE("portable SQL: MariaDB compares with 1 what is true") {
    const auto made = azoth::detail::portable_sql({"mysql", "ansi", columns()}, "`is_open` = 1 and `n` = 1 and `is_open` <> false");
    const std::string truth = written(azoth::detail::literal_sql("mysql", "1", type_kind::boolean));
    CHECK(written(made).starts_with(R"("is_open" = )" + truth + R"( AND "n" = 1 AND "is_open" <> )"));
    CHECK(azoth::detail::own_columns_in(*made) == std::vector<std::string>{"is_open", "n"});
    CHECK(moved("postgresql", "is_open = 1") == "refused");
    CHECK(moved("mysql", "`is_open` = 2") == "refused");
}

TEST_CASE("canonical SQL: quotes, casts and parentheses that change nothing") {
    const auto is = [](std::string_view a, std::string_view b) { return same("postgresql", a, b); };
    CHECK(is("((price > (0)::numeric))", "price > 0"));
    CHECK(is("((n > 0) AND (m < 5))", R"("n" > 0 and m < 5)"));
    CHECK(is("(((n * m)) + c)", "n * m + c"));
    CHECK(is("status = ANY (ARRAY['a'::text, 'b'::text])", "status IN ('a', 'b')"));
    CHECK(is("a AND (b AND (c AND d))", "a AND b AND c AND d"));
    CHECK(is("NOT (n IS NOT NULL)", "NOT n IS NOT NULL"));
    CHECK(is("((n >= '-5'::integer) AND (n <= 7))", R"("n" BETWEEN -5 AND 7)"));
    CHECK(is("(((n)::bigint) = ANY (ARRAY[1, 2]))", "CAST(n AS BIGINT) IN (1, 2)"));
    CHECK(is("n <> ALL (ARRAY[1, 2])", "n NOT IN (1, 2)"));
    CHECK(is("((name)::text ~~ like_escape('x%'::text, ''::text))", "name LIKE 'x%'::TEXT ESCAPE ''"));
    CHECK(is("'one'::shop.\"mood\"", "'one'"));
    CHECK(is(R"(nextval('shop."t3"'::regclass))", "nextval('shop.t3')"));
    CHECK(is("((n)::double precision > w)", "n > w"));
    CHECK(is("price >= 0.1::NUMERIC::NUMERIC", "(price >= 0.1)"));
    CHECK(is("w > '1e+10'::real", "w > '10000000000'::REAL"));
    CHECK(is("w > '0.5'::real", "w > 0.5"));
    CHECK(is("w > '0.1'::double precision", "w > 0.1"));
    CHECK_FALSE(is("w > '0.1'::real", "w > 0.1"));
    CHECK(is("CAST(CAST('2000-01-01' AS DATE) AS DATE) < born", "('2000-01-01'::date < born)"));
    CHECK(is("n != 1", "n <> 1"));
    CHECK(is("lower((name)::text) = (name)::text", "lower(name) = name"));
}

TEST_CASE("canonical SQL: what differs is told") {
    const auto is = [](std::string_view a, std::string_view b) { return same("postgresql", a, b); };
    CHECK_FALSE(is(R"(nextval('"T3"'))", "nextval('t3')"));
    CHECK_FALSE(is(R"('"t3"')", "'t3'"));
    CHECK_FALSE(is("CAST(CAST(n AS TEXT) AS VARCHAR(5)) = 'x'", "n = 'x'"));
    CHECK_FALSE(is("n <> ALL (ARRAY[1, 2])", "n IN (1, 2)"));
    CHECK_FALSE(is("a OR (b AND c)", "(a OR b) AND c"));
    CHECK_FALSE(is("'1'", "1"));
    CHECK_FALSE(is("n * (b + c)", "n * b + c"));
    CHECK_FALSE(is("(a OR b) AND c", "a OR b AND c"));
    CHECK_FALSE(is("n - (m - c)", "n - m - c"));
    CHECK_FALSE(is("met::timestamp(0) = met", "met = met"));
    CHECK_FALSE(is("n::bigint * n > 1", "n * n > 1"));
    CHECK_FALSE(is("to_hex(n::bigint) = 'f'", "to_hex(n) = 'f'"));
    CHECK_FALSE(is("price::double precision + price::double precision = 0.3", "price + price = 0.3"));
    CHECK_FALSE(is("m::double precision = 9007199254740993", "m = 9007199254740993"));
    CHECK_FALSE(is("born::timestamptz = met", "born = met"));
    CHECK_FALSE(is("CURRENT_TIMESTAMP(0)", "CURRENT_TIMESTAMP"));
    CHECK(is("CURRENT_TIMESTAMP(6)", "CURRENT_TIMESTAMP"));
    CHECK_FALSE(is("NOT (a AND b)", "NOT a AND b"));
    CHECK_FALSE(is("lower(a)", "lower a"));
    CHECK_FALSE(is("'A'", "'a'"));
    CHECK_FALSE(is("price::integer > 1", "price > 1"));
    CHECK_FALSE(is("(n)::numeric / m", "n / m"));
    CHECK_FALSE(is("n / (2)::numeric > 1", "n / 2 > 1"));
    CHECK_FALSE(is("(n)::text < (m)::text", "n < m"));
    CHECK_FALSE(is("'abcdef'::character varying(3) = name", "'abcdef' = name"));
    CHECK_FALSE(is(" SELECT now()::date AS d FROM t", " SELECT now() AS d FROM t"));
    CHECK_FALSE(is("n between 1 and 2 + m", "n between 1 and 2 and m"));
    CHECK_FALSE(is("name = 'a'' OR ''b'", "name = 'a' OR 'b'"));
    CHECK_FALSE(is(R"(SELECT "a b" FROM t)", "SELECT a b FROM t"));
    CHECK_FALSE(is(R"("T" = 1)", "t = 1"));
    CHECK_FALSE(is(R"("null" = 1)", "null = 1"));
    CHECK_FALSE(is("name LIKE 'a%'", "name ILIKE 'a%'"));
    CHECK_FALSE(is("name LIKE 'a!%' ESCAPE '!'", "name LIKE 'a!%'"));
}

TEST_CASE("canonical SQL: MariaDB's words, and SQLite's names") {
    const auto is = [](std::string_view a, std::string_view b) { return same("mysql", a, b); };
    CHECK(is("current_timestamp()", "CURRENT_TIMESTAMP"));
    CHECK(is("current_timestamp(6)", "CURRENT_TIMESTAMP"));
    CHECK(is("lcase(`a`) = `a`", "lower(`a`) = `a`"));
    CHECK(is("curdate()", "CURRENT_DATE"));
    CHECK(is("`name` like 'x%' escape X'01'", "`name` like 'x%'"));
    CHECK(is("unhex('00ff')", "X'00FF'"));
    CHECK(is("`is_open` = 1", "`is_open` = TRUE"));
    CHECK(is("n = b'101'", "`n` = 5"));
    CHECK(is("_utf8mb4'x' = name", "'x' = `name`"));
    CHECK(is("cast(`name` as char charset utf8mb4 binary)", "cast(name as char)"));
    CHECK_FALSE(is("cast(`name` as char charset latin1)", "cast(name as char)"));
    CHECK_FALSE(is("cast(price as double) * 3 = 0.3", "price * 3 = 0.3"));
    CHECK(same("sqlite", "[Name] = 'x'", "name = 'x'"));
    CHECK_FALSE(same("sqlite", "cast(n as integer) = n", "n = n"));  // 'abc' is no number, and may be there
}

TEST_CASE("canonical SQL: which columns an expression names") {
    using azoth::detail::names_column;
    CHECK(names_column("postgresql", "lower((name)::text) = 'n'", "name"));
    CHECK_FALSE(names_column("postgresql", "lower((name)::text) = 'n'", "n"));
    CHECK_FALSE(names_column("postgresql", R"("Name" = 'n')", "name"));
    CHECK(names_column("sqlite", R"("Name" = 'n')", "name"));
    CHECK(names_column("postgresql", R"(data -> 'x' = name)", "name"));  // which cannot be read: better safe
}

TEST_CASE("literals: a default that is a value is read as one of its column's type") {
    CHECK(literal("mysql", "7.0000000000", azoth::numeric(30, 10)) == literal("sqlite", "('7')", azoth::numeric(30, 10)));
    CHECK(literal("postgresql", "'-1.5'::numeric", azoth::numeric(5, 2)) == "-1.5");
    CHECK(literal("mysql", "1", type_kind::boolean) == literal("postgresql", "true", type_kind::boolean));
    CHECK(literal("postgresql", "'23:00:00'::time without time zone", type_kind::time) ==
          literal("sqlite", "'23:00:00.000000'", type_kind::time));
    CHECK(literal("postgresql", "'2023-11-14 22:13:20.000007+00'::timestamp with time zone", type_kind::timestamp_tz) ==
          literal("sqlite", "'2023-11-14 22:13:20.000007Z'", type_kind::timestamp_tz));
    CHECK(literal("postgresql", R"('\x00ff27'::bytea)", type_kind::binary) == literal("sqlite", "X'00ff27'", type_kind::binary));
    CHECK(literal("mysql", "1e10", type_kind::double_) == literal("mysql", "10000000000", type_kind::double_));
    CHECK(literal("postgresql", "'1e+10'::real", type_kind::real) == literal("mysql", "1e10", type_kind::real));
    CHECK(literal("postgresql", "'0.1'::real", type_kind::real) == literal("mysql", "0.1", type_kind::real));
    CHECK(literal("postgresql", "'1e+100'::double precision", type_kind::double_) == literal("sqlite", "1e100", type_kind::double_));
    CHECK(literal("sqlite", "TRUE", type_kind::integer) == "1");
    CHECK(literal("mysql", "b'101'", type_kind::integer) == "5");
    CHECK(literal("mysql", "b'1'", type_kind::boolean) == literal("mysql", "1", type_kind::boolean));
    CHECK(literal("sqlite", "5", type_kind::text) == "'5'");
}

TEST_CASE("literals: what is no value of the type, or another one elsewhere, is none") {
    CHECK(literal("postgresql", "nextval('s'::regclass)", type_kind::integer) == "none");
    CHECK(literal("postgresql", "'soon'::text", type_kind::date) == "none");
    CHECK(literal("sqlite", "lower('A')", type_kind::text) == "none");
    CHECK(literal("postgresql", "'NaN'::numeric", azoth::numeric(5, 2)) == "none");
    CHECK(literal("postgresql", "'NaN'::double precision", type_kind::double_) == "none");
    CHECK(literal("postgresql", "'0.1'::real", type_kind::double_) == "none");  // a little more than 0.1
    CHECK(literal("sqlite", "'abc'", type_kind::double_) == "none");
    CHECK(literal("sqlite", "7.5", type_kind::integer) == "none");
    CHECK(literal("sqlite", "1.999", azoth::numeric(5, 2)) == "none");  // rounded elsewhere
    CHECK(literal("sqlite", "1.990", azoth::numeric(5, 2)) == "1.99");
    CHECK(literal("sqlite", "100000", type_kind::small_integer) == "none");
    CHECK(literal("postgresql", "'1 day'::interval", type_kind::interval) == "none");
    CHECK(literal("postgresql", "'{}'::text[]", azoth::array_of(type_kind::text)) == "none");
    CHECK(literal("sqlite", "5.0", type_kind::text) == "none");
    CHECK(literal("sqlite", "t", type_kind::boolean) == "none");
}

TEST_CASE("SQL that nobody can read is no trouble") {
    CHECK(moved("postgresql", std::string(100'000, '(')) == "refused");
    CHECK(moved("postgresql", std::string(100'000, '-')) == "refused");
    std::string sum = "n";
    for (int i = 0; i < 50'000; ++i) sum += " + n";
    CHECK(moved("postgresql", sum + " > 0") == "refused");
    std::string numbers = "n";
    for (int i = 0; i < 200; ++i) numbers += " + 1";
    CHECK(moved("sqlite", numbers + " > 0", "postgresql") != "refused");
    std::string nots;
    for (int i = 0; i < 50'000; ++i) nots += "NOT ";
    CHECK(moved("postgresql", nots + "is_open") == "refused");
    std::string nested = "n";
    for (int i = 0; i < 40; ++i) nested = "(" + nested + " BETWEEN 1 AND 2)";
    CHECK(moved("postgresql", nested) == "refused");
    std::string truths = "is_open";
    std::string calls = "name";
    for (int i = 0; i < 60; ++i) {
        truths = "(" + truths + " = true)";
        calls = "coalesce(" + calls + ", 'x')";
    }
    CHECK(moved("postgresql", truths) != "refused");
    CHECK(moved("postgresql", calls + " = 'y'") != "refused");
    CHECK(azoth::detail::canonical_sql("postgresql", "n +") == "n +");
    CHECK(azoth::detail::canonical_sql("postgresql", "").empty());
}
