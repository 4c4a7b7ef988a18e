// What can stand in FROM besides tables: which of it shares SQL, and what is refused when it is built.
#include "shop.hpp"

#include <azoth/sql/json_table.hpp>
#include <azoth/sql/sample.hpp>

using namespace shop;
using azoth::alias;
using azoth::entity;
using azoth::literal;
using azoth::maybe;
using azoth::node_ptr;
using azoth::select;
namespace func = azoth::func;

namespace {

bool match(const node_ptr& a, const node_ptr& b) {
    std::vector<const azoth::bind_node*> found;
    return azoth::node_matcher{found}.nodes(a.get(), b.get());
}

/// Each of them once more, made anew.
void check_all_differ(const std::function<std::vector<node_ptr>()>& make) {
    const auto some = make();
    const auto others = make();
    for (std::size_t i = 0; i < some.size(); ++i)
        for (std::size_t k = 0; k < others.size(); ++k) {
            INFO(i << " and " << k);
            CHECK(match(some[i], others[k]) == (i == k));
        }
}

template <class S>
node_ptr first_of(const S& source) {
    return select(std::get<0>(source.columns())).node();
}

}  // namespace

TEST_CASE("sources: set operations that differ do not share SQL") {
    check_all_differ([] {
        const auto a = select(package_id);
        const auto b = select(maintainer_id);
        return std::vector<node_ptr>{a.union_(b).node(),
                                     a.union_all(b).node(),
                                     a.intersect(b).node(),
                                     a.except(b).node(),
                                     a.intersect_all(b).node(),
                                     a.except_all(b).node(),
                                     a.union_(b).union_(b).node(),
                                     a.union_(b.union_(b)).node(),
                                     azoth::union_of(a, b, b).node(),
                                     a.union_(b).limit(1).node(),
                                     a.union_(b).offset(1).node(),
                                     a.union_(b).order_by(package_id).node(),
                                     a.union_(b).order_by(azoth::position(1)).node(),
                                     a.limit(1).union_(b).node()};
    });
}

TEST_CASE("sources: joins, hints and correlation that differ do not share SQL") {
    check_all_differ([] {
        const auto q = select(maintainer_name);
        const auto on = package_maintainer == maintainer_id;
        const auto sub = select(package_id).where(on).subquery("p");
        const auto lateral = select(package_id).where(on).lateral("p");
        return std::vector<node_ptr>{q.join<package>(on).node(),
                                     q.outer_join<package>(on).node(),
                                     q.right_join<package>(on).node(),
                                     q.full_join<package>(on).node(),
                                     q.cross_join<package>().node(),
                                     q.join(azoth::nested(entity<package>).join<needs>(), on).node(),
                                     q.join(azoth::nested(entity<package>).outer_join<needs>(), on).node(),
                                     q.cross_join(sub).node(),
                                     q.cross_join(lateral).node(),
                                     q.prefix_with("a", "x").node(),
                                     q.suffix_with("a", "x").node(),
                                     q.prefix_with("a", "y").node(),
                                     q.with_hint(entity<maintainer>, "a", "x").node(),
                                     q.with_hint(entity<package>, "a", "x").node(),
                                     q.correlate().node(),
                                     q.correlate(entity<package>).node(),
                                     q.node()};
    });
}

