// Whatever a driver does, a program sees Azoth's errors and nothing else, and the next connection works.
#include "fixture.hpp"
#include "misbehaving_dialect.hpp"

#include "../throws.hpp"

#include <catch2/catch.hpp>

#include <future>
#include <new>
#include <stdexcept>

using namespace std::chrono_literals;
using misbehaving::how;
using misbehaving::make_engine;

namespace {

/// What the driver does otherwise, for the time of a test.
struct scene {
    scene() { how() = {}; }
    ~scene() { how() = {}; }
    scene(const scene&) = delete;
    scene& operator=(const scene&) = delete;
};

const auto query = az::text("SELECT 1");
const auto change = az::text("UPDATE t SET a = 1");

void read_all(az::connection& c) {
    const auto all = c.execute(query).mappings();  // what it throws is the caller's
    CHECK(all.size() == 3);
}

/// What calls a driver's function.
struct call {
    const char* function;
    void (*make)(const az::engine&);
};
void with_connection(const az::engine& e, void (*work)(az::connection&)) {
    az::connection c = e.connect();
    work(c);
}
template <void (*Work)(az::connection&)>
void connected(const az::engine& e) {
    with_connection(e, Work);
}

const call calls[] = {
    {"check_url", [](const az::engine&) { make_engine(); }},
    {"suggested_pool", [](const az::engine&) { make_engine(); }},
    {"connect", [](const az::engine&) { (void)make_engine().connect(); }},
    {"server_profile", [](const az::engine&) { (void)make_engine().connect(); }},
    {"default_profile", [](const az::engine&) { (void)az::to_sql(query, "misbehaving"); }},
    {"begin", connected<[](az::connection& c) { (void)c.begin(); }>},
    {"execute", connected<read_all>},
    {"prepare", connected<[](az::connection& c) {
         read_all(c);
         read_all(c);
     }>},
    {"statement.execute", connected<[](az::connection& c) {
         read_all(c);
         read_all(c);
     }>},
    {"columns", connected<read_all>},
    {"fetch", connected<read_all>},
    {"affected_rows", connected<[](az::connection& c) { c.execute(change); }>},
    {"last_insert_id", connected<[](az::connection& c) { c.execute(change); }>},
    {"in_transaction", connected<[](az::connection& c) { c.execute(change); }>},
    {"execute_batch", connected<[](az::connection& c) { c.execute_batch(change, change); }>},
    {"insert_many", connected<[](az::connection& c) { c.execute(az::insert<Owner>(), std::vector<Owner>{{.name = "Ann"}}); }>},
    {"savepoint", connected<[](az::connection& c) { (void)c.begin_nested(); }>},
    {"release_savepoint", connected<[](az::connection& c) { c.begin_nested().commit(); }>},
    {"rollback_to_savepoint", connected<[](az::connection& c) { c.begin_nested().rollback(); }>},
    {"commit", connected<[](az::connection& c) { c.begin().commit(); }>},
    {"rollback", connected<[](az::connection& c) { c.begin().rollback(); }>},
    {"ping", connected<[](az::connection& c) { c.ping({}); }>},
    {"make_reflector", [](const az::engine& e) { e.with_executor([](az::executor& on) { on.reflect(); }); }},
    {"has_table", [](const az::engine& e) { e.with_executor([](az::executor& on) { (void)on.reflect().has_table("t"); }); }},
};

/// What a driver may throw, and what a program is told.
struct thrown {
    void (*raise)();
    const char* told;
};
const thrown all_thrown[] = {
    {[] { throw std::runtime_error("words of the driver"); }, "internal: the driver memory threw what it should not: words of the driver"},
    {[] { throw std::bad_alloc{}; }, "operational: the driver memory ran out of memory"},
    {[] { throw 42; }, "internal: the driver memory threw what it should not: a number that is no std::exception: 42"},
    {[] { throw std::string{"bare words"}; }, "no std::exception: bare words"},
    {[] { throw az::native_error(5, "busy here"); }, "busy here"},
    {[] { az::throw_error(az::errc::timeout, "too late"); }, "timeout: too late"},
};

}  // namespace

