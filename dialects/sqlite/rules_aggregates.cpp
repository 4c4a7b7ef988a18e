// Aggregates that SQLite does not have, or not with all that they can be told: functions of ours compute them.
#include "rules.hpp"

#include <fmt/format.h>

namespace azoth::sqlite {
namespace {

using k = type_kind;

/// A value as JSON writes it; NULL is null.
void write_json_text(compiler& out, const node& value) {
    const type_kind kind = type_of(value).kind;
    switch (family_of(kind)) {
        case type_family::boolean:
            out << "CASE WHEN " << value << " THEN 'true' WHEN NOT ";
            out.operand(value, 4) << " THEN 'false' ELSE 'null' END";
            return;
        case type_family::json: out << "coalesce(json(" << value << "), 'null')"; return;
        default: break;
    }
    const bool is_approximate = kind == k::real || kind == k::double_;
    if (is_approximate) out << "coalesce(azoth_json_real(" << value << "), 'null')";
    else out << "json_quote(" << value << ")";
}

/// How azoth_string_agg is to sort, a key of three letters: ascending or descending, NULLs first or last, binary or as numbers.
std::string order_code(const function_node& n) {
    std::string code = n.distinct ? "d" : "-";
    for (const auto& term : n.order) {
        const auto* order = node_cast<order_node>(term);
        const bool descending = order && order->descending;
        const bool unsaid = !order || order->nulls == nulls_order::unspecified;
        const bool nulls_first = unsaid ? !descending : order->nulls == nulls_order::first;
        code += descending ? 'd' : 'a';
        code += nulls_first ? 'f' : 'l';
        code += is_exact(type_of(*term)) ? 'n' : 'b';
    }
    return code;
}

/// The order is the driver's own, which no collation reaches.
void refuse_collation(const compiler& out, const function_node& n, const node_ptr& of) {
    const auto* order = node_cast<order_node>(of);
    const auto* collated = node_cast<collate_node>(order ? order->operand : of);
    out.require(!collated, fmt::format("{}() ordered or made distinct by a collation ({})", n.name, collated ? collated->name : ""),
                "order it by an expression, such as lower()");
}

/// Texts joined, in an order or each once where that is asked for: SQLite's group_concat knows neither.
template <class Text, class Separator>
void write_joined(compiler& out, const function_node& n, Text&& text, Separator&& separator) {
    const bool is_plain = n.order.empty() && !n.distinct;
    if (n.distinct) refuse_collation(out, n, n.arguments.front());
    for (const auto& term : n.order) refuse_collation(out, n, term);
    if (is_plain) out << "group_concat(";
    else out << "azoth_string_agg('" << order_code(n) << "', ";
    text();
    out << ", ";
    separator();
    for (const auto& term : n.order) {
        const auto* order = node_cast<order_node>(term);
        out << ", " << (order ? order->operand : term);
    }
    out << ")";
    write_call_end(out, n);
}

void write_string_agg(compiler& out, const function_node& n) {
    write_joined(
        out, n, [&] { out << n.arguments[0]; }, [&] { out << n.arguments[1]; });
}

void write_json_agg(compiler& out, const function_node& n) {
    out << "('[' || ";
    write_joined(
        out, n, [&] { write_json_text(out, *n.arguments[0]); }, [&] { out << "','"; });
    out << " || ']')";
}

void write_json_object_agg(compiler& out, const function_node& n) {
    const auto member = [&] {
        out << "json_quote(" << n.arguments[0] << ") || ':' || ";
        write_json_text(out, *n.arguments[1]);
    };
    out << "('{' || ";
    write_joined(out, n, member, [&] { out << "','"; });
    out << " || '}')";
}

/// Microseconds since 1970, or of the day: what is kept as text of fixed width. julianday() would cut microseconds.
void write_moment_number(compiler& out, const node& moment) {
    const type_kind kind = type_of(moment).kind;
    if (kind == k::interval) {
        out << moment;
        return;
    }
    const bool has_fraction = kind != k::date;
    const int length = kind == k::time ? 8 : kind == k::date ? 10 : 19;
    const int fraction = kind == k::time ? 10 : 21;
    const std::string_view day = kind == k::time ? "'1970-01-01 ' || " : "";
    out << "CAST(strftime('%s', " << day << "substr(" << moment << fmt::format(", 1, {})) AS INTEGER) * 1000000", length);
    if (has_fraction) out << " + CAST(substr(" << moment << fmt::format(", {}, 6) AS INTEGER)", fraction);
}

/// SQLite takes a negative limit for none; of what is sent it is known not to be one.
void write_rows(compiler& out, const node& n) {
    if (node_cast<literal_node>(&n) || node_cast<bind_node>(&n)) out << n;
    else out << "azoth_rows(" << n << ")";
}

void write_limit(compiler& out, const node* limit, const node* offset) {
    out << " LIMIT ";
    if (limit) write_rows(out, *limit);
    else out << out.rules().lone_offset_limit;
    if (!offset) return;
    out << " OFFSET ";
    write_rows(out, *offset);
}

}  // namespace

void set_aggregate_rules(rule_table& to) {
    to.limit = write_limit;
    to.moment_number = write_moment_number;
    to.set_function("string_agg", &write_string_agg);
    to.set_function("array_agg", &write_json_agg);
    to.set_function("json_agg", &write_json_agg);
    to.set_function("json_object_agg", &write_json_object_agg);
    to.rename_function("bool_and", "min");
    to.rename_function("bool_or", "max");
    for (const std::string_view name : {"bit_and", "bit_or", "stddev_samp", "stddev_pop", "var_samp", "var_pop"})
        to.rename_function(std::string{name}, fmt::format("azoth_{}", name));
}

}  // namespace azoth::sqlite
