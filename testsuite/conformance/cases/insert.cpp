#include "areas.hpp"
#include "claims.hpp"
#include "insert_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance {
namespace {

constexpr auto id = col<&item::id>;
constexpr auto name = col<&item::name>;
constexpr auto size = col<&item::size>;

/// Rows whose columns all have a default or can be NULL.
table made_of_defaults(context& on) {
    return on.make_table(
        "defaults",
        {column("id", type_kind::big_integer, primary_key), column("words", string(30), not_null, server_default("'it''s: 100%'")),
         column("number", type_kind::integer, not_null, server_default("42")),
         column("fraction", numeric(10, 2), not_null, server_default("-1.50")),
         column("made", type_kind::timestamp, not_null, server_default("CURRENT_TIMESTAMP")),
         column("nothing", type_kind::integer, nullable), column("seven", type_kind::integer, nullable, server_default("7"))});
}

void check_defaults(connection& c, const table& t) {
    const auto row =
        c.execute(select(t.column<std::string>("words"), t.column<int>("number"), t.column<decimal>("fraction"),
                         t.column<local_timestamp>("made"), t.column<std::optional<int>>("nothing"), t.column<std::optional<int>>("seven")))
            .one();
    CHECK(std::get<0>(row) == "it's: 100%");
    CHECK(std::get<1>(row) == 42);
    CHECK(std::get<2>(row) == decimal::parse("-1.50"));
    CHECK(to_string(std::get<3>(row)) > "2020");
    CHECK_FALSE(std::get<4>(row).has_value());
    CHECK(std::get<5>(row) == 7);
}

void last_insert_id(context& on) {
    connection c = stocked(on, 0);
    std::vector<std::int64_t> told;
    for (const char* n : {"a", "b", "c"}) {
        const auto key = c.execute(insert<item>().set(name, n)).last_insert_id();
        REQUIRE(key.has_value());
        CHECK(c.scalar(select(id).where(name == n)) == *key);
        told.push_back(*key);
    }
    CHECK(told[0] < told[1]);
    CHECK(told[1] < told[2]);
    const auto key = c.execute(insert<item>().values({0, "d", 4})).last_insert_id();
    CHECK(c.scalar(select(id).where(name == "d")) == key);
}

void last_insert_id_of_prepared(context& on) {
    connection c = stocked(on, 0);
    const auto add = insert<item>().set(name, param<std::string>("name"));
    for (int i = 0; i < 10; ++i) {
        const std::string n = "n" + std::to_string(i);
        const auto key = c.execute(add, {{"name", n}}).last_insert_id();
        REQUIRE(key.has_value());
        CHECK(c.scalar(select(name).where(id == *key)) == n);
    }
}

/// Only an insert has generated a key.
void last_insert_id_of_others(context& on) {
    connection c = stocked(on, 0);
    const auto first = c.execute(insert<item>().set(name, "a")).last_insert_id();
    const auto second = c.execute(insert<item>().set(name, "b")).last_insert_id();
    REQUIRE((first.has_value() && second.has_value()));
    CHECK_FALSE(c.execute(update<item>().set(name, "new").where(id == *first)).last_insert_id().has_value());
    CHECK_FALSE(c.execute(delete_<item>().where(id == *second)).last_insert_id().has_value());
}

void key_generated(context& on) {
    connection c = stocked(on, 0);
    for (int i = 0; i < 20; ++i) c.execute(insert<item>().set(name, "same"));
    const auto keys = c.scalars(select(id).order_by(id));
    REQUIRE(keys.size() == 20);
    CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
    CHECK(keys.front() > 0);
}

void key_given(context& on) {
    connection c = stocked(on, 0);
    c.execute(insert<item>().set(id, 77).set(name, "a"));
    c.execute(insert<item>().values({std::numeric_limits<std::int64_t>::max() - 1, "b", {}}));
    c.execute(insert<item>().values({-5, "c", {}}));
    CHECK(c.scalars(select(id).order_by(name)) == std::vector<std::int64_t>{77, std::numeric_limits<std::int64_t>::max() - 1, -5});
}

/// An object without a key gets one; with a key it keeps it.
void objects(context& on) {
    connection c = stocked(on, 0);
    c.execute(insert<item>().values({.id = 1000, .name = "given", .size = 5}));
    c.execute(insert<item>().values({.id = 0, .name = "made", .size = {}}));
    CHECK(c.scalar(select<item>().where(name == "given")) == item{1000, "given", 5});
    const item made = c.scalar(select<item>().where(name == "made"));
    CHECK(made.id != 0);
    CHECK(made.id != 1000);
    CHECK_FALSE(made.size.has_value());
}

void keys_of_other_types(context& on) {
    const table words = on.make_table("words", {column("word", string(40), primary_key), column("n", type_kind::integer)});
    const table pairs = on.make_table("pairs", {column("a", type_kind::integer, primary_key), column("b", type_kind::integer, primary_key),
                                                column("n", type_kind::integer)});
    connection c = on.connect();
    c.execute(insert(words).set(words["word"], "zebra").set(words["n"], 1));
    c.execute(insert(words).set(words["word"], "").set(words["n"], 2));
    CHECK(c.scalar(select(words["n"]).where(words["word"] == "")) == value{2});
    c.execute(insert(pairs).set(pairs["a"], 1).set(pairs["b"], 2).set(pairs["n"], 3));
    c.execute(insert(pairs).set(pairs["a"], 2).set(pairs["b"], 1).set(pairs["n"], 4));
    CHECK(c.scalar(select(pairs.column<std::optional<int>>("n")).where(pairs["a"] == 2, pairs["b"] == 1)) == 4);
    CHECK_THROWS_AS(c.execute(insert(pairs).set(pairs["a"], 1).set(pairs["b"], 2)), unique_violation);
}

void only_defaults(context& on) {
    const table t = made_of_defaults(on);
    connection c = on.connect();
    CHECK(c.execute(insert(t)).affected_rows() == 1);
    check_defaults(c, t);
}

void only_defaults_again(context& on) {
    const table t = made_of_defaults(on);
    connection c = on.connect();
    const auto add = insert(t);
    for (int i = 0; i < 5; ++i) CHECK(c.execute(add).affected_rows() == 1);
    const auto keys = c.scalars(select(t.column<std::int64_t>("id")).order_by(t["id"]));
    REQUIRE(keys.size() == 5);
    CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
}

void defaults(context& on) {
    const table t = made_of_defaults(on);
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1));
    check_defaults(c, t);
    c.execute(update(t).set(t["seven"], std::nullopt).set(t["words"], ""));
    c.execute(insert(t).set(t["id"], 2).set(t["seven"], std::nullopt).set(t["words"], ""));
    const auto rows = c.execute(select(t.column<std::string>("words"), t.column<std::optional<int>>("seven"))).all();
    REQUIRE(rows.size() == 2);
    for (const auto& row : rows) CHECK(row == std::tuple{std::string{}, std::optional<int>{}});
}

