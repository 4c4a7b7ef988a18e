// Operations on numbers and text, operators and collations, as MariaDB and MySQL have them.
#include "rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::mysql {
namespace {

constexpr int inside_operators = 10;  // an operand that binds tighter than all operators
constexpr int inside_comparisons = 5;

constexpr std::string_view whole_decimal = ") AS DECIMAL(65, 0))";

bool is_mariadb(const compiler& out) { return server_is(out, 1, 0); }

bool is_double(const type& t) { return t.kind == type_kind::double_ || t.kind == type_kind::real; }

/// A quotient of exact numbers has twenty digits behind the point: div_precision_increment, which every session has from us.
void write_floor_divide(compiler& out, const operation_node& n) {
    std::string_view result = ")";
    if (n.type.kind == type_kind::unsigned_big_integer) result = ") AS UNSIGNED)";
    else if (is_integer(n.type.kind)) result = ") AS SIGNED)";
    else if (n.type.kind == type_kind::numeric) result = whole_decimal;
    out << (result == ")" ? "FLOOR(" : "CAST(FLOOR(");
    out.operand(*n.arguments[0], inside_operators) << " / ";
    out.operand(*n.arguments[1], inside_operators) << result;
}

/// Of a decimal they are 64-bit integers for the server, and overflow as such.
void write_whole(compiler& out, const operation_node& n) {
    const bool is_exact = n.type.kind == type_kind::numeric;
    out << (is_exact ? "CAST(" : "") << (n.op == operation::floor ? "FLOOR(" : "CEIL(") << n.arguments[0]
        << (is_exact ? whole_decimal : ")");
}

/// Of doubles by way of decimals: ROUND of a double is to even, and TRUNCATE makes 1.14 of 1.15. From 1e15 on they have no fraction.
void write_rounding(compiler& out, const operation_node& n, std::string_view function) {
    const node_ptr& x = n.arguments[0];
    if (!is_double(type_of(*x))) out << function << "(" << x << fmt::format(", {})", n.option);
    else
        out << "IF(ABS(" << x << ") < 1e15, CAST(" << function << "(CAST(" << x
            << fmt::format(" AS DECIMAL(65, 30)), {}) AS DOUBLE), ", n.option) << x << ")";
}

void write_round(compiler& out, const operation_node& n) { write_rounding(out, n, "ROUND"); }
void write_truncate(compiler& out, const operation_node& n) { write_rounding(out, n, "TRUNCATE"); }

/// In INSERT and UPDATE what has no logarithm could be an error.
void write_logarithm(compiler& out, const operation_node& n) {
    out << "CASE WHEN ";
    out.operand(*n.arguments[0], inside_comparisons) << " > 0 THEN " << (n.option == 10 ? "LOG10(" : "LN(") << n.arguments[0] << ") END";
}

/// Bits are unsigned for the server.
void write_bits(compiler& out, const operation_node& n, std::string_view symbol) {
    out << "CAST(";
    out.operand(*n.arguments[0], inside_operators) << symbol;
    out.operand(*n.arguments[1], inside_operators) << " AS SIGNED)";
}

void write_and(compiler& out, const operation_node& n) { write_bits(out, n, " & "); }
void write_or(compiler& out, const operation_node& n) { write_bits(out, n, " | "); }
void write_xor(compiler& out, const operation_node& n) { write_bits(out, n, " ^ "); }
void write_shift_left(compiler& out, const operation_node& n) { write_bits(out, n, " << "); }
void write_not(compiler& out, const operation_node& n) {
    out << "CAST(~";
    out.operand(*n.arguments[0], inside_operators) << " AS SIGNED)";
}
/// >> would take a negative number for a large one.
void write_shift_right(compiler& out, const operation_node& n) {
    out << "CAST(FLOOR(";
    out.operand(*n.arguments[0], inside_operators) << " / (1 << " << n.arguments[1] << ")) AS SIGNED)";
}

/// MariaDB's LIKE takes a backslash for an escape unless it is told another.
void write_lowered_like(compiler& out, const operation_node& n, std::string_view like) {
    const char escape = text_options::escape_of(n.option);
    out << "LOWER(" << n.arguments[0] << ")" << like << "LOWER(" << n.arguments[1] << ")";
    if (escape != '\0') {
        out << " ESCAPE ";
        write_quoted_text(out, {&escape, 1});
    } else if (is_mariadb(out)) {
        out << " ESCAPE X'01'";
    }
}

void write_ilike(compiler& out, const operation_node& n) { write_lowered_like(out, n, " LIKE "); }
void write_not_ilike(compiler& out, const operation_node& n) { write_lowered_like(out, n, " NOT LIKE "); }

bool ignores_case(const operation_node& n) { return (n.option & text_options::ignore_case) != 0; }

/// With the flags: s, since elsewhere a dot is a line's end too.
void write_pattern(compiler& out, const operation_node& n) {
    out << "CONCAT(" << (ignores_case(n) ? "'(?si)', " : "'(?s)', ") << n.arguments[1] << ")";
}
std::string_view match_type(const operation_node& n) { return ignores_case(n) ? ", 'in')" : ", 'cn')"; }

/// MariaDB keeps the expression of the last execution where the pattern is NULL in the next one.
class null_pattern_guard {
public:
    null_pattern_guard(compiler& out, const operation_node& n) : out_{out}, guards_{(n.option & text_options::nullable_pattern) != 0} {
        if (guards_) out_ << "IF(" << n.arguments[1] << " IS NULL, NULL, ";
    }
    void close() {
        if (guards_) out_ << ")";
    }

private:
    compiler& out_;
    bool guards_;
};

void write_regexp(compiler& out, const operation_node& n) {
    const bool negated = n.op == operation::not_regexp_match;
    if (is_mariadb(out)) {
        null_pattern_guard guard{out, n};
        out.operand(*n.arguments[0], inside_comparisons) << (negated ? " NOT REGEXP " : " REGEXP ");
        write_pattern(out, n);
        return guard.close();
    }
    out << (negated ? "(NOT REGEXP_LIKE(" : "REGEXP_LIKE(") << n.arguments[0] << ", " << n.arguments[1] << match_type(n);
    if (negated) out << ")";
}

void write_regexp_replace(compiler& out, const operation_node& n) {
    if (!is_mariadb(out)) {
        out << "REGEXP_REPLACE(" << n.arguments[0] << ", " << n.arguments[1] << ", " << n.arguments[3] << ", 1, 0" << match_type(n);
        return;
    }
    null_pattern_guard guard{out, n};
    out << "REGEXP_REPLACE(" << n.arguments[0] << ", ";
    write_pattern(out, n);
    out << ", " << n.arguments[2] << ")";
    guard.close();
}

bool is_one_character(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }) == 1;
}

