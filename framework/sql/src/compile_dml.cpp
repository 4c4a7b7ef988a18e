#include "dml_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth {
namespace detail {

bool begin_dml(compiler& out, statement_kind kind, const std::vector<select_item>& returning) {
    if (out.depth() == 0 && out.is_top_level()) {
        out.set_kind(kind, !returning.empty());
        return true;
    }
    out.require(out.can().dml_in_ctes, "an INSERT, UPDATE or DELETE in a common table expression", "run it as a statement of its own");
    return false;
}

const column_node& target_column(const node_ptr& column, const node& table) {
    const auto* c = node_cast<column_node>(column);
    if (!c || c->source.get() != &table)
        throw_error(errc::statement, fmt::format("only columns of {} can be set here{}", source_name(table),
                                                 c ? fmt::format(", not \"{}\" of {}", c->spec->name, source_name(*c->source)) : ""));
    return *c;
}

const table_node& target_table(const node& target, bool may_be_alias, std::string_view verb) {
    if (const auto* table = node_cast<table_node>(&target)) return *table;
    const auto* alias = node_cast<alias_node>(&target);
    const auto* table = alias && may_be_alias ? node_cast<table_node>(alias->source) : nullptr;
    if (!table) throw_error(errc::statement, fmt::format("{} needs a table, and {} is none", verb, source_name(target)));
    return *table;
}

void write_names(compiler& out, const std::vector<node_ptr>& columns, const node& table) {
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

void write_own_default(compiler& out, const node_ptr& column, const node_ptr& value) {
    const auto* made = node_cast<bind_node>(value);
    if (made && made->maker) out << value;
    else out.with_literals([&] { write_assigned(out, column, value); });  // it is the same each time
}

void write_assigned(compiler& out, const node_ptr& column, const node_ptr& value) {
    if (node_cast<default_value_node>(value)) {
        const auto& spec = *static_cast<const column_node&>(*column).spec;
        if (spec.on_insert) return write_own_default(out, column, spec.on_insert);
        out.require(out.can().update_to_default, "an update to a column's default", "give the value");
        out << "DEFAULT";
    } else if (out.rules().assigned) {
        out.rules().assigned(out, *column, *value);
    } else if (const auto* bind = out.rules().parameter_type ? node_cast<bind_node>(value) : nullptr) {
        out.parameter(*bind);  // the column tells its type
    } else {
        out << value;
    }
}

std::vector<assignment> with_own_updates(const std::vector<assignment>& values, const node_ptr& table) {
    refuse_twice(values, *table);
    std::vector<assignment> all = values;
    for (const auto& spec : columns_of(*table)) {
        const auto sets_it = [&](const assignment& a) { return static_cast<const column_node&>(*a.column).spec->name == spec.name; };
        if (spec.on_update && std::none_of(values.begin(), values.end(), sets_it))
            all.push_back({make_node<const column_node>(table, spec), make_node<const own_default_node>(spec.on_update)});
    }
    return all;
}

namespace {

void check_returned(const compiler& out, const node& item, const node& table, bool joined) {
    std::vector<const node*> sources;
    collect_sources(item, sources);
    for (const node* source : sources) {
        if (source == &table) continue;
        if (!joined || !out.is_offered(*source))
            throw_error(errc::statement,
                        fmt::format("RETURNING gives columns of {} only, not of {}", source_name(table), source_name(*source)));
        out.require(out.can().returning_of_joined, "RETURNING of another table's columns", "select them beforehand");
    }
}

}  // namespace

void write_returning(compiler& out, const std::vector<select_item>& items, const node& table, bool joined) {
    if (items.empty()) return;
    out << " RETURNING ";
    const bool before = out.qualifies();
    out.set_qualifies(joined && out.can().returning_of_joined);
    const bool names_result = out.is_top_level();
    bool first = true;
    for (const auto& item : items) {
        if (!first) out << ", ";
        first = false;
        check_returned(out, *item.expression, table, joined);
        out << item.expression;
        const auto* label = node_cast<label_node>(item.expression);
        const auto* column = node_cast<column_node>(item.expression);
        if (label) {
            out << " AS ";
            out.identifier(label->name);
        }
        if (names_result)
            out.add_result_column(label ? label->name : column ? column->spec->name : std::string{}, type_of(*item.expression));
    }
    out.set_qualifies(before);
}

namespace {

void write_own_default_node(compiler& out, const own_default_node& n) {
    const auto* made = node_cast<bind_node>(n.value);
    if (made && made->maker) out << n.value;
    else out.with_literals([&] { out << n.value; });
}

void write_own_column(compiler& out, const own_column_node& n) {
    const node* table = out.changed_table();
    if (!table && !out.qualifies()) {  // in the table's own definition
        out.identifier(n.name);
        return;
    }
    if (!table)
        throw_error(errc::statement,
                    fmt::format("own_column(\"{}\") stands in on_update_expression() and in a table's definition only", n.name));
    out << *make_node<const column_node>(node_ptr{table}, find_column(*table, n.name));
}

}  // namespace

void set_dml_rules(rule_table& r) {
    r.set<own_column_node, &write_own_column>();
    r.set<own_default_node, &write_own_default_node>();
    set_insert_rules(r);
    set_update_rules(r);
}

}  // namespace detail

void write_assignments(compiler& out, const std::vector<assignment>& values, const node& table, bool qualified) {
    bool first = true;
    for (const auto& a : values) {
        const column_node& column = detail::target_column(a.column, table);
        if (!first) out << ", ";
        first = false;
        if (qualified) out << column;
        else out.identifier(column.spec->name);
        out << " = ";
        detail::write_assigned(out, a.column, a.value);
    }
}

namespace {

/// Whether an expression reads a column of a table as it was.
class column_reader final : public node_visitor {
public:
    explicit column_reader(const column_node& column) noexcept : column_{column} {}
    void child(const node& child) override {
        if (child.kind().number == node_numbers::proposed) return;
        const auto* column = node_cast<column_node>(&child);
        if (column) reads = reads || (column->source == column_.source && column->spec->name == column_.spec->name);
        else child.visit_children(*this);
    }
    bool reads{};

private:
    const column_node& column_;
};

}  // namespace

void require_independent(const compiler& out, const std::vector<assignment>& values, const std::vector<node_ptr>& where) {
    if (out.can().simultaneous_assignments) return;
    for (std::size_t i = 0; i + 1 < values.size(); ++i) {
        column_reader reader{static_cast<const column_node&>(*values[i].column)};
        for (std::size_t later = i + 1; later < values.size(); ++later) reader.child(*values[later].value);
        for (const auto& term : where) reader.child(*term);
        out.require(!reader.reads, "an assignment that reads a column set before it, as it was", "set that column last");
    }
}

}  // namespace azoth
