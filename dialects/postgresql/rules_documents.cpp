// JSON (JSONB) and arrays, by PostgreSQL's operators. A text behind -> is a key and never a place, an integer a place and never a key.
#include "rules.hpp"

#include <fmt/format.h>

#include <span>

namespace azoth::postgresql {
namespace {

using k = type_kind;
using path_steps = std::span<const node_ptr>;
constexpr int tight_operand = 10;

void write_way(compiler& out, const node_ptr& document, path_steps way) {
    out.operand(*document, tight_operand);
    for (const node_ptr& step : way) out << " -> " << step;
}

bool is_first_place(const node_ptr& step) {
    const cell c = static_cast<const literal_node&>(*step).content.view();
    return c.tag != cell_tag::text && c.i64 == 0;
}

/// What is no array, and no object, counts as one of one element: where a path asks for the first, an array has to be there.
bool open_guards(compiler& out, const node_ptr& document, path_steps way) {
    std::string_view before = "CASE WHEN JSONB_TYPEOF(";
    for (std::size_t i = 0; i < way.size(); ++i) {
        if (!is_first_place(way[i])) continue;
        out << before;
        write_way(out, document, way.first(i));
        out << ") = 'array'";
        before = " AND JSONB_TYPEOF(";
    }
    const bool any = before.starts_with(" AND");
    if (any) out << " THEN ";
    return any;
}

void write_document_at(compiler& out, const node_ptr& document, path_steps way) {
    if (way.empty()) return static_cast<void>(out << document);
    out << "(";
    write_way(out, document, way);
    out << ")";
}

void write_json_get(compiler& out, const operation_node& n) {
    const path_steps way = path_steps{n.arguments}.subspan(1);
    const bool guarded = open_guards(out, n.arguments.front(), way);
    write_document_at(out, n.arguments.front(), way);
    if (guarded) out << " END";
}

std::string_view kind_for(const type& t) { return t.kind == k::boolean ? "'boolean'" : t.kind == k::text ? "'string'" : "'number'"; }

/// Numbers go by way of NUMERIC, which reads all of JSON's and is rounded.
void write_json_value(compiler& out, const operation_node& n) {
    const path_steps way = path_steps{n.arguments}.subspan(1);
    const bool guarded = open_guards(out, n.arguments.front(), way);
    out << "CASE JSONB_TYPEOF(";
    write_way(out, n.arguments.front(), way);
    out << ") WHEN " << kind_for(n.type) << " THEN ";
    const bool is_text = n.type.kind == k::text;
    if (!is_text) out << (n.type.kind == k::boolean ? "CAST(" : "CAST(CAST(");
    write_document_at(out, n.arguments.front(), way);
    out << " #>> '{}'";
    if (!is_text) {
        out << (n.type.kind == k::boolean ? " AS " : " AS NUMERIC) AS ");
        out.type_name(n.type) << ")";
    }
    out << (guarded ? " END END" : " END");
}

void write_json_get_text(compiler& out, const operation_node& n) {
    if (n.option != 0) return write_json_value(out, n);
    const path_steps way = path_steps{n.arguments}.subspan(1);
    const bool guarded = open_guards(out, n.arguments.front(), way);
    out << "(";
    if (way.empty()) out.operand(*n.arguments.front(), tight_operand) << " #>> '{}'";
    else {
        write_way(out, n.arguments.front(), way.first(way.size() - 1));
        out << " ->> " << way.back();
    }
    out << (guarded ? ") END" : ")");
}

void write_infix(compiler& out, const operation_node& n, std::string_view sign) {
    out << "(";
    out.operand(*n.arguments[0], tight_operand) << sign;
    out.operand(*n.arguments[1], tight_operand) << ")";
}

void write_json_length(compiler& out, const operation_node& n) {
    const node_ptr& document = n.arguments.front();
    out << "CASE JSONB_TYPEOF(" << document << ") WHEN 'array' THEN JSONB_ARRAY_LENGTH(" << document << ") END";
}

/// A label of an enumeration has no type of its own.
void write_json_item(compiler& out, const node_ptr& n) {
    if (type_of(*n).kind == k::enumeration) out << "CAST(" << n << " AS TEXT)";
    else out << n;
}

void write_json_items(compiler& out, const operation_node& n) {
    out << (n.op == operation::json_object ? "JSONB_BUILD_OBJECT(" : "JSONB_BUILD_ARRAY(");
    for (std::size_t i = 0; i < n.arguments.size(); ++i) {
        if (i != 0) out << ", ";
        write_json_item(out, n.arguments[i]);
    }
    out << ")";
}

void write_steps(compiler& out, path_steps way) {
    out << "ARRAY[";
    for (std::size_t i = 0; i < way.size(); ++i) {
        if (i != 0) out << ", ";
        const cell c = static_cast<const literal_node&>(*way[i]).content.view();
        if (c.tag == cell_tag::text) out << way[i];
        else out << "'" << fmt::format("{}", c.i64) << "'";
    }
    out << "]";
}

/// The functions would take the key "0" for a place and the place 0 for a key: what holds the member has to be of the right kind. They
/// would make NULL of the whole document for a NULL.
void write_json_change(compiler& out, const operation_node& n) {
    const bool sets = n.op == operation::json_set;
    const node_ptr& document = n.arguments.front();
    const path_steps way = path_steps{n.arguments}.subspan(1, n.arguments.size() - (sets ? 2 : 1));
    const bool is_key = type_of(*way.back()).kind == k::text;
    out << "CASE WHEN ";
    for (std::size_t i = 0; i + 1 < way.size(); ++i)
        if (is_first_place(way[i])) {
            out << "JSONB_TYPEOF(";
            write_way(out, document, way.first(i));
            out << ") = 'array' AND ";
        }
    out << "JSONB_TYPEOF(";
    write_way(out, document, way.first(way.size() - 1));
    out << ") = " << (is_key ? "'object'" : "'array'") << " THEN ";
    if (sets) out << "JSONB_SET(" << document << ", ";
    else out.operand(*document, tight_operand) << " #- ";
    write_steps(out, way);
    if (sets) {
        const bool is_json = type_of(*n.arguments.back()).kind == k::json;
        out << (is_json ? ", COALESCE(" : ", COALESCE(TO_JSONB(");
        write_json_item(out, n.arguments.back());
        out << (is_json ? ", 'null'::JSONB))" : "), 'null'::JSONB))");
    }
    out << " ELSE " << document << " END";
}

std::int64_t place_of(const node_ptr& n) { return static_cast<const literal_node&>(*n).content.view().i64; }

/// PostgreSQL counts from 1.
void write_element(compiler& out, const operation_node& n) {
    out << "(" << n.arguments[0] << ")[" << fmt::format("{}", place_of(n.arguments[1]) + 1) << "]";
}

void write_slice(compiler& out, const operation_node& n) {
    out << "(" << n.arguments[0] << ")[" << fmt::format("{}:{}", place_of(n.arguments[1]) + 1, place_of(n.arguments[2])) << "]";
}

/// Operators of arrays want both sides of one type.
void write_array_of_one(compiler& out, const operation_node& n) {
    out << "CAST(ARRAY[" << n.arguments.front() << "] AS ";
    write_unsized_type(out, n.type);
    out << ")";
}

/// || takes NULL for an empty array.
void write_array_concat(compiler& out, const operation_node& n) {
    const auto nullable = nullable_arrays(n);
    for (std::size_t i = 0; i < nullable.size(); ++i) out << (i == 0 ? "CASE WHEN " : " AND ") << nullable[i] << " IS NOT NULL";
    out << (nullable.empty() ? "" : " THEN ");
    write_infix(out, n, " || ");
    out << (nullable.empty() ? "" : " END");
}

void write_array_position(compiler& out, const operation_node& n) {
    out << "CAST(ARRAY_POSITION(" << n.arguments[0] << ", (" << n.arguments[1] << ")[1]) - 1 AS BIGINT)";
}

void write_array_remove(compiler& out, const operation_node& n) {
    out << "ARRAY_REMOVE(" << n.arguments[0] << ", (" << n.arguments[1] << ")[1])";
}

}  // namespace

void set_document_rules(rule_table& to) {
    to.set(operation::json_get, &write_json_get);
    to.set(operation::json_get_text, &write_json_get_text);
    to.set(operation::json_contains, [](compiler& out, const operation_node& n) { write_infix(out, n, " @> "); });
    to.set(operation::json_length, &write_json_length);
    to.set(operation::json_kind, "JSONB_TYPEOF");
    to.set(operation::json_object, &write_json_items);
    to.set(operation::json_array, &write_json_items);
    to.set(operation::json_set, &write_json_change);
    to.set(operation::json_remove, &write_json_change);
    to.set(operation::array_element, &write_element);
    to.set(operation::array_slice, &write_slice);
    to.set(operation::array_length, "CARDINALITY");
    to.set(operation::array_contains_all, [](compiler& out, const operation_node& n) { write_infix(out, n, " @> "); });
    to.set(operation::array_overlaps, [](compiler& out, const operation_node& n) { write_infix(out, n, " && "); });
    to.set(operation::array_concat, &write_array_concat);
    to.set(operation::array_of_one, &write_array_of_one);
    to.set(operation::array_position, &write_array_position);
    to.set(operation::array_remove, &write_array_remove);
}

}  // namespace azoth::postgresql
