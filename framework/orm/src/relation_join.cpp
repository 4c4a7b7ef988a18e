#include "relation_join.hpp"

#include "class_inheritance.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

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

node_ptr pairs_equal(const std::vector<column_pair>& pairs, std::span<const node_ptr> own, std::span<const node_ptr> other) {
    std::vector<node_ptr> terms;
    for (const auto& p : pairs) terms.emplace_back(make_node<const binary_node>(binary_operator::equal, own[p.own], other[p.other]));
    return all_of(std::move(terms));
}

/// The class's columns where its tables have these names.
query_side side_through(const entity_class& of, const std::vector<node_ptr>& tables, node_ptr source) {
    query_side side{std::move(source), {}};
    for (const class_column& c : of.row_columns()) {
        const auto& column = static_cast<const column_node&>(*c.node);
        const auto part = std::ranges::find(of.parts, column.source, [](const class_part& p) { return node_ptr{p.table->table}; });
        side.columns.push_back(azoth::detail::make_column(tables[static_cast<std::size_t>(part - of.parts.begin())], *column.spec));
    }
    return side;
}

query_side side_through(const entity_class& of, const std::vector<node_ptr>& tables) {
    return side_through(of, tables, joined_parts(of.parts, tables));
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

/// The join of all tables of a class with this one among them; null: `target` has none.
node_ptr join_of_class(const node_ptr& target, const node_ptr& source, const entity_class& of) {
    const auto* nested = node_cast<joined_node>(target);
    if (!nested) return {};
    const auto all = sources_in(target);
    const bool has_parts = std::ranges::equal(
        all, of.parts, [](const node_ptr& s, const class_part& p) { return table_beneath(s) == node_ptr{p.table->table}; });
    if (has_parts && std::ranges::find(all, source) != all.end()) return target;
    node_ptr found = join_of_class(nested->first, source, of);
    for (const auto& join : nested->joins)
        if (!found) found = join_of_class(join.target, source, of);
    return found;
}

void collect_sources(const node_ptr& target, std::vector<node_ptr>& found) {
    const auto* nested = node_cast<joined_node>(target);
    if (!nested) return found.push_back(target);
    collect_sources(nested->first, found);
    for (const auto& join : nested->joins) collect_sources(join.target, found);
}

}  // namespace

query_side side_within(const select_node& query, const node_ptr& source, const entity_class& of) {
    node_ptr joined;
    if (of.parts.size() > 1) {
        for (const auto& from : query.from)
            if (!joined) joined = join_of_class(from, source, of);
        for (const auto& join : query.joins)
            if (!joined) joined = join_of_class(join.target, source, of);
    }
    if (!joined) return side_in(source, of);
    return side_through(of, sources_in(joined), joined);
}

query_side said_side(const query_side& said, const entity_class& of) {
    if (!said.source) return table_side(of);
    if (query_side side = side_in(said.source, of); side.source) return side;
    if (of.parts.size() == 1 && of.row_columns().size() == said.columns.size()) return said;
    throw_error(errc::misuse,
                fmt::format("{} is in several tables: relations lead to it and from it by its own table or an alias of that", of.name()));
}

query_side mapped_side(const entity_class& of, const query_side& side) {
    const auto sources = sources_in(side.source);
    if (sources.size() == 1) return side;
    const auto own = std::ranges::find(of.parts, of.table->table, [](const class_part& p) { return p.table->table; });
    query_side found{sources[static_cast<std::size_t>(own - of.parts.begin())], of.table->columns};
    if (found.source != node_ptr{of.table->table}) found.columns = azoth::detail::columns_through(found.source, *of.table);
    return found;
}

const node_ptr& table_beneath(const node_ptr& source) {
    const auto* alias = node_cast<alias_node>(source);
    return alias ? alias->source : source;
}

std::vector<node_ptr> sources_in(const node_ptr& target) {
    std::vector<node_ptr> found;
    collect_sources(target, found);
    return found;
}

node_ptr with_class(node_ptr condition, const entity_class& of, const query_side& side) {
    node_ptr is_one = is_of_class(of, side.columns);
    return is_one ? all_of({std::move(condition), std::move(is_one)}) : condition;
}

node_ptr all_equal(std::span<const node_ptr> own, std::span<const node_ptr> other) {
    std::vector<node_ptr> terms;
    for (std::size_t c = 0; c < own.size(); ++c) terms.emplace_back(make_node<const binary_node>(binary_operator::equal, own[c], other[c]));
    return all_of(std::move(terms));
}

