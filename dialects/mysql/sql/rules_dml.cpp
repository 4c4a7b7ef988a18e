// Upserts, and what UPDATE and DELETE do otherwise.
#include "rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::mysql {
namespace {

class cte_finder final : public node_visitor {
public:
    void child(const node& child) override {
        if (const auto* column = node_cast<column_node>(&child)) return this->child(*column->source);
        found = found || child.kind().number == node_numbers::cte;
        if (!found) child.visit_children(*this);
    }
    bool found{};
};

bool has_ctes(const node& statement) {
    cte_finder finder;
    statement.visit_children(finder);
    return finder.found;
}

void refuse_ctes(const compiler& out, const node& statement, std::string_view construct) {
    out.require(out.can().ctes_in_updates || !has_ctes(statement), construct, "use a subquery in its place");
}

void write_update(compiler& out, const update_node& n) {
    refuse_ctes(out, n, "a common table expression in an UPDATE");
    ansi_rules().find(update_node::static_kind)(out, n);
}

/// Whether a table is used in a statement besides by this alias.
class use_finder final : public node_visitor {
public:
    use_finder(const table_node& table, const node& alias) noexcept : table_{table}, alias_{alias} {}
    void child(const node& child) override {
        if (&child == &alias_) return;
        if (const auto* column = node_cast<column_node>(&child)) return this->child(*column->source);
        const auto* table = node_cast<table_node>(&child);
        found = found || (table && table->name == table_.name && table->schema == table_.schema);
        if (!found) child.visit_children(*this);
    }
    bool found{};

private:
    const table_node& table_;
    const node& alias_;
};

/// DELETE takes no alias for its table. The table's own name does as well where nothing else in the statement has it.
void write_delete(compiler& out, const delete_node& n) {
    refuse_ctes(out, n, "a common table expression in a DELETE");
    const auto ansi = ansi_rules().find(delete_node::static_kind);
    const auto* alias = node_cast<alias_node>(n.table);
    const auto* table = alias ? node_cast<table_node>(alias->source) : nullptr;
    if (!table || !n.joins.empty()) return ansi(out, n);
    use_finder finder{*table, *alias};
    n.visit_children(finder);
    out.require(!finder.found, "a DELETE from an alias of a table that its subqueries use",
                "delete from the table, and alias it in the subquery");
    out.rename(*alias, table->name);
    ansi(out, n);
}

bool is_filled(const insert_node& n, std::string_view column) {
    const auto is_it = [&](const node_ptr& c) { return static_cast<const column_node&>(*c).spec->name == column; };
    if (std::any_of(n.columns.begin(), n.columns.end(), is_it)) return true;
    if (std::any_of(n.values.begin(), n.values.end(), [&](const assignment& a) { return is_it(a.column); })) return true;
    return n.query && n.columns.empty();
}

/// Whether no row that the insert makes can have a key that is there: a part of it is new each time, or NULL.
bool cannot_meet(const insert_node& n, const unique_key& key) {
    return std::any_of(key.columns.begin(), key.columns.end(), [&](const std::string& name) {
        const column_spec& spec = find_column(*n.table, name);
        return !is_filled(n, name) && !spec.on_insert && (spec.generated || (spec.nullable && !spec.has_default));
    });
}

bool is_target(const conflict_clause& conflict, const unique_key& key) {
    if (!conflict.constraint.empty()) return key.name == conflict.constraint;
    if (conflict.targets.size() != key.columns.size()) return false;
    return std::all_of(conflict.targets.begin(), conflict.targets.end(), [&](const node_ptr& target) {
        const auto* column = node_cast<column_node>(target);
        return column && std::find(key.columns.begin(), key.columns.end(), column->spec->name) != key.columns.end();
    });
}

/// Here any unique key counts: a target means the same only where it is the one key that can be met.
void check_target(const compiler& out, const insert_node& n) {
    if (!n.conflict.has_target()) return;
    const auto& keys = static_cast<const table_node&>(*n.table).keys;
    const auto target = std::find_if(keys.begin(), keys.end(), [&](const unique_key& k) { return is_target(n.conflict, k); });
    out.require(target != keys.end(), "an upsert by columns of which the mapping knows no unique key",
                "say in the mapping that they are unique");
    out.require(n.conflict.index_where.empty(), "an upsert by a partial index");
    for (const auto& key : keys) {
        const bool is_other = target == keys.end() || &key != &*target;
        out.require(!is_other || out.can().upsert_targets || cannot_meet(n, key),
                    fmt::format("an upsert by one key of {} where another ({}) can be met too", source_name(*n.table),
                                fmt::join(key.columns, ", ")),
                    "leave the other key to the database, or look for the row first");
    }
}

bool has_row_alias(const compiler& out, const insert_node& n) {
    return server_is(out, 0, 8'00'19) && !n.query && (out.rules().ctes_before_insert || !has_ctes(n));
}

constexpr std::string_view row_alias = "azoth_new";

void write_proposed(compiler& out, const insert_node& of, std::string_view column) {
    if (has_row_alias(out, of)) {
        out.identifier(row_alias) << ".";
        out.identifier(column);
    } else {
        out << "VALUES(";
        out.identifier(column) << ")";
    }
}

/// A value where the condition holds, else what is there.
class conditional_node final : public node_base<conditional_node> {
public:
    static constexpr node_kind static_kind{node_kind::extension, "azoth mysql conditional assignment"};
    conditional_node(std::vector<node_ptr> terms, node_ptr then, node_ptr otherwise)
        : condition{make_node<const logical_node>(logical_operator::and_, std::move(terms))},
          value{std::move(then)},
          column{std::move(otherwise)} {}
    auto fields() const { return std::tie(condition, value, column); }
    node_ptr condition;
    node_ptr value;
    node_ptr column;
};

void write_conditional(compiler& out, const conditional_node& n) {
    out << "IF(" << n.condition << ", " << n.value << ", " << n.column << ")";
}

/// How many rows: an updated one counts as two, one that stays as it is as one.
affected_meaning meaning_of(const insert_node& n) {
    const bool is_one_row = n.columns.empty() && !n.query && n.rows.empty();
    return is_one_row && !n.conflict.may_skip() ? affected_meaning::at_most_one : affected_meaning::nothing;
}

/// IGNORE would let other errors pass too: the row that is there gets the value that it has.
void write_nothing(compiler& out, const insert_node& n) {
    const column_spec& any = columns_of(*n.table).front();
    out.identifier(any.name) << " = " << *make_node<const column_node>(n.table, any);
}

void write_on_duplicate_key(compiler& out, const insert_node& n, const std::vector<assignment>& values) {
    check_target(out, n);
    out.require(n.returning.empty() || !n.conflict.may_skip() || out.can().returning_skips_untouched,
                "RETURNING of an upsert that leaves rows as they are", "select the rows afterwards");
    require_independent(out, values, n.conflict.where);
    out.set_affected(meaning_of(n));
    if (has_row_alias(out, n)) {
        out << " AS ";
        out.identifier(row_alias);
    }
    out << " ON DUPLICATE KEY UPDATE ";
    if (n.conflict.action == conflict_action::nothing) return write_nothing(out, n);
    auto conditional = values;
    if (!n.conflict.where.empty())
        for (auto& a : conditional) a.value = make_node<const conditional_node>(n.conflict.where, a.value, a.column);
    write_assignments(out, conditional, *n.table);
}

}  // namespace

void set_dml_rules(rule_table& to) {
    to.conflict = write_on_duplicate_key;
    to.proposed = write_proposed;
    to.wraps_upserted_queries = true;  // its tables' columns would be taken for those of the row that is there
    to.joined = joined_style::multi_table;
    to.set<update_node, &write_update>();
    to.set<delete_node, &write_delete>();
    to.set<conditional_node, &write_conditional>();
}

}  // namespace azoth::mysql
