#include <azoth/url/url.hpp>

#include <catch2/catch.hpp>

using azoth::url;

TEST_CASE("equal URLs say the same, however they are written", "[url]") {
    CHECK(url::parse("mysql://a%62c@db/x") == url::parse("MYSQL://abc@db/x"));
    CHECK(url::parse("mysql://db?a=1&b=2") == url::parse("mysql://db/?b=2&a=1"));
    CHECK(url::parse("mysql://db?a=1&b=2&a=3") == url::parse("mysql://db?b=2&a=1&a=3"));
    CHECK(url{} == url{});
}

TEST_CASE("each part tells URLs apart", "[url]") {
    const auto u = url::parse("mysql+c://ada:x@db:1,dc/shop?a=1&a=2");
    CHECK(u == url::parse("mysql+c://ada:x@db:1,dc/shop?a=1&a=2"));
    for (const char* other :
         {"mariadb+c://ada:x@db:1,dc/shop?a=1&a=2", "mysql+d://ada:x@db:1,dc/shop?a=1&a=2", "mysql+c://bob:x@db:1,dc/shop?a=1&a=2",
          "mysql+c://ada:y@db:1,dc/shop?a=1&a=2", "mysql+c://ada@db:1,dc/shop?a=1&a=2", "mysql+c://ada:x@db:2,dc/shop?a=1&a=2",
          "mysql+c://ada:x@dc,db:1/shop?a=1&a=2", "mysql+c://ada:x@db:1/shop?a=1&a=2", "mysql+c://ada:x@db:1,dc/shot?a=1&a=2",
          "mysql+c://ada:x@db:1,dc/shop?a=2&a=1", "mysql+c://ada:x@db:1,dc/shop?a=1"}) {
        CAPTURE(other);
        CHECK_FALSE(u == url::parse(other));
    }
    CHECK_FALSE(url::parse("mysql://ada:@db") == url::parse("mysql://ada@db"));
}
