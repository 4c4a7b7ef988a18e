#include "session.hpp"

#include "errors.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace azoth::sqlite {
namespace {

constexpr int steps_between_looks = 1000;  // of SQLite's virtual machine: some tens of microseconds

}  // namespace

session::~session() {
    if (abandoned_) (void)db_.release();
}

void session::attach(database_handle db) {
    sqlite3_busy_handler(db.get(), &session::on_busy, this);
    const std::lock_guard lock{guard_};
    db_ = std::move(db);
    ++generation_;
}

void session::detach() noexcept {
    const std::lock_guard lock{guard_};
    if (db_) sqlite3_busy_handler(db_.get(), nullptr, nullptr);
    db_.reset();
}

void session::abandon() noexcept {
    abandoned_ = true;
    (void)db_.release();
}

sqlite3* session::open_db() const {
    if (!db_) throw_error(errc::closed, "the SQLite connection is closed");
    return db_.get();
}

void session::interrupt() noexcept {
    const std::lock_guard lock{guard_};
    interrupted_.store(true, std::memory_order_relaxed);
    if (db_) sqlite3_interrupt(db_.get());
}

void session::fail(int code) {
    const int primary = code & 0xff;
    const auto ended_by = std::exchange(ending_, ending::none);
    const auto wait_error = std::exchange(wait_error_, nullptr);
    if (primary == SQLITE_INTERRUPT || primary == SQLITE_BUSY) {
        if (wait_error) std::rethrow_exception(wait_error);
        if (ended_by == ending::timeout)
            throw_error(errc::timeout, "the statement ran past its deadline and was ended", {.sqlstate = "57014", .native_code = code});
        if (ended_by == ending::stopped || interrupted_.load(std::memory_order_relaxed))
            throw_error(errc::cancelled, "the statement was cancelled", {.sqlstate = "57014", .native_code = code});
    }
    throw_database_error(db_.get(), code, path_);
}

bool session::should_end() noexcept {
    if (stop_ && stop_->stop_requested()) ending_ = ending::stopped;
    else if (until_ && until_->has_passed()) ending_ = ending::timeout;
    return ending_ != ending::none;
}

int session::on_progress(void* self) noexcept { return static_cast<session*>(self)->should_end() ? 1 : 0; }

int session::on_busy(void* self, int tries) noexcept {
    auto& s = *static_cast<session*>(self);
    try {
        return s.wait_for_lock(tries) ? 1 : 0;
    } catch (...) {  // no exception may cross SQLite's frames
        s.wait_error_ = std::current_exception();
        return 0;
    }
}

/// Whether to try again: waits a little longer each time, up to the busy timeout, the deadline, a stop or an interrupt.
bool session::wait_for_lock(int tries) {
    using std::chrono::milliseconds;
    if (!waits_) return false;
    static constexpr std::array<milliseconds, 7> naps{milliseconds{1},  milliseconds{2},  milliseconds{4}, milliseconds{8},
                                                      milliseconds{16}, milliseconds{32}, milliseconds{50}};
    const auto now = deadline::clock::now();
    if (tries == 0) busy_since_ = now;
    const auto left = busy_timeout_ - std::chrono::duration_cast<milliseconds>(now - busy_since_);
    if (left.count() <= 0 || interrupted_.load(std::memory_order_relaxed) || should_end()) return false;
    const auto nap = std::min(naps[std::min<std::size_t>(static_cast<std::size_t>(tries), naps.size() - 1)], left);
    wait_.sleep(nap, until_ ? *until_ : deadline{}, stop_ ? *stop_ : stop_token{});
    return true;
}

void session::install_progress() noexcept {
    if (!db_) return;
    if (until_ || stop_) sqlite3_progress_handler(db_.get(), steps_between_looks, &session::on_progress, this);
    else sqlite3_progress_handler(db_.get(), 0, nullptr, nullptr);
}

session::watch::watch(session& of, const deadline& until, const stop_token* stop)
    : session_{of}, outer_until_{of.until_}, outer_stop_{of.stop_} {
    of.until_ = &until;
    of.stop_ = stop;
    of.ending_ = ending::none;
    if (of.should_end()) {
        of.until_ = outer_until_;
        of.stop_ = outer_stop_;
        of.fail(SQLITE_INTERRUPT);
    }
    of.install_progress();
}

session::watch::~watch() {
    session_.until_ = outer_until_;
    session_.stop_ = outer_stop_;
    session_.install_progress();
}

}  // namespace azoth::sqlite
