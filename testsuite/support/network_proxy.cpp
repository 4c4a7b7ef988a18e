#include "network_proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <system_error>

namespace support {
namespace {

constexpr int tick = 5;  // milliseconds until a word from another thread is heard

sockaddr_in address_of(const std::string& host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) throw std::runtime_error{"no IPv4 address: " + host};
    return address;
}

void check(bool done, const char* what) {
    if (!done) throw std::system_error{errno, std::generic_category(), what};
}

}  // namespace

network_proxy::network_proxy(std::string host, std::uint16_t port)
    : host_{std::move(host)}, server_port_{port}, listener_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    check(listener_ >= 0, "socket");
    sockaddr_in own = address_of("127.0.0.1", 0);
    check(::bind(listener_, reinterpret_cast<sockaddr*>(&own), sizeof own) == 0, "bind");
    check(::listen(listener_, 64) == 0, "listen");
    socklen_t size = sizeof own;
    check(::getsockname(listener_, reinterpret_cast<sockaddr*>(&own), &size) == 0, "getsockname");
    port_ = ntohs(own.sin_port);
    thread_ = std::thread{[this] { run(); }};
}

network_proxy::~network_proxy() {
    over_ = true;
    thread_.join();
    close_all();
    ::close(listener_);
}

void network_proxy::run() {
    while (!over_) {
        if (hang_up_) {
            close_all();
            hang_up_ = false;
        }
        std::vector<pollfd> watched{{listener_, POLLIN, 0}};
        if (!silent_)
            for (const pair& p : pairs_) {
                watched.push_back({p.client, POLLIN, 0});
                watched.push_back({p.server, POLLIN, 0});
            }
        if (::poll(watched.data(), watched.size(), tick) <= 0) continue;
        for (std::size_t i = 1; i + 1 < watched.size(); i += 2) {
            pair& p = pairs_[i / 2];
            if ((watched[i].revents && !forward(p.client, p.server, false)) ||
                (watched[i + 1].revents && !forward(p.server, p.client, true))) {
                ::close(p.client);
                ::close(p.server);
                p.client = -1;
            }
        }
        std::erase_if(pairs_, [](const pair& p) { return p.client < 0; });
        if (watched.front().revents) accept_client();
    }
}

void network_proxy::accept_client() {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to = address_of(host_, server_port_);
    if (::connect(server, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
        ::close(client);
        ::close(server);
        return;
    }
    pairs_.push_back({client, server});
}

void network_proxy::misquote(std::string what, std::string with) {
    if (what.size() != with.size()) throw std::logic_error{"misquote: texts of different lengths"};
    const std::lock_guard lock{words_guard_};
    what_ = std::move(what);
    with_ = std::move(with);
}

bool network_proxy::forward(int from, int to, bool from_server) const {
    std::array<char, 16384> piece{};
    const ssize_t got = ::recv(from, piece.data(), piece.size(), 0);
    if (got <= 0) return false;
    if (from_server) {
        const std::lock_guard lock{words_guard_};
        const auto end = piece.begin() + got;
        for (auto at = piece.begin(); !what_.empty() && (at = std::search(at, end, what_.begin(), what_.end())) != end;)
            at = std::copy(with_.begin(), with_.end(), at);
    }
    return send_all(to, piece.data(), static_cast<std::size_t>(got));
}

/// Waits where the receiver does not read, but not longer than somebody wants it to.
bool network_proxy::send_all(int to, const char* piece, std::size_t size) const {
    while (size > 0) {
        const ssize_t n = ::send(to, piece, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n > 0) {
            piece += n;
            size -= static_cast<std::size_t>(n);
            continue;
        }
        if ((errno != EAGAIN && errno != EINTR) || hang_up_ || over_) return false;
        pollfd room{to, POLLOUT, 0};
        (void)::poll(&room, 1, tick);
    }
    return true;
}

void network_proxy::hang_up() noexcept {
    hang_up_ = true;
    while (hang_up_) std::this_thread::sleep_for(std::chrono::milliseconds{1});
}

void network_proxy::close_all() noexcept {
    for (const pair& p : pairs_) {
        ::close(p.client);
        ::close(p.server);
    }
    pairs_.clear();
}

}  // namespace support
