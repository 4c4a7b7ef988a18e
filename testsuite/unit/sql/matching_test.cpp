// Whether a statement may use the SQL compiled for another one: hash, equality, and the binds collected on the way.
#include "shop.hpp"

using namespace shop;
using azoth::alias;
using azoth::entity;
using azoth::literal;
using azoth::maybe;
using azoth::node_ptr;
using azoth::select;
namespace func = azoth::func;

namespace {

bool match(const node_ptr& a, const node_ptr& b, std::vector<const azoth::bind_node*>* binds = nullptr) {
    std::vector<const azoth::bind_node*> found;
    azoth::node_matcher matcher{found};
    const bool same = matcher.nodes(a.get(), b.get());
    if (same) CHECK(a->hash() == b->hash());
    if (binds) *binds = found;
    return same;
}

template <class A, class B>
bool match(const A& a, const B& b) {
    return match(node_ptr{a.node()}, node_ptr{b.node()});
}

}  // namespace

TEST_CASE("matching: equal shapes match, whatever their values") {
    const auto query = [](int size, const char* name) {
        return select(package_id, func::count()).where(package_size > size, package_name.like(name)).group_by(package_id).limit(size);
    };
    CHECK(match(query(1, "a"), query(2, "b")));
    CHECK(match(query(1, "a"), query(1, "a")));
    const auto q = query(1, "a");
    CHECK(match(q, q));
}

TEST_CASE("matching: what differs in SQL does not match") {
    const auto base = select(package_id).where(package_size > 1);
    const std::vector<node_ptr> others{
        select(package_name).where(package_size > 1).node(),
        select(package_id).where(package_size < 1).node(),
        select(package_id).where(package_size > literal(1)).node(),
        select(package_id).where(package_size > 1.5).node(),  // another type of bind
        select(package_id).where(package_size > 1).distinct().node(),
        select(package_id).where(package_size > 1).limit(1).node(),
        select(package_id).where(package_size > 1).offset(1).node(),
        select(package_id).where(package_size > 1, package_id > 1).node(),
        select(package_id).where(package_size > 1).order_by(package_id).node(),
        select(package_id).where(package_size > 1).order_by(package_id.desc()).node(),
        select(package_id).where(package_size > 1).order_by(package_id.desc(azoth::nulls_order::last)).node(),
        select(package_id).where(package_size > 1).group_by(package_id).node(),
        select(package_id).where(package_size > 1).having(package_id > 1).node(),
        select(package_id).where(package_size > 1).join<maintainer>().node(),
        select(package_id).where(package_size > 1).outer_join<maintainer>().node(),
        select(package_id).where(package_size > 1).select_from(entity<package>).node(),
        select(package_id.label("x")).where(package_size > 1).node(),
        select(package_id.label("y")).where(package_size > 1).node(),
        select(package_id, package_id).where(package_size > 1).node(),
        select(func::count(package_id)).where(package_size > 1).node(),
        select(func::count_distinct(package_id)).where(package_size > 1).node(),
        select(func::max(package_id)).where(package_size > 1).node(),
        select(package_id).where(package_size.in({1})).node(),
        select(package_id).where(package_size.not_in({1})).node(),
        select(package_id).where(package_size.between(1, 2)).node(),
        select(package_id).where(package_size.not_between(1, 2)).node(),
        select(package_id).where(package_size > literal(2)).node(),
        select(package_id.as<int>()).where(package_size > 1).node(),
        select(package_id.as<std::string>()).where(package_size > 1).node(),
        select(package_id).union_(select(maintainer_id)).node(),
        select(package_id).union_all(select(maintainer_id)).node(),
        azoth::text("SELECT :a").bind("a", 1).node(),
        azoth::text("SELECT  :a").bind("a", 1).node(),
        azoth::text("SELECT :a").bind("a", "x").node(),
        azoth::update<package>().set(package_size, 1).node(),
        azoth::update<package>().set(package_maintainer, 1).node(),
        azoth::delete_<package>().node(),
        azoth::delete_<maintainer>().node(),
        azoth::insert<maintainer>().set(maintainer_name, "x").node(),
        azoth::insert<maintainer>().columns(maintainer_name).node(),
        azoth::insert<maintainer>().set(maintainer_name, "x").returning(maintainer_id).node(),
        func::rank().over().node(),
        func::rank().over(azoth::window{}.order_by(package_id)).node(),
        func::rank().over(azoth::partition_by(package_id)).node(),
        func::rank().over(azoth::window{}.rows(-1, 0)).node(),
        func::rank().over(azoth::window{}.rows(-2, 0)).node(),
    };
    for (std::size_t i = 0; i < others.size(); ++i) {
        INFO("statement " << i);
        CHECK_FALSE(match(node_ptr{base.node()}, others[i]));
        CHECK(match(others[i], others[i]));
        for (std::size_t k = 0; k < i; ++k) {
            INFO("and statement " << k);
            CHECK_FALSE(match(others[i], others[k]));
            CHECK(others[i]->hash() != others[k]->hash());
        }
    }
}

