// What a query loads beside its rows.
#include "query_run.hpp"

#include "relation_access.hpp"
#include "relation_join.hpp"
#include "relation_loader.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

/// A relation of the class, or of one that inherits it; null: none has it.
const relation_info* relation_below(const entity_class& of, const member_name& name) {
    for (const entity_class* each : of.below())
        if (const relation_info* r = relation_named(*each, name)) return r;
    return nullptr;
}

std::vector<instance*> each_once(std::vector<instance*> all) {
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::vector<instance*> led_to(std::span<instance* const> owners, const relation_info& r) {
    std::vector<instance*> next;
    for (const instance* i : owners) {
        if (!access::of(*i, r).is_loaded()) continue;
        if (r.is_many) {
            const auto& items = access::items(access::many_of(*i, r));
            next.insert(next.end(), items.begin(), items.end());
        } else if (instance* target = access::target(access::one_of(*i, r))) {
            next.push_back(target);
        }
    }
    return next;
}

/// The query's objects by the one column that relates them, as a source that no database minds; null where that cannot be said.
node_ptr query_of_keys(const select_node& query, const entity_class& of, const relation_info& r) {
    const auto& pairs = r.direction == relation_direction::by_table ? r.via.own : r.columns;
    if (!of.is_a(*r.owner) || pairs.size() != 1 || query.distinct || !query.distinct_on.empty() || !query.group_by.empty() ||
        !query.having.empty() || query.items.empty())
        return {};
    auto keys = make_node<select_node>(query);
    const node_ptr& column = query.items[pairs.front().own].expression;
    keys->items.assign(1, {azoth::detail::make_label(column, "related_key"), false});
    // What only columns have told before.
    if (keys->from.empty())
        if (const auto* c = node_cast<column_node>(column)) keys->from.push_back(c->source);
    keys->lock = {};
    keys->options.clear();
    if (!keys->limit && !keys->offset) keys->order_by.clear();
    const node_ptr source = azoth::detail::make_subquery(node_ptr{keys}, {}, {});
    auto outer = azoth::detail::make_select();
    outer->items.push_back({azoth::detail::make_column(source, columns_of(*source).front()), false});
    return azoth::detail::make_scalar(node_ptr{outer});
}

}  // namespace

void open_query::finish() {
    if (written_ && elements_.empty() && written_->returned_columns() != 0)
        while (next()) {}
    affected_ = rows_.affected_rows();
    if (written_ && written_->taken() != 0) affected_ = written_->taken();
    rows_.close();
    session_.read_missing();
    joined_.finish();
    if (written_) written_->finish();
    if (said_)
        for (const auto& path : said_->paths) follow(*path);
    if (said_ && said_->raises) forbid_others();
    else follow_mappings();
}

std::vector<instance*> open_query::loaded() const {
    std::vector<instance*> all = joined_.found();
    for (const auto& batch : batches_)
        if (batch) all.insert(all.end(), batch->members.begin(), batch->members.end());
    all.insert(all.end(), beside_.begin(), beside_.end());
    return all;
}

bool open_query::loads_by_itself(const relation_info& r, const entity_class& of) const {
    return is_eager(r.said->how) && !(said_ && said_->find(r, of));
}

bool open_query::loads_more(const entity_class& of) const {
    return std::ranges::any_of(of.relations(), [&](const relation_info& r) { return loads_by_itself(r, of); });
}

/// Without the objects of classes that load nothing by themselves.
std::vector<instance*> open_query::loading_more(std::span<instance* const> all) const {
    std::vector<instance*> found;
    const entity_class* latest = nullptr;  // those of a class mostly come together
    bool is_loading = false;
    for (instance* i : all) {
        if (i->of != latest) {
            latest = i->of;
            is_loading = loads_more(*latest);
        }
        if (is_loading) found.push_back(i);
    }
    return found;
}

