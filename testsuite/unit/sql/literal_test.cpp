// Values in SQL text, and names: nothing that a value or a name holds may become SQL.
#include "shop.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <random>

using namespace shop;
using azoth::literal;
using azoth::select;
using azoth::value;

namespace {

template <class V>
std::string written(const V& v) {
    return expression_sql(literal(v));
}

/// What a database reads back from a literal, by the standard's rule: quotes are doubled, all else is itself.
std::string read_back(const std::string& text) {
    REQUIRE(text.size() >= 2);
    REQUIRE(text.front() == '\'');
    REQUIRE(text.back() == '\'');
    std::string content;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == '\'') {
            REQUIRE(i + 2 < text.size());  // a lone quote would end the literal here
            REQUIRE(text[++i] == '\'');
        }
        content += text[i];
    }
    return content;
}

}  // namespace

TEST_CASE("literals: values of every type") {
    using std::chrono::year;
    CHECK(written(std::optional<int>{}) == "NULL");
    CHECK(written(true) == "TRUE");
    CHECK(written(false) == "FALSE");
    CHECK(written(-5) == "-5");
    CHECK(written(~std::uint64_t{0}) == "18446744073709551615");
    CHECK(written(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(written(2.0) == "2.0");  // a real stays one
    CHECK(written(0.1) == "0.1");
    CHECK(written(1e300) == "1e+300");
    CHECK(written(azoth::decimal::parse("12.50")) == "12.50");
    CHECK(written("it's") == "'it''s'");
    CHECK(written(azoth::bytes{std::byte{0}, std::byte{0xab}}) == "X'00ab'");
    CHECK(written(azoth::date{year{2024} / 2 / 29}) == "DATE '2024-02-29'");
    CHECK(written(azoth::time_of_day{std::chrono::hours{1}, std::chrono::minutes{2}}) == "TIME '01:02:00.000000'");
    CHECK(written(azoth::local_timestamp{}) == "TIMESTAMP '1970-01-01 00:00:00.000000'");
    CHECK(written(azoth::timestamp{}) == "TIMESTAMP '1970-01-01 00:00:00.000000+00:00'");
    CHECK(written(azoth::uuid{}) == "'00000000-0000-0000-0000-000000000000'");
    CHECK(written(nlohmann::json{{"a", "it's"}}) == R"('{"a":"it''s"}')");
}

TEST_CASE("literals: intervals keep their sign, days and months") {
    const auto interval = [](azoth::interval_parts i) { return expression_sql(literal(value{azoth::cell::interval_of(i)})); };
    CHECK(interval({0, 0, 1'500'000}) == "INTERVAL '1.500000' SECOND");
    CHECK(interval({0, 0, -500'000}) == "INTERVAL '-0.500000' SECOND");
    CHECK(interval({0, 0, -1'500'000}) == "INTERVAL '-1.500000' SECOND");
    CHECK(interval({0, 2, 1}) == "INTERVAL '172800.000001' SECOND");
    CHECK(interval({0, 1, -86'400'000'000}) == "INTERVAL '0.000000' SECOND");
    CHECK(interval({14, 0, 0}) == "INTERVAL '14' MONTH");
    CHECK(interval({0, 0, std::numeric_limits<std::int64_t>::min()}) == "INTERVAL '-9223372036854.775808' SECOND");
    CHECK_ERROR(interval({1, 1, 0}), "value-range", "bind it instead");
    CHECK_ERROR(interval({0, std::numeric_limits<std::int32_t>::max(), 0}), "value-range", "too long");
}

TEST_CASE("literals: text cannot leave its quotes") {
    for (const std::string text : {"'; DROP TABLE package; --", "' OR '1'='1", "''", "'", "'''", "\\'", "\\", "\\\\' OR 1=1 --", "a\nb",
                                   "/* */ -- ", "\xc2\xbf'", "$$", "?", ":p", "\xf0\x9f\x98\x80'"}) {
        INFO(text);
        CHECK(read_back(written(text)) == text);
    }
    std::mt19937 random{11};
    const std::string alphabet = "'\\-;ab\n\"`?:$";
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (auto n = random() % 20; n > 0; --n) text += alphabet[random() % alphabet.size()];
        REQUIRE(read_back(written(text)) == text);
    }
}

TEST_CASE("literals: what has none") {
    CHECK_ERROR(written(std::string("a\0b", 3)), "value-format", "NUL");
    CHECK_ERROR(written("\xff"), "value-format", "UTF-8");
    CHECK_ERROR(written("\xbf\x27"), "value-format", "UTF-8");  // where a server takes the two bytes for one character, the quote is gone
    CHECK_ERROR(written(std::nan("")), "value-range", "bind it instead");
    CHECK_ERROR(written(HUGE_VAL), "value-range", "inf");
    CHECK_ERROR(written(value{azoth::cell{azoth::cell_tag::date, 1 << 30}}), "value-range", "1 to 9999");
    // A cell may hold what it wants; only digits are written without quotes.
    CHECK_ERROR(written(value{azoth::cell::decimal("1); DROP TABLE package; --")}), "value-format", "not a decimal");
    CHECK_ERROR(written(value{azoth::cell::decimal("NaN")}), "value-format", "not a decimal");
}

TEST_CASE("identifiers: quoted, and quotes in them doubled") {
    const auto named = [](const std::string& name) { return printed(select(literal(1).label(name))); };
    CHECK(named("a") == R"(SELECT 1 AS "a")");
    CHECK(named(R"(a"b)") == R"(SELECT 1 AS "a""b")");
    CHECK(named(R"(" FROM secret --)") == R"(SELECT 1 AS """ FROM secret --")");
    CHECK(named("select") == R"(SELECT 1 AS "select")");
    CHECK(named("n\xc3\xa4me") == "SELECT 1 AS \"n\xc3\xa4me\"");
    CHECK(named(std::string(63, 'x')).size() == 13 + 63 + 1);
    CHECK_ERROR(named(""), "statement", "empty");
    CHECK_ERROR(named(std::string(64, 'x')), "statement", "64 bytes");
    CHECK_ERROR(named(std::string("a\0b", 3)), "statement", "NUL");
    azoth::rule_table rules = azoth::ansi_rules();
    rules.identifiers.open_quote = rules.identifiers.close_quote = '`';
    CHECK(azoth::to_sql(*select(literal(1).label("a`b\"c")).node(), rules, able()) == "SELECT 1 AS `a``b\"c`");
    rules.identifiers.open_quote = '[';
    rules.identifiers.close_quote = ']';
    CHECK(azoth::to_sql(*select(literal(1).label("a]b[c")).node(), rules, able()) == "SELECT 1 AS [a]]b[c]");
}

TEST_CASE("identifiers: their length is counted in bytes or in characters, as the dialect says") {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.identifiers.max_length = 4;
    const auto named = [&](const char* name) { return azoth::to_sql(*select(literal(1).label(name)).node(), rules, able()); };
    CHECK(named("ab\xc3\xa4") == "SELECT 1 AS \"ab\xc3\xa4\"");
    CHECK_ERROR(named("abc\xc3\xa4"), "statement", "has 5 bytes");
    rules.identifiers.length_in_bytes = false;
    CHECK(named("\xe6\xb8\xac\xe8\xa9\xa6\xc3\xa4z") == "SELECT 1 AS \"\xe6\xb8\xac\xe8\xa9\xa6\xc3\xa4z\"");
    CHECK_ERROR(named("\xe6\xb8\xac\xe8\xa9\xa6\xc3\xa4zz"), "statement", "has 5 characters");
}

TEST_CASE("identifiers: a name made up for an alias is never too long") {
    const std::string longest(63, 't');
    const azoth::node_ptr table = azoth::make_node<const azoth::table_node>(
        longest, "", std::vector<azoth::column_spec>{{.name = "id", .type = azoth::type_kind::integer}});
    const auto one = azoth::detail::make_alias(table, "");
    const auto two = azoth::detail::make_alias(table, "");
    const auto query = select(azoth::detail::dynamic_column(one, "id"), azoth::detail::dynamic_column(two, "id"));
    const std::string text = sql(query);
    CHECK(text.find("\"" + std::string(55, 't') + "_1\".\"id\"") != std::string::npos);
    CHECK(text.find("\"" + std::string(55, 't') + "_2\".\"id\"") != std::string::npos);
}

TEST_CASE("to_sql: statements for people") {
    CHECK(
        printed(select(package_name).where(package_name == "it's", package_price > azoth::decimal::parse("1.50")).limit(3)) ==
        R"(SELECT "package"."name" FROM "package" WHERE "package"."name" = 'it''s' AND "package"."price" > 1.50 FETCH FIRST 3 ROWS ONLY)");
    CHECK(printed(select(package_name).where(package_id == azoth::param<std::int64_t>("id"))) ==
          R"(SELECT "package"."name" FROM "package" WHERE "package"."id" = :id)");
    CHECK(printed(select(package_name).where(package_id.in({1, 2}))) ==
          R"(SELECT "package"."name" FROM "package" WHERE ("package"."id" IN (1, 2)))");
    CHECK(printed(azoth::text("SELECT :a, ':b'").bind("a", 5)) == "SELECT 5, ':b'");
}

TEST_CASE("placeholders: question marks or numbers") {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.placeholder = azoth::placeholders::dollar_number;
    const auto query = select(package_name).where(package_id == 1, package_name == "x").limit(2);
    CHECK(compiled(query, able(), rules).sql ==
          R"(SELECT "package"."name" FROM "package" WHERE "package"."id" = $1 AND "package"."name" = $2 FETCH FIRST $3 ROWS ONLY)");
    std::string many = "SELECT";
    for (int i = 0; i < 12; ++i) many += " :a";
    CHECK(compiled(azoth::text(many), able(), rules).sql == "SELECT $1 $2 $3 $4 $5 $6 $7 $8 $9 $10 $11 $12");
}
