#include "fixture.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;

TEST_CASE("typed rows come back by iteration, all, one, first, scalar") {
    const database db;
    auto c = db.engine.connect();
    const auto by_name = az::select(col<&Owner::name>, col<&Owner::age>).order_by(col<&Owner::name>);

    std::vector<std::string> seen;
    for (const auto& [name, age] : c.execute(by_name)) seen.push_back(name + (age ? std::to_string(*age) : "-"));
    CHECK(seen == std::vector<std::string>{"Ann30", "Bob-", "Cem50"});

    CHECK(c.execute(by_name).all().size() == 3);
    CHECK(std::get<0>(c.execute(by_name.limit(1)).one()) == "Ann");
    CHECK(std::get<0>(*c.execute(by_name).first()) == "Ann");
    CHECK(!c.execute(by_name.where(col<&Owner::name> == "Zoe")).first());
    CHECK(!c.execute(by_name.where(col<&Owner::name> == "Zoe")).one_or_none());
    CHECK(c.scalar(az::select(az::func::count()).select_from(az::entity<Owner>)) == 3);
    CHECK(c.scalars(az::select<Owner>().order_by(col<&Owner::id>)).at(2).name == "Cem");

    struct summary {
        std::string name;
        std::optional<std::int32_t> age;
    };
    CHECK(c.execute(by_name).as<summary>().at(1).name == "Bob");
}

TEST_CASE("one row is asked for: none and several are errors") {
    const database db;
    auto c = db.engine.connect();
    CHECK(error_of<az::programming_error>([&] { (void)c.execute(az::select<Owner>()).one(); }).code() == az::errc::multiple_rows);
    CHECK(error_of<az::programming_error>([&] { (void)c.execute(az::select<Owner>().where(col<&Owner::id> == 99)).one(); }).code() ==
          az::errc::no_rows);
    CHECK(error_of<az::programming_error>([&] { (void)c.execute(az::select<Owner>()).one_or_none(); }).code() == az::errc::multiple_rows);
}

TEST_CASE("partitions give every row once") {
    const database db;
    auto c = db.engine.connect();
    auto rows = c.execute(az::select<Owner>().order_by(col<&Owner::id>));
    CHECK(rows.partition(2).size() == 2);
    CHECK(rows.partition(2).size() == 1);
    CHECK(rows.partition(2).empty());
}

TEST_CASE("dynamic rows are read by name and place") {
    const database db;
    auto c = db.engine.connect();
    auto found = c.execute(az::text("SELECT name, age FROM owner WHERE name = :n").bind("n", "Ann"));
    CHECK(found.column_count() == 2);
    CHECK(found.column_name(1) == "age");
    const auto rows = found.mappings();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].get<std::string>("name") == "Ann");
    CHECK(rows[0].get<std::optional<int>>(1) == 30);
    CHECK(error_of<az::programming_error>([&] { (void)rows[0]["nmae"]; }).code() == az::errc::no_such_column);
    CHECK_THAT(error_of<az::programming_error>([&] { (void)rows[0]["nmae"]; }).what(), Contains("nmae") && Contains("name"));
}

TEST_CASE("a value that cannot be read names its column") {
    const database db;
    auto c = db.engine.connect();
    c.execute(az::text("UPDATE owner SET age = 99999999999 WHERE name = 'Ann'"));
    const auto e =
        error_of<az::data_error>([&] { (void)c.execute(az::select(col<&Owner::id>, col<&Owner::age>).order_by(col<&Owner::id>)).all(); });
    CHECK(e.code() == az::errc::value_range);
    CHECK_THAT(e.what(), Contains("age") && Contains("99999999999"));
}

TEST_CASE("raw results name their columns in errors too") {
    const database db;
    auto c = db.engine.connect();
    const auto query = az::text("SELECT name AS who FROM owner");
    const auto rows = c.execute(query).mappings();
    CHECK_THAT(error_of<az::data_error>([&] { (void)rows.at(0).get<std::int64_t>("who"); }).what(), Contains("who"));
    CHECK_THAT(error_of<az::data_error>([&] { (void)c.execute(query.columns<std::int64_t>()).all(); }).what(), Contains("who"));
}

TEST_CASE("a NULL in a column that says NOT NULL is an error, not a zero") {
    const database db;
    auto c = db.engine.connect();
    const auto query = az::text("SELECT NULL AS n").columns<std::int64_t>();
    CHECK(error_of<az::data_error>([&] { (void)c.execute(query).all(); }).code() == az::errc::null_value);
}

TEST_CASE("a second statement reads an open result to its end first") {
    const database db;
    auto c = db.engine.connect();
    std::vector<std::string> seen;
    for (const auto& [id, name] : c.execute(az::select(col<&Owner::id>, col<&Owner::name>).order_by(col<&Owner::id>))) {
        c.execute(az::insert<Pet>().values({.name = name + "'s cat", .owner_id = id}));
        seen.push_back(name);
    }
    CHECK(seen == std::vector<std::string>{"Ann", "Bob", "Cem"});
    CHECK(c.scalar(az::select(az::func::count()).select_from(az::entity<Pet>)) == 3);
}

