#include "areas.hpp"
#include "claims.hpp"
#include "steps.hpp"
#include "wares.hpp"

namespace azoth::conformance {
namespace {

constexpr auto code = col<&ware::code>;
constexpr auto amount = col<&ware::amount>;
constexpr auto price = col<&ware::price>;
constexpr auto note = col<&ware::note>;

ware at(connection& c, std::string_view wanted) { return c.scalar(select<ware>().where(code == wanted)); }
std::int64_t amount_of(connection& c, std::string_view wanted) { return at(c, wanted).amount; }

insert_statement<ware> more(std::string_view of, std::int64_t n) {
    return insert<ware>().set(code, of).set(amount, n).set(price, decimal{7});
}

void do_nothing(context& on) {
    connection c = with_wares(on);
    const auto keep = more("apple", 100).on_conflict(code).do_nothing();
    c.execute(keep);
    CHECK(at(c, "apple") == ware{"apple", 5, decimal::parse("1.50"), "red"});
    c.execute(more("fig", 3).on_conflict(code).do_nothing());
    CHECK(amount_of(c, "fig") == 3);
    CHECK(count_of(c, entity<ware>) == 4);
}

void any_conflict(context& on) {
    connection c = with_wares(on);
    for (const char* of : {"apple", "fig", "fig"}) c.execute(more(of, 9).on_conflict().do_nothing());
    CHECK(amount_of(c, "apple") == 5);
    CHECK(count_of(c, entity<ware>) == 4);
}

/// What is no conflict of a key stays an error.
void other_errors(context& on) {
    const table t =
        on.make_table("strict", {column("id", type_kind::integer, primary_key, not_generated), column("word", string(3), not_null)});
    connection c = on.connect();
    CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 1).set(t["word"], std::nullopt).on_conflict(t["id"]).do_nothing()), integrity_error);
    c.rollback();
    CHECK(count_of(c, t) == 0);
}

void from_proposed(context& on) {
    connection c = with_wares(on);
    const auto take = more("apple", 9).on_conflict(code).do_update().set_proposed(amount, price);
    CHECK(c.execute(take).affected_rows() == 1);
    CHECK(at(c, "apple") == ware{"apple", 9, decimal{7}, "red"});
    CHECK(c.execute(more("fig", 4).on_conflict(code).do_update().set_proposed(amount)).affected_rows() == 1);
    CHECK(amount_of(c, "fig") == 4);
}

void from_both(context& on) {
    connection c = with_wares(on);
    const auto add = insert<ware>()
                         .set(code, param<std::string>("code"))
                         .set(amount, 2)
                         .set(price, decimal{1})
                         .on_conflict(code)
                         .do_update()
                         .set(amount, amount + proposed(amount) * 10)
                         .set(note, "seen");
    for (int i = 0; i < 3; ++i) c.execute(add, {{"code", "apple"}});
    c.execute(add, {{"code", "fig"}});
    CHECK(at(c, "apple") == ware{"apple", 65, decimal::parse("1.50"), "seen"});
    CHECK(at(c, "fig") == ware{"fig", 2, decimal{1}, {}});
}

void conditional(context& on) {
    connection c = with_wares(on);
    const auto raise = [](std::string_view of, std::int64_t n) {
        return more(of, n).on_conflict(code).do_update().set_proposed(amount, price).where(amount < proposed(amount));
    };
    c.execute(raise("apple", 3));
    CHECK(at(c, "apple") == ware{"apple", 5, decimal::parse("1.50"), "red"});
    c.execute(raise("apple", 6));
    CHECK(at(c, "apple") == ware{"apple", 6, decimal{7}, "red"});
    c.execute(raise("fig", 1));
    CHECK(amount_of(c, "fig") == 1);
}

/// A condition that is neither true nor false holds the update back.
void unknown_condition(context& on) {
    connection c = with_wares(on);
    c.execute(more("pear", 77).on_conflict(code).do_update().set_proposed(amount).where(note != "red"));
    CHECK(amount_of(c, "pear") == 2);
}

