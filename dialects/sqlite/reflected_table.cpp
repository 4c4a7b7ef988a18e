// A table from the catalogue's rows, and from its text where the catalogue has no rows: names, checks, collations and the like.
#include "reflected_table.hpp"

#include "create_text.hpp"
#include "decimal_text.hpp"
#include "declared_types.hpp"
#include "rules.hpp"
#include "sql_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::sqlite {
namespace {

/// A default that is a word, but for those that mean something, stands for the word as text.
std::string default_text(std::string_view sql, type_kind of) {
    const token_reader in{sql};
    for (const auto& moment : moment_defaults)
        if (of == moment.kind && in.rest() == moment.sql) return std::string{moment.word};
    const token& only = in.peek();
    const bool is_word = only.kind == token_kind::word || only.kind == token_kind::quoted;
    if (!is_word || in.peek(1).kind != token_kind::end) return std::string{in.rest()};
    for (const std::string_view word : {"NULL", "TRUE", "FALSE", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"})
        if (in.at(word)) return std::string{only.text};
    return quoted_text(unquoted(only));
}

/// The labels of a check as Azoth writes it for an enumeration: "column" IN ('a', 'b'). Empty: it is another.
std::vector<std::string> labels_of(const check_text& check, std::string_view column) {
    token_reader in{check.sql};
    if (in.take_name() != column || !in.take("IN") || !in.take_sign('(')) return {};
    std::vector<std::string> labels;
    do {
        if (in.peek().kind != token_kind::string) return {};
        labels.push_back(in.take_name());
    } while (in.take_sign(','));
    if (!in.take_sign(')') || !in.at_end()) return {};
    return labels;
}

type enumeration(std::vector<std::string> labels, std::string name) {
    type::rare_parts parts;
    parts.labels = std::move(labels);
    parts.name = std::move(name);
    type t{type_kind::enumeration};
    t.rare = std::make_shared<const type::rare_parts>(std::move(parts));
    return t;
}

referential_action action_named(std::string_view words) {
    if (words == "RESTRICT") return referential_action::restrict_;
    if (words == "CASCADE") return referential_action::cascade;
    if (words == "SET NULL") return referential_action::set_null;
    return words == "SET DEFAULT" ? referential_action::set_default : referential_action::no_action;
}

/// Columns of an index of nothing else.
std::vector<std::string> key_columns(const index_definition& index) {
    std::vector<std::string> columns;
    for (const auto& e : index.elements) {
        if (e.expression) return {};
        columns.push_back(e.column);
    }
    return columns;
}

class table_assembler {
public:
    table_assembler(const std::string& name, const object_rows& rows, reading& in)
        : name_{name}, rows_{rows}, in_{in}, text_{parse_create_table(rows.sql)} {}

    table_ptr assemble() {
        note_what_is_lost();
        read_columns();
        read_primary_key();
        read_uniques();
        read_references();
        read_checks();
        read_indexes();
        for (const auto& sql : rows_.triggers) table_.triggers.push_back(sqlite_sql(sql));
        if (text_.without_rowid) table_.options["sqlite.without_rowid"] = "true";
        if (text_.strict) table_.options["sqlite.strict"] = "true";
        table_.temporary = in_.temporary;
        table_.node = make_node<const table_node>(name_, in_.schema, std::move(specs_), keys());
        return std::make_shared<const table_definition>(std::move(table_));
    }

private:
    void note(std::string what) { in_.note(name_, std::move(what)); }

    void note_what_is_lost() {
        for (const auto& what : text_.left_out) note(what + " is left out");
        if (!text_.module.empty()) note(fmt::format("a virtual table of {}, read as if it were an ordinary one", text_.module));
        // CREATE TABLE AS leaves a list of columns, so that this is no text of SQLite's own.
        if (!text_.understood) note("the text of its CREATE TABLE is not understood: names, checks and collations may be left out");
    }

    void read_columns() {
        for (const auto& row : rows_.columns) {
            if (row.hidden == 1) continue;
            const declared_type declared = type_declared_as(row.type);
            column_spec& spec = specs_.emplace_back();
            spec.name = row.name;
            // What a virtual table does not declare is text as a rule: a search index's columns.
            spec.type = row.type.empty() && rows_.is_virtual ? type{type_kind::text} : declared.type;
            spec.nullable = !row.not_null;
            spec.primary_key = row.key != 0;
            if (!declared.is_known)
                in_.note_reading(name_, fmt::format("\"{}\" is of the type {}, which is read as text", row.name, row.type));
            if (row.type.empty() && !rows_.is_virtual)
                in_.note_reading(name_, fmt::format("\"{}\" has no type, and is read as binary", row.name));
            table_.details.push_back(details_of(row, spec));
        }
    }

    column_details details_of(const column_row& row, column_spec& spec) const {
        column_details details;
        details.native_type = row.type;
        const column_text* text = text_.find(row.name);
        if (text) {
            const bool is_usual =
                same_word(text->collation, "BINARY") || (text->collation == decimal_collation && is_kept_as_text(spec.type));
            if (!is_usual) details.collation = text->collation;
        }
        if (row.hidden > 1) {
            details.computed = computed_column{sqlite_sql(text ? std::string_view{text->computed} : std::string_view{}), row.hidden == 3};
            spec.generated = true;
        } else if (row.default_sql) {
            details.server_default = sqlite_sql(default_text(*row.default_sql, spec.type.kind));
            spec.has_default = true;
        }
        return details;
    }

    /// The row's own number is a key that has no index.
    void read_primary_key() {
        std::vector<std::pair<std::int64_t, std::size_t>> places;
        for (std::size_t i = 0, column = 0; i < rows_.columns.size(); ++i) {
            if (rows_.columns[i].hidden == 1) continue;
            if (rows_.columns[i].key != 0) places.emplace_back(rows_.columns[i].key, column);
            ++column;
        }
        std::ranges::sort(places);
        for (const auto& [place, column] : places) table_.primary_key.push_back(specs_[column].name);
        table_.primary_key_name = text_.primary_key_name;
        if (places.size() != 1 || std::ranges::find(rows_.indexes, 'p', &index_row::origin) != rows_.indexes.end()) return;
        const std::size_t column = places.front().second;
        specs_[column].type = type_kind::big_integer;
        specs_[column].nullable = false;
        specs_[column].generated = true;
        if (text_.autoincrement) table_.details[column].identity = identity_column{};
    }

    /// As it is declared, where the text spells it in another case.
    [[nodiscard]] std::string declared_name(const std::string& column) const {
        const auto found = std::ranges::find_if(specs_, [&](const column_spec& c) { return same_word(c.name, column); });
        return found == specs_.end() ? column : found->name;
    }

    void read_uniques() {
        for (const auto& text : text_.uniques) {
            unique_constraint& unique = table_.uniques.emplace_back();
            unique.name = text.name;
            for (const auto& column : text.columns) unique.columns.push_back(declared_name(column));
        }
        if (text_.understood) return;
        table_.uniques.clear();
        std::string last;
        for (const auto& row : rows_.indexes) {
            if (row.origin != 'u') continue;
            if (row.index != last) table_.uniques.emplace_back();
            last = row.index;
            table_.uniques.back().columns.push_back(row.column);
        }
    }

    void read_references() {
        std::vector<std::vector<const reference_row*>> keys;
        for (const auto& row : rows_.references) {
            if (keys.empty() || keys.back().front()->key != row.key) keys.emplace_back();
            keys.back().push_back(&row);
        }
        const bool has_text = keys.size() == text_.references.size();
        for (std::size_t i = 0; i < keys.size(); ++i) add_reference(keys[i], has_text ? text_.references[i] : reference_text{});
    }

    void add_reference(const std::vector<const reference_row*>& rows, const reference_text& text) {
        const reference_row& first = *rows.front();
        foreign_key key{.name = text.name,
                        .columns = {},
                        .referred_schema = in_.schema,
                        .referred_table = first.referred_table,
                        .referred_columns = {},
                        .on_delete = action_named(first.on_delete),
                        .on_update = action_named(first.on_update),
                        .timing = text.timing};
        for (const auto* row : rows) {
            if (row->referred_column.empty())
                return note(fmt::format("the foreign key of \"{}\" to \"{}\" is left out: that has no such primary key", row->column,
                                        row->referred_table));
            key.columns.push_back(declared_name(row->column));
            key.referred_columns.push_back(row->referred_column);
        }
        if (key.columns.size() == 1)
            for (auto& spec : specs_)
                if (spec.name == key.columns.front())
                    spec.references.push_back({key.referred_schema, key.referred_table, key.referred_columns.front()});
        table_.foreign_keys.push_back(std::move(key));
    }

    void read_checks() {
        for (const auto& text : text_.checks) {
            const auto spec = std::ranges::find_if(specs_, [&](const column_spec& c) { return c.name == text.column; });
            const bool may_be_labels = spec != specs_.end() && spec->type == type{type_kind::enumeration};
            if (auto labels = may_be_labels ? labels_of(text, spec->name) : std::vector<std::string>{}; !labels.empty())
                spec->type = enumeration(std::move(labels), text.name);
            else table_.checks.push_back({text.name, sqlite_sql(text.sql)});
        }
    }

    void read_indexes() {
        std::map<std::string, index_text> texts;
        std::vector<std::string> unread;
        for (const auto& row : rows_.indexes) {
            if (row.origin != 'c') continue;
            const bool is_new = table_.indexes.empty() || table_.indexes.back().name != row.index;
            if (is_new) {
                const auto sql = rows_.index_sql.find(row.index);
                index_text text = parse_create_index(sql == rows_.index_sql.end() ? std::string{} : sql->second);
                index_definition& index = table_.indexes.emplace_back();
                index.name = row.index;
                index.unique = row.unique;
                if (!text.where.empty()) index.where = sqlite_sql(text.where);
                if (!text.understood) unread.push_back(row.index);
                texts[row.index] = std::move(text);
            }
            add_element(table_.indexes.back(), row, texts[row.index]);
        }
        for (const auto& name : unread) {
            note(fmt::format("the index \"{}\" is left out: its text is not understood", name));
            std::erase_if(table_.indexes, [&](const index_definition& i) { return i.name == name; });
        }
    }

    void add_element(index_definition& to, const index_row& row, const index_text& text) {
        const std::size_t place = to.elements.size();
        index_element& element = to.elements.emplace_back();
        element.descending = row.descending;
        std::string_view usual = "BINARY";
        if (row.column.empty()) {
            element.expression = sqlite_sql(place < text.elements.size() ? text.elements[place] : std::string{});
        } else {
            element.column = row.column;
            if (const auto* column = text_.find(row.column); column && !column->collation.empty()) usual = column->collation;
        }
        if (!same_word(row.collation, usual)) element.collation = row.collation;
    }

    [[nodiscard]] std::vector<unique_key> keys() const {
        std::vector<unique_key> all;
        if (!table_.primary_key.empty()) all.push_back({table_.primary_key_name, table_.primary_key});
        for (const auto& u : table_.uniques) all.push_back({u.name, u.columns});
        for (const auto& i : table_.indexes)
            if (auto columns = key_columns(i); i.unique && !i.where && !columns.empty()) all.push_back({i.name, std::move(columns)});
        return all;
    }

    const std::string& name_;
    const object_rows& rows_;
    reading& in_;
    table_text text_;
    table_definition table_{};
    std::vector<column_spec> specs_{};
};

/// Names for a query's columns, said by a CTE of the view's own name, which the query cannot read.
std::string with_column_names(const std::string& view, const view_text& text) {
    const auto in_quotes = [](const std::string& name) {
        std::string quoted{"\""};
        for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
        return quoted + '"';
    };
    std::string columns;
    for (const auto& c : text.columns) columns += (columns.empty() ? "" : ", ") + in_quotes(c);
    return fmt::format("WITH {0}({1}) AS ({2}) SELECT * FROM {0}", in_quotes(view), columns, text.query);
}

}  // namespace

node_ptr sqlite_sql(std::string_view sql) { return make_node<const native_sql_node>("sqlite", std::string{sql}); }

table_ptr reflected_table(const std::string& name, const object_rows& rows, reading& in) {
    return table_assembler{name, rows, in}.assemble();
}

view_definition reflected_view(const std::string& name, const object_rows& rows, const catalogue_rows& all, reading& in) {
    const view_text text = parse_create_view(rows.sql);
    view_definition view;
    view.name = {in.schema, name};
    view.query = sqlite_sql(text.columns.empty() ? text.query : with_column_names(name, text));
    if (!text.understood) in.note(name, "the text of its CREATE VIEW is not understood");
    for (const auto& row : rows.columns) {
        column_spec& spec = view.columns.emplace_back();
        spec.name = row.name;
        view.native_types.push_back(row.type);
        if (!row.type.empty()) spec.type = type_declared_as(row.type).type;  // a computed column has none
    }
    for (const auto& sql : rows.triggers) view.triggers.push_back(sqlite_sql(sql));
    for (const auto& source : sources_in(text.query))
        for (const auto& [other, object] : all)
            if (other != name && same_word(other, source)) view.reads.push_back({in.schema, other});
    return view;
}

}  // namespace azoth::sqlite