void nothing(context& on) {
    connection c = stocked(on, 0);
    c.execute(insert<item>().set(id, 1).set(name, "a").set(size, std::nullopt));
    c.execute(insert<item>().set(id, 2).set(name, "b").set(size, std::optional<std::int64_t>{}));
    c.execute(insert<item>().set(id, 3).set(name, "c"));
    c.execute(insert<item>().set(id, 4).set(name, "d").set(size, literal(std::optional<std::int64_t>{})));
    CHECK(c.scalars(select(id).where(size.is_null()).order_by(id)) == std::vector<std::int64_t>{1, 2, 3, 4});
}

void expressions(context& on) {
    const table copy =
        on.make_table("copy", {column("id", type_kind::big_integer, primary_key, not_generated), column("words", string(100), nullable)});
    connection c = stocked(on, 3);
    const auto most = select(func::max(id)).scalar();
    c.execute(insert(copy)
                  .set(copy["id"], func::coalesce(most, std::int64_t{0}) + 10)
                  .set(copy.column<std::optional<std::string>>("words"), func::upper(bound(std::string{"loud"})) + " and clear"));
    CHECK(c.execute(select(copy.column<std::int64_t>("id"), copy.column<std::optional<std::string>>("words"))).one() ==
          std::tuple{std::int64_t{13}, std::optional<std::string>{"LOUD and clear"}});
}

