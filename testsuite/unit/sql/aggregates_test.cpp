// Aggregates, windows, groupings, limits and locks: what the tree keeps apart, and what is refused before it is compiled for anyone.
#include "shop.hpp"

#include <azoth/sql/aggregates.hpp>

#include <chrono>

using namespace shop;
using azoth::select;
using azoth::window;
using azoth::test::code_of;
namespace func = azoth::func;

namespace {

constexpr auto id = azoth::col<&package::id>;
constexpr auto name = azoth::col<&package::name>;
constexpr auto rating = azoth::col<&package::rating>;
constexpr auto size = azoth::col<&package::size>;

bool match(const azoth::node_ptr& a, const azoth::node_ptr& b) {
    std::vector<const azoth::bind_node*> found;
    azoth::node_matcher matcher{found};
    return matcher.nodes(a.get(), b.get());
}

/// Each one is equal to itself, built anew, and to no other.
void check_all_differ(std::vector<azoth::node_ptr> (*build)()) {
    const auto some = build();
    const auto again = build();
    for (std::size_t i = 0; i < some.size(); ++i)
        for (std::size_t j = 0; j < some.size(); ++j) {
            INFO(i << " and " << j);
            CHECK(match(some[i], again[j]) == (i == j));
        }
}

}  // namespace

TEST_CASE("aggregates: what they are told keeps statements apart") {
    check_all_differ([] {
        return std::vector<azoth::node_ptr>{
            select(func::sum(id)).node(),
            select(func::sum(id).distinct()).node(),
            select(func::sum(id).filter(rating > 1.0)).node(),
            select(func::sum(id).filter(size > 1)).node(),
            select(func::sum(id).distinct().filter(size > 1)).node(),
            select(func::string_agg(name, ",")).node(),
            select(func::string_agg(name, azoth::literal(","))).node(),
            select(func::string_agg(name, azoth::literal(";"))).node(),
            select(func::string_agg(name, ",").order_by(id)).node(),
            select(func::string_agg(name, ",").order_by(id.desc())).node(),
            select(func::percentile_cont(0.5).within_group(id)).node(),
            select(func::percentile_cont(0.25).within_group(id)).node(),
            select(func::percentile_cont(0.5).within_group(id.desc())).node(),
            select(func::percentile_disc(0.5).within_group(id)).node(),
        };
    });
}

TEST_CASE("windows: each part keeps statements apart") {
    check_all_differ([] {
        using azoth::frame_exclusion;
        const auto over = [](const window& w) { return select(func::count().over(w)).node(); };
        const auto w = window{}.order_by(id);
        return std::vector<azoth::node_ptr>{
            over({}),
            over(w),
            over(window{"w"}),
            over(window{"v"}),
            over(azoth::partition_by(id)),
            over(w.rows(-1, 0)),
            over(w.rows(-2, 0)),
            over(w.rows(0, 1)),
            over(w.groups(-1, 0)),
            over(w.range(-1, 0)),
            over(w.range(-2, 0)),
            over(w.range(-1.0, 0)),
            over(w.range(-azoth::decimal{1}, 0)),
            over(w.range(-std::chrono::microseconds{1}, 0)),
            over(w.range(1, std::nullopt)),
            over(w.rows(-1, 0).exclude(frame_exclusion::ties)),
            over(w.rows(-1, 0).exclude(frame_exclusion::group)),
            select(func::count().over("w")).window("w", w).node(),
            select(func::count().over("w")).window("w", {}).node(),
        };
    });
}