node_ptr all_of(std::vector<node_ptr> terms) {
    return terms.size() == 1 ? terms.front() : make_node<const logical_node>(logical_operator::and_, std::move(terms));
}

const relation_info* relation_named(const entity_class& of, const member_name& name) noexcept {
    for (const entity_class* at = &of; at; at = at->base) {
        const auto& slots = at->table->relations;
        for (std::size_t i = 0; i < slots.size(); ++i)
            if (slots[i].member == name.spelled) return &at->relations()[at->relations().size() - slots.size() + i];
    }
    return nullptr;
}

query_side table_side(const entity_class& of) {
    query_side side{of.source, {}};
    for (const class_column& c : of.row_columns()) side.columns.push_back(c.node);
    return side;
}

query_side alias_side(const entity_class& of) {
    std::vector<node_ptr> tables;
    for (const class_part& part : of.parts) tables.push_back(azoth::detail::make_alias(part.table->table, {}));
    return side_through(of, tables);
}

query_side side_in(const node_ptr& source, const entity_class& of) {
    const node_ptr own{of.table->table};
    if (source == own || source == of.source) return table_side(of);
    const auto* alias = node_cast<alias_node>(source);
    if (!alias || alias->source != own) return {};
    std::vector<node_ptr> tables;
    for (const class_part& part : of.parts)
        tables.push_back(part.table->table == of.table->table ? source : azoth::detail::make_alias(part.table->table, {}));
    return side_through(of, tables);
}

std::vector<join_item> joins_along(const relation_info& r, const query_side& from, const query_side& to, join_kind kind, bool renames) {
    if (r.direction == relation_direction::by_condition)
        return {{kind, to.source,
                 with_class(r.said->condition(mapped_side(r.said->condition_owner(), from), mapped_side(*r.target, to)), *r.target, to)}};
    if (r.direction != relation_direction::by_table)
        return {{kind, to.source, with_class(pairs_equal(r.columns, from.columns, to.columns), *r.target, to)}};
    const query_side between = side_between(r.via, renames);
    const node_ptr on_own = pairs_equal(r.via.own, from.columns, between.columns);
    const node_ptr on_other = with_class(pairs_equal(r.via.other, to.columns, between.columns), *r.target, to);
    if (kind == join_kind::inner) return {{kind, between.source, on_own}, {kind, to.source, on_other}};
    // Rows between that lead to nobody must not bring rows of their own.
    auto both = make_node<joined_node>(between.source);
    both->joins.push_back({join_kind::inner, to.source, on_other});
    return {{kind, node_ptr{both}, on_own}};
}

void add_order(std::vector<node_ptr>& to, const relation_info& r, std::span<const node_ptr> columns) {
    for (const auto& o : r.said->order) {
        const node_ptr& column = columns[r.target->index_of(o.member)];
        to.push_back(o.descending ? node_ptr{make_node<const order_node>(column, true, nulls_order::unspecified)} : column);
    }
}

std::vector<join_item> joins_along(const entity_class& of, const member_name& relation, const query_side& from, const query_side& to,
                                   join_kind kind) {
    const relation_info& r = named(of, relation);
    return joins_along(r, said_side(from, of), said_side(to, *r.target), kind, static_cast<bool>(to.source));
}

node_ptr exists_along(const entity_class& of, const member_name& relation, const query_side& from, const query_side& to,
                      std::vector<node_ptr> conditions) {
    const relation_info& r = named(of, relation);
    const query_side owner = said_side(from, of);
    query_side target = said_side(to, *r.target);
    const auto sources = sources_in(target.source);
    const auto outer = sources_in(owner.source);
    if (std::ranges::find_first_of(sources, outer) != sources.end()) {
        if (!conditions.empty())
            throw_error(errc::misuse,
                        fmt::format("{} leads to a table that the query has already: give its condition as a function of the related "
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
    const auto own = sources_in(target.source);
    std::erase_if(query->correlated, [&](const node_ptr& s) { return std::ranges::find(own, s) != own.end(); });
    std::ranges::copy(sources_in(owner.source), std::back_inserter(query->correlated));
    return azoth::detail::make_exists(node_ptr{query});
}

}  // namespace azoth::orm::detail
