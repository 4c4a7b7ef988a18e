#include "url_error_check.hpp"

#include <azoth/url/url.hpp>

#include <vector>

using azoth::errc;
using azoth::url;
using url_tests::message_of;

namespace {

std::string message_for(errc code, std::string_view text) {
    return message_of(code, [&] { (void)url::parse(text); });
}

bool holds(const std::string& message, std::string_view what) { return message.find(what) != std::string::npos; }

}  // namespace

TEST_CASE("errors name the offending part and the remedy", "[url]") {
    struct row {
        errc code;
        const char* text;
        std::vector<std::string> named;
    };
    const std::vector<row> rows{
        {errc::url_syntax, "", {"://", "dialect[+driver]"}},
        {errc::url_syntax, "catalog.db", {"\"catalog.db\"", "sqlite:///relative"}},
        {errc::url_syntax, "sqlite:/catalog.db", {"://"}},
        {errc::url_syntax, "://db", {"\"\"", "dialect://"}},
        {errc::url_syntax, "my sql://db", {"\"my sql\"", "dialect+driver"}},
        {errc::url_syntax, "mysql+://db", {"\"mysql+\""}},
        {errc::url_syntax, "+c://db", {"\"+c\""}},
        {errc::url_syntax, "mysql+a+b://db", {"\"mysql+a+b\""}},
        {errc::url_syntax, "1sql://db", {"\"1sql\""}},
        {errc::url_port, "mysql://db:99999/x", {"\"99999\"", "\"db\"", "65535"}},
        {errc::url_port, "mysql://db:65536/x", {"\"65536\""}},
        {errc::url_port, "mysql://db:0/x", {"\"0\"", "from 1"}},
        {errc::url_port, "mysql://db:-1/x", {"\"-1\""}},
        {errc::url_port, "mysql://db:54x2/x", {"\"54x2\""}},
        {errc::url_port, "mysql://db:/x", {"\"db\"", "empty", "leave out the colon"}},
        {errc::url_port, "mysql://u:p@one:1,two:abc/x", {"\"abc\"", "\"two\""}},
        {errc::url_port, "mysql://[::1]:abc/x", {"\"abc\"", "\"::1\""}},
        {errc::url_syntax, "mysql://one,,two/x", {"between commas", "host:port,host:port"}},
        {errc::url_syntax, "mysql://one,/x", {"between commas"}},
        {errc::url_syntax, "mysql://:3306/x", {"empty", "localhost"}},
        {errc::url_syntax, "mysql://[::1/x", {"\"[::1\"", "not closed"}},
        {errc::url_syntax, "mysql://[::1]x/x", {"\"[::1]x\"", ":port"}},
        {errc::url_syntax, "mysql://[db]/x", {"\"[db]\"", "IPv6"}},
        {errc::url_syntax, "mysql://[fe80::1%25]/x", {"IPv6"}},
        {errc::url_syntax, "mysql://::1/x", {"\"::1\"", "in brackets"}},
        {errc::url_syntax, "mysql://d]b/x", {"\"d]b\"", "bracket"}},
        {errc::url_syntax, "mysql://d%3Ab/x", {"\"d%3Ab\"", "IPv6"}},
        {errc::url_syntax, "mysql://db/x?readonly", {"\"readonly\"", "key=value"}},
        {errc::url_syntax, "mysql://db/x?a=1&&b=2", {"empty", "& too many"}},
        {errc::url_syntax, "mysql://db/x?a=1&", {"empty"}},
        {errc::url_syntax, "mysql://db/x?=1", {"no key"}},
        {errc::url_encoding, "mysql://db/100%", {"the database", "\"%\"", "%25"}},
        {errc::url_encoding, "mysql://db/x%g0y", {"the database", "\"%g0\"", "%25"}},
        {errc::url_encoding, "mysql://d%1/x", {"the host", "\"%1\""}},
        {errc::url_encoding, "mysql://db/x?k=%zz", {"the option k", "\"%zz\""}},
        {errc::url_encoding, "mysql://db/x?%zz=1", {"key", "\"%zz\""}},
        {errc::url_encoding, "mysql://u%zz@db/x", {"the user", "%25"}},
        {errc::url_encoding, "mysql://u:%zz@db/x", {"the password", "%25"}},
        {errc::url_encoding, "mysql://db/a%00b", {"the database", "NUL", "remove"}},
        {errc::url_encoding, "mysql://d%0Ab/x", {"the host", "control"}},
        {errc::url_encoding, "mysql://u:%07@db/x", {"the password", "control"}},
        {errc::url_encoding, "mysql://db/x?k=%1F", {"the option k", "control"}},
        {errc::url_encoding, "mysql://db/%7F", {"the database", "control"}},
        {errc::url_encoding, "mysql://db/x\n", {"the URL", "control"}},
        {errc::url_encoding, "mysql://db/%C3x", {"the database", "UTF-8"}},
        {errc::url_encoding, "mysql://db/%ED%A0%80", {"the database", "UTF-8"}},
        {errc::url_encoding, "mysql://db/\xff", {"the URL", "UTF-8"}},
        {errc::url_encoding, "mysql://u:%ff@db/x", {"the password", "UTF-8"}},
    };
    for (const auto& r : rows) {
        CAPTURE(r.text);
        const std::string message = message_for(r.code, r.text);
        for (const auto& what : r.named) {
            CAPTURE(message, what);
            CHECK(holds(message, what));
        }
    }
    CHECK(holds(message_for(errc::url_encoding, std::string_view{"mysql://db/a\0b", 14}), "control"));
}

