#include "relation_reader.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace azoth::orm::detail {
namespace {

using azoth::foreign_key;

[[noreturn]] void fail(const relation_info& r, const std::string& what) { throw_error(errc::mapping, fmt::format("{}: {}", r.name, what)); }

bool leads_to(const foreign_key& key, const table_node& table) {
    return key.referred_table == table.name && key.referred_schema == table.schema;
}

/// The columns of a key of `from`, and those of `to` that they refer to.
std::vector<column_pair> pairs_of(const foreign_key& key, const mapped_table& from, const mapped_table& to) {
    std::vector<column_pair> pairs;
    for (std::size_t i = 0; i < key.columns.size(); ++i)
        pairs.push_back({column_index(from.definition, key.columns[i]), column_index(to.definition, key.referred_columns[i])});
    return pairs;
}

std::vector<column_pair> turned(std::vector<column_pair> pairs) {
    for (auto& p : pairs) std::swap(p.own, p.other);
    return pairs;
}

bool has_columns(const std::vector<column_pair>& pairs, const std::vector<std::size_t>& own) {
    return pairs.size() == own.size() &&
           std::ranges::all_of(own, [&](std::size_t c) { return std::ranges::find(pairs, c, &column_pair::own) != pairs.end(); });
}

class relation_reader {
public:
    relation_reader(const entity_class& of, const relation_slot& slot) : of_{of} {
        const auto& said = static_cast<const relation_description&>(*slot.description);
        r_.name = std::string_view{slot.member}.substr(1);
        r_.offset = slot.offset;
        r_.said = &said;
        r_.is_many = said.is_many;
        try {
            r_.target = &said.target();
        } catch (const error& e) {
            fail(r_, e.message());
        }
    }

    relation_info read() {
        find_back();
        const relation_description* back = back_said();
        if (said().condition) read_condition();
        else if (!said().via.empty()) read_association(said(), false);
        else if (back && !back->via.empty()) read_association(*back, true);
        else read_key();
        return std::move(r_);
    }

private:
    [[nodiscard]] const relation_description& said() const noexcept { return *r_.said; }
    [[nodiscard]] const mapped_table& ours() const noexcept { return *of_.table; }
    [[nodiscard]] const mapped_table& theirs() const noexcept { return *r_.target->table; }
    [[nodiscard]] static const relation_description& said_of(const relation_slot& slot) noexcept {
        return static_cast<const relation_description&>(*slot.description);
    }

    /// The other side: the one that we name, or the one that names us.
    void find_back() {
        const auto& slots = theirs().relations;
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const auto& other = said_of(slots[i]);
            const bool is_named = !said().back.empty() && said().back.front().offset == slots[i].offset;
            const bool names_us = !other.back.empty() && &other.target() == &of_ && other.back.front().offset == r_.offset;
            if (!is_named && !(said().back.empty() && names_us)) continue;
            if (&other.target() != &of_)
                fail(r_, fmt::format("back_populates names {}, which leads to {}", slots[i].member, other.target().name()));
            r_.back_index = static_cast<int>(i);
        }
        if (!said().back.empty() && r_.back_index < 0)
            fail(r_, fmt::format("back_populates names {}, which is no relation of {}: add .relation<{}>() to its mapping",
                                 said().back.front().spelled, r_.target->name(), said().back.front().spelled));
    }
    [[nodiscard]] const relation_description* back_said() const {
        return r_.back_index < 0 ? nullptr : &said_of(theirs().relations[static_cast<std::size_t>(r_.back_index)]);
    }

    [[nodiscard]] std::vector<std::size_t> columns_of(const std::vector<member_name>& members, const entity_info& in) const {
        std::vector<std::size_t> columns;
        for (const auto& m : members) {
            if (!m.access) fail(r_, fmt::format("{} is no column", m.spelled));
            columns.push_back(in.index_of(m.offset, *m.access, m.spelled));
            if (m.owner != in.struct_name && in.members[columns.back()].name != m.spelled)
                fail(r_, fmt::format("{} is no member of {}, whose columns are meant", m.spelled, in.struct_name));
        }
        return columns;
    }

    void read_key();
    void read_association(const relation_description& by, bool is_turned);
    void read_condition();
    [[nodiscard]] std::vector<std::vector<column_pair>> keys_to_parent() const;
    [[nodiscard]] std::vector<std::vector<column_pair>> keys_to_children() const;
    void choose(std::vector<std::vector<column_pair>> keys, const std::vector<std::size_t>& by, const mapped_table& referring);

    const entity_class& of_;
    relation_info r_{};
};

std::vector<std::vector<column_pair>> relation_reader::keys_to_parent() const {
    std::vector<std::vector<column_pair>> keys;
    for (const auto& key : ours().definition.foreign_keys)
        if (leads_to(key, *theirs().table)) keys.push_back(pairs_of(key, ours(), theirs()));
    return keys;
}

std::vector<std::vector<column_pair>> relation_reader::keys_to_children() const {
    std::vector<std::vector<column_pair>> keys;
    for (const auto& key : theirs().definition.foreign_keys)
        if (leads_to(key, *ours().table)) keys.push_back(turned(pairs_of(key, theirs(), ours())));
    return keys;
}

