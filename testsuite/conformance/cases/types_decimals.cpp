// Exact numbers: digits, scale, notation, NULL, and as doubles.
#include "claims.hpp"
#include "travel.hpp"
#include "types_parts.hpp"

namespace azoth::conformance {
namespace {

using decimals = std::vector<decimal>;

decimals parsed(std::initializer_list<const char*> texts) {
    decimals all;
    for (const char* t : texts) all.push_back(decimal::parse(t));
    return all;
}

/// Fewer digits than a double has: SQLite keeps these as numbers.
struct as_narrow {
    using type = decimal;
    static constexpr std::string_view stem = "narrow";
    static azoth::type column() { return numeric(12, 4); }
    static decimals samples() {
        return parsed({"0", "15.7563", "-15.7563", "1", "0.0001", "-0.1", "12345678.1234", "99999999.9999", "1.50", "100"});
    }
};

struct as_wide {
    using type = decimal;
    static constexpr std::string_view stem = "wide";
    static azoth::type column() { return numeric(38, 12); }
    static decimals samples() {
        return parsed({"0", "15.7563", "-15.7563", "31943874831932418390.01", "319438950232418390.273596", "87673.594069654243", "10.5",
                       "9.25", "-0.000000000001", "12345678901234567890.12"});
    }
};

/// Without a precision: the dialect's widest.
struct as_any_decimal {
    using type = decimal;
    static constexpr std::string_view stem = "any_decimal";
    static decimals samples() {
        return parsed({"0", "1.5", "-0.25", "15.7563", "31943874831932418390.01", "319438950232418390.273596", "1000000"});
    }
};

struct as_small_exponents {
    using type = decimal;
    static constexpr std::string_view stem = "small_exponents";
    static azoth::type column() { return numeric(18, 14); }
    static decimals samples() {
        return parsed({"1E-2", "1E-3", "1E-4", "1E-5", "1E-6", "1E-7", "1E-8", "0.01000005940696", "0.00000005940696", "0.00000000000696",
                       "-1E-14", "7.0E-10", "1.5E+3"});
    }
};

struct as_large_exponents {
    using type = decimal;
    static constexpr std::string_view stem = "large_exponents";
    static azoth::type column() { return numeric(25, 2); }
    static decimals samples() { return parsed({"4E+8", "5748E+15", "1.521E+15", "00000000000000.1E+12", "-9E+20", "1E+22"}); }
};

struct as_whole {
    using type = decimal;
    static constexpr std::string_view stem = "whole";
    static azoth::type column() { return numeric(10); }
    static decimals samples() { return parsed({"0", "7", "-7", "9999999999", "-9999999999"}); }
};

void decimals_as_doubles(context& on) {
    const table t = on.make_table("as_double", {column("id", type_kind::integer, primary_key, not_generated),
                                                column("n", numeric(12, 4), nullable), column("wide", numeric(30, 10), nullable)});
    connection c = on.connect();
    const decimal n = decimal::parse("15.7563");
    c.execute(insert(t).set(t["id"], 1).set(t["n"], n).set(t["wide"], n));
    c.execute(insert(t).set(t["id"], 2).set(t["n"], std::nullopt).set(t["wide"], std::nullopt));
    const auto rows =
        c.execute(select(t.column<std::optional<double>>("n"), t.column<std::optional<double>>("wide")).order_by(t["id"])).all();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0] == std::tuple{std::optional{15.7563}, std::optional{15.7563}});
    CHECK(rows[1] == std::tuple{std::optional<double>{}, std::optional<double>{}});
}

void decimal_in_expressions(context& on) {
    connection c = on.connect();
    for (const decimal& n :
         parsed({"15.7563", on.can().wide_decimals ? "319438950232418390.273596" : "319438950.273596", "-0.00000001", "7"})) {
        CHECK(c.scalar(select(bound(n))) == n);
        CHECK(c.scalar(select(literal(n))) == n);
        CHECK(c.scalar(select(bound(n).as<decimal>())) == n);
        CHECK(c.scalar(select(literal(n).as<decimal>())) == n);
        CHECK(c.scalar(select(-literal(n))) == -n);
    }
}

