#pragma once

#include <azoth/dialect.hpp>

#include "handle.hpp"

#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <string>

namespace azoth::sqlite {

/// What a connection and its statements share: the database handle, and who may interrupt what runs on it. Used by the connection's
/// thread, `interrupt` apart. Statements keep it alive.
class session {
public:
    session(waiter& wait, std::chrono::milliseconds busy_timeout, std::string path)
        : wait_{wait}, busy_timeout_{busy_timeout}, path_{std::move(path)} {}
    ~session();
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    /// Takes over a handle, in place of the one there was.
    void attach(database_handle db);
    /// Waits for locks as this class does, whatever PRAGMA busy_timeout has said since.
    void restore_busy_handler() noexcept { sqlite3_busy_handler(db_.get(), &session::on_busy, this); }
    /// Closes the handle once its last statement is gone.
    void detach() noexcept;
    /// After a fork: forgets the handle without touching the parent's file. Its memory is leaked on purpose: SQLite has no call that
    /// frees a handle and leaves locks and journals alone.
    void abandon() noexcept;

    [[nodiscard]] sqlite3* db() const noexcept { return db_.get(); }
    /// The handle, or an error where it has been closed.
    [[nodiscard]] sqlite3* open_db() const;
    [[nodiscard]] bool is_abandoned() const noexcept { return abandoned_; }
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    /// Changes with every `attach`: statements of an older one are gone.
    [[nodiscard]] unsigned generation() const noexcept { return generation_; }

    /// Ends what runs now. From any thread.
    void interrupt() noexcept;
    /// A new statement starts: an interrupt that came before is not meant for it.
    void forget_interrupt() noexcept { interrupted_.store(false, std::memory_order_relaxed); }

    /// Throws what a failed call means: timeout or cancellation where one of them ended it, else SQLite's own error.
    [[noreturn]] void fail(int code);

    /// While it lives, a deadline and a stop token (none: null) end what runs. Both outlive it.
    class watch {
    public:
        watch(session& of, const deadline& until, const stop_token* stop);
        ~watch();
        watch(const watch&) = delete;
        watch& operator=(const watch&) = delete;

    private:
        session& session_;
        const deadline* outer_until_;
        const stop_token* outer_stop_;
    };

    /// While it lives, a lock is not waited for.
    class impatience {
    public:
        explicit impatience(session& of) noexcept : session_{of} { of.waits_ = false; }
        ~impatience() { session_.waits_ = true; }
        impatience(const impatience&) = delete;
        impatience& operator=(const impatience&) = delete;

    private:
        session& session_;
    };

private:
    static int on_busy(void* self, int tries) noexcept;
    static int on_progress(void* self) noexcept;
    bool wait_for_lock(int tries);
    bool should_end() noexcept;
    void install_progress() noexcept;

    waiter& wait_;
    std::chrono::milliseconds busy_timeout_;
    std::string path_;
    std::mutex guard_{};  ///< of the handle, between `interrupt` and whoever closes it
    database_handle db_{};
    unsigned generation_{};
    bool abandoned_{};
    bool waits_{true};
    const deadline* until_{};
    const stop_token* stop_{};
    deadline::clock::time_point busy_since_{};
    std::exception_ptr wait_error_{};  ///< what the waiter threw below SQLite's frames
    enum class ending : unsigned char { none, timeout, stopped } ending_{ending::none};
    std::atomic<bool> interrupted_{};
};

}  // namespace azoth::sqlite