/// The one key that is meant; `referring` is the table whose columns `by` names.
void relation_reader::choose(std::vector<std::vector<column_pair>> keys, const std::vector<std::size_t>& by,
                             const mapped_table& referring) {
    const bool to_parent = r_.direction == relation_direction::to_parent;
    if (!by.empty()) {
        std::erase_if(keys, [&](const auto& k) { return !has_columns(to_parent ? k : turned(k), by); });
        if (keys.empty()) {  // the columns refer without a key in the database: to the whole primary key
            const entity_class& referred = to_parent ? *r_.target : of_;
            if (referred.key.size() != by.size())
                fail(r_,
                     fmt::format("by<...> names {} columns, and the key of {} has {}", by.size(), referred.name(), referred.key.size()));
            auto& pairs = keys.emplace_back();
            for (std::size_t i = 0; i < by.size(); ++i) pairs.push_back({by[i], referred.key[i]});
            if (!to_parent) pairs = turned(std::move(pairs));
        }
    }
    if (keys.size() > 1)
        fail(r_, fmt::format("\"{}\" has {} foreign keys to choose from: say which with by<&{}::...>", referring.table->name, keys.size(),
                             referring.struct_name));
    r_.columns = std::move(keys.front());
    r_.is_required =
        std::ranges::none_of(r_.columns, [&](const column_pair& p) { return referring.spec(to_parent ? p.own : p.other).nullable; });
}

void relation_reader::read_key() {
    std::vector<member_name> said_by = said().by;
    if (said_by.empty() && back_said()) said_by = back_said()->by;
    auto up = r_.is_many ? std::vector<std::vector<column_pair>>{} : keys_to_parent();
    const bool is_back_to_parent =
        back_said() && !r_.is_many && !back_said()->is_many && !said_by.empty() && said_by.front().owner == theirs().struct_name;
    const bool by_ours = !said_by.empty() && !r_.is_many && said_by.front().owner == ours().struct_name && !is_back_to_parent;
    const bool to_parent = said_by.empty() ? !up.empty() : by_ours;
    r_.direction = to_parent ? relation_direction::to_parent : relation_direction::to_children;
    auto keys = to_parent ? std::move(up) : keys_to_children();
    const mapped_table& referring = to_parent ? ours() : theirs();
    if (keys.empty() && said_by.empty())
        fail(r_,
             fmt::format("no foreign key leads {} \"{}\" {} \"{}\": add references<&{}::...> to a column, or say the columns with by<...>",
                         r_.is_many ? "from" : "between", theirs().table->name, r_.is_many ? "to" : "and", ours().table->name,
                         r_.is_many ? ours().struct_name : theirs().struct_name));
    choose(std::move(keys), said_by.empty() ? std::vector<std::size_t>{} : columns_of(said_by, referring), referring);
}

void relation_reader::read_condition() {
    if (said().is_write_only)
        fail(r_, "it goes by a condition and is never written, and so cannot be write_only: query it by the condition");
    if (r_.back_index >= 0) fail(r_, "it goes by a condition, is never written, and so has no other side: leave out back_populates");
    r_.direction = relation_direction::by_condition;
    for (const std::size_t c : of_.key) r_.columns.push_back({c, c});
}

/// `is_turned`: the other side has said by what.
void relation_reader::read_association(const relation_description& by, bool is_turned) {
    const entity_info& between = by.association();
    if (!r_.is_many) fail(r_, "a relation by a table between is a collection: az::orm::many<T>");
    r_.direction = relation_direction::by_table;
    r_.via.table = between.table;
    r_.via.columns = between.columns;
    const std::vector<std::size_t> columns = columns_of(by.via, between);
    const entity_class& first = is_turned ? *r_.target : of_;
    const entity_class& second = is_turned ? of_ : *r_.target;
    if (columns.size() != first.key.size() + second.key.size())
        fail(r_, fmt::format("via<...> names {} columns; the keys of {} and {} have {} and {}", columns.size(), first.name(), second.name(),
                             first.key.size(), second.key.size()));
    auto& to_first = is_turned ? r_.via.other : r_.via.own;
    auto& to_second = is_turned ? r_.via.own : r_.via.other;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool is_first = i < first.key.size();
        const auto& references = between.spec(columns[i]).references;
        const mapped_table& meant = is_first ? *first.table : *second.table;
        if (!references.empty() && std::ranges::none_of(references, [&](const auto& to) { return to.table == meant.table->name; }))
            fail(r_,
                 fmt::format("{} refers to \"{}\", and stands in via<...> where the key of {} is meant: first the members that refer to "
                             "{}, then those that refer to {}",
                             by.via[i].spelled, references.front().table, meant.struct_name, first.name(), second.name()));
        (is_first ? to_first : to_second).push_back({is_first ? first.key[i] : second.key[i - first.key.size()], columns[i]});
    }
}

}  // namespace

relation_info read_relation(const entity_class& of, const relation_slot& slot) { return relation_reader{of, slot}.read(); }

}  // namespace azoth::orm::detail
