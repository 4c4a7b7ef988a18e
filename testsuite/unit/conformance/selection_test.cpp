#include <selection.hpp>

#include <azoth/azoth.hpp>

#include <catch2/catch.hpp>

using namespace azoth;
using namespace azoth::conformance;

namespace {

const std::vector<test_case> suite{{"types/text", "", {}, nullptr}, {"types/bytes", "", {}, nullptr}, {"bulk/one-row", "", {}, nullptr}};

std::string ids_of(const std::vector<test_case>& cases) {
    std::string ids;
    for (const auto& c : cases) ids += (ids.empty() ? "" : " ") + std::string{c.id};
    return ids;
}

std::string chosen(const std::vector<std::string>& filters) { return ids_of(select_cases(suite, filters)); }

std::string refusal_of(const std::vector<std::string>& filters) {
    try {
        (void)select_cases(suite, filters);
    } catch (const interface_error& e) {
        return e.message();
    }
    return {};
}

}  // namespace

// What the library has in cases/, the tests have here.
namespace azoth::conformance {
std::span<const test_case> all_cases() { return suite; }
std::string_view area_of(const test_case& of) noexcept { return of.id.substr(0, of.id.find('/')); }
}  // namespace azoth::conformance

TEST_CASE("filters name areas and cases, in the suite's order") {
    CHECK(chosen({}) == "types/text types/bytes bulk/one-row");
    CHECK(chosen({"types"}) == "types/text types/bytes");
    CHECK(chosen({"bulk/one-row"}) == "bulk/one-row");
    CHECK(chosen({"bulk", "types/bytes", "types/bytes"}) == "types/bytes bulk/one-row");
}

TEST_CASE("a filter that names nothing is refused, with the areas and near names") {
    CHECK_THAT(refusal_of({"types", "type"}),
               Catch::Contains("--filter type:") && Catch::Contains("did you mean \"types") && Catch::Contains("the areas: types, bulk"));
    CHECK_THAT(refusal_of({"types/tex"}), Catch::Contains("types/text"));
    CHECK_FALSE(refusal_of({"types/"}).empty());
}

TEST_CASE("a program's own cases join the suite's") {
    const std::vector<test_case> own{{"mine/first", "", {}, nullptr}};
    CHECK(ids_of(join_cases(own)) == "types/text types/bytes bulk/one-row mine/first");
    CHECK(areas_of(join_cases(own)) == std::vector<std::string>{"types", "bulk", "mine"});
}

TEST_CASE("ids are checked") {
    for (const char* id :
         {"", "mine", "mine/", "/first", "mine/first/second", "Mine/first", "mine/the first", "mine/first_one", "types/text"}) {
        INFO(id);
        const std::vector<test_case> own{{id, "", {}, nullptr}};
        CHECK_THROWS_AS(join_cases(own), interface_error);
    }
}
