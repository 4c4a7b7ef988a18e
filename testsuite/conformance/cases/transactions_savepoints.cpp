#include "bank.hpp"
#include "claims.hpp"
#include "expect.hpp"
#include "parts.hpp"

namespace azoth::conformance {
namespace {

void release_keeps(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction outer = c.begin();
    transaction inner = c.begin_nested();
    b.open(c, 3);
    inner.commit();
    CHECK_FALSE(inner.is_active());
    CHECK(outer.is_active());
    b.open(c, 4);
    outer.commit();
    CHECK(b.content(c) == "1:100 2:100 3:0 4:0");
}

void rollback_undoes_inner_part(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction outer = c.begin();
    b.open(c, 3);
    transaction inner = c.begin_nested();
    b.open(c, 4);
    b.add(c, 1, 7);
    inner.rollback();
    CHECK(b.content(c) == "1:100 2:100 3:0");
    b.open(c, 5);
    outer.commit();
    CHECK(b.content(c) == "1:100 2:100 3:0 5:0");
}

void outer_rollback_undoes_released(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction outer = c.begin();
    transaction inner = c.begin_nested();
    b.open(c, 3);
    inner.commit();
    outer.rollback();
    CHECK(b.content(c) == bank::untouched);
}

void nest_three_deep(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction first = c.begin_nested();
    b.open(c, 3);
    transaction second = c.begin_nested();
    b.open(c, 4);
    transaction third = c.begin_nested();
    b.open(c, 5);
    third.commit();
    second.rollback();  // with what was released into it
    CHECK(b.content(c) == "1:100 2:100 3:0");
    transaction fourth = c.begin_nested();
    b.open(c, 6);
    fourth.commit();
    first.commit();
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 3:0 6:0");
}

void error_inside(context& on) {
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    {
        transaction inner = c.begin_nested();
        b.open(c, 4);
        (void)thrown<unique_violation>([&] { b.open(c, 1); });
        inner.rollback();
    }
    b.open(c, 5);
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 3:0 5:0");
}

/// Where an error spoils the transaction, the savepoint cannot be released any more; elsewhere it can.
void failed_release(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction outer = c.begin();
    b.open(c, 3);
    transaction inner = c.begin_nested();
    b.open(c, 4);
    (void)thrown<unique_violation>([&] { b.open(c, 1); });
    const auto refused = failure_of([&] { inner.commit(); });
    if (refused) inner.rollback();
    CHECK_FALSE(inner.is_active());
    CHECK(outer.is_active());
    b.open(c, 5);
    outer.commit();
    CHECK(b.seen() == (refused ? "1:100 2:100 3:0 5:0" : "1:100 2:100 3:0 4:0 5:0"));
}

void missing_table_inside(context& on) {
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    const std::string nowhere = on.unique_name("nowhere");
    for (int i = 0; i < 3; ++i) {
        const transaction inner = c.begin_nested();
        (void)thrown<programming_error>([&] { run(c, "SELECT n FROM " + nowhere); });
    }
    b.open(c, 4);
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 3:0 4:0");
}

void lost_handle(context& on) {
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    try {
        const transaction inner = c.begin_nested();
        b.open(c, 4);
        throw std::runtime_error{"the program's own"};
    } catch (const std::runtime_error&) {}
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 3:0");
}

void begins_a_transaction(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction inner = c.begin_nested();
    CHECK(c.in_transaction());
    b.open(c, 3);
    inner.commit();
    CHECK(c.in_transaction());
    c.rollback();
    CHECK(b.content(c) == bank::untouched);
}

void over_with_transaction(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction outer = c.begin();
    transaction inner = c.begin_nested();
    b.open(c, 3);
    outer.commit();
    CHECK_FALSE(inner.is_active());
    CHECK(thrown<interface_error>([&] { inner.commit(); }).code() == errc::misuse);
    b.open(c, 4);
    inner.rollback();  // of a transaction that is over: the next one stays
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 3:0 4:0");
}

void many_in_a_row(context& on) {
    const bank b{on};
    connection c = on.connect();
    for (int i = 0; i < 50; ++i) {
        transaction step = c.begin_nested();
        b.add(c, 1, 1);
        if (i % 2 == 0) step.commit();
        else step.rollback();
    }
    c.commit();
    CHECK(b.content(c) == "1:125 2:100");
}

void invisible_until_commit(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction inner = c.begin_nested();
    b.open(c, 3);
    inner.commit();
    CHECK(b.seen() == bank::untouched);
    c.commit();
    CHECK(b.seen() == "1:100 2:100 3:0");
}

void keep_open_result(context& on) {
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    auto rows = c.execute(b.ids());
    CHECK(rows.partition(1) == std::vector<std::tuple<std::int64_t>>{{1}});
    transaction inner = c.begin_nested();
    b.open(c, 4);
    inner.commit();
    CHECK(rows.scalars() == std::vector<std::int64_t>{2, 3});
}

}  // namespace

std::vector<test_case> areas::parts::savepoints() {
    return {
        {"transactions/savepoint-release", "a released savepoint's work is kept with the transaction", claims::savepoints, release_keeps},
        {"transactions/savepoint-rollback", "what a savepoint undoes is undone, the rest stays", claims::savepoints,
         rollback_undoes_inner_part},
        {"transactions/savepoint-outer-rollback", "the outer rollback undoes released savepoints", claims::savepoints,
         outer_rollback_undoes_released},
        {"transactions/savepoint-nested", "savepoints nest three deep, released and undone in turn", claims::savepoints, nest_three_deep},
        {"transactions/savepoint-after-error", "after a violation inside a savepoint, rolling back to it lets the transaction go on",
         claims::savepoints, error_inside},
        {"transactions/savepoint-after-wrong-statement", "a statement that cannot run costs no more than its savepoint", claims::savepoints,
         missing_table_inside},
        {"transactions/savepoint-failed-release",
         "a savepoint that cannot be released after an error is undone, and its transaction goes on", claims::savepoints, failed_release},
        {"transactions/savepoint-lost-handle", "a savepoint whose handle goes is rolled back", claims::savepoints, lost_handle},
        {"transactions/savepoint-begins", "a savepoint outside a transaction begins one, which stays open", claims::savepoints,
         begins_a_transaction},
        {"transactions/savepoint-over", "a savepoint is over with its transaction", claims::savepoints, over_with_transaction},
        {"transactions/savepoint-many", "fifty savepoints in a row, every other one undone", claims::savepoints, many_in_a_row},
        {"transactions/savepoint-invisible", "others see a released savepoint's work only after the commit", claims::savepoints,
         invisible_until_commit},
        {"transactions/savepoint-open-result", "a half-read result can be read on after a savepoint", claims::savepoints, keep_open_result},
    };
}

}  // namespace azoth::conformance
