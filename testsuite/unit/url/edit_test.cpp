#include "url_error_check.hpp"

#include <azoth/url/url.hpp>

using azoth::errc;
using azoth::url;
using url_tests::message_of;

TEST_CASE("a URL is built part by part", "[url]") {
    const auto u = url{}
                       .with_dialect("postgresql", "libpqxx")
                       .with_user("ada")
                       .with_password("p@:/?#[]")
                       .with_host("db", 5433)
                       .with_database("a b/c")
                       .with_option("x", "1 & 2");
    CHECK(u.to_string(url::secrets::shown) == "postgresql+libpqxx://ada:p%40%3A%2F%3F%23%5B%5D@db:5433/a%20b/c?x=1%20%26%202");
    CHECK(url::parse(u.to_string(url::secrets::shown)) == u);
}

TEST_CASE("a change makes a copy", "[url]") {
    const auto before = url::parse("mysql://ada:x@db:1/shop?a=1");
    CHECK(before.with_dialect("mariadb").to_string() == "mariadb://ada:***@db:1/shop?a=1");
    CHECK(before.with_user({}).with_password({}).to_string() == "mysql://db:1/shop?a=1");
    CHECK(before.with_hosts({{"one", 0}, {"::1", 7}}).to_string() == "mysql://ada:***@one,[::1]:7/shop?a=1");
    CHECK(before.with_hosts({}).hosts().empty());
    CHECK(before.with_host("/run/my.sock").to_string() == "mysql://ada:***@%2Frun%2Fmy.sock/shop?a=1");
    CHECK(before.with_database("").to_string() == "mysql://ada:***@db:1?a=1");
    CHECK(before == url::parse("mysql://ada:x@db:1/shop?a=1"));
}

TEST_CASE("with_dialect forgets the driver unless it names one", "[url]") {
    CHECK(url::parse("mysql+connector://db").with_dialect("mysql").driver().empty());
    CHECK(url::parse("mysql+connector://db").with_dialect("mysql", "libmariadb").scheme() == "mysql+libmariadb");
}

TEST_CASE("an empty user is none", "[url]") { CHECK_FALSE(url::parse("mysql://ada@db").with_user("").user()); }

TEST_CASE("with_option sets a key in the place of its first value", "[url]") {
    const auto u = url::parse("mysql://db?a=1&b=2&a=3&c=4");
    CHECK(u.with_option("a", "9").to_string() == "mysql://db?a=9&b=2&c=4");
    CHECK(u.with_option("d", "9").to_string() == "mysql://db?a=1&b=2&a=3&c=4&d=9");
    CHECK(u.without_option("a").to_string() == "mysql://db?b=2&c=4");
    CHECK(u.without_option("x") == u);
}

TEST_CASE("a change that no URL could hold is refused", "[url]") {
    const url u = url::parse("mysql://db");
    CHECK(message_of(errc::url_syntax, [&] { (void)u.with_dialect("my sql"); }).find("\"my sql\"") != std::string::npos);
    CHECK(message_of(errc::url_syntax, [&] { (void)u.with_dialect("mysql", "Connector"); }).find("\"Connector\"") != std::string::npos);
    message_of(errc::url_syntax, [&] { (void)u.with_dialect(""); });
    message_of(errc::url_syntax, [&] { (void)u.with_host(""); });
    message_of(errc::url_syntax, [&] { (void)u.with_option("", "x"); });
    CHECK(message_of(errc::url_syntax, [&] { (void)u.with_host("db:5432"); }).find("\"db:5432\"") != std::string::npos);
    message_of(errc::url_syntax, [&] { (void)u.with_host("[::1]"); });
    message_of(errc::url_encoding, [&] { (void)u.with_host("d\nb"); });
    message_of(errc::url_encoding, [&] { (void)u.with_user("a\tb"); });
    message_of(errc::url_encoding, [&] { (void)u.with_database(std::string_view{"a\0b", 3}); });
    message_of(errc::url_encoding, [&] { (void)u.with_database("\xff"); });
    message_of(errc::url_encoding, [&] { (void)u.with_option("k", "\x7f"); });
    message_of(errc::url_encoding, [&] { (void)u.with_option("k\x01", ""); });
    CHECK(message_of(errc::url_encoding, [&] { (void)u.with_password("hunter2\n"); }).find("hunter2") == std::string::npos);
}
