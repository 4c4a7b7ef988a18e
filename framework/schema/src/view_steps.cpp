#include "view_steps.hpp"

#include "dependency_order.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {
namespace {

const view_definition* find(const std::vector<view_definition>& in, const object_name& name) {
    const auto found = std::ranges::find(in, name, &view_definition::name);
    return found == in.end() ? nullptr : &*found;
}

}  // namespace

view_steps::view_steps(const schema_definition& from, const schema_definition& to, const schema_words& words,
                       std::vector<object_name> moved) {
    for (const auto* v : view_order(from.views)) {
        const auto* after = find(to.views, v->name);
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
        if (find(from.views, v->name) && !is_dropped(v->name)) continue;
        come_.push_back(v);
        if (!v->comment.empty()) commented_.push_back(v);
    }
}

bool view_steps::is_dropped(const object_name& name) const { return std::ranges::find(gone_, name, &view_definition::name) != gone_.end(); }

void view_steps::drop(step_list& to) const {
    for (const auto* v : gone_) to.add(v->name, make_node<drop_object_node>(kind_of(*v), v->name));
}

void view_steps::create(step_list& to) const {
    for (const auto* v : come_) to.add(v->name, make_node<create_view_node>(*v));
}

void view_steps::comment(step_list& to) const {
    for (const auto* v : commented_) to.add(v->name, make_node<comment_on_node>(kind_of(*v), v->name, v->comment));
}

}  // namespace azoth::detail
