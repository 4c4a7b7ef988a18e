// Expressions in ANSI's words: operators and their parentheses, functions, windows, CASE, lists.
#include "shop.hpp"

#include <azoth/sql/expand.hpp>

#include <limits>

using namespace shop;
using azoth::bound;
using azoth::literal;
using azoth::select;
using azoth::when;
namespace func = azoth::func;

TEST_CASE("operators: comparisons and logic") {
    CHECK(condition_sql(package_id == 5) == R"("package"."id" = 5)");
    CHECK(condition_sql(5 != package_id) == R"(5 <> "package"."id")");
    CHECK(condition_sql(package_id < 5 && package_id <= 6 && package_id > 7 && package_id >= 8) ==
          R"("package"."id" < 5 AND "package"."id" <= 6 AND "package"."id" > 7 AND "package"."id" >= 8)");
    CHECK(condition_sql(package_name.like("lib%") || package_name.not_like("%-dev")) ==
          R"("package"."name" LIKE 'lib%' OR "package"."name" NOT LIKE '%-dev')");
    CHECK(condition_sql(package_id.between(1, 5)) == R"("package"."id" BETWEEN 1 AND 5)");
    CHECK(condition_sql(package_id.not_between(1, package_size)) == R"("package"."id" NOT BETWEEN 1 AND "package"."size")");
    CHECK(condition_sql(package_size.is_distinct_from(5)) == R"("package"."size" IS DISTINCT FROM 5)");
    CHECK(condition_sql(package_size.is_not_distinct_from(package_id)) == R"("package"."size" IS NOT DISTINCT FROM "package"."id")");
    CHECK(condition_sql(package_essential) == R"("package"."essential")");
    CHECK(condition_sql(package_essential == true) == R"("package"."essential" = TRUE)");
}

TEST_CASE("operators: equal to nothing is IS NULL") {
    CHECK(condition_sql(package_size == std::nullopt) == R"("package"."size" IS NULL)");
    CHECK(condition_sql(std::nullopt != package_size) == R"("package"."size" IS NOT NULL)");
    std::optional<std::int64_t> size;
    CHECK(condition_sql(package_size == size) == R"("package"."size" IS NULL)");
    CHECK(condition_sql(package_size != size) == R"("package"."size" IS NOT NULL)");
    size = 5;
    CHECK(condition_sql(package_size == size) == R"("package"."size" = 5)");
    CHECK(condition_sql(package_size == azoth::value{}) == R"("package"."size" IS NULL)");
    CHECK(condition_sql(package_size == azoth::value{5}) == R"("package"."size" = 5)");
    // The statement changes its shape with the value, and so is another one.
    CHECK(select(package_id).where(package_size == std::optional<std::int64_t>{}).node()->hash() !=
          select(package_id).where(package_size == std::optional<std::int64_t>{1}).node()->hash());
}

