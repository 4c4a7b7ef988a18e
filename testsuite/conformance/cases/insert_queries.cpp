#include "claims.hpp"
#include "insert_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {
namespace {

constexpr auto id = col<&item::id>;
constexpr auto name = col<&item::name>;
constexpr auto size = col<&item::size>;

table archive(context& on) {
    return on.make_table("archive",
                         {column("id", type_kind::big_integer, primary_key), column("words", string(200), not_null),
                          column("n", type_kind::big_integer, nullable), column("kind", string(10), not_null, server_default("'old'"))});
}

auto words_of(const table& t) { return select(t.column<std::string>("words")).order_by(t["words"]); }

void rows_of_query(context& on) {
    const table to = archive(on);
    connection c = stocked(on, 5);
    c.execute(insert(to).columns(to["id"], to["words"], to["n"]).from(select(id, name, size).where(id > 2)));
    CHECK(c.execute(select(to.column<std::int64_t>("id"), to.column<std::string>("words"), to.column<std::optional<std::int64_t>>("n"))
                        .order_by(to["id"]))
              .all() == std::vector<std::tuple<std::int64_t, std::string, std::optional<std::int64_t>>>{
                            {3, "item 3", std::nullopt}, {4, "item 4", 40}, {5, "item 5", 50}});
}

void no_rows_of_query(context& on) {
    const table to = archive(on);
    connection c = stocked(on, 5);
    CHECK(c.execute(insert(to).columns(to["id"], to["words"]).from(select(id, name).where(id > 50))).affected_rows() == 0);
    CHECK(count_of(c, to) == 0);
}

void generated_keys(context& on) {
    const table to = archive(on);
    connection c = stocked(on, 5);
    const auto add = insert(to).columns(to["words"]).from(select(name));
    CHECK(c.execute(add).affected_rows() == 5);
    CHECK(c.execute(add).affected_rows() == 5);
    const auto keys = c.scalars(select(to.column<std::int64_t>("id")).order_by(to["id"]));
    CHECK(keys.size() == 10);
    CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
}

void defaults(context& on) {
    const table to = archive(on);
    connection c = stocked(on, 3);
    c.execute(insert(to).columns(to["words"]).from(select(name)));
    CHECK(c.scalars(select(to.column<std::string>("kind"))) == std::vector<std::string>{"old", "old", "old"});
    CHECK(c.scalar(select(func::count(to["n"]))) == 0);
}

void values_in_query(context& on) {
    const table to = archive(on);
    connection c = stocked(on, 9);
    const auto query = select(name + bound(std::string{": 100%"}), literal(std::int64_t{1}), bound(std::string{"new"}))
                           .where(id.in({2, 4, 6, 8}))
                           .order_by(id.desc())
                           .limit(2)
                           .offset(1);
    CHECK(c.execute(insert(to).columns(to["words"], to["n"], to["kind"]).from(query)).affected_rows() == 2);
    CHECK(c.scalars(words_of(to)) == std::vector<std::string>{"item 4: 100%", "item 6: 100%"});
    CHECK(c.scalars(select(to.column<std::string>("kind")).distinct()) == std::vector<std::string>{"new"});
}

void of_itself(context& on) {
    const table t = archive(on);
    connection c = on.connect();
    const std::vector<std::vector<value>> rows{{"a", 1}, {"b", 2}};
    c.execute(insert(t).columns(t["words"], t["n"]), rows);
    const auto add = insert(t).columns(t["words"], t["n"]).from(select(t.column<std::string>("words"), t["n"]).where(t["n"] > 1));
    CHECK(c.execute(add).affected_rows() == 1);
    CHECK(c.execute(add).affected_rows() == 2);
    CHECK(c.scalars(words_of(t)) == std::vector<std::string>{"a", "b", "b", "b", "b"});
}

void joins_and_groups(context& on) {
    const table to = archive(on);
    connection c = stocked(on, 6);
    const auto other = alias<item>("other");
    const auto query = select(name, func::count()).join(other, other[&item::id] < id).group_by(name).having(func::count() > 3);
    c.execute(insert(to).columns(to["words"], to["n"]).from(query));
    CHECK(c.execute(select(to.column<std::string>("words"), to.column<std::optional<std::int64_t>>("n")).order_by(to["n"])).all() ==
          std::vector<std::tuple<std::string, std::optional<std::int64_t>>>{{"item 5", 4}, {"item 6", 5}});
}

void from_cte(context& on) {
    const table to = archive(on);
    connection c = stocked(on, 6);
    const auto even = cte("even", select(id, name).where(id % 2 == 0));
    const auto [n, words] = even.columns();
    c.execute(insert(to).columns(to["words"], to["n"]).from(select(words, n)));
    CHECK(c.scalars(words_of(to)) == std::vector<std::string>{"item 2", "item 4", "item 6"});
}

}  // namespace

std::vector<test_case> insert_parts::from_queries() {
    return {
        {"insert/from-select", "rows of a query are inserted", {}, rows_of_query},
        {"insert/from-select-no-rows", "a query without rows inserts none", {}, no_rows_of_query},
        {"insert/from-select-generated-keys", "rows of a query get keys", {}, generated_keys},
        {"insert/from-select-with-defaults", "columns that the query does not fill get their defaults", {}, defaults},
        {"insert/from-select-with-values", "the query may have values, a list, an order and a limit", {}, values_in_query},
        {"insert/from-select-of-itself", "the query may read the table that it fills", {}, of_itself},
        {"insert/from-select-joins-and-groups", "the query may join and group", {}, joins_and_groups},
        {"insert/from-select-with-cte", "the query may have a common table expression", claims::ctes, from_cte},
    };
}

}  // namespace azoth::conformance::areas
