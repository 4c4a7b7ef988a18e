// What is declared comes back from the database as it was, feature by feature; and what SQLite cannot do is refused.
#include "sqlite_schema_support.hpp"

using namespace sqlite_tests;

namespace {

/// How what is read differs from what was declared; a line each.
std::string differences(const az::executor_source& of, const az::metadata& declared) {
    std::string lines;
    of.with_executor([&](az::executor& on) {
        for (const auto& d : az::compare(declared.definition(), on.reflect().read({}), on.rules(), on.server_profile()))
            lines += d.of.name + ": " + d.what + " " + d.before + " -> " + d.after + "\n";
    });
    return lines;
}

/// What comes back of a table, which is kept.
struct round_trip {
    explicit round_trip(const az::table& t, bool is_exact = true) : engine{open("sqlite://")} {
        const az::metadata declared{{t}};
        declared.create_all(engine);
        all = read(engine);
        if (is_exact) CHECK(differences(engine, declared) == "");
        CHECK(notes_of(all) == "");
        check_made_again(engine);
    }
    [[nodiscard]] const az::table_definition& table() const { return *all.tables.at(0); }
    [[nodiscard]] const az::column_spec& column(std::size_t i) const { return table().node->columns.at(i); }

    az::engine engine;
    az::schema_definition all{};
};

az::table lone(const az::type& t) { return az::table{"t", {az::column("c", t)}}; }

template <class S>
void check_refused(const S& statement, std::string_view because) {
    auto c = open("sqlite://").connect();
    const auto refused = thrown<az::not_supported_error>([&] { c.execute(statement); });
    CHECK_THAT(refused.message(), Catch::Contains(std::string{because}));
}
/// The same, and that SQLite does not know it either.
template <class S>
void check_unknown(const S& statement, std::string_view because) {
    check_refused(statement, because);
    az::engine_options options;
    options.unchecked = true;
    auto c = open("sqlite://", options).connect();
    run(c, "CREATE TABLE t (a INTEGER)");
    (void)thrown<az::programming_error>([&] { c.execute(statement); });
}
void check_refused_table(az::column_draft column, std::vector<az::table_element> elements, std::string_view because) {
    check_refused(az::create_table(az::table{"t", {std::move(column)}, std::move(elements)}), because);
}

}  // namespace

TEST_CASE("sqlite ddl: types come back as they were declared") {
    const auto mood = az::enum_type("mood", {"sad", "it's ok"});
    const std::vector<az::type> types{kind::boolean,
                                      kind::small_integer,
                                      kind::integer,
                                      kind::big_integer,
                                      kind::unsigned_small_integer,
                                      kind::unsigned_integer,
                                      kind::unsigned_big_integer,
                                      kind::real,
                                      kind::double_,
                                      kind::numeric,
                                      az::numeric(10, 2),
                                      az::numeric(15, 0),
                                      az::numeric(30, 5),
                                      az::string(80),
                                      kind::text,
                                      kind::binary,
                                      az::binary(16),
                                      kind::date,
                                      kind::time,
                                      kind::timestamp,
                                      kind::timestamp_tz,
                                      kind::interval,
                                      kind::uuid,
                                      kind::json,
                                      mood,
                                      az::array_of(kind::small_integer),
                                      az::array_of(az::string(12)),
                                      az::array_of(az::numeric(30, 2)),
                                      az::array_of(kind::unsigned_big_integer),
                                      az::native_type(kind::text, {{"sqlite", "MONEY"}})};
    for (const auto& t : types) {
        INFO(az::to_string(t));
        const auto engine = open("sqlite://");
        az::metadata{{lone(t)}}.create_all(engine);
        const auto all = read(engine);
        const az::column_spec& column = table_in(all, "t").node->columns.at(0);
        CHECK(column.type == t);
        CHECK(table_in(all, "t").checks.empty());
        CHECK(table_in(all, "t").details.at(0).collation.empty());
        check_made_again(engine);
    }
    CHECK(round_trip{lone(kind::string), false}.column(0).type == kind::text);
}

TEST_CASE("sqlite ddl: an enumeration is a text with a check of its labels") {
    const auto engine = open("sqlite://");
    const az::table t = lone(az::enum_type("mood", {"sad", "ok"}));
    az::metadata{{t}}.create_all(engine);
    auto c = engine.connect();
    run(c, "INSERT INTO t VALUES ('ok'), (NULL)");
    CHECK(read(c).enums.at(0).labels == std::vector<std::string>{"sad", "ok"});
    CHECK(differences(c, az::metadata{{t}}) == "");
    CHECK(thrown<az::check_violation>([&] { run(c, "INSERT INTO t VALUES ('furious')"); }).constraint() == "mood");
}