/// Values of an update that change places, in a row and under a condition.
void simultaneous(context& on) {
    const table t = on.make_table("pair", {column("id", type_kind::integer, primary_key, not_generated), column("a", type_kind::integer),
                                           column("b", type_kind::integer)});
    connection c = on.connect();
    const auto a = t.column<std::optional<int>>("a");
    const auto b = t.column<std::optional<int>>("b");
    c.execute(insert(t).set(t["id"], 1).set(a, 1).set(b, 2));
    const auto swap = insert(t).set(t["id"], 1).on_conflict(t["id"]).do_update().set(a, b).set(b, a);
    c.execute(swap);
    CHECK(c.execute(select(a, b)).one() == std::tuple{std::optional{2}, std::optional{1}});
    c.execute(swap.where(a > b));
    CHECK(c.execute(select(a, b)).one() == std::tuple{std::optional{1}, std::optional{2}});
}

void partial_index(context& on) {
    const table t = on.make_table("seats", {column("id", type_kind::big_integer, primary_key), column("seat", type_kind::integer, not_null),
                                            column("taken", type_kind::boolean, not_null), column("who", string(20))});
    connection c = on.connect();
    run(c, "CREATE UNIQUE INDEX " + t.name() + "_u ON " + t.name() + " (seat)" + (on.can().upsert_partial_indexes ? " WHERE taken" : ""));
    const auto taken = t.column<bool>("taken");
    const auto who = t.column<std::optional<std::string>>("who");
    const auto sit = [&](int seat, bool is_taken, const char* name) {
        c.execute(insert(t)
                      .set(t["seat"], seat)
                      .set(taken, is_taken)
                      .set(who, name)
                      .on_conflict(t["seat"])
                      .index_where(taken)
                      .do_update()
                      .set(who, func::coalesce(who, "") + "+" + proposed(who)));
    };
    sit(1, true, "a");
    sit(1, true, "b");
    sit(1, false, "c");
    sit(1, false, "d");
    CHECK(c.scalars(select(who).order_by(t["id"])) == std::vector<std::optional<std::string>>{"a+b", "c", "d"});
}

void by_constraint(context& on) {
    connection c = with_wares(on);
    const auto& name = entity_of<ware>().table->keys.front().name;
    c.execute(more("apple", 9).on_constraint(name).do_update().set_proposed(amount));
    CHECK(amount_of(c, "apple") == 9);
}

/// A constraint that the mapping knows nothing of.
void by_unknown_constraint(context& on) {
    const table t = on.make_table("words", {column("id", type_kind::integer, primary_key, not_generated), column("word", string(20))});
    connection c = on.connect();
    const std::string name = t.name() + "_odd";
    if (on.can().alter_add_constraint) run(c, "ALTER TABLE " + t.name() + " ADD CONSTRAINT " + name + " UNIQUE (word)");
    else run(c, "CREATE UNIQUE INDEX " + name + " ON " + t.name() + " (word)");
    const auto put = [&](int key, const char* word) {
        c.execute(insert(t).set(t["id"], key).set(t["word"], word).on_constraint(name).do_nothing());
    };
    put(1, "a");
    put(2, "a");
    c.commit();
    CHECK_THROWS_AS(put(1, "b"), unique_violation);  // of another key
    c.rollback();
    CHECK(count_of(c, t) == 1);
}

/// A conflict of another key than the one that counts is an error.
void another_key(context& on) {
    const table t = on.make_table("two_keys", {column("id", type_kind::integer, primary_key, not_generated),
                                               column("word", string(20), not_null, unique), column("n", type_kind::integer)});
    connection c = on.connect();
    const auto put = [&](int key, const char* word, int n) {
        return insert(t).set(t["id"], key).set(t["word"], word).set(t["n"], n).on_conflict(t["id"]).do_update().set(t["n"], n);
    };
    c.execute(put(1, "a", 1));
    c.execute(put(1, "b", 2));
    c.commit();
    CHECK_THROWS_AS(c.execute(put(2, "a", 3)), unique_violation);
    c.rollback();
    CHECK(c.scalar(select(t.column<std::optional<int>>("n"))) == 2);
}