TEST_CASE("matching: aliases correspond one to one") {
    const auto query = [](bool crossed) {
        const auto a = alias<employee>();
        const auto b = alias<employee>();
        return select(a[&employee::id]).join(b, a[&employee::id] == (crossed ? b : a)[&employee::id]);
    };
    const auto straight = query(false);
    const auto crossed = query(true);
    CHECK(straight.node()->hash() == crossed.node()->hash());  // they hash alike, and must not share SQL
    CHECK_FALSE(match(straight, crossed));
    CHECK_FALSE(match(crossed, straight));
    CHECK(match(crossed, query(true)));
    CHECK(match(straight, query(false)));
    CHECK(sql(straight) != sql(crossed));
}

TEST_CASE("matching: an alias is not its table, and a name is part of it") {
    const auto named = [](const char* name) { return select(alias<employee>(name)[&employee::id]); };
    CHECK(match(named("a"), named("a")));
    CHECK_FALSE(match(named("a"), named("b")));
    CHECK_FALSE(match(named(""), named("a")));
    CHECK_FALSE(match(named("employee"), select(entity<employee>[&employee::id])));
}

TEST_CASE("matching: one bind used twice is not two binds") {
    const auto shared = azoth::bound(std::int64_t{5});
    const auto once = select(literal(1)).where(package_id > shared, package_maintainer > shared);
    const auto twice =
        select(literal(1)).where(package_id > azoth::bound(std::int64_t{5}), package_maintainer > azoth::bound(std::int64_t{5}));
    CHECK(once.node()->hash() == twice.node()->hash());
    CHECK_FALSE(match(once, twice));
    CHECK_FALSE(match(twice, once));
    CHECK(match(once, once));
    CHECK(compiled(once).parameters[0].bind == compiled(once).parameters[1].bind);
    CHECK(compiled(twice).parameters[0].bind != compiled(twice).parameters[1].bind);
}

TEST_CASE("matching: binds are shared the same way among many") {
    // Enough of them that the matcher changes from looking at each to a table.
    const auto build = [](std::size_t repeated) {
        std::vector<azoth::expr<std::int64_t>> binds;
        for (std::int64_t i = 0; i < 100; ++i) binds.push_back(azoth::bound(i));
        auto query = select(package_name);
        for (std::size_t i = 0; i < 100; ++i) query = std::move(query).where(package_id != binds[i]);
        return std::move(query).where(package_id == binds[repeated]);
    };
    const auto a = build(70);
    const auto b = build(70);
    const auto c = build(71);
    const auto d = build(3);
    CHECK(match(a, b));
    CHECK_FALSE(match(a, c));
    CHECK_FALSE(match(a, d));
    CHECK_FALSE(match(d, a));
    CHECK(match(d, build(3)));
}

TEST_CASE("matching: CTEs and subqueries correspond one to one") {
    const auto query = [](bool same) {
        const auto a = azoth::cte("c", select(package_id));
        const auto b = azoth::cte("c", select(package_id));
        return select(literal(1)).where(std::get<0>(a.columns()) == std::get<0>((same ? a : b).columns()));
    };
    CHECK(match(query(true), query(true)));
    CHECK_FALSE(match(query(true), query(false)));
    const auto recursive = [](bool all, int start) {
        const auto base = azoth::cte("n", select(package_id).where(package_id == start));
        const auto body = [](const auto& self) { return select(package_id).join(self, package_maintainer == std::get<0>(self.columns())); };
        return select(std::get<0>((all ? base.union_all(body) : base.union_(body)).columns()));
    };
    CHECK(match(recursive(true, 1), recursive(true, 2)));
    CHECK_FALSE(match(recursive(true, 1), recursive(false, 1)));
    const auto sub = [](const char* name) { return select(std::get<0>(select(package_id).subquery(name).columns())); };
    CHECK(match(sub("a"), sub("a")));
    CHECK(match(sub(""), sub("")));
    CHECK_FALSE(match(sub("a"), sub("b")));
    const auto renamed = [](const char* name) { return select(std::get<0>(select(package_id).subquery("s", {name}).columns())); };
    CHECK_FALSE(match(renamed("a"), renamed("b")));
}

