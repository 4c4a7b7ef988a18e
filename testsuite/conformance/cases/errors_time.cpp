#include "bank.hpp"
#include "claims.hpp"
#include "combinations.hpp"
#include "parts.hpp"

#include <future>
#include <thread>

namespace azoth::conformance {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds soon{10};

void deadline_ends_statement(context& on) {
    const combinations all{on};
    connection c = on.connect();
    const stopwatch time;
    const auto e = thrown<timeout_error>([&] { (void)c.execute(all.of_four(), arguments{}, within(milliseconds{300})).scalar(); });
    CHECK(time.elapsed() >= milliseconds{250});
    CHECK(time.elapsed() < soon);
    CHECK(e.code() == errc::timeout);
    CHECK_FALSE(e.is_disconnect());
    CHECK(contains(e.statement(), "SELECT"));
    all.check_usable(c);
}

void deadline_ends_prepared_statement(context& on) {
    const combinations all{on};
    connection c = on.connect();
    for (int i = 0; i < 3; ++i) {
        const stopwatch time;
        CHECK(thrown<timeout_error>([&] { (void)c.execute(all.of_four(), arguments{}, within(milliseconds{200})).scalar(); }).code() ==
              errc::timeout);
        CHECK(time.elapsed() < soon);
        c.rollback();
    }
    all.check_usable(c);
}

void engine_timeout_ends_statement(context& on) {
    const combinations all{on};
    engine_options options;
    options.statement_timeout = milliseconds{300};
    connection c = engine_like(on, options).connect();
    const stopwatch time;
    CHECK(thrown<timeout_error>([&] { (void)c.scalar(all.of_four()); }).code() == errc::timeout);
    CHECK(time.elapsed() < soon);
    c.rollback();
    // The call's own deadline goes before the engine's.
    CHECK(c.execute(all.of_three(), arguments{}, within(seconds{60})).scalar() == 10);
}

void passed_deadline_runs_nothing(context& on) {
    const bank b{on};
    connection c = on.connect();
    CHECK(thrown<timeout_error>([&] { (void)c.execute(b.opening(3, 0), arguments{}, within(milliseconds{-1})); }).code() == errc::timeout);
    c.rollback();
    CHECK(b.content(c) == bank::untouched);
}

/// One statement that takes so long, on whatever machine: drivers give a server's own time limit a second more than the deadline says.
void take_longer_than(milliseconds least, connection& c) {
    stopwatch time;
    for (std::int32_t below = 4; below <= 256; below *= 2) {
        time = {};
        CHECK(c.scalar(combinations::of_four_below(below)) == 20);
        if (time.elapsed() > least) return;
    }
    CHECK(time.elapsed() > least);
}

void deadline_does_not_linger(context& on) {
    const combinations all{on};
    connection c = on.connect();
    CHECK(c.execute(select(func::count()).select_from(entity<counting_number>), arguments{}, within(milliseconds{400})).scalar() == 150);
    take_longer_than(milliseconds{1500}, c);
    (void)thrown<timeout_error>([&] { (void)c.execute(all.of_four(), arguments{}, within(milliseconds{30})).scalar(); });
    c.rollback();
    take_longer_than(milliseconds{1200}, c);
    all.check_usable(c);
}

void deadline_ends_waiting_for_lock(context& on) {
    needs_more_connections(on);
    const bank b{on};
    connection holder = on.connect();
    b.add(holder, 1, 1);
    connection c = on.connect();
    const stopwatch time;
    const auto e = thrown<operational_error>([&] { (void)c.execute(b.adding(1, 10), arguments{}, within(milliseconds{400})); });
    CHECK((e.code() == errc::timeout || e.code() == errc::locked));
    CHECK_FALSE(e.is_disconnect());
    CHECK(time.elapsed() < soon);
    c.rollback();
    holder.commit();
    b.add(c, 1, 100);
    c.commit();
    CHECK(b.content(c) == "1:201 2:100");
}

/// Rows that wait for a row that another transaction has inserted, too.
void deadline_ends_waiting_in_bulk(context& on) {
    needs_more_connections(on);
    const bank b{on};
    connection holder = on.connect();
    b.open(holder, 4);
    connection c = on.connect();
    const std::vector<std::vector<value>> rows{{value{3}, value{0}}, {value{4}, value{0}}, {value{5}, value{0}}};
    const auto add = insert(b.accounts()).columns(b.accounts()["id"], b.accounts()["balance"]);
    const stopwatch time;
    const auto e = thrown<operational_error>([&] { (void)c.execute(add, rows, within(milliseconds{400})); });
    CHECK((e.code() == errc::timeout || e.code() == errc::locked));
    CHECK_FALSE(e.is_disconnect());
    CHECK(time.elapsed() < soon);
    c.rollback();
    holder.rollback();
    (void)c.execute(add, rows);
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 3:0 4:0 5:0");
}

void deadline_ends_batch(context& on) {
    const combinations all{on};
    connection c = on.connect();
    const stopwatch time;
    const auto count = select(func::count()).select_from(entity<counting_number>);
    const auto e = thrown<timeout_error>([&] {
        (void)c.execute_batch(std::vector{count, all.of_four(), count}, within(milliseconds{300}));
    });
    CHECK(e.code() == errc::timeout);
    CHECK_FALSE(e.is_disconnect());
    CHECK(time.elapsed() < soon);
    all.check_usable(c);
}

/// Reads a streamed result until something ends it, but not for ever.
void read_on(connection& c, const execution_options& options) {
    const stopwatch time;
    auto found = c.execute(combinations::endless(), arguments{}, options).stream();
    while (time.elapsed() < soon && !found.partition(1000).empty()) {}
}

void deadline_ends_stream(context& on) {
    const combinations all{on};
    connection c = on.connect();
    const stopwatch time;
    const auto e = thrown<timeout_error>([&] { read_on(c, within(milliseconds{500})); });
    CHECK(time.elapsed() >= milliseconds{450});
    CHECK(time.elapsed() < soon);
    CHECK(e.code() == errc::timeout);
    CHECK_FALSE(e.is_disconnect());
    all.check_usable(c);
}

/// Something that another thread does while this one reads.
template <class F>
void check_ends_stream(connection& c, const execution_options& options, F act) {
    const auto beside = std::async(std::launch::async, [&] {
        std::this_thread::sleep_for(milliseconds{400});
        act();
    });
    const stopwatch time;
    const auto e = thrown<operational_error>([&] { read_on(c, options); });
    CHECK(time.elapsed() < soon);
    CHECK(e.code() == errc::cancelled);
    CHECK_FALSE(e.is_disconnect());
    CHECK_FALSE(e.is_retryable());
    combinations::check_usable(c);
}

void stop_token_ends_stream(context& on) {
    const combinations all{on};
    connection c = on.connect();
    stop_source source;
    execution_options options;
    options.stop = source.get_token();
    check_ends_stream(c, options, [&] { source.request_stop(); });
}

void cancel_ends_stream(context& on) {
    const combinations all{on};
    connection c = on.connect();
    check_ends_stream(c, {}, [&] { c.cancel(); });
}

/// A statement that runs in a thread of its own, on a connection of its own.
class running {
public:
    running(context& on, execution_options options) : c_{on.connect()} {
        options.until = deadline::after(seconds{60});
        CHECK(c_.scalar(select(func::count()).select_from(entity<counting_number>)) == 150);
        ended_ = std::async(std::launch::async, [this, options] {
            return failure_of([&] { return c_.execute(combinations::of_four(), arguments{}, options).scalar(); });
        });
        (void)ended_.wait_for(milliseconds{300});
    }
    connection& on() noexcept { return c_; }
    bool is_over(milliseconds patience) { return ended_.wait_for(patience) == std::future_status::ready; }
    std::optional<error> ending() { return ended_.get(); }

private:
    connection c_;
    std::future<std::optional<error>> ended_{};
};

void cancel_ends_statement(context& on) {
    const combinations all{on};
    running statement{on, {}};
    const stopwatch time;
    do statement.on().cancel();
    while (!statement.is_over(seconds{2}) && time.elapsed() < soon);
    const auto e = statement.ending();
    CHECK(time.elapsed() < soon);
    REQUIRE(e);
    CHECK(e->code() == errc::cancelled);
    CHECK_FALSE(e->is_disconnect());
    CHECK_FALSE(e->is_retryable());
    all.check_usable(statement.on());
}

void cancelled_transaction_can_be_undone(context& on) {
    const combinations all{on};
    const bank b{on};
    connection c = on.connect();
    b.open(c, 3);
    auto beside = std::async(std::launch::async, [&] {
        std::this_thread::sleep_for(milliseconds{300});
        c.cancel();
    });
    const auto e = failure_of([&] { return c.execute(all.of_four(), arguments{}, within(seconds{60})).scalar(); });
    beside.get();
    REQUIRE(e);
    CHECK(e->code() == errc::cancelled);
    all.check_usable(c);
    CHECK(b.content(c) == bank::untouched);
}

void stop_token_ends_statement(context& on) {
    const combinations all{on};
    stop_source source;
    execution_options options;
    options.stop = source.get_token();
    running statement{on, options};
    const stopwatch time;
    source.request_stop();
    (void)statement.is_over(soon);
    const auto e = statement.ending();
    CHECK(time.elapsed() < soon);
    REQUIRE(e);
    CHECK(e->code() == errc::cancelled);
    all.check_usable(statement.on());
}

void stop_before_runs_nothing(context& on) {
    const bank b{on};
    stop_source source;
    source.request_stop();
    execution_options options;
    options.stop = source.get_token();
    connection c = on.connect();
    CHECK(thrown<operational_error>([&] { (void)c.execute(b.opening(3, 0), arguments{}, options); }).code() == errc::cancelled);
    c.rollback();
    CHECK(b.content(c) == bank::untouched);
}

void cancel_of_nothing_is_harmless(context& on) {
    const combinations all{on};
    connection c = on.connect();
    for (int i = 0; i < 3; ++i) {
        c.cancel();
        std::this_thread::sleep_for(milliseconds{100});
        CHECK(c.scalar(all.of_three()) == 10);
        c.commit();
    }
}

}  // namespace