TEST_CASE("parentheses: where the tree has them and SQL would not") {
    const auto& a = package_id;
    const auto& b = package_maintainer;
    const auto text = [](const auto& e) {
        std::string s = expression_sql(e);
        for (const auto& [from, to] : {std::pair{R"("package"."id")", "a"},
                                       {R"("package"."maintainer_id")", "b"},
                                       {R"("package"."essential")", "c"},
                                       {R"("package"."name")", "s"}})
            for (auto at = s.find(from); at != std::string::npos; at = s.find(from)) s.replace(at, std::string_view{from}.size(), to);
        return s;
    };
    const auto& c = package_essential;
    const auto& s = package_name;
    CHECK(text((a + b) * 2) == "(a + b) * 2");
    CHECK(text(a + b * 2) == "a + b * 2");
    CHECK(text(a - (b - 2)) == "a - (b - 2)");
    CHECK(text(a - b - 2) == "a - b - 2");
    CHECK(text(a - (b + 2)) == "a - (b + 2)");
    CHECK(text(a * (b % 2)) == "a * (b % 2)");
    CHECK(text(a % b * 2) == "a % b * 2");
    CHECK(text(-(a + b)) == "-(a + b)");
    CHECK(text(-a * b) == "-a * b");
    CHECK(text(a - -b) == "a - -b");
    CHECK(text(-(-a)) == "-(-a)");
    CHECK(text(a == b && (c || a > 1)) == "a = b AND (c OR a > 1)");
    CHECK(text((a == b && c) || a > 1) == "a = b AND c OR a > 1");
    CHECK(text(!(a == b)) == "NOT a = b");
    CHECK(text(!(a == b && c)) == "NOT (a = b AND c)");
    CHECK(text(!!c) == "NOT NOT c");
    CHECK(text((!c) == true) == "(NOT c) = TRUE");
    CHECK(text((a == b) == c) == "(a = b) = c");
    CHECK(text((a == b).is_null()) == "(a = b) IS NULL");
    CHECK(text((a + b).is_null()) == "a + b IS NULL");
    CHECK(text(!(a + b).is_null()) == "NOT a + b IS NULL");
    CHECK(text((c && c).is_not_null()) == "(c AND c) IS NOT NULL");
    CHECK(text(c.is_null() == true) == "(c IS NULL) = TRUE");
    CHECK(text(a.between(1, 2) == c) == "(a BETWEEN 1 AND 2) = c");
    CHECK(text((a == b).between(false, c)) == "(a = b) BETWEEN FALSE AND c");
    CHECK(text(a.between(b + 1, b * 2) && c) == "a BETWEEN b + 1 AND b * 2 AND c");
    CHECK(text(s + s + s) == "s || s || s");
    CHECK(text(s + (s + s)) == "s || (s || s)");
    CHECK(text((s + s).like("x")) == "s || s LIKE 'x'");
    CHECK(text(s.like(s + "%")) == "s LIKE s || '%'");
    CHECK(text((a + b).as<std::string>() + s) == "CAST(a + b AS CLOB) || s");
    CHECK(text(c || c || c) == "c OR c OR c");
    CHECK(text(c || (c || c)) == "c OR (c OR c)");
    CHECK(text(azoth::text("a = 1 OR b = 2").as<bool>() && c) == "(a = 1 OR b = 2) AND c");
    CHECK(text(a.in({1, 2}) == c) == "(a IN (1, 2)) = c");
    CHECK(text((a.label("x") + 1) * 2) == "(a + 1) * 2");
    CHECK(text(((a + 1).label("x")) * 2) == "(a + 1) * 2");
}

TEST_CASE("parentheses: a minus before a negative number is no comment") {
    CHECK(expression_sql(-literal(-5)) == "-(-5)");
    CHECK(expression_sql(-bound(-5)) == "-(-5)");
    CHECK(expression_sql(-literal(azoth::decimal::parse("-1.5"))) == "-(-1.5)");
    CHECK(expression_sql(-literal(-0.5)) == "-(-0.5)");
    CHECK(expression_sql(-azoth::type_coerce<int>(literal(-5))) == "-(-5)");
    CHECK(expression_sql(-literal(-5).label("x")) == "-(-5)");
    CHECK(expression_sql(-azoth::type_coerce<int>(bound(-5))) == "-(-5)");
    CHECK(expression_sql(package_id - literal(-5)) == R"("package"."id" - -5)");
    CHECK(expression_sql(-(-(-package_id))) == R"(-(-(-"package"."id")))");
    CHECK(sql(select(-bound(5))).find("--") == std::string::npos);
}

TEST_CASE("patterns: an escape that ignores its own case is refused") {
    CHECK_THROWS_AS(package_name.ilike("a!%", 'X'), azoth::interface_error);
    CHECK_THROWS_AS(package_name.not_ilike("a!%", 'z'), azoth::interface_error);
    CHECK_NOTHROW(package_name.ilike("a!%", '!'));
    CHECK_NOTHROW(package_name.like("a!%", 'X'));
}

