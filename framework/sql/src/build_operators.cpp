// The compiled core of <azoth/sql/expression_members.hpp> and <azoth/sql/tuple.hpp>: operators.
#include "build.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/functions.hpp>
#include <azoth/sql/nodes/operators.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {

node_ptr make_operation(operation op, std::vector<node_ptr> arguments, type t, std::uint32_t option) {
    return make_node<const operation_node>(op, std::move(arguments), std::move(t), option);
}

namespace {

constexpr char own_escape = '/';  // of the patterns that are made here

void check_escape(char escape) {
    if (escape > ' ' && escape <= '~' && escape != '%' && escape != '_') return;
    throw_error(errc::invalid_argument, fmt::format("an escape has to be an ASCII character other than % and _, not the byte {}",
                                                    static_cast<unsigned>(static_cast<unsigned char>(escape))));
}

/// Some databases write all of it in small letters first, the escape with it.
void check_caseless_escape(char escape) {
    if (!((escape >= 'a' && escape <= 'z') || (escape >= 'A' && escape <= 'Z'))) return;
    throw_error(errc::invalid_argument,
                fmt::format("the escape '{}' is a letter, which ilike() knows in both cases: take a character such as '!'", escape));
}

bool is_special(char c) { return c == '%' || c == '_' || c == own_escape; }

std::string escaped(std::string_view text) {
    std::string pattern;
    for (const char c : text) {
        if (is_special(c)) pattern += own_escape;
        pattern += c;
    }
    return pattern;
}

/// A value that is known now, and no parameter.
const bind_node* plain_value(const node_ptr& n) {
    const auto* bind = node_cast<bind_node>(n);
    return bind && bind->name.empty() && !bind->is_list ? bind : nullptr;
}

node_ptr escaped_by_sql(const node_ptr& text) {
    node_ptr pattern = text;
    for (const std::string_view c : {"/", "%", "_"})
        pattern = make_function("replace", {pattern, make_literal(value{c}), make_literal(value{fmt::format("{}{}", own_escape, c)})},
                                type_kind::text);
    return pattern;
}

node_ptr search_pattern(operation op, const node_ptr& wanted) {
    const bool open_start = op != operation::starts_with;
    const bool open_end = op != operation::ends_with;
    if (const auto* plain = plain_value(wanted)) {
        const cell text = plain->content.view();
        if (text.is_null()) return wanted;
        if (text.tag == cell_tag::text)
            return make_node<const bind_node>(
                value{fmt::format("{}{}{}", open_start ? "%" : "", escaped(text.chars_view()), open_end ? "%" : "")}, plain->type);
    }
    node_ptr pattern = escaped_by_sql(wanted);
    if (open_start) pattern = make_binary(binary_operator::concat, make_literal(value{"%"}), pattern);
    if (open_end) pattern = make_binary(binary_operator::concat, pattern, make_literal(value{"%"}));
    return pattern;
}

std::uint32_t regexp_option(std::string_view flags, bool nullable) {
    if (flags.find_first_not_of('i') != std::string_view::npos)
        throw_error(errc::invalid_argument,
                    fmt::format("\"{}\" is no flag of a regular expression that every database has: only \"i\" is", flags));
    return (flags.empty() ? 0 : text_options::ignore_case) | (nullable ? text_options::nullable_pattern : 0);
}

/// A pattern that is known now as PostgreSQL writes it, to which \b is a backspace; null where it is the same, or not known.
node_ptr pattern_with_words(const node_ptr& pattern) {
    const auto* literal = node_cast<literal_node>(pattern);
    const auto* plain = plain_value(pattern);
    if (!literal && !plain) return {};
    const cell text = literal ? literal->content.view() : plain->content.view();
    if (text.tag != cell_tag::text) return {};
    std::string changed{text.chars_view()};
    bool differs = false;
    for (std::size_t i = 0; i + 1 < changed.size(); ++i) {
        if (changed[i] != '\\') continue;
        char& letter = changed[++i];
        if (letter != 'b' && letter != 'B') continue;
        letter = letter == 'b' ? 'y' : 'Y';
        differs = true;
    }
    if (!differs) return {};
    return literal ? make_literal(value{changed}) : node_ptr{make_node<const bind_node>(value{changed}, plain->type)};
}

/// MySQL's regular expressions write $1 for what others write \1.
std::string replacement_with_dollars(std::string_view with) {
    std::string changed;
    for (std::size_t i = 0; i < with.size(); ++i) {
        if (with[i] == '$') changed += '\\';
        if (with[i] != '\\') {
            changed += with[i];
            continue;
        }
        const char next = i + 1 < with.size() ? with[++i] : '\0';
        if (next >= '1' && next <= '9') changed += {'$', next};
        else if (next == '\\') changed += "\\\\";
        else
            throw_error(
                errc::invalid_argument,
                fmt::format("in the replacement \"{}\" a backslash stands before neither a digit from 1 to 9 nor another backslash", with));
    }
    return changed;
}

}  // namespace

