// Integers of every width, doubles and floats, booleans.
#include "travel.hpp"
#include "types_parts.hpp"

#include <cstdint>
#include <limits>

namespace azoth::conformance {
namespace {

template <class I>
std::string_view integer_stem() {
    if constexpr (std::is_signed_v<I>) return sizeof(I) == 2 ? "int16" : sizeof(I) == 4 ? "int32" : "int64";
    else return sizeof(I) == 2 ? "uint16" : sizeof(I) == 4 ? "uint32" : "uint64";
}

template <class I>
struct as_integer {
    using type = I;
    inline static const std::string_view stem = integer_stem<I>();
    static std::vector<I> samples() {
        std::vector<I> all{0, 1, 42, 32'767};
        if constexpr (std::is_signed_v<I>) all.insert(all.end(), {I{-1}, I{-42}, I{-32'767}});
        if constexpr (sizeof(I) >= 4) all.push_back(2'147'483'647);
        if constexpr (sizeof(I) == 8) all.insert(all.end(), {I{4'294'967'296}, I{9'007'199'254'740'993}, I{1'376'537'018'368'127}});
        return all;
    }
};

template <template <class> class Way>
void for_all_widths(context& on) {
    Way<as_integer<std::int16_t>>{}(on);
    Way<as_integer<std::int32_t>>{}(on);
    Way<as_integer<std::int64_t>>{}(on);
    Way<as_integer<std::uint16_t>>{}(on);
    Way<as_integer<std::uint32_t>>{}(on);
    if (on.can().wide_decimals) Way<as_integer<std::uint64_t>>{}(on);
}

template <class As>
struct bound_way {
    void operator()(context& on) const { comes_back<As>(on); }
};
template <class As>
struct prepared_way {
    void operator()(context& on) const { comes_back_prepared<As>(on); }
};
template <class As>
struct batch_way {
    void operator()(context& on) const { comes_back_from_batch<As>(on); }
};
template <class As>
struct literal_way {
    void operator()(context& on) const { literal_equals_bound<As>(on); }
};

struct as_double {
    using type = double;
    static constexpr std::string_view stem = "double";
    static std::vector<double> samples() {
        return {0.0, 1.0, -1.0, 0.1, 15.7563, -3.25, 1e10, 123456789.123456789, 2.0 / 3, 1e-10, 4'503'599'627'370'497.5, 1e22, 5e-5};
    }
};

struct as_real {
    using type = float;
    static constexpr std::string_view stem = "real";
    static std::vector<float> samples() { return {0.0f, 1.0f, -1.0f, 0.1f, 15.7563f, -3.25f, 1e10f, 2.0f / 3, 16'777'216.0f, 1e-10f}; }
};

struct as_boolean {
    using type = bool;
    static constexpr std::string_view stem = "boolean";
    static std::vector<bool> samples() { return {true, false, true}; }
};

/// An expression of integers too large for 32 bits stays exact.
void huge_integers_in_expressions(context& on) {
    connection c = on.connect();
    const std::int64_t huge = 1'376'537'018'368'127;
    CHECK(c.scalar(select(literal(huge))) == huge);
    CHECK(c.scalar(select(bound(huge))) == huge);
    CHECK(c.scalar(select(bound(huge) + bound(std::int64_t{1}))) == huge + 1);
    CHECK(c.scalar(select(literal(huge) - literal(std::int64_t{1}))) == huge - 1);
    CHECK(c.scalar(select(-bound(huge))) == -huge);
}

/// A small number bound first does not make the statement a small one for the next.
void integers_grow_in_a_prepared_statement(context& on) {
    connection c = on.connect();
    const auto query = select(param<std::int64_t>("n"));
    for (const std::int64_t n : {std::int64_t{1}, std::int64_t{-70'000}, std::int64_t{5'000'000'000}, std::int64_t{2}})
        CHECK(c.scalar(query, {{"n", n}}) == n);
}

void double_literal_finds(context& on) {
    const table t =
        on.make_table("finds", {column("id", type_kind::integer, primary_key, not_generated), column("x", type_kind::double_, not_null)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["x"], 15.7563));
    const auto id = t.column<std::int32_t>("id");
    const auto x = t.column<double>("x");
    CHECK(c.scalars(select(id).where(x == literal(15.7563))) == std::vector{1});
    CHECK(c.scalars(select(id).where(x > literal(15.7562), x < literal(15.7564))) == std::vector{1});
    CHECK(c.scalars(select(id).where(x.in({15.0, 15.7563}))) == std::vector{1});
}

/// A double is no exact number, and none is made of it unasked.
void double_is_not_numeric(context& on) {
    const table t = on.make_table("kinds", {column("id", type_kind::integer, primary_key, not_generated),
                                            column("x", type_kind::double_, not_null), column("n", numeric(12, 4), not_null)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["x"], 8.5).set(t["n"], decimal::parse("8.5")));
    result r = c.execute(select_columns(std::vector{t["x"], t["n"]}));
    REQUIRE(r.next());
    CHECK(r.cells()[0].tag == cell_tag::f64);
    CHECK(r.get<double>(0) == 8.5);
    CHECK(r.get<decimal>(1) == decimal::parse("8.5"));
}

void double_as_decimal(context& on) {
    const table t = on.make_table(
        "as_decimal", {column("id", type_kind::integer, primary_key, not_generated), column("x", type_kind::double_, nullable)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["x"], 15.7563));
    c.execute(insert(t).set(t["id"], 2).set(t["x"], std::nullopt));
    result r = c.execute(select_columns(std::vector{t["x"]}).order_by(t["id"]));
    REQUIRE(r.next());
    CHECK(r.get<decimal>(0) == decimal::parse("15.7563"));
    REQUIRE(r.next());
    CHECK_FALSE(r.get<std::optional<decimal>>(0).has_value());
}

void double_in_expressions(context& on) {
    connection c = on.connect();
    CHECK(c.scalar(select(bound(15.7563))) == 15.7563);
    CHECK(c.scalar(select(literal(15.7563))) == 15.7563);
    CHECK(c.scalar(select(bound(0.5) + bound(0.25))) == 0.75);
    CHECK(c.scalar(select(bound(7.0) / bound(2.0))) == 3.5);
    CHECK(c.scalar(select(-literal(-2.5))) == 2.5);
}

void booleans_are_conditions(context& on) {
    const table t = on.make_table(
        "conditions", {column("id", type_kind::integer, primary_key, not_generated), column("flag", type_kind::boolean, nullable)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["flag"], true));
    c.execute(insert(t).set(t["id"], 2).set(t["flag"], false));
    c.execute(insert(t).set(t["id"], 3).set(t["flag"], std::nullopt));
    const auto flag = t.column<std::optional<bool>>("flag");
    const auto ids = [&](const auto& condition) {
        return c.scalars(select(t.column<std::int32_t>("id")).where(condition).order_by(t["id"]));
    };
    CHECK(ids(flag) == std::vector{1});
    CHECK(ids(!flag) == std::vector{2});
    CHECK(ids(flag == true) == std::vector{1});
    CHECK(ids(flag == false) == std::vector{2});
    CHECK(ids(flag == literal(true)) == std::vector{1});
    CHECK(ids(flag == literal(false)) == std::vector{2});
    CHECK(ids(flag.is_null()) == std::vector{3});
    CHECK(ids(flag || bound(true)) == std::vector{1, 2, 3});
    CHECK(ids(flag && literal(true)) == std::vector{1});
}

void conditions_are_booleans(context& on) {
    connection c = on.connect();
    CHECK(c.scalar(select(bound(1) < bound(2))) == true);
    CHECK(c.scalar(select(bound(1) > bound(2))) == false);
    CHECK(c.scalar(select(!(bound(1) > bound(2)))) == true);
    CHECK(c.scalar(select(bound(1).is_null())) == false);
    CHECK_FALSE(c.scalar(select(bound(std::optional<int>{}) == bound(2))).has_value());
}

}  // namespace

std::vector<test_case> areas::types_parts::numbers() {
    return {
        {"types/integers-round-trip",
         "integers of 16, 32 and 64 bits, signed and not, come back and are found",
         {},
         &for_all_widths<bound_way>},
        {"types/integers-prepared", "the same through prepared statements", {}, &for_all_widths<prepared_way>},
        {"types/integers-batch", "the same through batches", {}, &for_all_widths<batch_way>},
        {"types/integers-literal", "a literal is the value bound", {}, &for_all_widths<literal_way>},
        {"types/integers-huge", "integers beyond 32 bits stay exact in expressions", {}, &huge_integers_in_expressions},
        {"types/integers-grow",
         "a prepared statement takes wider integers than the first time",
         {},
         &integers_grow_in_a_prepared_statement},
        {"types/double-round-trip", "doubles come back to the last bit and are found", {}, &comes_back<as_double>},
        {"types/double-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_double>},
        {"types/double-batch", "the same through batches", {}, &comes_back_from_batch<as_double>},
        {"types/double-literal", "a literal is the value bound", {}, &literal_equals_bound<as_double>},
        {"types/double-literal-finds", "a literal, a range and a list find a double", {}, &double_literal_finds},
        {"types/double-is-not-numeric", "a double comes as a double, beside a decimal", {}, &double_is_not_numeric},
        {"types/double-as-decimal", "a double can be read as the decimal it stands for", {}, &double_as_decimal},
        {"types/double-in-expressions", "bound and literal doubles are doubles without a column", {}, &double_in_expressions},
        {"types/real-round-trip", "floats come back to the last bit and are found", {}, &comes_back<as_real>},
        {"types/real-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_real>},
        {"types/real-batch", "the same through batches", {}, &comes_back_from_batch<as_real>},
        {"types/real-literal", "a literal is the value bound", {}, &literal_equals_bound<as_real>},
        {"types/boolean-round-trip", "booleans come back and are found", {}, &comes_back<as_boolean>},
        {"types/boolean-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_boolean>},
        {"types/boolean-batch", "the same through batches", {}, &comes_back_from_batch<as_boolean>},
        {"types/boolean-literal", "a literal is the value bound", {}, &literal_equals_bound<as_boolean>},
        {"types/boolean-in-where", "a boolean column is a condition, and so is what it is compared with", {}, &booleans_are_conditions},
        {"types/boolean-of-condition", "a selected condition is true, false or NULL", {}, &conditions_are_booleans},
    };
}

}  // namespace azoth::conformance
