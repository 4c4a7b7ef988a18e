#include "socket_mark.hpp"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <filesystem>
#include <system_error>

namespace azoth::mysql::connector {
namespace {

// libmariadb counts milliseconds in an int: 24 days are too many.
constexpr int first_mark = 1'050'000;
constexpr int marks = 1'000'000;

bool has_mark(int fd, int mark) noexcept {
    timeval timeout{};
    socklen_t size = sizeof timeout;
    return getsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, &size) == 0 && timeout.tv_sec == mark;
}

int find_among_listed(int mark, bool& listed) {
    std::error_code problem;
    for (std::filesystem::directory_iterator at{"/proc/self/fd", problem}, end; !problem && at != end; at.increment(problem)) {
        listed = true;
        const std::string name = at->path().filename().string();
        int fd = -1;
        std::from_chars(name.data(), name.data() + name.size(), fd);
        if (fd >= 0 && has_mark(fd, mark)) return fd;
    }
    return -1;
}

int find_among_all(int mark) noexcept {
    constexpr rlim_t most = 65'536;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
    const int end = static_cast<int>(std::min(limit.rlim_cur, most));
    for (int fd = 0; fd < end; ++fd)
        if (has_mark(fd, mark)) return fd;
    return -1;
}

}  // namespace

int next_socket_mark() noexcept {
    static std::atomic<unsigned> count{0};
    return first_mark + static_cast<int>(count.fetch_add(1, std::memory_order_relaxed) % marks);
}

int find_marked_socket(int mark) noexcept {
    try {
        bool listed = false;
        const int fd = find_among_listed(mark, listed);
        return listed ? fd : find_among_all(mark);
    } catch (...) {  // no memory for a name
        return find_among_all(mark);
    }
}

}  // namespace azoth::mysql::connector
