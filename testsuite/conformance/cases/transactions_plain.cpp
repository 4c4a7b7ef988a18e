#include "bank.hpp"
#include "claims.hpp"
#include "expect.hpp"
#include "parts.hpp"

#include <future>

namespace azoth::conformance {
namespace {

void commit_is_visible(context& on) {
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    c.commit();
    CHECK(b.seen() == "1:100 2:100 3:0");
}

void rollback_undoes(context& on) {
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    b.add(c, 1, 5);
    CHECK(b.content(c) == "1:105 2:100 3:0");
    c.rollback();
    CHECK(b.content(c) == bank::untouched);
    c.rollback();
    CHECK(b.seen() == bank::untouched);
}

void first_statement_begins(context& on) {
    const bank b{on};
    connection c = on.connect();
    CHECK_FALSE(c.in_transaction());
    CHECK(b.balance(c, 1) == 100);
    CHECK(c.in_transaction());
    CHECK(c.driver().in_transaction());
    c.commit();
    CHECK_FALSE(c.in_transaction());
    CHECK_FALSE(c.driver().in_transaction());
    b.open(c, 3);
    c.rollback();
    CHECK_FALSE(c.driver().in_transaction());
    CHECK(b.content(c) == bank::untouched);
}

void closed_connection_rolls_back(context& on) {
    const bank b{on};
    {
        connection c = on.connect();
        b.open(c, 3);
    }
    connection c = on.connect();
    b.open(c, 4);
    c.close();
    CHECK(b.seen() == bank::untouched);
}

void lost_handle_rolls_back(context& on) {
    const bank b{on};
    connection c = on.connect();
    {
        const transaction t = c.begin();
        b.open(c, 3);
    }
    CHECK_FALSE(c.in_transaction());
    CHECK(b.content(c) == bank::untouched);
}

void exception_rolls_back(context& on) {
    const bank b{on};
    const auto work = [&](connection& c) {
        b.open(c, 3);
        throw std::out_of_range{"the program's own"};
    };
    CHECK_THROWS_AS(on.engine().begin(work), std::out_of_range);
    const auto failing = [&](connection& c) {
        b.open(c, 3);
        b.open(c, 1);
    };
    (void)thrown<unique_violation>([&] { on.engine().begin(failing); });
    connection c = on.connect();
    CHECK(b.content(c) == bank::untouched);
}

void engine_begin_commits(context& on) {
    const bank b{on};
    const std::int64_t told = on.engine().begin([&](connection& c) {
        b.open(c, 3);
        return b.balance(c, 2);
    });
    CHECK(told == 100);
    connection c = on.connect();
    CHECK(b.content(c) == "1:100 2:100 3:0");
}

void begin_twice_is_misuse(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction t = c.begin();
    b.open(c, 3);
    CHECK(thrown<interface_error>([&] { (void)c.begin(); }).code() == errc::misuse);
    b.open(c, 4);
    t.commit();
    CHECK(b.content(c) == "1:100 2:100 3:0 4:0");
    CHECK(thrown<interface_error>([&] { (void)c.begin(); }).code() == errc::misuse);
}

void handle_is_over_after_commit(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction t = c.begin();
    b.open(c, 3);
    CHECK(t.is_active());
    t.commit();
    CHECK_FALSE(t.is_active());
    CHECK(thrown<interface_error>([&] { t.commit(); }).code() == errc::misuse);
    b.open(c, 4);  // in the next transaction, which is none of the handle's business
    t.rollback();
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 3:0 4:0");
}

void handle_ended_by_connection(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction committed = c.begin();
    b.open(c, 3);
    c.commit();
    CHECK_FALSE(committed.is_active());
    transaction closed = c.begin();
    b.open(c, 4);
    c.close();
    CHECK_FALSE(closed.is_active());
    CHECK(thrown<interface_error>([&] { closed.commit(); }).code() == errc::misuse);
    CHECK(b.seen() == "1:100 2:100 3:0");
}

/// Databases differ in what an error does to a transaction. What the program is told must be what happens.
void error_keeps_all_or_nothing(context& on) {
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    (void)thrown<unique_violation>([&] { b.open(c, 1); });
    const bool went_on = !failure_of([&] { b.open(c, 4); });
    const bool committed = !failure_of([&] { c.commit(); });
    c.rollback();
    const std::string all = went_on ? "1:100 2:100 3:0 4:0" : "1:100 2:100 3:0";
    CHECK(b.content(c) == (committed ? all : bank::untouched));
}

void rollback_after_error(context& on) {
    const bank b{on};
    connection c = on.connect();
    for (int i = 0; i < 3; ++i) {
        b.open(c, 3);
        (void)thrown<unique_violation>([&] { b.open(c, 1); });
        c.rollback();
    }
    b.open(c, 4);
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 4:0");
}

void autocommit_keeps_each_statement(context& on) {
    const bank b{on};
    connection c = on.connect();
    c.set_isolation(isolation_level::autocommit);
    b.open(c, 3);
    CHECK_FALSE(c.in_transaction());
    CHECK_FALSE(c.driver().in_transaction());
    (void)thrown<unique_violation>([&] { b.open(c, 1); });
    b.open(c, 4);
    c.rollback();
    CHECK(b.seen() == "1:100 2:100 3:0 4:0");
}

void autocommit_of_engine(context& on) {
    const bank b{on};
    engine_options options;
    options.isolation = isolation_level::autocommit;
    const engine db = engine_like(on, options);
    {
        connection c = db.connect();
        b.open(c, 3);
    }
    connection c = db.connect();
    CHECK(b.content(c) == "1:100 2:100 3:0");
    CHECK_FALSE(c.in_transaction());
}

void autocommit_begin_is_a_transaction(context& on) {
    const bank b{on};
    connection c = on.connect();
    c.set_isolation(isolation_level::autocommit);
    {
        const transaction t = c.begin();
        b.open(c, 3);
        CHECK(c.in_transaction());
    }
    CHECK(b.content(c) == bank::untouched);
    CHECK_FALSE(c.in_transaction());
    transaction t = c.begin();
    b.open(c, 4);
    t.commit();
    CHECK(b.content(c) == "1:100 2:100 4:0");
}

void autocommit_ends_with_loan(context& on) {
    const bank b{on};
    const engine db = engine_of_one(on);
    {
        connection c = db.connect();
        c.set_isolation(isolation_level::autocommit);
        b.open(c, 3);
    }
    connection c = db.connect();
    b.open(c, 4);
    CHECK(c.in_transaction());
    c.rollback();
    CHECK(b.content(c) == "1:100 2:100 3:0");
}

void raw_commit_is_noticed(context& on) {
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    run(c, "COMMIT");
    CHECK_FALSE(c.in_transaction());
    b.open(c, 4);
    CHECK(c.in_transaction());
    c.rollback();
    CHECK(b.content(c) == "1:100 2:100 3:0");
}

void raw_rollback_is_noticed(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction t = c.begin();
    b.open(c, 3);
    run(c, "ROLLBACK");
    CHECK_FALSE(t.is_active());
    b.open(c, 4);
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 4:0");
}

void commit_keeps_open_result(context& on) {
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    auto rows = c.execute(b.ids());
    CHECK(rows.partition(1) == std::vector<std::tuple<std::int64_t>>{{1}});
    c.commit();
    CHECK(rows.scalars() == std::vector<std::int64_t>{2, 3});
    CHECK(b.content(c) == "1:100 2:100 3:0");
}

void rollback_closes_open_result(context& on) {
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    auto rows = c.execute(b.ids());
    CHECK(rows.partition(1) == std::vector<std::tuple<std::int64_t>>{{1}});
    c.rollback();
    CHECK(thrown<interface_error>([&] { (void)rows.scalars(); }).code() == errc::closed);
    CHECK(b.content(c) == bank::untouched);
}

void read_only_refuses_writes(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction_options options;
    options.read_only = true;
    {
        const transaction t = c.begin(options);
        CHECK(b.content(c) == bank::untouched);
        CHECK(thrown<operational_error>([&] { b.add(c, 1, 5); }).code() == errc::read_only);
    }
    b.add(c, 2, 5);
    c.commit();
    CHECK(b.content(c) == "1:100 2:105");
}

/// It waits until no other transaction can spoil what it sees; without that it could fail later.
void deferrable_waits(context& on) {
    needs_more_connections(on);
    const bank b{on};
    transaction_options options = at(isolation_level::serializable);
    options.read_only = options.deferrable = true;
    std::future<std::int64_t> reader;
    connection writer = on.connect();
    writer.begin(options).rollback();
    const transaction t = writer.begin(at(isolation_level::serializable));
    b.set(writer, 1, b.balance(writer, 2) + 5);
    reader = std::async(std::launch::async, [&] {
        connection c = on.connect();
        const transaction reading = c.begin(options);
        return b.balance(c, 2);  // which no lock of the writer's is in the way of
    });
    CHECK(reader.wait_for(std::chrono::milliseconds{500}) == std::future_status::timeout);
    writer.commit();
    CHECK(reader.get() == 100);
}

void unknown_mode_is_refused(context& on) {
    const bank b{on};
    connection c = on.connect();
    transaction_options options;
    options.mode = "LACKADAISICAL";
    const error e = thrown<interface_error>([&] { (void)c.begin(options); });
    CHECK(e.code() == errc::invalid_argument);
    CHECK(contains(e.message(), "LACKADAISICAL"));
    CHECK_FALSE(c.in_transaction());
    CHECK(b.content(c) == bank::untouched);
}

}  // namespace

std::vector<test_case> areas::parts::plain_transactions() {
    return {
        {"transactions/commit-visible", "another connection sees what is committed", {}, commit_is_visible},
        {"transactions/rollback-undoes", "nobody sees what is rolled back; rolling back nothing is harmless", {}, rollback_undoes},
        {"transactions/autobegin", "the first statement begins a transaction, and so does the server's own", {}, first_statement_begins},
        {"transactions/close-rolls-back",
         "a connection given back with an open transaction commits nothing",
         {},
         closed_connection_rolls_back},
        {"transactions/lost-handle-rolls-back", "a transaction whose handle goes is rolled back", {}, lost_handle_rolls_back},
        {"transactions/exception-rolls-back", "engine.begin rolls back on any exception and passes it on", {}, exception_rolls_back},
        {"transactions/engine-begin", "engine.begin commits and returns what the work returns", {}, engine_begin_commits},
        {"transactions/begin-twice", "begin inside a transaction is misuse and harms nothing", {}, begin_twice_is_misuse},
        {"transactions/handle-over",
         "a handle is over after its commit, and leaves later transactions alone",
         {},
         handle_is_over_after_commit},
        {"transactions/handle-ended-elsewhere", "a handle is over once its connection has ended it", {}, handle_ended_by_connection},
        {"transactions/error-all-or-nothing",
         "after an error, a commit keeps all that was said to work, or fails and keeps nothing",
         {},
         error_keeps_all_or_nothing},
        {"transactions/rollback-after-error", "after an error and a rollback the connection works on", {}, rollback_after_error},
        {"transactions/autocommit", "in autocommit each statement stands for itself", {}, autocommit_keeps_each_statement},
        {"transactions/autocommit-engine", "an engine's connections can be in autocommit from the start", {}, autocommit_of_engine},
        {"transactions/autocommit-begin", "begin makes a real transaction in autocommit too", {}, autocommit_begin_is_a_transaction},
        {"transactions/autocommit-restored", "autocommit ends when the connection goes back to its pool", {}, autocommit_ends_with_loan},
        {"transactions/raw-commit", "COMMIT through text() is noticed", {}, raw_commit_is_noticed},
        {"transactions/raw-rollback", "ROLLBACK through text() is noticed, and ends the handle", {}, raw_rollback_is_noticed},
        {"transactions/commit-open-result", "a half-read result can be read on after the commit", {}, commit_keeps_open_result},
        {"transactions/rollback-open-result", "a half-read result is closed by a rollback, and says so", {}, rollback_closes_open_result},
        {"transactions/read-only", "a read-only transaction reads, refuses to write, and ends", claims::read_only_transactions,
         read_only_refuses_writes},
        {"transactions/deferrable", "a deferrable transaction waits for a view of the database that cannot fail",
         claims::deferrable_transactions, deferrable_waits},
        {"transactions/unknown-mode", "a mode that the dialect does not have is refused by name", {}, unknown_mode_is_refused},
    };
}

}  // namespace azoth::conformance