TEST_CASE("sqlite ddl: keys that the database numbers, and those that it does not") {
    const round_trip numbered{az::table{"t", {az::column("id", kind::big_integer, az::primary_key), az::column("n", kind::integer)}}};
    CHECK(numbered.column(0).generated);
    CHECK(numbered.column(0).primary_key);
    CHECK_FALSE(numbered.column(0).nullable);
    CHECK(numbered.column(0).type == kind::big_integer);
    CHECK_FALSE(numbered.table().details[0].identity);
    CHECK(numbered.table().primary_key_name == "pk_t");
    CHECK(round_trip{lone(kind::integer)}.column(0).type == kind::integer);
    CHECK(round_trip{az::table{"t", {az::column("id", kind::integer, az::primary_key)}}, false}.column(0).type == kind::big_integer);
    CHECK(numbered.table().node->keys == std::vector<az::unique_key>{{"pk_t", {"id"}}});
    CHECK_FALSE(numbered.column(1).generated);

    const round_trip given{az::table{"t", {az::column("id", kind::integer, az::primary_key, az::not_generated)}}};
    CHECK_FALSE(given.column(0).generated);
    CHECK(given.column(0).type == kind::integer);
    auto c = given.engine.connect();
    CHECK(thrown<az::not_null_violation>([&] { run(c, "INSERT INTO t DEFAULT VALUES"); }).code() == az::errc::not_null_violation);

    const round_trip identity{az::table{"t", {az::column("id", kind::big_integer, az::primary_key, az::identity())}}};
    CHECK(identity.table().details[0].identity == az::identity_column{});
    CHECK(identity.table().primary_key_name == "pk_t");
    CHECK_THAT(sql_in(identity.engine), Catch::Contains(R"("id" INTEGER CONSTRAINT "pk_t" PRIMARY KEY AUTOINCREMENT NOT NULL)"));

    const round_trip both{
        az::table{"t", {az::column("a", kind::integer, az::primary_key), az::column("b", az::string(9), az::primary_key)}}};
    CHECK(both.table().primary_key == std::vector<std::string>{"a", "b"});
    CHECK_FALSE(both.column(0).generated);
    CHECK(both.column(0).type == kind::integer);
}

TEST_CASE("sqlite ddl: unique keys and checks") {
    const round_trip t{az::table{"t",
                                 {az::column("a", kind::integer, az::unique), az::column("b", kind::integer), az::column("c", kind::text)},
                                 {az::unique_constraint{.name = "b and c", .columns = {"c", "b"}},
                                  az::check("positive", az::own_column<int>("b") > 0), az::check("", "length(c) < 9")}}};
    const auto& uniques = t.table().uniques;
    REQUIRE(uniques.size() == 2);
    CHECK(uniques[0].name == "uq_t_a");
    CHECK(uniques[1].name == "b and c");
    CHECK(uniques[1].columns == std::vector<std::string>{"c", "b"});
    CHECK(t.table().indexes.empty());
    CHECK(t.table().node->keys.size() == 2);
    REQUIRE(t.table().checks.size() == 2);
    CHECK(t.table().checks[0].name == "positive");
    CHECK(sql_of(t.table().checks[0].condition) == R"("b" > 0)");
    CHECK(t.table().checks[1].name.empty());
    CHECK(sql_of(t.table().checks[1].condition) == "length(c) < 9");
}

