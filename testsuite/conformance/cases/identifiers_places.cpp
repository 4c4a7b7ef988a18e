#include "claims.hpp"
#include "identifiers_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance {

/// Whose names all need quotes.
struct oddity {
    std::int64_t id{};
    std::string words{};
    std::optional<std::int64_t> number{};
    friend bool operator==(const oddity&, const oddity&) = default;
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::oddity> {
    using oddity = azoth::conformance::oddity;
    static azoth::table_map<oddity> map() {
        return azoth::table_map<oddity>(azoth::conformance::mapped_name("Odd \"100%`s :x"))
            .column<&oddity::id>(azoth::primary_key, azoth::named("select \"id\""))
            .column<&oddity::words>(azoth::string(80), azoth::named("100% of `words`:w"))
            .column<&oddity::number>(azoth::named("Größe?"), azoth::indexed);
    }
};

namespace azoth::conformance::areas {
namespace {

constexpr auto id = col<&oddity::id>;
constexpr auto words = col<&oddity::words>;
constexpr auto number = col<&oddity::number>;

std::vector<oddity> oddities(int n) {
    std::vector<oddity> made;
    for (int i = 1; i <= n; ++i) made.push_back({i, "words " + std::to_string(i), i % 3 == 0 ? std::nullopt : std::optional{i % 4}});
    return made;
}

connection filled(context& on, int n) {
    on.make_table<oddity>();
    on.engine().begin([&](connection& c) { c.execute(insert<oddity>(), oddities(n)); });
    return on.connect();
}

constexpr std::string_view odd_names[]{"100% \"a\" :b", "select", "`a`", "two words", "a.b", "Größe?", "$1 \\"};

void aliases(context& on) {
    connection c = filled(on, 5);
    for (const auto name : odd_names) {
        INFO("the alias " << name);
        const auto other = alias<oddity>(name);
        const auto pairs = select(id, other[&oddity::id]).join(other, other[&oddity::id] == id + 1).order_by(other[&oddity::id].desc());
        CHECK(c.execute(pairs.where(other[&oddity::words] != "words 5")).first() == std::tuple{std::int64_t{3}, std::int64_t{4}});
    }
}

void labels(context& on) {
    connection c = filled(on, 5);
    for (const auto name : odd_names) {
        INFO("the label " << name);
        const auto labelled = (id * 10).label(name);
        CHECK(c.scalars(select(labelled).order_by(labelled.desc()).limit(2)) == std::vector<std::int64_t>{50, 40});
        CHECK(names_told(on, c, select(labelled, words)) == std::vector<std::string>{std::string{name}, "100% of `words`:w"});
    }
}

void groups(context& on) {
    connection c = filled(on, 8);
    const auto total = func::count().label("\"how many\"");
    const auto query = select(number, total).where(number.is_not_null()).group_by(number).having(func::count() > 1).order_by(number);
    CHECK(c.execute(query).all() == std::vector<std::tuple<std::optional<std::int64_t>, std::int64_t>>{{0, 2}, {1, 2}});
}

void ctes(context& on) {
    connection c = filled(on, 5);
    for (const auto name : odd_names) {
        INFO("the common table expression " << name);
        const auto some = cte(name, select(id, words).where(id > 3), {"a \"b\"", "%s:c"});
        const auto [n, text] = some.columns();
        CHECK(c.execute(select(text, n).order_by(n)).all() ==
              std::vector<std::tuple<std::string, std::int64_t>>{{"words 4", 4}, {"words 5", 5}});
    }
}

void subqueries(context& on) {
    connection c = filled(on, 5);
    for (const auto name : odd_names) {
        INFO("the subquery " << name);
        const auto some = select(id, words).where(id < 3).subquery(name, {"a \"b\"", "%s:c"});
        const auto [n, text] = some.columns();
        CHECK(c.scalars(select(text).where(n > 1)) == std::vector<std::string>{"words 2"});
        CHECK(c.scalar(select(func::count()).select_from(entity<oddity>).join(some, n == id)) == 2);
    }
}

void changes(context& on) {
    connection c = filled(on, 5);
    CHECK(c.execute(update<oddity>().set(words, words + "!").set(number, number + 1).where(number == 1)).affected_rows() == 2);
    CHECK(c.scalars(select(words).where(number == 2, id != 2).order_by(id)) == std::vector<std::string>{"words 1!", "words 5!"});
    const auto some = select(func::max(id)).scalar();
    CHECK(c.execute(delete_<oddity>().where(id == some)).affected_rows() == 1);
    CHECK(c.execute(insert<oddity>().values({9, "nine", 9})).affected_rows() == 1);
    CHECK(c.scalar(select<oddity>().where(words == "nine")) == oddity{9, "nine", 9});
}

void returning_insert(context& on) {
    connection c = filled(on, 0);
    const auto [key, text] =
        c.execute(insert<oddity>().values({4, "four", {}}).returning(id, (words + "!").label("select \"it\" %s"))).one();
    CHECK(key == 4);
    CHECK(text == "four!");
}

void returning_change(context& on) {
    connection c = filled(on, 3);
    const auto change = update<oddity>().set(words, "new").where(id == 2).returning(number, words.label("100% :x"));
    CHECK(c.execute(change).one() == std::tuple{std::optional<std::int64_t>{2}, std::string{"new"}});
}

void returning_delete(context& on) {
    connection c = filled(on, 3);
    CHECK(c.execute(delete_<oddity>().where(words == "words 3").returning(id, number)).one() ==
          std::tuple{std::int64_t{3}, std::optional<std::int64_t>{}});
}

void batches(context& on) {
    connection c = filled(on, 0);
    for (const int n : {1, 50, 500}) {
        CHECK(c.execute(insert<oddity>(), oddities(n)).affected_rows() == n);
        CHECK(c.scalars(select<oddity>().order_by(id)) == oddities(n));
        c.execute(delete_<oddity>());
    }
    const std::vector<std::vector<value>> rows{{"a", 1}, {"b", value{}}};
    CHECK(c.execute(insert<oddity>().columns(words, number), rows).affected_rows() == 2);
}

void batches_returning(context& on) {
    connection c = filled(on, 0);
    CHECK(c.execute(insert<oddity>().returning(id, words, number), oddities(200)).as<oddity>() == oddities(200));
    c.execute(delete_<oddity>());  // not every database goes on behind keys that were given
    std::vector<oddity> more = oddities(50);
    for (oddity& o : more) o.id = 0;
    const auto found = c.execute(insert<oddity>().returning(words, id), more).all();
    REQUIRE(found.size() == 50);
    for (std::size_t i = 0; i < more.size(); ++i) CHECK(std::get<0>(found[i]) == more[i].words);
}

void from_query(context& on) {
    const table to = on.make_table("copy of \"it\"", {column("a:b", type_kind::big_integer), column("%s \"s\"", string(80))});
    connection c = filled(on, 3);
    CHECK(c.execute(insert(to).columns(to["a:b"], to["%s \"s\""]).from(select(id, words))).affected_rows() == 3);
    CHECK(c.scalar(select(func::max(to.column<std::optional<std::string>>("%s \"s\"")))) == "words 3");
}

/// Keys, references, unique constraints and indexes between tables of odd names.
void constraints(context& on) {
    const table parent = on.make_table("Parent \"%`", {column("two words", type_kind::integer, primary_key, not_generated),
                                                       column("select", string(20), unique), column("a:b", type_kind::integer, indexed)});
    const table child = on.make_table("child'%s", {column("id?", type_kind::integer, primary_key, not_generated),
                                                   column("of \"it\"", type_kind::integer, references_to(parent.name(), "two words"))});
    connection c = on.connect();
    c.execute(insert(parent).set(parent["two words"], 1).set(parent["select"], "one").set(parent["a:b"], 5));
    c.execute(insert(child).set(child["id?"], 1).set(child["of \"it\""], 1));
    c.commit();
    CHECK_THROWS_AS(c.execute(insert(child).set(child["id?"], 2).set(child["of \"it\""], 9)), foreign_key_violation);
    c.rollback();
    CHECK_THROWS_AS(c.execute(insert(parent).set(parent["two words"], 2).set(parent["select"], "one")), unique_violation);
    c.rollback();
    CHECK_THROWS_AS(c.execute(insert(parent).set(parent["two words"], 1)), unique_violation);
    c.rollback();
    const auto joined = select(parent.column<std::optional<std::string>>("select"))
                            .select_from(child)
                            .join(parent, child["of \"it\""] == parent["two words"]);
    CHECK(c.scalar(joined) == "one");
}

}  // namespace

std::vector<test_case> identifiers_parts::places() {
    return {
        {"identifiers/aliases", "aliases of any name", {}, aliases},
        {"identifiers/labels", "labels of any name, in results and in ORDER BY", {}, labels},
        {"identifiers/groups", "GROUP BY and HAVING with names that need quotes", {}, groups},
        {"identifiers/ctes", "common table expressions of any name, their columns too", claims::ctes, ctes},
        {"identifiers/subqueries", "subqueries of any name, their columns too", {}, subqueries},
        {"identifiers/changes", "updates and deletes with names that need quotes", {}, changes},
        {"identifiers/returning-insert", "RETURNING of an insert", claims::returning_on_insert, returning_insert},
        {"identifiers/returning-update", "RETURNING of an update", claims::returning_on_update, returning_change},
        {"identifiers/returning-delete", "RETURNING of a delete", claims::returning_on_delete, returning_delete},
        {"identifiers/batches", "batches into columns of any name", {}, batches},
        {"identifiers/batches-returning", "... with RETURNING", claims::returning_on_insert, batches_returning},
        {"identifiers/from-query", "an insert from a query, between tables of any name", {}, from_query},
        {"identifiers/constraints", "keys, references and indexes of tables of any name", {}, constraints},
    };
}

}  // namespace azoth::conformance::areas
