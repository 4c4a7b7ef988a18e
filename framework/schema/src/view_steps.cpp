#include "view_steps.hpp"

#include "dependency_order.hpp"
#include "losses.hpp"
#include "named.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {

view_steps::view_steps(const schema_definition& from, const schema_definition& to, const schema_words& words,
                       std::vector<object_name> moved)
    : notes_{&from.notes} {
    for (const auto* v : view_order(from.views)) {
        const auto* after = find_named(to.views, v->name);
        const bool same = after && words.query(*v) == words.query(*after) && v->materialized == after->materialized;
        const bool rests = std::ranges::any_of(v->reads, [&](const auto& r) { return std::ranges::find(moved, r) != moved.end(); });
        if (same && !rests) {
            if (v->comment != after->comment) commented_.push_back(after);
            continue;
        }
        moved.push_back(v->name);
        gone_.push_back(v);
    }
    std::ranges::reverse(gone_);
    for (const auto* v : view_order(to.views)) {
        const auto* before = find_named(from.views, v->name);
        if (before && !is_dropped(v->name)) continue;
        come_.push_back({v, before ? &before->triggers : &v->triggers});  // those that are there are kept, as a table's are
        if (!v->comment.empty()) commented_.push_back(v);
    }
}

bool view_steps::is_dropped(const object_name& name) const { return std::ranges::find(gone_, name, &view_definition::name) != gone_.end(); }

void view_steps::drop(step_list& to) const {
    for (const auto* v : gone_) {
        const bool comes_back = std::ranges::any_of(come_, [&](const auto& c) { return c.view->name == v->name; });
        to.add(v->name, make_node<drop_object_node>(kind_of(*v), v->name), comes_back ? forgotten(*notes_, v->name) : std::string{}, {});
    }
}

void view_steps::create(step_list& to) const {
    for (const auto& [v, triggers] : come_) {
        to.add(v->name, make_node<create_view_node>(*v));
        for (const auto& trigger : *triggers) to.add(v->name, make_node<create_trigger_node>(trigger));
    }
}

void view_steps::comment(step_list& to) const {
    for (const auto* v : commented_) to.add(v->name, make_node<comment_on_node>(kind_of(*v), v->name, v->comment));
}

}  // namespace azoth::detail