TEST_CASE("whatever a rule throws comes out as an error of Azoth's that names the dialect") {
    const scene s;
    (void)make_engine();  // the dialect is known from then on
    const auto told = [](void (*raise)()) {
        how().at["rule"] = raise;
        std::string said = az::test::error_of([] { (void)az::to_sql(az::text("SELECT 2"), "misbehaving"); });
        how().at.clear();
        return said;
    };
    const std::string start = "internal: a rule that writes SQL for misbehaving threw what it should not: ";
    CHECK_THAT(told([] { throw std::runtime_error("words of the rule"); }), Catch::StartsWith(start + "words of the rule"));
    CHECK_THAT(told([] { throw 42; }), Catch::StartsWith(start + "a number that is no std::exception: 42"));
    CHECK_THAT(told([] { throw std::bad_alloc{}; }), Catch::StartsWith("operational: no memory is left"));
    CHECK_THAT(told([] { az::throw_error(az::errc::timeout, "too late"); }), Catch::StartsWith("timeout: too late"));
}

TEST_CASE("what a default's function throws is the program's, also where the statement is only printed") {
    const auto fails = []() -> std::string { throw std::domain_error{"the program's own"}; };
    const az::table t{"t", {az::column("name", az::string(20), az::default_from(fails))}};
    CHECK_THROWS_AS(az::to_sql(az::insert(t), "sqlite"), std::domain_error);
}

TEST_CASE("whatever a driver throws, wherever it does, comes out as an error of Azoth's with its words") {
    const scene s;
    const az::engine engine = make_engine();
    for (const call& c : calls)
        for (const thrown& t : all_thrown) {
            INFO(c.function << ": " << t.told);
            how().at[c.function] = t.raise;
            CHECK_THAT(az::test::error_of([&] { c.make(engine); }), Catch::Contains(t.told));
            how().at.clear();
            az::connection next = engine.connect();
            read_all(next);
        }
}

TEST_CASE("a verdict that throws loses neither the database's words nor its code") {
    const scene s;
    const az::engine engine = make_engine();
    az::connection c = engine.connect();
    how().at["execute"] = [] { throw az::native_error(5, "busy here", "55P03"); };
    how().at["classify"] = [] { throw std::runtime_error("no idea"); };
    const auto e = error_of<az::operational_error>([&] { c.execute(change); });
    CHECK(e.message() == "busy here");
    CHECK(e.sqlstate() == "55P03");
    CHECK(e.native_code() == 5);
}

TEST_CASE("a driver that throws where nobody can be told loses its connection, and no result") {
    const scene s;
    const az::engine engine = make_engine();
    const auto invalidated = [&] { return engine.pool().metrics().invalidated; };
    how().at["affected_rows"] = [] { throw std::runtime_error("uncounted"); };
    CHECK(engine.connect().execute(query).mappings().size() == 3);
    CHECK(invalidated() == 0);
    std::uint64_t lost = 0;
    for (const char* function : {"rollback", "reset", "in_transaction"}) {
        how() = {};
        {
            az::connection c = engine.connect();
            c.execute(change);
            how().at[function] = [] { throw 1; };
        }
        INFO(function);
        CHECK(invalidated() == ++lost);
    }
    how() = {};
    az::connection c = engine.connect();
    read_all(c);
}

TEST_CASE("null in place of what a driver has to make is refused") {
    const scene s;
    const az::engine engine = make_engine();
    how().null_at = "connect";
    CHECK_ERROR(make_engine().connect(), "internal", "connect() returned null");
    how().null_at = "execute";
    CHECK_ERROR(engine.connect().execute(query), "internal", "execute() returned null");
    how() = {};
    how().null_at = "prepare";
    how().claims = [](az::capabilities& can) { can.cheap_prepare = true; };
    CHECK_ERROR(make_engine().connect().execute(query), "internal", "prepare() returned null");
    how() = {};
    how().null_at = "make_reflector";  // that one may: there is nothing to read
    CHECK_ERROR(engine.with_executor([](az::executor& on) { on.reflect(); }), "not-supported", "cannot read a database's schema");
}

TEST_CASE("more rows than were asked for end the result, and columns that change in its middle too") {
    const scene s;
    const az::engine engine = make_engine();
    az::connection c = engine.connect();
    how().rows_told = 1000;
    {
        az::result all = c.execute(query);
        CHECK_ERROR(all.next(), "internal", "returned 1000 rows where 64 were asked for");
        CHECK_ERROR(all.next(), "closed", "reading it failed");
    }
    how().rows_told = 2;
    CHECK_ERROR(c.execute_batch(query, query), "internal", "returned 2 rows where 1 was asked for");
    how().rows_told = 1;
    for (const std::size_t columns : {1u, 3u}) {
        how().columns_later = columns;
        CHECK_ERROR(c.execute(query).mappings(), "internal", "the result began with 2 columns, and has");
    }
    how() = {};
    how().columns = 1;
    CHECK_ERROR(c.execute(az::select(col<&Owner::id>, col<&Owner::name>)), "internal", "the statement has 2 columns, and its result 1");
    how() = {};
    how().columns_later = 0;  // no longer known once rows came: that is fine
    CHECK(c.execute(query).mappings().size() == 3);
}

