#include "ansi_rules.hpp"
#include "compile_scope.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth {
namespace {

const column_node& target_column(const node_ptr& column, const node& table) {
    const auto* c = node_cast<column_node>(column);
    if (!c || c->source.get() != &table)
        throw_error(errc::statement, fmt::format("only columns of {} can be set here{}", source_name(table),
                                                 c ? fmt::format(", not \"{}\" of {}", c->spec->name, source_name(*c->source)) : ""));
    return *c;
}

/// Column names without their table: as targets, and in RETURNING.
template <class Body>
void unqualified(compiler& out, Body&& body) {
    const bool before = out.qualifies();
    out.set_qualifies(false);
    body();
    out.set_qualifies(before);
}

void write_column_list(compiler& out, const std::vector<node_ptr>& columns, const node& table) {
    out << " (";
    bool first = true;
    for (const auto& column : columns) {
        if (!first) out << ", ";
        first = false;
        out.identifier(target_column(column, table).spec->name);
    }
    out << ")";
}

/// Some databases take a column given twice, and keep the one value or the other.
void refuse_twice(const std::vector<assignment>& values, const node& table) {
    for (std::size_t i = 0; i < values.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (const auto& spec = *target_column(values[i].column, table).spec;
                spec.name == target_column(values[k].column, table).spec->name)
                throw_error(errc::statement, fmt::format("the column \"{}\" of {} is set twice", spec.name, source_name(table)));
}

/// The CTEs of an INSERT that may not start with them; whether there are any.
bool write_inner_ctes(compiler& out, const insert_node& n) {
    if (out.rules().ctes_before_insert) return false;
    const std::size_t before = out.buffer().size();
    detail::write_ctes(out, n);
    return out.buffer().size() > before;
}

void write_one_row(compiler& out, const insert_node& n) {
    refuse_twice(n.values, *n.table);
    std::vector<node_ptr> columns;
    for (const auto& a : n.values) columns.push_back(a.column);
    write_column_list(out, columns, *n.table);
    out << " ";
    const bool as_query = write_inner_ctes(out, n);
    out << (as_query ? "SELECT " : "VALUES (");
    bool first = true;
    for (const auto& a : n.values) {
        if (!first) out << ", ";
        first = false;
        out << a.value;
    }
    if (!as_query) out << ")";
}

/// Where a returned column is a key given by the program, it tells which input row a returned row belongs to.
std::optional<batch_plan::sentinel> find_sentinel(const insert_node& n) {
    std::size_t keys = 0;
    for (const auto& spec : columns_of(*n.table)) keys += spec.primary_key ? 1 : 0;
    if (keys != 1) return std::nullopt;
    for (std::size_t r = 0; r < n.returning.size(); ++r) {
        const auto* returned = node_cast<column_node>(n.returning[r].expression);
        if (!returned || !returned->spec->primary_key) continue;
        for (std::size_t p = 0; p < n.columns.size(); ++p)
            if (node_cast<column_node>(n.columns[p])->spec == returned->spec) return batch_plan::sentinel{r, p};
    }
    return std::nullopt;
}

/// A returned key that the database generates: integers, in the order of the rows on databases that claim so.
std::optional<std::size_t> find_generated_key(const insert_node& n) {
    for (std::size_t r = 0; r < n.returning.size(); ++r) {
        const auto* returned = node_cast<column_node>(n.returning[r].expression);
        if (!returned || !returned->spec->generated || !returned->spec->primary_key || !is_integer(returned->spec->type.kind)) continue;
        const auto is_it = [&](const node_ptr& c) { return node_cast<column_node>(c)->spec == returned->spec; };
        if (std::none_of(n.columns.begin(), n.columns.end(), is_it)) return r;
    }
    return std::nullopt;
}

batch_plan start_plan(const compiler& out, const insert_node& n) {
    batch_plan plan;
    plan.row_pieces.emplace_back("(");
    for (std::size_t i = 0; i < n.columns.size(); ++i) {
        const auto& spec = *target_column(n.columns[i], *n.table).spec;
        plan.row_pieces.emplace_back(i + 1 < n.columns.size() ? ", " : ")");
        plan.columns.push_back(spec.name);
        plan.types.push_back(spec.type);
        plan.stored.push_back(out.rules().stored(spec.type));
    }
    plan.copy_is_legal = n.returning.empty();
    plan.returns_rows = !n.returning.empty();
    plan.plain_rows = true;
    plan.order = find_sentinel(n);
    if (!plan.order) plan.generated_key = find_generated_key(n);
    plan.numbered_placeholders = out.rules().placeholder == placeholders::dollar_number;
    return plan;
}

void write_returning_of(compiler& out, const insert_node& n) {
    out.in_scope([&] {
        out.current_scope().sources.push_back(n.table.get());
        detail::write_returning(out, n.returning);
    });
}

/// The rows' values are the only ones that a driver sends with a batch.
void refuse_bound_returning(const insert_node& n) {
    std::vector<const bind_node*> binds;
    for (const auto& item : n.returning) collect_binds(*item.expression, binds);
    if (!binds.empty())
        throw_error(errc::statement, "RETURNING of an insert of many rows cannot have bound values: write them with literal()");
}

/// The rows come at execution: the statement is left in pieces for the driver to repeat.
void write_batch(compiler& out, const insert_node& n, std::size_t table_start) {
    batch_plan plan = start_plan(out, n);
    refuse_bound_returning(n);
    const std::size_t table_end = out.buffer().size();
    write_column_list(out, n.columns, *n.table);
    out << " VALUES ";
    plan.prefix = out.buffer();
    plan.table = plan.prefix.substr(table_start, table_end - table_start);
    write_returning_of(out, n);
    plan.suffix = out.buffer().substr(plan.prefix.size());
    out.set_batch(std::move(plan));
}

void write_insert(compiler& out, const insert_node& n) {
    out.set_kind(statement_kind::insert, !n.returning.empty());
    out.require(n.returning.empty() || out.can().returning_on_insert, "INSERT ... RETURNING", "read the key with last_insert_id()");
    if (out.rules().ctes_before_insert) detail::write_ctes(out, n);
    out << "INSERT INTO ";
    const std::size_t table_start = out.buffer().size();
    out << n.table;
    if (!n.values.empty()) {
        out.in_scope([&] { write_one_row(out, n); });  // its values see no row
    } else if (n.query) {
        if (!n.columns.empty()) write_column_list(out, n.columns, *n.table);
        out << " ";
        write_inner_ctes(out, n);
        out.isolated([&] { out << n.query; });
    } else if (!n.columns.empty()) {
        return write_batch(out, n, table_start);
    } else {
        out.require(out.can().default_values_insert, "an insert of nothing but defaults", "name at least one column with set()");
        out << out.rules().default_values;
    }
    write_returning_of(out, n);
}

void write_update(compiler& out, const update_node& n) {
    if (n.values.empty())
        throw_error(errc::statement, fmt::format("an update of {} sets nothing: add .set(column, value)", source_name(*n.table)));
    refuse_twice(n.values, *n.table);
    out.set_kind(statement_kind::update, !n.returning.empty());
    detail::write_ctes(out, n);
    out << "UPDATE " << n.table << " SET ";
    out.in_scope([&] {
        out.current_scope().sources.push_back(n.table.get());
        bool first = true;
        for (const auto& a : n.values) {
            if (!first) out << ", ";
            first = false;
            out.identifier(target_column(a.column, *n.table).spec->name) << " = " << a.value;
        }
        detail::write_where(out, " WHERE ", n.where);
        out.require(n.returning.empty() || out.can().returning_on_update, "UPDATE ... RETURNING", "select the rows afterwards");
        detail::write_returning(out, n.returning);
    });
}

void write_delete(compiler& out, const delete_node& n) {
    out.set_kind(statement_kind::delete_, !n.returning.empty());
    detail::write_ctes(out, n);
    out << "DELETE FROM " << n.table;
    out.in_scope([&] {
        out.current_scope().sources.push_back(n.table.get());
        detail::write_where(out, " WHERE ", n.where);
        out.require(n.returning.empty() || out.can().returning_on_delete, "DELETE ... RETURNING", "select the rows before");
        detail::write_returning(out, n.returning);
    });
}

}  // namespace

namespace detail {

void write_returning(compiler& out, const std::vector<select_item>& items) {
    if (items.empty()) return;
    out << " RETURNING ";
    unqualified(out, [&] {
        bool first = true;
        for (const auto& item : items) {
            if (!first) out << ", ";
            first = false;
            out << item.expression;
            const auto* label = node_cast<label_node>(item.expression);
            const auto* column = node_cast<column_node>(item.expression);
            if (label) {
                out << " AS ";
                out.identifier(label->name);
            }
            out.add_result_column(label ? label->name : column ? column->spec->name : std::string{}, type_of(*item.expression));
        }
    });
}

void set_dml_rules(rule_table& r) {
    r.set<insert_node, &write_insert>();
    r.set<update_node, &write_update>();
    r.set<delete_node, &write_delete>();
}

}  // namespace detail
}  // namespace azoth
