#include "bank.hpp"
#include "expect.hpp"
#include "parts.hpp"

#include <sys/wait.h>
#include <unistd.h>

namespace azoth::conformance {
namespace {

void ping_answers(context& on) {
    const bank b{on};
    connection c = on.connect();
    c.ping();
    CHECK_FALSE(c.in_transaction());
    b.open(c, 3);
    c.ping(deadline::after(std::chrono::seconds{5}));
    c.commit();
    (void)thrown<unique_violation>([&] { b.open(c, 1); });
    c.rollback();
    c.ping();
    CHECK(b.content(c) == "1:100 2:100 3:0");
}

void ping_keeps_open_result(context& on) {
    const bank b{on};
    connection c = on.connect();
    auto rows = c.execute(b.ids());
    CHECK(rows.partition(1) == std::vector<std::tuple<std::int64_t>>{{1}});
    c.ping();
    CHECK(rows.scalars() == std::vector<std::int64_t>{2});
}

template <class F>
bool is_closed(F&& work) {
    return thrown<interface_error>(work).code() == errc::closed;
}

void closed_is_closed(context& on) {
    const bank b{on};
    connection c = on.connect();
    CHECK(b.content(c) == bank::untouched);
    c.close();
    c.close();
    CHECK(is_closed([&] { (void)b.content(c); }));
    CHECK(is_closed([&] { (void)c.begin(); }));
    CHECK(is_closed([&] { (void)c.begin_nested(); }));
    CHECK(is_closed([&] { c.commit(); }));
    CHECK(is_closed([&] { c.rollback(); }));
    CHECK(is_closed([&] { c.ping(); }));
    CHECK(is_closed([&] { (void)c.driver(); }));
    CHECK(is_closed([&] { c.set_isolation(isolation_level::autocommit); }));
    CHECK_FALSE(c.in_transaction());
    c.cancel();
}

void invalidated_is_closed(context& on) {
    needs_more_connections(on);
    const bank b{on};
    const engine db = engine_of_one(on);
    connection c = db.connect();
    b.open(c, 3);
    c.invalidate("the case does not trust it");
    CHECK(is_closed([&] { (void)b.content(c); }));
    c.invalidate("twice");
    CHECK(db.pool().metrics().invalidated == 1);
    connection next = db.connect();
    CHECK(b.content(next) == bank::untouched);
    CHECK(db.pool().metrics().opened == 2);
    CHECK(db.pool().metrics().open == 1);
}

void result_ends_with_connection(context& on) {
    const bank b{on};
    connection c = on.connect();
    auto rows = c.execute(b.ids());
    CHECK(rows.partition(1).size() == 1);
    c.close();
    CHECK(is_closed([&] { (void)rows.scalars(); }));
    connection next = on.connect();
    CHECK(b.content(next) == bank::untouched);
}

void result_outlives_engine(context& on) {
    const bank b{on};
    std::optional<result> left;
    {
        const engine db = engine_like(on, {});
        connection c = db.connect();
        left.emplace(c.execute(text("SELECT * FROM " + b.accounts().name())));
        CHECK(left->next());
    }
    CHECK(left->column_count() == 2);
    CHECK(is_closed([&] { (void)left->next(); }));
}

void values_outlive_connection(context& on) {
    const bank b{on};
    std::vector<record> rows;
    {
        connection c = on.connect();
        rows = c.execute(text("SELECT id, balance FROM " + b.accounts().name() + " ORDER BY id")).mappings();
    }
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].get<std::int64_t>("balance") == 100);
}

void connection_moves(context& on) {
    needs_more_connections(on);
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    connection moved = std::move(c);
    CHECK(moved.in_transaction());
    b.open(moved, 4);
    moved.commit();
    b.open(moved, 5);
    moved = on.connect();  // the one before goes back, rolled back
    CHECK(b.content(moved) == "1:100 2:100 3:0 4:0");
}

void disposed_engine(context& on) {
    const bank b{on};
    const engine db = engine_like(on, {});
    connection c = db.connect();
    b.open(c, 3);
    db.dispose();
    CHECK(is_closed([&] { (void)db.connect(); }));
    b.open(c, 4);
    c.commit();
    c.close();
    CHECK(db.pool().metrics().open == 0);
    CHECK(b.seen() == "1:100 2:100 3:0 4:0");
}

/// What a forked child does with its parent's connection and with one of its own; 0 where all is well. Asserts nothing: Catch2 is the
/// parent's.
int be_the_child(const bank& b, const engine& db, connection inherited) {
    try {
        const auto e = failure_of([&] { return b.content(inherited); });
        if (!e || e->code() != errc::closed) return 1;
        inherited.close();
        connection own = db.connect();
        if (b.content(own) != bank::untouched) return 2;
        own.close();
        return db.pool().metrics().open == 1 ? 0 : 3;
    } catch (...) {
        return 4;
    }
}

void forked_child(context& on) {
    const bank b{on};
    const engine db = engine_like(on, {});
    connection c = db.connect();
    b.open(c, 3);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) ::_exit(be_the_child(b, db, std::move(c)));
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    b.open(c, 4);
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 3:0 4:0");
}

}  // namespace

std::vector<test_case> areas::parts::lifetimes() {
    return {
        {"connection/ping", "ping answers, begins nothing and ends nothing", {}, ping_answers},
        {"connection/ping-open-result", "a half-read result can be read on after a ping", {}, ping_keeps_open_result},
        {"connection/closed", "a closed connection says so, whatever it is asked", {}, closed_is_closed},
        {"connection/invalidated", "an invalidated connection is closed, undone and replaced", {}, invalidated_is_closed},
        {"connection/result-closed", "a result says that it was closed with its connection", {}, result_ends_with_connection},
        {"connection/result-outlives-engine", "... even where the engine is gone too", {}, result_outlives_engine},
        {"connection/values-outlive", "rows that were taken stay", {}, values_outlive_connection},
        {"connection/moved", "a moved connection goes on with its transaction", {}, connection_moves},
        {"connection/disposed", "a disposed engine gives out no connections; those that are out work to their end", {}, disposed_engine},
        {"connection/forked", "a forked child cannot use its parent's connection, opens its own and harms nothing", {}, forked_child},
    };
}

}  // namespace azoth::conformance
