// The compiled core of <azoth/sql/windows.hpp>.
#include <azoth/base/error.hpp>
#include <azoth/sql/windows.hpp>

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace azoth {
namespace {

using kinds = frame_bound::kinds;

frame_bound bound_at(std::optional<std::int32_t> at, kinds open) {
    if (!at) return {open, 0, {}};
    if (*at == 0) return {kinds::current_row, 0, {}};
    return {*at < 0 ? kinds::preceding : kinds::following, static_cast<std::uint32_t>(std::abs(std::int64_t{*at})), {}};
}

int sign_of(const value& distance) {
    const auto sign = [](auto v) { return v < 0 ? -1 : v > 0 ? 1 : 0; };
    const cell c = distance.view();
    switch (c.tag) {
        case cell_tag::i64: return sign(c.i64);
        case cell_tag::u64: return c.u64 == 0 ? 0 : 1;
        case cell_tag::f64: return sign(c.f64);
        default: break;
    }
    if (distance.kind() == type_kind::interval) return sign(distance.as<std::chrono::microseconds>().count());
    const decimal d = distance.as<decimal>();
    return d.is_zero() ? 0 : d.is_negative() ? -1 : 1;
}

value magnitude_of(const value& distance) {
    const cell c = distance.view();
    if (c.tag == cell_tag::f64) return value{std::abs(c.f64)};
    if (distance.kind() == type_kind::interval) return value{std::chrono::abs(distance.as<std::chrono::microseconds>())};
    const decimal d = distance.as<decimal>();
    const decimal magnitude = d.is_negative() ? -d : d;
    return c.tag == cell_tag::decimal ? value{magnitude} : value{magnitude.to_int64()};
}

frame_bound bound_at(const value& distance, kinds open) {
    if (distance.is_null()) return {open, 0, {}};
    if (distance.view().tag == cell_tag::f64 && !std::isfinite(distance.view().f64))
        throw_error(errc::invalid_argument, "a window's frame reaches infinitely far: say std::nullopt");
    const int sign = sign_of(distance);
    if (sign == 0) return {kinds::current_row, 0, {}};
    return {sign < 0 ? kinds::preceding : kinds::following, 0, detail::make_literal(magnitude_of(distance))};
}

double number_of(const value& distance) {
    if (distance.kind() == type_kind::interval) return static_cast<double>(distance.as<std::chrono::microseconds>().count());
    return distance.as<decimal>().to_double();
}

/// Exactly where both are of one kind; as near as a double where a program mixes them.
bool is_after(const value& from, const value& to) {
    if (from.is_null() || to.is_null()) return false;
    const bool is_time = from.kind() == type_kind::interval;
    if (sign_of(from) != 0 && sign_of(to) != 0 && is_time != (to.kind() == type_kind::interval))
        throw_error(errc::invalid_argument, "a window's frame begins at a number and ends at a time, or the other way around");
    const auto as_double = [](const value& v) { return v.view().tag == cell_tag::f64 ? v.view().f64 : number_of(v); };
    return as_double(from) > as_double(to);
}

}  // namespace

window::window() : node_{make_node<window_node>(node_ptr{})} {}
window::window(std::string_view name) : window() {
    if (name.empty()) throw_error(errc::statement, "a window's name is empty");
    node_->base = name;
}

window window::with_partition(std::vector<node_ptr> by) const {
    window w{*this};
    w.node_ = make_node<window_node>(*node_);
    w.node_->partition.insert(w.node_->partition.end(), by.begin(), by.end());
    return w;
}

window window::with_order(std::vector<node_ptr> by) const {
    window w{*this};
    w.node_ = make_node<window_node>(*node_);
    w.node_->order.insert(w.node_->order.end(), by.begin(), by.end());
    return w;
}

window window::counted(window_node::frames frame, std::optional<std::int32_t> from, std::optional<std::int32_t> to) const {
    if (from && to && *from > *to)
        throw_error(errc::invalid_argument, fmt::format("a window's frame from {} to {} ends before it begins", *from, *to));
    window w{*this};
    w.node_ = make_node<window_node>(*node_);
    w.node_->frame = frame;
    w.node_->from = bound_at(from, kinds::unbounded_preceding);
    w.node_->to = bound_at(to, kinds::unbounded_following);
    return w;
}

window window::rows(std::optional<std::int32_t> from, std::optional<std::int32_t> to) const {
    return counted(window_node::frames::rows, from, to);
}
window window::groups(std::optional<std::int32_t> from, std::optional<std::int32_t> to) const {
    return counted(window_node::frames::groups, from, to);
}

window window::range(const frame_distance& from, const frame_distance& to) const {
    if (is_after(from.distance(), to.distance())) throw_error(errc::invalid_argument, "a window's RANGE frame ends before it begins");
    window w{*this};
    w.node_ = make_node<window_node>(*node_);
    w.node_->frame = window_node::frames::range;
    w.node_->from = bound_at(from.distance(), kinds::unbounded_preceding);
    w.node_->to = bound_at(to.distance(), kinds::unbounded_following);
    return w;
}

window window::exclude(frame_exclusion what) const {
    if (node_->frame == window_node::frames::none)
        throw_error(errc::invalid_argument, "exclude() leaves rows out of a frame: say rows(), groups() or range() first");
    window w{*this};
    w.node_ = make_node<window_node>(*node_);
    w.node_->exclusion = what;
    return w;
}

namespace detail {

node_ptr make_window(const node_ptr& function, const window& over) {
    auto n = make_node<window_node>(over.node());
    n->function = function;
    return n;
}

node_ptr make_place(std::int32_t n, std::int32_t least, std::string_view function) {
    if (n < least) throw_error(errc::invalid_argument, fmt::format("{}() of {}: give {} or more", function, n, least));
    return make_bind(value{n}, nullptr);
}

}  // namespace detail
}  // namespace azoth
