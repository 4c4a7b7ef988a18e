#include "fixture.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using Catch::Matchers::Contains;

TEST_CASE("a misspelt dialect names the near one") {
    const auto e = error_of<az::plugin_error>([] { (void)az::create_engine("sqlit:///x.db"); });
    CHECK(e.code() == az::errc::plugin_not_found);
    CHECK_THAT(e.what(), Contains("sqlit") && Contains("sqlite"));
}

TEST_CASE("a URL's mistakes are found before anything is opened") {
    CHECK(error_of<az::url_error>([] { (void)az::create_engine("nonsense"); }).code() == az::errc::url_syntax);
    const auto e = error_of<az::url_error>([] { (void)az::create_engine("sqlite:///x.db?busy_timeuot=3"); });
    CHECK(e.code() == az::errc::url_option);
    CHECK_THAT(e.what(), Contains("busy_timeuot") && Contains("busy_timeout") && Contains("journal_mode"));
    CHECK_THROWS_AS(az::create_engine("sqlite:///x.db?busy_timeout=soon"), az::url_error);
}

TEST_CASE("an engine opens nothing until it is asked to") {
    const auto e = az::create_engine("sqlite:////no/such/folder/x.db");
    const auto failure = error_of<az::operational_error>([&] { (void)e.connect(); });
    CHECK(failure.code() == az::errc::connect_failed);
    CHECK_THAT(failure.what(), Contains("/no/such/folder"));
}

TEST_CASE("a disposed engine refuses connections") {
    const database db;
    db.engine.dispose();
    CHECK(error_of<az::interface_error>([&] { (void)db.engine.connect(); }).code() == az::errc::closed);
}

TEST_CASE("a closed connection says so") {
    const database db;
    auto c = db.engine.connect();
    c.close();
    c.close();
    CHECK(error_of<az::interface_error>([&] { c.execute(az::select<Owner>()); }).code() == az::errc::closed);
}

TEST_CASE("statements that differ in values share one compilation") {
    const database db;
    auto c = db.engine.connect();
    const auto before = db.engine.statement_cache();
    for (int i = 0; i < 10; ++i) (void)c.execute(az::select(col<&Owner::name>).where(col<&Owner::age> > i)).all();
    const auto after = db.engine.statement_cache();
    CHECK(after.misses - before.misses == 1);
    CHECK(after.hits - before.hits == 9);
}

TEST_CASE("the cache keeps apart what only looks alike") {
    const database db;
    auto c = db.engine.connect();
    const auto a = az::alias<Owner>();
    const auto b = az::alias<Owner>();
    const auto pairs = az::select(a[&Owner::id], b[&Owner::id]).select_from(a, b).order_by(a[&Owner::id], b[&Owner::id]);
    CHECK(c.execute(pairs.where(a[&Owner::id] == b[&Owner::id])).all().size() == 3);
    CHECK(c.execute(pairs.where(a[&Owner::id] == a[&Owner::id])).all().size() == 9);
    const auto x = az::alias<Owner>();
    const auto y = az::alias<Owner>();
    const auto swapped = az::select(x[&Owner::id], y[&Owner::id]).select_from(x, y).order_by(x[&Owner::id], y[&Owner::id]);
    CHECK(c.execute(swapped.where(y[&Owner::id] == x[&Owner::id])).all().size() == 3);
}

TEST_CASE("the cache tells CTEs by their columns' names, and tables of one name apart") {
    const database db;
    auto c = db.engine.connect();
    const auto ask = [&](const std::vector<std::string>& names) {
        const auto pair = az::cte("pair", az::select(az::bound(1).label("one"), az::bound(2).label("two")), names);
        return c.execute(az::select_columns(std::vector<az::expr<az::value>>{pair["a"]})).mappings().at(0)[0].as<int>();
    };
    CHECK(ask({"a", "b"}) == 1);
    CHECK(ask({"b", "a"}) == 2);

    c.execute(az::text("CREATE TABLE k (a INTEGER, b INTEGER)"));
    c.execute(az::text("INSERT INTO k VALUES (1, 2)"));
    const auto joined = [&](const std::string& by) {
        const auto other = by == "a" ? "b" : "a";
        const az::table refers{"k", by == "a" ? std::vector{az::column("a", az::type_kind::big_integer, az::references_to("owner", "id")),
                                                            az::column(other, az::type_kind::big_integer)}
                                              : std::vector{az::column(other, az::type_kind::big_integer),
                                                            az::column("b", az::type_kind::big_integer, az::references_to("owner", "id"))}};
        return c.execute(az::select(col<&Owner::name>).join(refers)).scalar();
    };
    CHECK(joined("a") == "Ann");
    CHECK(joined("b") == "Bob");
}

