#include <azoth/url/url.hpp>

#include <catch2/catch.hpp>

using azoth::url;

TEST_CASE("every part of a URL is read", "[url]") {
    const auto u = url::parse("postgresql+libpqxx://ada:s3cret@db.example.org:5433/shop?sslmode=require&application_name=till");
    CHECK(u.dialect() == "postgresql");
    CHECK(u.driver() == "libpqxx");
    CHECK(u.scheme() == "postgresql+libpqxx");
    CHECK(u.user() == "ada");
    CHECK(u.password() == "s3cret");
    CHECK(u.hosts() == std::vector<url::host>{{"db.example.org", 5433}});
    CHECK(u.database() == "shop");
    CHECK(u.options() == std::vector<url::option>{{"sslmode", "require"}, {"application_name", "till"}});
    CHECK(u.find_option("sslmode") == "require");
    CHECK_FALSE(u.find_option("SSLMODE").has_value());
}

TEST_CASE("parts may be missing", "[url]") {
    SECTION("all but the dialect") {
        const auto u = url::parse("mysql://");
        CHECK(u.dialect() == "mysql");
        CHECK(u.driver().empty());
        CHECK_FALSE(u.user());
        CHECK_FALSE(u.password());
        CHECK(u.hosts().empty());
        CHECK(u.database().empty());
        CHECK(u.options().empty());
    }
    SECTION("port and database") {
        const auto u = url::parse("mysql://db");
        CHECK(u.hosts() == std::vector<url::host>{{"db", 0}});
        CHECK(u.database().empty());
    }
    SECTION("a slash without a database, a question mark without options") {
        CHECK(url::parse("mysql://db/?") == url::parse("mysql://db"));
    }
    SECTION("the host, with a user") {
        const auto u = url::parse("postgresql://ada@/shop");
        CHECK(u.user() == "ada");
        CHECK_FALSE(u.password());
        CHECK(u.hosts().empty());
        CHECK(u.database() == "shop");
    }
    SECTION("the database, with options") {
        const auto u = url::parse("mysql://db:3307?charset=utf8mb4");
        CHECK(u.hosts() == std::vector<url::host>{{"db", 3307}});
        CHECK(u.database().empty());
        CHECK(u.find_option("charset") == "utf8mb4");
    }
    SECTION("the password differs from an empty one") {
        CHECK_FALSE(url::parse("mysql://ada@db").password());
        CHECK(url::parse("mysql://ada:@db").password() == "");
    }
    SECTION("the user, with a password") {
        const auto u = url::parse("mysql://:s3cret@db");
        CHECK_FALSE(u.user());
        CHECK(u.password() == "s3cret");
    }
}

TEST_CASE("SQLite's forms", "[url]") {
    const auto database_of = [](const char* text) {
        const auto u = url::parse(text);
        CHECK(u.hosts().empty());
        return u.database();
    };
    CHECK(database_of("sqlite://").empty());
    CHECK(database_of("sqlite:///").empty());
    CHECK(database_of("sqlite:///catalog.db") == "catalog.db");
    CHECK(database_of("sqlite:///data/catalog.db") == "data/catalog.db");
    CHECK(database_of("sqlite:////var/lib/catalog.db") == "/var/lib/catalog.db");
    CHECK(database_of("sqlite:///:memory:") == ":memory:");
    CHECK(database_of("sqlite://?mode=memory").empty());
    CHECK(database_of("sqlite:///my files/a@b:c.db") == "my files/a@b:c.db");
    CHECK(database_of("sqlite:///what%3F.db?mode=ro") == "what?.db");
}

TEST_CASE("hosts", "[url]") {
    const auto hosts_of = [](const char* text) { return url::parse(text).hosts(); };
    using hosts = std::vector<url::host>;
    CHECK(hosts_of("postgresql://one:1,two,three:65535/db") == hosts{{"one", 1}, {"two", 0}, {"three", 65535}});
    CHECK(hosts_of("postgresql://127.0.0.1:5432/db") == hosts{{"127.0.0.1", 5432}});
    CHECK(hosts_of("postgresql://[::1]/db") == hosts{{"::1", 0}});
    CHECK(hosts_of("postgresql://u:p@[2001:db8::7]:5432,[::1]:1/db") == hosts{{"2001:db8::7", 5432}, {"::1", 1}});
    CHECK(hosts_of("postgresql://[::ffff:10.0.0.1]/db") == hosts{{"::ffff:10.0.0.1", 0}});
    CHECK(hosts_of("postgresql://[fe80::1%25eth0]:5/db") == hosts{{"fe80::1%eth0", 5}});
    SECTION("unix sockets") {
        const auto sockets = hosts_of("postgresql://%2Frun%2Fpostgresql:5433,%2ftmp/db");
        CHECK(sockets == hosts{{"/run/postgresql", 5433}, {"/tmp", 0}});
        CHECK(sockets[0].is_socket());
        CHECK_FALSE(url::host{"run", 0}.is_socket());
        CHECK(hosts_of("mysql://%2Frun%2Fa%3Ab%2Cc.sock/db") == hosts{{"/run/a:b,c.sock", 0}});
    }
}

TEST_CASE("percent-encoding works in every part", "[url]") {
    const auto u = url::parse("mysql://a%40b:p%40%2F%3a%25@h%2Ex/d%3Fb%2Fc?k%26y=v%3D%26w");
    CHECK(u.user() == "a@b");
    CHECK(u.password() == "p@/:%");
    CHECK(u.hosts().front().name == "h.x");
    CHECK(u.database() == "d?b/c");
    CHECK(u.options() == std::vector<url::option>{{"k&y", "v=&w"}});
}

TEST_CASE("what need not be encoded is taken as it is", "[url]") {
    CHECK(url::parse("mysql://u:p@ss:w@rd@db/x").password() == "p@ss:w@rd");
    CHECK(url::parse("mysql://u:p@ss:w@rd@db/x").hosts().front().name == "db");
    CHECK(url::parse("mysql://db/x?a=b=c").find_option("a") == "b=c");
    CHECK(url::parse("mysql://db/x?a=b?c").find_option("a") == "b?c");
    CHECK(url::parse("mysql://db/x?a=1+1").find_option("a") == "1+1");
    CHECK(url::parse("mysql://db/x?mail=a@b.org").find_option("mail") == "a@b.org");
    CHECK(url::parse("mysql://db/x#1").database() == "x#1");
    CHECK(url::parse("mysql://db/stra\xc3\x9f"
                     "e")
              .database() ==
          "stra\xc3\x9f"
          "e");
    CHECK(url::parse("mysql://db/stra%C3%9Fe").database() ==
          "stra\xc3\x9f"
          "e");
}

TEST_CASE("a scheme's case does not matter", "[url]") {
    CHECK(url::parse("PostgreSQL+LibPQXX://h") == url::parse("postgresql+libpqxx://h"));
}

TEST_CASE("a key may come more than once, and the last value counts", "[url]") {
    const auto u = url::parse("mysql://db/x?a=1&b=2&a=3&c=");
    CHECK(u.options().size() == 4);
    CHECK(u.find_option("a") == "3");
    CHECK(u.find_option("c") == "");
    CHECK_FALSE(u.find_option("d").has_value());
}
