#include <azoth/pool/pool.hpp>

#include "per_thread_pool.hpp"
#include "queue_pool.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

namespace azoth {
namespace {

using detail::per_thread_pool;
using detail::queue_pool;
using detail::tracked_pool;

void check(const pool::connector& open, const pool_options& options) {
    if (!open) throw_error(errc::invalid_argument, "the pool's connector is empty: give a function that opens a connection");
    if (options.kind == pool_kind::queue && options.size == 0 && options.overflow == 0)
        throw_error(errc::invalid_argument, "a pool with size 0 and overflow 0 never has a connection: raise one, or take pool_kind::null");
    if (options.timeout.count() < 0)
        throw_error(errc::invalid_argument,
                    fmt::format("the pool's timeout of {} ms is negative: 0 means not to wait", options.timeout.count()));
    if (options.recycle.count() < 0)
        throw_error(errc::invalid_argument, fmt::format("the pool's recycle of {} s is negative: 0 means never", options.recycle.count()));
}

std::size_t sum(std::size_t a, std::size_t b) noexcept {
    constexpr std::size_t most = queue_pool::without_limit - 1;
    return a > most || b > most - a ? most : a + b;
}

/// Leases do not count as owners, which would cost each of them two atomic operations on a line that all threads share: the pool itself
/// waits for them.
std::shared_ptr<pool> share(std::unique_ptr<tracked_pool> made) {
    return {made.release(), [](tracked_pool* p) { tracked_pool::let_go(std::unique_ptr<tracked_pool>{p}); }};
}

}  // namespace

pool::pool(connector open, pool_options options, pool_events events)
    : open_{std::move(open)}, options_{options}, events_{std::move(events)} {}

pool::~pool() = default;

std::shared_ptr<pool> pool::create(connector open, pool_options options, pool_events events) {
    check(open, options);
    queue_pool::limits most{};
    switch (options.kind) {
        case pool_kind::queue: most = {options.size, sum(options.size, options.overflow)}; break;
        case pool_kind::null: most = {0, queue_pool::without_limit}; break;
        case pool_kind::shared:
            options.recycle = {};
            options.pre_ping = false;
            most = {1, 1};
            break;
        case pool_kind::per_thread: return share(std::make_unique<per_thread_pool>(std::move(open), options, std::move(events)));
    }
    return share(std::make_unique<queue_pool>(std::move(open), options, std::move(events), most));
}

lease pool::checkout(const deadline& until, const stop_token& stop) { return lease{*this, take({}, until, stop)}; }

lease pool::checkout(std::string_view holder, const deadline& until, const stop_token& stop) {
    return lease{*this, take(holder, until, stop)};
}

}  // namespace azoth