TEST_CASE("queries upon queries are found in the cache in linear time") {
    const database db;
    auto c = db.engine.connect();
    const auto first = az::cte("c0", az::select(col<&Owner::id>, col<&Owner::name>, col<&Owner::age>));
    auto last = first;
    for (int i = 1; i < 16; ++i) {  // each column leads to the query below: without a memory this is 3 to the power of 16
        const auto [id, name, age] = last.columns();
        last = az::cte("c" + std::to_string(i), az::select(id, name, age));
    }
    const auto [id, name, age] = last.columns();
    for (int i = 0; i < 3; ++i) CHECK(c.execute(az::select(id, name, age)).all().size() == 3);
}

TEST_CASE("a log of a batch shows no other statement's values") {
    std::vector<std::string> lines;
    az::engine_options options;
    options.echo = true;
    options.log = [&](az::log_level, std::string_view line) { lines.emplace_back(line); };
    const database db{options};
    auto c = db.engine.connect();
    (void)c.execute(az::select<Owner>().where(col<&Owner::name> == std::string(100, 'q'))).all();
    lines.clear();
    c.execute(az::insert<Owner>(), std::vector<Owner>{{.name = "Dee"}, {.name = "Eve"}});
    for (const auto& l : lines) CHECK_THAT(l, !Contains("qqq"));
    CHECK(!lines.empty());
}

TEST_CASE("one statement object serves two engines") {
    const database one;
    const database two;
    const auto query = az::select(az::func::count()).select_from(az::entity<Owner>);
    two.engine.begin([](az::connection& c) { c.execute(az::delete_<Owner>()); });
    CHECK(one.engine.connect().scalar(query) == 3);
    CHECK(two.engine.connect().scalar(query) == 0);
    CHECK(one.engine.connect().scalar(query) == 3);
}

TEST_CASE("params are given at execution; a missing or unknown one is named") {
    const database db;
    auto c = db.engine.connect();
    const auto query = az::select(col<&Owner::name>).where(col<&Owner::id> == az::param<std::int64_t>("id"));
    CHECK(c.scalar(query, {{"id", std::int64_t{2}}}) == "Bob");
    CHECK(c.scalar(query, {{"id", std::int64_t{3}}}) == "Cem");
    const auto missing = error_of<az::programming_error>([&] { (void)c.execute(query); });
    CHECK(missing.code() == az::errc::parameter);
    CHECK_THAT(missing.what(), Contains("id"));
    CHECK_THAT(error_of<az::programming_error>([&] {
                   (void)c.execute(query, {{"id", std::int64_t{1}}, {"ide", std::int64_t{1}}});
               }).what(),
               Contains("ide"));
}

