#pragma once

#include <azoth/sql/nodes/expression.hpp>

namespace azoth {

/// What every dialect can say in some way, and each in its own: rules are looked up by these. Only ever added to at the end.
enum class operation : std::uint16_t {
    // numbers
    floor_divide,
    bit_and,
    bit_or,
    bit_xor,
    bit_not,
    shift_left,
    shift_right,
    round,
    truncate,
    power,
    logarithm,
    greatest,
    least,
    random,
    // text
    ilike,
    not_ilike,
    regexp_match,
    not_regexp_match,
    regexp_replace,
    position,
    substring,
    trim,
    trim_leading,
    trim_trailing,
    left,
    right,
    pad_left,
    pad_right,
    repeat,
    reverse,
    // dates and times
    extract,
    truncate_moment,
    add_interval,
    subtract_interval,
    difference,
    current_date,
    current_time,
    current_timestamp,
    local_timestamp,
    // JSON
    json_get,
    json_get_text,
    json_has_key,
    json_contains,
    json_length,
    json_kind,
    json_object,
    json_array,
    json_set,
    json_remove,
    // arrays
    array_element,
    array_slice,
    array_length,
    array_contains,
    array_contains_all,
    array_overlaps,
    array_append,
    array_concat,
    array_position,
    array_remove,
    // more on numbers and text
    ceiling,
    floor,
    sign,
    square_root,
    exponential,
    like_escape,
    not_like_escape,
    starts_with,
    ends_with,
    contains,
    octet_length,
    code_point,
    character,
    concat_ws,
    // more on arrays
    array_of_one,
    count
};

/// An operation with its operands; `option` is what else the operation has to know: a date's part, flags.
class AZOTH_API operation_node final : public node_base<operation_node> {
public:
    static constexpr node_kind static_kind{node_numbers::operation, "operation"};
    operation_node(operation o, std::vector<node_ptr> args, azoth::type t, std::uint32_t opt = 0)
        : op{o}, arguments{std::move(args)}, type{std::move(t)}, option{opt} {}
    auto fields() const { return std::tie(op, arguments, type, option); }

    operation op;
    std::vector<node_ptr> arguments;
    azoth::type type;
    std::uint32_t option;
};

/// What the elements of an array expression are; `unknown` where nothing says.
AZOTH_API type element_type(const node& array);
/// Which operands of an operation on arrays can be NULL, as far as the tree tells: for databases that take no array for an empty one.
AZOTH_API std::vector<node_ptr> nullable_arrays(const operation_node& n);

/// For messages: "regexp_match".
AZOTH_API std::string_view operation_name(operation op) noexcept;

}  // namespace azoth