std::string any_of_them(std::string_view characters) {
    std::string in_brackets = "[";
    for (const char c : characters) {
        if (std::string_view{"\\]^-[&~|"}.find(c) != std::string_view::npos) in_brackets += '\\';
        in_brackets += c;
    }
    return in_brackets + "]+";
}

/// TRIM takes a whole text off; of several characters a regular expression takes off any.
void write_trim(compiler& out, const operation_node& n) {
    const cell characters = static_cast<const literal_node&>(*n.arguments[1]).content.view();
    const std::string_view text = characters.chars_view();
    if (is_one_character(text)) return ansi_rules().find(n.op)(out, n);
    std::string pattern;
    if (n.op != operation::trim_trailing) pattern = "\\A" + any_of_them(text);
    if (n.op == operation::trim) pattern += '|';
    if (n.op != operation::trim_leading) pattern += any_of_them(text) + "\\z";
    out << "REGEXP_REPLACE(" << n.arguments[0] << ", ";
    write_quoted_text(out, pattern);
    out << ", '')";
}

bool is_constant(const node& n) { return node_cast<bind_node>(&n) != nullptr; }

/// Characters before the first one are counted, and are none: a negative place would count from the end.
void write_substring(compiler& out, const operation_node& n) {
    const node& start = *n.arguments[1];
    out << "SUBSTRING(" << n.arguments[0] << ", ";
    if (is_constant(start)) out << start;
    else out << "GREATEST(" << start << ", 1)";
    if (n.arguments.size() > 2) {
        const node& length = *n.arguments[2];
        if (is_constant(start)) {
            out << ", " << length;
        } else {
            out << ", ";
            out.operand(length, inside_operators) << " + LEAST(" << start << ", 1) - 1";
        }
    }
    out << ")";
}

