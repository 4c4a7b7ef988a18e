#include "losses.hpp"

#include <azoth/schema/ddl_rules.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {
namespace {

constexpr int boundless = 1'000'000;

/// Digits before and behind the point that a number can have.
struct digits {
    int whole{};
    int fraction{};
    bool is_signed{true};
};

digits digits_of(const type& t) {
    switch (t.kind) {
        case type_kind::boolean: return {1, 0};
        case type_kind::small_integer: return {4, 0};
        case type_kind::integer: return {9, 0};
        case type_kind::big_integer: return {18, 0};
        case type_kind::unsigned_small_integer: return {4, 0, false};
        case type_kind::unsigned_integer: return {9, 0, false};
        case type_kind::unsigned_big_integer: return {19, 0, false};
        case type_kind::real: return {38, 7};
        case type_kind::double_: return {308, 15};
        case type_kind::numeric:
            if (t.precision == 0) return {boundless, boundless};
            return {t.precision - t.scale, t.scale};
        default: return {boundless, boundless};
    }
}

/// The most that a value of an integer type may need where it becomes a decimal.
int most_digits(const type& t) { return is_integer(t.kind) ? digits_of(t).whole + 1 : digits_of(t).whole; }

bool is_narrower_number(const type& after, const type& before) {
    const digits a = digits_of(after);
    const digits b = digits_of(before);
    if (is_integer(after.kind) && is_integer(before.kind)) return a.whole < b.whole || (a.is_signed != b.is_signed && a.whole <= b.whole);
    const bool floats = after.kind == type_kind::real || after.kind == type_kind::double_;
    if (floats && is_integer(before.kind)) return b.whole > a.fraction;
    return a.whole < most_digits(before) || a.fraction < b.fraction;
}

std::uint32_t length_of(const type& t) {
    const bool has_length = t.kind == type_kind::string || t.kind == type_kind::binary;
    return has_length && t.length != 0 ? t.length : boundless;
}

bool has_all_labels(const type& after, const type& before) {
    if (before.kind != type_kind::enumeration || !before.rare || !after.rare) return false;
    const auto& labels = after.rare->labels;
    return std::ranges::all_of(before.rare->labels, [&](const auto& l) { return std::ranges::find(labels, l) != labels.end(); });
}

template <class IsMeant>
std::string told_as_lost(const std::vector<reflection_note>& notes, IsMeant is_meant) {
    std::vector<std::string> all;
    for (const auto& n : notes)
        if (!n.stays && is_meant(n)) all.push_back(n.what);
    return all.empty() ? std::string{} : fmt::format("what has not been read is lost: {}", fmt::join(all, "; "));
}

}  // namespace

bool is_narrower(const type& after, const type& before) {
    const type_family now = family_of(after.kind);
    const type_family then = family_of(before.kind);
    if (after.kind == type_kind::enumeration) return !has_all_labels(after, before);
    const bool holds_all = after.kind == type_kind::text && then != type_family::binary;
    if (holds_all) return false;
    if (now == type_family::number && (then == type_family::number || then == type_family::boolean))
        return is_narrower_number(after, before);
    if (now != then) return true;
    return length_of(after) < length_of(before);
}

std::string narrowed_values(const table_difference& d, const altered_column& a) {
    const type& before = d.before->node->columns[column_index(*d.before, a.name)].type;
    const type& after = d.after->node->columns[column_index(*d.after, a.name)].type;
    if (!a.what.type || !is_narrower(after, before)) return {};
    return fmt::format("values of \"{}\" that do not fit the narrower type", a.name);
}

std::string refused_nulls(const table_difference& d, const altered_column& a) {
    if (!a.what.nullability || d.after->node->columns[column_index(*d.after, a.name)].nullable) return {};
    return fmt::format("rows with NULL in \"{}\" make it fail", a.name);
}

std::string forgotten(const std::vector<reflection_note>& notes, const object_name& of) {
    return told_as_lost(notes, [&](const auto& n) { return n.of == of; });
}

std::string forgotten(const std::vector<reflection_note>& notes, const object_name& of, std::string_view part) {
    return told_as_lost(notes, [&](const auto& n) { return n.of == of && !n.part.empty() && n.part == part; });
}

std::string missing_value(const table_definition& t, std::size_t column) {
    const column_spec& spec = t.node->columns[column];
    const column_details& details = t.details[column];
    if (spec.nullable || details.server_default || details.computed || is_numbered(t, column)) return {};
    return fmt::format("rows that are there have no value for \"{}\", which is NOT NULL", spec.name);
}

}  // namespace azoth::detail
