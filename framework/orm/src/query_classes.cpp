// What a query has to say of structs that share their rows with others.
#include "class_inheritance.hpp"
#include "query_run.hpp"
#include "relation_join.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

/// `target` with `by` in the place of `source`; itself where that is not in it.
node_ptr replaced(const node_ptr& target, const node_ptr& source, const node_ptr& by) {
    if (target == source) return by;
    const auto* nested = node_cast<joined_node>(target);
    if (!nested) return target;
    auto changed = make_node<joined_node>(replaced(nested->first, source, by));
    changed->joins = nested->joins;
    for (auto& join : changed->joins) join.target = replaced(join.target, source, by);
    return node_ptr{changed};
}

/// Whether the source, or a join of several, is it or is joined in it.
bool holds(const node_ptr& target, const node_ptr& source) {
    const auto* nested = node_cast<joined_node>(target);
    return target == source || (nested && (holds(nested->first, source) || std::ranges::any_of(nested->joins, [&](const join_item& j) {
                                               return holds(j.target, source);
                                           })));
}

void replace_source(select_node& query, const node_ptr& source, const node_ptr& by) {
    bool is_said = false;
    for (auto& from : query.from) {
        is_said = is_said || holds(from, source);
        from = replaced(from, source, by);
    }
    for (auto& join : query.joins) {
        is_said = is_said || holds(join.target, source);
        join.target = replaced(join.target, source, by);
    }
    if (!is_said) query.from.push_back(by);
}

bool is_joined(const select_node& query, const node_ptr& target) {
    return std::ranges::any_of(query.from, [&](const node_ptr& from) { return holds(from, target); }) ||
           std::ranges::any_of(query.joins, [&](const join_item& j) { return holds(j.target, target); });
}

/// Where an outer join could make rows of other structs look like ones that are not there, the condition is the join's.
void restrict_source(select_node& query, const node_ptr& source, node_ptr condition, const entity_class& of) {
    const auto add_to = [&](join_item& join) { join.on = join.on ? all_of({join.on, condition}) : condition; };
    const auto own = std::ranges::find_if(query.joins, [&](const join_item& j) { return holds(j.target, source); });
    const auto behind = std::find_if(own == query.joins.end() ? query.joins.begin() : own + 1, query.joins.end(),
                                     [](const join_item& j) { return j.kind == join_kind::right || j.kind == join_kind::full; });
    const bool is_full =
        (own != query.joins.end() && own->kind == join_kind::full) || (behind != query.joins.end() && behind->kind == join_kind::full);
    if (is_full)
        throw_error(errc::misuse,
                    fmt::format("{} shares its table with other structs, whose rows a FULL JOIN would bring as missing ones: join a "
                                "subquery of its columns, or use two queries",
                                of.name()));
    if (own != query.joins.end() && own->kind == join_kind::left) return add_to(*own);
    if (behind != query.joins.end()) return add_to(*behind);
    query.where.push_back(std::move(condition));
}

/// Where the columns of an element come from; null: from several sources, or from none.
node_ptr source_of(const select_node& query, std::size_t place, std::size_t width) {
    node_ptr source;
    for (std::size_t c = 0; c < width; ++c) {
        const auto* column = node_cast<column_node>(query.items[place + c].expression);
        if (!column || (source && source != column->source)) return {};
        source = column->source;
    }
    return source;
}

}  // namespace

/// Copies the items of an element; their number in the query.
std::size_t open_query::take_class(select_node& to, const select_node& from, std::size_t place, std::size_t element) {
    const std::size_t width = widths_[element];
    const auto first = from.items.begin() + static_cast<std::ptrdiff_t>(place);
    const entity_class* of = elements_[element].entity;
    const node_ptr source = of && !of->is_alone() ? source_of(from, place, width) : node_ptr{};
    const query_side side = source ? side_within(to, source, *of) : query_side{};
    if (!side.source) {
        if (of && of->parts.size() > 1)
            throw_error(errc::misuse,
                        fmt::format("{} is in several tables, and cannot be read from a subquery: select its columns there, or it from "
                                    "its own table or an alias",
                                    of->name()));
        to.items.insert(to.items.end(), first, first + static_cast<std::ptrdiff_t>(width));
        return width;
    }
    for (const auto& column : side.columns)
        to.items.push_back({column, first->strict && !static_cast<const column_node&>(*column).spec->nullable});
    if (of->parts.size() > 1 && !is_joined(to, side.source)) replace_source(to, source, side.source);
    sides_[element] = side;
    if (node_ptr is_one = is_of_class(*of, side.columns)) restrict_source(to, source, std::move(is_one), *of);
    widths_[element] = side.columns.size();
    return width;
}

namespace {

/// The statement for rows of the struct that the program has named alone. What is in several tables cannot be deleted from one of them.
template <class Node>
node_ptr of_struct_named(const node_ptr& statement, const Node& n) {
    if (!n.entity) return statement;
    const entity_class& of = class_of(static_cast<const mapped_table&>(*n.entity));
    if (of.parts.size() > 1 && std::same_as<Node, delete_node>)
        throw_error(errc::misuse,
                    fmt::format("{} is in several tables, and a DELETE is of one: remove the objects, or delete from the table of {} "
                                "where the database's keys take the rest along",
                                of.name(), of.root->name()));
    node_ptr is_one = is_of_class(of, table_side(of).columns);
    if (!is_one || of.parts.size() > 1) return statement;
    auto changed = make_node<Node>(n);
    changed->where.push_back(std::move(is_one));
    return node_ptr{changed};
}

}  // namespace

node_ptr of_struct(const node_ptr& statement) {
    if (const auto* update = node_cast<update_node>(statement)) return of_struct_named(statement, *update);
    if (const auto* erase = node_cast<delete_node>(statement)) return of_struct_named(statement, *erase);
    return statement;
}

node_ptr open_query::with_classes(const node_ptr& statement) {
    if (std::ranges::all_of(elements_, [](const query_element& e) { return !e.entity || e.entity->is_alone(); })) return statement;
    const auto* query = node_cast<select_node>(statement);
    if (!query || query->items.size() < places_.back()) {
        for (const auto& e : elements_)
            if (e.entity && e.entity->parts.size() > 1 && !node_cast<text_node>(statement))
                throw_error(errc::misuse,
                            fmt::format("{} is in several tables: it is read by a select() of its own, and written by the session, object "
                                        "by object",
                                        e.entity->name()));
        return statement;
    }
    auto changed = make_node<select_node>(*query);
    changed->items.clear();
    std::size_t place = 0;
    for (std::size_t e = 0; e < elements_.size(); ++e) place += take_class(*changed, *query, place, e);
    changed->items.insert(changed->items.end(), query->items.begin() + static_cast<std::ptrdiff_t>(place), query->items.end());
    return node_ptr{changed};
}

}  // namespace azoth::orm::detail
