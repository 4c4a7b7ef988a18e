#include "claims.hpp"
#include "expect.hpp"
#include "expressions_parts.hpp"
#include "steps.hpp"

#include <limits>

namespace azoth::conformance::areas {
namespace {

using ids = std::vector<std::int64_t>;
using whole = std::optional<std::int64_t>;

template <class C>
ids chosen(connection& c, const C& condition) {
    return c.scalars(select(col<&item::id>).where(condition).order_by(col<&item::id>));
}

const auto& item_id() { return col<&item::id>; }
const auto& item_size() { return col<&item::size>; }

void distinctness(context& on) {
    connection c = stocked(on, 3);
    CHECK(chosen(c, item_size().is_distinct_from(10)) == ids{2, 3});
    CHECK(chosen(c, item_size().is_not_distinct_from(bound(whole{}))) == ids{3});
    CHECK(c.scalar(select(bound(whole{}).is_distinct_from(bound(whole{})))) == false);
    CHECK(c.scalar(select(bound(whole{1}).is_distinct_from(bound(whole{})))) == true);
}

void truth(context& on) {
    connection c = stocked(on, 3);
    CHECK(chosen(c, (item_size() > 15).is_true()) == ids{2});
    CHECK(chosen(c, (item_size() > 15).is_false()) == ids{1});
    CHECK(chosen(c, !(item_size() > 15).is_true()) == ids{1, 3});
    CHECK(c.scalar(select(bound(std::optional<bool>{}).is_true())) == false);
    CHECK(c.scalar(select(bound(std::optional<bool>{}).is_false())) == false);
}

void betweens(context& on) {
    connection c = stocked(on, 5);
    CHECK(chosen(c, item_id().between(2, 3)) == ids{2, 3});
    CHECK(chosen(c, item_id().between(3, 2)).empty());
    CHECK(chosen(c, item_id().between_symmetric(3, 2)) == ids{2, 3});
    CHECK(chosen(c, item_id().not_between(2, 4)) == ids{1, 5});
    CHECK(chosen(c, !item_id().between_symmetric(4, 2)) == ids{1, 5});
    CHECK(c.scalar(select(bound(std::int64_t{5}).between_symmetric(1, whole{}))) == std::nullopt);
}

void gathered_conditions(context& on) {
    connection c = stocked(on, 5);
    std::vector<expr<bool>> some;
    CHECK(chosen(c, all_of(some)) == ids{1, 2, 3, 4, 5});
    CHECK(chosen(c, any_of(some)).empty());
    CHECK(chosen(c, !any_of(some) && item_id() > 3) == ids{4, 5});
    some.push_back(item_id() > 2);
    CHECK(chosen(c, all_of(some)) == ids{3, 4, 5});
    some.push_back(item_id() < 5);
    CHECK(chosen(c, all_of(some)) == ids{3, 4});
    CHECK(chosen(c, any_of(some) && item_id() != 1) == ids{2, 3, 4, 5});
}

void choices(context& on) {
    connection c = stocked(on, 3);
    const auto named = when(item_id() == 1, "one").when(item_id() == 2, "two").otherwise("many");
    CHECK(c.scalars(select(named).order_by(item_id())) == std::vector<std::string>{"one", "two", "many"});
    const auto open = case_of(item_size()).when(10, 1).when(20, 2).end();
    CHECK(c.scalars(select(open).order_by(item_id())) == std::vector<std::optional<int>>{1, 2, std::nullopt});
    const auto closed = case_of(item_id() % 2).when(0, "even").otherwise("odd");
    CHECK(c.scalars(select(closed).order_by(item_id())) == std::vector<std::string>{"odd", "even", "odd"});
}

void sized_casts(context& on) {
    connection c = on.connect();
    CHECK(c.scalar(select(cast<std::string>(bound(std::string{"abcdef"}), string(3)))) == "abc");
    CHECK(c.scalar(select(cast<decimal>(bound(2.347), numeric(6, 2)))) == decimal::parse("2.35"));
    CHECK(c.scalar(select(cast<decimal>(bound(decimal::parse("2.5")), numeric(6, 0)))) == decimal{3});
    CHECK(thrown<programming_error>([&] { return cast<decimal>(bound(1.5), type_kind::text); }).code() == errc::statement);
}

void tried_casts(context& on) {
    connection c = on.connect();
    const auto to_int = [&](const char* t) { return c.scalar(select(bound(std::string{t}).try_as<std::int32_t>())); };
    CHECK(to_int("42") == 42);
    CHECK(to_int("-42") == -42);
    CHECK(to_int("+7") == 7);
    CHECK(to_int("2147483647") == std::numeric_limits<std::int32_t>::max());
    for (const char* wrong : {"", "x", "4x", " 4", "4 ", "4.5", "2147483648", "99999999999999999999999", "--4", "1e3", "4\n"}) {
        INFO(wrong);
        CHECK(to_int(wrong) == std::nullopt);
    }
    CHECK(c.scalar(select(bound(std::string{"18446744073709551615"}).try_as<std::uint64_t>())) == 18'446'744'073'709'551'615u);
    CHECK(c.scalar(select(bound(std::string{"-1"}).try_as<std::uint64_t>())) == std::nullopt);
    CHECK(c.scalar(select(bound(std::string{"2.5"}).try_as<decimal>())) == decimal::parse("2.5"));
    CHECK(c.scalar(select(bound(std::string{"2.5.1"}).try_as<decimal>())) == std::nullopt);
    CHECK(c.scalar(select(bound(std::string{"-2.5e3"}).try_as<double>())) == -2500.0);
    CHECK(c.scalar(select(bound(std::string{"e3"}).try_as<double>())) == std::nullopt);
    CHECK(c.scalar(select(bound(std::optional<std::string>{}).try_as<double>())) == std::nullopt);
}

void tried_casts_of_integers(context& on) {
    connection c = on.connect();
    const auto narrow = [&](std::int64_t n) { return c.scalar(select(bound(n).try_as<std::int16_t>())); };
    CHECK(narrow(32'767) == std::int16_t{32'767});
    CHECK(narrow(32'768) == std::nullopt);
    CHECK(narrow(-32'769) == std::nullopt);
    CHECK(c.scalar(select(bound(std::int64_t{-1}).try_as<std::uint32_t>())) == std::nullopt);
}

void coercion(context& on) {
    connection c = stocked(on, 2);
    CHECK(c.scalar(select(type_coerce<std::optional<std::int32_t>>(item_size())).where(item_id() == 2)) == 20);
    CHECK(c.scalar(select(type_coerce<std::int64_t>(text("40 + 2").as<value>()) + 1)) == 43);
}

/// Names differ, and so do the collations that a test can rely on.
const char* byte_order(context& on) {
    const std::string server{on.server().sql_server()};
    if (server == "Firebird") return "ucs_basic";
    return server == "SQLite" ? "BINARY" : server == "PostgreSQL" ? "C" : "utf8mb4_bin";
}

void collations(context& on) {
    on.make_table<item>();
    on.engine().begin([&](connection& by) { by.execute(insert<item>(), std::vector<item>{{1, "b", {}}, {2, "A", {}}, {3, "a", {}}}); });
    connection c = on.connect();
    const auto ordered = col<&item::name>.collate(byte_order(on));
    CHECK(c.scalars(select(item_id()).order_by(ordered)) == ids{2, 3, 1});
    CHECK(c.scalars(select(item_id()).order_by(ordered.desc())) == ids{1, 3, 2});
    CHECK(chosen(c, ordered == "a") == ids{3});
    CHECK(thrown<programming_error>([&] { return col<&item::name>.collate(""); }).code() == errc::statement);
    CHECK(failure_of([&] { return c.scalars(select(item_id()).order_by(col<&item::name>.collate("no_such\"; DROP"))); }));
    c.rollback();
    check_usable(c);
}

void own_operators(context& on) {
    connection c = stocked(on, 3);
    CHECK(chosen(c, item_id().op<bool>(">=", 2)) == ids{2, 3});
    CHECK(c.scalar(select((bound(std::int64_t{2}).op<std::int64_t>("+", 3)) * 2)) == 10);
    CHECK(thrown<programming_error>([&] { return item_id().op<bool>("= 1 OR", 2); }).code() == errc::statement);
    CHECK(thrown<programming_error>([&] { return item_id().op<bool>("--", 2); }).code() == errc::statement);
    CHECK(thrown<programming_error>([&] { return item_id().op<bool>("/*", 2); }).code() == errc::statement);
}

}  // namespace

std::vector<test_case> expressions_parts::conditions() {
    return {
        {"expressions/is-distinct-from", "IS [NOT] DISTINCT FROM takes NULL for a value", {}, distinctness},
        {"expressions/is-true", "IS TRUE and IS FALSE are never NULL", {}, truth},
        {"expressions/between", "BETWEEN, negated and in either order", {}, betweens},
        {"expressions/all-of-any-of", "conditions that the program gathers; none of them", {}, gathered_conditions},
        {"expressions/case", "CASE by conditions, and over a value", {}, choices},
        {"expressions/cast-sized", "casts to types with a size", {}, sized_casts},
        {"expressions/try-cast-texts", "a text that is no number is NULL", claims::regular_expressions, tried_casts},
        {"expressions/try-cast-integers", "an integer that does not fit is NULL", claims::wide_decimals, tried_casts_of_integers},
        {"expressions/type-coerce", "an expression goes by another type", {}, coercion},
        {"expressions/collate", "COLLATE orders and compares", {}, collations},
        {"expressions/custom-operators", "operators of the program's own, and none that hide SQL", {}, own_operators},
    };
}

}  // namespace azoth::conformance::areas
