#include "fixture.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;

namespace {

void add(az::connection& c, std::string name) { c.execute(az::insert<Owner>().values({.name = std::move(name)})); }

}  // namespace

TEST_CASE("the first statement begins a transaction; without commit it is rolled back") {
    const database db;
    {
        auto c = db.engine.connect();
        CHECK(!c.in_transaction());
        add(c, "Dee");
        CHECK(c.in_transaction());
    }
    CHECK(db.owners() == 3);
    {
        auto c = db.engine.connect();
        add(c, "Dee");
        c.commit();
        CHECK(!c.in_transaction());
        add(c, "Eve");
        c.rollback();
    }
    CHECK(db.owners() == 4);
}

TEST_CASE("begin commits what returns and rolls back what throws") {
    const database db;
    CHECK(db.engine.begin([](az::connection& c) {
        add(c, "Dee");
        return 7;
    }) == 7);
    CHECK(db.owners() == 4);
    CHECK_THROWS_AS(db.engine.begin([](az::connection& c) {
        add(c, "Eve");
        throw std::runtime_error("no");
    }),
                    std::runtime_error);
    CHECK(db.owners() == 4);
}

TEST_CASE("a transaction object rolls back when it goes") {
    const database db;
    auto c = db.engine.connect();
    {
        const auto t = c.begin();
        add(c, "Dee");
    }
    CHECK(!c.in_transaction());
    {
        auto t = c.begin();
        add(c, "Eve");
        t.commit();
        CHECK(!t.is_active());
    }
    c.close();
    CHECK(db.owners() == 4);
}

TEST_CASE("begin inside a transaction is refused and names the remedy") {
    const database db;
    auto c = db.engine.connect();
    const auto t = c.begin();
    const auto e = error_of<az::interface_error>([&] { (void)c.begin(); });
    CHECK(e.code() == az::errc::misuse);
    CHECK_THAT(e.what(), Contains("begin_nested"));
}

TEST_CASE("savepoints nest, and take back only what is theirs") {
    const database db;
    auto c = db.engine.connect();
    add(c, "Dee");
    {
        auto outer = c.begin_nested();
        add(c, "Eve");
        {
            auto inner = c.begin_nested();
            add(c, "Fay");
            inner.rollback();
        }
        {
            auto inner = c.begin_nested();
            add(c, "Gil");
            inner.commit();
        }
        outer.commit();
    }
    {
        const auto dropped = c.begin_nested();
        add(c, "Hal");
    }
    c.commit();
    std::vector<std::string> names = c.scalars(az::select(col<&Owner::name>).order_by(col<&Owner::id>));
    CHECK(names == std::vector<std::string>{"Ann", "Bob", "Cem", "Dee", "Eve", "Gil"});
}

TEST_CASE("a failing statement leaves the transaction usable behind a savepoint") {
    const database db;
    auto c = db.engine.connect();
    add(c, "Dee");
    {
        auto s = c.begin_nested();
        const auto e = error_of<az::unique_violation>([&] { add(c, "Ann"); });
        CHECK_THAT(e.what(), Contains("owner.name"));
        CHECK_THAT(e.statement(), Contains("INSERT INTO"));
        s.rollback();
    }
    c.commit();
    CHECK(db.owners() == 4);
}

TEST_CASE("autocommit: each statement by itself") {
    const database db;
    {
        auto c = db.engine.connect();
        c.set_isolation(az::isolation_level::autocommit);
        add(c, "Dee");
        CHECK(!c.in_transaction());
    }
    CHECK(db.owners() == 4);
    {
        auto c = db.engine.connect();  // the next loan starts as the engine says
        add(c, "Eve");
    }
    CHECK(db.owners() == 4);
}

TEST_CASE("a batch is all or nothing, and names the row") {
    const database db;
    auto c = db.engine.connect();
    add(c, "Dee");
    std::vector<Owner> rows;
    for (int i = 0; i < 250; ++i) rows.push_back({.name = "n" + std::to_string(i)});
    rows[217].name = "Ann";
    CHECK_THROWS_AS(c.execute(az::insert<Owner>(), rows), az::unique_violation);
    c.commit();
    CHECK(db.owners() == 4);
}

TEST_CASE("a failing batch leaves an open transaction open, whether it is its first statement or not") {
    const database db;
    for (const bool is_first : {true, false}) {
        auto c = db.engine.connect();
        auto t = c.begin({.mode = "IMMEDIATE"});
        if (!is_first) add(c, "before");
        CHECK_THROWS_AS(c.execute(az::insert<Owner>(), std::vector<Owner>{{.name = "new"}, {.name = "Ann"}}), az::unique_violation);
        CHECK(t.is_active());
        CHECK(c.in_transaction());
        CHECK(c.scalar(az::select(az::func::count()).select_from(az::entity<Owner>)) == (is_first ? 3 : 4));
        add(c, "after");
        t.rollback();
    }
    CHECK(db.owners() == 3);
}

