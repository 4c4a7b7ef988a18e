#include <catch2/catch.hpp>

#include <azoth/base/error.hpp>
#include <azoth/driver/check_url.hpp>

using namespace azoth;

namespace {

const dialect_info server{.dialect = "alchemy",
                          .driver = "gold",
                          .options = {{"connect_timeout", "seconds", {}}, {"sslmode", "", {"disable", "require", "verify"}}},
                          .default_port = 1234};
const dialect_info file{.dialect = "lead", .driver = "file", .is_embedded = true, .has_hosts = false};

url_error refusal_of(const dialect_info& info, std::string_view target) {
    try {
        check_url_options(info, url::parse(target));
    } catch (const url_error& e) {
        return e;
    }
    throw std::runtime_error("it was accepted");
}

}  // namespace

TEST_CASE("options that the driver knows pass") {
    check_url_options(server, url::parse("alchemy://u:p@host/db?connect_timeout=3&sslmode=verify"));
    check_url_options(server, url::parse("alchemy://one,two:99/db"));
    check_url_options(file, url::parse("lead:///relative.db"));
}

TEST_CASE("an unknown option is refused with the near one and with those known") {
    const url_error e = refusal_of(server, "alchemy://u:hunter2@host/db?conect_timeout=3");
    CHECK(e.code() == errc::url_option);
    CHECK_THAT(e.what(), Catch::Contains("\"conect_timeout\"; did you mean \"connect_timeout\"?") &&
                             Catch::Contains("alchemy+gold knows connect_timeout, sslmode"));
    CHECK_THAT(e.what(), !Catch::Contains("hunter2"));
    CHECK_THAT(refusal_of(server, "alchemy://host/db?timeout=3").what(), Catch::Contains("did you mean \"connect_timeout\"?"));
    CHECK_THAT(refusal_of(server, "alchemy://host/db?zzz=3").what(), !Catch::Contains("did you mean"));
    CHECK_THAT(refusal_of(file, "lead:///x?mode=ro").what(), Catch::Contains("takes no options"));
}

TEST_CASE("a word that is not allowed is refused with those that are, each time it is given") {
    const url_error e = refusal_of(server, "alchemy://host/db?sslmode=verify&sslmode=requir");
    CHECK(e.code() == errc::url_option);
    CHECK_THAT(e.what(), Catch::Contains("\"requir\"; did you mean \"require\"?") && Catch::Contains("disable, require, verify"));
}

TEST_CASE("a host is refused where a file is opened, and a second one where one is all") {
    const url_error e = refusal_of(file, "lead://relative.db");
    CHECK(e.code() == errc::url_syntax);
    CHECK_THAT(e.what(), Catch::Contains("\"relative.db\"") && Catch::Contains("lead:///relative.db"));
    dialect_info single = server;
    single.has_hosts = false;
    CHECK_THAT(refusal_of(single, "alchemy://one,two/db").what(), Catch::Contains("takes one host") && Catch::Contains("names 2"));
}
