#include "dml_parts.hpp"
#include "from_clause.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth {
namespace {

/// What UPDATE and DELETE have both.
template <class N>
class changed_rows {
public:
    changed_rows(compiler& out, const N& n) : out_{out}, n_{n} {}

    /// The other tables come into scope; call inside the statement's own.
    void open() {
        auto& sources = out_.current_scope().sources;
        sources.push_back(n_.table.get());
        for (const auto& join : n_.joins) {
            const auto offered = detail::offered_by(*join.target);
            for (const node* source : offered)
                if (out_.current_scope().offers(source))
                    throw_error(errc::statement, fmt::format("{} is joined twice: make an alias() of it", source_name(*source)));
            if (join.on) conditions_.push_back(join.on);
            else if (join.kind != join_kind::cross) conditions_.push_back(detail::make_key_condition(join.target.get(), sources));
            on_.push_back(join.on || join.kind == join_kind::cross ? join.on : conditions_.back());
            sources.insert(sources.end(), offered.begin(), offered.end());
        }
        if (!n_.joins.empty()) out_.require(out_.can().joined_updates, "an UPDATE or DELETE with other tables", "use a subquery in WHERE");
        if (!n_.joins.empty() && (n_.limit || !n_.order_by.empty()))
            throw_error(errc::statement, "an UPDATE or DELETE with other tables has no order or limit: choose the rows with a subquery");
        conditions_.insert(conditions_.end(), n_.where.begin(), n_.where.end());
    }
    void list(std::string_view keyword) const {
        for (const auto& join : n_.joins) {
            out_ << keyword << join.target;
            keyword = ", ";
        }
    }
    /// t JOIN a ON ...
    void joined() const {
        out_ << n_.table;
        for (std::size_t i = 0; i < n_.joins.size(); ++i) {
            out_ << (on_[i] ? " JOIN " : " CROSS JOIN ") << n_.joins[i].target;
            if (on_[i]) out_ << " ON " << on_[i];
        }
    }
    /// The table to delete from; an alias by its table alone where rules have given it that name.
    void from() const {
        const auto* alias = node_cast<alias_node>(n_.table);
        const auto* table = alias ? node_cast<table_node>(alias->source) : nullptr;
        out_ << "FROM ";
        if (table && out_.name_of(*alias) == table->name) out_ << *table;
        else out_ << n_.table;
    }
    /// WHERE of all conditions, those of the joins too; then how many rows and in which order.
    void where() const {
        filter(conditions_);
        end();
    }
    void own_where() const {
        filter(n_.where);
        end();
    }
    /// WHERE EXISTS (SELECT 1 FROM a, b WHERE ...): each row once, however many partners it has.
    void where_exists() const {
        out_ << " WHERE EXISTS (SELECT 1";
        list(" FROM ");
        detail::write_where(out_, " WHERE ", conditions_);
        out_ << ")";
    }

private:
    /// An OR that stands alone needs parentheses as well where the keys follow behind an AND.
    void filter(const std::vector<node_ptr>& terms) const {
        constexpr int inside_and = 3;
        const bool keys_follow = n_.limit && !out_.can().ordered_updates;
        if (terms.size() != 1 || !keys_follow) return detail::write_where(out_, " WHERE ", terms);
        out_ << " WHERE ";
        out_.operand(*terms.front(), inside_and);
    }
    void end() const {
        if (!n_.limit && n_.order_by.empty()) return;
        if (out_.can().ordered_updates) return order();
        out_.require(n_.limit && has_key(), "an order or limit of an UPDATE or DELETE", "choose the rows by a subquery of a key");
        if (!n_.limit) return order();
        by_key();
    }
    void order() const {
        if (!n_.order_by.empty()) {
            out_ << " ORDER BY ";
            out_.list(n_.order_by);
        }
        if (n_.limit) out_ << out_.rules().changed_rows_limit << n_.limit;
    }
    [[nodiscard]] bool has_key() const {
        const auto& columns = columns_of(*n_.table);
        return std::any_of(columns.begin(), columns.end(), [](const column_spec& c) { return c.primary_key; });
    }
    void key() const {
        std::string_view separator;
        for (const auto& spec : columns_of(*n_.table)) {
            if (!spec.primary_key) continue;
            out_ << separator << *detail::make_column(n_.table, spec);
            separator = ", ";
        }
    }
    /// The rows' keys, in order. The conditions stay outside too: a row that another transaction changes meanwhile is looked at again.
    void by_key() const {
        out_ << (n_.where.empty() ? " WHERE (" : " AND (");
        key();
        out_ << ") IN (SELECT ";
        key();
        out_ << " FROM " << n_.table;
        detail::write_where(out_, " WHERE ", n_.where);
        order();
        out_ << ")";
    }