TEST_CASE("lists in IN have any length") {
    const database db;
    auto c = db.engine.connect();
    const auto count = [&](const std::vector<std::int64_t>& ids) {
        return c.execute(az::select<Owner>().where(col<&Owner::id>.in(ids))).all().size();
    };
    CHECK(count({}) == 0);
    CHECK(count({1}) == 1);
    CHECK(count({1, 2, 3, 4}) == 3);
    CHECK(c.execute(az::select<Owner>().where(col<&Owner::id>.not_in(std::vector<std::int64_t>{}))).all().size() == 3);
    CHECK(error_of<az::programming_error>([&] { (void)count(std::vector<std::int64_t>(300'000, 1)); }).code() == az::errc::parameter);
}

TEST_CASE("a list and a param stand in one statement") {
    const database db;
    auto c = db.engine.connect();
    const auto query = az::select(col<&Owner::name>).where(col<&Owner::id>.in({1, 2}), col<&Owner::name> == az::param<std::string>("name"));
    CHECK(c.scalar(query, {{"name", "Bob"}}) == "Bob");
    CHECK(!c.execute(query, {{"name", "Cem"}}).first());
    CHECK_THROWS_AS(c.execute(query), az::programming_error);
}

TEST_CASE("a wrong column name in text() is a typed error with the statement") {
    const database db;
    auto c = db.engine.connect();
    const auto e = error_of<az::programming_error>([&] { c.execute(az::text("SELECT nmae FROM owner")); });
    CHECK(e.code() == az::errc::no_such_column);
    CHECK_THAT(e.what(), Contains("nmae"));
    CHECK(e.statement() == "SELECT nmae FROM owner");
}

TEST_CASE("events tell what happens, in order, until the subscription goes") {
    const database db;
    std::vector<std::string> told;
    {
        az::event_handlers handlers;
        handlers.checkout = [&] { told.emplace_back("checkout"); };
        handlers.checkin = [&] { told.emplace_back("checkin"); };
        handlers.begin = [&] { told.emplace_back("begin"); };
        handlers.commit = [&] { told.emplace_back("commit"); };
        handlers.rollback = [&] { told.emplace_back("rollback"); };
        handlers.before_execute = [&](const az::execution_event& e) { told.emplace_back("before " + std::string{e.operation}); };
        handlers.after_execute = [&](const az::execution_event& e) {
            told.emplace_back("after " + std::string{e.operation} + " " + std::to_string(e.affected_rows));
        };
        handlers.failed = [&](const az::execution_event& e) {
            told.emplace_back("failed " + std::string{az::code_name(e.failure->code())});
        };
        const auto subscription = db.engine.subscribe(handlers);
        auto c = db.engine.connect();
        c.execute(az::delete_<Owner>().where(col<&Owner::name> == "Ann"));
        c.commit();
        CHECK_THROWS(c.execute(az::text("SELEC")));
    }
    CHECK(told == std::vector<std::string>{"checkout", "begin", "before DELETE", "after DELETE 1", "commit", "begin", "before SELEC",
                                           "failed sql-syntax", "rollback", "checkin"});
    (void)db.owners();
    CHECK(told.size() == 10);
}

TEST_CASE("echo logs statements and their values; values can be hidden") {
    std::vector<std::string> lines;
    az::engine_options options;
    options.echo = true;
    options.log = [&](az::log_level, std::string_view line) { lines.emplace_back(line); };
    SECTION("shown") {
        const database db{options};
        lines.clear();
        (void)db.engine.connect().execute(az::select(col<&Owner::id>).where(col<&Owner::name> == "Ann")).all();
        std::string all;
        for (const auto& l : lines) all += l + "\n";
        CHECK_THAT(all, Contains("SELECT") && Contains("Ann"));
    }
    SECTION("hidden") {
        options.hide_parameters = true;
        const database db{options};
        lines.clear();
        auto c = db.engine.connect();
        CHECK_THROWS(c.execute(az::insert<Owner>().values({.name = "Ann"})));
        for (const auto& l : lines) CHECK_THAT(l, !Contains("Ann"));
        const auto e = error_of<az::unique_violation>([&] { c.execute(az::insert<Owner>().values({.name = "Ann"})); });
        CHECK_THAT(e.what(), !Contains("Ann"));
        // SQLite's own message would tell no value; others' would, so that none is shown.
        CHECK_THAT(e.message(), Contains("hidden") && !Contains("UNIQUE constraint"));
        CHECK_THAT(e.message(), Contains(e.constraint()));
        c.rollback();
        const az::table keyed{"owner", {az::column("id", az::type_kind::uuid, az::primary_key)}};
        const auto unfit = error_of<az::data_error>([&] { c.execute(az::insert(keyed).set(keyed["id"], "Ann's number")); });
        CHECK_THAT(unfit.what(), Contains("hidden") && !Contains("Ann"));
        CHECK_THAT(error_of<az::programming_error>([&] { c.execute(az::text("SELEC")); }).message(), Contains("SELEC"));
    }
}

TEST_CASE("a slow statement is logged with its time") {
    std::vector<std::string> lines;
    az::engine_options options;
    options.slow_query = std::chrono::milliseconds{1};
    options.log = [&](az::log_level, std::string_view line) { lines.emplace_back(line); };
    const database db{options};
    lines.clear();
    auto c = db.engine.connect();
    (void)c.execute(az::text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n"))
        .scalar<std::int64_t>();
    REQUIRE(!lines.empty());
    CHECK_THAT(lines.front(), Contains("RECURSIVE") && Contains("ms"));
}

TEST_CASE("a statement that runs too long is ended") {
    az::engine_options options;
    options.statement_timeout = std::chrono::milliseconds{50};
    const database db{options};
    auto c = db.engine.connect();
    const auto endless = az::text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
    CHECK(error_of<az::timeout_error>([&] { (void)c.execute(endless).scalar<std::int64_t>(); }).code() == az::errc::timeout);
    c.rollback();
    CHECK(c.execute(az::select<Owner>()).all().size() == 3);
}

TEST_CASE("cancel ends a statement from another thread") {
    const database db;
    auto c = db.engine.connect();
    std::jthread other{[&](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
            c.cancel();
        }
    }};
    const auto endless = az::text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
    CHECK(error_of<az::operational_error>([&] { (void)c.execute(endless).scalar<std::int64_t>(); }).code() == az::errc::cancelled);
}

TEST_CASE("an in-memory engine is one database for all its connections") {
    const auto engine = az::create_engine("sqlite://");
    az::metadata_of<Owner, Pet>().create_all(engine);
    engine.begin([](az::connection& c) { c.execute(az::insert<Owner>().values({.name = "Ann"})); });
    CHECK(engine.connect().scalar(az::select(az::func::count()).select_from(az::entity<Owner>)) == 1);
}

TEST_CASE("threads share an engine") {
    const database db{{}, "?journal_mode=wal"};
    std::atomic<int> failures{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 20; ++i) {
                    try {
                        db.engine.run_transaction(
                            [&](az::connection& c) {
                                c.execute(az::insert<Owner>().values({.name = std::to_string(t) + "-" + std::to_string(i)}));
                            },
                            {.transaction = {.mode = "IMMEDIATE"}});
                        (void)db.engine.connect().execute(az::select<Owner>().where(col<&Owner::id> > i)).all();
                    } catch (const std::exception&) {
                        ++failures;
                    }
                }
            });
    }
    CHECK(failures == 0);
    CHECK(db.owners() == 3 + 8 * 20);
}

TEST_CASE("what raw SQL leaves behind does not reach the next loan") {
    const database db;
    {
        auto c = db.engine.connect();
        c.execute(az::text("CREATE TEMPORARY TABLE scratch (x)"));
        c.commit();
        c.execute(az::text("PRAGMA case_sensitive_like = on"));
    }
    auto c = db.engine.connect();
    CHECK_THROWS_AS(c.execute(az::text("SELECT * FROM scratch")), az::programming_error);
    c.rollback();
    CHECK(c.execute(az::select<Owner>().where(col<&Owner::name>.like("ANN"))).all().size() == 1);
}

TEST_CASE("a forked child leaves its parent's transaction alone, and can connect itself") {
    const database db;
    auto c = db.engine.connect();
    c.execute(az::insert<Owner>().values({.name = "Dee"}));
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        int code = 1;
        try {
            c.execute(az::select<Owner>());
        } catch (const az::interface_error& e) {
            code = e.code() == az::errc::closed ? 0 : 2;
        } catch (...) {
            code = 3;
        }
        c.rollback();
        c.close();
        if (code == 0 && db.owners() != 3) code = 4;
        _exit(code);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(c.in_transaction());
    c.commit();
    CHECK(db.owners() == 4);
}

TEST_CASE("a lost connection is told once") {
    const database db;
    int told = 0;
    az::event_handlers handlers;
    handlers.invalidate = [&](std::string_view) { ++told; };
    const auto listening = db.engine.subscribe(handlers);
    auto c = db.engine.connect();
    c.invalidate("for the test");
    CHECK(told == 1);
    CHECK_THROWS_AS(c.execute(az::select<Owner>()), az::interface_error);
    CHECK(db.owners() == 3);
}

TEST_CASE("a single engine is the trivial resolver") {
    const database db;
    const az::single_engine resolver{db.engine};
    CHECK(resolver.resolve({}).connect().scalar(az::select(az::func::count()).select_from(az::entity<Owner>)) == 3);
}

TEST_CASE("to_sql prints a statement with its values as literals") {
    const database db;
    CHECK_THAT(db.engine.to_sql(az::select(col<&Owner::id>).where(col<&Owner::name> == "O'Hara")), Contains("'O''Hara'"));
}
