// Functions and operators that Firebird has under another name, or in other words.
#include <azoth/dialect.hpp>

#include <fmt/format.h>

#include <array>

namespace azoth::firebird {

void set_operation_rules(rule_table& to);

namespace {

using o = operation;
using k = type_kind;

// The server's clock shows its own zone's time; the connection has noted how many minutes UTC is away.
constexpr std::string_view utc_now = "DATEADD(MINUTE, CAST(RDB$GET_CONTEXT('USER_SESSION', 'TO_UTC') AS INTEGER), CURRENT_TIMESTAMP)";
constexpr std::string_view utc_today =
    "CAST(DATEADD(MINUTE, CAST(RDB$GET_CONTEXT('USER_SESSION', 'TO_UTC') AS INTEGER), CURRENT_TIMESTAMP) AS DATE)";
constexpr std::string_view utc_time =
    "CAST(DATEADD(MINUTE, CAST(RDB$GET_CONTEXT('USER_SESSION', 'TO_UTC') AS INTEGER), CURRENT_TIMESTAMP) AS TIME)";

k kind_of(const node_ptr& n) { return type_of(*n).kind; }
bool is_double(k kind) { return kind == k::double_ || kind == k::real; }

/// By date_part.
std::string_view part_pattern(date_part part) {
    switch (part) {
        case date_part::year: return "EXTRACT(YEAR FROM {0})";
        case date_part::quarter: return "((EXTRACT(MONTH FROM {0}) + 2) / 3)";
        case date_part::month: return "EXTRACT(MONTH FROM {0})";
        case date_part::week: return "EXTRACT(WEEK FROM {0})";
        case date_part::week_year: return "EXTRACT(YEAR FROM DATEADD(DAY, 3 - MOD(EXTRACT(WEEKDAY FROM {0}) + 6, 7), {0}))";
        case date_part::day: return "EXTRACT(DAY FROM {0})";
        case date_part::day_of_week: return "(MOD(EXTRACT(WEEKDAY FROM {0}) + 6, 7) + 1)";
        case date_part::day_of_year: return "(EXTRACT(YEARDAY FROM {0}) + 1)";
        case date_part::hour: return "EXTRACT(HOUR FROM {0})";
        case date_part::minute: return "EXTRACT(MINUTE FROM {0})";
        case date_part::second: return "CAST(TRUNC(EXTRACT(SECOND FROM {0})) AS INTEGER)";
        case date_part::microsecond: return "CAST(MOD(CAST(EXTRACT(SECOND FROM {0}) * 1000000 AS BIGINT), 1000000) AS INTEGER)";
        case date_part::epoch:
            return "CAST(FLOOR(DATEDIFF(MILLISECOND FROM TIMESTAMP '1970-01-01 00:00:00' TO CAST({0} AS TIMESTAMP)) / 1000) AS BIGINT)";
    }
    return {};
}

void write_extract(compiler& out, const operation_node& n) { write_pattern(out, n, part_pattern(static_cast<date_part>(n.option))); }

/// Whole units since a Monday long ago, added to it again.
void write_truncated(compiler& out, const operation_node& n) {
    const std::string_view start = kind_of(n.arguments[0]) == k::date ? "DATE '0001-01-01'" : "TIMESTAMP '0001-01-01 00:00:00'";
    const auto [unit, many] = [&]() -> std::pair<std::string_view, int> {
        switch (static_cast<date_part>(n.option)) {
            case date_part::year: return {"YEAR", 1};
            case date_part::quarter: return {"MONTH", 3};
            case date_part::month: return {"MONTH", 1};
            case date_part::week: return {"DAY", 7};
            case date_part::hour: return {"HOUR", 1};
            case date_part::minute: return {"MINUTE", 1};
            case date_part::second: return {"SECOND", 1};
            default: return {"DAY", 1};
        }
    }();
    write_pattern(out, n, fmt::format("DATEADD({0}, DATEDIFF({0} FROM {1} TO {{0}}) / {2} * {2}, {1})", unit, start, many));
}

/// Of a timestamp Firebird cuts off what is less than a second when it adds months.
void write_shifted(compiler& out, const operation_node& n) {
    constexpr std::string_view of_dates[]{"DATEADD(MILLISECOND, SIGNCAST({1} AS NUMERIC(18, 1)) / 1000, CAST({0} AS TIMESTAMP))",
                                          "DATEADD(DAY, SIGN({1}), {0})", "DATEADD(MONTH, SIGN({1}), {0})"};
    constexpr std::string_view of_others[]{"DATEADD(MILLISECOND, SIGNCAST({1} AS NUMERIC(18, 1)) / 1000, {0})",
                                           "DATEADD(DAY, SIGN({1}), {0})",
                                           "DATEADD(MILLISECOND, EXTRACT(MILLISECOND FROM {0}), DATEADD(MONTH, SIGN({1}), {0}))"};
    std::string pattern{kind_of(n.arguments[0]) == k::date ? of_dates[n.option] : of_others[n.option]};
    pattern.replace(pattern.find("SIGN"), 4, n.op == o::subtract_interval ? "0 - " : "");
    write_pattern(out, n, pattern);
}

void write_difference(compiler& out, const operation_node& n) {
    const bool is_date = kind_of(n.arguments[0]) == k::date;
    write_pattern(out, n, is_date ? "CAST({0} - {1} AS INTEGER)" : "CAST(DATEDIFF(MILLISECOND FROM {1} TO {0}) * 1000 AS BIGINT)");
}

/// Rounded down; of integers without a detour that loses digits.
void write_floor_divided(compiler& out, const operation_node& n) {
    const k left = kind_of(n.arguments[0]);
    const k right = kind_of(n.arguments[1]);
    if (is_integer(left) && is_integer(right))
        write_pattern(out, n, "({0} / {1} - CASE WHEN MOD({0}, {1}) <> 0 AND SIGN({0}) <> SIGN({1}) THEN 1 ELSE 0 END)");
    else write_pattern(out, n, "FLOOR(CAST({0} AS DOUBLE PRECISION) / {1})");
}

/// Cut off as its digits say it: 1.15 to 2 digits is 1.15, though a double is a little less.
void write_truncate(compiler& out, const operation_node& n) {
    if (!is_double(kind_of(n.arguments[0]))) return write_pattern(out, n, "TRUNC({0}, {n})");
    write_pattern(out, n,
                  "ROUND(ROUND({0}, {n}) - CASE WHEN ABS(ROUND({0}, {n})) > ABS({0}) THEN SIGN({0}) * POWER(1e1, -{n}) ELSE 0 END, {n})");
}

/// Firebird multiplies before it rounds, which large numbers do not survive, and knows few digits.
void write_round(compiler& out, const operation_node& n) {
    if (!is_double(kind_of(n.arguments[0]))) write_pattern(out, n, "ROUND({0}, {n})");
    else if (n.option > 15)
        write_pattern(out, n, fmt::format("ROUND({{0}} * 1e15 * POWER(1e1, {0})) / 1e15 / POWER(1e1, {0})", n.option - 15));
    else write_pattern(out, n, "CASE WHEN ABS({0}) < 1e15 THEN ROUND({0}, {n}) ELSE {0} END");
}

void write_logarithm(compiler& out, const operation_node& n) {
    write_pattern(out, n, n.option == 10 ? "LOG10(CASE WHEN {0} > 0 THEN {0} END)" : "LN(CASE WHEN {0} > 0 THEN {0} END)");
}

/// From a place before the text too.
void write_substring(compiler& out, const operation_node& n) {
    const bool is_plain = node_cast<literal_node>(n.arguments[1]) || node_cast<bind_node>(n.arguments[1]);
    if (n.arguments.size() == 2) write_pattern(out, n, is_plain ? "SUBSTRING({0} FROM {1})" : "SUBSTRING({0} FROM MAXVALUE({1}, 1))");
    else if (is_plain) write_pattern(out, n, "SUBSTRING({0} FROM {1} FOR {2})");
    else write_pattern(out, n, "SUBSTRING({0} FROM MAXVALUE({1}, 1) FOR MAXVALUE({2} + MINVALUE({1} - 1, 0), 0))");
}

void write_concat_ws(compiler& out, const operation_node& n) {
    out << "SUBSTRING(";
    for (std::size_t i = 1; i < n.arguments.size(); ++i)
        out << (i == 1 ? "" : " || ") << "COALESCE(" << n.arguments[0] << " || " << n.arguments[i] << ", '')";
    out << " FROM CHAR_LENGTH(" << n.arguments[0] << ") + 1)";
}

/// What stands around the operand of a cast; a cast that says no number of digits takes a decimal as it is.
std::string_view cast_pattern(k from, const type& to) {
    const bool to_text = family_of(to.kind) == type_family::text;
    if (to.kind == k::numeric && to.precision == 0)
        return from == k::numeric ? "{}" : is_integer(from) ? "CAST({} AS BIGINT)" : "CAST({} AS NUMERIC(18, 9))";
    if (to.kind == k::boolean && is_integer(from)) return "({} <> 0)";
    if ((is_integer(to.kind) || to_text) && from == k::boolean)
        return to_text ? "DECODE({}, TRUE, '1', FALSE, '0')" : "DECODE({}, TRUE, 1, FALSE, 0)";
    if (to.kind == k::uuid && family_of(from) == type_family::text) return "CHAR_TO_UUID({})";
    if (to_text && from == k::uuid) return "LOWER(UUID_TO_CHAR({}))";
    return to_text && to.length == 0 ? "CAST({} AS VARCHAR(8191))" : "";  // no BLOB: those are not sorted, nor taken once
}

void write_cast(compiler& out, const cast_node& n) {
    const k from = type_of(*n.operand).kind;
    const std::string_view pattern = cast_pattern(from, n.type);
    if (!pattern.empty()) {
        out << pattern.substr(0, pattern.find('{'));
        out.operand(*n.operand, 10) << pattern.substr(pattern.find('}') + 1);
        return;
    }
    const bool cuts = family_of(n.type.kind) == type_family::text && family_of(from) == type_family::text;
    out << (cuts ? "CAST(SUBSTRING(" : "CAST(") << n.operand;
    if (cuts) out << fmt::format(" FROM 1 FOR {})", n.type.length);
    out << " AS ";
    out.type_name(n.type);
    out << ")";
}

/// What Firebird computes otherwise: bytes are padded with zeros where they are compared, decimals divided without more digits.
void write_binary(compiler& out, const binary_node& n) {
    const k left = type_of(*n.left).kind;
    const k right = type_of(*n.right).kind;
    const bool is_equality = n.op == binary_operator::equal || n.op == binary_operator::not_equal;
    const auto write = [&](std::string_view before, std::string_view between, std::string_view behind) {
        out << before;
        out.operand(*n.left, 10) << between;
        out.operand(*n.right, 10) << behind;
    };
    if (is_equality && left == k::binary && right == k::binary)
        return write("(", n.op == binary_operator::equal ? " || X'01') = (" : " || X'01') <> (", " || X'01')");
    if (n.op == binary_operator::divide && left == k::numeric && !is_double(right)) return write("(CAST(", " AS NUMERIC(18, 9)) / ", ")");
    if (n.op != binary_operator::modulo) return ansi_rules().find(binary_node::static_kind)(out, n);
    if (is_integer(left) && is_integer(right)) return write("MOD(", ", ", ")");
    out << "(" << n.left << " - " << n.right << " * TRUNC(";
    write("", " / ", "))");
}

/// Of integers Firebird gives whole averages, of decimals ones of no more digits.
void write_avg(compiler& out, const function_node& n) {
    const bool is_exact = type_of(*n.arguments.front()).kind == k::numeric;
    write_call(out, n, "AVG", [&] {
        write_filtered(out, n,
                       [&] { out << "CAST(" << n.arguments.front() << (is_exact ? " AS NUMERIC(18, 9))" : " AS DOUBLE PRECISION)"); });
    });
}

}  // namespace

void set_operation_rules(rule_table& r) {
    r.set<binary_node, &write_binary>();
    r.set<cast_node, &write_cast>();
    r.rename_function("string_agg", "LIST");
    r.rename_function("bool_and", "MIN");
    r.rename_function("bool_or", "MAX");
    r.set_function("avg", &write_avg);
    const std::pair<o, std::string_view> patterns[]{{o::bit_and, "CAST(BIN_AND({0}, {1}) AS BIGINT)"},
                                                    {o::bit_or, "CAST(BIN_OR({0}, {1}) AS BIGINT)"},
                                                    {o::bit_xor, "CAST(BIN_XOR({0}, {1}) AS BIGINT)"},
                                                    {o::bit_not, "CAST(BIN_NOT({0}) AS BIGINT)"},
                                                    {o::shift_left, "BIN_SHL"},
                                                    {o::shift_right, "BIN_SHR"},
                                                    {o::greatest, "MAXVALUE"},
                                                    {o::least, "MINVALUE"},
                                                    {o::random, "RAND()"},
                                                    {o::square_root, "SQRT(CASE WHEN {0} >= 0 THEN {0} END)"},
                                                    {o::repeat, "REPLACE(LPAD('', {1}, '#'), '#', {0})"},
                                                    {o::current_timestamp, utc_now},
                                                    {o::local_timestamp, utc_now},
                                                    {o::current_date, utc_today},
                                                    {o::current_time, utc_time}};
    for (const auto& [op, pattern] : patterns) r.set(op, pattern);
    r.set(o::extract, &write_extract);
    r.set(o::truncate_moment, &write_truncated);
    r.set(o::add_interval, &write_shifted);
    r.set(o::subtract_interval, &write_shifted);
    r.set(o::difference, &write_difference);
    r.set(o::floor_divide, &write_floor_divided);
    r.set(o::round, &write_round);
    r.set(o::truncate, &write_truncate);
    r.set(o::logarithm, &write_logarithm);
    r.set(o::substring, &write_substring);
    r.set(o::concat_ws, &write_concat_ws);
}

}  // namespace azoth::firebird