    compiler& out_;
    const N& n_;
    std::vector<node_ptr> conditions_{};
    std::vector<node_ptr> on_{};  ///< each join's own condition
};

void write_update(compiler& out, const update_node& n) {
    static_cast<void>(detail::target_table(*n.table, true, "an update"));
    if (n.values.empty())
        throw_error(errc::statement, fmt::format("an update of {} sets nothing: add .set(column, value)", source_name(*n.table)));
    const auto values = detail::with_own_updates(n.values, n.table);
    const bool is_statement = detail::begin_dml(out, statement_kind::update, n.returning);
    out.require(n.returning.empty() || out.can().returning_on_update, "UPDATE ... RETURNING", "select the rows afterwards");
    require_independent(out, values, {});
    if (is_statement) detail::write_ctes(out, n);
    out << "UPDATE ";
    out.in_scope([&] {
        changed_rows rows{out, n};
        rows.open();
        out.current_scope().changed = n.table.get();
        const bool joins_inside = !n.joins.empty() && out.rules().joined == joined_style::multi_table;
        if (joins_inside) rows.joined();
        else out << n.table;
        out << " SET ";
        write_assignments(out, values, *n.table, joins_inside);
        if (joins_inside) {
            rows.own_where();
        } else {
            rows.list(" FROM ");
            rows.where();
        }
        detail::write_returning(out, n.returning, *n.table, !n.joins.empty());
    });
}

/// Whether a query inside the statement reads the table: one that deletes from several tables at once must not.
class reading_query final : public node_visitor {
public:
    explicit reading_query(const table_node& table) noexcept : table_{table} {}
    void child(const node& child) override {
        const bool was_inside = inside_;
        const auto kind = child.kind().number;
        inside_ = inside_ || kind == node_numbers::select || kind == node_numbers::subquery;
        if (const auto* column = node_cast<column_node>(&child)) {
            if (inside_) look(*column->source);
        } else if (!seen_ || !inside_) {
            if (inside_) look(child);
            child.visit_children(*this);
        }
        inside_ = was_inside;
    }
    [[nodiscard]] bool found() const noexcept { return seen_; }

private:
    void look(const node& source) {
        const auto* alias = node_cast<alias_node>(&source);
        const auto* table = node_cast<table_node>(alias ? alias->source.get() : &source);
        seen_ = seen_ || (table && table->name == table_.name && table->schema == table_.schema);
    }
    const table_node& table_;
    bool inside_{};
    bool seen_{};
};

bool reads_itself(const delete_node& n, const table_node& table) {
    reading_query reader{table};
    for (const auto& join : n.joins) {
        reader.child(*join.target);
        if (join.on) reader.child(*join.on);
    }
    for (const auto& term : n.where) reader.child(*term);
    return reader.found();
}

void write_delete(compiler& out, const delete_node& n) {
    const table_node& table = detail::target_table(*n.table, true, "a delete");
    const bool is_statement = detail::begin_dml(out, statement_kind::delete_, n.returning);
    out.require(n.returning.empty() || out.can().returning_on_delete, "DELETE ... RETURNING", "select the rows before");
    if (is_statement) detail::write_ctes(out, n);
    out << "DELETE ";
    out.in_scope([&] {
        changed_rows rows{out, n};
        rows.open();
        joined_style style = out.rules().joined;
        if (style == joined_style::multi_table && (!n.returning.empty() || reads_itself(n, table))) style = joined_style::exists;
        if (n.joins.empty()) {
            rows.from();
            rows.where();
        } else if (style == joined_style::multi_table) {
            out.identifier(out.name_of(*n.table)) << " FROM ";
            rows.joined();
            rows.own_where();
        } else {
            rows.from();
            if (style == joined_style::exists) {
                rows.where_exists();
            } else {
                rows.list(" USING ");
                rows.where();
            }
        }
        detail::write_returning(out, n.returning, *n.table, !n.joins.empty());
    });
}

}  // namespace

namespace detail {

void set_update_rules(rule_table& r) {
    r.set<update_node, &write_update>();
    r.set<delete_node, &write_delete>();
}

}  // namespace detail
}  // namespace azoth
