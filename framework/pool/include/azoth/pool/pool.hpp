#pragma once

#include <azoth/base/deadline.hpp>
#include <azoth/base/export.hpp>
#include <azoth/driver/connection.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace azoth {

enum class pool_kind : std::uint8_t {
    queue,       ///< keeps up to `size` connections and opens `overflow` more under load
    null,        ///< opens and closes a connection each time
    shared,      ///< one connection that everybody takes in turn (in-memory SQLite)
    per_thread,  ///< one connection kept for each thread
};

struct pool_options {
    pool_kind kind{pool_kind::queue};
    std::size_t size{5};
    std::size_t overflow{10};
    std::chrono::milliseconds timeout{30'000};  ///< how long a checkout waits before pool_exhausted
    std::chrono::seconds recycle{0};            ///< a connection older than this is replaced at checkout; 0: never
    bool pre_ping{};                            ///< ping at checkout, replace what is dead
    bool lifo{};                                ///< hand out the connection used last, so that idle ones can age
};

/// What the pool keeps beside a driver's connection. `extra` belongs to the layer above (its prepared statements), and dies before
/// the connection.
struct pooled_connection {
    std::unique_ptr<driver_connection> driver{};
    std::shared_ptr<void> extra{};
    std::uint64_t generation{};
    bool dirty{};         ///< needs a full reset: raw SQL, session settings or temporary objects were used
    bool invalid{};       ///< must not be handed out again
    bool disconnected{};  ///< the server went away: every connection of its generation is replaced too
    // the pool's own
    std::chrono::steady_clock::time_point created{};
    std::uint64_t id{};
};

/// Whether a pool's connection was opened before this process was forked off: it is the parent's, and must not be touched here. Its lease
/// abandons it.
AZOTH_API bool is_inherited(const pooled_connection& connection) noexcept;

struct pool_metrics {
    std::size_t open{};  ///< connections, idle or out
    std::size_t checked_out{};
    std::size_t waiting{};
    std::uint64_t checkouts{};
    std::uint64_t opened{};
    std::uint64_t closed{};       ///< or detached: opened - closed is open
    std::uint64_t invalidated{};  ///< replaced before their time: lost, not resettable, refused by an event
    std::uint64_t timeouts{};
};

/// Called by the pool, outside its lock. Any may be empty. One that throws from `connect` or `checkout` refuses the connection.
struct pool_events {
    std::function<void(pooled_connection&)> connect{};
    std::function<void(pooled_connection&)> checkout{};
    std::function<void(pooled_connection&)> checkin{};
    std::function<void(pooled_connection&, const std::string& reason)> invalidate{};
    std::function<void(pooled_connection&)> close{};
    /// Brings a connection back to a clean state at checkin; returns false to have it replaced. Default: rollback if in a transaction,
    /// `driver->reset()` where dirty.
    std::function<bool(pooled_connection&)> reset{};
};

class pool;

/// A connection on loan; gives it back when destroyed, and keeps the pool alive until then. Move-only. In a forked child it abandons the
/// connection instead.
class AZOTH_API lease {
public:
    lease() noexcept = default;
    lease(lease&& other) noexcept;
    lease& operator=(lease&& other) noexcept;
    ~lease();

    [[nodiscard]] explicit operator bool() const noexcept { return connection_ != nullptr; }
    [[nodiscard]] pooled_connection& operator*() const noexcept { return *connection_; }
    [[nodiscard]] pooled_connection* operator->() const noexcept { return connection_; }
    /// Whether a parent process opened the connection: then nothing may be sent over it.
    [[nodiscard]] bool is_inherited() const noexcept;
    void release() noexcept;
    /// Closes the connection now; with `all`, every connection of its generation is replaced too (the server went away).
    void invalidate(const std::string& reason, bool all = false) noexcept;
    /// Takes the connection out of the pool for good. Throws interface_error (misuse) in a forked child.
    std::unique_ptr<driver_connection> detach();

private:
    friend class pool;
    lease(pool& owner, pooled_connection* connection) noexcept : owner_{&owner}, connection_{connection} {}
    pool* owner_{};
    pooled_connection* connection_{};
};

/// Hands out connections. Thread-safe; fork-safe (a child opens its own and never touches what it inherited).
class AZOTH_API pool : public std::enable_shared_from_this<pool> {
public:
    using connector = std::function<std::unique_ptr<driver_connection>(const deadline& until)>;

    /// Throws interface_error (invalid_argument) for options that contradict. `null`, `shared` and `per_thread` have no use for size and
    /// overflow, and `shared` never recycles or pings: a database in memory would be gone.
    static std::shared_ptr<pool> create(connector open, pool_options options, pool_events events = {});
    virtual ~pool();

    /// Throws pool_exhausted when nothing came free in time: it says who holds what for how long; errors of `connect` pass through as
    /// they are: "exhausted" and "unreachable" differ. `until` can shorten the pool's own time-out, and `stop` ends the wait.
    lease checkout(const deadline& until = {}, const stop_token& stop = {});
    /// The same, labelled for the diagnostics of others who wait.
    lease checkout(std::string_view holder, const deadline& until = {}, const stop_token& stop = {});

    [[nodiscard]] virtual pool_metrics metrics() const = 0;
    /// Who holds which connection and for how long, a line each.
    [[nodiscard]] virtual std::string describe_holders() const = 0;
    /// Replaces every connection: idle ones now, others when they come back.
    virtual void invalidate_all(const std::string& reason) = 0;
    /// Closes idle connections, and others when they come back; later checkouts throw interface_error (closed).
    virtual void close() = 0;
    [[nodiscard]] const pool_options& options() const noexcept { return options_; }

protected:
    pool(connector open, pool_options options, pool_events events);
    friend class lease;
    virtual pooled_connection* take(std::string_view holder, const deadline& until, const stop_token& stop) = 0;
    virtual void give_back(pooled_connection* connection) noexcept = 0;
    virtual void discard(pooled_connection* connection, const std::string& reason, bool all) noexcept = 0;
    virtual std::unique_ptr<driver_connection> take_out(pooled_connection* connection) = 0;

    connector open_;
    pool_options options_;
    pool_events events_;
};

}  // namespace azoth
