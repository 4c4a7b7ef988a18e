// Rows that the statement brings along, and arrays as tables: both by JSON_TABLE, for MariaDB's arrays are JSON texts.
#include "rules.hpp"

#include <fmt/format.h>

namespace azoth::mysql {
namespace {

using kinds = table_function_node::kinds;
using k = type_kind;

constexpr std::string_view document = "document";
constexpr std::string_view number = "ordinality";

/// VALUES gives its columns no names, and MariaDB loses the values that are bound in it.
void write_values(compiler& out, const values_node& n) {
    out << "(";
    out.isolated([&] {
        if (n.cells.empty()) write_no_rows(out, n);
        else write_rows_as_selects(out, n);
    });
    out << ") AS ";
    out.identifier(out.name_of(n));
}

void write_json_table(compiler& out, const table_function_node& n, std::string_view path, std::string_view column, const type& of) {
    out << "JSON_TABLE(" << n.arguments.front() << ", ";
    write_quoted_text(out, path);
    out << " COLUMNS (";
    out.identifier(column) << " ";
    out.type_name(of) << " PATH '$', ";
    out.identifier(number) << " FOR ORDINALITY)) AS ";
    out.identifier(out.name_of(n));
}

void write_elements(compiler& out, const table_function_node& n) {
    const type& element = n.columns.front().type;
    if (element.kind == k::binary || element.kind == k::interval)
        out.require(false, fmt::format("an array of {} as a table", to_string(element)), "keep the elements in a table of their own");
    write_json_table(out, n, "$[*]", n.columns.front().name, element);
}

void write_table_function(compiler& out, const table_function_node& n) {
    if (n.kind >= kinds::elements) out.require(out.can().array_and_json_tables, "an array or a JSON document as a table");
    if (n.kind == kinds::elements) write_elements(out, n);
    else if (n.kind == kinds::documents) write_json_table(out, n, n.paths.front() + "[*]", document, type{k::json});
    else ansi_rules().find(table_function_node::static_kind)(out, n);
}

void write_place(compiler& out, const table_function_node& of, std::string_view column) {
    out.identifier(out.name_of(of)) << ".";
    out.identifier(column);
}

/// The document. For an index anything but an array would be one of one element: it is looked into only where arrays are.
void write_document_for(compiler& out, const table_function_node& of, const std::string& path) {
    std::vector<json_step> before;
    std::string_view condition = "CASE WHEN ";
    for (const auto& step : parse_json_path(path)) {
        if (std::holds_alternative<std::uint32_t>(step)) {
            out << condition << "JSON_TYPE(JSON_EXTRACT(";
            write_place(out, of, document);
            out << ", ";
            write_quoted_text(out, json_path_text(before));
            out << ")) = 'ARRAY'";
            condition = " AND ";
        }
        before.push_back(step);
    }
    const bool has_index = condition == " AND ";
    if (has_index) out << " THEN ";
    write_place(out, of, document);
    if (has_index) out << " END";
}

/// FUNCTION(`j`.`document`, '$."size"')
void write_at(compiler& out, std::string_view function, const table_function_node& of, const std::string& path) {
    out << function << "(";
    write_document_for(out, of, path);
    out << ", ";
    write_quoted_text(out, path);
    out << ")";
}

void write_type_at(compiler& out, const table_function_node& of, const std::string& path) {
    out << "JSON_TYPE(";
    write_at(out, "JSON_EXTRACT", of, path);
    out << ")";
}

void write_integer(compiler& out, const table_function_node& of, const std::string& path) {
    out << "CASE WHEN ";
    write_type_at(out, of, path);
    out << " IN ('INTEGER', 'UNSIGNED INTEGER') THEN CAST(";
    write_at(out, "JSON_VALUE", of, path);
    out << " AS SIGNED) WHEN ";
    write_type_at(out, of, path);
    out << " IN ('DOUBLE', 'DECIMAL') THEN CAST(ROUND(CAST(";
    write_at(out, "JSON_VALUE", of, path);
    out << " AS DECIMAL(65, 30))) AS SIGNED) END";
}

void write_typed(compiler& out, const table_function_node& of, const std::string& path, std::string_view types, std::string_view before,
                 std::string_view behind) {
    out << "CASE WHEN ";
    write_type_at(out, of, path);
    out << " IN (" << types << ") THEN " << before;
    write_at(out, "JSON_VALUE", of, path);
    out << behind << " END";
}

void write_document_column(compiler& out, const table_function_node& of, const std::string& path, k kind) {
    if (is_integer(kind)) return write_integer(out, of, path);
    switch (kind) {
        case k::double_: return write_typed(out, of, path, "'INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL'", "CAST(", " AS DOUBLE)");
        case k::boolean:
            out << "CASE WHEN ";
            write_type_at(out, of, path);
            out << " = 'BOOLEAN' THEN JSON_CONTAINS(";
            write_at(out, "JSON_EXTRACT", of, path);
            out << ", 'true') END";
            return;
        case k::json: return write_at(out, "JSON_EXTRACT", of, path);
        default: return write_typed(out, of, path, "'STRING'", "CAST(", " AS CHAR)");  // with the session's collation
    }
}

void write_element(compiler& out, const table_function_node& of, std::size_t column) {
    const bool is_number = of.ordinality && column + 1 == of.columns.size();
    if (is_number) write_place(out, of, number);
    else if (of.kind == kinds::documents) write_document_column(out, of, of.paths[column + 1], of.columns[column].type.kind);
    else write_place(out, of, of.columns[column].name);
}

}  // namespace

void set_table_rules(rule_table& to) {
    to.set<values_node, &write_values>();
    to.set<table_function_node, &write_table_function>();
    to.rows = write_rows_as_selects;
    to.element = write_element;
}

}  // namespace azoth::mysql