TEST_CASE("a batch returns rows in the order of its objects") {
    const database db;
    auto c = db.engine.connect();
    std::vector<Owner> rows;
    for (int i = 0; i < 1000; ++i) rows.push_back({.name = std::to_string((i * 7919) % 1000)});
    const auto returned = c.execute(az::insert<Owner>().returning(col<&Owner::name>, col<&Owner::id>), rows).all();
    REQUIRE(returned.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) REQUIRE(std::get<0>(returned[i]) == rows[i].name);
    CHECK(std::get<1>(returned[0]) == 4);

    std::vector<Owner> keyed;
    for (int i = 0; i < 1000; ++i) keyed.push_back({.id = 5000 + (i * 331) % 1000, .name = "k" + std::to_string(i)});
    const auto keys = c.execute(az::insert<Owner>().returning(col<&Owner::id>), keyed).scalars();
    REQUIRE(keys.size() == keyed.size());
    for (std::size_t i = 0; i < keyed.size(); ++i) REQUIRE(keys[i] == keyed[i].id);
}

TEST_CASE("a batch with and without keys is refused") {
    const database db;
    auto c = db.engine.connect();
    const std::vector<Owner> mixed{{.id = 10, .name = "x"}, {.name = "y"}};
    CHECK_THROWS_AS(c.execute(az::insert<Owner>(), mixed), az::programming_error);
    CHECK(c.execute(az::insert<Owner>(), std::vector<Owner>{}).affected_rows() == 0);
}

TEST_CASE("run_transaction tries again where a retry can help") {
    const database db{{}, "?busy_timeout=0"};
    int attempts = 0;
    auto blocker = db.engine.connect();
    auto lock = std::make_optional(blocker.begin({.mode = "IMMEDIATE"}));
    db.engine.run_transaction(
        [&](az::connection& c) {
            if (++attempts == 3) lock->rollback();
            add(c, "Dee");
        },
        {.attempts = 5, .first_pause = std::chrono::milliseconds{1}});
    CHECK(attempts == 3);
    CHECK(db.owners() == 4);

    attempts = 0;
    CHECK_THROWS_AS(db.engine.run_transaction([&](az::connection& c) {
        ++attempts;
        add(c, "Ann");
    }),
                    az::unique_violation);
    CHECK(attempts == 1);
}

TEST_CASE("create_all checks first and is undone as a whole") {
    const database db;
    const auto tables = az::metadata_of<Owner, Pet>();
    tables.create_all(db.engine);
    CHECK(db.owners() == 3);
    const az::table broken{
        "broken",
        {az::column("id", az::type_kind::integer, az::primary_key), az::column("x", az::type_kind::integer, az::server_default("("))}};
    const az::table fine{"a_fine_one", {az::column("id", az::type_kind::integer, az::primary_key)}};
    CHECK_THROWS_AS(az::metadata({fine, broken}).create_all(db.engine), az::programming_error);
    CHECK_THROWS_AS(db.engine.connect().execute(az::text("SELECT * FROM a_fine_one")), az::programming_error);
    tables.drop_all(db.engine);
    const auto e = error_of<az::programming_error>([&] { (void)db.owners(); });
    CHECK(e.code() == az::errc::no_such_table);
}

TEST_CASE("a transaction that the database itself rolls back is refused until it is rolled back here too") {
    const database db;
    db.engine.begin([](az::connection& c) {
        c.execute(
            az::text("CREATE TRIGGER no_zoe BEFORE INSERT ON owner WHEN NEW.name = 'Zoe' BEGIN SELECT raise(ROLLBACK, 'no Zoe'); END"));
    });
    auto c = db.engine.connect();
    add(c, "Dee");
    CHECK_THROWS_AS(add(c, "Zoe"), az::error);
    CHECK(error_of<az::operational_error>([&] { add(c, "Eve"); }).code() == az::errc::operational);
    CHECK_THROWS_AS(c.commit(), az::operational_error);
    c.rollback();
    add(c, "Fay");
    c.commit();
    c.close();
    CHECK(db.owners() == 4);
}

TEST_CASE("a batch that makes the database roll back leaves a database in memory where it was") {
    const auto engine = az::create_engine("sqlite://");
    az::metadata_of<Owner, Pet>().create_all(engine);
    engine.begin([](az::connection& c) {
        add(c, "Ann");
        c.execute(
            az::text("CREATE TRIGGER no_zoe BEFORE INSERT ON owner WHEN NEW.name = 'Zoe' BEGIN SELECT raise(ROLLBACK, 'no Zoe'); END"));
    });
    {
        auto c = engine.connect();
        CHECK_THROWS_AS(c.execute(az::insert<Owner>(), std::vector<Owner>{{.name = "Bob"}, {.name = "Zoe"}}), az::error);
    }
    CHECK(engine.connect().scalar(az::select(az::func::count()).select_from(az::entity<Owner>)) == 1);
}

TEST_CASE("raw COMMIT ends the transaction") {
    const database db;
    auto c = db.engine.connect();
    auto t = c.begin();
    add(c, "Dee");
    c.execute(az::text("COMMIT"));
    CHECK(!t.is_active());
    CHECK(error_of<az::interface_error>([&] { t.commit(); }).code() == az::errc::misuse);
    add(c, "Eve");
    c.rollback();
    c.close();
    CHECK(db.owners() == 4);
}

TEST_CASE("a handle left over from an ended transaction touches no other") {
    const database db;
    auto c = db.engine.connect();
    auto t = std::make_optional(c.begin());
    c.close();
    auto d = db.engine.connect();
    add(d, "Dee");
    t.reset();
    CHECK(d.in_transaction());
    auto nested = std::make_optional(d.begin_nested());
    d.rollback();
    auto other = d.begin_nested();
    add(d, "Eve");
    nested.reset();
    other.commit();
    d.commit();
    d.close();
    CHECK(db.owners() == 4);
}