node_ptr make_like(const node_ptr& operand, const node_ptr& pattern, char escape, bool negated, bool ignore_case) {
    if (escape != '\0') check_escape(escape);
    operation op = negated ? operation::not_like_escape : operation::like_escape;
    if (ignore_case) {
        check_caseless_escape(escape);
        op = negated ? operation::not_ilike : operation::ilike;
    } else if (escape == '\0') check_escape(escape);
    return make_operation(op, {operand, pattern}, type_kind::boolean, text_options::with_escape(escape));
}

node_ptr make_search(operation op, const node_ptr& operand, const node_ptr& wanted, bool ignore_case) {
    const std::uint32_t option = text_options::with_escape(own_escape) | (ignore_case ? text_options::ignore_case : 0);
    return make_operation(op, {operand, wanted, search_pattern(op, wanted)}, type_kind::boolean, option);
}

node_ptr make_regexp(operation op, const node_ptr& operand, const node_ptr& pattern, std::string_view flags, bool nullable) {
    std::vector<node_ptr> arguments{operand, pattern};
    if (auto other = pattern_with_words(pattern)) arguments.push_back(std::move(other));
    return make_operation(op, std::move(arguments), type_kind::boolean, regexp_option(flags, nullable));
}

node_ptr make_regexp_replace(const node_ptr& operand, const node_ptr& pattern, std::string_view with, std::string_view flags,
                             bool nullable) {
    const std::string dollars = replacement_with_dollars(with);
    std::vector<node_ptr> arguments{operand, pattern, make_bind(value{with}, operand.get()), make_bind(value{dollars}, operand.get())};
    if (auto other = pattern_with_words(pattern)) arguments.push_back(std::move(other));
    return make_operation(operation::regexp_replace, std::move(arguments), type_kind::text, regexp_option(flags, nullable));
}

node_ptr make_collate(const node_ptr& operand, std::string_view name) {
    const auto is_printable = [](char c) { return c < '\0' || (c >= ' ' && c != '\x7f'); };
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_printable))
        throw_error(errc::statement, fmt::format("\"{}\" is no name of a collation", name));
    return make_node<const collate_node>(operand, std::string{name});
}

namespace {

bool is_symbol(std::string_view s) {
    return s.find_first_not_of("+-*/<>=~!@#%^&|?:") == std::string_view::npos && s.find("--") == std::string_view::npos &&
           s.find("/*") == std::string_view::npos && s.find("*/") == std::string_view::npos;
}

bool is_words(std::string_view s) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || c == '_'; };
    return s.front() != ' ' && s.back() != ' ' && std::all_of(s.begin(), s.end(), is_letter);
}

}  // namespace

node_ptr make_custom_operator(std::string_view symbol, const node_ptr& left, const node_ptr& right, type t) {
    if (symbol.empty() || (!is_symbol(symbol) && !is_words(symbol)))
        throw_error(errc::statement,
                    fmt::format("\"{}\" is no operator: write a symbol, such as && or @>, or words, such as SOUNDS LIKE", symbol));
    return make_node<const custom_operator_node>(std::string{symbol}, left, right, std::move(t));
}

node_ptr make_bitwise(operation op, const node_ptr& left, const node_ptr& right) {
    return make_operation(op, {left, right}, type_kind::big_integer);
}

node_ptr make_shift(operation op, const node_ptr& operand, int places) {
    if (places < 0 || places > 63)
        throw_error(errc::invalid_argument, fmt::format("a number of 64 bits is shifted by 0 to 63 places, not by {}", places));
    return make_operation(op, {operand, make_bind(value{places}, nullptr)}, type_kind::big_integer);
}

node_ptr make_tuple_node(std::vector<node_ptr> elements) { return make_node<const tuple_node>(std::move(elements)); }

namespace {

node_ptr like_its_partner(const node_ptr& element, const node_ptr& partner) {
    const auto* plain = plain_value(element);
    return plain ? make_bind(plain->content, partner.get()) : element;
}

}  // namespace

