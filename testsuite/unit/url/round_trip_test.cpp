#include <azoth/base/error.hpp>
#include <azoth/url/url.hpp>

#include <catch2/catch.hpp>

#include <random>

using azoth::url;

namespace {

/// Random URLs of all forms, with the characters that hurt.
class url_maker {
public:
    url make() {
        url u = url{}.with_dialect(word(), chance(2) ? word() : "");
        if (chance(2)) u = u.with_user(text());
        if (chance(2)) u = u.with_password(text());
        std::vector<url::host> hosts(number(4));
        for (auto& h : hosts) h = {host_name(), static_cast<std::uint16_t>(chance(2) ? 0 : 1 + number(65535))};
        u = u.with_hosts(std::move(hosts));
        if (chance(2)) u = u.with_database((chance(3) ? "/" : "") + text());
        for (std::size_t i = number(4); i > 0; --i) u = u.with_option("k" + text(), text());
        return u;
    }
    bool chance(unsigned one_in) { return number(one_in) == 0; }

private:
    std::size_t number(std::size_t below) { return random_() % below; }

    std::string word() {
        static constexpr std::string_view letters = "abcxyz019_-.";
        std::string w(1, letters[number(6)]);
        for (std::size_t n = number(8); n > 0; --n) w += letters[number(letters.size())];
        return w;
    }
    std::string text() {
        static const std::vector<std::string> pieces{"a",
                                                     "Z",
                                                     "7",
                                                     "@",
                                                     ":",
                                                     "/",
                                                     "//",
                                                     "?",
                                                     "#",
                                                     "[",
                                                     "]",
                                                     ",",
                                                     "&",
                                                     "=",
                                                     "%",
                                                     "%41",
                                                     "%zz",
                                                     "+",
                                                     " ",
                                                     "\\",
                                                     "\"",
                                                     "'",
                                                     "***",
                                                     "\xc3\x9f",
                                                     "\xe2\x82\xac",
                                                     "\xf0\x9f\x90\x98",
                                                     "~",
                                                     "."};
        std::string t;
        for (std::size_t n = number(12); n > 0; --n) t += pieces[number(pieces.size())];
        return t;
    }
    std::string host_name() {
        static const std::vector<std::string> addresses{"::1", "2001:db8::7", "fe80::1%eth0", "fe80::1%a/b", "127.0.0.1", "db.example.org"};
        if (chance(3)) return addresses[number(addresses.size())];
        if (chance(3)) return "/run/" + text();
        std::string name = "h" + text();
        std::erase(name, ':');
        return name;
    }

    std::mt19937 random_{20240229};
};

}  // namespace

TEST_CASE("what is printed is read back", "[url]") {
    url_maker maker;
    for (int i = 0; i < 20'000; ++i) {
        const url made = maker.make();
        const std::string text = made.to_string(url::secrets::shown);
        CAPTURE(text);
        const url read = url::parse(text);
        REQUIRE(read == made);
        REQUIRE(read.options() == made.options());
        REQUIRE(read.to_string(url::secrets::shown) == text);
        REQUIRE(url::parse(made.to_string()).with_password(made.password()).to_string() == made.to_string());
    }
}

TEST_CASE("the hidden print never holds the password", "[url]") {
    url_maker maker;
    for (int i = 0; i < 5'000; ++i) {
        const url made = maker.make().with_password("HUNTER2-\xc3\x9f").with_option("SslPassword", "HUNTER2");
        const std::string text = made.to_string();
        CAPTURE(text);
        REQUIRE(text.find("HUNTER2") == std::string::npos);
        REQUIRE(text.find(":***") != std::string::npos);
    }
}

TEST_CASE("any bytes in the middle of a password neither reach a message nor a print", "[url]") {
    std::mt19937 random{7};
    using namespace std::string_view_literals;
    static constexpr auto bytes = "@@//::??##[],&=%%0123ahz .\n\xc3\x9f\xff\0"sv;  // the NUL too
    for (int i = 0; i < 50'000; ++i) {
        std::string middle;
        for (auto n = random() % 10; n > 0; --n) middle += bytes[random() % bytes.size()];
        const std::string text = "mysql://ada:HUNTER" + middle + "SECRET@db:1/shop?a=1";
        std::string said;
        try {
            said = url::parse(text).to_string();
        } catch (const azoth::url_error& e) {
            said = e.what();
        }
        CAPTURE(text, said);
        REQUIRE(said.find("HUNTER") == std::string::npos);
        REQUIRE(said.find("SECRET") == std::string::npos);
    }
}
