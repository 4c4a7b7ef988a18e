#include <azoth/schema/compare.hpp>
#include <azoth/schema/ddl.hpp>
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/schema/portable.hpp>
#include <azoth/sql/compiler.hpp>

#include <catch2/catch.hpp>

namespace {

using azoth::column;
using azoth::table;
using azoth::type_kind;

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

TEST_CASE("another server: PostgreSQL makes no second key of the same columns") {
    const table t{
        "t",
        {column("id", type_kind::integer, azoth::primary_key), column("n", type_kind::integer)},
        {azoth::unique_constraint{.name = "again", .columns = {"id"}}, azoth::unique_constraint{.name = "one", .columns = {"n"}},
         azoth::unique_constraint{.name = "other", .columns = {"n", "id"}}, azoth::unique_constraint{.name = "two", .columns = {"n"}}}};
    const auto made = azoth::portable_to(azoth::metadata{{t}}.definition(), "mysql", server(), "postgresql");
    const auto& uniques = made.schema.tables[0]->uniques;
    REQUIRE(uniques.size() == 2);
    CHECK(uniques[0].name == "one");
    CHECK(uniques[1].name == "other");
    REQUIRE(made.lost.size() == 2);
    CHECK(made.lost[0].what == R"(the unique constraint "again", which says what another key says)");
    CHECK(azoth::portable_to(azoth::metadata{{t}}.definition(), "mysql", server(), "sqlite").lost.empty());
}

TEST_CASE("another server: a default of NULL is none, and what two databases take otherwise is told") {
    const table t{
        "t",
        {column("a", type_kind::integer, azoth::server_default_option{native("sqlite", "NULL")}),
         column("b", type_kind::timestamp, azoth::server_default_option{native("sqlite", "CURRENT_TIMESTAMP")}),
         column("c", azoth::string(20)), column("d", azoth::string(20), azoth::computed_option{native("sqlite", "lower(c)"), true})}};
    azoth::profile to = server();
    to.can.schema.stored_columns = true;
    const auto made = azoth::portable_to(azoth::metadata{{t}}.definition(), "sqlite", to, "postgresql");
    CHECK_FALSE(made.schema.tables[0]->details[0].server_default);
    CHECK(made.schema.tables[0]->details[1].server_default);
    CHECK(made.schema.tables[0]->details[3].computed);
    REQUIRE(made.lost.size() == 2);
    CHECK(made.lost[0].what == R"(the default of "b": SQLite's CURRENT_TIMESTAMP is UTC, that of others in the zone of the session)");
    CHECK(made.lost[1].what == R"(what "d" is computed by: SQLite's lower() and upper() change ASCII letters alone)");
}

TEST_CASE("another server: what has a word that is no column is lost") {
    const table t{
        "t",
        {column("name", azoth::string(20)), column("n", type_kind::integer)},
        {azoth::check_constraint{"one", native("sqlite", "name glob 'a*'")},
         azoth::check_constraint{"two", native("sqlite", "other <> ''")}, azoth::check_constraint{"kept", native("sqlite", "N > 0")}}};
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

TEST_CASE(
    "another server: a unique index that tells values apart in a way of its own is lost as one, others are only as fast as they are") {
    const auto index = [](std::string name, bool unique, auto change) {
        azoth::index_definition made{.name = std::move(name), .elements = {"name"}, .unique = unique};
        change(made.elements[0]);
        return made;
    };
    const auto collated = [](azoth::index_element& e) { e.collation = "NOCASE"; };
    const auto cut = [](azoth::index_element& e) { e.prefix = 5; };
    const table t{"t",
                  {column("name", azoth::string(20))},
                  {index("a", true, collated), index("b", true, cut), index("c", false, collated), index("d", false, cut),
                   index("e", true, [](auto&) {})}};
    const auto made = azoth::portable_to(azoth::metadata{{t}}.definition(), "sqlite", server(), "ansi");
    std::vector<std::string> lost;
    for (const auto& l : made.lost) lost.push_back(l.what);
    CHECK(lost == std::vector<std::string>{R"(the unique index "a", which tells values apart by the collation NOCASE)",
                                           R"(the unique index "b", which tells "name" apart by 5 characters or bytes alone)"});
    const auto& kept = made.schema.tables.at(0)->indexes;
    REQUIRE(kept.size() == 3);
    CHECK(kept[0].elements[0].collation.empty());
    CHECK(kept[1].elements[0].prefix == 0);
}

TEST_CASE("another server: defaults that it would refuse, or read otherwise, are lost with a word") {
    const auto with = [](std::string name, const azoth::type& of, std::string_view dialect, std::string sql) {
        return column(std::move(name), of, azoth::server_default_option{native(std::string{dialect}, std::move(sql))});
    };
    const table t{
        "t",
        {with("a", type_kind::interval, "postgresql", "'1 day'::interval"),
         with("b", azoth::array_of(type_kind::text), "postgresql", "'{}'::text[]"),
         with("c", azoth::numeric(5, 2), "postgresql", "'NaN'::numeric"), with("d", type_kind::text, "postgresql", "CURRENT_TIMESTAMP"),
         with("e", type_kind::date, "postgresql", "(now())::date"), with("f", type_kind::timestamp_tz, "postgresql", "CURRENT_TIMESTAMP"),
         with("g", type_kind::integer, "postgresql", "7")}};
    const auto made = azoth::portable_to(azoth::metadata{{t}}.definition(), "postgresql", server(), "ansi");
    std::vector<std::string> lost;
    for (const auto& l : made.lost)
        if (l.what.starts_with("the default of")) lost.push_back(l.what);
    CHECK(lost == std::vector<std::string>{R"(the default of "a": '1 day'::interval)", R"(the default of "b": '{}'::text[])",
                                           R"(the default of "c": 'NaN'::numeric)", R"(the default of "d": CURRENT_TIMESTAMP)",
                                           R"(the default of "e": (now())::date)"});
    CHECK(made.schema.tables.at(0)->details[5].server_default);
    CHECK(made.schema.tables.at(0)->details[6].server_default);
}

TEST_CASE("another server: a computed column whose values would be others is a column like any other") {
    const auto by = [](std::string name, const azoth::type& of, std::string sql) {
        return column(std::move(name), of, azoth::computed_option{native("sqlite", std::move(sql)), true});
    };
    const table t{
        "t",
        {column("w", type_kind::double_), column("n", type_kind::integer), by("cut", type_kind::integer, "cast(w as integer)"),
         by("half", type_kind::integer, "w * 0.5"), by("shown", type_kind::text, "n"), by("twice", type_kind::big_integer, "n * 2")}};
    azoth::profile to = server();
    to.can.schema.stored_columns = true;
    const auto made = azoth::portable_to(azoth::metadata{{t}}.definition(), "sqlite", to, "mysql");
    CHECK(made.lost.size() == 3);
    CHECK(made.schema.tables.at(0)->details[5].computed);
}

TEST_CASE("compare: how an index tells and sorts values is part of it, and across kinds only where it is a rule") {
    const auto with = [](bool unique, auto change) {
        azoth::index_definition made{.name = "i", .elements = {"name"}, .unique = unique};
        change(made.elements[0]);
        return table{"t", {column("name", azoth::string(20))}, {made}};
    };
    const auto plain = [](auto&) {};
    const auto collated = [](auto& e) { e.collation = "NOCASE"; };
    const auto cut = [](auto& e) { e.prefix = 5; };
    const auto classed = [](auto& e) { e.operator_class = "varchar_pattern_ops"; };
    const auto first = [](auto& e) { e.nulls = azoth::nulls_order::first; };
    const auto last = [](auto& e) { e.nulls = azoth::nulls_order::last; };
    CHECK(differences({with(false, plain)}, {with(false, collated)}).size() == 2);
    CHECK(differences({with(false, plain)}, {with(false, cut)}).size() == 2);
    CHECK(differences({with(false, plain)}, {with(false, classed)}).size() == 2);
    CHECK(differences({with(false, plain)}, {with(false, first)}) ==
          std::vector<std::string>{"-t index (name)", "+t index (name nulls first)"});
    CHECK(differences({with(false, plain)}, {with(false, last)}).empty());
    CHECK(differences({with(true, plain)}, {with(true, last)}).empty());
    CHECK(differences({with(false, plain)}, {with(false, collated)}, {.across_kinds = true}).empty());
    CHECK(differences({with(true, plain)}, {with(true, collated)}, {.across_kinds = true}).size() == 2);
}

TEST_CASE("compare_storage: options of tables and numbers that never come again") {
    const table plain{"t", {column("id", type_kind::integer, azoth::primary_key)}};
    const table strict{
        "t", {column("id", type_kind::integer, azoth::primary_key, azoth::identity())}, {azoth::table_option{"sqlite.strict", "true"}}};
    const auto found = azoth::compare_storage(azoth::metadata{{plain}}.definition(), azoth::metadata{{strict}}.definition(), server());
    REQUIRE(found.size() == 2);
    CHECK(found[0].what == "the option sqlite.strict");
    CHECK(found[0].after == "true");
    CHECK(found[1].what == R"(whether numbers of "id" are given again)");
    CHECK(azoth::compare_storage(azoth::metadata{{strict}}.definition(), azoth::metadata{{strict}}.definition(), server()).empty());
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
