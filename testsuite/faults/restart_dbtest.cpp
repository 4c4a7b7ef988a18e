// The server itself goes away, under a busy pool.
#include "fault_support.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

namespace {

using namespace faults;
using namespace std::chrono_literals;

/// What happened to the rows that the threads tried to insert.
struct ledger {
    std::mutex mutex{};
    std::set<std::int64_t> committed{};
    std::set<std::int64_t> undone{};   ///< failed before the commit
    std::set<std::int64_t> unknown{};  ///< the commit failed: the server may have done it, and not have been able to say so
    std::vector<std::string> strange{};

    void note(std::set<std::int64_t>& where, std::int64_t id) {
        const std::scoped_lock lock{mutex};
        where.insert(id);
    }
};

bool is_expected(const az::error& e) {
    return e.is_disconnect() || e.code() == az::errc::connect_failed || e.code() == az::errc::pool_exhausted;
}

void insert_one(const az::engine& engine, const numbers_table& t, std::int64_t id, ledger& book) {
    bool committing = false;
    try {
        auto c = engine.connect();
        auto transaction = c.begin();
        c.execute(t.add(id, 0));
        committing = true;
        transaction.commit();
        book.note(book.committed, id);
    } catch (const az::error& e) {
        book.note(committing ? book.unknown : book.undone, id);
        if (!is_expected(e)) {
            const std::scoped_lock lock{book.mutex};
            book.strange.emplace_back(e.what());
        }
        std::this_thread::sleep_for(5ms);
    }
}

}  // namespace

TEST_CASE("the server is restarted under eight threads: the pool recovers, and every row is where its commit says") {
    on_each([](const target& on) {
        for (const char* mode : {"fast", "crash"}) {
            INFO("restart " << mode);
            const numbers_table t{on};
            const auto engine = on.open({.pool = {.size = 8, .overflow = 0, .timeout = 2s}, .pool_kind_said = true, .connect_timeout = 1s});
            ledger book;
            std::atomic<std::int64_t> next{0};
            std::atomic<bool> over{false};
            std::vector<std::thread> threads;
            for (int i = 0; i < 8; ++i)
                threads.emplace_back([&] {
                    while (!over) insert_one(engine, t, ++next, book);
                });
            std::this_thread::sleep_for(300ms);
            support::control_servers("restart " + on.server().name + " --mode " + mode);
            const auto committed_then = [&] {
                const std::scoped_lock lock{book.mutex};
                return book.committed.size();
            };
            const std::size_t at_restart = committed_then();
            const auto patience = std::chrono::steady_clock::now() + 20s;
            while (committed_then() < at_restart + 50 && std::chrono::steady_clock::now() < patience) std::this_thread::sleep_for(20ms);
            over = true;
            for (auto& thread : threads) thread.join();

            CHECK(at_restart > 0);
            CHECK(book.committed.size() >= at_restart + 50);
            CHECK(book.undone.size() + book.unknown.size() > 0);
            CHECK(book.strange == std::vector<std::string>{});
            const auto there = t.ids();
            const std::set<std::int64_t> stored(there.begin(), there.end());
            for (const std::int64_t id : book.committed) CHECK(stored.contains(id));
            for (const std::int64_t id : book.undone) CHECK_FALSE(stored.contains(id));
            const auto metrics = engine.pool().metrics();
            CHECK(metrics.checked_out == 0);
            CHECK(metrics.open <= 8);
        }
    });
}

TEST_CASE("while the server is away, connecting says so; afterwards it works") {
    on_each([](const target& on) {
        const auto engine = on.open({.connect_timeout = 2s});
        { (void)engine.connect(); }
        support::control_servers("stop " + on.server().name);
        const auto e = thrown<az::operational_error>([&] {
            auto c = engine.connect();
            (void)c.execute(az::text("SELECT 1"));
        });
        CHECK((e.is_disconnect() || e.code() == az::errc::connect_failed));
        CHECK(thrown<az::operational_error>([&] { (void)engine.connect(); }).code() == az::errc::connect_failed);
        support::control_servers("start " + on.server().name);
        CHECK(engine.connect().execute(az::text("SELECT 1")).scalar<int>() == 1);
    });
}
