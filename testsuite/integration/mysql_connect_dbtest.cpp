#include "mysql_support.hpp"

#include <chrono>

using namespace mysql_tests;
using namespace std::chrono_literals;

namespace {

az::error refused(const az::url& to, az::engine_options options = {}) {
    return thrown<az::error>([&] { (void)mysql_tests::open(to, std::move(options)).connect(); });
}

std::string cipher_of(const az::url& to) {
    auto c = mysql_tests::open(to).connect();
    return c.execute(az::text("SHOW SESSION STATUS LIKE 'Ssl_cipher'")).mappings().front().get<std::string>(1);
}

}  // namespace

TEST_CASE("mysql connect: both names of a dialect lead to both drivers") {
    for (const az::url& server : servers()) {
        for (const char* name : {"mysql", "mariadb"}) {
            auto c = mysql_tests::open(server.with_dialect(name, server.driver())).connect();
            CHECK(c.server_profile().driver == server.driver());
        }
    }
}

TEST_CASE("mysql connect: who is refused, and why") {
    for (const az::url& server : servers()) {
        INFO(server.scheme());
        const auto wrong = refused(server.with_password("wrong"));
        CHECK(wrong.code() == az::errc::permission_denied);
        CHECK_FALSE(contains(wrong.what(), "wrong"));
        CHECK(refused(server.with_user("nobody")).code() == az::errc::permission_denied);
        const auto unknown = refused(server.with_database("no_such_database"));
        CHECK((unknown.code() == az::errc::connect_failed || unknown.code() == az::errc::permission_denied));
        CHECK(contains(unknown.what(), "no_such_database"));
        const auto closed = refused(server.with_host("127.0.0.1", 1));
        CHECK(closed.code() == az::errc::connect_failed);
        CHECK(contains(closed.what(), "127.0.0.1"));
        CHECK(refused(server.with_host("/nowhere/socket")).code() == az::errc::connect_failed);
        CHECK(refused(server.with_host("no-such-host.invalid", 3306)).code() == az::errc::connect_failed);
    }
}

TEST_CASE("mysql connect: the next host is tried where one does not answer") {
    for (const az::url& server : servers()) {
        INFO(server.scheme());
        const auto& at = server.hosts().front();
        auto c = mysql_tests::open(server.with_hosts({{"127.0.0.1", 1}, at})).connect();
        CHECK(number_of(c, "SELECT 1") == 1);
    }
}

TEST_CASE("mysql connect: options that contradict each other, or that nobody knows") {
    for (const az::url& server : servers()) {
        INFO(server.scheme());
        const auto option = [&](std::string_view key, std::string_view value) { return refused(server.with_option(key, value)).code(); };
        CHECK(option("ssl-mdoe", "required") == az::errc::url_option);
        CHECK(option("ssl-mode", "maybe") == az::errc::url_option);
        CHECK(option("ssl-ca", "/etc/ssl/ca.pem") == az::errc::url_option);
        CHECK(option("ssl-key", "/etc/ssl/key.pem") == az::errc::url_option);
        CHECK(option("socket", "/run/x") == az::errc::url_option);
        CHECK(option("connect-timeout", "soon") == az::errc::url_option);
        CHECK(option("zero-dates", "maybe") == az::errc::url_option);
    }
}

TEST_CASE("mysql connect: TLS is used where the URL wants it, and verified where it says so") {
    for (const az::url& server : servers()) {
        INFO(server.scheme());
        const auto here = support::server_of(server.to_string(az::url::secrets::shown));
        CHECK(cipher_of(server.with_option("ssl-mode", "disabled")).empty());
        CHECK_FALSE(cipher_of(server.with_option("ssl-mode", "required")).empty());
        const auto verified = server.with_option("ssl-mode", "verify-full").with_option("ssl-ca", here.ca);
        CHECK_FALSE(cipher_of(verified).empty());
        CHECK_FALSE(cipher_of(verified.with_host("localhost", here.port)).empty());
        CHECK(refused(verified.with_option("ssl-ca", here.other_ca)).code() == az::errc::connect_failed);
        CHECK(refused(verified.with_option("ssl-ca", "/nowhere/ca.pem")).code() == az::errc::connect_failed);
    }
}

TEST_CASE("mysql connect: through a unix socket, and with compression") {
    for (const az::url& server : servers()) {
        INFO(server.scheme());
        auto c = mysql_tests::open(server).connect();
        const std::string socket = text_of(c, "SELECT @@socket");
        for (const az::url& local : {server.with_host(socket), server.with_hosts({}).with_option("socket", socket)}) {
            auto by_socket = mysql_tests::open(local).connect();
            CHECK(number_of(by_socket, "SELECT 1") == 1);
        }
        CHECK(refused(server.with_host(socket).with_option("ssl-mode", "required")).code() == az::errc::url_option);
        auto packed = mysql_tests::open(server.with_option("compress", "on")).connect();
        const std::string words(100'000, 'x');
        CHECK(packed.execute(az::text("SELECT :w").bind("w", words)).scalar<std::string>() == words);
    }
}
