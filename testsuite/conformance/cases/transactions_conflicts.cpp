#include "bank.hpp"
#include "claims.hpp"
#include "expect.hpp"
#include "parts.hpp"

#include <fmt/format.h>

#include <atomic>
#include <functional>
#include <future>

namespace azoth::conformance {
namespace {

using work = std::function<void(connection&)>;

retry_options patient(isolation_level level) {
    retry_options options;
    options.attempts = 20;
    options.transaction = at(level);
    return options;
}

/// Runs both at the same time, each in one transaction, and tells what they ended with.
std::pair<std::optional<error>, std::optional<error>> run_both(const context& on, isolation_level level, const work& a, const work& b) {
    const auto once = [&](const work& w) { return failure_of([&] { on.engine().begin(w, at(level)); }); };
    auto beside = std::async(std::launch::async, [&] { return once(b); });
    auto first = once(a);
    return {std::move(first), beside.get()};
}

void run_both_until_done(const context& on, isolation_level level, const work& a, const work& b) {
    auto beside = std::async(std::launch::async, [&] { on.engine().run_transaction(b, patient(level)); });
    on.engine().run_transaction(a, patient(level));
    beside.get();
}

void check_retryable(const std::optional<error>& e) {
    if (!e) return;
    INFO(e->what());
    CHECK(e->is_retryable());
    CHECK_FALSE(e->is_disconnect());
    CHECK((e->code() == errc::serialization || e->code() == errc::deadlock || e->code() == errc::locked));
}

/// Takes 150 from an account where both together allow it: two that look at the same time must not both do it.
work withdrawing(const bank& b, meeting& both, std::int64_t from) {
    return [&b, &both, from](connection& c) {
        const auto sum = b.balance(c, 1) + b.balance(c, 2);
        both.arrive();
        if (sum >= 150) b.add(c, from, -150);
    };
}

void write_skew_is_refused(context& on) {
    needs_more_connections(on);
    const bank b{on};
    meeting both;
    const auto [a, z] = run_both(on, isolation_level::serializable, withdrawing(b, both, 1), withdrawing(b, both, 2));
    check_retryable(a);
    check_retryable(z);
    const std::string left = b.seen();
    CHECK((left == "1:-50 2:100" || left == "1:100 2:-50"));
}

void write_skew_is_retried(context& on) {
    needs_more_connections(on);
    const bank b{on};
    meeting both;
    run_both_until_done(on, isolation_level::serializable, withdrawing(b, both, 1), withdrawing(b, both, 2));
    const std::string left = b.seen();
    CHECK((left == "1:-50 2:100" || left == "1:100 2:-50"));
}

/// Reads a balance and writes a new one: what the other one did in between must not be overwritten.
work depositing(const bank& b, meeting& both) {
    return [&b, &both](connection& c) {
        const auto balance = b.balance(c, 1);
        both.arrive();
        b.set(c, 1, balance + 10);
    };
}

void lost_update_is_refused(context& on) {
    needs_more_connections(on);
    const bank b{on};
    meeting both;
    const auto [a, z] = run_both(on, isolation_level::serializable, depositing(b, both), depositing(b, both));
    check_retryable(a);
    check_retryable(z);
    CHECK_FALSE((a && z));
    CHECK(b.seen() == fmt::format("1:{} 2:100", 100 + (a ? 0 : 10) + (z ? 0 : 10)));
}

void lost_update_is_retried(context& on) {
    needs_more_connections(on);
    const bank b{on};
    meeting both;
    run_both_until_done(on, isolation_level::serializable, depositing(b, both), depositing(b, both));
    CHECK(b.seen() == "1:120 2:100");
}

work moving(const bank& b, meeting& both, std::int64_t first, std::int64_t second, std::int64_t amount) {
    return [&b, &both, first, second, amount](connection& c) {
        b.add(c, first, amount);
        both.arrive();
        b.add(c, second, amount);
    };
}

void deadlock_ends(context& on) {
    needs_more_connections(on);
    const bank b{on};
    meeting both;
    const stopwatch time;
    const auto [a, z] = run_both(on, isolation_level::database_default, moving(b, both, 1, 2, 1), moving(b, both, 2, 1, 10));
    CHECK(time.elapsed() < std::chrono::seconds{20});
    check_retryable(a);
    check_retryable(z);
    CHECK_FALSE((a && z));
    const int sum = 100 + (a ? 0 : 1) + (z ? 0 : 10);
    CHECK(b.seen() == fmt::format("1:{0} 2:{0}", sum));
}

void deadlock_is_retried(context& on) {
    needs_more_connections(on);
    const bank b{on};
    meeting both;
    run_both_until_done(on, isolation_level::database_default, moving(b, both, 1, 2, 1), moving(b, both, 2, 1, 10));
    CHECK(b.seen() == "1:111 2:111");
}

void many_writers_lose_nothing(context& on) {
    needs_more_connections(on);
    const bank b{on};
    std::vector<std::future<void>> writers;
    for (int i = 0; i < 4; ++i)
        writers.push_back(std::async(std::launch::async, [&] {
            for (int n = 0; n < 5; ++n)
                on.engine().run_transaction([&](connection& c) { b.add(c, 1, 1); }, patient(isolation_level::database_default));
        }));
    for (auto& w : writers) w.get();
    CHECK(b.seen() == "1:120 2:100");
}

void violation_is_not_retried(context& on) {
    const bank b{on};
    int runs = 0;
    const auto e = thrown<unique_violation>([&] {
        on.engine().run_transaction([&](connection& c) {
            ++runs;
            b.open(c, 3);
            b.open(c, 1);
        });
    });
    CHECK_FALSE(e.is_retryable());
    CHECK(runs == 1);
    connection c = on.connect();
    CHECK(b.content(c) == bank::untouched);
}

}  // namespace

std::vector<test_case> areas::parts::conflicts() {
    constexpr claim serializable = claims::isolation<isolation_level::serializable>;
    return {
        {"transactions/write-skew-refused", "of two that each break what the other relied on, SERIALIZABLE lets one through", serializable,
         write_skew_is_refused},
        {"transactions/write-skew-retried", "run_transaction lets the second one see what the first one did", serializable,
         write_skew_is_retried},
        {"transactions/lost-update-refused", "SERIALIZABLE loses no update: who would overwrite one gets a retryable error", serializable,
         lost_update_is_refused},
        {"transactions/lost-update-retried", "run_transaction brings both updates to success", serializable, lost_update_is_retried},
        {"transactions/deadlock", "of two that wait for each other one gets a retryable error, and nothing of it stays", {}, deadlock_ends},
        {"transactions/deadlock-retried", "run_transaction brings both to success", {}, deadlock_is_retried},
        {"transactions/many-writers", "four threads that change one row lose nothing", {}, many_writers_lose_nothing},
        {"transactions/violation-not-retried", "run_transaction does not repeat what cannot succeed", {}, violation_is_not_retried},
    };
}

}  // namespace azoth::conformance
