#include "harness.hpp"
#include "plain_pool.hpp"

#include <memory>
#include <thread>
#include <vector>

namespace az = azoth;

namespace bench {
namespace {

constexpr std::size_t alone = 500'000;
constexpr std::size_t threads = 8;
constexpr std::size_t each = 20'000;
constexpr std::size_t shared = 4;

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

template <class Pool>
double contended(Pool& pool) {
    return time_of(threads * each, [&] {
        std::vector<std::jthread> running;
        for (std::size_t t = 0; t < threads; ++t)
            running.emplace_back([&] {
                for (std::size_t i = 0; i < each; ++i) borrow(pool);
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
        {"pool: 8 threads on 4 connections", [=] { return contended(*ours); }, [=] { return contended(*plain); }, 1.5},
    };
}

}  // namespace bench
