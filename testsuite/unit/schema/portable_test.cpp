#include <azoth/schema/compare.hpp>
#include <azoth/schema/ddl.hpp>
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/schema/portable.hpp>
#include <azoth/sql/compiler.hpp>

#include <portable_sql.hpp>

#include <catch2/catch.hpp>

namespace {

using azoth::column;
using azoth::table;
using azoth::type_kind;
using azoth::detail::canonical_sql;

std::string translated(std::string_view family, std::string_view sql) {
    const auto made = azoth::detail::portable_sql(family, sql);
    if (!made) return "refused";
    azoth::profile p;
    azoth::compiler out{azoth::ansi_rules(), p};
    azoth::write_schema_expression(out, *made);
    return out.buffer();
}

azoth::profile server() {
    azoth::profile p;
    p.dialect = "ansi";
    p.can.alter_add_constraint = true;
    return p;
}

azoth::node_ptr native(std::string dialect, std::string sql) {
    return azoth::make_node<const azoth::native_sql_node>(std::move(dialect), std::move(sql));
}

std::vector<std::string> differences(const std::vector<table>& a, const std::vector<table>& b, azoth::compare_options options = {}) {
    std::vector<std::string> lines;
    for (const auto& d : compare(azoth::metadata{a}.definition(), azoth::metadata{b}.definition(), azoth::ansi_rules(), server(), options))
        lines.push_back(std::string{"-+~"}.substr(static_cast<std::size_t>(d.kind), 1) + d.of.name + " " + d.what +
                        (d.kind == azoth::schema_difference::kinds::changed ? ": " + d.before + " -> " + d.after : ""));
    return lines;
}

}  // namespace

TEST_CASE("portable SQL: what other databases may read too") {
    CHECK(translated("postgresql", "(price > (0)::numeric)") == R"(("price" > (0)))");
    CHECK(translated("postgresql", "'new'::character varying(20)") == "'new'");
    CHECK(translated("postgresql", "((status)::text = ANY ((ARRAY['a'::character varying, 'b''c'::character varying])::text[]))") ==
          R"((("status") IN ('a', 'b''c')))");
    CHECK(translated("mysql", "`price` > 0 and `name` <> 'x'") == R"("price" > 0 and "name" <> 'x')");
    CHECK(translated("mysql", R"("text" = name)") == R"('text' = "name")");
    CHECK(translated("sqlite", R"("a""b" IS NOT NULL OR length_ < 3)") == R"("a""b" IS NOT NULL OR "length_" < 3)");
    CHECK(translated("sqlite", "lower(name) = upper(name)") == R"(lower("name") = upper("name"))");
    CHECK(translated("postgresql", "CURRENT_TIMESTAMP") == "CURRENT_TIMESTAMP");
}

TEST_CASE("portable schemas: names that two tables share") {
    const auto indexed = [](const std::string& name, const std::string& index, const std::string& unique) {
        return table{name,
                     {column("id", type_kind::integer, azoth::primary_key), column("n", type_kind::integer)},
                     {azoth::index(index, {"n"}), azoth::unique_constraint{.name = unique, .columns = {"n"}}}};
    };
    const azoth::metadata all{
        {indexed("one", "by_n", "only"), indexed("two", "BY_N", "only"), indexed("by_n", std::string(80, 'x'), "one")}};
    const auto told = [&](std::string dialect, std::string_view family) {
        azoth::profile p = server();
        p.dialect = std::move(dialect);
        std::vector<std::string> lines;
        for (const auto& l : azoth::portable_to(all.definition(), "other", p, family).lost) lines.push_back(l.of.name + ": " + l.what);
        return lines;
    };
    CHECK(told("mariadb", "mysql").empty());
    CHECK(told("sqlite", "sqlite") == std::vector<std::string>{"one: the index \"by_n\" is called \"one_by_n\": its name is taken",
                                                               "two: the index \"BY_N\" is called \"two_BY_N\": its name is taken"});
    CHECK(told("postgresql", "postgresql") ==
          std::vector<std::string>{"one: the index \"by_n\" is called \"one_by_n\": its name is taken",
                                   "two: the unique constraint \"only\" is called \"two_only\": its name is taken",
                                   "by_n: the unique constraint \"one\" is called \"by_n_one\": its name is taken"});
}

