// Aggregates, window functions and locks.
#include "rules.hpp"

namespace azoth::mysql {
namespace {

using k = type_kind;

/// Over no values BIT_AND is all ones and BIT_OR 0, and both are unsigned.
void write_bits(compiler& out, const function_node& n, std::string_view name) {
    out << "CASE WHEN ";
    write_call(out, n, "COUNT");
    out << " > 0 THEN CAST(";
    write_call(out, n, name);
    out << " AS SIGNED) END";
}
void write_bit_and(compiler& out, const function_node& n) { write_bits(out, n, "BIT_AND"); }
void write_bit_or(compiler& out, const function_node& n) { write_bits(out, n, "BIT_OR"); }

/// MariaDB's have no default: whether there is a row tells the same function of a constant.
void write_neighbour(compiler& out, const function_node& n) {
    const std::string_view name = n.name == "lag" ? "LAG" : "LEAD";
    if (n.arguments.size() < 3 || !server_is(out, 1, 0)) return write_call(out, n, name);
    out << "CASE WHEN ";
    write_call(out, n, name, [&] { out << "1, " << n.arguments[1]; });
    out << " IS NULL THEN " << n.arguments[2] << " ELSE ";
    write_call(out, n, name, [&] { out << n.arguments[0] << ", " << n.arguments[1]; });
    out << " END";
}

void require_no_window(const compiler& out, const function_node& n) {
    if (out.window_of(n)) out.require(out.can().joined_windows, n.name + "() over a window");
}

/// GROUP_CONCAT(text SEPARATOR ', ') has its separator in the SQL. One that is sent comes before each text, and the first is cut off.
void write_string_agg(compiler& out, const function_node& n) {
    require_no_window(out, n);
    const bool is_written = node_cast<literal_node>(n.arguments[1]) != nullptr;
    if (!is_written) out << "SUBSTRING(";
    out << "GROUP_CONCAT(" << (n.distinct ? "DISTINCT " : "");
    write_filtered(out, n, [&] {
        if (is_written) out << n.arguments[0];
        else out << "CONCAT(" << n.arguments[1] << ", " << n.arguments[0] << ")";
    });
    if (!n.order.empty()) {
        out << " ORDER BY ";
        write_order_terms(out, n.order);
    }
    if (is_written) out << " SEPARATOR " << n.arguments[1] << ")";
    else out << " SEPARATOR '')";
    write_call_end(out, n);
    if (!is_written) out << ", CHAR_LENGTH(" << n.arguments[1] << ") + 1)";
}

/// A value as JSON writes it; NULL is null.
void write_json_text(compiler& out, const node& value) {
    switch (family_of(type_of(value).kind)) {
        case type_family::boolean:
            out << "CASE WHEN " << value << " THEN 'true' WHEN NOT ";
            out.operand(value, 4) << " THEN 'false' ELSE 'null' END";
            return;
        case type_family::json: out << "COALESCE(" << value << ", 'null')"; return;
        default: out << "JSON_EXTRACT(JSON_ARRAY(" << value << "), '$[0]')";
    }
}

/// JSON_ARRAYAGG knows neither FILTER nor, in MySQL, an order; it would write booleans as numbers.
void write_json_agg(compiler& out, const function_node& n) {
    require_no_window(out, n);
    out << "CONCAT('[', GROUP_CONCAT(" << (n.distinct ? "DISTINCT " : "");
    write_filtered(out, n, [&] { write_json_text(out, *n.arguments[0]); });
    if (!n.order.empty()) {
        out << " ORDER BY ";
        write_order_terms(out, n.order);
    }
    out << " SEPARATOR ',')";
    write_call_end(out, n);
    out << ", ']')";
}

void write_json_object_agg(compiler& out, const function_node& n) {
    require_no_window(out, n);
    out << "CONCAT('{', GROUP_CONCAT(";
    write_filtered(out, n, [&] {
        out << "CONCAT(";
        write_json_text(out, *n.arguments[0]);  // JSON_QUOTE would bring another collation
        out << ", ':', ";
        write_json_text(out, *n.arguments[1]);
        out << ")";
    });
    if (!n.order.empty()) {
        out << " ORDER BY ";
        write_order_terms(out, n.order);
    }
    out << " SEPARATOR ',')";
    write_call_end(out, n);
    out << ", '}')";
}

/// Microseconds since 1970, or of the day.
void write_moment_number(compiler& out, const node& moment) {
    switch (type_of(moment).kind) {
        case k::interval: out << moment; return;
        case k::time: out << "TIME_TO_SEC(" << moment << ") * 1000000"; return;
        default: out << "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', " << moment << ")";
    }
}

void write_lock_clause(compiler& out, const lock_clause& lock) {
    const bool has_other_words = lock.strength == lock_strength::share && server_is(out, 1, 0);
    write_lock(out, lock, has_other_words ? " LOCK IN SHARE MODE" : "");
}

}  // namespace

void set_aggregate_rules(rule_table& to) {
    to.filters = false;
    to.sorts_nulls = false;
    to.lock = write_lock_clause;
    to.moment_number = write_moment_number;
    to.set_function("bit_and", &write_bit_and);
    to.set_function("bit_or", &write_bit_or);
    to.rename_function("bool_and", "min");
    to.rename_function("bool_or", "max");
    to.set_function("lag", &write_neighbour);
    to.set_function("lead", &write_neighbour);
    to.set_function("string_agg", &write_string_agg);
    to.set_function("array_agg", &write_json_agg);
    to.set_function("json_agg", &write_json_agg);
    to.set_function("json_object_agg", &write_json_object_agg);
}

}  // namespace azoth::mysql
