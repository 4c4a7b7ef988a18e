#include "fixture.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <set>

using Catch::Matchers::Contains;

namespace {

const auto by_id = az::select(col<&Owner::name>).where(col<&Owner::id> == az::param<std::int64_t>("id"));
const auto by_ids = az::select(col<&Owner::name>).where(col<&Owner::id>.in(az::param_list<std::int64_t>("ids"))).order_by(col<&Owner::id>);

template <class V>
auto refusal(const V& given) {
    const database db;
    auto c = db.engine.connect();
    return error_of<az::data_error>([&] { (void)c.execute(by_id, {{"id", given}}); });
}

}  // namespace

TEST_CASE("a value of another type than the parameter's is refused, and both are named") {
    const auto text = refusal("2");
    CHECK(text.code() == az::errc::type_mismatch);
    CHECK_THAT(text.what(), Contains("\"id\"") && Contains("big_integer") && Contains("text"));
    CHECK(refusal(true).code() == az::errc::type_mismatch);
    CHECK(refusal(2.5).code() == az::errc::type_mismatch);
    CHECK(refusal(az::decimal::parse("2")).code() == az::errc::type_mismatch);
    CHECK(refusal(std::uint64_t{1} << 63).code() == az::errc::value_range);
    CHECK(refusal(std::nullopt).code() == az::errc::null_value);
    CHECK(refusal(std::vector<std::int64_t>{1}).code() == az::errc::type_mismatch);
}

TEST_CASE("a value of another size is taken where it fits") {
    const database db;
    auto c = db.engine.connect();
    CHECK(c.scalar(by_id, {{"id", 2}}) == "Bob");
    CHECK(c.scalar(by_id, {{"id", std::uint8_t{2}}}) == "Bob");
    CHECK(c.scalar(by_id, {{"id", std::optional{2}}}) == "Bob");
    const auto by_age = az::select(col<&Owner::name>).where(col<&Owner::age> == az::param<std::optional<std::int32_t>>("age"));
    CHECK(c.scalar(by_age, {{"age", std::int64_t{50}}}) == "Cem");
    CHECK(!c.execute(by_age, {{"age", std::nullopt}}).first());
    CHECK(error_of<az::data_error>([&] { (void)c.execute(by_age, {{"age", std::int64_t{1} << 40}}); }).code() == az::errc::value_range);
    const auto price = az::select(az::param<double>("price") * 2);
    CHECK(c.scalar(price, {{"price", 3}}) == 6.0);
    CHECK(error_of<az::data_error>([&] {
              (void)c.execute(price, {{"price", az::decimal::parse("3")}});
          }).code() == az::errc::type_mismatch);
}

TEST_CASE("what declares no type takes any") {
    const database db;
    auto c = db.engine.connect();
    const auto echo = az::text("SELECT :v");
    CHECK(c.execute(echo, {{"v", "a"}}).scalar<std::string>() == "a");
    CHECK(c.execute(echo, {{"v", 2}}).scalar<int>() == 2);
    CHECK(c.execute(echo, {{"v", std::vector<int>{1, 2}}}).scalar<std::string>() == "[1, 2]");
}

TEST_CASE("each argument is one of a parameter, which gets one value") {
    const database db;
    auto c = db.engine.connect();
    const auto query = az::select(col<&Owner::name>).where(col<&Owner::id> == az::param<std::int64_t>("id"), col<&Owner::id> < 9);
    CHECK_THAT(error_of<az::programming_error>([&] {
                   c.execute(query, {{"id", 1}, {"", 2}});
               }).message(),
               Contains("has no parameter \"\""));
    CHECK_THAT(error_of<az::programming_error>([&] { c.execute(query, {{"id", 1}, {"id", 2}}); }).message(), Contains("given twice"));
}

TEST_CASE("a list is given when the statement runs, with any length") {
    const database db;
    auto c = db.engine.connect();
    CHECK(c.execute(by_ids, {{"ids", std::vector<std::int64_t>{3, 1}}}).scalars() == std::vector<std::string>{"Ann", "Cem"});
    CHECK(c.execute(by_ids, {{"ids", std::set<int>{2}}}).scalars() == std::vector<std::string>{"Bob"});
    CHECK(c.execute(by_ids, {{"ids", std::array<std::int64_t, 0>{}}}).scalars().empty());
    const auto others =
        az::select(col<&Owner::name>)
            .where(col<&Owner::id>.not_in(az::param_list<std::int64_t>("ids")), col<&Owner::name> != az::param<std::string>("n"))
            .order_by(col<&Owner::id>);
    CHECK(c.execute(others, {{"ids", std::vector{1}}, {"n", "Cem"}}).scalars() == std::vector<std::string>{"Bob"});
    CHECK(c.execute(others, {{"ids", std::vector<int>{}}, {"n", ""}}).scalars().size() == 3);
    std::vector<std::int64_t> many(10'000);
    for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<std::int64_t>(i) + 2;
    CHECK(c.execute(by_ids, {{"ids", many}}).scalars().size() == 2);
}

TEST_CASE("a list of the wrong kind is refused") {
    const database db;
    auto c = db.engine.connect();
    const auto code = [&](const az::argument& given) {
        return error_of<az::error>([&] { (void)c.execute(by_ids, std::vector{given}); }).code();
    };
    CHECK(code({"ids", 1}) == az::errc::type_mismatch);
    CHECK(code({"ids", std::vector<std::string>{"1"}}) == az::errc::type_mismatch);
    CHECK(code({"ids", std::vector<std::optional<int>>{1, std::nullopt}}) == az::errc::null_value);
    CHECK(code({"idz", std::vector<int>{}}) == az::errc::parameter);
    CHECK(error_of<az::programming_error>([&] { (void)c.execute(by_ids); }).code() == az::errc::parameter);
}
