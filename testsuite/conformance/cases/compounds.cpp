// UNION, INTERSECT, EXCEPT.
#include "areas.hpp"
#include "claims.hpp"
#include "company.hpp"

namespace azoth::conformance::areas {
namespace {

using maybe_numbers = std::vector<std::optional<std::int64_t>>;

/// The numbers from `first` to `last`, as a query of their own.
auto upto(std::int64_t first, std::int64_t last) { return select(worker_id).where(worker_id.between(first, last)); }

void union_keeps_one(context& on) {
    connection c = staffed(on);
    CHECK(c.scalars(upto(1, 3).union_(upto(2, 4)).order_by(worker_id)) == numbers{1, 2, 3, 4});
    CHECK(c.scalars(select(office_id).union_(select(worker_id)).order_by(office_id)) == numbers{1, 2, 3, 4});
    // NULLs are one.
    CHECK(c.scalars(select(office_of).union_(select(office_of))).size() == 3);
}

void union_all_keeps_all(context& on) {
    connection c = staffed(on);
    CHECK(c.scalars(upto(1, 3).union_all(upto(2, 4)).order_by(worker_id)) == numbers{1, 2, 2, 3, 3, 4});
    CHECK(c.scalars(select(office_of).union_all(select(office_id))).size() == 7);
}

void several(context& on) {
    connection c = staffed(on);
    CHECK(c.scalars(union_all_of(upto(1, 1), upto(2, 2), upto(1, 1)).order_by(worker_id)) == numbers{1, 1, 2});
    std::vector<select_statement<std::int64_t>> parts;
    for (std::int64_t i = 1; i <= 4; ++i) parts.push_back(upto(i, 4));
    CHECK(c.scalars(union_of(parts).order_by(worker_id.desc())) == numbers{4, 3, 2, 1});
    CHECK(c.scalars(union_all_of(parts)).size() == 10);
}

void intersections(context& on) {
    connection c = staffed(on);
    CHECK(c.scalars(upto(1, 3).intersect(upto(2, 4)).order_by(worker_id)) == numbers{2, 3});
    CHECK(c.scalars(upto(1, 1).union_all(upto(1, 1)).intersect(upto(1, 2))) == numbers{1});
    CHECK(c.scalars(upto(1, 1).intersect(upto(2, 2))).empty());
    // NULL is a value like others here.
    const auto none = select(office_of).where(worker_id == 4);
    CHECK(c.scalars(none.intersect(none)) == maybe_numbers{std::nullopt});
}

void exceptions(context& on) {
    connection c = staffed(on);
    CHECK(c.scalars(upto(1, 4).except(upto(2, 3)).order_by(worker_id)) == numbers{1, 4});
    CHECK(c.scalars(upto(1, 2).union_all(upto(1, 2)).except(upto(2, 2))) == numbers{1});
    const auto none = select(office_of).where(worker_id == 4);
    CHECK(c.scalars(none.except(none)).empty());
}

void counted(context& on) {
    connection c = staffed(on);
    const auto twice = upto(1, 2).union_all(upto(1, 2));
    CHECK(c.scalars(twice.intersect_all(upto(1, 1).union_all(twice)).order_by(worker_id)) == numbers{1, 1, 2, 2});
    CHECK(c.scalars(twice.except_all(upto(2, 2)).order_by(worker_id)) == numbers{1, 1, 2});
}

void precedence(context& on) {
    connection c = staffed(on);
    // ({1} + {2, 3}) * {1}: by SQL's own precedence it were {1, ...}.
    CHECK(c.scalars(upto(2, 3).union_(upto(1, 1)).intersect(upto(1, 1))) == numbers{1});
    CHECK(c.scalars(upto(2, 3).union_(upto(1, 1).intersect(upto(1, 1))).order_by(worker_id)) == numbers{1, 2, 3});
    CHECK(c.scalars(upto(1, 4).except(upto(2, 4).except(upto(3, 3))).order_by(worker_id)) == numbers{1, 3});
    CHECK(c.scalars(upto(1, 4).except(upto(2, 4)).except(upto(3, 3))) == numbers{1});
    CHECK(c.scalars(upto(1, 2).union_all(upto(1, 1)).union_(upto(1, 1)).order_by(worker_id)) == numbers{1, 2});
    CHECK(c.scalars(upto(1, 2).union_(upto(1, 1)).union_all(upto(1, 1)).order_by(worker_id)) == numbers{1, 1, 2});
}

void order_of_the_whole(context& on) {
    connection c = staffed(on);
    const auto all = select(name).union_all(select(city));
    CHECK(c.scalars(all.order_by(name.desc()).limit(2)) == texts{"west", "south"});
    CHECK(c.scalars(all.order_by(position(1)).limit(1).offset(1)) == texts{"Bob"});
    const auto what = name.label("what");
    CHECK(c.scalars(select(what).union_(select(city)).order_by(what).offset(5)) == texts{"south", "west"});
    CHECK(thrown<programming_error>([&] { c.execute(all.order_by(name + "x")); }).code() == errc::statement);
    // A column is itself, whichever names it and others have.
    const auto crossed = select(level.label("id"), worker_id.label("level")).union_all(select(level, worker_id).where(worker_id > 4));
    CHECK(c.scalars(crossed.order_by(worker_id.desc())) == std::vector<std::int32_t>{1, 3, 3, 5});
    const auto chief = alias<worker>("chief");
    const auto pairs = select(worker_id, chief[&worker::id]).where(chief[&worker::id] == boss_of);
    CHECK(c.scalars(pairs.union_(pairs).order_by(chief[&worker::id], worker_id.desc())) == numbers{3, 2, 4});
    const auto places = select(office_of).union_(select(office_of));
    CHECK(c.scalars(places.order_by(position(1).asc(nulls_order::last))) == maybe_numbers{1, 2, std::nullopt});
    CHECK(c.scalars(places.order_by(position(1).desc(nulls_order::first))) == maybe_numbers{std::nullopt, 2, 1});
}

void order_of_parts(context& on) {
    connection c = staffed(on);
    const auto first = select(worker_id).order_by(worker_id.desc()).limit(2);
    const auto second = select(office_id).order_by(office_id).limit(1).offset(1);
    CHECK(c.scalars(first.union_all(second).order_by(worker_id)) == numbers{2, 3, 4});
    CHECK(c.scalars(second.union_all(first).order_by(office_id.desc()).limit(2)) == numbers{4, 3});
    CHECK(c.scalars(first.union_all(second).limit(1).union_all(second)).size() == 2);
}

void distinct_parts(context& on) {
    connection c = staffed(on);
    const auto levels = select(level).distinct();
    CHECK(c.scalars(levels.union_all(levels)).size() == 6);
}

void as_source(context& on) {
    connection c = staffed(on);
    const auto all = select(worker_id, name).union_(select(office_id, city)).subquery("all", {"id", "what"});
    const auto [id, what] = all.columns();
    CHECK(c.scalars(select(what).where(id == 3).order_by(what)) == texts{"Cid", "west"});
    const auto limited = select(worker_id).union_(select(office_id)).order_by(worker_id).limit(2).subquery("limited");
    CHECK(c.scalar(select(func::max(std::get<0>(limited.columns())))) == 2);
    const auto renamed =
        select(worker_id, name).union_(select(office_id, city)).order_by(name.desc()).limit(1).subquery("r", {"name", "id"});
    CHECK(c.scalars(select(std::get<1>(renamed.columns()))) == texts{"west"});
    const auto crossed = select(level.label("x"), worker_id.label("y")).order_by(label_ref("x").desc(), label_ref("y")).limit(1);
    CHECK(c.scalars(select(std::get<1>(crossed.subquery("crossed", {"y", "x"}).columns()))) == numbers{1});
    const auto again = alias(all, "again");
    CHECK(c.scalars(select(what).join(again, std::get<0>(again.columns()) == id, std::get<1>(again.columns()) < what).order_by(what)) ==
          texts{"north", "south", "west"});
}

void as_expression(context& on) {
    connection c = staffed(on);
    const auto both = select(worker_id).intersect(select(office_id));
    CHECK(c.scalar(select(both.order_by(worker_id.desc()).limit(1).scalar())) == 3);
    CHECK(c.scalars(select(name).where(worker_id.in(both)).order_by(name)) == texts{"Ann", "Bob", "Cid"});
    CHECK(c.scalars(select(name).where(worker_id.not_in(both))) == texts{"Dee"});
    CHECK(c.scalars(
               select(city)
                   .where(
                       select(worker_id).where(office_of == office_id).union_(select(worker_id).where(worker_id == office_id + 1)).exists())
                   .order_by(city))
              .size() == 3);
    CHECK(c.scalar(select(upto(9, 9).union_(upto(8, 8)).exists())) == false);
}

void inserted(context& on) {
    connection c = staffed(on);
    const auto all = select(worker_id + 10, name).union_all(select(office_id + 20, city)).subquery("all", {"id", "what"});
    const auto [id, what] = all.columns();
    c.execute(insert<office>().columns(office_id, city).from(select(id, what)));
    CHECK(count_of(c, entity<office>) == 10);
}

void exact_numbers(context& on) {
    connection c = staffed(on);
    // A column of ten digits, and a sum, which may have more: equal numbers are one.
    const auto both = select(pay).where(pay.is_not_null()).union_(select(func::sum(pay)).where(level == 3).group_by(worker_id));
    const auto found = c.scalars(both.order_by(pay));
    REQUIRE(found.size() == 2);
    CHECK(found[0] == decimal(8050, 2));
    CHECK(found[1] == decimal(100));
    CHECK(c.scalars(select(pay).where(level == 3).intersect(select(func::min(pay)))).size() == 1);
    CHECK(c.scalars(select(func::sum(pay)).except(select(pay))) == std::vector<std::optional<decimal>>{decimal(261)});
}

void other_types(context& on) {
    connection c = staffed(on);
    const auto query = select(name, bound(true), bound(date{std::chrono::sys_days{std::chrono::days{20'000}}}), bound(2.5))
                           .union_(select(city, bound(false), bound(date{std::chrono::sys_days{std::chrono::days{1}}}), bound(-0.5)));
    const auto found = c.execute(query.order_by(name)).all();
    REQUIRE(found.size() == 7);
    CHECK(found.front() == std::tuple{std::string{"Ann"}, true, date{std::chrono::sys_days{std::chrono::days{20'000}}}, 2.5});
    CHECK(found.back() == std::tuple{std::string{"west"}, false, date{std::chrono::sys_days{std::chrono::days{1}}}, -0.5});
}

void nullable_parts(context& on) {
    connection c = staffed(on);
    const auto query = select(office_id).union_(select(office_of));
    CHECK(c.scalars(query).size() == 4);
    CHECK(c.scalars(select(office_of).union_(select(office_id))).size() == 4);
}

void of_structs(context& on) {
    connection c = staffed(on);
    const auto query = select<office>().where(office_id == 1).union_all(select<office>().where(office_id == 3));
    CHECK(c.scalars(query.order_by(office_id.desc())) == std::vector<office>{{3, "west"}, {1, "north"}});
}

}  // namespace

std::vector<test_case> compounds_cases() {
    return {
        {"compounds/union", "UNION keeps each row once, NULL among them", {}, union_keeps_one},
        {"compounds/union-all", "UNION ALL keeps all", {}, union_all_keeps_all},
        {"compounds/several", "several queries are united at once", {}, several},
        {"compounds/intersect", "INTERSECT keeps what both have, once", claims::intersect_except, intersections},
        {"compounds/except", "EXCEPT keeps what the other does not have, once", claims::intersect_except, exceptions},
        {"compounds/all", "INTERSECT ALL and EXCEPT ALL count", claims::intersect_except_all, counted},
        {"compounds/precedence", "what is nested is done first, whatever binds tighter in SQL", claims::intersect_except, precedence},
        {"compounds/order-of-whole", "the whole is ordered by column, label and position, and limited", {}, order_of_the_whole},
        {"compounds/order-of-parts", "parts have orders and limits of their own", {}, order_of_parts},
        {"compounds/distinct-parts", "parts may be DISTINCT", {}, distinct_parts},
        {"compounds/as-source", "a set operation is a source", {}, as_source},
        {"compounds/as-expression", "... a value, what IN looks in, what EXISTS asks", claims::intersect_except, as_expression},
        {"compounds/insert-from", "... and what an INSERT takes", {}, inserted},
        {"compounds/exact-numbers", "equal exact numbers are one, whatever columns they come from", claims::intersect_except,
         exact_numbers},
        {"compounds/other-types", "parts of texts, booleans, dates and doubles", {}, other_types},
        {"compounds/nullable-parts", "a part that cannot be NULL with one that can", {}, nullable_parts},
        {"compounds/structs", "parts of whole structs", {}, of_structs},
    };
}

}  // namespace azoth::conformance::areas
