#pragma once

#include "tracked_pool.hpp"
#include "wait_line.hpp"

#include <cstddef>
#include <limits>

namespace azoth::detail {

/// Keeps some connections, opens some more under load, and lets callers wait beyond that. Also the null pool (keeps none, opens without
/// limit) and the shared one (keeps one, opens no more).
///
/// A connection that comes back is free for all, and whoever has waited longest is called. A thread that is awake takes it sooner than one
/// that must be woken, which is what makes a busy pool fast; so newcomers may overtake. They may do so `always_overtaking` times, and up to
/// `most_overtaking` times where that takes no longer than `overtaking_time`: waking a thread costs as much as a hundred brief loans, but
/// only one of those that last for a query. Then the next connection is the longest waiter's.
class queue_pool final : public tracked_pool {
public:
    struct limits {
        std::size_t kept;
        std::size_t open;
    };
    static constexpr std::size_t without_limit = std::numeric_limits<std::size_t>::max();
    static constexpr unsigned always_overtaking = 16;
    static constexpr unsigned most_overtaking = 1024;
    static constexpr std::chrono::milliseconds overtaking_time{4};

    queue_pool(connector open, pool_options options, pool_events events, limits most);

private:
    slot* acquire(const request& by) override;
    bool keep(slot& s) noexcept override;
    void leaves(slot& s) noexcept override;
    void wake() noexcept override;
    void wake_all() noexcept override { line_.call_all(); }
    void forget() noexcept override;
    [[nodiscard]] std::size_t waiting() const noexcept override { return line_.size(); }

    [[nodiscard]] bool is_any_free() const noexcept { return first_ || places() < most_.open; }
    void unlink(slot& s) noexcept;
    slot* take_free(const request& by, std::chrono::steady_clock::time_point now);
    [[nodiscard]] bool may_overtake(const request& by) const noexcept;
    slot* wait_for_turn(const request& by);
    [[nodiscard]] deadline end_of_wait(const request& by, deadline::clock::time_point began) const;
    void leave_line(waiting_thread& me) noexcept;
    [[noreturn]] void throw_exhausted(std::unique_lock<std::mutex>& lock, deadline::clock::time_point began);

    const limits most_;
    slot* first_{};  ///< idle; the next to be handed out
    slot* last_{};
    std::size_t idle_{};
    wait_line line_{};
    unsigned overtaken_{};  ///< how often, since the first in line became the first
    std::chrono::steady_clock::time_point first_since_{};
};

}  // namespace azoth::detail