std::vector<test_case> areas::parts::time_limits() {
    return {
        {"errors/deadline", "a call's deadline ends a running statement: timeout_error, soon, and the connection works on",
         claims::statement_deadlines, deadline_ends_statement},
        {"errors/deadline-prepared", "... on the third run too", claims::statement_deadlines, deadline_ends_prepared_statement},
        {"errors/statement-timeout", "the engine's time-out does the same, unless the call says otherwise", claims::statement_deadlines,
         engine_timeout_ends_statement},
        {"errors/deadline-passed", "a statement whose deadline has passed does nothing", claims::statement_deadlines,
         passed_deadline_runs_nothing},
        {"errors/deadline-does-not-linger", "a deadline is that of its statement only", claims::statement_deadlines,
         deadline_does_not_linger},
        {"errors/lock-timeout", "a deadline ends waiting for a lock", claims::statement_deadlines, deadline_ends_waiting_for_lock},
        {"errors/lock-timeout-in-bulk", "... of a row among many that are inserted", claims::statement_deadlines,
         deadline_ends_waiting_in_bulk},
        {"errors/deadline-in-batch", "a batch's deadline ends the statement that runs then", claims::statement_deadlines,
         deadline_ends_batch},
        {"errors/deadline-in-stream", "a deadline ends a result that is being streamed", claims::statement_deadlines, deadline_ends_stream},
        {"errors/stop-token-in-stream", "a stop token ends a result that is being streamed", claims::cancel, stop_token_ends_stream},
        {"errors/cancel-in-stream", "another thread's cancel ends a result that is being streamed", claims::cancel, cancel_ends_stream},
        {"errors/cancel", "another thread cancels a running statement: cancelled, soon, and the connection works on", claims::cancel,
         cancel_ends_statement},
        {"errors/cancel-in-transaction", "the transaction of a cancelled statement can be rolled back", claims::cancel,
         cancelled_transaction_can_be_undone},
        {"errors/stop-token", "a stop token cancels a running statement", claims::cancel, stop_token_ends_statement},
        {"errors/stop-token-before", "a statement that is stopped before it begins does nothing", claims::cancel, stop_before_runs_nothing},
        {"errors/cancel-nothing", "cancelling where nothing runs harms neither now nor later", {}, cancel_of_nothing_is_harmless},
    };
}

}  // namespace azoth::conformance