TEST_CASE("sqlite ddl: foreign keys") {
    const az::table parent{
        "parent",
        {az::column("id", kind::big_integer, az::primary_key), az::column("a", kind::integer), az::column("b", kind::integer)},
        {az::unique_constraint{.name = {}, .columns = {"a", "b"}}}};
    const az::table child{
        "child",
        {az::column("id", kind::big_integer, az::primary_key),
         az::column(
             "p", kind::big_integer,
             az::references_to("parent", "id").on_delete(az::referential_action::cascade).on_update(az::referential_action::set_null)),
         az::column("a", kind::integer), az::column("b", kind::integer),
         az::column("boss", kind::big_integer, az::references_to("child", "id").deferrable())},
        {az::foreign_key{.name = "both",
                         .columns = {"a", "b"},
                         .referred_schema = {},
                         .referred_table = "parent",
                         .referred_columns = {"a", "b"},
                         .on_delete = az::referential_action::restrict_,
                         .on_update = az::referential_action::set_default,
                         .timing = az::constraint_timing::initially_deferred}}};
    const auto engine = open("sqlite://");
    az::metadata{{parent, child}}.create_all(engine);
    const auto all = read(engine);
    const auto& found = table_in(all, "child").foreign_keys;
    const auto& declared = child.definition().foreign_keys;
    REQUIRE(found.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(found[i].name == declared[i].name);
        CHECK(found[i].columns == declared[i].columns);
        CHECK(found[i].referred_schema.empty());
        CHECK(found[i].referred_table == declared[i].referred_table);
        CHECK(found[i].referred_columns == declared[i].referred_columns);
        CHECK(found[i].on_delete == declared[i].on_delete);
        CHECK(found[i].on_update == declared[i].on_update);
        CHECK(found[i].timing == declared[i].timing);
    }
    CHECK(table_in(all, "child").node->columns[1].references == std::vector<az::column_spec::reference>{{"", "parent", "id"}});
    CHECK(table_in(all, "child").node->columns[2].references.empty());
    CHECK(notes_of(all) == "");
    CHECK(differences(engine, az::metadata{{parent, child}}) == "");
    check_made_again(engine);
    az::metadata again;
    again.reflect(engine);
    again.drop_all(engine);
    CHECK(asked(engine, [](az::reflector& r) { return r.table_names(); }).empty());
}

TEST_CASE("sqlite ddl: indexes") {
    az::index_element collated{"a"};
    collated.collation = "NOCASE";
    az::index_definition ordered =
        az::index("ordered", {az::descending("b"), collated, az::by(az::func::lower(az::own_column<std::string>("a")))});
    az::index_definition partial = az::index("partial", {"b"});
    partial.unique = true;
    partial.where = (az::own_column<int>("b") > 7).node();
    const round_trip t{az::table{"t", {az::column("a", kind::text), az::column("b", kind::integer, az::indexed)}, {ordered, partial}}};
    const auto& found = t.table().indexes;
    REQUIRE(found.size() == 3);
    CHECK(found[0].name == "ix_t_b");
    CHECK_FALSE(found[0].unique);
    CHECK(found[1].name == "ordered");
    REQUIRE(found[1].elements.size() == 3);
    CHECK(found[1].elements[0].column == "b");
    CHECK(found[1].elements[0].descending);
    CHECK(found[1].elements[0].collation.empty());
    CHECK(found[1].elements[1].collation == "NOCASE");
    CHECK(sql_of(found[1].elements[2].expression) == R"(lower("a"))");
    CHECK(found[2].unique);
    CHECK(sql_of(found[2].where) == R"("b" > 7)");
    CHECK(t.table().node->keys.empty());  // a partial index tells no rows apart
}

TEST_CASE("sqlite ddl: columns that are computed, collated, or have a default") {
    const round_trip t{az::table{
        "t",
        {az::column("a", kind::integer, az::not_null, az::server_default("7")), az::column("twice", kind::integer, az::computed("a * 2")),
         az::column("half", kind::double_, az::computed(az::own_column<int>("a") / 2.0).virtual_()),
         az::column("words", az::string(20), az::collation("NOCASE"), az::server_default("'it''s'")),
         az::column("at", kind::timestamp, az::server_default("CURRENT_TIMESTAMP")), az::column("wide", az::numeric(30, 2))}}};
    const auto& details = t.table().details;
    CHECK(sql_of(details[0].server_default) == "7");
    CHECK(t.column(0).has_default);
    CHECK_FALSE(t.column(0).nullable);
    REQUIRE(details[1].computed);
    CHECK(sql_of(details[1].computed->expression) == "a * 2");
    CHECK(details[1].computed->stored);
    CHECK(t.column(1).generated);
    REQUIRE(details[2].computed);
    CHECK_FALSE(details[2].computed->stored);
    CHECK(details[3].collation == "NOCASE");
    CHECK(details[3].native_type == "VARCHAR(20)");
    CHECK(sql_of(details[3].server_default) == "'it''s'");
    CHECK(sql_of(details[4].server_default) == "CURRENT_TIMESTAMP");
    CHECK_THAT(sql_in(t.engine), Catch::Contains("\"at\" TIMESTAMP_TEXT DEFAULT (strftime('%Y-%m-%d %H:%M:%f000', 'now'))"));
    CHECK(details[5].collation.empty());
}

