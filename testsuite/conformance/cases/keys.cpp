#include "areas.hpp"
#include "claims.hpp"
#include "steps.hpp"
#include "wares.hpp"

namespace azoth::conformance {
namespace {

constexpr auto id = col<&item::id>;
constexpr auto name = col<&item::name>;

using key = std::optional<std::int64_t>;

void generated(context& on) {
    connection c = stocked(on, 0);
    const auto add = insert<item>().set(name, param<std::string>("name"));
    for (const char* n : {"a", "b", "c"}) {
        const result r = c.execute(add, {{"name", n}});
        const key told = r.inserted_key<std::int64_t>();
        REQUIRE(told.has_value());
        CHECK(r.last_insert_id() == told);
        CHECK_FALSE(r.returns_rows());
        CHECK(r.affected_rows() == 1);
        CHECK(c.scalar(select(name).where(id == *told)) == n);
    }
    const key of_object = c.execute(insert<item>().values({0, "d", {}})).inserted_key<std::int64_t>();
    CHECK(c.scalar(select(id).where(name == "d")) == of_object);
}

void given(context& on) {
    connection c = stocked(on, 0);
    CHECK(c.execute(insert<item>().set(name, "a").set(id, 77)).inserted_key<std::int64_t>() == 77);
    CHECK(c.execute(insert<item>().values({-5, "b", {}})).inserted_key<std::int64_t>() == -5);
    CHECK(c.execute(insert<item>().set(id, param<std::int64_t>("id")).set(name, "c"), {{"id", 9}}).inserted_key<std::int64_t>() == 9);
    const auto after_list =
        insert<item>().set(name, func::coalesce(select(name).where(name.in({"a", "b", "z"})).limit(1).scalar(), "x")).set(id, 12);
    CHECK(c.execute(after_list).inserted_key<std::int64_t>() == 12);
    c.execute(insert<item>().set(name, "zero").set(id, 0));  // a number as others are
    CHECK(c.scalar(select(name).where(id == 0)) == "zero");
}

void of_other_types(context& on) {
    const table words = on.make_table("words", {column("word", string(40), primary_key), column("n", type_kind::integer)});
    const table days = on.make_table("days", {column("day", type_kind::date, primary_key), column("n", type_kind::integer)});
    const table sums =
        on.make_table("sums", {column("sum", numeric(on.can().wide_decimals ? 20 : 18, 2), primary_key), column("n", type_kind::integer)});
    connection c = on.connect();
    CHECK(c.execute(insert(words).set(words["n"], 1).set(words["word"], "z")).inserted_key<std::string>() == "z");
    const date day{std::chrono::sys_days{std::chrono::days{12'345}}};
    CHECK(c.execute(insert(days).set(days["day"], day)).inserted_key<date>() == day);
    CHECK(c.execute(insert(sums).set(sums["sum"], decimal::parse("1.50"))).inserted_key<decimal>() == decimal::parse("1.50"));
}

void of_two_columns(context& on) {
    const table t = on.make_table(
        "pairs", {column("n", type_kind::integer), column("a", type_kind::integer, primary_key), column("b", string(10), primary_key)});
    connection c = on.connect();
    const auto told = c.execute(insert(t).set(t["b"], "x").set(t["n"], 3).set(t["a"], 1)).inserted_key<int, std::string>();
    CHECK(told == std::tuple{1, std::string{"x"}});
    const result r = c.execute(insert(t).set(t["b"], "y").set(t["a"], 1));
    CHECK(thrown<programming_error>([&] { return r.inserted_key<int>(); }).code() == errc::statement);
    CHECK_FALSE(r.last_insert_id().has_value());
}

void made_by_program(context& on) {
    const table t = on.make_table(
        "made", {column("id", type_kind::uuid, primary_key, default_from([] { return uuid::random(); })), column("n", type_kind::integer)});
    connection c = on.connect();
    for (int i = 0; i < 3; ++i) {
        const auto told = c.execute(insert(t).set(t["n"], i)).inserted_key<uuid>();
        REQUIRE(told.has_value());
        CHECK(c.scalar(select(t.column<std::optional<int>>("n")).where(t["id"] == *told)) == i);
    }
}

/// A key that only the database computes.
void computed(context& on) {
    connection c = stocked(on, 3);
    const auto next = func::coalesce(select(func::max(id)).scalar(), std::int64_t{0}) + 100;
    CHECK(c.execute(insert<item>().set(id, next).set(name, "a")).inserted_key<std::int64_t>() == 103);
    c.commit();
    const table t =
        on.make_table("worded", {column("word", string(20), primary_key, server_default("'none'")), column("n", type_kind::integer)});
    const result r = c.execute(insert(t).set(t["n"], 1));
    CHECK(r.inserted_key<std::string>() == "none");
    CHECK(r.affected_rows() == 1);
}

void only_defaults(context& on) {
    const table t = on.make_table("blank", {column("id", type_kind::big_integer, primary_key), column("n", type_kind::integer)});
    connection c = on.connect();
    const auto told = c.execute(insert(t)).inserted_key<std::int64_t>();
    REQUIRE(told.has_value());
    CHECK(c.scalar(select(t.column<std::int64_t>("id"))) == *told);
}

/// A result of rows knows the key once the row has been read.
void with_returning(context& on) {
    connection c = stocked(on, 0);
    auto rows = c.execute(insert<item>().set(name, "a").returning(name, id));
    const auto [of, made] = rows.one();
    CHECK(rows.inserted_key<std::int64_t>() == made);
    auto given_rows = c.execute(insert<item>().set(name, "b").set(id, 50).returning(name));
    CHECK(given_rows.scalar() == "b");
    CHECK(given_rows.inserted_key<std::int64_t>() == 50);
}

void of_nothing(context& on) {
    connection c = stocked(on, 0);
    for (const char* n : {"a", "b", "c"}) c.execute(insert<item>().set(name, n));
    CHECK_FALSE(c.execute(update<item>().set(name, "x")).inserted_key<std::int64_t>().has_value());
    CHECK_FALSE(c.execute(delete_<item>().where(name == "y")).inserted_key<std::int64_t>().has_value());
    CHECK_FALSE(
        c.execute(insert<item>().columns(name), std::vector<std::vector<value>>{{"a"}, {"b"}}).inserted_key<std::int64_t>().has_value());
    CHECK_FALSE(c.execute(insert<item>().columns(name).from(select(name).where(id == 2))).inserted_key<std::int64_t>().has_value());
    if (on.can().multi_row_values)
        CHECK_FALSE(c.execute(insert<item>().values({{0, "c", {}}, {0, "d", {}}})).inserted_key<std::int64_t>().has_value());
    CHECK_FALSE(c.execute(insert<item>().set(name, "e").without_inserted_key()).inserted_key<std::int64_t>().has_value());
    c.commit();
    const table t = on.make_table("keyless", {column("n", type_kind::integer)});
    const result r = c.execute(insert(t).set(t["n"], 1));
    CHECK_FALSE(r.inserted_key<std::int64_t>().has_value());
    CHECK(r.affected_rows() == 1);
}

/// Statements that go to the server together.
void of_statements_together(context& on) {
    connection c = stocked(on, 0);
    const auto add = insert<item>();
    const auto [a, b, n] =
        c.execute_batch(add.set(name, "a"), add.set(name, "b").set(id, 40), select(func::count()).select_from(entity<item>));
    CHECK(b.template inserted_key<std::int64_t>() == 40);
    REQUIRE(a.template inserted_key<std::int64_t>().has_value());
    CHECK(c.scalar(select(name).where(id == *a.template inserted_key<std::int64_t>())) == "a");
}

/// What was told stays, whatever the connection does next.
void stays(context& on) {
    connection c = stocked(on, 0);
    std::vector<result> kept;
    for (const char* n : {"a", "b", "c"}) kept.push_back(c.execute(insert<item>().set(name, n)));
    c.commit();
    CHECK(count_of(c, entity<item>) == 3);
    for (std::size_t i = 0; i < kept.size(); ++i)
        CHECK(c.scalar(select(name).where(id == *kept[i].inserted_key<std::int64_t>())) == std::string(1, static_cast<char>('a' + i)));
    c.commit();
    c.set_isolation(isolation_level::autocommit);
    const key last = c.execute(insert<item>().set(name, "d")).inserted_key<std::int64_t>();
    CHECK_FALSE(c.in_transaction());
    CHECK(c.scalar(select(name).where(id == *last)) == "d");
}

void of_failed(context& on) {
    connection c = with_wares(on);
    CHECK_THROWS_AS(c.execute(insert<ware>().values({"apple", 1, decimal{1}, {}})), unique_violation);
    c.rollback();
    CHECK(c.execute(insert<ware>().values({"fig", 1, decimal{1}, {}})).inserted_key<std::string>() == "fig");
}

}  // namespace

std::vector<test_case> areas::keys_cases() {
    return {
        {"keys/generated", "the key that the database made", claims::inserted_keys, generated},
        {"keys/given", "a key that was given", {}, given},
        {"keys/of-other-types", "keys of text, days and exact numbers", {}, of_other_types},
        {"keys/of-two-columns", "a key of two columns, in the table's order", {}, of_two_columns},
        {"keys/made-by-program", "a key that the mapping made", {}, made_by_program},
        {"keys/computed", "a key that only the database computes", claims::returning_on_insert, computed},
        {"keys/only-defaults", "of a row of nothing but defaults", claims::default_values_insert, only_defaults},
        {"keys/with-returning", "beside the rows of RETURNING", claims::returning_on_insert, with_returning},
        {"keys/of-nothing", "no key of other statements, of several rows, and where it is not wanted", {}, of_nothing},
        {"keys/of-statements-together", "of statements run together", claims::inserted_keys, of_statements_together},
        {"keys/stays", "it stays, whatever runs next", claims::inserted_keys, stays},
        {"keys/of-failed", "after an insert that failed", {}, of_failed},
    };
}

}  // namespace azoth::conformance