TEST_CASE("portable schemas: names that are there already, and long ones") {
    const auto long_named = [](const std::string& name) {
        return table{name, {column("n", type_kind::integer)}, {azoth::index(std::string(60, 'x'), {"n"})}};
    };
    const azoth::metadata all{{long_named("one")}};
    const azoth::metadata there{{long_named("two")}};
    azoth::profile p = server();
    auto made = azoth::portable_to(all.definition(), "other", p, "sqlite");
    CHECK(made.lost.empty());
    azoth::tell_names_apart(made, p, "sqlite", there.definition());
    REQUIRE(made.lost.size() == 1);
    const std::string& name = made.schema.tables.front()->indexes.front().name;
    CHECK(name.substr(0, 6) == "one_xx");
    CHECK(name.size() == 60);
    azoth::tell_names_apart(made, p, "sqlite", there.definition());
    CHECK(made.lost.size() == 1);
}

TEST_CASE("portable SQL: what only one database knows is refused") {
    CHECK(translated("postgresql", "nextval('s'::regclass)") == "refused");
    CHECK(translated("postgresql", "a ~ '^x'") == "refused");
    CHECK(translated("mysql", R"('a\'b')") == "refused");
    CHECK(translated("sqlite", "a || b") == "refused");
    CHECK(translated("sqlite", "'open") == "refused");
    CHECK(translated("sqlite", "length(a) > 1") == "refused");  // characters here, bytes there
}

TEST_CASE("canonical SQL: quotes, casts and parentheses that change nothing") {
    const auto same = [](std::string_view a, std::string_view b) {
        return canonical_sql("postgresql", a) == canonical_sql("postgresql", b);
    };
    CHECK(same("((price > (0)::numeric))", "price > 0"));
    CHECK(same("((a > 0) AND (b < 5))", R"("a" > 0 and b < 5)"));
    CHECK(same("(((a * b)) + c)", "a * b + c"));
    CHECK(same("status = ANY (ARRAY['a'::text, 'b'::text])", "status IN ('a', 'b')"));
    CHECK(same("a AND (b AND (c AND d))", "a AND b AND c AND d"));
    CHECK(same("NOT (a IS NOT NULL)", "NOT a IS NOT NULL"));
    CHECK(same("((a >= '-5'::integer) AND (a <= 7))", R"("a" BETWEEN -5 AND 7)"));
    CHECK(same("(((a)::bigint) = ANY (ARRAY[1, 2]))", "CAST(a AS BIGINT) IN (1, 2)"));
    CHECK(same("a <> ALL (ARRAY[1, 2])", "a NOT IN (1, 2)"));
    CHECK(same("((a)::text ~~ like_escape('x%'::text, ''::text))", "a LIKE 'x%'::TEXT ESCAPE ''"));
    CHECK(same("'one'::shop.\"mood\"", "'one'"));
    CHECK(same(R"(nextval('shop."t3"'::regclass))", "nextval('shop.t3')"));
    CHECK_FALSE(same(R"(nextval('"T3"'))", "nextval('t3')"));
    CHECK_FALSE(same(R"('"t3"')", "'t3'"));
    CHECK(same("CAST(CAST(a AS TEXT) AS VARCHAR(5)) = 'x'", "a = 'x'"));
    CHECK_FALSE(same("a <> ALL (ARRAY[1, 2])", "a IN (1, 2)"));
    CHECK_FALSE(same("a OR (b AND c)", "(a OR b) AND c"));
    CHECK_FALSE(same("'1'", "1"));
    CHECK_FALSE(same("a * (b + c)", "a * b + c"));
    CHECK_FALSE(same("(a OR b) AND c", "a OR b AND c"));
    CHECK_FALSE(same("a - (b - c)", "a - b - c"));
    CHECK_FALSE(same("NOT (a AND b)", "NOT a AND b"));
    CHECK_FALSE(same("lower(a)", "lower a"));
    CHECK_FALSE(same("'A'", "'a'"));
}

