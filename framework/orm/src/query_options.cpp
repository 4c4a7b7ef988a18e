#include "query_options.hpp"

#include "class_inheritance.hpp"
#include "relation_join.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace azoth::orm::detail {
namespace {

/// What criteria say of one source of their class; null: nothing.
node_ptr condition_on(const loader_criteria& c, const query_side& side) {
    const query_side own = mapped_side(c.of(), side);
    return c.condition(own.source, own.columns);
}

/// The same of a source of a query, where rows of others may be in the table, too.
node_ptr condition_in(const loader_criteria& c, const node_ptr& source) {
    const query_side side = side_in(source, c.of());
    node_ptr condition = side.source ? condition_on(c, side) : node_ptr{};
    node_ptr is_one = condition ? is_of_class(c.of(), side.columns) : node_ptr{};
    if (!is_one) return condition;
    return make_node<const logical_node>(
        logical_operator::or_,
        std::vector<node_ptr>{make_node<const unary_node>(unary_operator::not_, std::move(is_one)), std::move(condition)});
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
            if (node_ptr condition = condition_in(*c, join.target)) found.push_back(std::move(condition));
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

}  // namespace

const load_step* query_options::find(const relation_info& r, const entity_class& of) const noexcept {
    for (const auto& path : paths)
        for (const auto& step : path->steps)
            if (relation_named(of, step.relation) == &r) return &step;
    return nullptr;
}

bool query_options::restricts(const entity_class& of) const noexcept {
    return std::ranges::any_of(criteria, [&](const auto& c) { return of.is_a(c->of()); });
}

bool query_options::covers_aliases(const entity_class& of) const {
    if (!restricts(of)) return true;
    const query_side other = alias_side(of);
    return std::ranges::all_of(criteria, [&](const auto& c) { return !of.is_a(c->of()) || static_cast<bool>(condition_on(*c, other)); });
}

void query_options::add_conditions(std::vector<node_ptr>& to, const entity_class& of, const query_side& side) const {
    for (const auto& c : criteria) {
        if (!of.is_a(c->of())) continue;
        if (node_ptr condition = condition_on(*c, side)) to.push_back(std::move(condition));
    }
}

void query_options::restrict_sources(select_node& query) const {
    if (criteria.empty()) return;
    std::vector<node_ptr> base;
    for (const auto& from : query.from) {
        const auto* nested = node_cast<joined_node>(from);
        const bool can_be_restricted =
            !nested || std::ranges::all_of(nested->joins, [](const join_item& j) { return j.kind == join_kind::inner; });
        if (can_be_restricted) std::ranges::copy(sources_in(from), std::back_inserter(base));
    }
    base_finder finder{base};
    for (const auto& item : query.items) finder.child(*item.expression);
    for (const auto& term : query.where) finder.child(*term);
    std::vector<node_ptr> joined;
    for (const auto& join : query.joins) std::ranges::copy(sources_in(join.target), std::back_inserter(joined));
    for (const auto& source : base) {
        if (std::ranges::find(joined, source) != joined.end()) continue;
        for (const auto& c : criteria)
            if (node_ptr condition = condition_in(*c, source)) query.where.push_back(std::move(condition));
    }
    restrict_joins(query.joins, *this, query.where);
}

std::vector<wanted_step> query_options::behind(const load_path& path, std::size_t depth) const {
    const auto is_step = [](const load_step& a, const load_step& b) { return a.relation.spelled == b.relation.spelled; };
    std::vector<wanted_step> found;
    for (const auto& p : paths)
        if (p->steps.size() > depth + 1 &&
            std::equal(p->steps.begin(), p->steps.begin() + static_cast<std::ptrdiff_t>(depth) + 1, path.steps.begin(), is_step))
            found.push_back({p.get(), depth + 1});
    return found;
}

std::shared_ptr<const load_path> path_through(const load_path& first, const load_path& then) {
    if (then.steps.front().is_contained && !first.steps.back().is_contained)
        throw_error(errc::misuse, fmt::format("contains_eager<{}> stands behind {}, which a query of its own loads: only what the query "
                                              "itself has joined can be taken from it",
                                              then.steps.front().relation.spelled, first.steps.back().relation.spelled));
    auto path = std::make_shared<load_path>(first);
    path->steps.insert(path->steps.end(), then.steps.begin(), then.steps.end());
    return path;
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
