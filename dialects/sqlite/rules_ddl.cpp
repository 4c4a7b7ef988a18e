// Tables and indexes.
#include "rules.hpp"

#include "sql_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth::sqlite {
namespace {

constexpr std::uint32_t has_strict_tables = 33'700;
constexpr const char* strict_option = "sqlite.strict";
constexpr const char* without_rowid_option = "sqlite.without_rowid";

bool has_option(const table_definition& of, std::string_view name) {
    const auto found = of.options.find(name);
    return found != of.options.end() && found->second == "true";
}

/// A STRICT table knows these names only.
std::string_view strict_name(type_kind kind) {
    switch (kind) {
        case type_kind::boolean:
        case type_kind::small_integer:
        case type_kind::integer:
        case type_kind::big_integer:
        case type_kind::unsigned_small_integer:
        case type_kind::unsigned_integer:
        case type_kind::interval: return "INTEGER";
        case type_kind::real:
        case type_kind::double_:
        case type_kind::numeric: return "REAL";
        case type_kind::binary: return "BLOB";
        default: return "TEXT";
    }
}

std::string type_text(compiler& out, const table_definition& of, const type& t) {
    const std::size_t from = out.buffer().size();
    out.type_name(t);
    std::string name = out.cut(from);
    if (!has_option(of, strict_option) || !t.native_name("sqlite").empty()) return name;
    const std::size_t collation = name.find(" COLLATE ");
    if (is_kept_as_text(t)) return "TEXT" + name.substr(collation);
    return std::string{strict_name(t.kind)};
}

/// A key that SQLite numbers has to be of the type INTEGER, by that very name: only then it is the table's rowid. A key that the program
/// gives must not be of that name, or SQLite would number the rows that come without.
void write_column_type(compiler& out, const table_definition& of, std::size_t column) {
    const column_spec& spec = of.node->columns[column];
    const bool is_lone_key = spec.primary_key && of.primary_key.size() <= 1;
    if (is_lone_key && is_numbered(of, column)) {
        out << "INTEGER";
        return;
    }
    const std::string name = type_text(out, of, spec.type);
    out << (is_lone_key && name == "INTEGER" ? "INT" : std::string_view{name});
}

/// AUTOINCREMENT stands behind the column's own PRIMARY KEY.
void write_identity(compiler& out, const table_definition& of, std::size_t column) {
    const auto& identity = of.details[column].identity;
    if (!identity) return;
    out << " ";
    if (!of.primary_key_name.empty()) {
        out << "CONSTRAINT ";
        out.identifier(of.primary_key_name) << " ";
    }
    out << "PRIMARY KEY AUTOINCREMENT";
}

/// A default is any expression elsewhere; SQLite wants parentheses around all but the simplest.
void write_default_value(compiler& out, const node& expression, const type& of) {
    const std::size_t from = out.buffer().size();
    write_schema_expression(out, expression);
    std::string sql = out.cut(from);
    for (const auto& moment : moment_defaults)
        if (of.kind == moment.kind && same_word(sql, moment.word)) sql = moment.sql;
    out << "(" << sql << ")";
}

/// The labels of an enumeration, under its name: so reflection finds both again.
void write_labels(compiler& out, const table_definition& of, std::size_t column) {
    const column_spec& spec = of.node->columns[column];
    if (spec.type.kind != type_kind::enumeration || !spec.type.rare || spec.type.rare->labels.empty()) return;
    if (!spec.type.native_name("sqlite").empty()) return;
    out << " ";
    if (const std::string& name = spec.type.rare->name; !name.empty()) {
        out << "CONSTRAINT ";
        out.identifier(name) << " ";
    }
    out << "CHECK (";
    out.identifier(spec.name) << " IN (";
    std::string_view separator;
    for (const auto& label : spec.type.rare->labels) {
        out << separator;
        separator = ", ";
        write_quoted_text(out, label);
    }
    out << "))";
}

void write_table_end(compiler& out, const table_definition& of) {
    const bool is_strict = has_option(of, strict_option);
    const bool without_rowid = has_option(of, without_rowid_option);
    if (is_strict) out << " STRICT";
    if (without_rowid) out << (is_strict ? ", WITHOUT ROWID" : " WITHOUT ROWID");
}

void check_options(const compiler& out, const table_definition& of) {
    for (const auto& [name, text] : of.options) {
        if (!name.starts_with("sqlite.")) continue;
        if (name != strict_option && name != without_rowid_option)
            throw_error(errc::statement, fmt::format("\"{}\" is no option of SQLite's tables: there are {} and {}", name, strict_option,
                                                     without_rowid_option));
        if (text != "true" && text != "false")
            throw_error(errc::statement, fmt::format("the option {} of \"{}\" is \"{}\": give true or false", name, of.node->name, text));
    }
    if (has_option(of, strict_option))
        out.require(out.server().sql_version() >= has_strict_tables, "a STRICT table", "leave the option out");
}

void check_identity(const compiler& out, const table_definition& of, std::size_t column) {
    const auto& identity = of.details[column].identity;
    if (!identity) return;
    out.require(!identity->always, "GENERATED ALWAYS AS IDENTITY", "use identity(), which takes a value of the program's own");
    const sequence_options& o = identity->options;
    const bool counts_from_1 = o.start.value_or(1) == 1 && o.increment.value_or(1) == 1 && !o.minimum && !o.maximum && !o.cache && !o.cycle;
    out.require(counts_from_1, "an identity with options", "leave them out: SQLite counts from 1");
    const bool is_key = of.primary_key == std::vector{of.node->columns[column].name};
    out.require(is_key, "an identity that is not the primary key", "make it the key, or give the values");
}

void check_columns(const compiler& out, const table_definition& of) {
    for (std::size_t i = 0; i < of.details.size(); ++i) {
        check_identity(out, of, i);
        if (has_option(of, without_rowid_option) && of.node->columns[i].primary_key && is_numbered(of, i))
            out.require(false, fmt::format("the numbered key \"{}\" of a WITHOUT ROWID table", of.node->columns[i].name),
                        "declare it not_generated");
    }
}

/// REFERENCES takes a bare name, which stands for a table of the same database.
void check_references(const compiler& out, const table_definition& of) {
    const auto place = [&](std::string_view schema) {
        const std::string_view written = out.schema_of(schema);
        return written.empty() ? std::string_view{"main"} : written;
    };
    if (of.temporary) return;
    for (const auto& key : of.foreign_keys)
        if (!same_word(place(key.referred_schema), place(of.node->schema)))
            out.require(false,
                        fmt::format("a foreign key from \"{}\".\"{}\" to \"{}\".\"{}\", another database", place(of.node->schema),
                                    of.node->name, place(key.referred_schema), key.referred_table),
                        "keep both tables in one file");
}

/// Where such a key is looked after, SQLite (3.40) takes the quote or bracket that the table's name begins with for a quoted name's, and
/// finds no table.
void check_restrictions(const compiler& out, const table_definition& of) {
    if (std::string_view{"[\"`'"}.find(of.node->name.substr(0, 1)) == std::string_view::npos) return;
    for (const auto& key : of.foreign_keys)
        if (key.on_delete == referential_action::restrict_ || key.on_update == referential_action::restrict_)
            out.require(false, fmt::format("a foreign key with RESTRICT of a table called {}", of.node->name),
                        "call the table otherwise, or leave NO ACTION, which refuses at the statement's end");
}

/// The table as ANSI's rules have to write it for SQLite.
table_ptr written_as(const table_ptr& table) {
    const auto has_identity = [](const column_details& d) { return d.identity.has_value(); };
    const auto is_qualified = [](const foreign_key& key) { return !key.referred_schema.empty(); };
    const bool numbers = std::ranges::any_of(table->details, has_identity);
    if (!numbers && std::ranges::none_of(table->foreign_keys, is_qualified)) return table;
    auto changed = std::make_shared<table_definition>(*table);
    if (numbers) changed->primary_key.clear();  // the column says it
    for (auto& key : changed->foreign_keys) key.referred_schema.clear();
    return changed;
}

void write_table(compiler& out, const create_table_node& n) {
    check_options(out, *n.table);
    check_columns(out, *n.table);
    check_references(out, *n.table);
    check_restrictions(out, *n.table);
    create_table_node changed{written_as(n.table)};
    changed.if_not_exists = n.if_not_exists;
    changed.without_foreign_keys = n.without_foreign_keys;
    ansi_rules().find(create_table_node::static_kind)(out, changed);
}

/// A temporary table hides a lasting one of its name, but is looked for behind it where it is not there.
void write_drop(compiler& out, const drop_object_node& n) {
    drop_object_node changed{n.object, n.name};
    changed.if_exists = n.if_exists;
    changed.cascade = n.cascade;
    if (n.temporary && n.name.schema.empty()) changed.name.schema = "temp";
    ansi_rules().find(drop_object_node::static_kind)(out, changed);
}

/// What SQLite does not know is refused before; it stands here for those who test that.
void write_prefix(compiler& out, const create_index_node&, const index_element& e) {
    if (e.prefix != 0) out << fmt::format("({})", e.prefix);
}

/// An index stands in its table's schema and says so itself; ON takes a bare name.
void write_create_index(compiler& out, const create_index_node& n) {
    const index_definition& index = n.index;
    const table_node& table = *n.table->node;
    require_index(out, index);
    out.set_kind(statement_kind::ddl, false);
    out << (index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") << (n.if_not_exists ? "IF NOT EXISTS " : "");
    out.qualified(table.schema, index.name) << " ON ";
    out.identifier(table.name) << " ";
    if (!index.method.empty()) {
        out << "USING ";
        out.identifier(index.method) << " ";
    }
    write_index_elements(out, n, &write_prefix);
    if (!index.include.empty()) {
        out << " INCLUDE ";
        write_names(out, index.include);
    }
    out << (index.nulls_not_distinct ? " NULLS NOT DISTINCT" : "");
    if (!index.where) return;
    out << " WHERE ";
    write_schema_expression(out, *index.where);
}

}  // namespace

void set_ddl_rules(rule_table& to) {
    to.ddl.deferring_keys = "PRAGMA defer_foreign_keys = ON";
    to.ddl.column_type = &write_column_type;
    to.ddl.identity = &write_identity;
    to.ddl.default_value = &write_default_value;
    to.ddl.column_end = &write_labels;
    to.ddl.table_end = &write_table_end;
    to.set<create_table_node, &write_table>();
    to.set<drop_object_node, &write_drop>();
    to.set<create_index_node, &write_create_index>();
}

}  // namespace azoth::sqlite