/// What the mappings load by themselves, level by level; each relation once, so that circles end. What the query says of one counts more.
void open_query::follow_mappings() {
    std::unordered_set<const relation_info*> done;
    std::vector<instance*> level = loaded();
    while (!level.empty()) {
        std::unordered_map<const relation_info*, std::vector<instance*>> owners;
        for (instance* i : each_once(loading_more(level)))
            for (const auto& r : i->of->relations())
                if (loads_by_itself(r, *i->of) && !done.contains(&r)) owners[&r].push_back(i);
        level.clear();
        for (auto& [r, objects] : owners) {
            done.insert(r);
            session_.autoflush_for(*r);
            relation_loader loader{session_, *r, said_};
            loader.load(objects);
            level.insert(level.end(), loader.found().begin(), loader.found().end());
        }
    }
}

void open_query::follow(const load_path& path) {
    const member_name& first = path.steps.front().relation;
    std::vector<instance*> level;
    bool is_known = false;
    for (std::size_t e = 0; e < elements_.size(); ++e) {
        if (!elements_[e].entity || !relation_below(*elements_[e].entity, first)) continue;
        is_known = true;
        level.insert(level.end(), batches_[e]->members.begin(), batches_[e]->members.end());
    }
    if (!is_known) throw_error(errc::misuse, fmt::format("the query has no entity with the relation {}", first.spelled));
    for (std::size_t depth = 0; depth < path.steps.size() && !level.empty(); ++depth) {
        if (depth > 0) level = each_once(std::move(level));
        level = load_step_of({&path, depth}, level);
    }
}

/// Loads one relation of objects; what it leads to, which is nothing where it is not to be loaded now.
std::vector<instance*> open_query::load_step_of(const wanted_step& at, std::span<instance* const> all) {
    const load_step& step = at.step();
    const entity_class& of = *all.front()->of->root;
    const relation_info* r = relation_below(of, step.relation);
    if (!r) throw_error(errc::misuse, fmt::format("{} is no relation of {}", step.relation.spelled, of.name()));
    std::vector<instance*> owners;
    std::ranges::copy_if(all, std::back_inserter(owners), [&](const instance* i) { return i->of->is_a(*r->owner); });
    const std::span<instance* const> level{owners};
    if (!is_eager(step.how)) {
        for (instance* i : level) access::set_policy(*i, *r, step.how);
        return {};
    }
    session_.autoflush_for(*r);
    relation_loader loader{session_, *r, said_};
    join_behind(loader, *r, at);
    const auto* select = node_cast<select_node>(what_.statement);
    if (at.depth == 0 && step.how == loading::subquery && select && elements_.size() == 1)
        if (node_ptr keys = query_of_keys(*select, *elements_.front().entity, *r)) loader.use_query(std::move(keys), what_.args);
    loader.load(level);
    auto next = led_to(level, *r);
    if (said_->raises) {
        beside_.insert(beside_.end(), next.begin(), next.end());
    } else if (std::ranges::any_of(r->target->below(), [&](const entity_class* of) { return loads_more(*of); })) {
        const auto more = loading_more(next);
        beside_.insert(beside_.end(), more.begin(), more.end());
    }
    return next;
}

/// What a path goes on to by joinedload comes with the query for the objects that have it.
void open_query::join_behind(relation_loader& loader, const relation_info& r, const wanted_step& at) {
    auto behind = said_->behind(*at.path, at.depth);
    std::erase_if(behind, [](const wanted_step& next) { return next.step().how != loading::joined; });
    for (wanted_step next : behind) {
        const entity_class* of = r.target;
        for (; of && next.depth < next.path->steps.size() && next.step().how == loading::joined; ++next.depth) {
            session_.autoflush(*of->source);  // what joins them are its columns
            const relation_info* to = relation_named(*of, next.step().relation);
            if (to) session_.autoflush_for(*to);
            of = to ? to->target : nullptr;
        }
    }
    loader.join(std::move(behind));
}

void open_query::forbid_others() {
    for (instance* i : loaded())
        for (const auto& r : i->of->relations())
            if (!access::of(*i, r).is_loaded() && !said_->find(r, *i->of)) access::set_policy(*i, r, loading::raise);
}

}  // namespace azoth::orm::detail
