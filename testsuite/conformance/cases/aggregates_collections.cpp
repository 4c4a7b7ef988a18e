// Aggregates that keep what they take: texts joined, arrays, JSON; in an order, each once, of some rows.
#include "aggregates_parts.hpp"
#include "claims.hpp"
#include "sales.hpp"

namespace azoth::conformance {
namespace {

using namespace sales;

void joined_texts(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::string_agg(region, ",").order_by(id)).where(id < 5)) == "north,north,south,south");
    CHECK(told(c, select(region, func::string_agg(product, "-").order_by(id)).group_by(region).order_by(region)) ==
          "north apple-pear-apple, south apple-pear, west fig");
    CHECK(told(c, select(func::string_agg(product, ",")).where(id == 4)) == "-");
    CHECK(told(c, select(func::string_agg(product, ",")).where(id > 100)) == "-");
    CHECK(told(c, select(func::string_agg(product, ",")).where(id.in({4, 6, 8}))) == "fig");
}

void separators(context& on) {
    connection c = stocked(on);
    const auto first = id < 4;
    CHECK(told(c, select(func::string_agg(region, "").order_by(id)).where(first)) == "northnorthsouth");
    CHECK(told(c, select(func::string_agg(region, "' \\ ").order_by(id)).where(first)) == "north' \\ north' \\ south");
    CHECK(told(c, select(func::string_agg(region, literal("'; ")).order_by(id)).where(first)) == "north'; north'; south");
    const auto given = select(func::string_agg(region, param<std::string>("by")).order_by(id)).where(first);
    CHECK(c.execute(given, {{"by", " ü "}}).scalar() == "north ü north ü south");
    CHECK(c.execute(given, {{"by", "+"}}).scalar() == "north+north+south");
}

void orders_of_texts(context& on) {
    connection c = stocked(on);
    const auto joined = [&](const auto&... order) {
        return told(c, select(func::string_agg(id.as<std::string>(), " ").order_by(order...)));
    };
    CHECK(joined(id.desc()) == "8 7 6 5 4 3 2 1");
    CHECK(joined(price.desc(), id) == "6 4 8 2 7 3 1 5");
    CHECK(joined(region, amount.desc(), id) == "1 2 5 3 7 4 6 8");
    CHECK(joined(rating.asc(nulls_order::last), id) == "7 3 4 1 8 5 2 6");
    CHECK(joined(rating.asc(nulls_order::first), id) == "2 6 7 3 4 1 8 5");
    CHECK(joined(rating.desc(nulls_order::first), id) == "2 6 5 1 8 4 3 7");
    CHECK(joined(rating.desc(nulls_order::last), id) == "5 1 8 4 3 7 2 6");
    CHECK(joined(sold_on.desc(), id.desc()) == "8 7 6 5 4 3 2 1");
    CHECK(joined(amount % 2, id) == "4 1 2 3 5 6 7 8");
}

void distinct_texts(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::string_agg(region, ",").distinct().order_by(region))) == "north,south,west");
    CHECK(told(c, select(func::string_agg(product, ", ").distinct().order_by(product.desc()))) == "pear, fig, apple");
    CHECK(told(c, select(region, func::string_agg(product, literal("/")).distinct().order_by(product)).group_by(region).order_by(region)) ==
          "north apple/pear, south apple/pear, west fig");
    CHECK(told(c, select(func::string_agg(region, ",").distinct()).where(region == "west")) == "west");
}

void some_texts(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::string_agg(region, ",").order_by(id).filter(paid))) == "north,south,south,west,west");
    CHECK(told(c, select(func::string_agg(region, literal(",")).filter(amount == 1), func::string_agg(region, ",").filter(amount > 100))) ==
          "north -");
    CHECK(told(c, select(func::string_agg(region, ",").distinct().order_by(region).filter(amount > 4))) == "north,south,west");
}

/// More than any server's default for a group's text.
void long_texts(context& on) {
    connection c = stocked(on);
    c.execute(update<sale>().set(product, std::string(20, 'x')));
    const auto many = alias<sale>("a"), more = alias<sale>("b"), most = alias<sale>("c"), all = alias<sale>("d"), even = alias<sale>("e");
    const auto joined = c.scalar(select(func::string_agg(many[&sale::product], "+")).select_from(many, more, most, all, even));
    REQUIRE(joined.has_value());
    CHECK(joined->size() == std::size_t{8 * 8 * 8 * 8 * 8} * 21 - 1);
}

void arrays(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::array_agg(amount).order_by(id))) == "[5,3,5,2,1,7,5,7]");
    CHECK(told(c, select(func::array_agg(product).order_by(id.desc()))) == "[-,pear,fig,apple,-,apple,pear,apple]");
    CHECK(told(c, select(func::array_agg(paid).order_by(id)).where(id < 4)) == "[yes,no,yes]");
    CHECK(told(c, select(func::array_agg(rating).order_by(id)).where(id < 4)) == "[4,-,2.5]");
    CHECK(told(c, select(func::array_agg(amount)).where(id > 100)) == "-");
    CHECK(told(c, select(region, func::array_agg(id).order_by(id)).group_by(region).order_by(region)) ==
          "north [1,2,5], south [3,4,7], west [6,8]");
}

