#include "joined_loads.hpp"

#include "relation_access.hpp"
#include "relation_join.hpp"

#include <algorithm>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

}  // namespace

void joined_loads::plan(select_node& query, std::span<const root> roots, std::shared_ptr<const query_options> said) {
    said_ = std::move(said);
    // Where columns count, no more may come; where rows count, none that repeat an object.
    can_join_one_ = !query.distinct && query.distinct_on.empty() && query.group_by.empty() && query.having.empty() &&
                    query.lock.strength == lock_strength::none;
    can_join_many_ = can_join_one_ && !query.limit && !query.offset;
    for (std::size_t i = 0; i < roots.size(); ++i) {
        if (!roots[i].of || !roots[i].side.source) continue;
        std::vector<wanted_step> paths;
        if (said_)
            for (const auto& p : said_->paths)
                if (relation_named(*roots[i].of, p->steps.front().relation)) paths.push_back({p.get(), 0});
        chain_ = {roots[i].of};
        follow(query, {i, true}, *roots[i].of, roots[i].side, paths);
    }
}

void joined_loads::plan_behind(select_node& query, const root& from, const std::vector<wanted_step>& paths,
                               std::shared_ptr<const query_options> said) {
    said_ = std::move(said);
    follows_mappings_ = false;  // a query more does that for all that has been found
    can_join_one_ = true;
    follow(query, {0, true}, *from.of, from.side, paths);
}

bool joined_loads::can_join(const relation_info& r) const noexcept {
    return r.direction == relation_direction::to_parent ? can_join_one_ : can_join_many_;
}

void joined_loads::follow(select_node& query, place_in_query at, const entity_class& of, const query_side& side,
                          const std::vector<wanted_step>& paths) {
    for (const auto& r : of.relations()) {
        const load_step* step = nullptr;
        std::vector<wanted_step> deeper;
        for (const auto& w : paths) {
            if (relation_named(of, w.step().relation) != &r) continue;
            step = &w.step();
            if (w.depth + 1 < w.path->steps.size()) deeper.push_back({w.path, w.depth + 1});
        }
        const bool is_said = step != nullptr;
        const bool is_own = follows_mappings_ && !is_said && !(said_ && said_->raises) && r.said->how == loading::joined &&
                            std::ranges::find(chain_, r.target) == chain_.end();
        const bool is_joined = is_said && (step->is_contained || step->how == loading::joined);
        if (!is_own && !is_joined) continue;
        const bool is_contained = is_said && step->is_contained;
        if (!is_contained && (!can_join(r) || (said_ && !said_->covers_aliases(*r.target)))) continue;
        chain_.push_back(r.target);
        add(query, at, r, side, step, deeper);
        chain_.pop_back();
    }
}

void joined_loads::add(select_node& query, place_in_query at, const relation_info& r, const query_side& side, const load_step* step,
                       const std::vector<wanted_step>& deeper) {
    query_side target;
    if (step && step->is_contained) {
        const node_ptr source = step->source.source ? step->source.source : node_ptr{r.target->table->table};
        target = side_within(query, source, *r.target);
        if (!target.source) target = said_side(step->source, *r.target);
    } else {
        target = alias_side(*r.target);
        auto joins = joins_along(r, side, target, join_kind::left, true);
        if (said_) {
            std::vector<node_ptr> on{joins.front().on};
            said_->add_conditions(on, *r.target, target);
            joins.front().on = all_of(std::move(on));
        }
        query.joins.insert(query.joins.end(), joins.begin(), joins.end());
        if (r.direction != relation_direction::to_parent) add_order(query.order_by, r, target.columns);
    }
    load made{.columns = column_selection{*r.target}};
    for (std::size_t c = 0; c < target.columns.size(); ++c)
        if (made.columns.reads(c)) query.items.push_back({target.columns[c], false});
    made.r = &r;
    made.parent = at.parent;
    made.is_root_parent = at.is_root_parent;
    made.place = width_;
    made.batch = std::make_shared<load_batch>();
    made.batch->options = said_;
    width_ += made.columns.width();
    repeats_rows_ = repeats_rows_ || r.direction != relation_direction::to_parent;
    const std::size_t here = loads_.size();
    loads_.push_back(std::move(made));
    follow(query, {here, false}, *r.target, target, deeper);
}

void joined_loads::take(session_core& session, std::span<const cell> row, std::span<instance* const> objects,
                        row_overwriting* overwriting) {
    for (auto& l : loads_) {
        instance* parent = l.is_root_parent ? objects[l.parent] : loads_[l.parent].current;
        l.current = nullptr;
        if (!parent) continue;
        const entity_class& of = *l.r->target;
        const auto cells = l.columns.spread(row.subspan(l.place, l.columns.width()));
        if (!of.is_absent(cells)) l.current = &session.take_whole_row(of, cells, l.batch, overwriting);
        fill(l, *parent, l.current);
    }
}

void joined_loads::fill(load& l, instance& parent, instance* child) {
    const relation_info& r = *l.r;
    if (!r.is_many) {
        if (!access::of(parent, r).is_loaded()) access::set_loaded(access::one_of(parent, r), child);
    } else {
        auto [at, is_new] = l.collections.try_emplace(&parent);
        collection& c = at->second;
        if (is_new) c.is_open = !access::of(parent, r).is_loaded();
        if (!c.is_open) return;
        if (child && c.known.insert(child).second) c.items.push_back(child);
    }
    const relation_info* back = r.back();
    if (child && back && back->direction == relation_direction::to_parent && !access::of(*child, *back).is_loaded())
        access::set_loaded(access::one_of(*child, *back), &parent);
}

void joined_loads::finish() {
    for (auto& l : loads_)
        for (auto& [owner, c] : l.collections)
            if (c.is_open && !access::of(*owner, *l.r).is_loaded()) access::set_loaded(access::many_of(*owner, *l.r), std::move(c.items));
}

std::vector<instance*> joined_loads::found() const {
    std::vector<instance*> all;
    for (const auto& l : loads_) all.insert(all.end(), l.batch->members.begin(), l.batch->members.end());
    return all;
}

}  // namespace azoth::orm::detail
