// Common table expressions.
#include "areas.hpp"
#include "claims.hpp"
#include "company.hpp"

namespace azoth::conformance::areas {
namespace {

void plain(context& on) {
    connection c = staffed(on);
    const auto led = cte("led", select(worker_id, name).where(boss_of.is_not_null()));
    const auto [id, who] = led.columns();
    CHECK(c.scalars(select(who).where(id > 2).order_by(who)) == texts{"Cid", "Dee"});
}

/// Everybody under Ann, with the depth.
auto chain() {
    return cte("chain", select(worker_id.label("id"), literal(std::int64_t{0}).label("depth")).where(boss_of.is_null()))
        .union_all([](const auto& self) {
            const auto [above, depth] = self.columns();
            return select(worker_id, depth + 1).join(self, boss_of == above);
        });
}

void recursive(context& on) {
    connection c = staffed(on);
    const auto [id, depth] = chain().columns();
    CHECK(c.execute(select(id, depth).order_by(id)).all() ==
          std::vector<std::tuple<std::int64_t, std::int64_t>>{{1, 0}, {2, 1}, {3, 1}, {4, 2}});
}

void recursive_joined(context& on) {
    connection c = staffed(on);
    const auto all = chain();
    const auto [id, depth] = all.columns();
    CHECK(c.scalars(select(name).join(all, id == worker_id).where(depth == 1).order_by(name)) == texts{"Bob", "Cid"});
}

void cycle(context& on) {
    connection c = staffed(on);
    // 0, 1, 2, 0, 1 ...: UNION ends where nothing new comes.
    const auto ring = cte("ring", select(literal(std::int64_t{0}).label("n"))).union_([](const auto& self) {
        const auto [n] = self.columns();
        return select((n + 1) % 3);
    });
    CHECK(c.scalars(select(std::get<0>(ring.columns())).order_by(std::get<0>(ring.columns()))) == numbers{0, 1, 2});
}

void deep(context& on) {
    connection c = on.connect();
    const auto far = cte("far", select(literal(std::int64_t{1}).label("n"))).union_all([](const auto& self) {
        const auto [n] = self.columns();
        return select(n + 1).where(n < 20'000);
    });
    const auto [n] = far.columns();
    CHECK(c.execute(select(func::count(), func::max(n)).select_from(far)).one() ==
          std::tuple<std::int64_t, std::optional<std::int64_t>>{20'000, 20'000});
}

void several(context& on) {
    connection c = staffed(on);
    const auto led = cte("led", select(worker_id.label("id"), boss_of.label("boss")).where(boss_of.is_not_null()));
    const auto [id, boss] = led.columns();
    const auto sizes = cte("sizes", select(boss, func::count().label("n")).group_by(boss));
    const auto [of, n] = sizes.columns();
    const auto cities = cte("cities", select(city).where(office_id == 1));
    CHECK(c.execute(select(name, n, std::get<0>(cities.columns())).join(sizes, of == worker_id).cross_join(cities).order_by(name)).all() ==
          std::vector<std::tuple<std::string, std::int64_t, std::string>>{{"Ann", 2, "north"}, {"Bob", 1, "north"}});
}

void twice(context& on) {
    connection c = staffed(on);
    const auto ranked = cte("ranked", select(name, level));
    const auto other = alias(ranked, "other");
    const auto [name_1, level_1] = ranked.columns();
    const auto [name_2, level_2] = other.columns();
    CHECK(c.execute(select(name_1, name_2).join(other, level_1 == level_2, name_1 < name_2)).all() ==
          std::vector<std::tuple<std::string, std::string>>{{"Bob", "Cid"}});
}

void of_compound(context& on) {
    connection c = staffed(on);
    const auto all = cte("everything", select(name).union_(select(city)), {"what"});
    const auto [what] = all.columns();
    CHECK(c.scalars(select(what).where(what.like("%o%")).order_by(what)) == texts{"Bob", "north", "south"});
    const auto ordered = cte("best", select(worker_id).order_by(level.desc(), worker_id).limit(2));
    CHECK(c.scalars(select(std::get<0>(ordered.columns())).order_by(std::get<0>(ordered.columns()))) == numbers{1, 2});
}

void of_text(context& on) {
    connection c = staffed(on);
    const std::string sql = on.engine().to_sql(select(name, level).where(level > 0));
    const auto raw = cte("raw", text(sql).columns<std::string, std::int32_t>({"name", "level"}), {"who", "rank"});
    const auto [who, rank] = raw.columns();
    CHECK(c.scalars(select(who).where(rank == 5)) == texts{"Ann"});
}

void of_values(context& on) {
    connection c = staffed(on);
    const auto given = values<std::int64_t, std::string>("given", {"id", "note"}, {{1, "first"}, {4, "last"}}).cte("notes");
    const auto [id, note] = given.columns();
    CHECK(c.execute(select(name, note).join(given, id == worker_id).order_by(name)).all() ==
          std::vector<std::tuple<std::string, std::string>>{{"Ann", "first"}, {"Dee", "last"}});
}

void hints(context& on) {
    connection c = staffed(on);
    const auto kept = cte("kept", select(name).where(level == 3)).materialized();
    const auto folded = cte("folded", select(name).where(level == 3)).not_materialized();
    CHECK(c.scalars(select(std::get<0>(kept.columns()))).size() == 2);
    CHECK(c.scalars(select(std::get<0>(folded.columns()))).size() == 2);
}

void in_expressions(context& on) {
    connection c = staffed(on);
    const auto leaders = cte("leaders", select(boss_of.label("id")).where(boss_of.is_not_null()).distinct());
    const auto [id] = leaders.columns();
    CHECK(c.scalars(select(name).where(worker_id.in(select(id))).order_by(name)) == texts{"Ann", "Bob"});
    CHECK(c.scalars(select(name).where(!select(id).where(id == worker_id).exists()).order_by(name)) == texts{"Cid", "Dee"});
    CHECK(c.scalar(select(select(func::count()).select_from(leaders).scalar())) == 2);
    if (on.can().intersect_except)
        CHECK(c.scalars(select(worker_id).except(select(worker_id).where(worker_id.in(select(id)))).order_by(worker_id)) == numbers{3, 4});
}

void bound_values(context& on) {
    connection c = staffed(on);
    const auto some = cte("some", select(name, level).where(level > 1, name.in({"Ann", "Bob", "Dee"})));
    const auto [who, rank] = some.columns();
    CHECK(c.scalars(select(who).where(rank < 4, who != "Dee")) == texts{"Bob"});
}

void of_structs(context& on) {
    connection c = staffed(on);
    const auto young = cte("young", select<worker>().where(level < 3));
    const auto who = alias<worker>(young);
    CHECK(c.scalars(select(who)).front().name == "Dee");
}

void inserts(context& on) {
    connection c = staffed(on);
    const auto more = cte("more", select((office_id + 10).label("id"), city));
    const auto [id, where] = more.columns();
    c.execute(insert<office>().columns(office_id, city).from(select(id, where)));
    CHECK(count_of(c, entity<office>) == 6);
}

void updates(context& on) {
    connection c = staffed(on);
    const auto led = cte("led", select(worker_id.label("id")).where(boss_of == 1));
    const auto [id] = led.columns();
    CHECK(c.execute(update<worker>().set(level, 4).where(worker_id.in(select(id)))).affected_rows() == 2);
    CHECK(c.scalars(select(name).where(level == 4).order_by(name)) == texts{"Bob", "Cid"});
}

void deletes(context& on) {
    connection c = staffed(on);
    const auto used = cte("used", select(office_of.label("id")).where(office_of.is_not_null()));
    const auto [id] = used.columns();
    CHECK(c.execute(delete_<office>().where(office_id.not_in(select(id)))).affected_rows() == 1);
    const auto last = cte("last", select(func::max(worker_id).label("id")));
    CHECK(c.execute(delete_<worker>().where(worker_id == select(std::get<0>(last.columns())).scalar())).affected_rows() == 1);
    CHECK(c.scalars(select(name).order_by(name)) == texts{"Ann", "Bob", "Cid"});
}

void changed_inside(context& on) {
    connection c = staffed(on);
    const auto gone = cte("gone", delete_<worker>().where(level < 4).returning(worker_id, name));
    const auto [id, who] = gone.columns();
    CHECK(c.scalars(select(who).where(id != 3).order_by(who)) == texts{"Bob", "Dee"});
    CHECK(count_of(c, entity<worker>) == 1);
    // What nothing reads happens too.
    const auto added = cte("added", insert<office>().values(office{9, "east"}).returning(office_id));
    CHECK(c.scalars(select(name).with(added)) == texts{"Ann"});
    CHECK(count_of(c, entity<office>) == 4);
}

void unused(context& on) {
    connection c = staffed(on);
    const auto extra = cte("extra", select(city));
    CHECK(c.scalars(select(name).with(extra).order_by(name)).size() == 4);
}

}  // namespace

std::vector<test_case> cte_cases() {
    return {
        {"cte/select", "a CTE is selected from", claims::ctes, plain},
        {"cte/recursive", "a recursive CTE walks down a tree", claims::recursive_ctes, recursive},
        {"cte/recursive-joined", "... and is joined with tables", claims::recursive_ctes, recursive_joined},
        {"cte/recursive-cycle", "UNION ends where a cycle brings nothing new", claims::recursive_unions, cycle},
        {"cte/recursive-deep", "a recursion of 20,000 steps is not cut off", claims::deep_recursion, deep},
        {"cte/several", "several CTEs, one of which uses another", claims::ctes, several},
        {"cte/twice", "one CTE is used twice", claims::ctes, twice},
        {"cte/of-set-operation", "a CTE of a UNION, and of a query with order and limit", claims::ctes, of_compound},
        {"cte/of-text", "a CTE of raw SQL, under names of its own", claims::ctes, of_text},
        {"cte/of-values", "a CTE of rows that the statement brings along", claims::ctes, of_values},
        {"cte/materialization-hints", "hints on materialization change no result", claims::ctes, hints},
        {"cte/in-expressions", "IN, EXISTS and scalar subqueries use a CTE", claims::ctes, in_expressions},
        {"cte/bound-values", "values are bound inside a CTE and outside", claims::ctes, bound_values},
        {"cte/structs", "a CTE of whole structs", claims::ctes, of_structs},
        {"cte/insert-from", "rows of a CTE are inserted", claims::ctes, inserts},
        {"cte/update", "an UPDATE uses a CTE", claims::ctes_in_updates, updates},
        {"cte/delete", "a DELETE uses a CTE, and one value of one", claims::ctes_in_updates, deletes},
        {"cte/changes-data", "a CTE that changes data returns rows, and is done where nothing reads them", claims::dml_in_ctes,
         changed_inside},
        {"cte/unused", "a CTE that nothing uses does no harm", claims::ctes, unused},
    };
}

}  // namespace azoth::conformance::areas
