#include "line.hpp"

#include "connect_options.hpp"

#include "sql/classify.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <algorithm>

namespace azoth::mysql {
namespace {

/// The library's TLS handshake blocks, whatever mode it is in.
void limit_blocking(int fd, std::chrono::milliseconds most) {
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(most);
    const timeval span{static_cast<time_t>(whole.count()), static_cast<suseconds_t>(std::chrono::microseconds{most - whole}.count())};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &span, sizeof span);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &span, sizeof span);
}

/// And it leaves the socket blocking, in which TLS reads then hang.
void never_block(int fd) {
    limit_blocking(fd, {});
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

}  // namespace

native_error error_of(MYSQL* of) { return native_error{static_cast<int>(mysql_errno(of)), mysql_error(of), mysql_sqlstate(of)}; }

native_error error_of(MYSQL_STMT* of, MYSQL* on) {
    if (mysql_stmt_errno(of) == 0) return error_of(on);
    return native_error{static_cast<int>(mysql_stmt_errno(of)), mysql_stmt_error(of), mysql_stmt_sqlstate(of)};
}

line::line(const settings& to, const url::host& host, waiter& wait, const deadline& until, const stop_token& stop)
    : wait_{wait}, raw_{mysql_init(nullptr)} {
    if (!raw_) throw std::bad_alloc{};
    const deadline soon{std::min(until.at(), deadline::after(to.connect_timeout).at())};
    try {
        connect(to, host, soon, stop);
    } catch (const timeout_error&) {
        drop();
        throw_error(errc::connect_failed, fmt::format("cannot connect to {}: no answer in time: check host and port, or allow more time "
                                                      "with connect-timeout",
                                                      place_name(to, host)));
    } catch (...) {
        drop();
        throw;
    }
}

line::~line() { close(); }

void line::connect(const settings& to, const url::host& host, const deadline& until, const stop_token& stop) {
    const connect_target target{to, host};
    target.set_options(raw());
    MYSQL* connected = nullptr;
    finish(
        [&] {
            return mysql_real_connect_start(&connected, raw(), target.host(), to.user.c_str(), to.password.c_str(), target.database(),
                                            target.port(), target.socket(), CLIENT_FOUND_ROWS | CLIENT_MULTI_RESULTS);
        },
        [&](int events) {
            limit_blocking(static_cast<int>(mysql_get_socket(raw())), std::max(until.remaining(), std::chrono::milliseconds{1}));
            return mysql_real_connect_cont(&connected, raw(), events);
        },
        until, stop);
    if (!connected) throw_connect_failure(error_of(raw()), place_name(to, host));
    target.require_tls(raw());
    never_block(static_cast<int>(mysql_get_socket(raw())));
}

void line::forget_tls_errors() noexcept { ERR_clear_error(); }

int line::await(int events, const deadline& until, const stop_token& stop) {
    int bits = (events & MYSQL_WAIT_READ) != 0 ? 1 : 0;
    if ((events & MYSQL_WAIT_WRITE) != 0) bits |= 2;
    deadline sooner = until;
    const bool may_time_out = (events & MYSQL_WAIT_TIMEOUT) != 0;  // a limit of the library's own
    if (may_time_out)
        sooner = deadline{std::min(until.at(), deadline::after(std::chrono::milliseconds{mysql_get_timeout_value_ms(raw())}).at())};
    hangs_ = true;
    try {
        wait_.wait(static_cast<int>(mysql_get_socket(raw())), bits == 0 ? wait_for::read : static_cast<wait_for>(bits), sooner, stop);
    } catch (const timeout_error&) {
        if (!may_time_out || until.has_passed()) throw;
        hangs_ = false;
        return MYSQL_WAIT_TIMEOUT;
    }
    hangs_ = false;
    return events & (MYSQL_WAIT_READ | MYSQL_WAIT_WRITE);
}

void line::send(std::string_view sql, const deadline& until) {
    int failed = 0;
    finish([&] { return mysql_real_query_start(&failed, raw(), sql.data(), sql.size()); },
           [&](int events) { return mysql_real_query_cont(&failed, raw(), events); }, until);
    if (failed != 0) throw error_of(raw());
}

/// One small packet, which a connection that nobody uses takes at once.
void line::close() noexcept { raw_.reset(); }

void line::drop() noexcept {
    if (!raw_) return;
    // Where a call failed, the library has closed the socket itself, and would tell a number that belongs to another by now.
    const int fd = hangs_ || raw()->net.pvio ? static_cast<int>(mysql_get_socket(raw())) : -1;
    if (fd < 0) return raw_.reset();
    // What the library says in parting goes nowhere; in a forked child the parent's socket stays as it is.
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere < 0) {  // no descriptor left: rather a leak than a word on the parent's socket
        (void)raw_.release();
        return;
    }
    ::dup3(nowhere, fd, O_CLOEXEC);
    ::close(nowhere);
    raw_.reset();
}

}  // namespace azoth::mysql
