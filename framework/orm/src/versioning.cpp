#include "versioning.hpp"

#include "row_statements.hpp"
#include "session_core.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/nodes/dml.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {

std::optional<std::size_t> find_version(const entity_class& of) {
    std::optional<std::size_t> found;
    for (std::size_t c = 0; c < of.columns.size(); ++c) {
        const object_column& said = *of.columns[c].object;
        if (!said.is_version) continue;
        if (found)
            throw_error(errc::mapping, fmt::format("{} and {} are both said to be the version: a row has one (mapping of {})",
                                                   of.columns[*found].member, of.columns[c].member, of.name()));
        if (!said.next_version && !is_integer(of.columns[c].access->kind))
            throw_error(errc::mapping, fmt::format("{} is a {}, which cannot be counted up: make the version an integer, or say "
                                                   "version_id_from(function) (mapping of {})",
                                                   of.columns[c].member, kind_name(of.columns[c].access->kind), of.name()));
        if (of.columns[c].spec->primary_key)
            throw_error(errc::mapping, fmt::format("{} is of the primary key, and cannot change with each update: make another member the "
                                                   "version (mapping of {})",
                                                   of.columns[c].member, of.name()));
        found = c;
    }
    return found;
}

namespace {

/// A counted one follows the one before it.
void set_next_version(instance& i, std::size_t column, const cell& before) {
    if (const auto& next = i.of->columns[column].object->next_version) return set_column(i, column, next->make().view());
    set_column(i, column, cell::integer(before.is_null() ? 1 : before.i64 + 1));
}

}  // namespace

void begin_version(instance& i) {
    if (i.of->version) set_next_version(i, *i.of->version, {});
}

void continue_version(instance& i, const instance& before) {
    if (i.of->version) set_next_version(i, *i.of->version, before.committed[*i.of->version]);
}

void advance_version(instance& i, std::vector<std::size_t>& changed) {
    if (!i.of->version || std::ranges::find(changed, *i.of->version) != changed.end()) return;
    set_next_version(i, *i.of->version, i.committed[*i.of->version]);
    changed.push_back(*i.of->version);
}

void add_version(std::vector<node_ptr>& where, const class_part& part, const instance& i) {
    if (i.of->version && part.owns(*i.of->version))
        where.push_back(equals(i.of->columns[*i.of->version].node, i.committed[*i.of->version]));
}

void throw_stale(const instance& i, std::string_view what) {
    throw_error(errc::stale_data,
                fmt::format("{} has been {} by somebody else since it was read: refresh it, or read it again, and decide anew",
                            describe_object(i), what));
}

}  // namespace azoth::orm::detail
