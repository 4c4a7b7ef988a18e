// Sources that are neither tables nor queries: rows that the statement brings along, functions, samples.
#include "ansi_rules.hpp"
#include "compile_scope.hpp"

#include <azoth/sql/nodes/statement.hpp>

namespace azoth {
namespace {

void write_name_with_columns(compiler& out, const node& source) {
    out << " AS ";
    out.identifier(out.name_of(source)) << " (";
    std::string_view before;
    for (const auto& column : columns_of(source)) {
        out << before;
        before = ", ";
        out.identifier(column.name);
    }
    out << ")";
}

void write_values(compiler& out, const values_node& n) {
    out << "(";
    out.isolated([&] { detail::write_rows(out, n); });
    out << ")";
    write_name_with_columns(out, n);
}

/// The call, in the words of those that have WITH ORDINALITY.
void write_call(compiler& out, const table_function_node& n) {
    out.require(out.can().table_functions, "a table function");
    if (n.ordinality) out.require(out.can().table_function_ordinality, "WITH ORDINALITY", "number the rows with func::row_number()");
    if (n.typed) out.require(out.can().table_function_definitions, "a table function whose columns the query defines");
    const bool inside = n.typed && n.ordinality;  // names and types stand inside ROWS FROM then, the ordinality outside
    if (inside) out << "ROWS FROM (";
    out << out.rules().function_name(n.function) << "(";
    out.list(n.arguments) << ")";
    if (n.typed) {
        out << " AS ";
        if (!inside) out.identifier(out.name_of(n)) << " ";
        out << "(";
        for (std::size_t i = 0; i + (n.ordinality ? 1 : 0) < n.columns.size(); ++i) {
            if (i != 0) out << ", ";
            out.identifier(n.columns[i].name) << " ";
            out.type_name(n.columns[i].type);
        }
        out << ")";
    }
    if (inside) out << ")";
    if (n.ordinality) out << " WITH ORDINALITY";
    if (!n.typed || inside) write_name_with_columns(out, n);
}

/// Counts up, or down, in a recursive query.
void write_series(compiler& out, const table_function_node& n) {
    std::vector<const node*> sources;
    for (const auto& argument : n.arguments) detail::collect_sources(*argument, sources);
    out.require(out.can().recursive_ctes, "generate_series");
    out.require(sources.empty(), "generate_series of columns that stand in the query", "give it values");
    const auto& step = static_cast<const literal_node&>(*n.arguments[2]);
    const std::string_view comparison = step.content.view().i64 > 0 ? " <= " : " >= ";
    const auto from = make_node<const cast_node>(n.arguments[0], type{type_kind::big_integer});
    const auto to = make_node<const cast_node>(n.arguments[1], type{type_kind::big_integer});
    const std::string& column = n.columns.front().name;
    out << "(WITH RECURSIVE ";
    out.identifier("series") << " (";
    out.identifier(column) << ") AS (SELECT " << *from << out.rules().lone_select << " WHERE " << *from << comparison << *to
                           << " UNION ALL SELECT ";
    out.identifier(column) << " + " << step << " FROM ";
    out.identifier("series") << " WHERE ";
    out.identifier(column) << comparison << *to << " - " << step << ") SELECT ";
    out.identifier(column) << " FROM ";
    out.identifier("series") << ") AS ";
    out.identifier(out.name_of(n));
}

void write_elements(compiler& out, const table_function_node& n) {
    out.require(out.can().array_and_json_tables, "an array as a table (unnest)");
    out << "UNNEST(";
    out.list(n.arguments) << ")" << (n.ordinality ? " WITH ORDINALITY" : "");
    write_name_with_columns(out, n);
}

void write_table_function(compiler& out, const table_function_node& n) {
    switch (n.kind) {
        case table_function_node::kinds::call: return write_call(out, n);
        case table_function_node::kinds::series: return write_series(out, n);
        case table_function_node::kinds::elements: return write_elements(out, n);
        case table_function_node::kinds::documents: break;
    }
    throw_error(errc::not_supported, "the dialect has no rule for json_table: set one for table_function_node in its rule table");
}

void write_sample(compiler& out, const sample_node& n) {
    out.require(out.can().table_samples, "TABLESAMPLE", "order by a random number and limit the query");
    out << n.source << " AS ";
    out.identifier(out.name_of(n)) << " TABLESAMPLE " << (n.method == sample_method::bernoulli ? "BERNOULLI (" : "SYSTEM (") << n.percent
                                   << ")";
    if (n.seed) out << " REPEATABLE (" << n.seed << ")";
}

}  // namespace

void write_values_rows(compiler& out, const values_node& n) {
    const std::size_t width = n.columns.size();
    out << "VALUES ";
    for (std::size_t i = 0; i < n.cells.size(); ++i) {
        out << (i == 0 ? "(" : i % width == 0 ? "), (" : ", ");
        out << n.cells[i];
    }
    out << ")";
}

void write_rows_as_selects(compiler& out, const values_node& n) {
    const std::size_t width = n.columns.size();
    for (std::size_t i = 0; i < n.cells.size(); ++i) {
        const column_spec& column = n.columns[i % width];
        if (i != 0 && i % width == 0) out << out.rules().lone_select << " UNION ALL ";
        out << (i % width == 0 ? "SELECT " : ", ");
        // Of an exact number a cast would have to say how many digits it has.
        if (column.type.kind == type_kind::numeric) out << n.cells[i];
        else out << *make_node<const cast_node>(n.cells[i], column.type);
        if (i >= width) continue;
        out << " AS ";
        out.identifier(column.name);
    }
    out << out.rules().lone_select;
}

void write_no_rows(compiler& out, const values_node& n) {
    std::string_view before = "SELECT ";
    for (const auto& column : n.columns) {
        out << before << *make_node<const cast_node>(node_ptr{make_node<const literal_node>(value{}, type{})}, column.type) << " AS ";
        out.identifier(column.name);
        before = ", ";
    }
    out << out.rules().lone_select << " WHERE 1 = 0";
}

namespace detail {

void write_rows(compiler& out, const values_node& n) {
    if (n.cells.empty()) write_no_rows(out, n);
    else out.rules().rows(out, n);
}

void set_table_rules(rule_table& r) {
    r.set<values_node, &write_values>();
    r.set<table_function_node, &write_table_function>();
    r.set<sample_node, &write_sample>();
    r.rows = &write_values_rows;
}

}  // namespace detail
}  // namespace azoth