/// The key that the database makes cannot be met: the one that counts is the only one.
void beside_generated_key(context& on) {
    const table t = on.make_table("names", {column("id", type_kind::big_integer, primary_key), column("name", string(20), not_null, unique),
                                            column("n", type_kind::integer, not_null)});
    connection c = on.connect();
    const auto n = t.column<int>("n");
    for (int i = 0; i < 3; ++i)
        c.execute(insert(t).set(t["name"], "a").set(n, 1).on_conflict(t["name"]).do_update().set(n, n + proposed(n)));
    CHECK(c.scalar(select(n)) == 3);
}

void key_of_two_columns(context& on) {
    const table t = on.make_table("pairs", {column("a", type_kind::integer, primary_key), column("b", type_kind::integer, primary_key),
                                            column("n", type_kind::integer, not_null)});
    connection c = on.connect();
    const auto n = t.column<int>("n");
    for (const int b : {1, 2, 2})
        c.execute(insert(t).set(t["a"], 1).set(t["b"], b).set(n, 1).on_conflict(t["b"], t["a"]).do_update().set(n, n + 1));
    CHECK(c.scalars(select(n).order_by(t["b"])) == std::vector<int>{1, 2});
}

/// NULLs are no conflict.
void null_keys(context& on) {
    const table t =
        on.make_table("maybe", {column("id", type_kind::big_integer, primary_key), column("word", string(20), nullable, unique)});
    connection c = on.connect();
    for (int i = 0; i < 2; ++i) c.execute(insert(t).set(t["word"], std::nullopt).on_conflict(t["word"]).do_nothing());
    for (int i = 0; i < 2; ++i) c.execute(insert(t).set(t["word"], "a").on_conflict(t["word"]).do_nothing());
    CHECK(count_of(c, t) == 3);
}

void returning(context& on) {
    connection c = with_wares(on);
    const auto add = [](std::string_view of) {
        return more(of, 2).on_conflict(code).do_update().set(amount, amount + proposed(amount)).returning(entity<ware>, amount * 10);
    };
    CHECK(c.execute(add("apple")).one() == std::tuple{ware{"apple", 7, decimal::parse("1.50"), "red"}, std::int64_t{70}});
    CHECK(c.execute(add("fig")).one() == std::tuple{ware{"fig", 2, decimal{7}, {}}, std::int64_t{20}});
}

void returning_skips(context& on) {
    connection c = with_wares(on);
    CHECK(c.execute(more("apple", 2).on_conflict(code).do_nothing().returning(amount)).scalars().empty());
    CHECK(c.execute(more("fig", 2).on_conflict(code).do_nothing().returning(amount)).scalars() == std::vector<std::int64_t>{2});
    const auto raise = more("apple", 2).on_conflict(code).do_update().set_proposed(amount).where(amount < proposed(amount));
    CHECK(c.execute(raise.returning(code)).scalars().empty());
    CHECK_FALSE(c.execute(raise).inserted_key<std::string>().has_value());
}

/// The key of the row that is there.
void key_of_updated(context& on) {
    const table t =
        on.make_table("tags", {column("id", type_kind::big_integer, primary_key), column("word", string(20), not_null, unique)});
    connection c = on.connect();
    const auto put = [&](const char* word) {
        const auto r = c.execute(insert(t).set(t["word"], word).on_conflict(t["word"]).do_update().set(t["word"], word));
        return r.inserted_key<std::int64_t>();
    };
    const auto first = put("a");
    REQUIRE(first.has_value());
    CHECK(put("b") != first);
    CHECK(put("a") == first);
}

void several_rows(context& on) {
    connection c = with_wares(on);
    c.execute(insert<ware>()
                  .values({{"apple", 1, decimal{2}, {}}, {"fig", 3, decimal{4}, "new"}, {"pear", 5, decimal{6}, {}}})
                  .on_conflict(code)
                  .do_update()
                  .set(amount, amount + proposed(amount)));
    CHECK(c.scalars(select(amount).order_by(code)) == std::vector<std::int64_t>{6, 3, 7, 3});
}

