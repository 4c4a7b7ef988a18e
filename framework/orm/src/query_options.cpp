#include "query_options.hpp"

#include "relation_join.hpp"

#include <azoth/base/error.hpp>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

/// The columns of a mapped table as one of its sources has them; empty where it is no source of the table.
query_side side_in(const node_ptr& source, const entity_class& of) {
    if (source == of.table->table) return table_side(of);
    const auto* alias = node_cast<alias_node>(source);
    if (!alias || alias->source != of.table->table) return {};
    return {source, azoth::detail::columns_through(source, *of.table)};
}

void restrict_joins(std::vector<join_item>& joins, const query_options& by, std::vector<node_ptr>& where);

/// Whether a source of its own; a nested join is made anew with conditions inside.
node_ptr restricted_target(const node_ptr& target, const query_options& by, std::vector<node_ptr>& where) {
    const auto* nested = node_cast<joined_node>(target);
    if (!nested) return target;
    auto made = make_node<joined_node>(nested->first);
    made->joins = nested->joins;
    restrict_joins(made->joins, by, where);
    return node_ptr{made};
}

void restrict_joins(std::vector<join_item>& joins, const query_options& by, std::vector<node_ptr>& where) {
    for (auto& join : joins) {
        join.target = restricted_target(join.target, by, where);
        std::vector<node_ptr> found;
        for (const auto& c : by.criteria)
            if (const query_side side = side_in(join.target, c->of()); side.source)
                if (node_ptr condition = c->condition(side.source, side.columns)) found.push_back(std::move(condition));
        if (found.empty()) continue;
        if (join.kind == join_kind::inner || join.kind == join_kind::cross) {
            where.insert(where.end(), found.begin(), found.end());
        } else if (join.on) {
            found.insert(found.begin(), join.on);
            join.on = all_of(std::move(found));
        } else {
            throw_error(errc::misuse,
                        "with_loader_criteria cannot add to a join without a condition: say it, outer_join(target, condition)");
        }
    }
}

class base_finder final : public node_visitor {
public:
    explicit base_finder(std::vector<node_ptr>& found) noexcept : found_{found} {}
    void child(const node& n) override {
        if (const auto* column = node_cast<column_node>(&n)) {
            if (std::ranges::find(found_, column->source) == found_.end()) found_.push_back(column->source);
        } else if (!node_cast<select_node>(&n) && !node_cast<compound_node>(&n)) {
            n.visit_children(*this);
        }
    }

private:
    std::vector<node_ptr>& found_;
};

void collect_joined(const node_ptr& target, std::vector<node_ptr>& found) {
    const auto* nested = node_cast<joined_node>(target);
    if (!nested) return found.push_back(target);
    collect_joined(nested->first, found);
    for (const auto& join : nested->joins) collect_joined(join.target, found);
}

}  // namespace

const load_step* query_options::find(const relation_info& r, const entity_class& of) const noexcept {
    for (const auto& path : paths)
        for (const auto& step : path->steps)
            if (relation_named(of, step.relation) == &r) return &step;
    return nullptr;
}

bool query_options::restricts(const entity_class& of) const noexcept {
    return std::ranges::any_of(criteria, [&](const auto& c) { return &c->of() == &of; });
}

bool query_options::covers_aliases(const entity_class& of) const {
    if (!restricts(of)) return true;
    const query_side other = alias_side(of);
    return std::ranges::all_of(
        criteria, [&](const auto& c) { return &c->of() != &of || static_cast<bool>(c->condition(other.source, other.columns)); });
}

void query_options::add_conditions(std::vector<node_ptr>& to, const entity_class& of, const query_side& side) const {
    for (const auto& c : criteria) {
        if (&c->of() != &of) continue;
        if (node_ptr condition = c->condition(side.source, side.columns)) to.push_back(std::move(condition));
    }
}

void query_options::restrict_sources(select_node& query) const {
    if (criteria.empty()) return;
    std::vector<node_ptr> base = query.from;
    base_finder finder{base};
    for (const auto& item : query.items) finder.child(*item.expression);
    for (const auto& term : query.where) finder.child(*term);
    std::vector<node_ptr> joined;
    for (const auto& join : query.joins) collect_joined(join.target, joined);
    for (const auto& source : base) {
        if (std::ranges::find(joined, source) != joined.end()) continue;
        for (const auto& c : criteria)
            if (const query_side side = side_in(source, c->of()); side.source)
                if (node_ptr condition = c->condition(side.source, side.columns)) query.where.push_back(std::move(condition));
    }
    restrict_joins(query.joins, *this, query.where);
}

std::shared_ptr<query_options> read_options(std::span<const std::shared_ptr<const statement_option>> said) {
    if (said.empty()) return {};
    auto read = std::make_shared<query_options>();
    for (const auto& o : said) {
        if (auto path = std::dynamic_pointer_cast<const load_path>(o)) read->paths.push_back(std::move(path));
        else if (auto criteria = std::dynamic_pointer_cast<const loader_criteria>(o)) read->criteria.push_back(std::move(criteria));
        else if (const auto* mode = dynamic_cast<const load_mode*>(o.get())) {
            read->overwrites = read->overwrites || mode->overwrites;
            read->raises = read->raises || mode->raises;
        }
    }
    return read;
}

}  // namespace azoth::orm::detail