/// Of an empty text MariaDB gives that text, whatever it is told to put in: NULL too. Of a bind nobody knows whether it is.
void write_replace(compiler& out, const function_node& n) {
    const auto* literal = n.arguments.size() == 3 ? node_cast<literal_node>(n.arguments[2]) : nullptr;
    const bool is_plain = literal ? !literal->content.is_null() : n.arguments.size() != 3 || is_constant(*n.arguments[2]);
    const bool guards = is_mariadb(out) && !is_plain;
    if (guards) out << "IF((" << n.arguments[2] << ") IS NULL, NULL, ";
    out << n.name << "(";
    out.list(n.arguments) << (guards ? "))" : ")");
}

void write_code_point(compiler& out, const operation_node& n) { out << "ORD(CONVERT(LEFT(" << n.arguments[0] << ", 1) USING utf32))"; }
void write_character(compiler& out, const operation_node& n) { out << "CONVERT(CHAR(" << n.arguments[0] << " USING utf32) USING utf8mb4)"; }

void write_custom_operator(compiler& out, const custom_operator_node& n) {
    if (n.symbol.find('#') != std::string::npos)
        throw_error(errc::statement, fmt::format("the operator {} has a #, which begins a comment here", n.symbol));
    ansi_rules().find(custom_operator_node::static_kind)(out, n);
}

/// A collation's name is a word, and is not quoted.
void write_collate(compiler& out, const collate_node& n) {
    const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    if (!std::all_of(n.name.begin(), n.name.end(), is_word))
        throw_error(errc::statement, fmt::format("\"{}\" is no name of a collation here: letters, digits and underscores only", n.name));
    out.operand(*n.operand, inside_operators) << " COLLATE " << n.name;
}

}  // namespace

void set_operator_rules(rule_table& to) {
    using o = operation;
    to.set<custom_operator_node, &write_custom_operator>();
    to.set<collate_node, &write_collate>();
    to.set_function("replace", &write_replace);
    to.set(o::floor_divide, write_floor_divide);
    to.set(o::floor, write_whole);
    to.set(o::ceiling, write_whole);
    to.set(o::round, write_round);
    to.set(o::truncate, write_truncate);
    to.set(o::logarithm, write_logarithm);
    to.set(o::random, "RAND");
    to.set(o::bit_and, write_and);
    to.set(o::bit_or, write_or);
    to.set(o::bit_xor, write_xor);
    to.set(o::bit_not, write_not);
    to.set(o::shift_left, write_shift_left);
    to.set(o::shift_right, write_shift_right);
    to.set(o::ilike, write_ilike);
    to.set(o::not_ilike, write_not_ilike);
    to.set(o::regexp_match, write_regexp);
    to.set(o::not_regexp_match, write_regexp);
    to.set(o::regexp_replace, write_regexp_replace);
    for (const o op : {o::trim, o::trim_leading, o::trim_trailing}) to.set(op, write_trim);
    to.set(o::substring, write_substring);
    to.set(o::code_point, write_code_point);
    to.set(o::character, write_character);
}

}  // namespace azoth::mysql
