#include "tracked_pool.hpp"

#include "coarse_clock.hpp"

#include <azoth/base/error.hpp>
#include <azoth/base/thrown.hpp>

#include <exception>

namespace azoth {

bool is_inherited(const pooled_connection& connection) noexcept {
    return static_cast<const detail::slot&>(connection).epoch != detail::fork_epoch();
}

}  // namespace azoth

namespace azoth::detail {
namespace {

constexpr std::chrono::seconds longest_ping{5};

/// Events that cannot refuse anything must not harm anything either.
template <class F>
void quietly(F&& tell) noexcept {
    try {
        tell();
    } catch (...) {}
}

}  // namespace

tracked_pool::tracked_pool(connector open, pool_options options, pool_events events, reuse keeps)
    : pool{std::move(open), options, std::move(events)}, keeps_{keeps}, looks_{options.pre_ping || options.recycle.count() > 0} {}

tracked_pool::~tracked_pool() {
    // Leases keep the pool alive, so these are idle, or a parent's.
    for (auto* connections : {&all_, &inherited_})
        for (auto& s : *connections) is_inherited(s) ? abandon(s) : end(s, {});
}

void tracked_pool::let_go(std::unique_ptr<tracked_pool> last) noexcept {
    last->start_anew_after_fork();
    const std::lock_guard lock{last->mutex_};
    last->is_let_go_ = true;
    if (!last->is_over()) (void)last.release();
}

pooled_connection* tracked_pool::take(std::string_view holder, const deadline& until, const stop_token& stop) {
    if (stop.stop_requested()) throw_error(errc::cancelled, "the wait for a connection was cancelled before it began");
    start_anew_after_fork();
    const request by{holder, until, stop, coarse_now()};
    slot* s = acquire(by);
    if (s && (s->stale || looks_) && !is_usable(*s, by)) {
        retire(*s);
        s = nullptr;
    }
    if (!s) s = open_reserved(by);
    if (events_.checkout) tell_checkout(*s);
    return s;
}

bool tracked_pool::is_usable(slot& s, const request& by) {
    if (s.stale) {
        s.reason = "its generation was invalidated";
        return false;
    }
    if (options_.recycle.count() > 0 && by.now - s.created >= options_.recycle) return false;  // old, not bad: no reason
    if (!options_.pre_ping) return true;
    try {
        const auto longest = deadline::after(longest_ping);
        s.driver->ping(by.until.at() < longest.at() ? by.until : longest);
        return true;
    } catch (...) {
        s.reason = what_was_thrown();
        return false;
    }
}

/// The place stays reserved for the caller.
void tracked_pool::retire(slot& s) noexcept {
    std::list<slot> dead;
    {
        const std::lock_guard lock{mutex_};
        --counted_.checkouts;
        if (!s.reason.empty()) ++counted_.invalidated;
        move_out(s, dead);
    }
    end(s, s.reason);
}

slot* tracked_pool::open_reserved(const request& by) {
    std::list<slot> fresh;
    try {
        slot& s = fresh.emplace_back();
        s.generation = generation_.load(std::memory_order_relaxed);
        s.epoch = fork_epoch();
        s.driver = connect(by.until);
        s.created = coarse_now();
        s.id = next_id_.fetch_add(1, std::memory_order_relaxed);
        if (events_.connect) events_.connect(s);
        const std::lock_guard lock{mutex_};
        throw_if_closed();
        hold(s, by, s.created);
        all_.splice(all_.end(), fresh);
        s.self = std::prev(all_.end());
        --reserved_;
        ++counted_.opened;
        joins(s);
        return &s;
    } catch (...) {
        refuse_new(fresh);
        throw;
    }
}

std::unique_ptr<driver_connection> tracked_pool::connect(const deadline& until) {
    auto driver = open_(until);
    if (!driver) throw_error(errc::internal, "the pool's connector returned no connection: it must return one or throw");
    return driver;
}

void tracked_pool::refuse_new(std::list<slot>& fresh) noexcept {
    const bool is_open = !fresh.empty() && fresh.front().driver;
    if (is_open) end(fresh.front(), {});
    const std::lock_guard lock{mutex_};
    if (is_open) {
        ++counted_.opened;
        ++counted_.closed;
    }
    --reserved_;
    wake();
}

void tracked_pool::tell_checkout(slot& s) {
    try {
        events_.checkout(s);
    } catch (...) {
        {
            const std::lock_guard lock{mutex_};
            --counted_.checkouts;
        }
        discard(&s, what_was_thrown(), false);
        throw;
    }
}

void tracked_pool::give_back(pooled_connection* connection) noexcept {
    slot& s = static_cast<slot&>(*connection);
    if (is_inherited(s)) [[unlikely]]
        return abandon_inherited(s);
    bool is_kept = clean(s);
    bool is_last = false;
    if (is_kept) [[likely]] {
        const std::lock_guard lock{mutex_};
        if (!closed_ && s.generation == generation_.load(std::memory_order_relaxed) && keep(s)) [[likely]] {
            s.out = false;
            --counted_.checked_out;
            is_last = is_over();
        } else {
            is_kept = false;
        }
    }
    if (!is_kept) [[unlikely]]
        put_away(s);
    else if (is_last) [[unlikely]] end_pool();
}

/// Closes a connection that came back and does not stay.
void tracked_pool::put_away(slot& s) noexcept {
    std::list<slot> dead;
    {
        const std::lock_guard lock{mutex_};
        const auto generation = generation_.load(std::memory_order_relaxed);
        if (s.disconnected && s.generation == generation) generation_.store(generation + 1, std::memory_order_relaxed);
        if (s.reason.empty() && s.generation != generation) s.reason = "its generation was invalidated";
        if (!s.reason.empty()) ++counted_.invalidated;
        move_out(s, dead);
    }
    bury(dead, s.reason);
}

/// Whether the connection may be handed out again.
bool tracked_pool::clean(slot& s) noexcept {
    try {
        if (s.disconnected) s.reason = "its server went away";
        else if (s.invalid) s.reason = "it was marked as invalid";
        else if (keeps_ == reuse::yes && !reset(s)) s.reason = "it could not be reset";
    } catch (...) {
        s.reason = what_was_thrown();
    }
    if (events_.checkin) tell_checkin(s);
    return s.reason.empty();
}

void tracked_pool::tell_checkin(slot& s) noexcept {
    try {
        events_.checkin(s);
    } catch (...) {
        if (s.reason.empty()) s.reason = what_was_thrown();
    }
}

bool tracked_pool::reset(slot& s) {
    if (events_.reset) {
        if (!events_.reset(s)) return false;
    } else {
        if (s.driver->in_transaction()) s.driver->rollback();
        if (s.dirty && !s.driver->reset()) return false;
    }
    s.dirty = false;
    return !s.driver->in_transaction();
}

void tracked_pool::discard(pooled_connection* connection, const std::string& reason, bool all) noexcept {
    slot& s = static_cast<slot&>(*connection);
    if (is_inherited(s)) return abandon_inherited(s);
    std::list<slot> dead;
    {
        const std::lock_guard lock{mutex_};
        const auto generation = generation_.load(std::memory_order_relaxed);
        // One lost server is found out by many: the first one's word counts, and what was opened since stays.
        if (all && s.generation == generation) generation_.store(generation + 1, std::memory_order_relaxed);
        ++counted_.invalidated;
        move_out(s, dead);
    }
    bury(dead, reason.empty() ? "no reason was given" : reason);
}

std::unique_ptr<driver_connection> tracked_pool::take_out(pooled_connection* connection) {
    slot& s = static_cast<slot&>(*connection);
    if (is_inherited(s)) {
        abandon_inherited(s);
        throw_error(errc::misuse,
                    "a connection that the parent process opened cannot be detached in its forked child: check out a new one");
    }
    std::list<slot> gone;
    {
        const std::lock_guard lock{mutex_};
        move_out(s, gone);
    }
    s.extra.reset();
    auto driver = std::move(s.driver);
    free_places(1);
    return driver;
}

void tracked_pool::move_out(slot& s, std::list<slot>& to) noexcept {
    leaves(s);
    if (s.out) --counted_.checked_out;
    s.out = false;
    to.splice(to.end(), all_, s.self);
    ++reserved_;
    ++counted_.closed;
}

void tracked_pool::bury(std::list<slot>& dead, const std::string& reason) noexcept {
    if (dead.empty()) return;
    for (auto& s : dead) end(s, reason);
    free_places(dead.size());
}

void tracked_pool::free_places(std::size_t count) noexcept {
    bool is_last = false;
    {
        const std::lock_guard lock{mutex_};
        reserved_ -= count;
        wake();
        is_last = is_over();
    }
    if (is_last) end_pool();
}

/// `reason`: why it was invalidated; empty where it was not.
void tracked_pool::end(slot& s, const std::string& reason) noexcept {
    if (!reason.empty() && events_.invalidate) quietly([&] { events_.invalidate(s, reason); });
    if (events_.close) quietly([&] { events_.close(s); });
    s.extra.reset();
    s.driver->close();
    s.driver.reset();
}

void tracked_pool::close_idle(std::list<slot>& to) noexcept {
    for (auto it = all_.begin(); it != all_.end();) {
        slot& s = *it++;
        if (!s.out) move_out(s, to);
    }
}

void tracked_pool::invalidate_all(const std::string& reason) {
    start_anew_after_fork();
    std::list<slot> dead;
    {
        const std::lock_guard lock{mutex_};
        generation_.fetch_add(1, std::memory_order_relaxed);
        close_idle(dead);
        counted_.invalidated += dead.size();
    }
    bury(dead, reason.empty() ? "no reason was given" : reason);
}

void tracked_pool::close() {
    start_anew_after_fork();
    std::list<slot> dead;
    {
        const std::lock_guard lock{mutex_};
        closed_ = true;
        close_idle(dead);
        wake_all();
    }
    bury(dead, {});
}

void tracked_pool::throw_if_closed() const {
    if (closed_) throw_error(errc::closed, "the connection pool is closed: create a new engine or pool to connect again");
}

void tracked_pool::abandon(slot& s) noexcept {
    // First of all: what `extra` holds on the server is the parent's too.
    s.driver->abandon();
    s.extra.reset();
    s.driver.reset();
}

void tracked_pool::abandon_inherited(slot& s) noexcept {
    start_anew_after_fork();
    bool is_last = false;
    std::list<slot> gone;
    {
        const std::lock_guard lock{mutex_};
        gone.splice(gone.end(), inherited_, s.self);
        is_last = is_over();
    }
    abandon(s);
    if (is_last) end_pool();
}

void tracked_pool::start_anew() noexcept {
    const auto now = fork_epoch();
    std::list<slot> idle;
    {
        const std::lock_guard lock{mutex_};
        if (epoch_.load(std::memory_order_relaxed) == now) return;
        forget();
        for (auto it = all_.begin(); it != all_.end();) {
            const auto next = std::next(it);
            auto& to = it->out ? inherited_ : idle;
            to.splice(to.end(), all_, it);
            it = next;
        }
        reserved_ = 0;
        counted_ = {};
        epoch_.store(now, std::memory_order_release);
    }
    for (auto& s : idle) abandon(s);
}

pool_metrics tracked_pool::metrics() const {
    if (epoch_.load(std::memory_order_acquire) != fork_epoch()) return {};
    const std::lock_guard lock{mutex_};
    pool_metrics all = counted_;
    all.open = all_.size();
    all.waiting = waiting();
    return all;
}

std::vector<holding> tracked_pool::holdings() const {
    std::vector<holding> holders;
    const auto now = coarse_now();
    for (const auto& s : all_)
        if (s.out) holders.push_back({s.id, s.holder, s.thread, now - s.since});
    return holders;
}

std::string tracked_pool::describe_holders() const {
    if (epoch_.load(std::memory_order_acquire) != fork_epoch()) return {};
    std::vector<holding> holders;
    {
        const std::lock_guard lock{mutex_};
        holders = holdings();
    }
    sort_by_time(holders);
    std::string text;
    for (const auto& h : holders) text += describe(h) + '\n';
    return text;
}

}  // namespace azoth::detail
