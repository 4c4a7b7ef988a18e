#include "inspect.hpp"
#include "text_width.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <stdexcept>

namespace azoth::command {
namespace {

std::string list_of(const std::vector<std::string>& names) { return fmt::format("({})", fmt::join(names, ", ")); }

std::string remark(const std::string& comment) { return comment.empty() ? std::string{} : "  -- " + printable(comment); }

/// How a sequence counts, where that is not from 1 on, one by one.
std::string counting(const sequence_options& o) {
    std::vector<std::string> parts;
    const auto say = [&](std::string_view what, const std::optional<std::int64_t>& n) {
        if (n) parts.push_back(fmt::format("{} {}", what, *n));
    };
    say("start", o.start);
    say("by", o.increment);
    say("from", o.minimum);
    say("to", o.maximum);
    say("cache", o.cache);
    if (o.cycle) parts.emplace_back("again and again");
    return parts.empty() ? std::string{} : fmt::format("  {}", fmt::join(parts, ", "));
}

std::string type_of(const table_definition& t, std::size_t i) {
    return t.details[i].native_type.empty() ? to_string(t.node->columns[i].type) : t.details[i].native_type;
}

/// Nothing where the database does not know: of a computed column in SQLite.
std::string type_of(const view_definition& v, std::size_t i) {
    if (i < v.native_types.size() && !v.native_types[i].empty()) return v.native_types[i];
    return v.columns[i].type.kind == type_kind::unknown ? std::string{} : to_string(v.columns[i].type);
}

std::string remarks_on(const table_definition& t, std::size_t i, const inspected& what) {
    const column_spec& c = t.node->columns[i];
    const column_details& d = t.details[i];
    std::vector<std::string> parts;
    if (d.computed) parts.push_back(fmt::format("= {}{}", sql_of(d.computed->expression, what), d.computed->stored ? "" : " (virtual)"));
    else if (d.identity) parts.emplace_back(d.identity->always ? "always numbered" : "numbered");
    else if (c.generated) parts.emplace_back("numbered");
    if (d.server_default) parts.push_back("default " + sql_of(d.server_default, what));
    if (!d.collation.empty()) parts.push_back("collation " + d.collation);
    if (!d.comment.empty()) parts.push_back("-- " + printable(d.comment));
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string key_mark(const table_definition& t, const std::string& column) {
    const bool is_key = std::ranges::find(t.primary_key, column) != t.primary_key.end();
    const bool refers =
        std::ranges::any_of(t.foreign_keys, [&](const auto& k) { return std::ranges::find(k.columns, column) != k.columns.end(); });
    return is_key && refers ? "PK FK" : is_key ? "PK" : refers ? "FK" : "";
}

using text_line = std::vector<std::string>;

void write_aligned(std::ostream& to, const std::vector<text_line>& lines) {
    std::vector<std::size_t> widths(lines.empty() ? 0 : lines.front().size());
    for (const auto& l : lines)
        for (std::size_t i = 0; i < l.size(); ++i) widths[i] = std::max(widths[i], display_width(l[i]));
    for (const auto& l : lines) {
        std::string text{"  "};
        for (std::size_t i = 0; i < l.size(); ++i) text += printable(l[i]) + std::string(widths[i] - display_width(l[i]) + 2, ' ');
        text.erase(text.find_last_not_of(' ') + 1);
        to << text << '\n';
    }
}

std::string words_for(referential_action action) {
    constexpr std::string_view words[]{"", "restrict", "cascade", "set null", "set default"};
    return std::string{words[static_cast<std::size_t>(action)]};
}

std::string line_of(const foreign_key& k) {
    std::string text = fmt::format("{} -> {} {}", list_of(k.columns), to_string(object_name{k.referred_schema, k.referred_table}),
                                   list_of(k.referred_columns));
    if (const auto w = words_for(k.on_delete); !w.empty()) text += ", on delete " + w;
    if (const auto w = words_for(k.on_update); !w.empty()) text += ", on update " + w;
    if (k.timing != constraint_timing::immediate)
        text += k.timing == constraint_timing::deferrable ? ", deferrable" : ", initially deferred";
    return text;
}

std::string line_of(const index_element& e, const inspected& what) {
    std::string text = e.expression ? sql_of(e.expression, what) : e.column;
    if (e.prefix != 0) text += fmt::format("({})", e.prefix);
    if (!e.collation.empty()) text += " collate " + e.collation;
    if (!e.operator_class.empty()) text += " " + e.operator_class;
    if (e.descending) text += " desc";
    if (e.nulls != nulls_order::unspecified) text += e.nulls == nulls_order::first ? " nulls first" : " nulls last";
    return text;
}

std::string line_of(const index_definition& i, const inspected& what) {
    std::vector<std::string> elements;
    for (const auto& e : i.elements) elements.push_back(line_of(e, what));
    std::string text = (i.unique ? "unique " : "") + list_of(elements);
    if (!i.method.empty()) text += " using " + i.method;
    if (!i.include.empty()) text += " include " + list_of(i.include);
    if (i.nulls_not_distinct) text += " nulls not distinct";
    if (i.where) text += " where " + sql_of(i.where, what);
    return text;
}

void write_table(std::ostream& to, const table_definition& t, const inspected& what) {
    to << to_string(t.name()) << remark(t.comment) << '\n';
    std::vector<text_line> columns;
    for (std::size_t i = 0; i < t.node->columns.size(); ++i) {
        const column_spec& c = t.node->columns[i];
        columns.push_back({c.name, type_of(t, i), c.nullable ? "" : "not null", key_mark(t, c.name), remarks_on(t, i, what)});
    }
    write_aligned(to, columns);
    std::vector<text_line> parts;
    if (t.primary_key.size() > 1) parts.push_back({"primary key", t.primary_key_name, list_of(t.primary_key)});
    for (const auto& u : t.uniques)
        parts.push_back({"unique", u.name, list_of(u.columns) + (u.nulls_not_distinct ? ", nulls not distinct" : "")});
    for (const auto& k : t.foreign_keys) parts.push_back({"foreign key", k.name, line_of(k)});
    for (const auto& c : t.checks) parts.push_back({"check", c.name, sql_of(c.condition, what)});
    for (const auto& i : t.indexes) parts.push_back({"index", i.name, line_of(i, what)});
    for (const auto& [name, value] : t.options) parts.push_back({"option", name, value});
    if (!parts.empty()) to << '\n';
    write_aligned(to, parts);
    to << '\n';
}

}  // namespace

std::string sql_of(const node_ptr& expression, const inspected& what) {
    if (!expression) return {};
    if (const auto* native = node_cast<native_sql_node>(expression)) return native->sql;
    return to_sql(ddl_statement{expression}, what.server.dialect);
}

std::string family_of(const url& database) {
    const auto found = dialect_registry::instance().find(database.scheme());
    return std::string{found->rules().family_of(found->info().dialect)};
}

std::string file_of(const url& database) {
    const std::string& file = database.database();
    const bool is_file =
        family_of(database) == "sqlite" && file != ":memory:" && !file.starts_with("file:") && database.find_option("mode") != "memory";
    return is_file ? file : std::string{};
}

url existing(const std::string& said) {
    url target = url::parse(said);
    const std::string file = file_of(target);
    if (!file.empty() && !std::filesystem::exists(file))
        throw std::runtime_error{fmt::format("there is no file {}, and a database that is read is not made", file)};
    return target;
}

inspected read_database(const executor_source& db, const reflection_request& what) {
    inspected found;
    db.with_executor([&](executor& on) {
        if (!what.schema.empty() && !on.reflect().has_schema(what.schema))
            throw std::runtime_error{
                fmt::format("there is no schema \"{}\": {}", what.schema, fmt::join(on.reflect().schema_names(), ", "))};
        found.server = on.server_profile();
        found.family = on.rules().family_of(found.server.dialect);
    });
    found.all.reflect(db, what);
    return found;
}

void write_schema_text(std::ostream& to, const inspected& what) {
    const schema_definition& all = what.all.definition();
    for (const auto& e : all.enums) to << "enumeration " << to_string(e.name) << "  " << list_of(e.labels) << remark(e.comment) << '\n';
    for (const auto& s : all.sequences) to << "sequence " << to_string(s.name) << counting(s.options) << remark(s.comment) << '\n';
    if (!all.enums.empty() || !all.sequences.empty()) to << '\n';
    for (const auto& t : what.all.sorted_tables()) write_table(to, t.definition(), what);
    for (const auto& v : all.views) {
        to << to_string(v.name) << (v.materialized ? "  materialized view" : "  view") << remark(v.comment) << '\n';
        std::vector<text_line> columns;
        for (std::size_t i = 0; i < v.columns.size(); ++i) columns.push_back({v.columns[i].name, type_of(v, i)});
        write_aligned(to, columns);
        to << '\n';
    }
    for (const auto& n : all.notes) to << "note: " << to_string(n.of) << ": " << printable(n.what) << '\n';
}

}  // namespace azoth::command
