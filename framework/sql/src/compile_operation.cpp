// Operations as the standard writes them; each dialect replaces what it says otherwise.
#include "ansi_rules.hpp"

#include <azoth/sql/call_rules.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace azoth {
namespace {

constexpr auto names = [] {
    std::array<std::string_view, static_cast<std::size_t>(operation::count)> all{};
    using o = operation;
    const auto name = [&](o op, std::string_view as) { all[static_cast<std::size_t>(op)] = as; };
    name(o::floor_divide, "floor division");
    name(o::bit_and, "bitwise AND");
    name(o::bit_or, "bitwise OR");
    name(o::bit_xor, "bitwise XOR");
    name(o::bit_not, "bitwise NOT");
    name(o::shift_left, "a left shift");
    name(o::shift_right, "a right shift");
    name(o::round, "round");
    name(o::truncate, "truncate");
    name(o::power, "power");
    name(o::logarithm, "a logarithm");
    name(o::greatest, "greatest");
    name(o::least, "least");
    name(o::random, "random");
    name(o::ilike, "ILIKE");
    name(o::not_ilike, "NOT ILIKE");
    name(o::regexp_match, "regexp_match");
    name(o::not_regexp_match, "not_regexp_match");
    name(o::regexp_replace, "regexp_replace");
    name(o::position, "position");
    name(o::substring, "substring");
    name(o::trim, "trim");
    name(o::trim_leading, "ltrim");
    name(o::trim_trailing, "rtrim");
    name(o::left, "left");
    name(o::right, "right");
    name(o::pad_left, "lpad");
    name(o::pad_right, "rpad");
    name(o::repeat, "repeat");
    name(o::reverse, "reverse");
    name(o::extract, "extract");
    name(o::truncate_moment, "date_trunc");
    name(o::add_interval, "adding an interval");
    name(o::subtract_interval, "subtracting an interval");
    name(o::difference, "the difference of two moments");
    name(o::current_date, "current_date");
    name(o::current_time, "current_time");
    name(o::current_timestamp, "current_timestamp");
    name(o::local_timestamp, "local_timestamp");
    name(o::json_get, "a JSON path");
    name(o::json_get_text, "a JSON path as text");
    name(o::json_has_key, "json_has_key");
    name(o::json_contains, "json_contains");
    name(o::json_length, "json_length");
    name(o::json_kind, "json_kind");
    name(o::json_object, "json_object");
    name(o::json_array, "json_array");
    name(o::json_set, "json_set");
    name(o::json_remove, "json_remove");
    name(o::array_element, "an array's element");
    name(o::array_slice, "an array's slice");
    name(o::array_length, "array_length");
    name(o::array_contains, "array_contains");
    name(o::array_contains_all, "array_contains_all");
    name(o::array_overlaps, "array_overlaps");
    name(o::array_append, "array_append");
    name(o::array_concat, "array_concat");
    name(o::array_position, "array_position");
    name(o::array_remove, "array_remove");
    name(o::ceiling, "ceil");
    name(o::floor, "floor");
    name(o::sign, "sign");
    name(o::square_root, "sqrt");
    name(o::exponential, "exp");
    name(o::like_escape, "LIKE with an escape");
    name(o::not_like_escape, "NOT LIKE with an escape");
    name(o::starts_with, "starts_with");
    name(o::ends_with, "ends_with");
    name(o::contains, "contains");
    name(o::octet_length, "octet_length");
    name(o::code_point, "code_point");
    name(o::character, "character");
    name(o::concat_ws, "concat_ws");
    name(o::array_of_one, "an array of one element");
    return all;
}();

/// What some databases lack as a whole.
void require_operation(const compiler& out, const operation_node& n) {
    using o = operation;
    struct need {
        operation of;
        bool capabilities::*claim;
        std::string_view what;
    };
    static constexpr need needs[]{
        {o::regexp_match, &capabilities::regular_expressions, "a regular expression"},
        {o::not_regexp_match, &capabilities::regular_expressions, "a regular expression"},
        {o::regexp_replace, &capabilities::regular_expressions, "a regular expression"},
        {o::code_point, &capabilities::code_points, "code_point() and character()"},
        {o::character, &capabilities::code_points, "code_point() and character()"},
        {o::array_element, &capabilities::array_elements, "an array's elements and length"},
        {o::array_length, &capabilities::array_elements, "an array's elements and length"},
        {o::array_append, &capabilities::array_elements, "an array's elements and length"},
        {o::array_concat, &capabilities::array_elements, "an array's elements and length"},
    };
    if (const auto* found = std::ranges::find(needs, n.op, &need::of); found != std::end(needs))
        out.require(out.can().*found->claim, found->what, "compute it in the program");
    if (n.op != o::trim && n.op != o::trim_leading && n.op != o::trim_trailing) return;
    const auto* set = node_cast<literal_node>(n.arguments[1]);
    const bool is_one = set && set->content.view().tag == cell_tag::text && set->content.view().chars.size == 1;
    out.require(is_one || out.can().trim_sets, "to trim any of several characters", "trim one character");
}

void write_operation(compiler& out, const operation_node& n) {
    require_operation(out, n);
    const operation_rule rule = out.rules().find(n.op);
    const std::string_view function = out.rules().function_of(n.op);
    if (!rule && function.find_first_of("{(") != std::string_view::npos) return write_pattern(out, n, function);
    if (!rule && !function.empty()) {
        out << function << "(";
        out.list(n.arguments) << ")";
        return;
    }
    if (!rule)
        throw_error(errc::not_supported, fmt::format("the {} dialect has no way to write {}", out.server().dialect, operation_name(n.op)));
    rule(out, n);
}

}  // namespace

void write_pattern(compiler& out, const operation_node& n, std::string_view pattern) {
    constexpr int above_any_operator = 10;  // what stands in a pattern has parentheses where it is more than a value or a call
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{')) {
        out << pattern.substr(0, open);
        const char which = pattern.at(open + 1);
        if (which == 'n') out << fmt::format("{}", n.option);
        else out.operand(*n.arguments.at(static_cast<std::size_t>(which - '0')), above_any_operator);
        pattern.remove_prefix(open + 3);
    }
    out << pattern;
}

std::string_view operation_name(operation op) noexcept {
    const auto at = static_cast<std::size_t>(op);
    return at < names.size() ? names[at] : std::string_view{"an operation of a newer version"};
}

namespace detail {

void set_operation_rules(rule_table& r) { r.set<operation_node, &write_operation>(); }

}  // namespace detail
}  // namespace azoth