TEST_CASE("arithmetic: division is true division") {
    CHECK(expression_sql(package_id / 2) == R"(CAST("package"."id" AS DOUBLE PRECISION) / 2)");
    CHECK(expression_sql(1 / package_id) == R"(CAST(1 AS DOUBLE PRECISION) / "package"."id")");
    CHECK(expression_sql(package_rating / 2) == R"("package"."rating" / 2)");
    CHECK(expression_sql(package_price / package_id) == R"("package"."price" / "package"."id")");
    static_assert(std::same_as<decltype(package_id / 2)::value_type, double>);
    static_assert(std::same_as<decltype(package_size / 2)::value_type, std::optional<double>>);
    static_assert(std::same_as<decltype(package_price / 2)::value_type, azoth::decimal>);
}

TEST_CASE("types of expressions: NULL spreads, and what is exact stays exact") {
    static_assert(std::same_as<decltype(package_id + package_size)::value_type, std::optional<std::int64_t>>);
    static_assert(std::same_as<decltype(package_id + 1.5)::value_type, double>);
    static_assert(std::same_as<decltype(package_price + package_id)::value_type, azoth::decimal>);
    static_assert(std::same_as<decltype(package_size > 5)::value_type, std::optional<bool>>);
    static_assert(std::same_as<decltype(package_size.is_null())::value_type, bool>);
    static_assert(std::same_as<decltype(maintainer_email + "x")::value_type, std::optional<std::string>>);
    static_assert(std::same_as<decltype(func::sum(package_id))::value_type, std::optional<std::int64_t>>);
    static_assert(std::same_as<decltype(func::avg(package_price))::value_type, std::optional<azoth::decimal>>);
    static_assert(std::same_as<decltype(func::max(package_name))::value_type, std::optional<std::string>>);
    static_assert(std::same_as<decltype(func::coalesce(package_size, 0))::value_type, std::int64_t>);
    static_assert(std::same_as<decltype(func::coalesce(package_size, package_size))::value_type, std::optional<std::int64_t>>);
    static_assert(std::same_as<decltype(select(package_id).scalar())::value_type, std::optional<std::int64_t>>);
    static_assert(std::same_as<decltype(azoth::maybe(package_size))::value_type, std::optional<std::int64_t>>);
    static_assert(std::same_as<decltype(select(package_id, azoth::entity<maintainer>))::row_type, std::tuple<std::int64_t, maintainer>>);
    SUCCEED();
}

TEST_CASE("functions and aggregates") {
    CHECK(expression_sql(func::count()) == "count(*)");
    CHECK(expression_sql(func::count(package_size)) == R"(count("package"."size"))");
    CHECK(expression_sql(func::count_distinct(package_size)) == R"(count(DISTINCT "package"."size"))");
    CHECK(expression_sql(func::sum(package_size + 1)) == R"(sum("package"."size" + 1))");
    CHECK(expression_sql(func::min(package_name)) == R"(min("package"."name"))");
    CHECK(expression_sql(func::lower(package_name)) == R"(lower("package"."name"))");
    CHECK(expression_sql(func::char_length(package_name)) == R"(char_length("package"."name"))");
    CHECK(expression_sql(func::coalesce(package_size, package_id, 0)) == R"(coalesce("package"."size", "package"."id", 0))");
    CHECK(expression_sql(func::call<std::string>("soundex", package_name)) == R"(soundex("package"."name"))");
    CHECK(expression_sql(func::call<std::string>("pg_catalog.now")) == "pg_catalog.now()");
    CHECK(expression_sql(func::call<double>("round", package_rating, 2)) == R"(round("package"."rating", 2))");
    for (const char* name : {"", "a b", "a(", "x;", "a--", "a'b", "na\xc3\xafve"}) {
        INFO(name);
        CHECK_ERROR(func::call<int>(name), "statement", "is no function name");
    }
    azoth::rule_table rules = azoth::ansi_rules();
    rules.rename_function("char_length", "length");
    CHECK(compiled(select(func::char_length(package_name)), able(), rules).sql == R"(SELECT length("package"."name") FROM "package")");
}

