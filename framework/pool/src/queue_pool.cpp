#include "queue_pool.hpp"

#include "coarse_clock.hpp"

#include <azoth/base/error.hpp>

#include <algorithm>
#include <optional>

namespace azoth::detail {

queue_pool::queue_pool(connector open, pool_options options, pool_events events, limits most)
    : tracked_pool{std::move(open), options, std::move(events), most.open == without_limit ? reuse::no : reuse::yes}, most_{most} {}

slot* queue_pool::acquire(const request& by) {
    {
        const std::lock_guard lock{mutex_};
        throw_if_closed();
        if (is_any_free()) {
            if (line_.empty()) [[likely]]
                return take_free(by, by.now);
            if (may_overtake(by)) {
                ++overtaken_;
                return take_free(by, by.now);
            }
        }
    }
    return wait_for_turn(by);
}

bool queue_pool::may_overtake(const request& by) const noexcept {
    return overtaken_ < always_overtaking || (overtaken_ < most_overtaking && by.now - first_since_ < overtaking_time);
}

slot* queue_pool::take_free(const request& by, std::chrono::steady_clock::time_point now) {
    slot* s = first_;
    if (!s) {
        ++reserved_;
        return nullptr;
    }
    hold(*s, by, now);
    unlink(*s);
    return s;
}

slot* queue_pool::wait_for_turn(const request& by) {
    waiting_thread me;
    const auto began = deadline::clock::now();
    const deadline until = end_of_wait(by, began);
    const auto cancel = [&] {
        const std::lock_guard lock{mutex_};
        me.cancelled = true;
        me.ready.notify_one();
    };
    // Made and destroyed without the mutex, which `cancel` takes.
    std::optional<std::stop_callback<decltype(cancel)>> on_stop;
    if (by.stop.stop_possible()) on_stop.emplace(by.stop, cancel);

    std::unique_lock lock{mutex_};
    if (line_.empty()) first_since_ = coarse_now();
    line_.join(me);
    for (bool is_late = false;;) {
        const bool is_last_look = is_late || me.cancelled;
        if (is_closed()) {
            leave_line(me);
            throw_if_closed();
        }
        if (is_any_free() && (line_.first() == &me || is_last_look)) {
            leave_line(me);
            slot* s = take_free(by, coarse_now());
            wake();
            return s;
        }
        if (is_last_look) {
            leave_line(me);
            if (me.cancelled) throw_error(errc::cancelled, "the wait for a connection was cancelled");
            throw_exhausted(lock, began);
        }
        me.called = false;
        is_late = me.ready.wait_until(lock, until.at()) == std::cv_status::timeout;
    }
}

deadline queue_pool::end_of_wait(const request& by, deadline::clock::time_point began) const {
    constexpr std::chrono::hours longest{24 * 365};  // more would overflow the clock
    const deadline own{began + std::min<std::chrono::milliseconds>(options_.timeout, longest)};
    return by.until.at() < own.at() ? by.until : own;
}

void queue_pool::leave_line(waiting_thread& me) noexcept {
    if (line_.first() == &me) {
        overtaken_ = 0;
        first_since_ = coarse_now();
    }
    line_.leave(me);
}

void queue_pool::throw_exhausted(std::unique_lock<std::mutex>& lock, deadline::clock::time_point began) {
    ++counted_.timeouts;
    shortage s{.out = counted_.checked_out, .changing = reserved_, .others_waiting = line_.size(), .holders = holdings()};
    lock.unlock();
    s.waited = deadline::clock::now() - began;
    sort_by_time(s.holders);
    throw_error(errc::pool_exhausted, exhausted_message(options_, s));
}

bool queue_pool::keep(slot& s) noexcept {
    if (idle_ >= most_.kept && idle_ - most_.kept >= line_.size()) return false;
    ++idle_;
    if (options_.lifo) {
        s.before = nullptr;
        s.behind = first_;
        (first_ ? first_->before : last_) = &s;
        first_ = &s;
    } else {
        s.behind = nullptr;
        s.before = last_;
        (last_ ? last_->behind : first_) = &s;
        last_ = &s;
    }
    if (!line_.empty()) line_.call_first();
    return true;
}

void queue_pool::leaves(slot& s) noexcept {
    if (!s.out) unlink(s);
}

void queue_pool::unlink(slot& s) noexcept {
    (s.before ? s.before->behind : first_) = s.behind;
    (s.behind ? s.behind->before : last_) = s.before;
    --idle_;
}

void queue_pool::wake() noexcept {
    if (!line_.empty() && is_any_free()) line_.call_first();
}

void queue_pool::forget() noexcept {
    first_ = last_ = nullptr;
    idle_ = 0;
    line_ = {};
    overtaken_ = 0;
}

}  // namespace azoth::detail