TEST_CASE("what is read ahead is bounded") {
    az::engine_options options;
    options.max_buffered_bytes = 1000;
    const database db{options};
    auto c = db.engine.connect();
    auto rows =
        c.execute(az::text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i, 'some text' FROM n"));
    REQUIRE(rows.next());
    const auto e = error_of<az::operational_error>([&] { c.execute(az::select<Owner>()); });
    CHECK(e.code() == az::errc::result_buffer);
    CHECK_THAT(e.what(), Contains("max_buffered_bytes"));
}

TEST_CASE("a streaming result refuses a second statement and can be closed early") {
    const database db;
    auto c = db.engine.connect();
    auto rows = c.execute(az::select<Owner>()).stream();
    CHECK(rows.partition(1).size() == 1);
    CHECK(error_of<az::interface_error>([&] { c.execute(az::select<Owner>()); }).code() == az::errc::misuse);
    rows.close();
    CHECK(c.execute(az::select<Owner>()).all().size() == 3);
}

TEST_CASE("a result outlives neither its connection's loan nor its end unnoticed") {
    const database db;
    az::result left;
    {
        auto c = db.engine.connect();
        left = c.execute(az::text("SELECT name FROM owner"));
        REQUIRE(left.next());
    }
    CHECK(error_of<az::interface_error>([&] { (void)left.next(); }).code() == az::errc::closed);
}

TEST_CASE("affected rows and generated keys are told") {
    const database db;
    auto c = db.engine.connect();
    CHECK(c.execute(az::update<Owner>().set(col<&Owner::age>, 1)).affected_rows() == 3);
    CHECK(c.execute(az::delete_<Owner>().where(col<&Owner::name>.in({"Ann", "Bob"}))).affected_rows() == 2);
    CHECK(c.execute(az::insert<Owner>().values({.name = "Dee"})).last_insert_id() == 4);
    CHECK(c.execute(az::insert<Owner>().values({.name = "Eve"}).returning(col<&Owner::id>)).scalar() == 5);
}

TEST_CASE("entities of an outer join are optional") {
    const database db;
    auto c = db.engine.connect();
    c.execute(az::insert<Pet>().values({.name = "Rex", .owner_id = 1}));
    const auto query = az::select(az::entity<Owner>, az::maybe(az::entity<Pet>)).outer_join<Pet>().order_by(col<&Owner::id>);
    const auto rows = c.execute(query).all();
    REQUIRE(rows.size() == 3);
    CHECK(std::get<1>(rows[0])->name == "Rex");
    CHECK(!std::get<1>(rows[1]));
    CHECK_THROWS_AS(c.execute(az::select(az::entity<Owner>, az::entity<Pet>).outer_join<Pet>()), az::programming_error);
}

TEST_CASE("a result may outlive connection and engine") {
    az::result left;
    std::int64_t affected = 0;
    {
        az::engine_options options;
        options.pool.kind = az::pool_kind::null;
        options.pool_kind_said = true;
        const database db{options};
        left = db.engine.connect().execute(az::text("SELECT name FROM owner"));
        auto changed = db.engine.connect().execute(az::update<Owner>().set(col<&Owner::age>, 1));
        affected = changed.affected_rows();
    }
    CHECK(affected == 3);
    CHECK_THROWS_AS(left.next(), az::interface_error);
}

TEST_CASE("a handler that throws leaves no statement running") {
    const database db;
    auto c = db.engine.connect();
    {
        az::event_handlers handlers;
        handlers.after_execute = [](const az::execution_event&) { throw std::runtime_error("from the handler"); };
        const auto listening = db.engine.subscribe(handlers);
        for (int i = 0; i < 3; ++i) CHECK_THROWS_AS(c.execute(az::select<Owner>()), std::runtime_error);
    }
    c.execute(az::text("DROP TABLE pet"));
    c.commit();
}

TEST_CASE("a result whose reading failed says so, and not that it is at its end") {
    const database db;
    auto c = db.engine.connect();
    auto rows =
        c.execute(az::text("SELECT json(x) FROM (SELECT '1' AS x UNION ALL SELECT '2' UNION ALL SELECT 'no json' UNION ALL SELECT '4')"));
    REQUIRE(rows.next());
    CHECK_THROWS_AS(c.execute(az::select<Owner>()), az::error);
    CHECK(error_of<az::interface_error>([&] { (void)rows.next(); }).code() == az::errc::closed);
}

TEST_CASE("the last key is the one that this insert made") {
    const database db;
    auto c = db.engine.connect();
    c.execute(az::text("CREATE TABLE keyless (a TEXT PRIMARY KEY) WITHOUT ROWID"));
    CHECK(c.execute(az::insert<Owner>().values({.name = "Dee"})).last_insert_id() == 4);
    CHECK(!c.execute(az::text("INSERT INTO keyless VALUES ('x')")).last_insert_id());
    CHECK(!c.execute(az::text("INSERT INTO owner (id, name) VALUES (1, 'Ann') ON CONFLICT (id) DO UPDATE SET age = 7")).last_insert_id());
}