TEST_CASE("sqlite ddl: tables that are STRICT or WITHOUT ROWID") {
    const az::table t{"t",
                      {az::column("id", kind::integer, az::primary_key, az::not_generated), az::column("n", az::numeric(30, 2)),
                       az::column("at", kind::date), az::column("yes", kind::boolean), az::column("raw", az::binary(3))},
                      {az::table_option{"sqlite.strict", "true"}, az::table_option{"sqlite.without_rowid", "true"},
                       az::table_option{"mysql.engine", "MyISAM"}}};
    const round_trip made{t, false};  // its types have fewer names
    CHECK(made.table().options == az::name_map{{"sqlite.strict", "true"}, {"sqlite.without_rowid", "true"}});
    CHECK(made.column(0).type == kind::integer);
    CHECK_FALSE(made.column(0).generated);
    CHECK(made.table().details[1].native_type == "TEXT");
    CHECK(made.table().details[1].collation == "azoth_decimal");
    CHECK(made.column(4).type == kind::binary);

    const round_trip numbered{
        az::table{"t", {az::column("id", kind::big_integer, az::primary_key)}, {az::table_option{"sqlite.strict", "true"}}}};
    CHECK(numbered.column(0).generated);
    CHECK(numbered.table().options == az::name_map{{"sqlite.strict", "true"}});

    const auto engine = open("sqlite://");
    const auto option = [&](const char* name, const char* text) {
        const az::table wrong{"t", {az::column("a", kind::integer)}, {az::table_option{name, text}}};
        return thrown<az::programming_error>([&] { (void)engine.to_sql(az::create_table(wrong)); }).message();
    };
    CHECK_THAT(option("sqlite.strickt", "true"), Catch::Contains("sqlite.strickt"));
    CHECK_THAT(option("sqlite.strict", "on"), Catch::Contains("give true or false"));
    check_refused_table(az::column("id", kind::integer, az::primary_key), {az::table_option{"sqlite.without_rowid", "true"}},
                        "the numbered key \"id\" of a WITHOUT ROWID table");
}

TEST_CASE("sqlite ddl: views") {
    const auto engine = open("sqlite://");
    const az::table t{"t", {az::column("id", kind::big_integer, az::primary_key), az::column("name", az::string(80), az::not_null)}};
    const auto query =
        az::select(t.column<std::int64_t>("id"), t.column<std::string>("name")).where(t.column<std::string>("name") != "x'y");
    const az::view big{"big", query};
    az::metadata all{{t}};
    all.add(big);
    all.create_all(engine);
    all.create_all(engine);
    const auto found = read(engine);
    REQUIRE(found.views.size() == 1);
    CHECK(found.views[0].name == az::object_name{"", "big"});
    CHECK(found.views[0].reads == std::vector<az::object_name>{{"", "t"}});
    REQUIRE(found.views[0].columns.size() == 2);
    CHECK(found.views[0].columns[1].name == "name");
    CHECK(found.views[0].columns[1].type == az::string(80));
    CHECK_FALSE(found.views[0].materialized);
    CHECK(differences(engine, all) == "");
    check_made_again(engine);
    {
        auto c = engine.connect();
        c.execute(az::create_view(big, {.if_not_exists = true}));
        c.execute(az::create_view(az::view{"mine", query}, {.temporary = true}));
        c.commit();
        CHECK(asked(c, [](az::reflector& r) { return r.view_names(); }) == std::vector<std::string>{"big"});
        CHECK(asked(c, [](az::reflector& r) { return r.has_view("mine"); }));
        CHECK(read(c, {.temporary = true}).views.at(0).name.name == "mine");
        CHECK_FALSE(asked(c, [](az::reflector& r) { return r.has_view("t"); }));
    }
    all.drop_all(engine);
    CHECK(asked(engine, [](az::reflector& r) { return r.view_names(); }).empty());
}

