#include "query_run.hpp"

#include "relation_access.hpp"
#include "relation_loader.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

const relation_info* relation_named(const entity_class& of, const member_name& name) {
    const auto& slots = of.table->relations;
    for (std::size_t i = 0; i < slots.size(); ++i)
        if (slots[i].member == name.spelled) return &of.relations()[i];
    return nullptr;
}

}  // namespace

open_query::open_query(session_core& in, const node_ptr& statement, std::span<const argument> args, std::span<const query_element> elements)
    : session_{in}, elements_{elements.begin(), elements.end()} {
    if (const auto* select = node_cast<select_node>(statement))
        for (const auto& o : select->options)
            if (auto path = std::dynamic_pointer_cast<const load_path>(o)) paths_.push_back(std::move(path));
    for (const auto& e : elements_) batches_.push_back(e.entity ? std::make_shared<load_batch>() : nullptr);
    session_.autoflush(*statement);
    rows_ = session_.run(select_columns(statement), args);
    place_elements(rows_.column_count());
}

void open_query::place_elements(std::size_t width) {
    std::size_t place = 0;
    for (std::size_t e = 0; e < elements_.size(); ++e) {
        places_.push_back(place);
        const auto* entity = elements_[e].entity;
        if (!entity) ++place;
        else place += selections_.empty() ? entity->table->members.size() : selections_[e].width();
    }
    places_.push_back(place);
    if (place != width) azoth::detail::throw_width(place, width);
}

bool open_query::next() { return rows_.next(); }

std::span<const cell> open_query::cells(std::size_t element) const {
    return rows_.cells().subspan(places_[element], places_[element + 1] - places_[element]);
}

instance* open_query::entity(std::size_t element) {
    const auto& e = elements_[element];
    const auto row = selections_.empty() ? cells(element) : selections_[element].spread(cells(element));
    if (e.can_be_absent && e.entity->table->is_absent(row)) return nullptr;
    return &session_.take_row(*e.entity, row, batches_[element]);
}

void open_query::finish() {
    rows_.close();
    for (const auto& path : paths_) follow(*path);
    std::unordered_set<const relation_info*> done;
    for (const auto& batch : batches_)
        if (batch) follow_mappings(batch->members, done);
}

/// What the mappings load by themselves, level by level; each relation once, so that circles end.
void open_query::follow_mappings(std::vector<instance*> level, std::unordered_set<const relation_info*>& done) {
    while (!level.empty()) {
        std::unordered_map<const entity_class*, std::vector<instance*>> by_class;
        for (instance* i : level) by_class[i->of].push_back(i);
        level.clear();
        for (const auto& [of, objects] : by_class)
            for (const auto& r : of->relations()) {
                const loading how = r.said->how;
                if (how != loading::selectin && how != loading::joined && how != loading::immediate) continue;
                if (!done.insert(&r).second) continue;
                relation_loader loader{session_, r};
                loader.load(objects);
                level.insert(level.end(), loader.found().begin(), loader.found().end());
            }
    }
}

void open_query::follow(const load_path& path) {
    const member_name& first = path.steps.front().relation;
    std::vector<instance*> level;
    for (std::size_t e = 0; e < elements_.size(); ++e)
        if (elements_[e].entity && relation_named(*elements_[e].entity, first))
            level.insert(level.end(), batches_[e]->members.begin(), batches_[e]->members.end());
    const bool is_known =
        std::ranges::any_of(elements_, [&](const query_element& e) { return e.entity && relation_named(*e.entity, first); });
    if (!is_known) throw_error(errc::misuse, fmt::format("the query has no entity with the relation {}", first.spelled));
    for (const auto& step : path.steps) {
        if (level.empty()) return;
        const relation_info* r = relation_named(*level.front()->of, step.relation);
        if (!r) throw_error(errc::misuse, fmt::format("{} is no relation of {}", step.relation.spelled, level.front()->of->name()));
        switch (step.how) {
            case loading::lazy: return;
            case loading::raise:
            case loading::none:
                for (instance* i : level) access::set_policy(*i, *r, step.how);
                return;
            default: break;
        }
        relation_loader{session_, *r}.load(level);
        std::vector<instance*> next;
        for (const instance* i : level) {
            if (r->is_many) {
                const auto& items = access::items(access::many_of(*i, *r));
                next.insert(next.end(), items.begin(), items.end());
            } else if (instance* target = access::target(access::one_of(*i, *r))) {
                next.push_back(target);
            }
        }
        std::ranges::sort(next);
        next.erase(std::unique(next.begin(), next.end()), next.end());
        level = std::move(next);
    }
}

query_run::query_run(session_core& in, const node_ptr& statement, arguments args, std::span<const query_element> elements) {
    const session_core::entered call{in};
    state_ = std::make_unique<open_query>(in, statement, std::span<const argument>{args.begin(), args.size()}, elements);
}
query_run::~query_run() = default;
bool query_run::next() { return state_->next(); }
instance* query_run::entity(std::size_t element) { return state_->entity(element); }
const cell* query_run::value(std::size_t element) const { return state_->cells(element).data(); }
void query_run::finish() { state_->finish(); }

void throw_row_count(bool is_none) {
    throw_error(is_none ? errc::no_rows : errc::multiple_rows,
                is_none ? "the query has found nothing, and one was asked for" : "the query has found more than one");
}

}  // namespace azoth::orm::detail