table make_prices(context& on) {
    table t = on.make_table("price", {column("id", type_kind::integer, primary_key, not_generated), column("n", numeric(30, 4), not_null)});
    connection c = on.connect();
    const std::vector<std::vector<value>> rows{{value{1}, value{decimal::parse("10.5")}},
                                               {value{2}, value{decimal::parse("9.25")}},
                                               {value{3}, value{decimal::parse("-1000000000000000000000.0001")}}};
    c.execute(insert(t).columns(t["id"], t["n"]), rows);
    c.commit();
    return t;
}

void decimals_have_an_order(context& on) {
    const table t = make_prices(on);
    connection c = on.connect();
    const auto id = t.column<std::int32_t>("id");
    const auto n = t.column<decimal>("n");
    CHECK(c.scalars(select(id).order_by(n)) == std::vector{3, 2, 1});
    CHECK(c.scalars(select(id).where(n > decimal::parse("9.3")).order_by(id)) == std::vector{1});
    CHECK(c.scalars(select(id).where(n.between(decimal::parse("9.25"), decimal::parse("10.50"))).order_by(id)) == std::vector{1, 2});
    CHECK(c.scalars(select(id).where(n.in(parsed({"9.250", "10.500", "11"}))).order_by(id)) == std::vector{1, 2});
    CHECK(c.scalar(select(func::max(n))) == decimal::parse("10.5"));
}

void decimals_add_up_exactly(context& on) {
    const table t = make_prices(on);
    connection c = on.connect();
    const auto n = t.column<decimal>("n");
    CHECK(c.scalar(select(func::sum(n))) == decimal::parse("-999999999999999999980.2501"));
    CHECK(c.scalar(select(n + bound(decimal::parse("0.0001"))).where(t["id"] == 1)) == decimal::parse("10.5001"));
    CHECK(c.scalar(select(n * bound(decimal::parse("1.1"))).where(t["id"] == 2)) == decimal::parse("10.175"));
    CHECK(c.scalar(select(n - bound(decimal::parse("9.2501"))).where(t["id"] == 2)) == decimal::parse("-0.0001"));
}

/// Zeros at the end are no part of the value.
void trailing_zeros_do_not_matter(context& on) {
    const table t = on.make_table("zeros", {column("id", type_kind::integer, primary_key, not_generated),
                                            column("narrow", numeric(10, 3), not_null), column("wide", numeric(40, 3), not_null)});
    connection c = on.connect();
    const decimal one = decimal::parse("1.000");
    c.execute(insert(t).set(t["id"], 1).set(t["narrow"], one).set(t["wide"], one));
    const auto narrow = t.column<decimal>("narrow");
    const auto wide = t.column<decimal>("wide");
    CHECK(c.execute(select(narrow, wide)).one() == std::tuple{decimal{1}, decimal{1}});
    for (const char* same_number : {"1", "1.0", "1.0000000"}) {
        const decimal n = decimal::parse(same_number);
        CHECK(c.scalars(select(narrow).where(narrow == n, wide == n, narrow == wide)) == decimals{one});
    }
}

/// What the scale has no room for is refused, kept, or rounded as SQL's ROUND does: half away from zero; it is not cut off.
void fraction_beyond_the_scale(context& on) {
    const table t =
        on.make_table("scale", {column("id", type_kind::integer, primary_key, not_generated), column("n", numeric(8, 2), not_null)});
    connection c = on.connect();
    for (const char* text : {"1.239", "-1.239", "2.345", "-2.345", "2.005"}) {
        const decimal sent = decimal::parse(text);
        INFO("sent " << text);
        try {
            c.execute(insert(t).set(t["id"], 1).set(t["n"], sent));
        } catch (const data_error&) {
            c.rollback();
            continue;
        }
        const decimal found = c.scalar(select(t.column<decimal>("n")));
        INFO("found " << to_string(found));
        CHECK((found == sent || found == sent.rescaled(2)));
        c.rollback();
    }
}