void json_arrays(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::json_agg(product).order_by(id))) == R"(["apple","pear","apple",null,"apple","fig","pear",null])");
    CHECK(told(c, select(func::json_agg(paid).order_by(id)).where(id < 3)) == "[true,false]");
    CHECK((c.scalar(select(func::json_agg(rating).order_by(id)).where(id < 4)) == nlohmann::json{4.0, nullptr, 2.5}));
    CHECK(told(c, select(func::json_agg(rating > 3.0).order_by(id)).where(id < 4)) == "[true,null,false]");
    CHECK(told(c, select(func::json_agg(amount)).where(id > 100)) == "-");
    CHECK(told(c, select(func::json_agg(amount).distinct().order_by(amount.desc()))) == "[7,5,3,2,1]");
}

void exact_json(context& on) {
    connection c = stocked(on);
    c.execute(update<sale>().set(rating, 0.1 + 0.2).set(product, "a\"b\\c\n\u00fc/").where(id == 1));
    CHECK((c.scalar(select(func::json_agg(rating)).where(id == 1)) == nlohmann::json::array({0.1 + 0.2})));
    CHECK((c.scalar(select(func::json_agg(product)).where(id == 1)) == nlohmann::json::array({"a\"b\\c\n\u00fc/"})));
    c.execute(update<sale>().set(flags, std::numeric_limits<std::int64_t>::min()).where(id == 1));
    CHECK((c.scalar(select(func::json_agg(flags)).where(id == 1)) == nlohmann::json::array({std::numeric_limits<std::int64_t>::min()})));
}

void some_json(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::json_agg(product).order_by(id).filter(amount > 4))) == R"(["apple","apple","fig","pear",null])");
    CHECK(told(c, select(func::array_agg(amount).order_by(id).filter(paid))) == "[5,5,2,7,7]");
    CHECK(told(c, select(func::json_agg(product).filter(amount > 100), func::array_agg(amount).filter(amount > 100))) == "- -");
}

void json_objects(context& on) {
    connection c = stocked(on);
    CHECK(told(c, select(func::json_object_agg(region, amount)).where(id.in({2, 4, 6}))) == R"({"north":3,"south":2,"west":7})");
    CHECK(told(c, select(func::json_object_agg(region, product)).where(id.in({2, 4}))) == R"({"north":"pear","south":null})");
    CHECK(told(c, select(func::json_object_agg(region, paid).filter(amount > 5)).where(id != 8)) == R"({"west":true})");
    CHECK(told(c, select(func::json_object_agg(region, amount)).where(id > 100)) == "-");
}

void joined_over_windows(context& on) {
    connection c = stocked(on);
    const auto w = partition_by(region).order_by(id);
    CHECK(told(c, select(id, func::string_agg(product, "+").over(w)).order_by(id)) ==
          "1 apple, 2 apple+pear, 3 apple, 4 apple, 5 apple+pear+apple, 6 fig, 7 apple+pear, 8 fig");
    CHECK(told(c, select(id, func::json_agg(amount).over(w)).where(region == "south").order_by(id)) == "3 [5], 4 [5,2], 7 [5,2,5]");
}

}  // namespace

std::vector<test_case> areas::aggregates_parts::collections() {
    return {
        {"aggregates/string-agg", "texts joined in groups; NULLs are left out, of nothing comes NULL", claims::ordered_aggregates,
         joined_texts},
        {"aggregates/string-agg-separators", "a separator that is bound, a literal or given later, with quotes, empty",
         claims::ordered_aggregates, separators},
        {"aggregates/string-agg-order", "in the order of several expressions, up and down, NULLs first and last",
         claims::ordered_aggregates, orders_of_texts},
        {"aggregates/string-agg-distinct", "each text once", claims::ordered_aggregates, distinct_texts},
        {"aggregates/string-agg-filter", "of some rows", claims::ordered_aggregates, some_texts},
        {"aggregates/string-agg-long", "a text of 700,000 characters is not cut", {}, long_texts},
        {"aggregates/array-agg", "arrays of numbers, texts, booleans and NULLs in an order", claims::collecting_aggregates, arrays},
        {"aggregates/json-agg", "JSON arrays of texts, booleans, doubles and NULLs; NULL of nothing", claims::collecting_aggregates,
         json_arrays},
        {"aggregates/json-agg-exact", "doubles keep all digits, texts their quotes and signs", claims::collecting_aggregates, exact_json},
        {"aggregates/json-agg-filter", "JSON and arrays of some rows, of which a NULL is one", claims::collecting_aggregates, some_json},
        {"aggregates/json-object-agg", "JSON objects", claims::collecting_aggregates, json_objects},
        {"aggregates/joined-windows", "texts and JSON over a window", claims::joined_windows, joined_over_windows},
    };
}

}  // namespace azoth::conformance