TEST_CASE("windows") {
    CHECK(expression_sql(func::rank().over(azoth::partition_by(package_maintainer).order_by(package_size.desc()))) ==
          R"(rank() OVER (PARTITION BY "package"."maintainer_id" ORDER BY "package"."size" DESC))");
    CHECK(expression_sql(func::row_number().over()) == "row_number() OVER ()");
    CHECK(expression_sql(func::sum(package_size).over(azoth::window{}.order_by(package_id).rows(std::nullopt, 0))) ==
          R"(sum("package"."size") OVER (ORDER BY "package"."id" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))");
    CHECK(expression_sql(func::sum(package_size).over(azoth::window{}.rows(-2, 3))) ==
          R"(sum("package"."size") OVER (ROWS BETWEEN 2 PRECEDING AND 3 FOLLOWING))");
    CHECK(expression_sql(func::sum(package_size).over(azoth::window{}.rows(0, std::nullopt))) ==
          R"(sum("package"."size") OVER (ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING))");
    CHECK(expression_sql(func::sum(package_size).over(azoth::window{}.rows(std::numeric_limits<std::int32_t>::min(), 0)))
              .find("2147483648 PRECEDING") != std::string::npos);
    CHECK_ERROR(azoth::window{}.rows(3, 1), "invalid-argument", "from 3 to 1");
    const azoth::window base = azoth::partition_by(package_maintainer);
    const azoth::window ordered = base.order_by(package_id);
    CHECK(expression_sql(func::rank().over(base)) == R"(rank() OVER (PARTITION BY "package"."maintainer_id"))");  // a value: not changed
    CHECK(expression_sql(func::rank().over(ordered) * 2) ==
          R"(rank() OVER (PARTITION BY "package"."maintainer_id" ORDER BY "package"."id") * 2)");
}

TEST_CASE("CASE") {
    const auto size = when(package_size > 1000, "large").when(package_size > 10, "middle").otherwise("small");
    CHECK(expression_sql(size) ==
          R"(CASE WHEN "package"."size" > 1000 THEN 'large' WHEN "package"."size" > 10 THEN 'middle' ELSE 'small' END)");
    CHECK(expression_sql(when(package_essential, 1).end()) == R"(CASE WHEN "package"."essential" THEN 1 END)");
    static_assert(std::same_as<decltype(size)::value_type, std::string>);
    static_assert(std::same_as<decltype(when(package_essential, 1).end())::value_type, std::optional<int>>);
    // A branch that can be NULL makes it NULLable.
    static_assert(
        std::same_as<decltype(when(package_essential, std::int64_t{1}).otherwise(package_size))::value_type, std::optional<std::int64_t>>);
    static_assert(std::same_as<decltype(when(package_essential, package_id).when(package_essential, package_size).otherwise(1))::value_type,
                               std::optional<std::int64_t>>);
    static_assert(
        std::same_as<decltype(when(package_essential, package_id).otherwise(std::nullopt))::value_type, std::optional<std::int64_t>>);
    CHECK(expression_sql(when(package_essential, package_id).otherwise(std::nullopt)) ==
          R"(CASE WHEN "package"."essential" THEN "package"."id" ELSE NULL END)");
    const auto builder = when(package_essential, 1);
    static_cast<void>(builder.when(package_id > 1, 2));
    CHECK(expression_sql(builder.otherwise(0)) == R"(CASE WHEN "package"."essential" THEN 1 ELSE 0 END)");  // a value: not changed
}