TEST_CASE("sources: tables made of values and functions that differ do not share SQL") {
    check_all_differ([] {
        const auto values = azoth::values<std::int64_t>("v", {"id"}, std::vector<std::int64_t>{1, 2});
        const auto call = func::table<std::int64_t>("f", {"x"}, 1);
        const auto body = azoth::bound(azoth::value{});
        const auto items = [&](std::string_view rows, std::string_view path) {
            return azoth::json_table(body, rows, azoth::json_column<std::optional<bool>>("x", path));
        };
        const auto sample = [](azoth::sample_method method, std::optional<std::int64_t> seed) {
            return select(azoth::tablesample(entity<package>, method, 10, seed)[&package::id]).node();
        };
        const auto ids = select(package_id);
        return std::vector<node_ptr>{first_of(values),
                                     first_of(azoth::values<std::int64_t>("v", {"id"}, std::vector<std::int64_t>{1, 2, 3})),
                                     first_of(azoth::values<std::int64_t>("w", {"id"}, std::vector<std::int64_t>{1, 2})),
                                     first_of(azoth::values<double>("v", {"id"}, std::vector<double>{1, 2})),
                                     first_of(values.cte("v")),
                                     first_of(call),
                                     first_of(call.with_ordinality()),
                                     first_of(call.with_types()),
                                     first_of(func::table<std::int64_t>("g", {"x"}, 1)),
                                     first_of(func::generate_series(1, 5)),
                                     first_of(func::generate_series(1, 5, 2)),
                                     first_of(func::unnest(azoth::bound(std::vector<std::int64_t>{1}))),
                                     first_of(items("$[*]", "$.a")),
                                     first_of(items("$[*]", "$.b")),
                                     first_of(items("$.c[*]", "$.a")),
                                     first_of(items("$[*]", "$.a").with_ordinality()),
                                     sample(azoth::sample_method::system, {}),
                                     sample(azoth::sample_method::bernoulli, {}),
                                     sample(azoth::sample_method::system, 1),
                                     first_of(azoth::cte("c", ids)),
                                     first_of(azoth::cte("c", ids).materialized()),
                                     first_of(azoth::cte("c", ids).not_materialized()),
                                     select(maintainer_id).with(azoth::cte("c", ids)).node()};
    });
}

TEST_CASE("sources: a series of another step is another statement, of other ends the same") {
    CHECK(match(first_of(func::generate_series(1, 5)), first_of(func::generate_series(2, 7))));
    CHECK_FALSE(match(first_of(func::generate_series(1, 5, 1)), first_of(func::generate_series(1, 5, 2))));
}

TEST_CASE("sources: what cannot be is refused when it is built") {
    CHECK_ERROR(azoth::values<std::int64_t>("v", {"a", "b"}, std::vector<std::int64_t>{}), "statement", "2 names for 1 columns");
    CHECK_ERROR((azoth::values<std::int64_t, std::int64_t>("v", {"a", "a"}, {})), "statement", "two columns are called");
    CHECK_ERROR(func::table<bool>("drop table x; --", {"a"}), "statement", "no function name");
    CHECK_ERROR(func::generate_series(1, 2, 0), "invalid-argument", "never arrives");
    CHECK_ERROR(azoth::position(0), "invalid-argument", "counted from 1");
    CHECK_ERROR(select(package_id).prefix_with("x", ""), "statement", "for no dialect");
    CHECK_ERROR(azoth::union_of(std::vector<azoth::select_statement<std::int64_t>>{}), "statement", "no queries");
    CHECK_ERROR(azoth::select_columns(std::vector{azoth::expr<azoth::value>{package_id.node()}})
                    .union_(azoth::select_columns(
                        std::vector{azoth::expr<azoth::value>{package_id.node()}, azoth::expr<azoth::value>{package_name.node()}})),
                "statement", "1 and 2 columns");
    CHECK_ERROR(azoth::tablesample(entity<package>, azoth::sample_method::system, -1), "invalid-argument", "-1 percent");
}

TEST_CASE("sources: a column of a subquery is typed by its name") {
    const auto sub = select(package_id, package_size, func::count().label("n"), maybe(maintainer_name).label("who"))
                         .outer_join<maintainer>()
                         .group_by(package_id)
                         .subquery("s");
    CHECK_NOTHROW(sub.column<std::int64_t>("id"));
    CHECK_NOTHROW(sub.column<std::int64_t>("n"));
    CHECK_ERROR(sub.column<std::int64_t>("size"), "mapping", "can be NULL");
    CHECK_ERROR(sub.column<std::string>("who"), "mapping", "can be NULL");
    CHECK_ERROR(sub.column<std::optional<std::int64_t>>("who"), "mapping", "not a");
    CHECK_ERROR(sub["nothing"], "no-such-column", "it has: id, size, n, who");
}
