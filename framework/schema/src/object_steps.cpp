#include "object_steps.hpp"

#include "named.hpp"

#include <azoth/schema/ddl_rules.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace azoth::detail {
namespace {

/// Whether the labels are among the others, in their order.
bool is_extended(const std::vector<std::string>& before, const std::vector<std::string>& after) {
    auto at = after.begin();
    for (const auto& label : before) {
        at = std::find(at, after.end(), label);
        if (at == after.end()) return false;
        ++at;
    }
    return true;
}

}  // namespace

std::vector<object_name> object_steps::find_retyped() const {
    std::vector<object_name> found;
    const auto& can = steps_.server().can.schema;
    if (!can.enum_types) return found;
    for (const auto& e : to_.enums) {
        const auto* before = find_named(from_.enums, e.name);
        if (before && before->labels != e.labels && !(can.added_enum_values && is_extended(before->labels, e.labels)))
            found.push_back(e.name);
    }
    return found;
}

std::string object_steps::name_aside(const object_name& name) const {
    return unused_name(name.name + "_before", [&](const std::string& n) {
        return find_named(from_.enums, {name.schema, n}) || find_named(to_.enums, {name.schema, n});
    });
}

void object_steps::change(const enum_definition& before, const enum_definition& after) {
    if (std::ranges::find(retyped_, after.name) != retyped_.end()) {
        std::vector<std::string> gone;
        for (const auto& label : before.labels)
            if (std::ranges::find(after.labels, label) == after.labels.end()) gone.push_back(label);
        const std::string note =
            gone.empty() ? "the labels have another order" : fmt::format("rows with {} are refused", fmt::join(gone, ", "));
        steps_.add(after.name, make_node<rename_object_node>(object_kind::enum_type, before.name, name_aside(before.name)), note);
        steps_.add(after.name, make_node<create_enum_node>(after));
        return;
    }
    for (auto label = after.labels.begin(); label != after.labels.end(); ++label) {
        if (std::ranges::find(before.labels, *label) != before.labels.end()) continue;
        const auto next = std::find_if(label, after.labels.end(),
                                       [&](const auto& l) { return std::ranges::find(before.labels, l) != before.labels.end(); });
        steps_.add_before(after.name,
                          make_node<add_enum_value_node>(after.name, *label, next == after.labels.end() ? std::string{} : *next));
    }
}

void object_steps::make() {
    for (const auto& s : to_.sequences) {
        const auto* before = find_named(from_.sequences, s.name);
        if (!before) steps_.add(s.name, make_node<create_sequence_node>(s));
        else if (words_.options_of(before->options) != words_.options_of(s.options)) steps_.add(s.name, make_node<alter_sequence_node>(s));
    }
    if (!steps_.server().can.schema.enum_types) return;  // the columns say the labels
    for (const auto& e : to_.enums) {
        if (const auto* before = find_named(from_.enums, e.name)) change(*before, e);
        else steps_.add(e.name, make_node<create_enum_node>(e));
    }
}

void object_steps::drop() {
    for (const auto& s : from_.sequences) {
        if (find_named(to_.sequences, s.name)) continue;
        auto drop = make_node<drop_object_node>(object_kind::sequence, s.name);
        drop->if_exists = true;  // one that belonged to a column went with it
        steps_.add_loss(s.name, std::move(drop), fmt::format("how far the sequence \"{}\" had counted is lost", to_string(s.name)));
    }
    if (!steps_.server().can.schema.enum_types) return;
    for (const auto& name : retyped_)
        steps_.add(name, make_node<drop_object_node>(object_kind::enum_type, object_name{name.schema, name_aside(name)}));
    for (const auto& e : from_.enums)
        if (!find_named(to_.enums, e.name)) steps_.add(e.name, make_node<drop_object_node>(object_kind::enum_type, e.name));
}

void object_steps::comment() {
    if (!comments_) return;
    const auto say = [&](object_kind kind, const object_name& name, const std::string& before, const std::string& after) {
        if (before != after) steps_.add(name, make_node<comment_on_node>(kind, name, after));
    };
    for (const auto& s : to_.sequences) {
        const auto* before = find_named(from_.sequences, s.name);
        say(object_kind::sequence, s.name, before ? before->comment : std::string{}, s.comment);
    }
    if (!steps_.server().can.schema.enum_types) return;
    for (const auto& e : to_.enums) {
        const auto* before = find_named(from_.enums, e.name);
        const bool is_same = before && std::ranges::find(retyped_, e.name) == retyped_.end();
        say(object_kind::enum_type, e.name, is_same ? before->comment : std::string{}, e.comment);
    }
}

}  // namespace azoth::detail
