#include <azoth/driver/waiter.hpp>

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <functional>
#include <optional>
#include <span>
#include <system_error>

namespace azoth {

waiter::~waiter() = default;

namespace {

using clock = deadline::clock;

/// A descriptor that becomes readable when stop is requested, so that poll(2) wakes at once. Has none where nobody can request it.
class stop_signal {
public:
    explicit stop_signal(const stop_token& stop) {
        if (!stop.stop_possible()) return;
        fd_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (fd_ < 0) throw_error(errc::operational, "cannot wait: eventfd: " + std::generic_category().message(errno));
        callback_.emplace(stop, raise{fd_});
    }
    ~stop_signal() {
        callback_.reset();  // returns when no other thread runs it any more
        if (fd_ >= 0) ::close(fd_);
    }
    stop_signal(const stop_signal&) = delete;
    stop_signal& operator=(const stop_signal&) = delete;

    [[nodiscard]] int fd() const noexcept { return fd_; }

private:
    struct raise {
        int fd;
        void operator()() const noexcept { ::eventfd_write(fd, 1); }
    };
    int fd_{-1};
    std::optional<std::stop_callback<raise>> callback_{};
};

void throw_if_stopped(const stop_token& stop) {
    if (stop.stop_requested()) throw_error(errc::cancelled, "the wait for the database was cancelled");
}

[[noreturn]] void throw_timeout() { throw_error(errc::timeout, "the deadline passed while waiting for the database: allow more time"); }

/// ppoll(2) up to a moment: whether a descriptor is ready. Returns early, with false, when a signal handler ran.
bool poll_until(std::span<pollfd> fds, clock::time_point until) {
    using namespace std::chrono;
    // A day at most, so that no conversion overflows: callers wait in a loop.
    const auto left =
        std::clamp<nanoseconds>(until == clock::time_point::max() ? hours{24} : until - clock::now(), nanoseconds{0}, hours{24});
    const auto whole = duration_cast<seconds>(left);
    const timespec span{static_cast<std::time_t>(whole.count()), static_cast<long>((left - whole).count())};
    // No timer is set up where none is needed.
    const int ready = ::ppoll(fds.data(), static_cast<nfds_t>(fds.size()), until == clock::time_point::max() ? nullptr : &span, nullptr);
    if (ready < 0 && errno != EINTR) throw_error(errc::operational, "cannot wait: poll: " + std::generic_category().message(errno));
    return ready > 0;
}

class polling_waiter final : public waiter {
public:
    void wait(int fd, wait_for what, const deadline& until, const stop_token& stop) override {
        throw_if_stopped(stop);
        const stop_signal signal{stop};
        const auto bits = static_cast<unsigned>(what);
        const auto events = static_cast<short>(((bits & 1u) != 0 ? POLLIN : 0) | ((bits & 2u) != 0 ? POLLOUT : 0));
        std::array<pollfd, 2> fds{pollfd{fd, events, 0}, pollfd{signal.fd(), POLLIN, 0}};  // poll skips a negative descriptor
        for (;;) {
            const bool passed = until.has_passed();  // before the last look, so that what is ready wins
            const bool ready = poll_until(fds, until.at());
            throw_if_stopped(stop);
            if (ready && (fds[0].revents & POLLNVAL) != 0)
                throw_error(errc::internal, fmt::format("a driver waits for the descriptor {}, which is not open", fd));
            if (ready && fds[0].revents != 0) return;  // a hang-up too: the driver's next call tells what happened
            if (passed) throw_timeout();
        }
    }

    void sleep(std::chrono::nanoseconds span, const deadline& until, const stop_token& stop) override {
        throw_if_stopped(stop);
        const auto now = clock::now();
        const auto end = span < clock::time_point::max() - now ? now + span : clock::time_point::max();
        const stop_signal signal{stop};
        std::array<pollfd, 1> fds{pollfd{signal.fd(), POLLIN, 0}};
        while (clock::now() < end) {
            if (until.has_passed()) throw_timeout();
            poll_until(fds, std::min(end, until.at()));
            throw_if_stopped(stop);
        }
    }
};

}  // namespace

waiter& blocking_waiter() noexcept {
    static polling_waiter one;
    return one;
}

}  // namespace azoth
