#include "sqlite_support.hpp"

using namespace sqlite_tests;

namespace {

az::table people() {
    return az::table{
        "people",
        {az::column("id", az::type_kind::big_integer, az::primary_key), az::column("name", az::string(80), az::not_null, az::unique),
         az::column("born", az::type_kind::date, az::nullable, az::indexed),
         az::column("made", az::type_kind::timestamp_tz, az::not_null, az::server_default("CURRENT_TIMESTAMP")),
         az::column("share", az::numeric(30, 5), az::not_null, az::server_default("0.5 + 0.25")),
         az::column("boss_id", az::type_kind::big_integer, az::references_to("people", "id"))}};
}

}  // namespace

TEST_CASE("sqlite schema: tables are made, found, and dropped") {
    const auto engine = open("sqlite://");
    const az::metadata all{{people()}};
    all.create_all(engine);
    all.create_all(engine);
    CHECK(thrown<az::programming_error>([&] { all.create_all(engine, az::check_first::no); }).code() == az::errc::programming);
    engine.with_executor([](az::executor& on) {
        CHECK(on.reflect().has_table("people"));
        CHECK(on.reflect().has_table("PEOPLE"));
        CHECK_FALSE(on.reflect().has_table("person"));
        CHECK(on.reflect().table_names() == std::vector<std::string>{"people"});
    });
    {
        auto c = engine.connect();
        CHECK(text_of(c, "SELECT group_concat(type, ', ') FROM pragma_table_info('people')") ==
              "INTEGER, VARCHAR(80), DATE_TEXT, TIMESTAMPTZ_TEXT, DECIMAL_TEXT(30, 5), BIGINT");
        CHECK(number_of(c, "SELECT count(*) FROM sqlite_schema WHERE name = 'ix_people_born'") == 1);
    }
    all.drop_all(engine);
    all.drop_all(engine);
    engine.with_executor([](az::executor& on) { CHECK(on.reflect().table_names().empty()); });
}

TEST_CASE("sqlite schema: generated keys and defaults") {
    const auto engine = open("sqlite://");
    const az::table t = people();
    az::metadata{{t}}.create_all(engine);
    auto c = engine.connect();
    const auto before = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    CHECK(c.execute(az::insert(t).set(t["name"], "Ada")).last_insert_id() == 1);
    const auto after = std::chrono::system_clock::now();
    CHECK(c.execute(az::insert(t).set(t["name"], "Bea")).last_insert_id() == 2);
    const auto made = c.execute(az::select(t.column<az::timestamp>("made")).where(t["id"] == 1)).scalar();
    CHECK(made >= before);
    CHECK(made <= after);
    CHECK(c.scalar(az::select(t.column<az::decimal>("share")).where(t["id"] == 1)) == az::decimal::parse("0.75"));
    CHECK(text_of(c, "SELECT typeof(share) || ' ' || length(made) FROM people WHERE id = 1") == "text 27");
    const auto no_boss =
        thrown<az::foreign_key_violation>([&] { (void)c.execute(az::insert(t).set(t["name"], "C").set(t["boss_id"], 77)); });
    CHECK(no_boss.code() == az::errc::foreign_key_violation);
}

TEST_CASE("sqlite schema: an attached database is a schema") {
    const scratch_folder folder;
    auto c = open(folder.url()).connect();
    c.set_isolation(az::isolation_level::autocommit);
    run(c, "ATTACH '" + (folder.path() / "side.db").string() + "' AS side");
    const az::table t{
        "t", {az::column("id", az::type_kind::integer, az::primary_key), az::column("n", az::type_kind::integer, az::indexed)}, "side"};
    az::metadata{{t}}.create_all(c);
    (void)c.execute(az::insert(t).set(t["n"], 5));
    CHECK(c.scalar(az::select(t.column<std::optional<std::int32_t>>("n"))) == 5);
    CHECK(number_of(c, "SELECT count(*) FROM side.t") == 1);
    CHECK(number_of(c, "SELECT count(*) FROM side.sqlite_schema WHERE type = 'index'") == 1);
    c.with_executor([](az::executor& on) {
        CHECK(on.reflect().has_table("t", "side"));
        CHECK_FALSE(on.reflect().has_table("t"));
        CHECK_FALSE(on.reflect().has_table("t", "nowhere"));
    });
}

TEST_CASE("sqlite schema: statements for people, values as SQLite stores them") {
    const auto engine = open("sqlite://");
    const az::table t = people();
    CHECK(engine.to_sql(az::select(t["name"]).offset(3)) == "SELECT \"people\".\"name\" FROM \"people\" LIMIT -1 OFFSET 3");
    CHECK(engine.to_sql(az::select(t["name"]).where(t["born"] == az::date{std::chrono::year{2024} / 2 / 29}).limit(1)) ==
          "SELECT \"people\".\"name\" FROM \"people\" WHERE \"people\".\"born\" = '2024-02-29' LIMIT 1");
}