TEST_CASE("casts") {
    CHECK(expression_sql(package_id.as<std::string>()) == R"(CAST("package"."id" AS CLOB))");
    CHECK(expression_sql(package_name.as<double>()) == R"(CAST("package"."name" AS DOUBLE PRECISION))");
    CHECK(expression_sql(package_name.as<std::uint32_t>()) == R"(CAST("package"."name" AS BIGINT))");
    static_assert(std::same_as<decltype(package_size.as<std::string>())::value_type, std::optional<std::string>>);
}

TEST_CASE("order: NULLs first and last") {
    const auto tail = [](const auto& order) {
        const std::string text = printed(select(package_id).order_by(order));
        return text.substr(text.find("ORDER BY ") + 9);
    };
    CHECK(tail(package_size.asc(azoth::nulls_order::first)) == R"("package"."size" NULLS FIRST)");
    CHECK(tail(package_size.desc(azoth::nulls_order::last)) == R"("package"."size" DESC NULLS LAST)");
    CHECK(tail(package_size + 1) == R"("package"."size" + 1)");
}

namespace {

/// The SQL as it is sent, lists expanded, and how many parameters go with it.
template <class S>
std::pair<std::string, std::size_t> sent(const S& statement, azoth::placeholders style = azoth::placeholders::question_mark,
                                         std::size_t most = 999) {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.placeholder = style;
    const auto c = compiled(statement, able(), rules);
    std::vector<const azoth::bind_node*> binds;
    const auto node = statement.node();
    azoth::collect_binds(*node, binds);
    std::vector<azoth::expanded_parameter> parameters;
    const std::string text = azoth::expand(c, binds, style, most, parameters);
    return {text.substr(text.find("WHERE ") + 6), parameters.size()};
}

}  // namespace

TEST_CASE("IN lists: expanded when the statement runs") {
    const auto in = [](std::vector<std::int64_t> list) { return select(literal(1)).where(package_id.in(list), package_size > 5); };
    CHECK(sent(in({1, 2, 3})) == std::pair{std::string{R"(("package"."id" IN (?, ?, ?)) AND "package"."size" > ?)"}, std::size_t{4}});
    CHECK(sent(in({1})) == std::pair{std::string{R"(("package"."id" IN (?)) AND "package"."size" > ?)"}, std::size_t{2}});
    CHECK(sent(in({1, 2}), azoth::placeholders::dollar_number).first == R"(("package"."id" IN ($1, $2)) AND "package"."size" > $3)");
    CHECK(compiled(in({1, 2})).sql.empty());  // no SQL is complete before
    CHECK(compiled(in({1, 2})).pieces.size() == 3);
    // All lengths are one statement, and one entry of the cache.
    CHECK(in({1, 2, 3}).node()->hash() == in({}).node()->hash());
}

TEST_CASE("IN lists: an empty one holds nothing") {
    const std::vector<std::int64_t> none;
    CHECK(sent(select(literal(1)).where(package_id.in(none))).first == R"(("package"."id" IN (NULL) AND (1 <> 1)))");
    CHECK(sent(select(literal(1)).where(package_id.not_in(none))).first == R"(("package"."id" NOT IN (NULL) OR (1 = 1)))");
    CHECK(sent(select(literal(1)).where(!package_id.in(none) || package_id == 1)).first ==
          R"(NOT ("package"."id" IN (NULL) AND (1 <> 1)) OR "package"."id" = ?)");
    CHECK(condition_sql(package_id.in(none)) == R"(("package"."id" IN (NULL) AND (1 <> 1)))");
    CHECK(condition_sql(package_id.not_in(none)) == R"(("package"."id" NOT IN (NULL) OR (1 = 1)))");
}

