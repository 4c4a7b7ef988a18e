// Functions in FROM: series, and JSON arrays as tables.
#include "rules.hpp"

namespace azoth::postgresql {
namespace {

using kinds = table_function_node::kinds;
using k = type_kind;

/// What the table of a JSON array has in PostgreSQL's eyes: a document and its number. The columns are computed of it where they are used.
constexpr std::string_view document = "document";
constexpr std::string_view number = "ordinality";

void write_series(compiler& out, const table_function_node& n) {
    out << "generate_series(";
    out.list(n.arguments) << ") AS ";
    out.identifier(out.name_of(n)) << " (";
    out.identifier(n.columns.front().name) << ")";
}

/// Strict, and silent: what is no array has no rows. Lax, an object would be its own only element.
void write_documents(compiler& out, const table_function_node& n) {
    out << "jsonb_path_query(" << n.arguments.front() << ", ";
    write_quoted_text(out, "strict " + n.paths.front() + "[*]");
    out << ", '{}', TRUE) WITH ORDINALITY AS ";
    out.identifier(out.name_of(n)) << " (";
    out.identifier(document) << ", ";
    out.identifier(number) << ")";
}

void write_table_function(compiler& out, const table_function_node& n) {
    if (n.kind == kinds::series) write_series(out, n);
    else if (n.kind == kinds::documents) write_documents(out, n);
    else ansi_rules().find(table_function_node::static_kind)(out, n);
}

void write_place(compiler& out, const table_function_node& of, std::string_view column) {
    out.identifier(out.name_of(of)) << ".";
    out.identifier(column);
}

/// The value in the document, NULL where there is none. Strict: an index looks into arrays alone.
void write_member(compiler& out, const table_function_node& of, const std::string& path) {
    if (path == "$") return write_place(out, of, document);
    out << "jsonb_path_query_first(";
    write_place(out, of, document);
    out << ", ";
    write_quoted_text(out, "strict " + path);
    out << ", '{}', TRUE)";
}

void write_typed_member(compiler& out, const table_function_node& of, const std::string& path, std::string_view json_type,
                        std::string_view before, std::string_view behind) {
    out << "CASE WHEN jsonb_typeof(";
    write_member(out, of, path);
    out << ") = '" << json_type << "' THEN " << before;
    write_member(out, of, path);
    out << behind << " END";
}

void write_document_column(compiler& out, const table_function_node& of, const std::string& path, k kind) {
    if (is_integer(kind)) return write_typed_member(out, of, path, "number", "CAST(ROUND(CAST(", " AS NUMERIC)) AS BIGINT)");
    switch (kind) {
        case k::double_: return write_typed_member(out, of, path, "number", "CAST(", " AS DOUBLE PRECISION)");
        case k::boolean: return write_typed_member(out, of, path, "boolean", "CAST(", " AS BOOLEAN)");
        case k::json: return write_member(out, of, path);
        default: return write_typed_member(out, of, path, "string", "", " #>> '{}'");
    }
}

void write_element(compiler& out, const table_function_node& of, std::size_t column) {
    const column_spec& spec = of.columns[column];
    const bool is_number = of.ordinality && column + 1 == of.columns.size();
    if (of.kind != kinds::documents) write_place(out, of, spec.name);
    else if (is_number) write_place(out, of, number);
    else write_document_column(out, of, of.paths[column + 1], spec.type.kind);
}

}  // namespace

void set_table_rules(rule_table& to) {
    to.set<table_function_node, &write_table_function>();
    to.element = write_element;
}

}  // namespace azoth::postgresql
