#pragma once

#include "steps.hpp"

#include <support/network_proxy.hpp>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <memory>

/// A way to the server that a case can cut.
namespace azoth::conformance {

constexpr std::chrono::seconds soon{20};

/// The host that the URL names first.
inline url::host server_of(const context& on) {
    needs_a_server(on);
    const auto& hosts = on.target().hosts();
    url::host server = hosts.empty() ? url::host{"localhost", 0} : hosts.front();
    if (server.is_socket()) on.decline("nothing can stand between a program and a server at a unix socket");
    if (server.port == 0) server.port = on.engine().dialect().info().default_port;
    return server;
}

inline std::string address_of(const context& on, const std::string& host) {
    addrinfo wanted{};
    wanted.ai_family = AF_INET;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found{};
    if (::getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) on.decline("the server's host has no IPv4 address");
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned{found, &::freeaddrinfo};
    sockaddr_in address{};
    std::memcpy(&address, found->ai_addr, sizeof address);
    std::array<char, INET_ADDRSTRLEN> text{};
    return ::inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size());
}

/// An engine of one connection, on a way to the server that can be cut. The host keeps its name where it is this machine: certificates
/// name it.
class cuttable {
public:
    explicit cuttable(const context& on, bool pings_first = false) : cuttable{on, server_of(on), pings_first} {}
    [[nodiscard]] connection connect() const { return db_.connect(); }
    [[nodiscard]] const engine& db() const noexcept { return db_; }
    void hang_up() noexcept { proxy_.hang_up(); }

private:
    cuttable(const context& on, const url::host& server, bool pings_first)
        : proxy_{address_of(on, server.name), server.port}, db_{on.engine_on(through(on.target(), server.name), of_one(pings_first))} {}
    [[nodiscard]] url through(const url& target, const std::string& host) const {
        return target.with_host(host == "localhost" ? host : "127.0.0.1", proxy_.port());
    }
    static engine_options of_one(bool pings_first) {
        engine_options options;
        options.pool.size = 1;
        options.pool.overflow = 0;
        options.pool.timeout = std::chrono::seconds{5};
        options.pool.pre_ping = pings_first;
        return options;
    }

    support::network_proxy proxy_;
    engine db_;
};

/// What `work` throws, which has to say that the connection is lost, soon.
template <class F>
void check_lost(F&& work) {
    const stopwatch time;
    const error e = thrown<error>(std::forward<F>(work));
    INFO(e.what());
    CHECK(e.code() == errc::disconnected);
    CHECK(e.is_disconnect());
    CHECK(time.elapsed() < soon);
}

}  // namespace azoth::conformance
