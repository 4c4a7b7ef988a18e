#include "row_statements.hpp"

#include "class_inheritance.hpp"
#include "relation_join.hpp"

#include <azoth/sql/dml.hpp>
#include <azoth/sql/select.hpp>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

const column_spec& spec_of(const node_ptr& column) { return *static_cast<const column_node&>(*column).spec; }

}  // namespace

void add_columns(select_node& query, const entity_class& of) {
    const column_selection selection{of};
    const auto& columns = of.row_columns();
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (selection.reads(c)) query.items.push_back({columns[c].node, !columns[c].spec->nullable});
    add_source(query, of);
}

void add_source(select_node& query, const entity_class& of) {
    const bool is_joined = std::ranges::any_of(query.joins, [&](const join_item& j) { return j.target == of.source; });
    if (of.parts.size() > 1 && !is_joined) query.from.push_back(of.source);
    if (!of.is_restricted()) return;
    if (node_ptr is_one = is_of_class(of, table_side(of).columns)) query.where.push_back(std::move(is_one));
}

node_ptr bind_of(const cell& c, const type& t) { return make_node<const bind_node>(value{c}, t); }

node_ptr equals(const node_ptr& column, const cell& c) {
    if (c.is_null()) return make_node<const unary_node>(unary_operator::is_null, column);
    return make_node<const binary_node>(binary_operator::equal, column, bind_of(c, spec_of(column).type));
}

std::vector<cell> committed_key(const instance& i) {
    std::vector<cell> key;
    for (const std::size_t c : i.of->key) key.push_back(i.committed[c]);
    return key;
}

std::vector<std::vector<cell>> committed_keys(std::span<instance* const> of) {
    std::vector<std::vector<cell>> keys;
    for (const instance* i : of) keys.push_back(committed_key(*i));
    return keys;
}

void add_key(std::vector<node_ptr>& where, const entity_class& of, std::span<const cell> key) {
    for (std::size_t k = 0; k < key.size(); ++k) where.push_back(equals(of.columns[of.key[k]].node, key[k]));
}

void add_key(std::vector<node_ptr>& where, const class_part& part, std::span<const cell> key) {
    for (std::size_t k = 0; k < key.size(); ++k) where.push_back(equals(part.key[k], key[k]));
}

node_ptr one_of_keys(std::span<const node_ptr> columns, std::span<const std::vector<cell>> keys) {
    if (columns.size() == 1) {
        auto list = make_node<bind_node>(value{}, spec_of(columns.front()).type);
        list->is_list = true;
        for (const auto& key : keys) list->list.emplace_back(key.front());
        return make_node<const in_node>(columns.front(), node_ptr{list}, false);
    }
    std::vector<node_ptr> any;
    for (const auto& key : keys) {
        std::vector<node_ptr> all;
        for (std::size_t k = 0; k < columns.size(); ++k) all.push_back(equals(columns[k], key[k]));
        any.push_back(all_of(std::move(all)));
    }
    return any.size() == 1 ? any.front() : make_node<const logical_node>(logical_operator::or_, std::move(any));
}

node_ptr select_columns_by_key(const entity_class& of, std::span<const std::size_t> columns, std::span<const std::vector<cell>> keys) {
    auto query = azoth::detail::make_select();
    const auto has_all = [&](const class_part& part) { return std::ranges::all_of(columns, [&](std::size_t c) { return part.owns(c); }); };
    const auto part = std::ranges::find_if(of.parts, has_all);
    const auto& key = part == of.parts.end() ? of.parts.front().key : part->key;
    for (const auto& k : key) query->items.push_back({k, true});
    for (const std::size_t c : columns) query->items.push_back({of.columns[c].node, !of.columns[c].spec->nullable});
    if (part == of.parts.end()) query->from.push_back(of.source);
    query->where.push_back(one_of_keys(key, keys));
    return node_ptr{query};
}

node_handle<insert_node> insert_of(const class_part& part, std::span<const std::size_t> columns, std::span<const std::size_t> returned) {
    auto insert = azoth::detail::make_insert(node_ptr{part.table->table});
    for (const std::size_t c : columns) insert->columns.push_back(part.nodes[c]);
    for (const std::size_t c : returned) insert->returning.push_back({part.nodes[c], !spec_of(part.nodes[c]).nullable});
    return insert;
}

std::size_t instance_rows::fill(std::span<cell> out, std::size_t max_rows) {
    scratch_.clear();
    std::size_t rows = 0;
    cell* to = out.data();
    for (; rows < max_rows && handed_out_ < of_.size(); ++rows, ++handed_out_)
        for (std::size_t p = 0; p < columns_.size(); ++p) *to++ = stored(column_of(*of_[handed_out_], columns_[p], scratch_), p);
    return rows;
}

}  // namespace azoth::orm::detail