TEST_CASE("IN lists: any range, and literals in braces") {
    CHECK(condition_sql(package_name.in({"a", "b'c"})) == R"(("package"."name" IN ('a', 'b''c')))");
    CHECK(condition_sql(package_id.not_in(std::array<int, 2>{1, 2})) == R"(("package"."id" NOT IN (1, 2)))");
    CHECK(condition_sql(package_essential.in(std::vector<bool>{true, false})) == R"(("package"."essential" IN (TRUE, FALSE)))");
    CHECK(condition_sql(package_size.in(std::vector<std::optional<std::int64_t>>{1, std::nullopt})) ==
          R"(("package"."size" IN (1, NULL)))");
}

TEST_CASE("IN lists: more parameters than the database takes") {
    const std::vector<std::int64_t> list(10, 1);
    const auto query = select(literal(1)).where(package_id.in(list), package_size > 5);
    CHECK(sent(query, azoth::placeholders::question_mark, 11).second == 11);
    CHECK_ERROR(sent(query, azoth::placeholders::question_mark, 10), "parameter", "10 parameters");
    CHECK_ERROR(sent(query, azoth::placeholders::question_mark, 9), "parameter", "temporary table");
}

TEST_CASE("bound values take the type of what they meet, but never one that changes them") {
    const auto type_of_bind = [](const auto& e) {
        const auto c = compiled(select(literal(1)).where(e));
        REQUIRE(c.parameters.size() == 1);
        return c.parameters[0].type;
    };
    using kind = azoth::type_kind;
    CHECK(type_of_bind(package_name == "x") == azoth::string(80));
    CHECK(type_of_bind(package_price == azoth::decimal{1}) == azoth::numeric(10, 2));
    CHECK(type_of_bind(package_price > 5) == azoth::numeric(10, 2));
    CHECK(type_of_bind(package_price > 0.1).kind == kind::double_);
    CHECK(type_of_bind(package_id == 5).kind == kind::big_integer);
    CHECK(type_of_bind(package_id > 2.5).kind == kind::double_);
    CHECK(type_of_bind(package_id > azoth::decimal::parse("2.5")).kind == kind::numeric);
    CHECK(type_of_bind(package_rating > 5).kind == kind::double_);
    CHECK(type_of_bind(package_id == azoth::value{"text"}).kind == kind::text);
    CHECK(type_of_bind(package_id == azoth::param<std::int64_t>("id")).kind == kind::big_integer);
    CHECK(type_of_bind(package_id.in({1, 2})).kind == kind::big_integer);
    const auto c = compiled(select(literal(1)).where(package_price == azoth::decimal{1}));
    CHECK(c.parameters[0].stored == azoth::cell_tag::decimal);  // ANSI keeps numerics as digits
}

TEST_CASE("an array as a value, a parameter or a cast says what its elements are") {
    using kind = azoth::type_kind;
    using numbers = std::vector<std::int32_t>;
    using texts = std::optional<std::vector<std::string>>;
    const auto type_of = [](const auto& e) { return azoth::type_of(*e.node()); };
    CHECK(type_of(bound(numbers{1})) == azoth::array_of(kind::integer));
    CHECK(type_of(bound(texts{})) == azoth::array_of(kind::text));
    CHECK(type_of(literal(std::vector{azoth::decimal{1}})) == azoth::array_of(kind::numeric));
    CHECK(type_of(azoth::param<texts>("t")) == azoth::array_of(kind::text));
    CHECK(type_of(azoth::param<std::vector<std::optional<bool>>>("b")) == azoth::array_of(kind::boolean));
    CHECK(type_of(package_name.as<numbers>()) == azoth::array_of(kind::integer));

    const auto call = func::call<numbers>("parts", package_name);  // of elements that nobody has said
    const auto meeting = compiled(select(literal(1)).where(call == numbers{1, 2}));
    REQUIRE(meeting.parameters.size() == 1);
    CHECK(meeting.parameters[0].type == azoth::array_of(kind::integer));
    const auto raw = compiled(azoth::text("SELECT :a").bind("a", numbers{1}));
    REQUIRE(raw.parameters.size() == 1);
    CHECK(raw.parameters[0].type == azoth::array_of(kind::integer));
}
