// Rows that the statement brings along, and arrays as tables: both by json_each, for SQLite's arrays are JSON texts.
#include "rules.hpp"

#include "decimal_text.hpp"

#include <fmt/format.h>

namespace azoth::sqlite {
namespace {

using kinds = table_function_node::kinds;
using k = type_kind;

void write_collation(compiler& out, const type& of) {
    if (is_kept_as_text(of)) out << " COLLATE " << decimal_collation;
}

/// VALUES calls its columns column1 and so on, and their source takes no list of names.
void write_values(compiler& out, const values_node& n) {
    out << "(";
    out.isolated([&] {
        if (n.cells.empty()) return write_no_rows(out, n);
        for (std::size_t i = 0; i < n.columns.size(); ++i) {
            out << (i == 0 ? "SELECT " : ", ") << fmt::format("column{}", i + 1);
            write_collation(out, n.columns[i].type);
            out << " AS ";
            out.identifier(n.columns[i].name);
        }
        out << " FROM (";
        write_values_rows(out, n);
        out << ")";
    });
    out << ") AS ";
    out.identifier(out.name_of(n));
}

/// A function's columns have the names that it gives them.
void write_call(compiler& out, const table_function_node& n) {
    if (n.ordinality) out.require(out.can().table_function_ordinality, "WITH ORDINALITY", "number the rows with func::row_number()");
    if (n.typed) out.require(out.can().table_function_definitions, "a table function whose columns the query defines");
    out << out.rules().function_name(n.function) << "(";
    out.list(n.arguments) << ") AS ";
    out.identifier(out.name_of(n));
}

void write_elements(compiler& out, const table_function_node& n) {
    const type& element = n.columns.front().type;
    if (element.kind == k::binary || element.kind == k::interval || element.kind == k::unsigned_big_integer)
        out.require(false, fmt::format("an array of {} as a table", to_string(element)), "keep the elements in a table of their own");
    out << "json_each(" << n.arguments.front() << ") AS ";
    out.identifier(out.name_of(n));
}

/// What is no array has no rows.
void write_documents(compiler& out, const table_function_node& n) {
    out << "json_each(CASE json_type(" << n.arguments.front() << ", ";
    write_quoted_text(out, n.paths.front());
    out << ") WHEN 'array' THEN json_extract(" << n.arguments.front() << ", ";
    write_quoted_text(out, n.paths.front());
    out << ") ELSE '[]' END) AS ";
    out.identifier(out.name_of(n));
}

void write_table_function(compiler& out, const table_function_node& n) {
    switch (n.kind) {
        case kinds::call: return write_call(out, n);
        case kinds::elements: return write_elements(out, n);
        case kinds::documents: return write_documents(out, n);
        case kinds::series: return ansi_rules().find(table_function_node::static_kind)(out, n);
    }
}

void write_place(compiler& out, const table_function_node& of, std::string_view column) {
    out.identifier(out.name_of(of)) << "." << column;
}

/// FUNCTION of a place in the row's document, which is JSON text where it is an object or an array, and a plain value elsewhere.
void write_at(compiler& out, std::string_view function, const table_function_node& of, const std::string& path) {
    out << function << "(CASE WHEN ";
    write_place(out, of, "type");
    out << " IN ('object', 'array') THEN ";
    write_place(out, of, "value");
    out << " END, ";
    write_quoted_text(out, path);
    out << ")";
}
void write_type_at(compiler& out, const table_function_node& of, const std::string& path) {
    if (path == "$") write_place(out, of, "type");
    else write_at(out, "json_type", of, path);
}
void write_value_at(compiler& out, const table_function_node& of, const std::string& path) {
    if (path == "$") write_place(out, of, "value");
    else write_at(out, "json_extract", of, path);
}

void write_json(compiler& out, const table_function_node& of, const std::string& path) {
    out << "CASE WHEN ";
    write_type_at(out, of, path);
    out << " IN ('object', 'array') THEN ";
    write_value_at(out, of, path);
    out << " WHEN ";
    write_type_at(out, of, path);
    out << " IN ('true', 'false', 'null') THEN ";
    write_type_at(out, of, path);
    out << " WHEN ";
    write_type_at(out, of, path);
    out << " IS NOT NULL THEN json_quote(";
    write_value_at(out, of, path);
    out << ") END";
}

void write_document_column(compiler& out, const table_function_node& of, const std::string& path, k kind) {
    if (kind == k::json) return write_json(out, of, path);
    out << "CASE ";
    write_type_at(out, of, path);
    if (is_integer(kind)) {
        out << " WHEN 'integer' THEN ";
        write_value_at(out, of, path);
        out << " WHEN 'real' THEN CAST(round(";
        write_value_at(out, of, path);
        out << ") AS INTEGER) END";
    } else if (kind == k::double_) {
        out << " WHEN 'integer' THEN CAST(";
        write_value_at(out, of, path);
        out << " AS REAL) WHEN 'real' THEN ";
        write_value_at(out, of, path);
        out << " END";
    } else if (kind == k::boolean) {
        out << " WHEN 'true' THEN 1 WHEN 'false' THEN 0 END";
    } else {
        out << " WHEN 'text' THEN ";
        write_value_at(out, of, path);
        out << " END";
    }
}

void write_element(compiler& out, const table_function_node& of, std::size_t column) {
    const type& as = of.columns[column].type;
    const bool is_number = of.ordinality && column + 1 == of.columns.size();
    if (is_number) {
        out << "(";
        write_place(out, of, "key");
        out << " + 1)";
    } else if (of.kind == kinds::documents) {
        write_document_column(out, of, of.paths[column + 1], as.kind);
    } else if (is_kept_as_text(as)) {
        out << "(";
        write_place(out, of, "value");
        write_collation(out, as);
        out << ")";
    } else {
        write_place(out, of, "value");
    }
}

}  // namespace

void set_table_rules(rule_table& to) {
    to.set<values_node, &write_values>();
    to.set<table_function_node, &write_table_function>();
    to.element = write_element;
}

}  // namespace azoth::sqlite
