// A server that is not the one it is taken for.
#include "mysql_support.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <thread>

using namespace mysql_tests;

namespace {

/// Listens on loopback, and says nothing to anybody.
class silent_server {
public:
    silent_server() : listening_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        REQUIRE(::bind(listening_, reinterpret_cast<sockaddr*>(&at), size) == 0);
        REQUIRE(::listen(listening_, 1) == 0);
        REQUIRE(::getsockname(listening_, reinterpret_cast<sockaddr*>(&at), &size) == 0);
        port_ = ntohs(at.sin_port);
    }
    ~silent_server() { ::close(listening_); }
    silent_server(const silent_server&) = delete;
    silent_server& operator=(const silent_server&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }

protected:
    [[nodiscard]] int listening() const { return listening_; }

private:
    int listening_;
    std::uint16_t port_{};
};

/// Takes one connection, has no TLS, and asks for the password in clear text.
class rogue_server : public silent_server {
public:
    rogue_server() : thread_{[this] { serve(); }} {}
    ~rogue_server() { stop(); }
    /// All that was said to it; ends it.
    const std::string& heard() {
        stop();
        return heard_;
    }

private:
    void stop() {
        ::shutdown(listening(), SHUT_RDWR);
        if (thread_.joinable()) thread_.join();
    }
    void serve() {
        const int client = ::accept(listening(), nullptr, nullptr);
        if (client < 0) return;
        using namespace std::string_literals;
        // Protocol 10, a version, a thread, half a salt, what it can (no CLIENT_SSL), utf8mb4, the other half, a plugin.
        say(client, 0,
            "\x0a"
            "5.5.5-10.11.6-MariaDB\0\x07\0\0\0abcdefgh\0\x0b\xa2\x2d\x02\0\x2f\0\x15\0\0\0\0\0\0\0\0\0\0ijklmnopqrst\0mysql_native_password\0"s);
        listen_to(client);
        say(client, 2, "\xfemysql_clear_password\0"s);
        listen_to(client);
        ::close(client);
    }
    static void say(int client, char number, const std::string& body) {
        const std::string packet = std::string{static_cast<char>(body.size()), '\0', '\0', number} + body;
        (void)!::write(client, packet.data(), packet.size());
    }
    void listen_to(int client) {
        std::array<char, 4096> piece{};
        const ssize_t size = ::read(client, piece.data(), piece.size());
        if (size > 0) heard_.append(piece.data(), static_cast<std::size_t>(size));
    }

    std::string heard_{};
    std::thread thread_;  // the last: it uses all of the above
};

}  // namespace

TEST_CASE("mysql connect: a server that says nothing is not waited for longer than connect-timeout") {
    for (const char* driver : {"mysql+connector", "mysql+libmariadb"}) {
        INFO(driver);
        const silent_server silent;
        const auto to =
            az::url::parse(std::string{driver} + "://ada@127.0.0.1:" + std::to_string(silent.port()) + "/shop?connect-timeout=1");
        const auto start = std::chrono::steady_clock::now();
        CHECK(thrown<az::error>([&] { (void)open(to).connect(); }).code() == az::errc::connect_failed);
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{8});
    }
}

TEST_CASE("mysql connect: a server without TLS that asks for the password itself does not get it") {
    for (const char* driver : {"mysql+connector", "mysql+libmariadb"}) {
        for (const char* mode : {"disabled", "preferred", "required"}) {
            INFO(driver << ", " << mode);
            rogue_server rogue;
            const auto to = az::url::parse(std::string{driver} + "://ada:TOPSECRET@127.0.0.1:" + std::to_string(rogue.port()) +
                                           "/shop?connect-timeout=3&ssl-mode=" + mode);
            CHECK_THROWS_AS(open(to).connect(), az::error);
            CHECK(contains(rogue.heard(), "ada"));
            CHECK_FALSE(contains(rogue.heard(), "TOPSECRET"));
        }
    }
}
