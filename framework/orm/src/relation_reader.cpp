#include "relation_reader.hpp"

#include "class_keys.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace azoth::orm::detail {
namespace {

[[noreturn]] void fail(const relation_info& r, const std::string& what) { throw_error(errc::mapping, fmt::format("{}: {}", r.name, what)); }

/// The keys that rows of one class have to rows of another one.
std::vector<std::vector<column_pair>> keys_between(const entity_class& from, const entity_class& to) {
    std::vector<std::vector<column_pair>> keys;
    for (const row_key& key : keys_of_rows(from)) {
        const auto referred = referred_columns(*key.key, to);
        if (referred.empty()) continue;
        auto& pairs = keys.emplace_back();
        for (std::size_t i = 0; i < referred.size(); ++i) pairs.push_back({key.columns[i], referred[i]});
    }
    return keys;
}

/// The relations that mappings say of a class, those of the class that it inherits first.
std::vector<std::pair<const entity_class*, const relation_slot*>> slots_of(const entity_class& of) {
    std::vector<std::pair<const entity_class*, const relation_slot*>> all;
    if (of.base) all = slots_of(*of.base);
    for (const auto& slot : of.table->relations) all.emplace_back(&of, &slot);
    return all;
}

bool declares(const entity_class& of, std::string_view struct_name) {
    for (const entity_class* at = &of; at; at = at->base)
        if (at->name() == struct_name) return true;
    return false;
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
        r_.owner = &of;
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
    [[nodiscard]] const entity_class& theirs() const noexcept { return *r_.target; }
    [[nodiscard]] static const relation_description& said_of(const relation_slot& slot) noexcept {
        return static_cast<const relation_description&>(*slot.description);
    }

    /// The other side: the one that we name, or the one that names us.
    void find_back() {
        const auto slots = slots_of(theirs());
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const relation_slot& slot = *slots[i].second;
            const auto& other = said_of(slot);
            const bool is_named = !said().back.empty() && said().back.front().offset == slot.offset;
            const bool names_us = !other.back.empty() && &other.target() == &of_ && other.back.front().offset == r_.offset;
            if (!is_named && !(said().back.empty() && names_us)) continue;
            if (&other.target() != &of_)
                fail(r_, fmt::format("back_populates names {}, which leads to {}", slot.member, other.target().name()));
            if (slots[i].first != &theirs())
                fail(r_, fmt::format("back_populates names {}, which is of {}, and the relation leads to {}: let it lead to {}",
                                     slot.member, slots[i].first->name(), theirs().name(), slots[i].first->name()));
            r_.back_index = static_cast<int>(i);
            back_ = &other;
        }
        if (!said().back.empty() && r_.back_index < 0)
            fail(r_, fmt::format("back_populates names {}, which is no relation of {}: add .relation<{}>() to its mapping",
                                 said().back.front().spelled, theirs().name(), said().back.front().spelled));
    }
    [[nodiscard]] const relation_description* back_said() const noexcept { return back_; }

    [[nodiscard]] std::vector<std::size_t> columns_of(const std::vector<member_name>& members, const entity_class& in) const {
        std::vector<std::size_t> columns;
        for (const auto& m : members) {
            if (!m.access) fail(r_, fmt::format("{} is no column", m.spelled));
            columns.push_back(in.index_of(m));
            check_member(m, in.columns[columns.back()].member, in.name());
        }
        return columns;
    }
    [[nodiscard]] std::vector<std::size_t> columns_of(const std::vector<member_name>& members, const entity_info& in) const {
        std::vector<std::size_t> columns;
        for (const auto& m : members) {
            if (!m.access) fail(r_, fmt::format("{} is no column", m.spelled));
            columns.push_back(in.index_of(m.offset, *m.access, m.spelled));
            check_member(m, in.members[columns.back()].name, in.struct_name);
        }
        return columns;
    }
    void check_member(const member_name& m, std::string_view known, std::string_view of) const {
        if (m.owner != of && known != m.spelled) fail(r_, fmt::format("{} is no member of {}, whose columns are meant", m.spelled, of));
    }

    void read_key();
    void read_association(const relation_description& by, bool is_turned);
    void read_condition();
    void choose(std::vector<std::vector<column_pair>> keys, const std::vector<std::size_t>& by, const entity_class& referring);

    const entity_class& of_;
    relation_info r_{};
    const relation_description* back_{};
};

/// The one key that is meant; `referring` is the table whose columns `by` names.
void relation_reader::choose(std::vector<std::vector<column_pair>> keys, const std::vector<std::size_t>& by,
                             const entity_class& referring) {
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
        fail(r_, fmt::format("\"{}\" has {} foreign keys to choose from: say which with by<&{}::...>", referring.table->table->name,
                             keys.size(), referring.name()));
    r_.columns = std::move(keys.front());
    r_.is_required = std::ranges::none_of(
        r_.columns, [&](const column_pair& p) { return referring.columns[to_parent ? p.own : p.other].spec->nullable; });
}

void relation_reader::read_key() {
    std::vector<member_name> said_by = said().by;
    if (said_by.empty() && back_said()) said_by = back_said()->by;
    auto up = r_.is_many ? std::vector<std::vector<column_pair>>{} : keys_between(of_, theirs());
    const bool is_back_to_parent =
        back_said() && !r_.is_many && !back_said()->is_many && !said_by.empty() && declares(theirs(), said_by.front().owner);
    const bool by_ours = !said_by.empty() && !r_.is_many && declares(of_, said_by.front().owner) && !is_back_to_parent;
    const bool to_parent = said_by.empty() ? !up.empty() : by_ours;
    r_.direction = to_parent ? relation_direction::to_parent : relation_direction::to_children;
    auto keys = std::move(up);
    if (!to_parent) {
        keys = keys_between(theirs(), of_);
        for (auto& pairs : keys) pairs = turned(std::move(pairs));
    }
    const entity_class& referring = to_parent ? of_ : theirs();
    if (keys.empty() && said_by.empty())
        fail(r_,
             fmt::format("no foreign key leads {} \"{}\" {} \"{}\": add references<&{}::...> to a column, or say the columns with by<...>",
                         r_.is_many ? "from" : "between", theirs().table->table->name, r_.is_many ? "to" : "and", of_.table->table->name,
                         r_.is_many ? of_.name() : theirs().name()));
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