TEST_CASE("matching: what is read strictly is not what is read as optional") {
    // Else the SQL of the one, found in a cache, would let the other through, which the compiler refuses.
    const auto strict = select(package_id, maintainer_name).outer_join<maintainer>();
    const auto optional = select(package_id, maybe(maintainer_name)).outer_join<maintainer>();
    CHECK_ERROR(compiled(strict), "statement", "outer join");
    CHECK_NOTHROW(compiled(optional));
    CHECK_FALSE(match(strict, optional));
}

TEST_CASE("matching: literals are compared by value and type") {
    const auto query = [](const auto& v) { return select(literal(v)); };
    CHECK(match(query(1), query(1)));
    CHECK_FALSE(match(query(1), query(2)));
    CHECK_FALSE(match(query(1), query(std::int64_t{1})));
    CHECK_FALSE(match(query(1), query(1.0)));
    CHECK_FALSE(match(query("a"), query("b")));
    CHECK_FALSE(match(query("1"), query(azoth::decimal{1})));
    CHECK(match(query("a"), query(std::string{"a"})));
}

TEST_CASE("matching: tables of the same name with other columns are others") {
    const auto table = [](azoth::type t, const char* name) -> node_ptr {
        return azoth::make_node<const azoth::table_node>("t", "", std::vector<azoth::column_spec>{{.name = name, .type = std::move(t)}});
    };
    const auto query = [](const node_ptr& from) { return select(azoth::detail::dynamic_column(from, "a")); };
    CHECK(match(query(table(azoth::type_kind::integer, "a")), query(table(azoth::type_kind::integer, "a"))));
    CHECK_FALSE(match(query(table(azoth::type_kind::integer, "a")), query(table(azoth::type_kind::text, "a"))));
    CHECK_FALSE(match(query(table(azoth::string(5), "a")), query(table(azoth::string(6), "a"))));
}

TEST_CASE("matching: the binds come in the order of the kept statement's") {
    const auto query = [](int a, int b, int c) {
        const auto large = azoth::cte("large", select(package_id).where(package_size > a));
        return select(package_name).join(large, std::get<0>(large.columns()) == package_id).where(package_rating > b).limit(c);
    };
    const auto kept = query(1, 2, 3);
    const auto fresh = query(10, 20, 30);
    std::vector<const azoth::bind_node*> of_kept;
    std::vector<const azoth::bind_node*> of_fresh;
    const node_ptr kept_node = kept.node();
    const node_ptr fresh_node = fresh.node();
    azoth::collect_binds(*kept_node, of_kept);
    REQUIRE(match(fresh_node, kept_node, &of_fresh));
    REQUIRE(of_kept.size() == 3);
    REQUIRE(of_fresh.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) CHECK(of_fresh[i]->content.as<int>() == 10 * of_kept[i]->content.as<int>());
    // And the parameters of the compiled statement point to them.
    const auto c = compiled(kept);
    std::string order;
    for (const auto& p : c.parameters) order += std::to_string(of_kept.at(p.bind)->content.as<int>());
    CHECK(order == "123");
}

TEST_CASE("matching: a hash is kept, and forgotten when the statement changes") {
    auto query = select(package_id);
    const auto before = query.node()->hash();
    query = std::move(query).where(package_id == 1);
    const auto after = query.node()->hash();
    CHECK(before != after);
    CHECK(after == select(package_id).where(package_id == 2).node()->hash());
    CHECK(after != 0);
}

TEST_CASE("matching: parameters and lists given at execution share SQL with values, not with each other") {
    const auto by = [](const auto& condition) { return select(package_name).where(condition); };
    CHECK(match(by(package_id == azoth::param<std::int64_t>("a")), by(package_id == azoth::param<std::int64_t>("b"))));
    CHECK(match(by(package_id == azoth::param<std::int64_t>("a")), by(package_id == std::int64_t{5})));
    CHECK(match(by(package_id.in(azoth::param_list<std::int64_t>("ids"))), by(package_id.in({1, 2}))));
    CHECK(!match(by(package_id.in(azoth::param_list<std::int64_t>("ids"))), by(package_id.not_in(azoth::param_list<std::int64_t>("ids")))));
    CHECK(!match(by(package_id.in(azoth::param_list<std::int64_t>("ids"))), by(package_id == azoth::param<std::int64_t>("ids"))));
    CHECK(!match(by(package_id == azoth::param<std::int64_t>("a")), by(package_id == azoth::param<std::int32_t>("a"))));
}
