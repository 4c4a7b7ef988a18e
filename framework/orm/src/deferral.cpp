#include "deferral.hpp"

#include "session_core.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace azoth::orm::detail {

std::vector<std::size_t> find_deferred(const entity_class& of) {
    std::vector<std::size_t> found;
    for (std::size_t c = 0; c < of.columns.size(); ++c) {
        const object_column& said = *of.columns[c].object;
        const bool can_wait = of.columns[c].access->can_be_unloaded;
        if (can_wait) found.push_back(c);
        if (can_wait && of.columns[c].spec->primary_key)
            throw_error(errc::mapping, fmt::format("{} is of the primary key, and cannot be deferred: objects are told apart by it "
                                                   "(mapping of {})",
                                                   of.columns[c].member, of.name()));
        if (!can_wait && (said.is_read_at_once || !said.load_group.empty()))
            throw_error(errc::mapping, fmt::format("{} is always read with its object: make it an az::orm::deferred, or leave out what is "
                                                   "said of its loading (mapping of {})",
                                                   of.columns[c].member, of.name()));
    }
    return found;
}

column_selection::column_selection(const entity_class& of) : of_{&of}, reads_(of.row_columns().size(), true), width_{reads_.size()} {
    for (const std::size_t c : of.deferred) set(c, of.columns[c].object->is_read_at_once);
}

void column_selection::set(std::size_t column, bool is_read) noexcept {
    if (reads_[column] == is_read) return;
    reads_[column] = is_read;
    if (is_read) ++width_;
    else --width_;
}

void column_selection::apply(const column_loading& option) {
    using ways = column_loading::ways;
    if (option.way == ways::only)
        for (const std::size_t c : of_->deferred) set(c, false);
    for (const member_name& m : option.members) set(of_->index_of(m), option.way != ways::defer);
    if (option.group.empty()) return;
    bool is_known = false;
    for (const std::size_t c : of_->deferred) {
        if (of_->columns[c].object->load_group != option.group) continue;
        set(c, true);
        is_known = true;
    }
    if (!is_known) throw_error(errc::misuse, fmt::format("{} has no load_group(\"{}\")", of_->name(), option.group));
}

std::span<const cell> column_selection::spread(std::span<const cell> row) {
    if (is_all()) return row;
    spread_.assign(reads_.size(), unread_cell);
    auto from = row.begin();
    for (std::size_t c = 0; c < reads_.size(); ++c)
        if (reads_[c]) spread_[c] = *from++;
    return spread_;
}

void read_row(const entity_class& of, std::span<const cell> row, void* object) {
    if (of.deferred.empty() && !of.base) {
        const cell* from = row.data();
        const auto* place = of.kept.places.data();
        for (const auto& m : of.columns) {
            char* const at = static_cast<char*>(object) + m.offset;
            if ((place++)->is_integer && from->tag == cell_tag::i64) std::memcpy(at, &from->i64, sizeof from->i64);
            else m.access->read(*from, at);
            ++from;
        }
        return;
    }
    for (std::size_t c = 0; c < of.columns.size(); ++c) {
        const auto& m = of.columns[c];
        void* at = static_cast<char*>(object) + m.offset;
        if (!is_unread(row[c])) m.access->read(row[c], at);
        else if (m.access->can_be_unloaded) deferred_access::unload(at);
    }
}

void complete(instance& i, std::span<const cell> row) {
    arena scratch;
    std::vector<std::pair<std::size_t, cell>> more;
    for (const std::size_t c : i.of->deferred) {
        if (is_unread(row[c]) || !is_unread(column_of(i, c, scratch))) continue;
        set_column(i, c, row[c]);
        more.emplace_back(c, column_of(i, c, scratch));
    }
    if (!more.empty()) i.committed = i.committed.copy(more);
}

void require_loaded(const instance& i) {
    arena scratch;
    for (const std::size_t c : i.of->deferred)
        if (is_unread(column_of(i, c, scratch)))
            throw_error(errc::misuse, fmt::format("{} of {} has no value: it is a copy of one that was not loaded; touch it before it is "
                                                  "copied, or give it a value",
                                                  i.of->columns[c].member, describe_object(i)));
}

void deferred_base::load() const {
    const char* self = static_cast<const char*>(static_cast<const void*>(this));
    if (!owner_)
        throw_error(errc::misuse,
                    "a deferred member was copied before it was loaded, and nobody knows its value: touch it in the object first");
    const auto& columns = owner_->of->columns;
    const auto at = std::ranges::find(columns, self - static_cast<const char*>(owner_->object), &class_column::offset);
    const auto column = static_cast<std::size_t>(at - columns.begin());
    session_core* session = session_of(*owner_);
    if (!session || owner_->state != object_state::persistent)
        throw_error(errc::misuse, fmt::format("{} of {} has not been loaded, and there is no session to load it: say undefer<{}> in the "
                                              "query, or touch it before the session ends",
                                              at->member, describe_object(*owner_), at->member));
    const session_core::entered call{*session};
    session->load_deferred(*owner_, column);
}

}  // namespace azoth::orm::detail
