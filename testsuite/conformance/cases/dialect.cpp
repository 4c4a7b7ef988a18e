#include "areas.hpp"
#include "dialect_parts.hpp"
#include "steps.hpp"

#include <azoth/base/utf8.hpp>

#include <numeric>

namespace azoth::conformance {
namespace {

void ping(context& on) {
    connection c = on.connect();
    c.ping();
    CHECK_FALSE(c.in_transaction());
    check_usable(c);
    c.ping(deadline::after(std::chrono::seconds{10}));
    CHECK(c.in_transaction());
    check_usable(c);
}

void ping_keeps_transaction(context& on) {
    connection c = stocked(on, 0);
    c.execute(insert<item>(), items(2));
    c.ping();
    CHECK(count_of(c, entity<item>) == 2);
    c.rollback();
    CHECK(count_of(c, entity<item>) == 0);
}

void profile_says_who(context& on) {
    const profile& server = on.server();
    const dialect_info& info = on.engine().dialect().info();
    CHECK(server.dialect == info.dialect);
    CHECK(server.driver == info.driver);
    CHECK_FALSE(server.server.empty());
    CHECK_FALSE(server.server_version.empty());
    CHECK_FALSE(server.client_library.empty());
    CHECK(server.version > 0);
    CHECK(server.can.max_parameters > 0);
    CHECK(server.can.max_value_bytes > 0);
    CHECK((server.can.isolation_levels & ~bit(isolation_level::autocommit)) != 0);
    CHECK((server.can.isolation_levels & bit(isolation_level::database_default)) == 0);
}

void profile_stays(context& on) {
    const profile first = on.engine_with({}).connect().server_profile();
    const profile second = on.engine_with({}).connect().server_profile();
    CHECK(first == second);
}

void error_with_other_letters(context& on) {
    const table names = on.make_table("names", {column("name", string(100), primary_key)});
    const std::string name = "Übermut — Ωμέγα — 測試 — 😀";
    connection c = on.connect();
    const auto add = insert(names).set(names["name"], name);
    c.execute(add);
    const auto e = thrown<unique_violation>([&] { c.execute(add); });
    CHECK(is_valid_utf8(e.what()));
    CHECK_THAT(e.parameters(), Catch::Contains(name));
    CHECK_THAT(e.statement(), Catch::Contains("INSERT"));
    c.rollback();
    check_usable(c);
}

void error_about_other_letters(context& on) {
    connection c = on.connect();
    const auto e = thrown<programming_error>([&] { c.execute(text("SELECT 1 FROM " + quoted(on, "azc_größe_測試"))); });
    CHECK(e.code() == errc::no_such_table);
    CHECK(is_valid_utf8(e.what()));
    CHECK_THAT(e.statement(), Catch::Contains(quoted(on, "azc_größe_測試")));
    c.rollback();
    check_usable(c);
}

/// As many values as the profile says a statement takes, and one more.
void max_parameters(context& on) {
    connection c = stocked(on, 3);
    const std::size_t most = c.server_profile().can.max_parameters;
    std::vector<std::int64_t> ids(most);
    std::iota(ids.begin(), ids.end(), std::int64_t{2});
    const auto found = [&] { return c.scalar(select(func::count()).select_from(entity<item>).where(col<&item::id>.in(ids))); };
    CHECK(found() == 2);
    ids.push_back(1);
    const auto e = thrown<programming_error>(found);
    CHECK(e.code() == errc::parameter);
    CHECK_THAT(e.message(), Catch::Contains(std::to_string(most)));
    check_usable(c);
}

}  // namespace

std::vector<test_case> areas::dialect_cases() {
    std::vector<test_case> all{
        {"dialect/ping", "a ping is answered, with or without a transaction", {}, ping},
        {"dialect/ping-keeps-transaction", "a ping leaves the open transaction as it is", {}, ping_keeps_transaction},
        {"dialect/profile-says-who", "the profile names dialect, driver, server and versions, and makes sense", {}, profile_says_who},
        {"dialect/profile-stays", "two connections to one server have equal profiles", {}, profile_stays},
        {"dialect/error-with-other-letters", "an error tells a value that is not ASCII unharmed", {}, error_with_other_letters},
        {"dialect/error-about-other-letters",
         "a missing table with a name that is not ASCII is told as UTF-8",
         {},
         error_about_other_letters},
        {"dialect/max-parameters", "a statement takes as many parameters as claimed; one more is refused by us", {}, max_parameters},
    };
    for (const auto part : {dialect_parts::isolation, dialect_parts::characters, dialect_parts::returning}) {
        const auto cases = part();
        all.insert(all.end(), cases.begin(), cases.end());
    }
    return all;
}

}  // namespace azoth::conformance
