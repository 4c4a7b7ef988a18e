// What a query reads of its entities: deferred members are left out of it.
#include "deferral.hpp"
#include "query_run.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/node_base.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

/// A value has no columns to choose from: any class stands for it.
std::vector<column_selection> selections_of(std::span<const query_element> elements, const entity_class& any, const select_node& query) {
    std::vector<column_selection> selections;
    for (const auto& e : elements) selections.emplace_back(e.entity ? *e.entity : any);
    for (const auto& o : query.options) {
        const auto* said = dynamic_cast<const column_loading*>(o.get());
        if (!said) continue;
        bool is_known = false;
        for (std::size_t e = 0; e < elements.size(); ++e) {
            if (!elements[e].entity || !elements[e].entity->is_a(said->of())) continue;
            selections[e].apply(*said);
            is_known = true;
        }
        if (!is_known) throw_error(errc::misuse, fmt::format("the query says what to load of {}, and selects none", said->of().name()));
    }
    return selections;
}

bool says_columns(const select_node& query) {
    return std::ranges::any_of(query.options, [](const auto& o) { return dynamic_cast<const column_loading*>(o.get()) != nullptr; });
}

}  // namespace

node_ptr open_query::select_columns(const node_ptr& statement) {
    const auto* query = node_cast<select_node>(statement);
    const auto first = std::ranges::find_if(elements_, [](const query_element& e) { return e.entity && !e.entity->deferred.empty(); });
    if (!query || (first == elements_.end() && !says_columns(*query))) return statement;
    const auto any = std::ranges::find_if(elements_, [](const query_element& e) { return e.entity != nullptr; });
    if (any == elements_.end()) return statement;
    auto selections = selections_of(elements_, *any->entity, *query);
    bool is_all = true;
    std::size_t width = 0;
    for (std::size_t e = 0; e < elements_.size(); ++e) {
        is_all = is_all && (!elements_[e].entity || selections[e].is_all());
        width += widths_[e];
        if (elements_[e].entity && widths_[e] != elements_[e].entity->row_columns().size()) return statement;
    }
    if (is_all || query->items.size() < width) return statement;
    auto narrowed = make_node<select_node>(*query);
    narrowed->items.clear();
    auto item = query->items.begin();
    for (std::size_t e = 0; e < elements_.size(); ++e) {
        if (!elements_[e].entity) {
            narrowed->items.push_back(*item++);
            continue;
        }
        for (std::size_t c = 0; c < widths_[e]; ++c, ++item)
            if (selections[e].reads(c)) narrowed->items.push_back(*item);
    }
    narrowed->items.insert(narrowed->items.end(), item, query->items.end());  // of joined relations
    selections_ = std::move(selections);
    return node_ptr{narrowed};
}

}  // namespace azoth::orm::detail
