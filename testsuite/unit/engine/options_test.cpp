#include "fixture.hpp"

#include "call_options.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;
using namespace std::chrono_literals;

namespace {

const auto names = az::select(col<&Owner::name>).order_by(col<&Owner::id>);

/// A table that lies in a schema that no database has.
const az::table far_away{"owner", {az::column("id", az::type_kind::big_integer, az::primary_key)}, "far"};

/// What an engine tells of its statements.
struct listener {
    std::vector<std::string> sql{};
    std::vector<std::string> names{};
    az::subscription on(const az::engine& e) {
        az::event_handlers h;
        h.before_execute = [this](const az::execution_event& told) {
            sql.emplace_back(told.sql);
            names.emplace_back(told.name);
        };
        return e.subscribe(std::move(h));
    }
};

}  // namespace

TEST_CASE("a call's options come before its connection's, and those before its engine's") {
    const az::execution_options engine{.batch_size = 1, .read_only = true, .schemas = {{"a", "x"}, {"b", "y"}}, .name = "engine"};
    const az::execution_options over{.timeout = 5ms, .read_only = false, .schemas = {{"a", "z"}}};
    const auto m = az::merged(engine, over);
    CHECK(m.batch_size == 1);
    CHECK(m.read_only == false);
    CHECK(m.timeout == 5ms);
    CHECK(m.schemas == az::name_map{{"a", "z"}, {"b", "y"}});
    CHECK(m.name == "engine");
}

TEST_CASE("a call that says how long it may take says it alone") {
    const az::execution_options patient{.timeout = 1h};
    CHECK(az::merged(patient, {}).timeout == 1h);
    const az::deadline soon = az::deadline::after(1s);
    const auto m = az::merged(patient, {.until = soon});
    CHECK(m.timeout == 0ms);
    CHECK(m.until.at() == soon.at());
}

TEST_CASE("tags are encoded, so that nothing in them ends their comment") {
    CHECK(az::detail::tag_comment({}) == "");
    CHECK(az::detail::tag_comment({{"route", "/users/*"}, {"action", "it's"}}) == " /*action='it%27s',route='%2Fusers%2F%2A'*/");
    const std::string evil = az::detail::tag_comment({{"*/ DROP TABLE owner; /*", "*/ ? :p $1 \\' -- \n"}, {"!40000 x", "\xc3\xa4"}});
    CHECK(evil.find("*/") == evil.size() - 2);
    CHECK(evil.rfind("/*") == 1);
    CHECK(evil.find_first_of("?:$\\\n!", 0) == std::string::npos);
    CHECK_THAT(evil, Contains("%C3%A4"));
}

TEST_CASE("tags stand behind the statement, and leave one with a comment as it is") {
    const auto tagged = [](std::string sql) {
        az::detail::append_comment(sql, " /*a='b'*/");
        return sql;
    };
    CHECK(tagged("SELECT 1") == "SELECT 1 /*a='b'*/");
    CHECK(tagged("SELECT 1; \n") == "SELECT 1 /*a='b'*/");
    CHECK(tagged("SELECT '-- no comment', \"/*\"") == "SELECT '-- no comment', \"/*\" /*a='b'*/");
    CHECK(tagged("SELECT 3 - -1 / 2") == "SELECT 3 - -1 / 2 /*a='b'*/");
    CHECK(tagged("SELECT /* mine */ 1") == "SELECT /* mine */ 1");
    CHECK(tagged("SELECT 1 -- mine") == "SELECT 1 -- mine");
}

TEST_CASE("tags reach the database with every kind of call, and change no result") {
    const database db;
    listener heard;
    auto c = db.engine.with_options({.tags = {{"application", "shop"}}}).connect();
    const auto subscription = heard.on(db.engine);
    CHECK(c.execute(names, {}, {.tags = {{"route", "/"}}}).scalars() == std::vector<std::string>{"Ann", "Bob", "Cem"});
    c.execute(az::insert<Owner>(), std::vector<Owner>{{.name = "Dee"}});
    (void)c.execute_batch(names);
    for (const auto& sql : heard.sql) CHECK_THAT(sql, Contains("application='shop'"));
    REQUIRE(heard.sql.size() == 3);
    CHECK_THAT(heard.sql.front(), Catch::Matchers::EndsWith(" /*application='shop',route='%2F'*/"));
    CHECK(c.scalars(names).size() == 4);
}

TEST_CASE("tags that differ each time push out nothing that is prepared") {
    az::engine_options options;
    options.prepared_cache = 2;
    const database db{options};
    auto c = db.engine.connect();
    for (int i = 0; i < 200; ++i) {
        CHECK(c.execute(names, {}, {.tags = {{"traceparent", std::to_string(i)}}}).scalars().size() == 3);
        CHECK(c.execute(names, {}, {.tags = {{"route", "same"}}}).scalars().size() == 3);
        CHECK(c.execute(names).scalars().size() == 3);
    }
}

