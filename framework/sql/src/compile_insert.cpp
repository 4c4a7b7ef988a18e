#include "dml_parts.hpp"

#include <azoth/sql/select.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth {
namespace {

using detail::target_column;

const column_spec& spec_of(const node_ptr& column) { return *static_cast<const column_node&>(*column).spec; }

bool holds(const std::vector<node_ptr>& columns, const column_spec& spec) {
    return std::any_of(columns.begin(), columns.end(), [&](const node_ptr& c) { return spec_of(c).name == spec.name; });
}

/// The columns that an insert fills: those that it was given, and behind them those that the mapping fills.
struct filled_columns {
    static constexpr std::size_t no_parameter = static_cast<std::size_t>(-1);
    std::vector<node_ptr> columns{};
    std::size_t given{};
    std::vector<std::size_t> parameters{};  ///< of one row: which parameter each column's value is, if it is one
};

filled_columns fill(const std::vector<node_ptr>& given, const node_ptr& table) {
    filled_columns f;
    for (const auto& column : given) static_cast<void>(target_column(column, *table));
    f.columns = given;
    f.given = given.size();
    const auto add = [&](bool made) {
        for (const auto& spec : columns_of(*table)) {
            const auto* bind = node_cast<bind_node>(spec.on_insert);
            if (!spec.on_insert || (bind && bind->maker) != made || holds(given, spec)) continue;
            f.columns.push_back(make_node<const column_node>(table, spec));
        }
    };
    add(true);  // the parameters first, for a batch has them side by side
    add(false);
    return f;
}

/// The CTEs of an INSERT that may not start with them; whether there are any.
bool write_inner_ctes(compiler& out, const insert_node& n) {
    if (out.rules().ctes_before_insert) return false;
    const std::size_t before = out.buffer().size();
    detail::write_ctes(out, n);
    return out.buffer().size() > before;
}

void write_value(compiler& out, filled_columns& f, std::size_t i, const node_ptr& value) {
    const auto* bind = node_cast<bind_node>(value);
    f.parameters.push_back(bind ? out.parameter_count() : filled_columns::no_parameter);
    if (i < f.given) detail::write_assigned(out, f.columns[i], value);
    else detail::write_own_default(out, f.columns[i], value);
}

void write_row(compiler& out, filled_columns& f, const std::vector<node_ptr>& values) {
    for (std::size_t i = 0; i < f.columns.size(); ++i) {
        if (i != 0) out << ", ";
        write_value(out, f, i, i < f.given ? values[i] : spec_of(f.columns[i]).on_insert);
    }
}

void write_rows(compiler& out, const insert_node& n, filled_columns& f) {
    detail::write_names(out, f.columns, *n.table);
    out << " ";
    const bool as_query = write_inner_ctes(out, n);
    if (!n.rows.empty()) out.require(out.can().multi_row_values, "an insert of several rows in one statement", "insert them one by one");
    std::vector<node_ptr> first;
    for (const auto& a : n.values) first.push_back(a.value);
    out << (as_query ? "SELECT " : "VALUES (");
    write_row(out, f, first);
    for (const auto& row : n.rows) {
        if (as_query) out << out.rules().lone_select;
        out << (as_query ? " UNION ALL SELECT " : "), (");
        write_row(out, f, row.values);
    }
    out << (as_query ? out.rules().lone_select : ")");
}

std::vector<std::string> names_of(const std::vector<node_ptr>& columns) {
    std::vector<std::string> names;
    for (const auto& c : columns) names.push_back(spec_of(c).name);
    return names;
}

/// The query in another one's FROM, which makes its values fit and adds those that the mapping fills.
void write_wrapped(compiler& out, const insert_node& n, filled_columns& f) {
    auto names = names_of(f.columns);
    names.resize(f.given);
    const node_ptr source = detail::make_subquery(n.query, "azoth_rows", names);
    out.in_scope([&] {
        out.current_scope().sources.push_back(source.get());
        out << "SELECT ";
        for (std::size_t i = 0; i < f.columns.size(); ++i) {
            if (i != 0) out << ", ";
            const node_ptr value = i < f.given ? detail::make_column(source, columns_of(*source)[i]) : spec_of(f.columns[i]).on_insert;
            write_value(out, f, i, value);
        }
        out << " FROM " << source << " WHERE 1 = 1";
    });
}

void check_width(const insert_node& n, std::size_t columns) {
    const std::size_t width = detail::width_of_query(*n.query);
    if (width != 0 && width != columns)
        throw_error(errc::statement,
                    fmt::format("the query gives {} columns for the {} of {} that are filled", width, columns, source_name(*n.table)));
}

void write_query(compiler& out, const insert_node& n, filled_columns& f) {
    check_width(n, f.given);
    detail::write_names(out, f.columns, *n.table);
    out << " ";
    write_inner_ctes(out, n);
    const bool is_upsert = n.conflict.action != conflict_action::none;
    const auto is_exact = [](const node_ptr& c) {
        return spec_of(c).type.kind == type_kind::numeric || spec_of(c).type.kind == type_kind::unsigned_big_integer;
    };
    const bool made_to_fit = out.rules().assigned && out.rules().fits_queries && detail::width_of_query(*n.query) != 0 &&
                             std::any_of(f.columns.begin(), f.columns.end(), is_exact);
    if (f.columns.size() > f.given || made_to_fit || (is_upsert && out.rules().wraps_upserted_queries)) return write_wrapped(out, n, f);
    out.isolated([&] { out << n.query; });
}

/// Where a returned column is given by the program and tells the rows of a batch apart: a key of one column; of an upsert the one whose
/// conflict counts, for the row that is there may have another key.
std::optional<batch_plan::sentinel> find_sentinel(const insert_node& n) {
    const auto& conflict = n.conflict;
    const bool updates = conflict.action == conflict_action::update;
    if (updates && conflict.targets.size() != 1) return std::nullopt;
    std::string name = updates ? spec_of(conflict.targets.front()).name : std::string{};
    std::size_t keys = 0;
    for (const auto& spec : columns_of(*n.table)) {
        keys += spec.primary_key ? 1 : 0;
        if (spec.primary_key && !updates) name = spec.name;
    }
    const auto sets_it = [&](const assignment& a) { return spec_of(a.column).name == name; };
    if ((!updates && keys != 1) || std::any_of(conflict.values.begin(), conflict.values.end(), sets_it)) return std::nullopt;
    for (std::size_t r = 0; r < n.returning.size(); ++r) {
        const auto* returned = node_cast<column_node>(n.returning[r].expression);
        if (!returned || returned->spec->name != name) continue;
        for (std::size_t p = 0; p < n.columns.size(); ++p)
            if (spec_of(n.columns[p]).name == name) return batch_plan::sentinel{r, p};
    }
    return std::nullopt;
}

/// A returned key that the database generates: integers, in the order of the rows on databases that claim so.
std::optional<std::size_t> find_generated_key(const insert_node& n) {
    if (n.conflict.action != conflict_action::none) return std::nullopt;  // the rows that are there have older ones
    for (std::size_t r = 0; r < n.returning.size(); ++r) {
        const auto* returned = node_cast<column_node>(n.returning[r].expression);
        if (!returned || !returned->spec->generated || !returned->spec->primary_key || !is_integer(returned->spec->type.kind)) continue;
        if (!holds(n.columns, *returned->spec)) return r;
    }
    return std::nullopt;
}

struct batch_draft {
    batch_plan plan{};
    std::vector<std::shared_ptr<const value_maker>> makers{};
};

/// What the mapping makes of a row's empty value, as SQL around it.
node_ptr default_of_empty(const insert_node& n, const column_spec& spec) {
    const auto* bind = node_cast<bind_node>(spec.on_insert);
    return n.empty_is_default && spec.nullable && !(bind && bind->maker) ? spec.on_insert : node_ptr{};
}

/// A piece of a row's SQL, which is written like any other and then cut off.
std::string piece_of(compiler& out, const node_ptr& column, const node_ptr& value) {
    const std::size_t before = out.buffer().size();
    out.in_scope([&] { detail::write_own_default(out, column, value); });
    return out.cut(before);
}

void add_parameter(batch_draft& d, compiler& out, const insert_node& n, const node_ptr& column) {
    const auto& spec = spec_of(column);
    auto& pieces = d.plan.row_pieces;
    std::string behind;
    if (const node_ptr otherwise = default_of_empty(n, spec)) {
        pieces.back() += "coalesce(";
        behind = ", " + piece_of(out, column, otherwise) + ")";
        d.plan.plain_rows = d.plan.copy_is_legal = false;
    }
    pieces.push_back(behind + ", ");
    d.plan.columns.push_back(spec.name);
    d.plan.types.push_back(spec.type);
    d.plan.stored.push_back(out.rules().stored(spec.type));
}

batch_draft start_batch(compiler& out, const insert_node& n, const filled_columns& f) {
    batch_draft d;
    batch_plan& plan = d.plan;
    plan.row_pieces.emplace_back("(");
    plan.copy_is_legal = n.returning.empty() && n.conflict.action == conflict_action::none;
    plan.plain_rows = true;
    for (std::size_t i = 0; i < f.columns.size(); ++i) {
        const auto* made = i < f.given ? nullptr : node_cast<bind_node>(spec_of(f.columns[i]).on_insert);
        if (i < f.given || (made && made->maker)) {
            add_parameter(d, out, n, f.columns[i]);
            if (made) d.makers.push_back(made->maker);
            continue;
        }
        plan.row_pieces.back() += piece_of(out, f.columns[i], spec_of(f.columns[i]).on_insert) + ", ";
        plan.plain_rows = plan.copy_is_legal = false;
    }
    auto& last = plan.row_pieces.back();
    last.replace(last.size() - 2, 2, ")");
    plan.returns_rows = !n.returning.empty();
    plan.order = find_sentinel(n);
    if (!plan.order) plan.generated_key = find_generated_key(n);
    plan.may_skip_rows = n.conflict.may_skip();
    plan.numbered_placeholders = out.rules().placeholder == placeholders::dollar_number;
    return d;
}

void write_conflict(compiler& out, const insert_node& n) {
    if (n.conflict.action == conflict_action::none) return;
    if (n.conflict.action == conflict_action::update && n.conflict.values.empty())
        throw_error(errc::statement,
                    fmt::format("an upsert of {} updates nothing: add .set(column, value) or take do_nothing()", source_name(*n.table)));
    out.require(out.can().upsert != upsert_style::none, "an upsert", "look for the row first, in a serializable transaction");
    out.in_scope([&] {
        out.current_scope().sources.push_back(n.table.get());
        out.current_scope().changed = n.table.get();
        out.current_scope().upsert = &n;
        out.rules().conflict(out, n, n.conflict.values.empty() ? n.conflict.values : detail::with_own_updates(n.conflict.values, n.table));
    });
}

void write_returning_of(compiler& out, const insert_node& n) {
    out.in_scope([&] {
        out.current_scope().sources.push_back(n.table.get());
        detail::write_returning(out, n.returning, *n.table);
    });
}

/// The rows come at execution: the statement is left in pieces for the driver to repeat.
void write_batch(compiler& out, const insert_node& n, std::size_t table_start, const filled_columns& f) {
    if (out.parameter_count() != 0)
        throw_error(errc::statement, "an insert of many rows cannot have a CTE with bound values: use literal()");
    const std::size_t table_end = out.buffer().size();
    batch_draft d = start_batch(out, n, f);
    detail::write_names(out, f.columns, *n.table);
    out << " VALUES ";
    d.plan.prefix = out.buffer();
    d.plan.table = d.plan.prefix.substr(table_start, table_end - table_start);
    write_conflict(out, n);
    write_returning_of(out, n);
    d.plan.suffix = out.buffer().substr(d.plan.prefix.size());
    out.set_batch(std::move(d.plan), std::move(d.makers));
}

using part = inserted_key::part;

std::optional<std::size_t> place_in_returning(const insert_node& n, const column_spec& spec) {
    for (std::size_t r = 0; r < n.returning.size(); ++r)
        if (const auto* c = node_cast<column_node>(n.returning[r].expression); c && c->spec->name == spec.name) return r;
    return std::nullopt;
}

/// Where a column of the key can be read without asking for it.
std::optional<part> known_part(const compiler& out, const insert_node& n, const filled_columns& f, const column_spec& spec, bool alone) {
    if (const auto at = place_in_returning(n, spec)) return part{part::sources::returned, *at};
    if (n.conflict.action != conflict_action::none) return std::nullopt;  // the row that is there may have another
    for (std::size_t i = 0; i < f.columns.size(); ++i) {
        if (spec_of(f.columns[i]).name != spec.name) continue;
        if (f.parameters[i] == filled_columns::no_parameter) return std::nullopt;
        return part{part::sources::parameter, f.parameters[i]};
    }
    const bool is_told = alone && spec.generated && is_integer(spec.type.kind) && out.can().last_insert_id;
    return is_told ? std::optional{part{part::sources::generated, 0}} : std::nullopt;
}

/// Finds out how the key of the only row will be known; has the database return it where nothing else tells.
void plan_key(compiler& out, const insert_node& n, const filled_columns& f) {
    if (n.keyless || !n.rows.empty()) return;
    std::vector<node_ptr> key;
    for (const auto& spec : columns_of(*n.table))
        if (spec.primary_key) key.push_back(make_node<const column_node>(n.table, spec));
    inserted_key plan;
    for (const auto& column : key)
        if (const auto known = known_part(out, n, f, spec_of(column), key.size() == 1)) plan.parts.push_back(*known);
    if (plan.parts.size() != key.size()) {
        const bool tells_untouched = n.conflict.may_skip() && !out.can().returning_skips_untouched;
        if (!n.returning.empty() || !out.can().returning_on_insert || tells_untouched) return;
        plan = {.parts = {}, .is_implicit = true};
        for (std::size_t i = 0; i < key.size(); ++i) plan.parts.push_back({part::sources::returned, i});
        out << " RETURNING ";
        detail::unqualified(out, [&] { out.list(key); });
    }
    if (!key.empty()) out.set_key(std::move(plan));
}

std::vector<node_ptr> given_columns(const insert_node& n) {
    std::vector<node_ptr> columns = n.columns;
    for (const auto& a : n.values) columns.push_back(a.column);
    if (n.query && columns.empty())
        for (const auto& spec : columns_of(*n.table)) columns.push_back(make_node<const column_node>(n.table, spec));
    return columns;
}

void write_only_defaults(compiler& out, const insert_node& n) {
    if (n.conflict.action != conflict_action::none)
        throw_error(errc::statement, "an upsert of nothing but defaults has no row to propose: set a column");
    out.require(out.can().default_values_insert, "an insert of nothing but defaults", "name at least one column with set()");
    out << out.rules().default_values;
}

void check_shape(const insert_node& n) {
    static_cast<void>(detail::target_table(*n.table, false, "an insert"));
    if ((!n.values.empty() && (n.query || !n.columns.empty())))
        throw_error(errc::statement, "an insert has values of its own, or columns for rows or a query that come from elsewhere: not both");
    detail::refuse_twice(n.values, *n.table);
    for (const auto& row : n.rows)
        if (row.values.size() != n.values.size()) throw_error(errc::statement, "the rows of an insert have to set the same columns");
}

void write_insert(compiler& out, const insert_node& n) {
    check_shape(n);
    const bool is_statement = detail::begin_dml(out, statement_kind::insert, n.returning);
    out.require(n.returning.empty() || out.can().returning_on_insert, "INSERT ... RETURNING", "read the key with inserted_key()");
    if (is_statement && out.rules().ctes_before_insert) detail::write_ctes(out, n);
    out << "INSERT INTO ";
    const std::size_t table_start = out.buffer().size();
    out << n.table;
    filled_columns f = fill(given_columns(n), n.table);
    if (n.query) {
        write_query(out, n, f);
    } else if (!n.columns.empty()) {
        if (is_statement) return write_batch(out, n, table_start, f);
        throw_error(errc::statement, "an insert in a common table expression has no rows: give them with values() or from()");
    } else if (!f.columns.empty()) {
        out.in_scope([&] { write_rows(out, n, f); });  // its values see no row
    } else {
        write_only_defaults(out, n);
    }
    write_conflict(out, n);
    write_returning_of(out, n);
    if (is_statement && !n.query) plan_key(out, n, f);
}

}  // namespace

namespace detail {

void set_insert_rules(rule_table& r) {
    r.set<insert_node, &write_insert>();
    set_upsert_rules(r);
}

}  // namespace detail
}  // namespace azoth
