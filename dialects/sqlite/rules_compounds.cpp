// Set operations over exact numbers of two forms: as text, the one that has all of them.
#include "rules.hpp"

#include <algorithm>

namespace azoth::sqlite {
namespace {

/// The item as text, under the names that it has.
node_ptr with_text(const node_ptr& item) {
    if (const auto* label = node_cast<label_node>(item)) return make_node<const label_node>(with_text(label->operand), label->name);
    return make_node<const cast_node>(item, type{type_kind::numeric});
}

/// The part with some of its columns as text, under the names that they have.
node_ptr with_text_columns(const node_ptr& part, const std::vector<bool>& as_text) {
    if (const auto* compound = node_cast<compound_node>(part)) {
        auto copy = make_node<compound_node>(*compound);
        for (auto& p : copy->parts) p = with_text_columns(p, as_text);
        return copy;
    }
    const auto* select = node_cast<select_node>(part);
    if (!select) return part;
    auto copy = make_node<select_node>(*select);
    for (std::size_t i = 0; i < as_text.size(); ++i) {
        node_ptr& item = copy->items[i].expression;
        if (!as_text[i]) continue;
        const auto* column = node_cast<column_node>(item);
        item = with_text(item);
        if (column) item = make_node<const label_node>(std::move(item), column->spec->name);
    }
    return copy;
}

std::size_t width_of(const node& query) {
    if (const auto* compound = node_cast<compound_node>(&query)) return width_of(*compound->parts.front());
    const auto* select = node_cast<select_node>(&query);
    return select ? select->items.size() : 0;
}

void write_compound(compiler& out, const compound_node& n) {
    const auto ansi = ansi_rules().find(compound_node::static_kind);
    std::vector<bool> as_text(width_of(n));
    for (std::size_t i = 0; i < as_text.size(); ++i) as_text[i] = mixes_exact_forms(n, i);
    if (std::find(as_text.begin(), as_text.end(), true) == as_text.end()) return ansi(out, n);
    compound_node uniform = n;
    for (auto& part : uniform.parts) part = with_text_columns(part, as_text);
    ansi(out, uniform);
}

}  // namespace

void set_compound_rules(rule_table& to) { to.set<compound_node, &write_compound>(); }

}  // namespace azoth::sqlite