void with_autocommit(context& on) {
    connection c = stocked(on, 0);
    c.set_isolation(isolation_level::autocommit);
    CHECK(c.execute(insert<item>().set(name, "a")).affected_rows() == 1);
    CHECK(c.execute(insert<item>().set(id, 100).set(name, "b")).affected_rows() == 1);
    c.close();
    connection other = on.connect();
    CHECK(count_of(other, entity<item>) == 2);
}

void rolled_back(context& on) {
    connection c = stocked(on, 0);
    c.execute(insert<item>().set(name, "a"));
    c.rollback();
    CHECK(count_of(c, entity<item>) == 0);
    c.execute(insert<item>().set(name, "b"));
    c.commit();
    c.close();
    connection other = on.connect();
    CHECK(other.scalar(select(name)) == "b");
}

/// An insert leaves nothing to be read behind, even where its result is kept.
void leaves_nothing_open(context& on) {
    connection c = stocked(on, 0);
    std::vector<result> kept;
    for (int i = 0; i < 5; ++i) kept.push_back(c.execute(insert<item>().set(name, "a")));
    CHECK(count_of(c, entity<item>) == 5);
    for (result& r : kept) {
        CHECK_FALSE(r.returns_rows());
        CHECK_FALSE(r.next());
        CHECK(r.affected_rows() == 1);
    }
    c.commit();
    CHECK(count_of(c, entity<item>) == 5);
}

}  // namespace

std::vector<test_case> areas::insert_cases() {
    std::vector<test_case> all{
        {"insert/last-insert-id", "the key that the database made is told", claims::inserted_keys, last_insert_id},
        {"insert/last-insert-id-of-prepared", "... by a statement run again and again, too", claims::inserted_keys,
         last_insert_id_of_prepared},
        {"insert/last-insert-id-of-others", "updates and deletes tell no key", claims::inserted_keys, last_insert_id_of_others},
        {"insert/key-generated", "each row without a key gets one of its own", {}, key_generated},
        {"insert/key-given", "a key that is given stays", {}, key_given},
        {"insert/objects", "objects keep the key that they bring, or get one", {}, objects},
        {"insert/keys-of-other-types", "keys of text and of two columns", {}, keys_of_other_types},
        {"insert/only-defaults", "a row of nothing but defaults", claims::default_values_insert, only_defaults},
        {"insert/only-defaults-again", "several rows of nothing but defaults", claims::default_values_insert, only_defaults_again},
        {"insert/defaults", "columns left out get their defaults, and a NULL that is given stays NULL", {}, defaults},
        {"insert/null", "a NULL is a NULL, however it is given", {}, nothing},
        {"insert/expressions", "values can be expressions and subqueries", {}, expressions},
        {"insert/with-autocommit", "with autocommit, rows stay", {}, with_autocommit},
        {"insert/rolled-back", "a rollback undoes an insert, a commit keeps it", {}, rolled_back},
        {"insert/leaves-nothing-open", "an insert's result holds nothing open", {}, leaves_nothing_open},
    };
    for (const auto part : {insert_parts::from_queries, insert_parts::returning}) {
        const auto cases = part();
        all.insert(all.end(), cases.begin(), cases.end());
    }
    return all;
}

}  // namespace azoth::conformance