TEST_CASE("canonical SQL: MariaDB's words") {
    const auto same = [](std::string_view a, std::string_view b) { return canonical_sql("mysql", a) == canonical_sql("mysql", b); };
    CHECK(same("current_timestamp()", "CURRENT_TIMESTAMP"));
    CHECK(same("current_timestamp(6)", "CURRENT_TIMESTAMP"));
    CHECK(same("lcase(`a`) = `a`", "lower(`a`) = `a`"));
    CHECK(same("curdate()", "CURRENT_DATE"));
    CHECK(same("`a` like 'x%' escape X'01'", "`a` like 'x%'"));
    CHECK(same("unhex('00ff')", "X'00ff'"));
    CHECK(same("`is_open` = 1", "`is_open` = TRUE"));
}

TEST_CASE("portable SQL: MariaDB compares with 1 what is true") {
    const auto made = azoth::detail::portable_sql("mysql", "`is_open` = 1 and `n` = 1", {"is_open"});
    azoth::profile p;
    azoth::compiler out{azoth::ansi_rules(), p};
    azoth::write_schema_expression(out, *made);
    CHECK(out.buffer() == R"("is_open" = true and "n" = 1)");
    CHECK(azoth::detail::columns_in(*made) == std::vector<std::string>{"is_open", "n"});
}

TEST_CASE("literals: a default that is a value is read as one of its column's type") {
    const auto literal = [](std::string_view family, std::string_view sql, const azoth::type& of) {
        const auto made = azoth::detail::literal_sql(family, sql, of);
        if (!made) return std::string{"none"};
        azoth::profile p;
        azoth::compiler out{azoth::ansi_rules(), p};
        azoth::write_schema_expression(out, *made);
        return out.buffer();
    };
    CHECK(literal("mysql", "7.0000000000", azoth::numeric(30, 10)) == literal("sqlite", "('7')", azoth::numeric(30, 10)));
    CHECK(literal("postgresql", "'-1.5'::numeric", azoth::numeric(5, 2)) == "-1.5");
    CHECK(literal("mysql", "1", type_kind::boolean) == literal("postgresql", "true", type_kind::boolean));
    CHECK(literal("postgresql", "'23:00:00'::time without time zone", type_kind::time) ==
          literal("sqlite", "'23:00:00.000000'", type_kind::time));
    CHECK(literal("postgresql", "'2023-11-14 22:13:20.000007+00'::timestamp with time zone", type_kind::timestamp_tz) ==
          literal("sqlite", "'2023-11-14 22:13:20.000007Z'", type_kind::timestamp_tz));
    CHECK(literal("postgresql", R"('\x00ff27'::bytea)", type_kind::binary) == literal("sqlite", "X'00ff27'", type_kind::binary));
    CHECK(literal("mysql", "1e10", type_kind::double_) == literal("mysql", "10000000000", type_kind::double_));
    CHECK(literal("postgresql", "nextval('s'::regclass)", type_kind::integer) == "none");
    CHECK(literal("postgresql", "'soon'::text", type_kind::date) == "none");
    CHECK(literal("sqlite", "lower('A')", type_kind::text) == "none");
}

TEST_CASE("compare: nothing differs from itself, and each change is told once") {
    const table item{
        "item",
        {column("id", type_kind::integer, azoth::primary_key), column("name", azoth::string(80), azoth::not_null, azoth::unique),
         column("price", azoth::numeric(10, 2), azoth::server_default("0"))},
        {azoth::check("positive", "price > 0"), azoth::index("by_price", {"price"})}};
    CHECK(differences({item}, {item}).empty());
    CHECK(differences({item}, {}) == std::vector<std::string>{"-item table"});
    CHECK(differences({}, {item}) == std::vector<std::string>{"+item table"});
    const table other{"item",
                      {column("id", type_kind::integer, azoth::primary_key), column("name", azoth::string(90), azoth::unique),
                       column("note", type_kind::text), column("price", azoth::numeric(10, 2), azoth::server_default("1"))},
                      {azoth::check("is_positive", "(price) > 0"), azoth::index("by_price", {azoth::descending("price")})}};
    CHECK(differences({item}, {other}) == std::vector<std::string>{R"(~item the type of "name": VARCHAR(80) -> VARCHAR(90))",
                                                                   R"(~item NULL of "name": refused -> allowed)",
                                                                   R"(~item the default of "price": 0 -> 1)", R"(+item column "note")",
                                                                   "-item index (price)", "+item index (price desc)"});
    CHECK(differences({item}, {other}, {.constraint_names = true}).size() == 8);
}

