// The compiled core of <azoth/sql/functions_numbers.hpp> and <azoth/sql/functions_text.hpp>.
#include <azoth/base/error.hpp>
#include <azoth/base/utf8.hpp>
#include <azoth/sql/functions.hpp>
#include <azoth/sql/nodes/operators.hpp>

#include <fmt/format.h>

#include <limits>

namespace azoth::detail {

namespace {

constexpr int most_digits = 30;  // behind the point, on MySQL and MariaDB

/// Counts are 32-bit integers: PostgreSQL's functions of text take no wider ones.
node_ptr count_bind(std::int64_t count, std::int64_t least, std::string_view what) {
    if (count < least || count > std::numeric_limits<std::int32_t>::max())
        throw_error(errc::invalid_argument, fmt::format("{} of a text cannot be {}: it is {} or more", what, count, least));
    return make_bind(value{static_cast<std::int32_t>(count)}, nullptr);
}

void check_constant(const node_ptr& n, std::int64_t least, std::string_view what) {
    const auto* bind = node_cast<bind_node>(n);
    if (!bind || !bind->name.empty() || bind->content.is_null()) return;
    static_cast<void>(count_bind(bind->content.as<std::int64_t>(), least, what));
}

}  // namespace

node_ptr make_rounding(operation op, const node_ptr& operand, int digits) {
    if (digits < 0 || digits > most_digits)
        throw_error(errc::invalid_argument,
                    fmt::format("numbers are rounded to 0 to {} digits behind the point, not to {}", most_digits, digits));
    return make_operation(op, {operand}, type_of(*operand), static_cast<std::uint32_t>(digits));
}

node_ptr make_call(std::string_view name, std::vector<node_ptr> arguments, type t) {
    return make_node<const function_node>(std::string{name}, std::move(arguments), std::move(t));
}

node_ptr make_concat(const std::vector<node_ptr>& parts) {
    node_ptr whole = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) whole = make_binary(binary_operator::concat, whole, parts[i]);
    return whole;
}

node_ptr make_trim(operation op, const node_ptr& operand, std::string_view characters) {
    if (characters.empty() || !is_valid_utf8(characters))
        throw_error(errc::invalid_argument, "the characters to trim are none, or no UTF-8");
    return make_operation(op, {operand, make_literal(value{characters})}, type_kind::text);
}

node_ptr make_substring(const node_ptr& operand, const node_ptr& start, const node_ptr& length) {
    check_constant(start, 1, "the start");
    std::vector<node_ptr> arguments{operand, start};
    if (length) {
        check_constant(length, 0, "the length");
        arguments.push_back(length);
    }
    return make_operation(operation::substring, std::move(arguments), type_kind::text);
}

node_ptr make_counted(operation op, const node_ptr& operand, std::int64_t count) {
    return make_operation(op, {operand, count_bind(count, 0, "the length")}, type_kind::text);
}

node_ptr make_pad(operation op, const node_ptr& operand, std::int64_t length, std::string_view fill) {
    if (fill.empty()) throw_error(errc::invalid_argument, "a text cannot be filled up with nothing");
    return make_operation(op, {operand, count_bind(length, 0, "the length"), make_bind(value{fill}, operand.get())}, type_kind::text);
}

node_ptr make_count(std::int64_t count) {
    constexpr auto most = std::numeric_limits<std::int32_t>::max();
    if (count < -most || count > most) throw_error(errc::invalid_argument, fmt::format("no text has a character {}", count));
    return make_bind(value{static_cast<std::int32_t>(count)}, nullptr);
}

}  // namespace azoth::detail
