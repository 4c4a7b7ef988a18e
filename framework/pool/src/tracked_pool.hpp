#pragma once

#include "fork_guard.hpp"
#include "holders.hpp"
#include "slot.hpp"

#include <azoth/pool/pool.hpp>

#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::detail {

/// What a caller wants.
struct request {
    std::string_view holder;
    const deadline& until;
    const stop_token& stop;
    std::chrono::steady_clock::time_point now;  ///< coarse
};

/// What all kinds of pools have in common: who holds what, the connections' lives, generations, forks, counters. A kind decides which
/// connection is handed out, and which stays. The mutex is held for moments only: never while anything is opened, closed, reset or
/// pinged, nor while an event runs.
class tracked_pool : public pool {
public:
    ~tracked_pool() override;
    /// The pool's last owner has gone. It ends now, or with the last connection that is out.
    static void let_go(std::unique_ptr<tracked_pool> last) noexcept;

    [[nodiscard]] pool_metrics metrics() const final;
    [[nodiscard]] std::string describe_holders() const final;
    void invalidate_all(const std::string& reason) final;
    void close() final;

protected:
    enum class reuse : unsigned char { yes, no };
    tracked_pool(connector open, pool_options options, pool_events events, reuse keeps);

    pooled_connection* take(std::string_view holder, const deadline& until, const stop_token& stop) final;
    void give_back(pooled_connection* connection) noexcept final;
    void discard(pooled_connection* connection, const std::string& reason, bool all) noexcept final;
    std::unique_ptr<driver_connection> take_out(pooled_connection* connection) final;

    /// Takes the mutex. Returns an idle connection, held by the caller now (`hold`), or null and has reserved a place for a new one.
    virtual slot* acquire(const request& by) = 0;
    // The rest is called with the mutex held.
    /// A clean connection has come back: whether it stays, idle, and has been offered to those who wait.
    virtual bool keep(slot& s) noexcept = 0;
    /// The connection leaves the pool, idle or out.
    virtual void leaves(slot& s) noexcept = 0;
    /// A connection was opened for this thread.
    virtual void joins(slot&) noexcept {}
    /// There may be something to be had for those who wait.
    virtual void wake() noexcept {}
    virtual void wake_all() noexcept {}
    /// In a forked child: what the pool had, and who waited, is not ours.
    virtual void forget() noexcept = 0;
    [[nodiscard]] virtual std::size_t waiting() const noexcept { return 0; }

    void hold(slot& s, const request& by, std::chrono::steady_clock::time_point now) {
        if (!by.holder.empty() || !s.holder.empty()) s.holder.assign(by.holder);
        s.thread = pthread_self();
        s.since = now;
        s.out = true;
        s.stale = s.generation != generation_.load(std::memory_order_relaxed);
        ++counted_.checkouts;
        ++counted_.checked_out;
    }
    /// Connections and reserved places.
    [[nodiscard]] std::size_t places() const noexcept { return all_.size() + reserved_; }
    [[nodiscard]] std::vector<holding> holdings() const;
    [[nodiscard]] bool is_closed() const noexcept { return closed_; }
    void throw_if_closed() const;
    void move_out(slot& s, std::list<slot>& to) noexcept;
    /// Closes what was moved out, without the mutex, and only then frees the places: servers count connections too.
    void bury(std::list<slot>& dead, const std::string& reason) noexcept;

    mutable std::mutex mutex_{};
    std::size_t reserved_{};  ///< places of connections being opened or closed
    pool_metrics counted_{};  ///< what only ever grows, and `checked_out`

private:
    void start_anew_after_fork() noexcept {
        if (epoch_.load(std::memory_order_acquire) != fork_epoch()) [[unlikely]]
            start_anew();
    }
    void start_anew() noexcept;
    [[nodiscard]] bool is_usable(slot& s, const request& by);
    slot* open_reserved(const request& by);
    std::unique_ptr<driver_connection> connect(const deadline& until);
    void refuse_new(std::list<slot>& fresh) noexcept;
    void tell_checkout(slot& s);
    void tell_checkin(slot& s) noexcept;
    void free_places(std::size_t count) noexcept;
    bool clean(slot& s) noexcept;
    bool reset(slot& s);
    void put_away(slot& s) noexcept;
    /// A connection just handed out is not good enough.
    void retire(slot& s) noexcept;
    void end(slot& s, const std::string& reason) noexcept;
    void abandon(slot& s) noexcept;
    void abandon_inherited(slot& s) noexcept;
    void close_idle(std::list<slot>& to) noexcept;
    /// With the mutex held: whether the caller has to end the pool.
    [[nodiscard]] bool is_over() const noexcept { return is_let_go_ && counted_.checked_out == 0 && reserved_ == 0 && inherited_.empty(); }
    void end_pool() noexcept { const std::unique_ptr<tracked_pool> last{this}; }

    fork_guard guard_{mutex_};
    std::list<slot> all_{};
    std::list<slot> inherited_{};  ///< out when the process forked
    std::atomic<std::uint64_t> generation_{1};
    std::atomic<std::uint64_t> next_id_{1};
    std::atomic<std::uint64_t> epoch_{fork_epoch()};
    bool closed_{};
    bool is_let_go_{};
    const reuse keeps_;
    const bool looks_;  ///< at connections before it hands them out
};

}  // namespace azoth::detail