TEST_CASE("another server: what it lacks is told, and nothing else changes") {
    const table item{"item",
                     {column("id", type_kind::integer, azoth::primary_key),
                      column("name", azoth::string(80), azoth::comment("for people"), azoth::collation("C")),
                      column("tags", azoth::array_of(type_kind::text))},
                     {azoth::check_constraint{"short", native("postgresql", "(length(name) < 5)")},
                      azoth::check_constraint{"some", native("postgresql", "((name)::text <> ''::text)")},
                      azoth::index_definition{.name = "by_tags", .elements = {"tags"}, .method = "gin"}},
                     "shop"};
    const auto made = azoth::portable_to(azoth::metadata{{item}}.definition(), "postgresql", server(), "");
    REQUIRE(made.schema.tables.size() == 1);
    const auto& t = *made.schema.tables.front();
    CHECK(t.node->schema.empty());
    CHECK(t.checks.size() == 1);
    CHECK(t.indexes.empty());
    CHECK(t.details[1].comment.empty());
    std::vector<std::string> lost;
    for (const auto& l : made.lost) lost.push_back(l.what);
    CHECK(lost == std::vector<std::string>{R"(the collation C of "name")", R"(the comment of "name")",
                                           R"(the array "tags" becomes a JSON array)", R"(the check "short": (length(name) < 5))",
                                           R"(the index "by_tags", which is of the method gin)"});
}

TEST_CASE("another server: MariaDB's sequences without a cache take one number at a time, and end before others") {
    azoth::metadata all;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    all.add(azoth::sequence{"s", {.maximum = most, .cache = 0}});
    azoth::profile to = server();
    to.can.sequences = true;
    const auto elsewhere = azoth::portable_to(all.definition(), "mysql", to, "ansi").schema.sequences.at(0).options;
    CHECK(elsewhere == azoth::sequence_options{.maximum = most, .cache = 1});
    const auto there = azoth::portable_to(all.definition(), "postgresql", to, "mysql").schema.sequences.at(0).options;
    CHECK(there.maximum == most - 1);
}

TEST_CASE("another server: a key that never gives a number twice is an identity where only those do so") {
    const table item{"item", {column("id", type_kind::integer, azoth::primary_key)}};
    azoth::profile to = server();
    to.can.schema.restarted_identities = true;
    const auto made = azoth::portable_to(azoth::metadata{{item}}.definition(), "postgresql", to, "");
    CHECK(made.schema.tables.at(0)->details[0].identity == azoth::identity_column{});
    CHECK(made.lost.empty());
}

TEST_CASE("another server: types that hold what the first database held") {
    const table item{
        "item",
        {column("id", type_kind::integer, azoth::primary_key), column("weight", type_kind::real), column("tags", type_kind::array)}};
    azoth::profile to = server();
    to.can.native_arrays = true;
    const auto made = azoth::portable_to(azoth::metadata{{item}}.definition(), "sqlite", to, "");
    const auto& columns = made.schema.tables.at(0)->node->columns;
    CHECK(columns[1].type == type_kind::double_);
    CHECK(columns[2].type == type_kind::json);
    REQUIRE(made.lost.size() == 1);
    CHECK(made.lost[0].what == R"(the array "tags" becomes JSON: what its elements are is not known)");
    to.can.native_arrays = false;
    CHECK(azoth::portable_to(azoth::metadata{{item}}.definition(), "sqlite", to, "sqlite").lost.empty());
}

TEST_CASE("another server: integers that refer have the type of what they refer to on MySQL") {
    const table parent{"parent", {column("id", type_kind::big_integer, azoth::primary_key)}};
    const table child{"child", {column("parent_id", type_kind::integer, azoth::references_to("parent", "id"))}};
    const auto made = azoth::portable_to(azoth::metadata{{parent, child}}.definition(), "sqlite", server(), "mysql");
    CHECK(made.schema.tables[1]->node->columns[0].type.kind == type_kind::big_integer);
    CHECK(made.lost.empty());
}