std::vector<ware> many(std::int64_t n) {
    std::vector<ware> made;
    for (std::int64_t i = 0; i < n; ++i) made.push_back({"w" + std::to_string((i * 37) % n), i, decimal{1}, {}});
    return made;
}

void batch(context& on) {
    connection c = with_wares(on);
    const auto rows = many(500);
    const auto put = insert<ware>().on_conflict(code).do_update().set(amount, amount + proposed(amount) + 1000);
    c.execute(put, std::vector<ware>(rows.begin(), rows.begin() + 300));
    c.execute(put, rows);
    CHECK(count_of(c, entity<ware>) == 503);
    CHECK(c.scalar(select(amount).where(code == rows[7].code)) == 7 + 7 + 1000);
    CHECK(c.scalar(select(amount).where(code == rows[400].code)) == 400);
    c.execute(insert<ware>().on_conflict(code).do_nothing(), rows);
    CHECK(c.scalar(select(amount).where(code == rows[400].code)) == 400);
}

/// Values bound behind the rows: texts that need quoting, lists, negative numbers.
void batch_with_values(context& on) {
    connection c = with_wares(on);
    const std::vector<std::string> among{"it's", "red", "\\"};
    const auto put = insert<ware>().on_conflict(code).do_update().set(note, "it's; \"\\ ?").set(amount, -5).where(note.in(among));
    c.execute(put, std::vector<ware>{{"apple", 1, decimal{1}, {}}, {"plum", 1, decimal{1}, {}}, {"fig", 1, decimal{1}, {}}});
    CHECK(at(c, "apple") == ware{"apple", -5, decimal::parse("1.50"), "it's; \"\\ ?"});
    CHECK(amount_of(c, "plum") == 3);
    c.execute(insert<ware>().on_conflict(code).do_update().set(note, "other").where(amount == -5),
              std::vector<ware>{{"apple", 1, decimal{1}, {}}});
    CHECK(at(c, "apple").note == "other");
}

/// The rows come back in the order in which they went, those that were there among them.
void batch_returning(context& on) {
    connection c = with_wares(on);
    auto rows = many(250);
    const auto put = insert<ware>().on_conflict(code).do_update().set(amount, proposed(amount) + 1000).returning(code, amount);
    c.execute(insert<ware>(), std::vector<ware>(rows.begin() + 100, rows.begin() + 200));
    std::int64_t i = 0;
    for (const auto& [of, n] : c.execute(put, rows).all()) {
        CHECK(of == rows[static_cast<std::size_t>(i)].code);
        CHECK(n == (i >= 100 && i < 200 ? i + 1000 : i));
        ++i;
    }
    CHECK(i == 250);
}

void same_row_twice(context& on) {
    connection c = with_wares(on);
    c.execute(
        insert<ware>()
            .values({{"apple", 1, decimal{1}, {}}, {"apple", 2, decimal{1}, {}}, {"fig", 3, decimal{1}, {}}, {"fig", 4, decimal{1}, {}}})
            .on_conflict(code)
            .do_update()
            .set(amount, amount * 10 + proposed(amount)));
    CHECK(amount_of(c, "apple") == 512);
    CHECK(amount_of(c, "fig") == 34);
}

void from_query(context& on) {
    connection c = with_wares(on);
    c.execute(insert<ware>()
                  .from(select(code, amount + 100, price * 2, note))
                  .on_conflict(code)
                  .do_update()
                  .set(amount, amount + proposed(amount))
                  .set_proposed(price));
    CHECK(at(c, "apple") == ware{"apple", 110, decimal{3}, "red"});
    c.execute(insert<ware>().columns(code, amount, price).from(select(code + "s", amount, price)).on_conflict(code).do_nothing());
    CHECK(count_of(c, entity<ware>) == 6);
}

