// The compiled core of <azoth/sql/moments.hpp>.
#include <azoth/base/error.hpp>
#include <azoth/sql/moments.hpp>
#include <azoth/sql/nodes/operation.hpp>

#include <fmt/format.h>

#include <limits>

namespace azoth::detail {

node_ptr make_extract(const node_ptr& from, date_part part) {
    return make_operation(operation::extract, {from}, type_kind::big_integer, static_cast<std::uint32_t>(part));
}

node_ptr make_truncated(const node_ptr& moment, date_part to) {
    return make_operation(operation::truncate_moment, {moment}, type_of(*moment), static_cast<std::uint32_t>(to));
}

node_ptr make_now(operation op, type_kind kind) { return make_operation(op, {}, kind); }

node_ptr make_shifted(operation op, const node_ptr& moment, interval_unit unit, const node_ptr& count) {
    const type_kind kind = type_of(*count).kind;
    const bool is_wide = unit != interval_unit::microsecond && kind != type_kind::integer && kind != type_kind::small_integer;
    const node_ptr by = is_wide ? make_cast(count, type_kind::integer) : count;
    return make_operation(op, {moment, by}, type_of(*moment), static_cast<std::uint32_t>(unit));
}

node_ptr make_shifted(operation op, const node_ptr& moment, interval_unit unit, std::int64_t count) {
    constexpr auto most = std::numeric_limits<std::int32_t>::max();
    if (count > most || count < -most)
        throw_error(errc::value_range, fmt::format("a moment cannot be moved by {} {}s: databases keep the years 1 to 9999", count,
                                                   unit == interval_unit::day ? "day" : "month"));
    return make_shifted(op, moment, unit, make_bind(value{static_cast<std::int32_t>(count)}, nullptr));
}

node_ptr make_difference(const node_ptr& later, const node_ptr& earlier) {
    const bool counts_days = type_of(*later).kind == type_kind::date;
    return make_operation(operation::difference, {later, earlier}, counts_days ? type_kind::big_integer : type_kind::interval);
}

}  // namespace azoth::detail
