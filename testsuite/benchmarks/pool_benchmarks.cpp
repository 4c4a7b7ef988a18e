#include "harness.hpp"

#include <azoth/azoth.hpp>
#include <azoth/pool/pool.hpp>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace az = azoth;

namespace bench {
namespace {

constexpr std::size_t alone = 500'000;
constexpr std::size_t threads = 8;
constexpr std::size_t each = 20'000;
constexpr std::size_t shared = 4;

/// What a pool is at its simplest: the connections behind a mutex, and a condition to wait on.
class plain_pool {
public:
    explicit plain_pool(std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) free_.push_back(std::make_unique<int>(0));
    }
    std::unique_ptr<int> take() {
        std::unique_lock lock{mutex_};
        free_again_.wait(lock, [&] { return !free_.empty(); });
        auto one = std::move(free_.back());
        free_.pop_back();
        return one;
    }
    void give_back(std::unique_ptr<int> one) {
        {
            const std::scoped_lock lock{mutex_};
            free_.push_back(std::move(one));
        }
        free_again_.notify_one();
    }

private:
    std::mutex mutex_{};
    std::condition_variable free_again_{};
    std::vector<std::unique_ptr<int>> free_{};
};

/// Connections to SQLite in memory: the pool's own work is what is measured.
std::shared_ptr<az::pool> make_pool(std::size_t size) {
    const auto dialect = az::dialect_registry::instance().find("sqlite");
    const auto target = std::make_shared<const az::url>(az::url::parse("sqlite://"));
    az::pool_options options;
    options.size = size;
    options.overflow = 0;
    return az::pool::create(
        [=](const az::deadline& until) {
            const az::connect_args args{*target, az::blocking_waiter(), until, {}};
            return dialect->connect(args);
        },
        options);
}

double alone_ours(az::pool& pool) {
    return time_of(alone, [&] {
        for (std::size_t i = 0; i < alone; ++i) keep(pool.checkout());
    });
}

double alone_plain(plain_pool& pool) {
    return time_of(alone, [&] {
        for (std::size_t i = 0; i < alone; ++i) {
            auto one = pool.take();
            keep(one);
            pool.give_back(std::move(one));
        }
    });
}

/// Some work while the connection is out, the same for both.
void work() {
    for (int i = 0; i < 100; ++i) keep(i);
}

template <class Once>
double contended(Once&& once) {
    return time_of(threads * each, [&] {
        std::vector<std::jthread> running;
        for (std::size_t t = 0; t < threads; ++t)
            running.emplace_back([&] {
                for (std::size_t i = 0; i < each; ++i) once();
            });
    });
}

}  // namespace

std::vector<benchmark> pool_benchmarks() {
    const auto ours = make_pool(shared);
    const auto plain = std::make_shared<plain_pool>(shared);
    return {
        {"pool: checkout and checkin, alone", [=] { return alone_ours(*ours); }, {}, 60},
        {"pool: the same beside a mutex and a vector", [=] { return alone_ours(*ours); }, [=] { return alone_plain(*plain); }},
        {"pool: 8 threads on 4 connections",
         [=] {
             return contended([&] {
                 const auto lease = ours->checkout();
                 work();
             });
         },
         [=] {
             return contended([&] {
                 auto one = plain->take();
                 work();
                 plain->give_back(std::move(one));
             });
         },
         1.5},
    };
}

}  // namespace bench