void with_subquery(context& on) {
    connection c = with_wares(on);
    const auto other = alias<ware>();
    const auto most = select(func::max(other[&ware::amount])).where(other[&ware::code] != code).scalar();
    c.execute(more("apple", 9).on_conflict(code).do_update().set(amount, func::coalesce(most, std::int64_t{0})));
    CHECK(amount_of(c, "apple") == 3);
}

/// More digits than a double has.
void decimals(context& on) {
    const table t =
        on.make_table("ledger", {column("id", type_kind::integer, primary_key, not_generated), column("sum", numeric(24, 4), not_null)});
    connection c = on.connect();
    const auto sum = t.column<decimal>("sum");
    const auto add = insert(t).set(t["id"], 1).set(sum, decimal::parse("12345678901234567890.0001")).on_conflict(t["id"]).do_update();
    for (int i = 0; i < 3; ++i) c.execute(add.set(sum, sum + proposed(sum)));
    CHECK(c.scalar(select(sum)) == decimal::parse("37037036703703703670.0003"));
    c.execute(add.set(sum, proposed(sum)).where(sum > proposed(sum)));
    CHECK(c.scalar(select(sum)) == decimal::parse("12345678901234567890.0001"));
}

}  // namespace

std::vector<test_case> areas::upsert_cases() {
    return {
        {"upsert/do-nothing", "a row that is there stays as it is", claims::upserts, do_nothing},
        {"upsert/any-conflict", "without a target any key counts", claims::upserts, any_conflict},
        {"upsert/other-errors", "doing nothing hides no other error", claims::upserts, other_errors},
        {"upsert/from-proposed", "a row that is there takes what was proposed, and counts as one", claims::upserts, from_proposed},
        {"upsert/from-both", "it can take from both rows, again and again", claims::upserts, from_both},
        {"upsert/conditional", "a condition holds the update back", claims::upserts, conditional},
        {"upsert/unknown-condition", "so does one that is neither true nor false", claims::upserts, unknown_condition},
        {"upsert/simultaneous", "each assignment sees the row as it was", claims::simultaneous_upserts, simultaneous},
        {"upsert/partial-index", "a partial index is the key that counts", claims::upsert_partial_indexes, partial_index},
        {"upsert/by-constraint", "a key by its constraint's name", claims::upserts, by_constraint},
        {"upsert/by-unknown-constraint", "... which the mapping does not know", claims::upsert_constraint_names, by_unknown_constraint},
        {"upsert/another-key", "a conflict of another key is an error", claims::upsert_targets, another_key},
        {"upsert/beside-generated-key", "the one key that can be met", claims::upserts, beside_generated_key},
        {"upsert/key-of-two-columns", "a key of two columns, in any order", claims::upserts, key_of_two_columns},
        {"upsert/null-keys", "NULLs are no conflict", claims::upserts, null_keys},
        {"upsert/returning", "RETURNING gives the row as it is then", claims::returning_upserts, returning},
        {"upsert/returning-skips", "... and nothing of rows that stay", claims::returning_skips_untouched, returning_skips},
        {"upsert/key-of-updated", "the key of the row that is there is told", claims::returning_upserts, key_of_updated},
        {"upsert/several-rows", "several rows in one statement", claims::upserts, several_rows},
        {"upsert/batch", "many rows, some of them there", claims::upserts, batch},
        {"upsert/batch-with-values", "... with values bound behind the rows", claims::upserts, batch_with_values},
        {"upsert/batch-returning", "... which come back in their order", claims::returning_upserts, batch_returning},
        {"upsert/same-row-twice", "one statement may meet a row again and again", claims::upsert_reads_rows_twice, same_row_twice},
        {"upsert/from-query", "rows of a query, of the same table too", claims::upserts, from_query},
        {"upsert/with-subquery", "a subquery in the update", claims::upserts, with_subquery},
        {"upsert/decimals", "exact numbers of many digits", claims::upserts, decimals},
    };
}

}  // namespace azoth::conformance
