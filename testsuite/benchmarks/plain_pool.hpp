#pragma once

#include "harness.hpp"

#include <azoth/azoth.hpp>
#include <azoth/pool/pool.hpp>

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace bench {

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

/// Some work while the connection is out, the same for both.
inline void use_connection() {
    for (int i = 0; i < 100; ++i) keep(i);
}

inline void borrow(azoth::pool& from) {
    const auto lease = from.checkout();
    use_connection();
}

inline void borrow(plain_pool& from) {
    auto one = from.take();
    use_connection();
    from.give_back(std::move(one));
}

/// Connections to SQLite in memory: the pool's own work is what is measured.
inline std::shared_ptr<azoth::pool> make_pool(std::size_t size) {
    const auto dialect = azoth::dialect_registry::instance().find("sqlite");
    const auto target = std::make_shared<const azoth::url>(azoth::url::parse("sqlite://"));
    azoth::pool_options options;
    options.size = size;
    options.overflow = 0;
    return azoth::pool::create(
        [=](const azoth::deadline& until) {
            const azoth::connect_args args{*target, azoth::blocking_waiter(), until, {}};
            return dialect->connect(args);
        },
        options);
}

}  // namespace bench
