#include <azoth/base/error.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

using azoth::errc;

namespace {

constexpr int code_count = static_cast<int>(errc::internal) + 1;

std::vector<errc> all_codes() {
    std::vector<errc> codes;
    for (int i = 0; i < code_count; ++i) codes.push_back(static_cast<errc>(i));
    return codes;
}

/// Whether throwing the code throws exactly `E`, no class above or below it.
template <class E>
bool throws_exactly(errc code) {
    try {
        azoth::throw_error(code, "m");
    } catch (const azoth::error& e) {
        return typeid(e) == typeid(E) && e.code() == code;
    }
    return false;
}

/// The codes of the enumeration and the class that its comment gives to their group.
struct documented {
    errc first;
    errc last;
    std::function<bool(errc)> is_of_class;
};

}  // namespace

TEST_CASE("errors: every code has a name of its own") {
    std::set<std::string> names;
    for (const errc code : all_codes()) {
        const std::string name{azoth::code_name(code)};
        INFO(name);
        CHECK(name != "unknown");
        CHECK(std::regex_match(name, std::regex{"[a-z]+(-[a-z]+)*"}));
        CHECK(names.insert(name).second);
    }
    CHECK(names.size() == static_cast<std::size_t>(code_count));
    CHECK(azoth::code_name(static_cast<errc>(code_count)) == "unknown");
}

TEST_CASE("errors: the enumeration and its names agree") {
    // "url_port" in the header is "url-port" to people: read the header, so that no code can be forgotten here.
    std::ifstream file{AZOTH_SOURCE_DIR "/framework/base/include/azoth/base/error.hpp"};
    std::stringstream text;
    text << file.rdbuf();
    const std::string header = text.str();
    const auto begin = header.find("enum class errc");
    const std::string body = header.substr(begin, header.find("};", begin) - begin);
    const std::regex entry{R"(\n    ([a-z_]+),)"};
    int found = 0;
    for (auto it = std::sregex_iterator{body.begin(), body.end(), entry}; it != std::sregex_iterator{}; ++it, ++found) {
        std::string name = (*it)[1];
        std::replace(name.begin(), name.end(), '_', '-');
        CHECK(azoth::code_name(static_cast<errc>(found)) == name);
    }
    CHECK(found == code_count);
}

TEST_CASE("errors: each group throws the class that it documents") {
    const documented groups[] = {
        {errc::invalid_argument, errc::mapping, throws_exactly<azoth::interface_error>},
        {errc::url_syntax, errc::url_option, throws_exactly<azoth::url_error>},
        {errc::plugin_not_found, errc::plugin_permissions, throws_exactly<azoth::plugin_error>},
        {errc::value_range, errc::data, throws_exactly<azoth::data_error>},
        {errc::operational, errc::connect_failed, throws_exactly<azoth::operational_error>},
        {errc::disconnected, errc::disconnected, throws_exactly<azoth::disconnect_error>},
        {errc::timeout, errc::timeout, throws_exactly<azoth::timeout_error>},
        {errc::cancelled, errc::cancelled, throws_exactly<azoth::operational_error>},
        {errc::pool_exhausted, errc::pool_exhausted, throws_exactly<azoth::pool_exhausted>},
        {errc::locked, errc::locked, throws_exactly<azoth::operational_error>},
        {errc::deadlock, errc::serialization, throws_exactly<azoth::serialization_error>},
        {errc::read_only, errc::result_buffer, throws_exactly<azoth::operational_error>},
        {errc::integrity, errc::integrity, throws_exactly<azoth::integrity_error>},
        {errc::unique_violation, errc::unique_violation, throws_exactly<azoth::unique_violation>},
        {errc::foreign_key_violation, errc::foreign_key_violation, throws_exactly<azoth::foreign_key_violation>},
        {errc::not_null_violation, errc::not_null_violation, throws_exactly<azoth::not_null_violation>},
        {errc::check_violation, errc::check_violation, throws_exactly<azoth::check_violation>},
        {errc::stale_data, errc::stale_data, throws_exactly<azoth::stale_data_error>},
        {errc::programming, errc::multiple_rows, throws_exactly<azoth::programming_error>},
        {errc::not_supported, errc::not_supported, throws_exactly<azoth::not_supported_error>},
        {errc::internal, errc::internal, throws_exactly<azoth::internal_error>},
    };
    int checked = 0;
    for (const auto& group : groups)
        for (int i = static_cast<int>(group.first); i <= static_cast<int>(group.last); ++i, ++checked) {
            INFO(azoth::code_name(static_cast<errc>(i)));
            CHECK(group.is_of_class(static_cast<errc>(i)));
        }
    CHECK(checked == code_count);
}

