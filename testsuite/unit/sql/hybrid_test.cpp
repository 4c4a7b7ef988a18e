// Hybrids: one definition for objects and for statements.
#include "shop.hpp"

#include <azoth/sql/hybrid.hpp>

#include <memory>
#include <string>

using namespace shop;
using azoth::col;
using azoth::hybrid;
using azoth::hybrid_method;
using azoth::select;

namespace {

struct place {
    std::string city{};
    std::int32_t zone{};
};
struct parcel {
    std::int32_t pieces{};
    std::int32_t grams{};
    std::uint8_t handling{};
    std::optional<std::int32_t> insured{};
    place to{};
};

}  // namespace

template <>
struct azoth::mapping<parcel> {
    static azoth::table_map<parcel> map() {
        return azoth::table_map<parcel>("parcel")
            .column<&parcel::pieces>(azoth::primary_key)
            .column<&parcel::grams>()
            .column<&parcel::handling>()
            .column<&parcel::insured>()
            .column<&parcel::to, &place::city>()
            .column<&parcel::to, &place::zone>();
    }
};

namespace {

constexpr auto weight = hybrid<parcel>([](const auto& p) { return p[&parcel::pieces] * p[&parcel::grams]; });
constexpr auto is_heavy =
    hybrid<parcel>([](const auto& p) { return p[&parcel::pieces] * p[&parcel::grams] > 1'000 || p[&parcel::handling] == 3; });
constexpr auto title = hybrid<employee>([](const auto& e) { return e[&employee::name] + ", no. 1"; });
constexpr auto insured = hybrid<parcel>([](const auto& p) { return p[&parcel::insured]; });
constexpr auto upper_name = hybrid<employee>(
    [](const employee& e) {
        std::string name = e.name;
        for (char& c : name)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        return name;
    },
    [](const auto& e) { return azoth::func::upper(e[&employee::name]); });
constexpr auto weighs = hybrid_method<parcel>(
    [](const auto& p, const auto& least, const auto& most) { return p[&parcel::grams] >= least && p[&parcel::grams] <= most; });

}  // namespace

TEST_CASE("hybrids: of an object, of what leads to one, and of an object that changes") {
    parcel p{.pieces = 3, .grams = 200};
    CHECK(weight(p) == 600);
    CHECK_FALSE(is_heavy(p));
    p.handling = 3;
    CHECK(is_heavy(p));
    CHECK(weight(&p) == 600);
    CHECK(weight(std::make_unique<parcel>(p)) == 600);
    CHECK(title(employee{.name = "Ada"}) == "Ada, no. 1");
    CHECK(upper_name(employee{.name = "Ada"}) == "ADA");
    CHECK(insured(p) == std::nullopt);
    CHECK(weighs(p, 100, 200));
    CHECK_FALSE(weighs(p, 201, 1'000));
}

TEST_CASE("hybrids: integers are counted in 64 bits, as the results of expressions are") {
    const parcel p{.pieces = 2'000'000'000, .grams = 2'000'000'000};
    STATIC_REQUIRE(std::same_as<decltype(weight(p)), std::int64_t>);
    CHECK(weight(p) == 4'000'000'000'000'000'000);
}

TEST_CASE("hybrids: in a statement they stand as columns do") {
    const auto all = select(weight, title(azoth::entity<employee>)).where(is_heavy, weight < 5).order_by(weight.desc());
    const auto sql = compiled(all).sql;
    CHECK_THAT(sql, Catch::StartsWith(R"(SELECT "parcel"."pieces" * "parcel"."grams", "hr"."employee"."name" || )"));
    CHECK_THAT(sql, Catch::Contains(R"("parcel"."pieces" * "parcel"."grams" > )"));
    CHECK_THAT(sql, Catch::Contains(R"(ORDER BY "parcel"."pieces" * "parcel"."grams" DESC)"));
    CHECK_THAT(compiled(select<employee>().where(upper_name == "ADA")).sql, Catch::Contains(R"(upper("hr"."employee"."name") = )"));
}

TEST_CASE("hybrids: on an alias, and with arguments") {
    const auto other = azoth::alias<parcel>("other");
    CHECK_THAT(compiled(select(weight(other))).sql, Catch::Contains(R"("other"."pieces" * "other"."grams" FROM "parcel" AS "other")"));
    CHECK_THAT(compiled(select<parcel>().where(weighs(azoth::entity<parcel>, 100, 200))).sql, Catch::Contains(R"("parcel"."grams" >= )"));
    CHECK_THAT(compiled(select(other).where(weighs(other, col<&parcel::grams>, 200)).select_from(azoth::entity<parcel>)).sql,
               Catch::Contains(R"("other"."grams" >= "parcel"."grams")"));
}

TEST_CASE("hybrids: one made of another") {
    static constexpr auto doubled = hybrid<parcel>([](const auto& p) { return weight(p) * 2; });
    CHECK(doubled(parcel{.pieces = 2, .grams = 5}) == 20);
    CHECK_THAT(compiled(select(doubled)).sql, Catch::Contains(R"("parcel"."pieces" * "parcel"."grams")"));
}

TEST_CASE("hybrids: of embedded members") {
    static constexpr auto label = hybrid<parcel>([](const auto& p) { return "to " + p[col<&parcel::to, &place::city>]; });
    static constexpr auto rate = hybrid<parcel>([](const auto& p) { return p[col<&parcel::to, &place::zone>] * 1'000'000'000; });
    const parcel p{.to = {.city = "Ghent", .zone = 5}};
    CHECK(label(p) == "to Ghent");
    CHECK(rate(p) == 5'000'000'000);
    const auto other = azoth::alias<parcel>("other");
    CHECK_THAT(compiled(select(label, rate(other))).sql, Catch::Contains(R"(|| "parcel"."city", "other"."zone" * )"));
}
