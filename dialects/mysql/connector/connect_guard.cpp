#include "connect_guard.hpp"

#include "socket_mark.hpp"

#include <azoth/dialect.hpp>

#include <sys/socket.h>

namespace azoth::mysql::connector {
namespace {

// The socket may not be there yet when the time is over.
constexpr auto between_looks = std::chrono::milliseconds{20};

}  // namespace

connect_guard::connect_guard(const deadline& until) : mark_{next_socket_mark()} {
    const without_signals here;
    thread_ = std::jthread{[this, until](const std::stop_token& finished) { look_after(finished, until); }};
}

void connect_guard::look_after(const std::stop_token& finished, const deadline& until) noexcept {
    std::unique_lock held{guard_};
    const auto never = [] { return false; };
    for (auto at = until.at(); !finished.stop_requested(); at = deadline::clock::now() + between_looks) {
        wakes_.wait_until(held, finished, at, never);
        if (finished.stop_requested()) return;
        const int fd = find_marked_socket(mark_);
        if (fd < 0) continue;
        has_cut_.store(true, std::memory_order_relaxed);
        ::shutdown(fd, SHUT_RDWR);  // the descriptor stays the library's
    }
}

}  // namespace azoth::mysql::connector