TEST_CASE("values of other kinds than announced are errors of the one who reads them, and counts below zero are not told") {
    const scene s;
    const az::engine engine = make_engine();
    az::connection c = engine.connect();
    how().first = az::cell::text("no number");
    CHECK_ERROR(c.execute(query).scalar<std::int64_t>(), "value-format", "no number");
    how().first = az::cell{};
    CHECK_ERROR(c.execute(query).scalar<std::int64_t>(), "null-value", "NULL");
    how().first.tag = static_cast<az::cell_tag>(200);
    CHECK_ERROR(c.execute(query).scalar<std::int64_t>(), "type-mismatch", "");
    how() = {};
    how().affected = -77;
    CHECK(c.execute(change).affected_rows() == -1);
    CHECK(c.execute(az::insert<Owner>(), std::vector<Owner>{{.name = "Ann"}}).affected_rows() == -1);
}

TEST_CASE("batches: results out of order, too few, too many, and rows of another width") {
    const scene s;
    const az::engine engine = make_engine();
    az::connection c = engine.connect();
    how().batch_shift = 1;
    CHECK_ERROR(c.execute_batch(change, change), "internal", "told the result 2 where 1 was to come");
    how() = {};
    how().batch_results = 1;
    CHECK_ERROR(c.execute_batch(change, change), "internal", "told 1 results of 2");
    how().batch_results = 3;
    CHECK_ERROR(c.execute_batch(change, change), "internal", "told the result 3 where 3 was to come");
    how() = {};
    how().returned_columns = 4;
    CHECK_ERROR(c.execute(az::insert<Owner>().returning(col<&Owner::id>), std::vector<Owner>{{.name = "Ann"}}), "internal",
                "a row of 4 columns where 1 were asked for");
}

TEST_CASE("a reflector that answers another number of questions is refused") {
    const scene s;
    const az::engine engine = make_engine();
    how().reflected = {true, false, true};
    CHECK_ERROR(engine.with_executor([](az::executor& on) {
        (void)on.reflect().have_tables({"a", "b"});
    }),
                "internal", "gives 3 answers for a list of 2");
}

TEST_CASE("claims that contradict one another are refused when the connection opens, and named") {
    const scene s;
    how().claims = [](az::capabilities& can) { can.transactions = false; };
    CHECK_ERROR(make_engine().connect(), "internal", "claims savepoints, and not transactions");
    how().claims = [](az::capabilities& can) { can.skip_locked = true; };
    CHECK_ERROR(make_engine().connect(), "internal", "claims skip_locked, and not row_locks");
    how().claims = [](az::capabilities& can) { can.max_parameters = 0; };
    CHECK_ERROR(make_engine().connect(), "internal", "takes no parameters");
}

TEST_CASE("a driver that ignores its deadline holds its own thread and connection, and nobody else") {
    const scene s;
    az::engine_options options;
    options.pool = {.size = 2, .overflow = 0};
    const az::engine engine = make_engine(options);
    std::promise<void> blocked;
    std::promise<void> released;
    az::connection other = engine.connect("other");
    {
        az::connection c = engine.connect("blocked");
        how().at["execute"] = [&, once = std::make_shared<std::atomic<bool>>()] {
            if (once->exchange(true)) return;
            blocked.set_value();
            released.get_future().wait();
        };
        auto late = std::async(std::launch::async,
                               [&] { return az::test::error_of([&] { (void)c.execute(query, {}, {.timeout = 1ms}).mappings(); }); });
        blocked.get_future().wait();
        read_all(other);  // goes on
        CHECK_ERROR(engine.connect("third", az::deadline::after(5ms)), "pool-exhausted", "blocked");
        const int before = misbehaving::connection::cancels();
        c.cancel();  // the only one that may come from another thread
        CHECK(misbehaving::connection::cancels() == before + 1);
        released.set_value();
        CHECK_THAT(late.get(), Catch::StartsWith("timeout: "));  // it has come back, and its rows are too late
    }
    read_all(other);
}