/// A number with too many digits before the point is refused or kept whole.
void digits_beyond_the_precision(context& on) {
    const table t =
        on.make_table("precision", {column("id", type_kind::integer, primary_key, not_generated), column("n", numeric(5, 2), not_null)});
    connection c = on.connect();
    for (const char* text : {"1000", "-1000", "123456.78", "999.995"}) {
        const decimal sent = decimal::parse(text);
        INFO("sent " << text);
        try {
            c.execute(insert(t).set(t["id"], 1).set(t["n"], sent));
        } catch (const data_error& e) {
            CHECK(e.code() == errc::value_range);
            c.rollback();
            continue;
        }
        const decimal found = c.scalar(select(t.column<decimal>("n")));
        INFO("found " << to_string(found));
        // Where decimals are kept as whole numbers of a few bytes, there is room for some more digits, but not behind the point.
        CHECK((found == sent || (!on.can().wide_decimals && found == sent.rescaled(2))));
        c.rollback();
    }
    c.execute(insert(t).set(t["id"], 1).set(t["n"], decimal{5}));
    const auto n = t.column<decimal>("n");
    for (const std::int64_t far : {std::int64_t{-9'007'199'254'740'992}, std::int64_t{9'007'199'254'740'993}}) {
        INFO("compared with " << far);
        CHECK(c.scalar(select((n == far) || n.in(std::vector{far}))) == false);
        CHECK(c.scalar(select(n > far)) == (far < 0));
        CHECK(c.scalar(select(n + far)) == decimal{far + 5});
    }
}

}  // namespace

std::vector<test_case> areas::types_parts::decimals() {
    return {
        {"types/numeric-round-trip", "decimals of few digits come back exactly and are found", {}, &comes_back<as_narrow>},
        {"types/numeric-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_narrow>},
        {"types/numeric-batch", "the same through batches", {}, &comes_back_from_batch<as_narrow>},
        {"types/numeric-literal", "a literal is the value bound", {}, &literal_equals_bound<as_narrow>},
        {"types/numeric-wide-round-trip", "decimals of more digits than a double has come back exactly and are found",
         claims::wide_decimals, &comes_back<as_wide>},
        {"types/numeric-wide-prepared", "the same through prepared statements", claims::wide_decimals, &comes_back_prepared<as_wide>},
        {"types/numeric-wide-batch", "the same through batches", claims::wide_decimals, &comes_back_from_batch<as_wide>},
        {"types/numeric-wide-literal", "a literal is the value bound", claims::wide_decimals, &literal_equals_bound<as_wide>},
        {"types/numeric-without-precision", "a column without a precision keeps digits on both sides of the point", claims::wide_decimals,
         &travels_every_way<as_any_decimal>},
        {"types/numeric-without-scale", "a column without a scale keeps whole numbers", {}, &travels_every_way<as_whole>},
        {"types/numeric-small-exponents",
         "small numbers in e-notation are the numbers they stand for",
         {},
         &travels_every_way<as_small_exponents>},
        {"types/numeric-large-exponents", "large numbers in e-notation are the numbers they stand for", claims::wide_decimals,
         &travels_every_way<as_large_exponents>},
        {"types/numeric-as-double", "a decimal, or NULL, can be read as a double", claims::wide_decimals, &decimals_as_doubles},
        {"types/numeric-in-expressions", "bound, literal and cast decimals stay exact without a column", {}, &decimal_in_expressions},
        {"types/numeric-order", "decimals are compared and ordered as numbers", claims::wide_decimals, &decimals_have_an_order},
        {"types/numeric-arithmetic", "sums, products and differences of decimals are exact", claims::wide_decimals,
         &decimals_add_up_exactly},
        {"types/numeric-trailing-zeros", "1, 1.0 and 1.000 are one number", claims::wide_decimals, &trailing_zeros_do_not_matter},
        {"types/numeric-beyond-scale",
         "a fraction longer than the scale is refused, kept or rounded, not cut",
         {},
         &fraction_beyond_the_scale},
        {"types/numeric-beyond-precision",
         "a number too large for the precision is refused or kept, not changed",
         {},
         &digits_beyond_the_precision},
    };
}

}  // namespace azoth::conformance
