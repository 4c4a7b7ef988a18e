#include "claims.hpp"
#include "company.hpp"
#include "from_parts.hpp"

namespace azoth::conformance::areas {
namespace {

using pairs = std::vector<std::tuple<std::string, std::string>>;
using maybe_pairs = std::vector<std::tuple<std::optional<std::string>, std::optional<std::string>>>;

void by_foreign_key(context& on) {
    connection c = staffed(on);
    CHECK(c.execute(select(name, city).join<office>().order_by(name)).all() == pairs{{"Ann", "north"}, {"Bob", "north"}, {"Cid", "south"}});
}

void by_condition(context& on) {
    connection c = staffed(on);
    CHECK(c.execute(select(name, city).join<office>(office_of == office_id, city != "north")).all() == pairs{{"Cid", "south"}});
}

void always_true(context& on) {
    connection c = staffed(on);
    CHECK(c.execute(select(name, city).join<office>(literal(1) == 1)).all().size() == 12);
}

void always_false(context& on) {
    connection c = staffed(on);
    CHECK(c.execute(select(name, city).join<office>(literal(1) == 2)).all().empty());
}

void outer_by_foreign_key(context& on) {
    connection c = staffed(on);
    CHECK(c.execute(select(maybe(name), maybe(city)).select_from(entity<worker>).outer_join<office>().order_by(name)).all() ==
          maybe_pairs{{"Ann", "north"}, {"Bob", "north"}, {"Cid", "south"}, {"Dee", std::nullopt}});
}

void outer_false(context& on) {
    connection c = staffed(on);
    const auto found = c.execute(select(name, maybe(city)).outer_join<office>(literal(1) == 2).order_by(name)).all();
    REQUIRE(found.size() == 4);
    for (const auto& [who, where] : found) CHECK_FALSE(where.has_value());
}

void right(context& on) {
    connection c = staffed(on);
    CHECK(c.execute(select(maybe(name), city).select_from(entity<worker>).right_join<office>().order_by(city, name)).all() ==
          std::vector<std::tuple<std::optional<std::string>, std::string>>{
              {"Ann", "north"}, {"Bob", "north"}, {"Cid", "south"}, {std::nullopt, "west"}});
}

void right_entities(context& on) {
    connection c = staffed(on);
    const auto found = c.execute(select(maybe(entity<worker>), entity<office>)
                                     .select_from(entity<worker>)
                                     .right_join<office>(office_of == office_id)
                                     .where(office_id > 1)
                                     .order_by(office_id))
                           .all();
    REQUIRE(found.size() == 2);
    CHECK(std::get<0>(found[0])->name == "Cid");
    CHECK_FALSE(std::get<0>(found[1]).has_value());
    CHECK(std::get<1>(found[1]) == office{3, "west"});
}

void full(context& on) {
    connection c = staffed(on);
    const auto found = c.execute(select(maybe(name), maybe(city)).select_from(entity<worker>).full_join<office>()).all();
    CHECK(found.size() == 5);
    CHECK(std::count(found.begin(), found.end(), std::tuple{std::optional<std::string>{"Dee"}, std::optional<std::string>{}}) == 1);
    CHECK(std::count(found.begin(), found.end(), std::tuple{std::optional<std::string>{}, std::optional<std::string>{"west"}}) == 1);
}

void full_by_condition(context& on) {
    connection c = staffed(on);
    CHECK(c.execute(select(maybe(worker_id), maybe(office_id)).select_from(entity<worker>).full_join<office>(worker_id == office_id))
              .all()
              .size() == 4);
}

void cross(context& on) {
    connection c = staffed(on);
    CHECK(c.execute(select(name, city).cross_join<office>()).all().size() == 12);
}

void self(context& on) {
    connection c = staffed(on);
    const auto boss = alias<worker>("boss");
    CHECK(c.execute(select(name, boss[&worker::name]).join(boss, boss_of == boss[&worker::id]).order_by(name)).all() ==
          pairs{{"Bob", "Ann"}, {"Cid", "Ann"}, {"Dee", "Bob"}});
}

void three_deep(context& on) {
    connection c = staffed(on);
    const auto boss = alias<worker>();
    const auto top = alias<worker>();
    CHECK(c.execute(select(name, top[&worker::name])
                        .join(boss, boss_of == boss[&worker::id])
                        .join(top, boss[&worker::boss_id] == top[&worker::id]))
              .all() == pairs{{"Dee", "Ann"}});
}

void nested_in_outer(context& on) {
    connection c = staffed(on);
    const auto boss = alias<worker>("boss");
    const auto led = nested(entity<worker>).join(boss, boss_of == boss[&worker::id]);
    const auto query = select(city, maybe(name), maybe(boss[&worker::name])).outer_join(led, office_of == office_id).order_by(city);
    CHECK(c.execute(query).all() == std::vector<std::tuple<std::string, std::optional<std::string>, std::optional<std::string>>>{
                                        {"north", "Bob", "Ann"}, {"south", "Cid", "Ann"}, {"west", std::nullopt, std::nullopt}});
}

void condition_of_the_second_source(context& on) {
    connection c = staffed(on);
    const auto boss = alias<worker>("boss");
    const auto query = select(city, name).join(boss, boss[&worker::id] == boss_of).where(office_id == 1, worker_id > 2);
    CHECK(c.execute(query.order_by(name)).all() == pairs{{"north", "Cid"}, {"north", "Dee"}});
}

void composite_key(context& on) {
    const table shelf = on.make_table("shelf", {column("room", type_kind::integer, primary_key),
                                                column("place", type_kind::integer, primary_key), column("label", string(20))});
    const table book =
        on.make_table("book", {column("id", type_kind::integer, primary_key, not_generated), column("room", type_kind::integer),
                               column("place", type_kind::integer), column("title", string(20))});
    connection c = on.connect();
    c.execute(insert(shelf).columns(shelf["room"], shelf["place"], shelf["label"]),
              std::vector<std::vector<value>>{{1, 1, "a"}, {1, 2, "b"}, {2, 1, "c"}});
    c.execute(insert(book).columns(book["id"], book["room"], book["place"], book["title"]),
              std::vector<std::vector<value>>{{1, 1, 2, "x"}, {2, 2, 1, "y"}});
    const auto label = shelf.column<std::optional<std::string>>("label");
    CHECK(
        c.scalars(
            select(label).select_from(book).join(shelf, book["room"] == shelf["room"], book["place"] == shelf["place"]).order_by(label)) ==
        std::vector<std::optional<std::string>>{"b", "c"});
}

void subquery_of_an_outer_join(context& on) {
    connection c = staffed(on);
    const auto inner = select(name, maybe(city).label("city")).outer_join<office>().subquery("inner");
    const auto [who, where] = inner.columns();
    CHECK(c.execute(select(who, where).where(where.is_null())).all() ==
          std::vector<std::tuple<std::string, std::optional<std::string>>>{{"Dee", std::nullopt}});
    // Columns chosen at run time are told apart by the query's joins, too.
    const auto dynamic =
        select_columns(std::vector<expr<value>>{expr<value>{city.node()}}).select_from(entity<worker>).outer_join<office>();
    thrown<interface_error>([&] { return dynamic.subquery("d").column<std::string>("city"); });
}

void bare_columns(context& on) {
    connection c = staffed(on);
    const auto refused = [&](const auto& query) { return thrown<programming_error>([&] { c.execute(query); }).code() == errc::statement; };
    CHECK(refused(select(name, city).outer_join<office>()));
    if (on.can().right_joins) CHECK(refused(select(name, city).select_from(entity<worker>).right_join<office>()));
    if (on.can().full_joins) CHECK(refused(select(maybe(name), city).select_from(entity<worker>).full_join<office>()));
}

void lateral_all(context& on) {
    connection c = staffed(on);
    const auto best = select(name, level).where(office_of == office_id).order_by(level.desc(), name).limit(1).lateral("best");
    const auto [who, level] = best.columns();
    CHECK(c.execute(select(city, who).join_lateral(best).order_by(city)).all() == pairs{{"north", "Ann"}, {"south", "Cid"}});
    CHECK(c.execute(select(city, who).join_lateral(best, level < 5).order_by(city)).all() == pairs{{"south", "Cid"}});
}

void lateral_left(context& on) {
    connection c = staffed(on);
    const auto best = select(name).where(office_of == office_id).order_by(name.desc()).limit(1).lateral();
    const auto [who] = best.columns();
    CHECK(c.execute(select(city, maybe(who)).outer_join_lateral(best).order_by(city)).all() ==
          std::vector<std::tuple<std::string, std::optional<std::string>>>{{"north", "Bob"}, {"south", "Cid"}, {"west", std::nullopt}});
}

void lateral_of_lateral(context& on) {
    connection c = staffed(on);
    const auto first = select(worker_id.label("id")).where(office_of == office_id).order_by(worker_id).limit(1).lateral("first");
    const auto [id] = first.columns();
    const auto under = alias<worker>("under");
    const auto count = select(func::count().label("n")).where(under[&worker::boss_id] == id).lateral("counted");
    const auto [n] = count.columns();
    CHECK(c.execute(select(city, n).join_lateral(first).join_lateral(count).order_by(city)).all() ==
          std::vector<std::tuple<std::string, std::int64_t>>{{"north", 2}, {"south", 0}});
}

void hints_for_others(context& on) {
    connection c = staffed(on);
    const auto query = select(name).prefix_with("NO SUCH PREFIX", "nosuchdialect").suffix_with("NOR THIS", "nosuchdialect");
    CHECK(c.scalars(query.with_hint(entity<worker>, "NO HINT", "nosuchdialect").order_by(name)).size() == 4);
}

void several_keys(context& on) {
    connection c = staffed(on);
    const auto other = alias<worker>("other");
    CHECK(thrown<programming_error>([&] { c.execute(select(name).join(other)); }).code() == errc::statement);
}

}  // namespace

std::vector<test_case> from_parts::joins() {
    return {
        {"from/inner-join-by-foreign-key", "JOIN finds the one foreign key", {}, by_foreign_key},
        {"from/inner-join-by-condition", "JOIN takes conditions, all of which have to hold", {}, by_condition},
        {"from/inner-join-true", "a condition that always holds joins all with all", {}, always_true},
        {"from/inner-join-false", "a condition that never holds joins nothing", {}, always_false},
        {"from/outer-join-by-foreign-key", "LEFT JOIN keeps rows without partners", {}, outer_by_foreign_key},
        {"from/outer-join-false", "LEFT JOIN keeps every row where no partner is found", {}, outer_false},
        {"from/right-join", "RIGHT JOIN keeps rows of the right side without partners", claims::right_joins, right},
        {"from/right-join-of-structs", "an absent struct of a RIGHT JOIN is empty", claims::right_joins, right_entities},
        {"from/full-join", "FULL JOIN keeps rows of both sides", claims::full_joins, full},
        {"from/full-join-by-condition", "FULL JOIN takes a condition", claims::full_joins, full_by_condition},
        {"from/cross-join", "CROSS JOIN joins all with all", {}, cross},
        {"from/self-join", "a table is joined with itself by an alias", {}, self},
        {"from/two-unnamed-aliases", "aliases without names are told apart", {}, three_deep},
        {"from/nested-join", "a join inside an outer join is done first", {}, nested_in_outer},
        {"from/join-of-second-source", "a join's condition sees every source before it", {}, condition_of_the_second_source},
        {"from/join-by-two-columns", "tables made at run time are joined by two columns", {}, composite_key},
        {"from/subquery-of-outer-join", "what an outer join makes NULL stays so through a subquery", {}, subquery_of_an_outer_join},
        {"from/bare-columns-of-outer-joins", "a column that cannot be NULL is refused where an outer join makes it so", {}, bare_columns},
        {"from/ambiguous-key", "a join without its condition is refused where no key is the one", {}, several_keys},
        {"from/lateral", "a lateral subquery sees what stands before it", claims::lateral_joins, lateral_all},
        {"from/outer-lateral", "a LEFT JOIN LATERAL keeps rows without partners", claims::lateral_joins, lateral_left},
        {"from/lateral-of-lateral", "a lateral subquery sees another", claims::lateral_joins, lateral_of_lateral},
        {"from/hints-for-others", "hints, prefixes and suffixes for other dialects are not sent", {}, hints_for_others},
    };
}

}  // namespace azoth::conformance::areas