TEST_CASE("another server: MySQL has no SET DEFAULT, and no checks of what the database changes") {
    const table parent{"parent",
                       {column("id", type_kind::integer, azoth::primary_key)},
                       {azoth::check_constraint{"numbered", native("sqlite", "id > 0")}}};
    const table child{
        "child",
        {column("a", type_kind::integer, azoth::references_to("parent", "id").on_delete(azoth::referential_action::set_default)),
         column("b", type_kind::integer, azoth::references_to("parent", "id").on_update(azoth::referential_action::cascade)),
         column("c", type_kind::integer)},
        {azoth::check_constraint{"changed", native("sqlite", "b > 0")}, azoth::check_constraint{"kept", native("sqlite", "c > 0")}}};
    const auto made = azoth::portable_to(azoth::metadata{{parent, child}}.definition(), "sqlite", server(), "mysql");
    CHECK(made.schema.tables[0]->checks.empty());
    REQUIRE(made.schema.tables[1]->checks.size() == 1);
    CHECK(made.schema.tables[1]->checks[0].name == "kept");
    CHECK(made.schema.tables[1]->foreign_keys[0].on_delete == azoth::referential_action::no_action);
    CHECK(made.lost.size() == 3);
}

TEST_CASE("another server: what has a word that is no column is lost") {
    const table t{
        "t",
        {column("name", azoth::string(20)), column("n", type_kind::integer)},
        {azoth::check_constraint{"one", native("sqlite", "name glob 'a*'")}, azoth::check_constraint{"two", native("sqlite", "NAME <> ''")},
         azoth::check_constraint{"kept", native("sqlite", "n > 0")}}};
    const auto made = azoth::portable_to(azoth::metadata{{t}}.definition(), "sqlite", server(), "mysql");
    REQUIRE(made.schema.tables[0]->checks.size() == 1);
    CHECK(made.schema.tables[0]->checks[0].name == "kept");
    CHECK(made.lost.size() == 2);
}

TEST_CASE("another server: where there are no schemas, a key to a table of another schema is no key to one of that name") {
    const table users{"users",
                      {column("id", type_kind::integer, azoth::primary_key),
                       column("in_archive", type_kind::integer, azoth::references_to("users", "id", "archive"))}};
    azoth::profile small = server();
    small.can.schemas = false;
    const auto made = azoth::portable_to(azoth::metadata{{users}}.definition(), "postgresql", small, "sqlite");
    CHECK(made.schema.tables[0]->foreign_keys.empty());
    REQUIRE(made.lost.size() == 1);
    CHECK(made.lost[0].what.find("archive.users") != std::string::npos);
}

TEST_CASE("compare: numbers that nobody chose are the standard's") {
    azoth::schema_definition said;
    azoth::schema_definition found;
    said.sequences.push_back({{"", "numbers"}, {.start = 1, .increment = 1}, {}});
    found.sequences.push_back({{"", "numbers"}, {.minimum = 1}, {}});
    CHECK(compare(said, found, azoth::ansi_rules(), server()).empty());
    found.sequences.front().options.increment = 2;
    CHECK(compare(said, found, azoth::ansi_rules(), server()).size() == 1);
}

TEST_CASE("another server: MySQL's shorter texts become texts, and nothing is lost by that") {
    const auto own = [](type_kind base, const char* name) { return azoth::native_type(base, {{"mysql", name}}); };
    const table item{"item",
                     {column("id", type_kind::integer, azoth::primary_key), column("note", own(type_kind::text, "TEXT")),
                      column("image", own(type_kind::binary, "MEDIUMBLOB")), column("choice", own(type_kind::text, "SET('a','b')"))}};
    const auto made = azoth::portable_to(azoth::metadata{{item}}.definition(), "mysql", server(), "");
    CHECK(made.schema.tables.at(0)->node->columns[1].type == type_kind::text);
    REQUIRE(made.lost.size() == 1);
    CHECK(made.lost[0].what == R"(the column "choice" becomes text: its type SET('a','b') is mysql's own)");
}
