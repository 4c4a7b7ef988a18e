#include <azoth/url/url.hpp>

#include <catch2/catch.hpp>

using azoth::url;

TEST_CASE("a URL prints as it was written", "[url]") {
    for (const char* text : {"sqlite://", "sqlite:///catalog.db", "sqlite:////var/lib/catalog.db",
                             "sqlite:///:memory:", "sqlite://?mode=memory", "postgresql://ada@db/shop", "postgresql+libpqxx://db:5433",
                             "postgresql://one:1,two,[::1]:3/shop?a=1&b=2&a=3", "postgresql://%2Frun%2Fpostgresql:5433/shop",
                             "postgresql://[fe80::1%25eth0]/shop", "mysql://ada@/shop", "mysql://db/x%3Fy?k%26=v%3D"}) {
        CAPTURE(text);
        CHECK(url::parse(text).to_string() == text);
    }
}

TEST_CASE("other spellings print in one form", "[url]") {
    CHECK(url::parse("MySQL://db/?").to_string() == "mysql://db");
    CHECK(url::parse("mysql://db/%61 b").to_string() == "mysql://db/a%20b");
    CHECK(url::parse("mysql://u@db/?a=1+1").to_string() == "mysql://u@db?a=1%2B1");
    CHECK(url::parse("sqlite:///stra\xc3\x9f"
                     "e")
              .to_string() == "sqlite:///stra%C3%9Fe");
}

TEST_CASE("the password is hidden unless it is asked for", "[url]") {
    const auto u = url::parse("mysql://ada:p@ss@db/shop");
    CHECK(u.to_string() == "mysql://ada:***@db/shop");
    CHECK(u.to_string(url::secrets::shown) == "mysql://ada:p%40ss@db/shop");
    CHECK(url::parse("mysql://ada:@db").to_string() == "mysql://ada:***@db");
    CHECK(url::parse("mysql://:s3cret@db").to_string() == "mysql://:***@db");
}

TEST_CASE("options that bear a secret by their name are hidden too", "[url]") {
    for (const char* key : {"password", "passwd", "pwd", "secret", "token", "sslpassword", "PassWord", "access_token", "passphrase"}) {
        CAPTURE(key);
        const auto u = url::parse("mysql://db/shop?charset=utf8&" + std::string{key} + "=hunter2&" + key + "=hunter3");
        CHECK(u.to_string() == "mysql://db/shop?charset=utf8&" + std::string{key} + "=***&" + key + "=***");
        CHECK(u.to_string(url::secrets::shown) == "mysql://db/shop?charset=utf8&" + std::string{key} + "=hunter2&" + key + "=hunter3");
    }
    CHECK(url::parse("mysql://db?passive=1").to_string() == "mysql://db?passive=1");
}
