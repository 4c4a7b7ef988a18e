#include "relation_checks.hpp"

#include <azoth/base/error.hpp>
#include <azoth/orm/relation.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace azoth::orm::detail {
namespace {

[[noreturn]] void refuse(const relation_info& r, const std::string& what) {
    throw_error(errc::mapping, fmt::format("{}: {}", r.name, what));
}

/// As `relation_info::back`, of classes whose relations have been read and not been checked.
const relation_info* other_side(const relation_info& r) {
    return r.back_index < 0 ? nullptr : &r.target->unchecked_relations()[static_cast<std::size_t>(r.back_index)];
}

bool are_sides(const relation_info& a, const relation_info& b) { return other_side(a) == &b || other_side(b) == &a; }

void check_other_side(const relation_info& r) {
    const relation_info* back = other_side(r);
    if (!back) return;
    if (const relation_info* again = other_side(*back); again && again != &r)
        refuse(r, fmt::format("back_populates names {}, whose other side is {}: a relation has one other side", back->name, again->name));
    if (r.direction != relation_direction::by_table && r.direction == back->direction)
        refuse(r, fmt::format("back_populates names {}, and both {}: of two sides one has the key and the other is the collection (or the "
                              "one) that it leads to; say by<...> where there are several keys",
                              back->name, r.direction == relation_direction::to_parent ? "refer to the other" : "are referred to"));
    if (r.direction == relation_direction::by_table) return;
    for (const column_pair& p : r.columns)
        if (std::ranges::none_of(back->columns, [&](const column_pair& b) { return b.own == p.other && b.other == p.own; }))
            refuse(r, fmt::format("back_populates names {}, which goes by another key: say the same by<...> in both", back->name));
}

/// The table and the columns that a relation writes, where the rows of the same table say it.
struct written_key {
    const table_node* table;
    std::set<const column_spec*> columns{};
    friend bool operator==(const written_key&, const written_key&) = default;
};

written_key key_written_by(const relation_info& r, const entity_class& of) {
    const bool is_up = r.direction == relation_direction::to_parent;
    if (r.direction == relation_direction::by_table) return {static_cast<const table_node*>(r.via.table.get()), {}};
    written_key key{(is_up ? of : *r.target).root->table->table.get()};
    for (const column_pair& p : r.columns) key.columns.insert((is_up ? of.columns[p.own] : r.target->columns[p.other]).spec);
    return key;
}

bool allows(const relation_info& r, const relation_info& other) {
    return std::ranges::any_of(r.said->overlaps, [&](const member_name& m) { return std::string_view{m.spelled}.substr(1) == other.name; });
}

/// Two relations that write the same key and do not know of each other would undo each other's work.
void check_overlap(const relation_info& r, const entity_class& of, const relation_info& other, const entity_class& of_other) {
    if (&r == &other || r.said->view_only || other.said->view_only || are_sides(r, other)) return;
    if (key_written_by(r, of) != key_written_by(other, of_other) || allows(r, other) || allows(other, r)) return;
    refuse(r,
           fmt::format("{} writes the same columns of \"{}\", and neither knows of the other: say back_populates<&{}> where they are two "
                       "sides of one relation, view_only for one that is only read, or overlaps<&{}>",
                       other.name, key_written_by(r, of).table->name, other.name, other.name));
}

/// A relation as a struct that is no object yet has it.
struct fresh_relation final : relation_base {};

/// Where an object has relations, by what its default constructor makes.
std::vector<std::ptrdiff_t> relations_in(const entity_class& of) {
    const fresh_relation like;
    const std::unique_ptr<instance, decltype(&end_instance)> fresh{make_instance(of), &end_instance};
    const auto* bytes = static_cast<const std::byte*>(fresh->object);
    std::vector<std::ptrdiff_t> found;
    for (std::size_t at = 0; at + sizeof(like) <= of.table->object.size; at += alignof(relation_base))
        if (std::memcmp(bytes + at, &like, sizeof(like)) == 0) found.push_back(static_cast<std::ptrdiff_t>(at));
    return found;
}

/// Of a concrete struct's base: they lead to and from the base's table, and the struct's mapping says which of them it has, too.
bool is_base_relation(const mapped_table& t, std::ptrdiff_t offset) {
    if (!t.inheritance.base) return false;
    const mapped_table& base = t.inheritance.base->table();
    return std::ranges::any_of(base.relations, [&](const relation_slot& r) { return r.offset == offset; }) ||
           is_base_relation(base, offset);
}

/// What is put into a relation that the mapping has forgotten would not be written.
void check_all_are_said(const entity_class& of) {
    const auto found = relations_in(of);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto& known = of.unchecked_relations();
        if (std::ranges::any_of(known, [&](const relation_info& r) { return r.offset == found[i]; })) continue;
        if (is_base_relation(*of.table, found[i])) continue;
        throw_error(errc::mapping,
                    fmt::format("{} has {} relations among its members, and its mapping does not name number {} of them: add "
                                ".relation<&{}::member>() to it, or take it out of the struct",
                                of.name(), found.size(), i + 1, of.name()));
    }
}

}  // namespace

void check_relations(const entity_class& of) {
    check_all_are_said(of);
    const auto& all = of.unchecked_relations();
    for (const relation_info& r : all) {
        check_other_side(r);
        if (r.said->deletes_orphans && r.direction == relation_direction::to_parent)
            refuse(r,
                   "cascade_all_delete_orphan is said where the key is, and the orphans are on this side: say it on the collection (or the "
                   "one) "
                   "of the other struct");
        for (const auto& o : r.said->order) (void)r.target->index_of(o.member);
        for (const relation_info& other : all) check_overlap(r, of, other, of);
        for (const relation_info& other : r.target->unchecked_relations()) check_overlap(r, of, other, *r.target);
    }
}

}  // namespace azoth::orm::detail