TEST_CASE("sqlite ddl: temporary tables, and tables from queries") {
    auto c = open("sqlite://").connect();
    const az::table lasting{"t", {az::column("id", kind::big_integer, az::primary_key)}};
    const az::table mine{
        "t", {az::column("id", kind::big_integer, az::primary_key), az::column("b", kind::integer, az::indexed)}, {az::temporary}};
    c.execute(az::create_table(lasting));
    c.execute(az::create_table(mine));
    c.execute(az::create_index(mine, "ix_t_b"));
    c.execute(az::create_table_as("copy", az::select(lasting.column<std::int64_t>("id"))));
    c.execute(az::create_table_as("copy", az::select(lasting.column<std::int64_t>("id")), {.if_not_exists = true}));
    c.execute(az::create_table_as("scratch", az::select(lasting.column<std::int64_t>("id")), {.temporary = true}));
    CHECK(asked(c, [](az::reflector& r) { return r.temporary_table_names(); }) == std::vector<std::string>{"scratch", "t"});
    CHECK(asked(c, [](az::reflector& r) { return r.table_names(); }) == std::vector<std::string>{"copy", "t"});
    CHECK(asked(c, [](az::reflector& r) { return r.has_table("scratch"); }));
    CHECK_FALSE(asked(c, [](az::reflector& r) { return r.has_table("scratch", "main"); }));
    const auto all = read(c, {.names = {"t"}, .temporary = true});
    REQUIRE(all.tables.size() == 1);
    CHECK(all.tables[0]->temporary);
    CHECK(all.tables[0]->node->schema.empty());
    CHECK(all.tables[0]->indexes.size() == 1);
    c.execute(az::drop_index(mine, "ix_t_b"));
    c.execute(az::drop_table(mine));
    CHECK(thrown<az::programming_error>([&] { c.execute(az::drop_table(mine)); }).code() == az::errc::no_such_table);
    CHECK(asked(c, [](az::reflector& r) { return r.has_table("t"); }));
}

TEST_CASE("sqlite ddl: what SQLite cannot do is refused") {
    const az::table t{"t", {az::column("a", kind::integer)}};
    const az::view v{"v", az::select(t.column<std::optional<int>>("a"))};
    const auto index = [&](auto change) {
        az::index_definition i = az::index("i", {"a"});
        change(i);
        return az::create_index(t, i);
    };
    check_unknown(az::create_sequence(az::sequence{"s"}), "sequences");
    check_unknown(az::create_schema("s"), "schemas");
    check_unknown(az::drop_schema("s"), "schemas");
    check_unknown(az::create_enum(az::enum_type("e", {"a"})), "enumerations that are types");
    check_unknown(az::comment_on(t, "words"), "comments");
    check_unknown(az::drop_table(t, {.cascade = true}), "CASCADE");
    check_unknown(az::create_view(v.materialized()), "materialized views");
    check_unknown(az::create_view(v, {.or_replace = true}), "CREATE OR REPLACE VIEW");
    check_unknown(az::add_constraint(t, az::check("c", "a > 0")), "ADD CONSTRAINT");
    check_unknown(az::drop_constraint(t, "c", az::constraint_kind::check), "DROP CONSTRAINT");
    check_unknown(index([](auto& i) { i.include = {"a"}; }), "INCLUDE");
    check_unknown(index([](auto& i) { i.method = "hash"; }), "hash");
    check_unknown(index([](auto& i) { i.elements[0].prefix = 3; }), "text's start");
    check_unknown(index([](auto& i) { i.elements[0].operator_class = "ops"; }), "operator classes");
    check_unknown(index([](auto& i) { i.elements[0].nulls = az::nulls_order::first; }), "NULLS FIRST");
    check_unknown(index([](auto& i) { i.nulls_not_distinct = true; }), "NULLS NOT DISTINCT");
    check_refused_table(az::column("a", kind::integer),
                        {az::unique_constraint{.name = {}, .columns = {"a"}, .timing = az::constraint_timing::deferrable}},
                        "a deferrable unique constraint");
    check_refused_table(az::column("a", kind::integer),
                        {az::foreign_key{.name = {},
                                         .columns = {"a"},
                                         .referred_schema = {},
                                         .referred_table = "t",
                                         .referred_columns = {"a"},
                                         .match = az::key_match::full}},
                        "MATCH FULL");
    check_refused_table(az::column("a", kind::integer, az::primary_key, az::always_identity()), {}, "GENERATED ALWAYS");
    check_refused_table(az::column("a", kind::integer, az::primary_key, az::identity({.start = 1000})), {}, "an identity with options");
    check_refused_table(az::column("a", kind::integer, az::identity()), {}, "an identity that is not the primary key");
    check_refused_table(az::column("a", kind::integer, az::references_to("t", "a", "side")), {}, "another database");
    const auto restricting = az::references_to("t", "a").on_delete(az::referential_action::restrict_);
    check_refused(az::create_table(az::table{"[t]", {az::column("a", kind::integer, restricting)}}), "RESTRICT of a table called [t]");
}