TEST_CASE("a statement's name is told to those who listen") {
    const database db;
    listener heard;
    auto c = db.engine.connect();
    const auto subscription = heard.on(db.engine);
    (void)c.execute(names, {}, {.name = "all names"}).scalars();
    (void)c.execute(names).scalars();
    c.set_options({.name = "default"});
    (void)c.execute(names).scalars();
    CHECK(heard.names == std::vector<std::string>{"all names", "", "default"});
}

TEST_CASE("read only refuses what writes, and says what it is") {
    const database db;
    auto c = db.engine.connect();
    const auto refused = [&](const auto& statement) {
        const auto e = error_of<az::operational_error>([&] { (void)c.execute(statement, {}, {.read_only = true}); });
        CHECK(e.code() == az::errc::read_only);
        return std::string{e.what()};
    };
    CHECK_THAT(refused(az::insert<Owner>().values({.name = "Dee"})), Contains("INSERT INTO"));
    CHECK_THAT(refused(az::update<Owner>().set(col<&Owner::name>, "x")), Contains("UPDATE \"owner\""));
    CHECK_THAT(refused(az::delete_<Owner>()), Contains("DELETE FROM"));
    refused(az::text("DROP TABLE owner"));
    refused(az::text("WITH gone AS (SELECT 1) DELETE FROM owner"));
    refused(az::text("/* SELECT */ insert into owner (name) values ('x')"));
    CHECK(c.execute(names, {}, {.read_only = true}).scalars().size() == 3);
    CHECK(c.execute(az::text("SELECT 'DELETE' FROM owner -- INSERT"), {}, {.read_only = true}).mappings().size() == 3);
    CHECK(db.owners() == 3);
}

TEST_CASE("a transaction that begins under read only is one that only reads") {
    const database db;
    const auto reports = db.engine.with_options({.read_only = true});
    auto c = reports.connect();
    (void)c.scalars(names);
    CHECK(c.driver().in_transaction());
    // Past the framework's own check: the database refuses by itself.
    CHECK_THROWS(c.driver().execute("DELETE FROM owner", {}, {}));
    c.rollback();
    CHECK(error_of<az::operational_error>([&] { az::metadata_of<Owner>().drop_all(reports); }).code() == az::errc::read_only);
    CHECK(error_of<az::operational_error>([&] { c.execute(az::insert<Owner>(), std::vector<Owner>{{.name = "Dee"}}); }).code() ==
          az::errc::read_only);
    c.rollback();
    c.execute(az::delete_<Owner>(), {}, {.read_only = false});
    c.commit();
    CHECK(db.owners() == 0);
}

TEST_CASE("schemas stand for others in statements, DDL and what looks for tables") {
    const database db;
    auto c = db.engine.connect();
    const auto count = az::select(az::func::count()).select_from(far_away);
    CHECK_THROWS_AS(c.execute(count), az::programming_error);
    c.rollback();
    CHECK(c.execute(count, {}, {.schemas = {{"far", ""}}}).scalar() == 3);
    CHECK(c.execute(count, {}, {.schemas = {{"far", "main"}}}).scalar() == 3);
    CHECK(c.execute(az::select(far_away.column<std::int64_t>("id")).where(far_away["id"] == 2), {}, {.schemas = {{"far", "main"}}})
              .scalar() == 2);
    CHECK_THROWS_AS(c.execute(count), az::programming_error);
    c.rollback();
    c.close();

    const auto near = db.engine.with_options({.schemas = {{"far", "main"}}});
    const az::table made{"made", {az::column("id", az::type_kind::big_integer, az::primary_key)}, "far"};
    az::metadata{{made}}.create_all(near);
    az::metadata{{made}}.create_all(near);  // finds that it is there
    near.begin([&](az::connection& on) {
        on.execute(az::insert(made).set(made["id"], 5));
        CHECK(on.scalar(az::select(made.column<std::int64_t>("id"))) == 5);
    });
    CHECK(db.engine.connect().execute(az::text("SELECT id FROM main.made")).scalar<int>() == 5);
    az::metadata{{made}}.drop_all(near);
}

TEST_CASE("an engine prints the schemas that its statements get") {
    const database db;
    CHECK_THAT(db.engine.to_sql(az::select(far_away["id"])), Contains("\"far\".\"owner\""));
    CHECK_THAT(db.engine.with_options({.schemas = {{"far", "main"}}}).to_sql(az::select(far_away["id"])), Contains("\"main\".\"owner\""));
}

TEST_CASE("statements under other schemas share no compilation") {
    const database db;
    auto c = db.engine.connect();
    c.execute(az::text("ATTACH ':memory:' AS other"));
    c.execute(az::text("CREATE TABLE other.owner (id INTEGER)"));
    const auto count = az::select(az::func::count()).select_from(far_away);
    for (int i = 0; i < 3; ++i) {
        CHECK(c.execute(count, {}, {.schemas = {{"far", "main"}}}).scalar() == 3);
        CHECK(c.execute(count, {}, {.schemas = {{"far", "other"}}}).scalar() == 0);
    }
}