TEST_CASE("select's clauses: each keeps statements apart") {
    check_all_differ([] {
        using azoth::lock_strength;
        using azoth::lock_wait;
        const auto q = select(id, name.label("x"));
        return std::vector<azoth::node_ptr>{
            q.node(),
            q.group_by(id).node(),
            q.group_by(azoth::rollup(id)).node(),
            q.group_by(azoth::cube(id)).node(),
            q.group_by(azoth::grouping_sets({{id}})).node(),
            q.group_by(azoth::grouping_sets({{id}, {}})).node(),
            q.group_by(azoth::label_ref("x")).node(),
            q.group_by(azoth::label_ref("y")).node(),
            q.distinct().node(),
            q.distinct_on(id).node(),
            q.limit(1).node(),
            q.limit(azoth::literal(1)).node(),
            q.fetch(1, true).node(),
            q.fetch_percent(1).node(),
            q.fetch_percent(1, true).node(),
            q.with_for_update().node(),
            q.with_for_update({lock_strength::share}).node(),
            q.with_for_update({.wait = lock_wait::nowait}).node(),
            q.with_for_update({.wait = lock_wait::skip_locked}).node(),
            q.with_for_update({}, azoth::entity<package>).node(),
        };
    });
}

TEST_CASE("an expression is named by its place only where it is the same one, values included") {
    const auto one = azoth::bound(1);
    const auto key = id + one;
    CHECK(sql(select(key).group_by(key)) == R"(SELECT "package"."id" + ? FROM "package" GROUP BY 1)");
    CHECK(sql(select(id + one).group_by(id + one)) == R"(SELECT "package"."id" + ? FROM "package" GROUP BY 1)");
    CHECK(sql(select(id + 1).group_by(id + 2)) == R"(SELECT "package"."id" + ? FROM "package" GROUP BY "package"."id" + ?)");
    CHECK(sql(select(id.label("x")).order_by(id.label("x"))) == R"(SELECT "package"."id" AS "x" FROM "package" ORDER BY "x")");
    CHECK(sql(select((id + 1).label("x")).order_by((id + 2).label("x"))) ==
          R"(SELECT "package"."id" + ? AS "x" FROM "package" ORDER BY "package"."id" + ?)");
}

TEST_CASE("a sum of integers has 64 bits, of floats is a double, of decimals has as many digits as it takes") {
    const auto kind = [](const auto& e) { return azoth::type_of(*e.node()).kind; };
    CHECK(kind(func::sum(id)) == azoth::type_kind::big_integer);
    CHECK(kind(func::sum(rating)) == azoth::type_kind::double_);
    const auto price = func::sum(azoth::col<&package::price>);
    CHECK(azoth::type_of(*price.node()).precision == 0);
    static_assert(std::same_as<decltype(price)::value_type, std::optional<azoth::decimal>>);
    static_assert(std::same_as<decltype(func::count())::value_type, std::int64_t>);
    static_assert(std::same_as<decltype(func::lag(id).over())::value_type, std::optional<std::int64_t>>);
    static_assert(std::same_as<decltype(func::lag(id, 1, 0).over())::value_type, std::int64_t>);
    static_assert(std::same_as<decltype(func::percentile_disc(0.5).within_group(name))::value_type, std::optional<std::string>>);
    static_assert(std::same_as<decltype(func::array_agg(size))::value_type, std::optional<std::vector<std::optional<std::int64_t>>>>);
}

TEST_CASE("what makes no sense is refused where it is written") {
    CHECK(code_of([] { (void)window{}.rows(1, 0); }) == "invalid-argument");
    CHECK(code_of([] { (void)window{}.range(1, -1); }) == "invalid-argument");
    CHECK(code_of([] { (void)window{}.range(-1, std::chrono::days{1}); }) == "invalid-argument");
    CHECK(code_of([] { (void)window{}.range(std::numeric_limits<double>::quiet_NaN(), 0); }) == "invalid-argument");
    CHECK(code_of([] { (void)window{}.exclude(azoth::frame_exclusion::ties); }) == "invalid-argument");
    CHECK(code_of([] { (void)func::ntile(0); }) == "invalid-argument");
    CHECK(code_of([] { (void)func::percentile_cont(1.5); }) == "invalid-argument");
    CHECK(code_of([] { (void)select(id).fetch_percent(101); }) == "invalid-argument");
    CHECK(code_of([] { (void)func::string_agg(name, name); }) == "statement");
    CHECK(code_of([] { (void)azoth::grouping_sets({}); }) == "invalid-argument");
}
