#include "portable_expressions.hpp"

#include <azoth/sql/nodes/native.hpp>
#include <azoth/sql/nodes/statement.hpp>

namespace azoth::detail {
namespace {

/// What a database wrote; null: nothing, or nothing that one did.
const native_sql_node* native_of(const node_ptr& expression) { return expression ? node_cast<native_sql_node>(expression) : nullptr; }

/// What changes by itself: CURRENT_TIMESTAMP, CURRENT_DATE.
bool is_moment(const node_ptr& moved) { return moved && node_cast<text_node>(moved); }

/// CURRENT_TIMESTAMP and the like are of the column's type, or their text is each database's own.
bool is_moment_for(const text_node& moment, const type& of) {
    if (moment.pieces.front() == "CURRENT_DATE") return of.kind == type_kind::date;
    return of.kind == type_kind::timestamp || of.kind == type_kind::timestamp_tz;
}

}  // namespace

expression_mover::expression_mover(std::string_view family, std::string_view target, bool is_same, const table_definition& of)
    : family_{family}, target_{target}, is_same_{is_same}, columns_{of.node->columns} {
    const auto of_table = of.options.find("mysql.collate");
    for (const auto& details : of.details) {
        const bool is_usual = details.collation.empty() && of_table != of.options.end();
        collations_.push_back(is_usual ? of_table->second : details.collation);
    }
}

/// Whether a column of a type takes what is of another without a change that is each database's own.
bool expression_mover::is_taken(const type& from, const type& into) const {
    const type_family family = family_of(from.kind);
    if (family == type_family::unknown || family != family_of(into.kind) || from.kind == type_kind::enumeration) return false;
    if (into.kind == type_kind::enumeration) return false;
    if (is_integer(into.kind)) return is_integer(from.kind);  // 2.5 is 2, 3 or 2.5
    if (into.kind == type_kind::real) return from.kind == type_kind::real;
    if (into.kind != type_kind::numeric) return true;
    const bool is_cut = into.precision != 0 && from.kind == type_kind::numeric && (from.precision == 0 || from.scale > into.scale);
    return !is_float(from.kind) && !(is_cut && is_between_sqlite(move()));  // SQLite rounds nothing
}

node_ptr expression_mover::value(const node_ptr& expression) const {
    const auto* native = native_of(expression);
    if (!native || is_same_) return expression;
    node_ptr made = portable_sql(move(), native->sql);
    return is_moment(made) ? node_ptr{} : made;  // what changes by itself is nothing to compute with
}

node_ptr expression_mover::condition(const node_ptr& expression) const {
    node_ptr made = value(expression);
    const bool is_anew = made && made != expression;
    return is_anew && family_of(type_of(*made).kind) != type_family::boolean ? node_ptr{} : made;
}

node_ptr expression_mover::computation(const node_ptr& expression, const type& of) const {
    node_ptr made = value(expression);
    const bool is_anew = made && made != expression;
    return is_anew && !is_taken(type_of(*made), of) ? node_ptr{} : made;
}

node_ptr expression_mover::default_value(const node_ptr& expression, const type& of) const {
    const auto* native = native_of(expression);
    if (!native || is_same_) return expression;
    if (of.rare && !of.rare->native.empty()) return {};
    if (node_ptr literal = literal_sql(family_, native->sql, of)) return literal;
    node_ptr made = portable_sql({family_, target_, {}}, native->sql);  // no database but MariaDB lets a default name columns
    if (!made) return {};
    if (const auto* moment = node_cast<text_node>(made)) return is_moment_for(*moment, of) ? made : node_ptr{};
    return of.kind != type_kind::boolean && is_taken(type_of(*made), of) ? made : node_ptr{};  // 5 is true to some databases
}

std::string_view expression_mover::other_meaning(const node_ptr& expression, const type& of) const {
    const auto* native = native_of(expression);
    if (!native || is_same_) return {};
    if (is_between_sqlite(move()) && of.kind == type_kind::timestamp && is_moment(portable_sql({family_, target_, {}}, native->sql)))
        return "SQLite's CURRENT_TIMESTAMP is UTC, that of others in the zone of the session";
    return detail::other_meaning(move(), native->sql);
}

bool is_null_default(std::string_view family, const node_ptr& expression) {
    const auto* native = native_of(expression);
    return native && is_null_sql(family, native->sql);
}

std::string shown_sql(const node_ptr& expression) {
    const auto* native = native_of(expression);
    if (!native) return {};
    std::string line;
    for (const char c : native->sql) {
        const bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!is_blank) line += c;
        else if (!line.empty() && line.back() != ' ') line += ' ';
    }
    return ": " + line;
}

}  // namespace azoth::detail