TEST_CASE("an isolation level is for the transaction that a call begins") {
    const database db;
    auto c = db.engine.connect();
    c.execute(az::update<Owner>().set(col<&Owner::age>, 1), {}, {.isolation = az::isolation_level::autocommit});
    CHECK(!c.in_transaction());
    (void)c.execute(names, {}, {.isolation = az::isolation_level::serializable}).scalars();
    CHECK(c.in_transaction());
    (void)c.execute(names, {}, {.isolation = az::isolation_level::serializable}).scalars();
    const auto e = error_of<az::interface_error>([&] { (void)c.execute(names, {}, {.isolation = az::isolation_level::autocommit}); });
    CHECK(e.code() == az::errc::misuse);
    CHECK_THAT(e.what(), Contains("AUTOCOMMIT") && Contains("transaction"));
    CHECK(error_of<az::interface_error>([&] { c.set_options({.isolation = az::isolation_level::autocommit}); }).code() == az::errc::misuse);
    c.rollback();
    c.set_options({.isolation = az::isolation_level::autocommit});
    (void)c.execute(names).scalars();
    CHECK(!c.in_transaction());
}

TEST_CASE("other options leave the isolation level that a connection was given") {
    const database db;
    auto c = db.engine.with_options({.isolation = az::isolation_level::serializable}).connect();
    c.set_isolation(az::isolation_level::autocommit);
    c.set_options({.timeout = 1h});
    c.execute(names);
    CHECK_FALSE(c.in_transaction());
}

TEST_CASE("a connection's options end when it goes back") {
    az::engine_options options;
    options.pool.size = 1;
    options.execution.name = "engine's";
    const database db{options};
    listener heard;
    const auto subscription = heard.on(db.engine);
    {
        auto c = db.engine.connect();
        c.set_options({.read_only = true, .isolation = az::isolation_level::autocommit, .name = "connection's"});
        (void)c.execute(names).scalars();
    }
    auto c = db.engine.connect();
    c.execute(az::delete_<Owner>());
    CHECK(c.in_transaction());
    CHECK(heard.names == std::vector<std::string>{"connection's", "engine's"});
}

TEST_CASE("a streamed call refuses a second statement; others do not") {
    const database db;
    auto c = db.engine.connect();
    auto open = c.execute(names, {}, {.streaming = true});
    CHECK(open.partition(1).size() == 1);
    CHECK(error_of<az::interface_error>([&] { (void)c.execute(names); }).code() == az::errc::misuse);
    open.close();
    c.set_options({.streaming = true});
    auto second = c.execute(names, {}, {.streaming = false});
    CHECK(second.partition(1).size() == 1);
    (void)c.execute(names);
    CHECK(second.partition(5).size() == 2);
}

TEST_CASE("rows come in batches of the size that is said") {
    const database db;
    auto c = db.engine.connect();
    auto rows = c.execute(names, {}, {.batch_size = 2});
    CHECK(rows.partition().size() == 2);
    CHECK(rows.partition().size() == 1);
    CHECK(rows.partition().empty());
    CHECK(c.execute(names).partition().size() == 3);
    std::vector<Owner> many(25);
    for (std::size_t i = 0; i < many.size(); ++i) many[i].name = std::to_string(i);
    CHECK(c.execute(az::insert<Owner>(), many, {.batch_size = 4}).affected_rows() == 25);
    CHECK(c.scalars(names).size() == 28);
    CHECK(error_of<az::interface_error>([&] { (void)c.execute(names, {}, {.batch_size = 100'000'000}); }).code() ==
          az::errc::invalid_argument);
}

TEST_CASE("a timeout ends a statement that takes longer") {
    const database db;
    auto c = db.engine.connect();
    const auto slow = az::text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT max(i) FROM n");
    CHECK_THROWS_AS(c.execute(slow, {}, {.timeout = 20ms}).scalar<int>(), az::timeout_error);
    c.rollback();
    c.set_options({.timeout = 20ms});
    CHECK_THROWS_AS(c.execute(slow).scalar<int>(), az::timeout_error);
    c.rollback();
    CHECK_THROWS_AS(c.execute(slow, {}, {.timeout = -1ms}), az::interface_error);
}

TEST_CASE("a plan is shown as the database has it") {
    const database db;
    const auto query = az::select<Owner>().where(col<&Owner::id> == 2, col<&Owner::name>.in({"Ann", "Bob"}));
    CHECK_THAT(db.engine.explain(query), Contains("owner") && Contains("SEARCH"));
    auto c = db.engine.connect();
    CHECK_THAT(c.explain(az::select<Owner>().where(col<&Owner::id> == az::param<std::int64_t>("id")), {{"id", 2}}), Contains("SEARCH"));
    CHECK_THAT(c.explain(az::delete_<Owner>()), Contains("owner"));
    CHECK_THROWS_AS(c.explain(query, {.analyze = true}), az::not_supported_error);
    CHECK_THROWS_AS(c.explain(query, {.format = az::explain_format::json}), az::not_supported_error);
    CHECK(c.scalars(query).size() == 1);
    CHECK(db.owners() == 3);
}
