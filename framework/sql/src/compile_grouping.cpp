// GROUP BY.
#include "ansi_rules.hpp"
#include "compile_scope.hpp"

#include <fmt/format.h>

#include <array>

namespace azoth {
namespace {

using forms = grouping_node::forms;

const node& without_ref(const node& key, const std::vector<select_item>& items) {
    const auto* ref = node_cast<label_ref_node>(&key);
    if (!ref) return key;
    for (const auto& item : items)
        if (const auto* own = detail::own_label(*item.expression); own && own->name == ref->name) return *own;
    return key;
}

void write_key(compiler& out, const node& key) {
    const select_node* query = out.depth() == 0 ? nullptr : out.current_scope().query;
    const node& named = query ? without_ref(key, query->items) : key;
    const std::size_t place = query ? detail::place_to_name(named, query->items) : 0;
    if (place != 0) out << fmt::format("{}", place);
    else if (!detail::write_constant_key(out, named)) out << named;
}

std::string_view construct_of(const compiler& out, forms form) {
    if (form == forms::rollup) return out.can().rollup ? "ROLLUP beside other keys" : "ROLLUP";
    return form == forms::cube ? "CUBE" : "GROUPING SETS";
}

void write_grouping(compiler& out, const grouping_node& n) {
    static constexpr std::array<std::string_view, 4> words{"ROLLUP (", "CUBE (", "GROUPING SETS (", "("};
    out.require(out.can().grouping_sets, construct_of(out, n.form), "unite a query for each grouping with union_all()");
    out << words[static_cast<std::size_t>(n.form)];
    detail::write_keys(out, n.keys);
    out << ")";
}

/// ROLLUP of all keys, as the databases write it that know no other.
bool is_lone_rollup(const compiler& out, const select_node& n) {
    const auto* grouping = n.group_by.size() == 1 ? node_cast<grouping_node>(n.group_by.front()) : nullptr;
    return grouping && grouping->form == forms::rollup && out.can().rollup && !out.can().grouping_sets;
}

void write_lone_rollup(compiler& out, const select_node& n) {
    if (!n.order_by.empty())
        out.require(out.can().ordered_rollup, "ORDER BY beside ROLLUP", "order a query that selects from this one's subquery()");
    detail::write_keys(out, static_cast<const grouping_node&>(*n.group_by.front()).keys);
    out << " WITH ROLLUP";
}

}  // namespace

namespace detail {

void write_keys(compiler& out, const std::vector<node_ptr>& keys) {
    bool first = true;
    for (const auto& key : keys) {
        if (!first) out << ", ";
        first = false;
        write_key(out, *key);
    }
}

void write_group_by(compiler& out, const select_node& n) {
    if (n.group_by.empty()) return;
    out << " GROUP BY ";
    if (is_lone_rollup(out, n)) write_lone_rollup(out, n);
    else write_keys(out, n.group_by);
}

void set_grouping_rules(rule_table& r) { r.set<grouping_node, &write_grouping>(); }

}  // namespace detail
}  // namespace azoth