TEST_CASE("errors: the tree of classes") {
    CHECK(std::is_base_of_v<std::runtime_error, azoth::error>);
    CHECK(std::is_base_of_v<azoth::interface_error, azoth::url_error>);
    CHECK(std::is_base_of_v<azoth::interface_error, azoth::plugin_error>);
    CHECK(std::is_base_of_v<azoth::operational_error, azoth::timeout_error>);
    CHECK(std::is_base_of_v<azoth::timeout_error, azoth::pool_exhausted>);
    CHECK(std::is_base_of_v<azoth::operational_error, azoth::disconnect_error>);
    CHECK(std::is_base_of_v<azoth::operational_error, azoth::serialization_error>);
    CHECK(std::is_base_of_v<azoth::integrity_error, azoth::unique_violation>);
    CHECK_FALSE(std::is_base_of_v<azoth::interface_error, azoth::data_error>);
    CHECK(std::is_nothrow_copy_constructible_v<azoth::error>);
    CHECK(std::is_nothrow_copy_assignable_v<azoth::error>);
    CHECK(std::is_nothrow_copy_constructible_v<azoth::unique_violation>);
}

TEST_CASE("errors: an error carries what the database said, and says it") {
    azoth::error_details details;
    details.sqlstate = "23505";
    details.native_code = 1555;
    details.constraint = "uq_package_name";
    details.statement = "INSERT INTO \"package\" VALUES (?)";
    details.parameters = "[\"bash\"]";
    details.retryable = true;
    details.disconnect = true;
    const azoth::unique_violation e{errc::unique_violation, "the name is taken", details};
    const azoth::error copy = e;  // slices, and keeps all that it carries
    CHECK(copy.code() == errc::unique_violation);
    CHECK(copy.message() == "the name is taken");
    CHECK(copy.sqlstate() == "23505");
    CHECK(copy.native_code() == 1555);
    CHECK(copy.constraint() == "uq_package_name");
    CHECK(copy.statement() == details.statement);
    CHECK(copy.parameters() == details.parameters);
    CHECK(copy.is_retryable());
    CHECK(copy.is_disconnect());
    CHECK(std::string{copy.what()} ==
          "the name is taken [unique-violation]\n  statement: INSERT INTO \"package\" VALUES (?)\n  parameters: [\"bash\"]");
}

TEST_CASE("errors: what is not told is empty") {
    const azoth::data_error e{errc::value_range, "too large"};
    CHECK(std::string{e.what()} == "too large [value-range]");
    CHECK(e.sqlstate().empty());
    CHECK(e.native_code() == 0);
    CHECK(e.constraint().empty());
    CHECK(e.statement().empty());
    CHECK(e.parameters().empty());
    CHECK_FALSE(e.is_retryable());
    CHECK_FALSE(e.is_disconnect());
}

TEST_CASE("errors: a moved-from error can still be read, and a copy outlives its origin") {
    auto* first = new azoth::error{errc::misuse, "message", {}};
    azoth::error moved = std::move(*first);
    CHECK(first->message() == "message");
    CHECK(first->code() == errc::misuse);
    delete first;
    std::string seen;
    std::thread{[&seen, moved] { seen = moved.message(); }}.join();
    CHECK(seen == "message");
}

TEST_CASE("errors: the page of remedies has a section for each code, and none more") {
    std::ifstream page{AZOTH_SOURCE_DIR "/framework/docs/errors.md"};
    REQUIRE(page);
    std::multiset<std::string> headings;
    bool in_code = false;
    std::size_t lines = 0;
    std::string last;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("```")) in_code = !in_code;
        if (!in_code && line.starts_with("## ")) {
            if (!last.empty()) {
                INFO(last);
                CHECK(lines >= 3);  // what it means and what helps
            }
            last = line.substr(3);
            headings.insert(last);
            lines = 0;
        } else {
            lines += line.empty() ? 0 : 1;
        }
    }
    for (const errc code : all_codes()) {
        INFO(azoth::code_name(code));
        CHECK(headings.count(std::string{azoth::code_name(code)}) == 1);
    }
    CHECK(headings.size() == static_cast<std::size_t>(code_count));
}
