// Expressions of one database for another.
#include "sql_mover.hpp"
#include "sql_tokens.hpp"

#include <azoth/base/error.hpp>

#include <utility>

namespace azoth::detail {
namespace {

using kinds = tree_kind;
using k = type_kind;

/// Of an exact decimal, or of an integer, the type that it has by itself.
type own_type_of(const sql_tree& number) {
    if (number.text.find_first_of("eE") != std::string::npos) return k::double_;
    const decimal d = decimal::parse(number.text).normalized();
    if (d.scale() > 0)
        return numeric(static_cast<std::uint16_t>(std::max(d.precision(), d.scale())), static_cast<std::uint16_t>(d.scale()));
    return d.precision() < 10 ? k::integer : k::big_integer;
}

bool changes_letters(const sql_tree& t) {
    return (t.kind == kinds::call && (t.text == "lower" || t.text == "upper")) || std::ranges::any_of(t.parts, changes_letters);
}

}  // namespace

node_ptr sql_mover::run(const sql_tree& t) const {
    switch (t.kind) {
        case kinds::column: return column(t);
        case kinds::number: return literal_of(t, own_type_of(t));
        case kinds::text: return literal_of(t, k::text);
        case kinds::bytes: return literal_of(t, k::binary);
        case kinds::truth: return literal_of(t, k::boolean);
        case kinds::sign: return negated(t);
        case kinds::negation: return denied(t);
        case kinds::all: return logical(t, logical_operator::and_);
        case kinds::some: return logical(t, logical_operator::or_);
        case kinds::compared: return compared(t);
        case kinds::computed: return computed(t);
        case kinds::like: return like(t);
        case kinds::in: return in(t);
        case kinds::is: return is(t);
        case kinds::call: return call(t);
        case kinds::cast: return cast(t);
        case kinds::case_: return choice(t);
        case kinds::null:
        case kinds::moment:
        case kinds::quantified:
        case kinds::collate:
        case kinds::array: break;
    }
    return {};
}

node_ptr sql_mover::column(const sql_tree& t) const {
    const column_spec* found = column_of(move_.family, move_.columns, t.text);
    if (!found) return {};  // a word that is no column is an operator or a constant of the database's own
    return make_node<const own_column_node>(found->name, type_in(move_.family, t, move_.columns));
}

node_ptr sql_mover::meeting(const sql_tree& literal, const node_ptr& other) const {
    const type of = type_of(*other);
    switch (azoth::family_of(of.kind)) {
        case type_family::number: return literal.kind == kinds::number ? number_meeting(literal, of) : node_ptr{};
        case type_family::boolean:
            // MySQL, MariaDB and SQLite know what is true by 1 and 0 alone.
            return literal.kind == kinds::truth || (literal.kind == kinds::number && folds_names(move_.family))
                       ? literal_of(literal, k::boolean)
                       : node_ptr{};
        case type_family::text: return literal.kind == kinds::text ? literal_of(literal, k::text) : node_ptr{};
        case type_family::binary: return literal_of(literal, k::binary);
        case type_family::date:
        case type_family::time:
        case type_family::timestamp:
        case type_family::instant:
        case type_family::uuid: return literal.kind == kinds::text ? literal_of(literal, of) : node_ptr{};
        default: return {};
    }
}

node_ptr sql_mover::number_meeting(const sql_tree& number, const type& of) {
    const type own = own_type_of(number);
    if (of.kind == k::real) return literal_of(number, k::double_);  // a real 0.1 is not 0.1, and nobody rounds that to meet it
    const bool fits = of.kind == k::numeric && (own.kind != k::numeric || of.precision == 0 || own.scale <= of.scale);
    return literal_of(number, of.kind == k::double_ || fits || of.kind == k::unsigned_big_integer ? of : own);
}

node_ptr portable_sql(const sql_move& move, std::string_view sql) {
    auto tree = parsed_sql(move.family, sql);
    if (!tree) return {};
    const sql_tree plain = plain_sql(move.family, std::move(*tree), move.columns);
    if (plain.kind == kinds::moment) {
        auto moment = make_node<text_node>();
        moment->pieces.emplace_back(plain.text == "current_date" ? "CURRENT_DATE" : "CURRENT_TIMESTAMP");
        return moment;
    }
    try {
        return sql_mover{move}.run(plain);
    } catch (const error&) {  // a number of more digits than any database takes
        return {};
    }
}

std::string_view other_meaning(const sql_move& move, std::string_view sql) {
    if (!is_between_sqlite(move)) return {};
    const auto tree = parsed_sql(move.family, sql);
    return tree && changes_letters(*tree) ? "SQLite's lower() and upper() change ASCII letters alone" : "";
}

bool is_null_sql(std::string_view family, std::string_view sql) {
    const auto tree = parsed_sql(family, sql);
    return tree && tree->kind == kinds::null;
}

}  // namespace azoth::detail
