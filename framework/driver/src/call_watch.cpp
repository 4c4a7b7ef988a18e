#include <azoth/driver/call_watch.hpp>

#include <azoth/base/error.hpp>

#include <pthread.h>
#include <sys/socket.h>

namespace azoth {
namespace {

using namespace std::chrono_literals;

// A server that answers has this long to roll the statement back.
constexpr auto patience = 5s;
// Without a socket to shut it is asked again: it may not have begun when it was asked, or have heard nothing.
constexpr auto again = 50ms;

}  // namespace

without_signals::without_signals() noexcept {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
}

without_signals::~without_signals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

call_watch::~call_watch() {
    {
        const std::lock_guard held{guard_};
        quit_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void call_watch::set_socket(int fd) noexcept {
    const std::lock_guard held{guard_};
    socket_ = fd;
    cut_.store(false, std::memory_order_relaxed);
}

void call_watch::ensure_thread() {
    if (thread_.joinable()) return;
    const without_signals here;
    thread_ = std::thread{[this] { loop(); }};
}

void call_watch::start(const deadline& until, const stop_token& stop, manners how) {
    if (until.has_passed()) throw_error(errc::timeout, "the deadline passed before the statement was sent", {.sqlstate = "57014"});
    if (stop.stop_requested()) throw_error(errc::cancelled, "the statement was cancelled before it was sent", {.sqlstate = "57014"});
    {
        const std::lock_guard held{guard_};
        running_ = true;
        asked_ = false;
        if (socket_ < 0) cut_.store(false, std::memory_order_relaxed);  // nothing was
        how_ = how;
        until_ = until.at();
        ending_.store(endings::none, std::memory_order_relaxed);
        if (until.is_set() || stop.stop_possible()) ensure_thread();
        // Deadlines mostly come one after another, so that the thread need not hear of each.
        if (until_ < wakes_at_) changed_.notify_one();
    }
    if (stop.stop_possible()) on_stop_.emplace(stop, [this] { cancel(); });
}

void call_watch::finish() noexcept {
    on_stop_.reset();  // not under the lock: a callback that runs is waited for
    lock held{guard_};
    running_ = false;
    killed_.wait(held, [this] { return !killing_; });
}

void call_watch::ask(endings why) noexcept {
    const std::lock_guard held{guard_};
    if (!running_ || how_ == manners::cut || ending_.load(std::memory_order_relaxed) != endings::none) return;
    try {
        ensure_thread();
    } catch (...) {  // no more threads: what cannot be asked for does not happen
        return;
    }
    ending_.store(why, std::memory_order_relaxed);
    changed_.notify_one();
}

void call_watch::loop() noexcept {
    lock held{guard_};
    while (!quit_) step(held);
}

/// One look at how things are, and then a wait or a deed.
void call_watch::step(lock& held) {
    if (running_ && ending_.load(std::memory_order_relaxed) == endings::none && clock::now() >= until_)
        ending_.store(endings::timeout, std::memory_order_relaxed);
    const bool ends = running_ && ending_.load(std::memory_order_relaxed) != endings::none;
    if (ends && !was_cut() && (!asked_ || clock::now() >= cut_at_)) return end(held);
    wakes_at_ = !running_ || was_cut() ? clock::time_point::max() : ends ? cut_at_ : until_;
    if (wakes_at_ == clock::time_point::max()) changed_.wait(held);
    else changed_.wait_until(held, wakes_at_);
}

void call_watch::end(lock& held) {
    if ((asked_ && socket_ >= 0) || how_ == manners::cut) return shut();
    asked_ = true;
    killing_ = true;
    held.unlock();
    const bool done = kill_();
    held.lock();
    killing_ = false;
    cut_at_ = clock::now();
    if (socket_ < 0) cut_at_ += again;
    else if (done) cut_at_ += patience;
    killed_.notify_all();
}

/// The blocked thread wakes with an error; the descriptor stays the library's.
void call_watch::shut() noexcept {
    cut_.store(true, std::memory_order_relaxed);
    if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
}

}  // namespace azoth