TEST_CASE("a long part is shortened at a whole character", "[url]") {
    std::string name;
    for (int i = 0; i < 200; ++i) name += "\xc3\x9f";
    const std::string message = message_for(errc::url_syntax, "mysql://db/?" + name);
    CHECK(holds(message, "\xc3\x9f...\""));
    CHECK(message.size() < 300);
}

TEST_CASE("no message holds a password, however it is written", "[url]") {
    // Whatever stands unencoded in the middle of a password, neither error nor print may show what is around it.
    for (const char* middle : {"@",       "/",   ":",       "?",    "#",  "[",    "]",  ",",     "&",       "=",          "%",
                               "%zz",     "%00", "://",     "@/",   "/@", "?a=b", "?a", "/?x&y", "@h:1/",   "@h/x?k=",    ":1/",
                               ":99999/", "@[",  "@h:bad/", "\xff", "\n", " ",    "1/", "%ff",   "@a,b:c,", "?password=", "?k=%zz"}) {
        for (const char* form :
             {"mysql://ada:{}@db:1/shop?a=1", "mysql://ada:{}@db", "mysql://:{}@db/shop", "mysql://ada:{}@db:bad/shop",
              "mysql://ada:{}@db/shop?x", "mysql://ada:{}@/%zz", "my sql://ada:{}@db", "mysql:ada:{}@db", "mysql+://ada:{}@[/x"}) {
            std::string text = form;
            text.replace(text.find("{}"), 2, "HUNTER" + std::string{middle} + "SECRET");
            CAPTURE(text);
            std::string said;
            try {
                said = url::parse(text).to_string();
            } catch (const azoth::url_error& e) {
                said = e.what();
            }
            CAPTURE(said);
            CHECK_FALSE(holds(said, "HUNTER"));
            CHECK_FALSE(holds(said, "SECRET"));
        }
    }
}

TEST_CASE("no message holds the value of a secret option", "[url]") {
    for (const char* text :
         {"mysql://db?password=%zzHUNTER", "mysql://db?password=x&HUNTER", "mysql://db?token=HUNTER%00", "mysql://db?pwd=HUNTER%ff"}) {
        CAPTURE(text);
        try {
            (void)url::parse(text);
            FAIL("it was taken");
        } catch (const azoth::url_error& e) {
            CHECK_FALSE(holds(e.what(), "HUNTER"));
            CHECK_FALSE(holds(e.what(), "%zz"));
        }
    }
}