node_ptr make_tuple_comparison(binary_operator op, const node_ptr& left, const node_ptr& right) {
    std::vector<node_ptr> l = static_cast<const tuple_node&>(*left).elements;
    std::vector<node_ptr> r = static_cast<const tuple_node&>(*right).elements;
    for (std::size_t i = 0; i < l.size(); ++i) {
        if (plain_value(l[i])) l[i] = like_its_partner(l[i], r[i]);
        else r[i] = like_its_partner(r[i], l[i]);
    }
    return make_binary(op, make_tuple_node(std::move(l)), make_tuple_node(std::move(r)));
}

node_ptr make_tuple_in_list(const node_ptr& tuple, std::vector<std::vector<value>> columns, bool negated) {
    const auto& elements = static_cast<const tuple_node&>(*tuple).elements;
    std::vector<node_ptr> lists;
    for (std::size_t i = 0; i < columns.size(); ++i) lists.push_back(make_list(std::move(columns[i]), elements.at(i).get()));
    return make_node<const in_node>(tuple, make_tuple_node(std::move(lists)), negated);
}

node_ptr make_quantified(bool all, const node_ptr& query) {
    return make_node<const quantified_node>(all, node_ptr{make_node<const scalar_subquery_node>(query)});
}

node_ptr make_checked_cast(const node_ptr& operand, type_kind wanted, type t) {
    if (family_of(wanted) != family_of(t.kind))
        throw_error(errc::statement, fmt::format("a cast to {} cannot be read as {}", to_string(t), kind_name(wanted)));
    return make_cast(operand, std::move(t));
}

node_ptr make_coerced(const node_ptr& operand, type t) { return make_node<const coerced_node>(operand, std::move(t)); }

node_ptr make_logical_of(logical_operator op, std::vector<node_ptr> terms) { return make_node<const logical_node>(op, std::move(terms)); }

namespace {

struct integer_range {
    std::string_view from;
    std::string_view to;
};

integer_range range_of(type_kind kind) {
    switch (kind) {
        case type_kind::small_integer: return {"-32768", "32767"};
        case type_kind::integer: return {"-2147483648", "2147483647"};
        case type_kind::unsigned_small_integer: return {"0", "65535"};
        case type_kind::unsigned_integer: return {"0", "4294967295"};
        case type_kind::unsigned_big_integer: return {"0", "18446744073709551615"};
        default: return {"-9223372036854775808", "9223372036854775807"};
    }
}

node_ptr only_where(const node_ptr& condition, const node_ptr& result) {
    return make_node<const case_node>(std::vector<case_node::branch>{{condition, result}});
}

node_ptr cast_within(const node_ptr& operand, const node_ptr& exact, const type& t) {
    const auto [from, to] = range_of(t.kind);
    const auto bound_of = [](std::string_view digits) { return make_literal(value{decimal::parse(digits)}); };
    return only_where(make_between(exact, bound_of(from), bound_of(to), false), make_cast(operand, t));
}

/// What the text has to look like. Numbers that no database takes are left out: a decimal has 65 digits on MySQL, 30 of them behind the
/// point; a double is told by up to 200 digits on each side of the point and an exponent of two.
std::string_view shape_of(type_kind kind) {
    if (is_integer(kind)) return "^[+-]?[0-9]{1,65}$";
    if (kind == type_kind::numeric) return "^[+-]?([0-9]{1,35}([.][0-9]{0,30})?|[.][0-9]{1,30})$";
    return "^[+-]?([0-9]{1,200}([.][0-9]{0,200})?|[.][0-9]{1,200})([eE][+-]?[0-9]{1,2})?$";
}

}  // namespace

node_ptr make_try_cast(const node_ptr& operand, type t) {
    if (is_integer(type_of(*operand).kind)) return cast_within(operand, make_cast(operand, numeric(20, 0)), t);
    // Some databases let $ stand before a line's end too.
    const node_ptr fits = make_logical(logical_operator::and_,
                                       make_regexp(operation::regexp_match, operand, make_literal(value{shape_of(t.kind)}), {}, false),
                                       make_regexp(operation::not_regexp_match, operand, make_literal(value{"\\n"}), {}, false));
    if (!is_integer(t.kind)) return only_where(fits, make_cast(operand, t));
    return only_where(fits, cast_within(operand, make_cast(operand, numeric(65, 0)), t));
}

}  // namespace azoth::detail
