// OVER, the windows that a query names, and their frames.
#include "ansi_rules.hpp"
#include "compile_scope.hpp"

#include <azoth/sql/call_rules.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth {
namespace {

using frames = window_node::frames;

const node* without_order(const node& term) {
    if (const auto* order = node_cast<order_node>(&term)) return without_order(*order->operand);
    if (const auto* label = node_cast<label_node>(&term)) return without_order(*label->operand);
    return &term;
}

const window_node& window_named(const compiler::scope& scope, std::string_view name) {
    if (scope.query)
        for (const auto& w : scope.query->windows)
            if (w.name == name) return static_cast<const window_node&>(*w.window);
    throw_error(errc::statement, fmt::format("the query has no window \"{}\": define it with window(\"{}\", ...)", name, name));
}

bool has_distance(const window_node& n) { return n.frame == frames::range && (n.from.offset || n.to.offset); }

bool is_duration(const window_node& n) {
    const auto is = [](const frame_bound& b) { return b.offset && type_of(*b.offset).kind == type_kind::interval; };
    return is(n.from) || is(n.to);
}

bool is_moment(type_kind kind) {
    switch (kind) {
        case type_kind::date:
        case type_kind::time:
        case type_kind::timestamp:
        case type_kind::timestamp_tz:
        case type_kind::interval:
        case type_kind::unknown: return true;
        default: return false;
    }
}

/// The one expression by whose values a RANGE frame reaches.
const node& key_of(compiler& out, const window_node& n) {
    const auto& order = n.order.empty() && !n.base.empty() ? window_named(out.current_scope(), n.base).order : n.order;
    if (order.size() != 1)
        throw_error(errc::statement,
                    "a RANGE frame with a distance needs a window that is ordered by one expression: its values are compared");
    const node& key = *without_order(*order.front());
    const type t = type_of(key);
    if (is_duration(n) ? !is_moment(t.kind) : t.kind != type_kind::unknown && family_of(t.kind) != type_family::number)
        throw_error(errc::statement, fmt::format("a RANGE frame reaches as far as a {}, but its window is ordered by values of the type {}",
                                                 is_duration(n) ? "duration" : "number", to_string(t)));
    if (t.kind == type_kind::numeric || t.kind == type_kind::unsigned_big_integer)
        out.require(out.can().decimal_range_frames, "a RANGE frame over decimals", "order it by an integer or a double");
    return key;
}

/// A distance in the type of what it is added to.
void write_distance(compiler& out, const literal_node& distance, const type& key) {
    arena scratch;
    const cell c = distance.content.view();
    if (distance.type.kind == type_kind::interval) {
        if (out.rules().moment_number) out << fmt::format("{}", convert(c, cell_tag::i64, scratch).i64);
        else out.literal(c, distance.type);
    } else if (is_integer(key.kind)) {
        if (c.tag != cell_tag::i64) throw_error(errc::statement, "a RANGE frame over integers reaches as far as a whole number");
        out << fmt::format("{}", c.i64);
    } else if (key.kind == type_kind::double_ || key.kind == type_kind::real) {
        out.literal(cell::real(distance.content.as<double>()), type_kind::double_);
    } else {
        out.literal(c, distance.type);
    }
}

void write_bound(compiler& out, const frame_bound& bound, const node* key) {
    using kinds = frame_bound::kinds;
    const auto write_offset = [&] {
        if (bound.offset) write_distance(out, static_cast<const literal_node&>(*bound.offset), type_of(*key));
        else out << fmt::format("{}", bound.rows);
    };
    switch (bound.kind) {
        case kinds::unbounded_preceding: out << "UNBOUNDED PRECEDING"; return;
        case kinds::preceding: write_offset(), out << " PRECEDING"; return;
        case kinds::current_row: out << "CURRENT ROW"; return;
        case kinds::following: write_offset(), out << " FOLLOWING"; return;
        case kinds::unbounded_following: out << "UNBOUNDED FOLLOWING"; return;
    }
}

void write_frame(compiler& out, const window_node& n, const node* key) {
    static constexpr std::array<std::string_view, 4> words{"", "ROWS", "RANGE", "GROUPS"};
    static constexpr std::array<std::string_view, 4> exclusions{"", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES"};
    out.require(out.can().window_frames, "a frame of a window (ROWS, RANGE)", "leave it out, or join the rows with those around them");
    if (n.frame == frames::groups) out.require(out.can().group_frames, "a GROUPS frame");
    if (n.exclusion != frame_exclusion::none) out.require(out.can().frame_exclusion, "EXCLUDE in a window's frame");
    out << words[static_cast<std::size_t>(n.frame)] << " BETWEEN ";
    write_bound(out, n.from, key);
    out << " AND ";
    write_bound(out, n.to, key);
    out << exclusions[static_cast<std::size_t>(n.exclusion)];
}

/// A RANGE frame's order, where dates and times have to become numbers for its distances.
void write_moment_order(compiler& out, const window_node& n, const node& key) {
    if (n.order.empty())
        throw_error(errc::not_supported,
                    fmt::format("{} cannot add a frame of a duration to the window \"{}\": say the order with the frame",
                                out.server().server, n.base));
    out.rules().moment_number(out, key);
    const auto* order = node_cast<order_node>(n.order.front());
    if (order && order->descending) out << " DESC";
    if (order) detail::write_nulls_order(out, *order);
}

void check_base(compiler& out, const window_node& n) {
    if (n.base.empty()) return;
    const window_node& base = window_named(out.current_scope(), n.base);
    if (!n.partition.empty())
        throw_error(errc::statement, fmt::format("the window \"{}\" has its partitions: what refines it cannot have others", n.base));
    const bool is_refined = !n.order.empty() || n.frame != frames::none;
    if ((is_refined && base.frame != frames::none) || (!n.order.empty() && !base.order.empty()))
        throw_error(errc::statement, fmt::format("the window \"{}\" has that already: only what it does not say can be added", n.base));
}

/// An explicit place of NULLs takes a key of its own where ORDER BY knows no NULLS FIRST; RANGE frames with distances have one key.
void refuse_moved_nulls(const compiler& out, const window_node& n) {
    const auto* order = n.order.empty() ? nullptr : node_cast<order_node>(n.order.front());
    if (order && detail::moves_nulls(out, *order))
        out.require(false, "NULLS FIRST / NULLS LAST in the window of a RANGE frame", "leave out the rows with NULL");
}

/// What stands between a window's parentheses.
void write_specification(compiler& out, const window_node& n) {
    check_base(out, n);
    const node* key = has_distance(n) ? &key_of(out, n) : nullptr;
    std::string_view blank;
    if (!n.base.empty()) {
        out.identifier(n.base);
        blank = " ";
    }
    if (!n.partition.empty()) {
        out << "PARTITION BY ";
        out.list(n.partition);
        blank = " ";
    }
    if (key) refuse_moved_nulls(out, n);
    if (key && is_duration(n) && out.rules().moment_number) {
        out << blank << "ORDER BY ";
        write_moment_order(out, n, *key);
        blank = " ";
    } else if (!n.order.empty()) {
        out << blank << "ORDER BY ";
        write_order_terms(out, n.order);
        blank = " ";
    }
    if (n.frame == frames::none) return;
    out << blank;
    write_frame(out, n, key);
}

void write_window(compiler& out, const window_node& n) {
    out.require(out.can().windows, "a window function (OVER)");
    out.windowed(n);
}

}  // namespace

namespace detail {

void write_over(compiler& out, const window_node& n) {
    const bool is_name = !n.base.empty() && n.partition.empty() && n.order.empty() && n.frame == frames::none;
    if (is_name) {
        check_base(out, n);
        out << " OVER ";
        out.identifier(n.base);
        return;
    }
    out << " OVER (";
    write_specification(out, n);
    out << ")";
}

void write_windows(compiler& out, const select_node& n) {
    std::string_view before = " WINDOW ";
    for (const auto& w : n.windows) {
        if (std::count_if(n.windows.begin(), n.windows.end(), [&](const named_window& o) { return o.name == w.name; }) != 1)
            throw_error(errc::statement, fmt::format("the query has two windows \"{}\"", w.name));
        out.require(out.can().windows && out.can().named_windows, "WINDOW", "give each function its window with over()");
        out << before;
        before = ", ";
        out.identifier(w.name) << " AS (";
        write_specification(out, static_cast<const window_node&>(*w.window));
        out << ")";
    }
}

void set_window_rules(rule_table& r) { r.set<window_node, &write_window>(); }

}  // namespace detail
}  // namespace azoth
