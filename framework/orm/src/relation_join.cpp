#include "relation_join.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

/// The table between the two sides, as a statement has it.
query_side side_between(const association& via, bool renames) {
    if (!renames) return {via.table, via.columns};
    query_side renamed{azoth::detail::make_alias(via.table, {}), {}};
    for (const auto& c : via.columns)
        renamed.columns.push_back(azoth::detail::make_column(renamed.source, *static_cast<const column_node&>(*c).spec));
    return renamed;
}

node_ptr all_equal(const std::vector<column_pair>& pairs, std::span<const node_ptr> own, std::span<const node_ptr> other) {
    std::vector<node_ptr> terms;
    for (const auto& p : pairs) terms.emplace_back(make_node<const binary_node>(binary_operator::equal, own[p.own], other[p.other]));
    return all_of(std::move(terms));
}

/// The sources of what stands in conditions, queries inside them left out.
class source_finder final : public node_visitor {
public:
    explicit source_finder(std::vector<node_ptr>& found) noexcept : found_{found} {}
    void child(const node& n) override {
        if (const auto* column = node_cast<column_node>(&n)) found_.push_back(column->source);
        else if (!node_cast<select_node>(&n) && !node_cast<compound_node>(&n)) n.visit_children(*this);
    }

private:
    std::vector<node_ptr>& found_;
};

const relation_info& named(const entity_class& of, const member_name& name) {
    if (const relation_info* r = relation_named(of, name)) return *r;
    throw_error(errc::mapping,
                fmt::format("{} is no relation of {}: add .relation<{}>() to its mapping", name.spelled, of.name(), name.spelled));
}

}  // namespace

node_ptr all_of(std::vector<node_ptr> terms) {
    return terms.size() == 1 ? terms.front() : make_node<const logical_node>(logical_operator::and_, std::move(terms));
}

const relation_info* relation_named(const entity_class& of, const member_name& name) noexcept {
    const auto& slots = of.table->relations;
    for (std::size_t i = 0; i < slots.size(); ++i)
        if (slots[i].member == name.spelled) return &of.relations()[i];
    return nullptr;
}

query_side table_side(const entity_class& of) { return {of.table->table, of.table->columns}; }

query_side alias_side(const entity_class& of) {
    query_side side{azoth::detail::make_alias(of.table->table, {}), {}};
    side.columns = azoth::detail::columns_through(side.source, *of.table);
    return side;
}

std::vector<join_item> joins_along(const relation_info& r, const query_side& from, const query_side& to, join_kind kind, bool renames) {
    if (r.direction == relation_direction::by_condition) return {{kind, to.source, r.said->condition(from, to)}};
    if (r.direction != relation_direction::by_table) return {{kind, to.source, all_equal(r.columns, from.columns, to.columns)}};
    const query_side between = side_between(r.via, renames);
    const node_ptr on_own = all_equal(r.via.own, from.columns, between.columns);
    const node_ptr on_other = all_equal(r.via.other, to.columns, between.columns);
    if (kind == join_kind::inner) return {{kind, between.source, on_own}, {kind, to.source, on_other}};
    // Rows between that lead to nobody must not bring rows of their own.
    auto both = make_node<joined_node>(between.source);
    both->joins.push_back({join_kind::inner, to.source, on_other});
    return {{kind, node_ptr{both}, on_own}};
}

void add_order(std::vector<node_ptr>& to, const relation_info& r, std::span<const node_ptr> columns) {
    for (const auto& o : r.said->order) {
        const node_ptr& column = columns[r.target->table->index_of(o.member.offset, *o.member.access, o.member.spelled)];
        to.push_back(o.descending ? node_ptr{make_node<const order_node>(column, true, nulls_order::unspecified)} : column);
    }
}

std::vector<join_item> joins_along(const entity_class& of, const member_name& relation, const query_side& from, const query_side& to,
                                   join_kind kind) {
    const relation_info& r = named(of, relation);
    const bool is_plain = !to.source;
    return joins_along(r, from.source ? from : table_side(of), is_plain ? table_side(*r.target) : to, kind, !is_plain);
}

node_ptr exists_along(const entity_class& of, const member_name& relation, const query_side& from, const query_side& to,
                      std::vector<node_ptr> conditions) {
    const relation_info& r = named(of, relation);
    const query_side owner = from.source ? from : table_side(of);
    query_side target = to.source ? to : table_side(*r.target);
    if (target.source == owner.source) {
        if (!conditions.empty())
            throw_error(errc::misuse,
                        fmt::format("{} leads to the struct that it starts from: give its condition as a function of the related "
                                    "one, [](const auto& other) {{ return other[&{}::member] == value; }}",
                                    r.name, of.name()));
        target = alias_side(*r.target);
    }
    auto query = azoth::detail::make_select();
    query->items.push_back({make_node<const literal_node>(value{std::int64_t{1}}, azoth::detail::type_for<std::int64_t>()), true});
    auto joins = joins_along(r, owner, target, join_kind::inner, true);
    query->from.push_back(joins.front().target);
    query->where.push_back(joins.front().on);
    query->joins.assign(joins.begin() + 1, joins.end());
    query->where.insert(query->where.end(), conditions.begin(), conditions.end());
    // The owner comes from the query around even where that one has the other side as well, and so does what else conditions name.
    query->correlation = select_node::correlations::said;
    source_finder finder{query->correlated};
    for (const auto& c : conditions) finder.child(*c);
    std::erase_if(query->correlated, [&](const node_ptr& s) { return s == target.source; });
    query->correlated.push_back(owner.source);
    return azoth::detail::make_exists(node_ptr{query});
}

}  // namespace azoth::orm::detail
