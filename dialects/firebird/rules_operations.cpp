// Functions and operators that Firebird has under another name, or in other words.
#include "rules.hpp"

#include <fmt/format.h>

namespace azoth::firebird {
namespace {

using o = operation;

void write_substring(compiler& out, const operation_node& n) {
    out << "SUBSTRING(" << n.arguments[0] << " FROM " << n.arguments[1];
    if (n.arguments.size() > 2) out << " FOR " << n.arguments[2];
    out << ")";
}

void write_position(compiler& out, const operation_node& n) { out << "POSITION(" << n.arguments[0] << ", " << n.arguments[1] << ")"; }

/// Extracts one part, as Firebird calls it, with what stands around it.
struct part_words {
    std::string_view before;
    std::string_view behind;
};

part_words words_of(date_part part) {
    switch (part) {
        case date_part::year: return {"EXTRACT(YEAR FROM ", ")"};
        case date_part::quarter: return {"((EXTRACT(MONTH FROM ", ") + 2) / 3)"};
        case date_part::month: return {"EXTRACT(MONTH FROM ", ")"};
        case date_part::week: return {"EXTRACT(WEEK FROM ", ")"};
        case date_part::day: return {"EXTRACT(DAY FROM ", ")"};
        case date_part::day_of_week: return {"(MOD(EXTRACT(WEEKDAY FROM ", ") + 6, 7) + 1)"};
        case date_part::day_of_year: return {"(EXTRACT(YEARDAY FROM ", ") + 1)"};
        case date_part::hour: return {"EXTRACT(HOUR FROM ", ")"};
        case date_part::minute: return {"EXTRACT(MINUTE FROM ", ")"};
        case date_part::second: return {"CAST(TRUNC(EXTRACT(SECOND FROM ", ")) AS INTEGER)"};
        case date_part::microsecond: return {"CAST(MOD(CAST(EXTRACT(SECOND FROM ", ") * 1000000 AS BIGINT), 1000000) AS INTEGER)"};
        case date_part::epoch: return {"CAST(FLOOR(DATEDIFF(MILLISECOND FROM TIMESTAMP '1970-01-01 00:00:00' TO ", ") / 1000) AS BIGINT)"};
        case date_part::week_year: break;
    }
    return {};
}

void write_extract(compiler& out, const operation_node& n) {
    const auto part = static_cast<date_part>(n.option);
    const part_words words = words_of(part);
    const bool has_bind = node_cast<bind_node>(n.arguments.front()) != nullptr;
    out.require(!words.before.empty(), "the year of a week", "extract year and week");
    out << words.before;
    if (part == date_part::epoch && type_of(*n.arguments.front()).kind == type_kind::date && !has_bind)
        out << "CAST(" << n.arguments.front() << " AS TIMESTAMP)";
    else out << n.arguments.front();
    out << words.behind;
}

/// Whole units since a Monday long ago, added to it again.
void write_truncated(compiler& out, const operation_node& n) {
    const auto part = static_cast<date_part>(n.option);
    const bool is_date = type_of(*n.arguments.front()).kind == type_kind::date;
    const std::string_view start = is_date ? "DATE '0001-01-01'" : "TIMESTAMP '0001-01-01 00:00:00'";
    std::string_view unit;
    int many = 1;
    switch (part) {
        case date_part::year: unit = "YEAR"; break;
        case date_part::quarter: unit = "MONTH", many = 3; break;
        case date_part::month: unit = "MONTH"; break;
        case date_part::week: unit = "DAY", many = 7; break;
        case date_part::day: unit = "DAY"; break;
        case date_part::hour: unit = "HOUR"; break;
        case date_part::minute: unit = "MINUTE"; break;
        case date_part::second: unit = "SECOND"; break;
        default: out.require(false, "truncating a moment to that part"); unit = "DAY";
    }
    out << fmt::format("DATEADD({0}, DATEDIFF({0} FROM {1} TO ", unit, start) << n.arguments.front();
    out << fmt::format(") / {0} * {0}, {1})", many, start);
}

void write_shifted(compiler& out, const operation_node& n) {
    const bool is_date = type_of(*n.arguments[0]).kind == type_kind::date;
    out << "DATEADD(MILLISECOND, " << (n.op == o::subtract_interval ? "-" : "") << "CAST(" << n.arguments[1]
        << " AS NUMERIC(18, 1)) / 1000, ";
    if (is_date) out << "CAST(" << n.arguments[0] << " AS TIMESTAMP))";
    else out << n.arguments[0] << ")";
}

void write_difference(compiler& out, const operation_node& n) {
    if (type_of(*n.arguments[0]).kind == type_kind::date) {
        out << "CAST(" << n.arguments[0] << " - " << n.arguments[1] << " AS INTEGER)";
        return;
    }
    out << "CAST(DATEDIFF(MILLISECOND FROM " << n.arguments[1] << " TO " << n.arguments[0] << ") * 1000 AS BIGINT)";
}

/// A count behind the parentheses: LPAD's and REPEAT's.
void write_repeat(compiler& out, const operation_node& n) {
    out << "REPLACE(LPAD('', " << n.arguments[1] << ", '#'), '#', " << n.arguments[0] << ")";
}

void write_floor_divided(compiler& out, const operation_node& n) {
    out << "FLOOR(CAST(" << n.arguments[0] << " AS DOUBLE PRECISION) / " << n.arguments[1] << ")";
}

template <const char* Word>
void write_word(compiler& out, const operation_node&) {
    out << Word;
}
constexpr char today[] = "CURRENT_DATE", now[] = "CURRENT_TIME", moment[] = "LOCALTIMESTAMP";

/// A value with a number of digits; a cast that says none takes a decimal as it is.
void write_cast(compiler& out, const cast_node& n) {
    const type from = type_of(*n.operand);
    if (n.type.kind == type_kind::numeric && n.type.precision == 0) {
        if (from.kind == type_kind::numeric) out.operand(*n.operand, 10);
        else if (is_integer(from.kind)) out << "CAST(" << n.operand << " AS BIGINT)";
        else out << "CAST(" << n.operand << " AS NUMERIC(18, 9))";
        return;
    }
    if (n.type.kind == type_kind::boolean && is_integer(from.kind)) {
        out << "(" << n.operand << " <> 0)";
        return;
    }
    if (is_integer(n.type.kind) && from.kind == type_kind::boolean) {
        out << "DECODE(" << n.operand << ", TRUE, 1, FALSE, 0)";
        return;
    }
    if (n.type.kind == type_kind::uuid && family_of(from.kind) == type_family::text) {
        out << "CHAR_TO_UUID(" << n.operand << ")";
        return;
    }
    if (family_of(n.type.kind) == type_family::text && from.kind == type_kind::uuid) {
        out << "LOWER(UUID_TO_CHAR(" << n.operand << "))";
        return;
    }
    out << "CAST(" << n.operand << " AS ";
    // A text of the query's own is no BLOB: those are not sorted, nor taken once.
    if (family_of(n.type.kind) == type_family::text && n.type.length == 0) out << "VARCHAR(8191)";
    else out.type_name(n.type);
    out << ")";
}

/// Firebird has no rows as values: equal ones are those whose values are equal.
bool write_equal_tuples(compiler& out, const binary_node& n) {
    const auto* left = node_cast<tuple_node>(n.left);
    const auto* right = node_cast<tuple_node>(n.right);
    const bool equal = n.op == binary_operator::equal;
    if (!left || !right || (!equal && n.op != binary_operator::not_equal)) return false;
    for (std::size_t i = 0; i < left->elements.size(); ++i) {
        out << (i == 0 ? "(" : equal ? " AND " : " OR ");
        out << *make_node<const binary_node>(n.op, left->elements[i], right->elements[i]);
    }
    out << ")";
    return true;
}

/// Of bytes Firebird takes x'00' for x'', as if zeros were blanks: a byte behind both tells them apart.
bool write_equal_bytes(compiler& out, const binary_node& n) {
    const bool is_equality = n.op == binary_operator::equal || n.op == binary_operator::not_equal;
    const bool has_bytes = type_of(*n.left).kind == type_kind::binary && type_of(*n.right).kind == type_kind::binary;
    if (!is_equality || !has_bytes) return false;
    out << "(";
    out.operand(*n.left, 10) << (n.op == binary_operator::equal ? " || X'01') = (" : " || X'01') <> (");
    out.operand(*n.right, 10) << " || X'01')";
    return true;
}

void write_binary(compiler& out, const binary_node& n) {
    if (write_equal_bytes(out, n)) return;
    if (write_equal_tuples(out, n)) return;
    if (n.op == binary_operator::modulo) out << "MOD(" << n.left << ", " << n.right << ")";
    else ansi_rules().find(binary_node::static_kind)(out, n);
}

void write_string_agg(compiler& out, const function_node& n) {
    out.require(n.order.empty(), "string_agg() in an order");
    write_call(out, n, "LIST");
}

}  // namespace

void set_operation_rules(rule_table& r) {
    r.set<binary_node, &write_binary>();
    r.set<cast_node, &write_cast>();
    r.set_function("string_agg", &write_string_agg);
    r.rename_function("bool_and", "MIN");
    r.rename_function("bool_or", "MAX");
    for (const auto& [op, function] : {std::pair{o::bit_and, "BIN_AND"},
                                       {o::bit_or, "BIN_OR"},
                                       {o::bit_xor, "BIN_XOR"},
                                       {o::bit_not, "BIN_NOT"},
                                       {o::shift_left, "BIN_SHL"},
                                       {o::shift_right, "BIN_SHR"},
                                       {o::round, "ROUND"},
                                       {o::truncate, "TRUNC"},
                                       {o::power, "POWER"},
                                       {o::greatest, "MAXVALUE"},
                                       {o::least, "MINVALUE"},
                                       {o::random, "RAND"},
                                       {o::left, "LEFT"},
                                       {o::right, "RIGHT"},
                                       {o::pad_left, "LPAD"},
                                       {o::pad_right, "RPAD"},
                                       {o::reverse, "REVERSE"},
                                       {o::octet_length, "OCTET_LENGTH"},
                                       {o::code_point, "ASCII_VAL"}})
        r.set(op, function);
    r.set(o::substring, &write_substring);
    r.set(o::position, &write_position);
    r.set(o::extract, &write_extract);
    r.set(o::truncate_moment, &write_truncated);
    r.set(o::add_interval, &write_shifted);
    r.set(o::subtract_interval, &write_shifted);
    r.set(o::difference, &write_difference);
    r.set(o::repeat, &write_repeat);
    r.set(o::floor_divide, &write_floor_divided);
    r.set(o::current_date, &write_word<today>);
    r.set(o::current_time, &write_word<now>);
    r.set(o::local_timestamp, &write_word<moment>);
}

}  // namespace azoth::firebird
