#include <azoth/schema/queried_catalogue.hpp>

#include <azoth/sql/compiler.hpp>
#include <azoth/sql/nodes/native.hpp>
#include <azoth/sql/rules.hpp>
#include <azoth/sql/text.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace azoth {
namespace {

referential_action action_called(std::string_view rule) {
    if (rule == "CASCADE") return referential_action::cascade;
    if (rule == "SET NULL") return referential_action::set_null;
    if (rule == "SET DEFAULT") return referential_action::set_default;
    return rule == "RESTRICT" ? referential_action::restrict_ : referential_action::no_action;
}

std::optional<std::int64_t> number_at(const catalogue_row& row, std::size_t column) {
    return row.is_null(column) ? std::nullopt : std::optional{row.number(column)};
}

}  // namespace

/// One reading of a schema: what it has found so far, by the names of relations.
class queried_catalogue::reading {
public:
    reading(queried_catalogue& by, const reflection_request& request) : by_{by}, request_{request} {}

    schema_definition run() {
        for (const auto& row : rows(by_.queries_.relations))
            if (std::string name = by_.name_at(row, 0); is_wanted(name)) {
                relation& made = found_[std::move(name)];
                made.is_view = !row.is_null(1);
                made.query = row.text(1);
                made.table.comment = row.text(2);
            }
        each(by_.queries_.columns, &reading::add_column);
        each(by_.queries_.keys, &reading::add_key);
        each(by_.queries_.checks, &reading::add_check);
        each(by_.queries_.indexes, &reading::add_index);
        schema_definition all;
        for (auto& [name, made] : found_) add_to(all, name, made);
        if (request_.sequences) add_sequences(all);
        all.notes = std::move(notes_);
        return all;
    }

private:
    struct relation {
        table_definition table{};
        std::vector<column_spec> columns{};
        std::vector<std::string> native_types{};
        std::string query{};
        bool is_view{};
    };

    std::vector<catalogue_row> rows(const std::string& query) { return by_.rows(query, request_.schema); }
    [[nodiscard]] bool is_wanted(const std::string& name) const {
        return request_.names.empty() || std::ranges::find(request_.names, name) != request_.names.end();
    }
    void each(const std::string& query, void (reading::*add)(relation&, const catalogue_row&)) {
        for (const auto& row : rows(query))
            if (const auto of = found_.find(by_.name_at(row, 0)); of != found_.end()) (this->*add)(of->second, row);
    }
    [[nodiscard]] node_ptr native(kept_sql what, const std::string& text) const {
        return make_node<const native_sql_node>(std::string{by_.on_.rules().family_of(by_.on_.server_profile().dialect)},
                                                by_.sql_of(what, text));
    }
    [[nodiscard]] std::string constraint_at(const catalogue_row& row) const {
        return by_.is_made_name(row.text(1)) ? std::string{} : by_.name_at(row, 1);
    }

    void add_column(relation& to, const catalogue_row& row) {
        const bool is_computed = !row.is_null(4);
        const bool has_default = !row.is_null(3) && row.text(3) != "NULL" && !is_computed;  // MariaDB says the word
        const bool is_numbered = row.number(5) != 0;
        to.columns.push_back({.name = by_.name_at(row, 1),
                              .type = by_.type_of(row),
                              .nullable = row.number(2) != 0,
                              .generated = is_computed || is_numbered,
                              .has_default = has_default});
        column_details details{.comment = row.text(6), .native_type = row.text(7)};
        if (has_default) details.server_default = native(kept_sql::default_value, row.text(3));
        if (is_computed) details.computed = computed_column{native(kept_sql::computed, row.text(4)), false};
        to.native_types.push_back(details.native_type);
        to.table.details.push_back(std::move(details));
    }

    void add_key(relation& to, const catalogue_row& row) {
        const std::string& kind = row.text(2);
        const std::string column = by_.name_at(row, 3);
        const std::string key = row.text(0) + '\0' + row.text(1) + '\0' + kind;
        const bool is_new = std::exchange(last_key_, key) != key;
        if (kind == "PRIMARY KEY") {
            to.table.primary_key_name = constraint_at(row);
            if (!add_once(row, to.table.primary_key, column)) return;
            for (auto& c : to.columns) c.primary_key = c.primary_key || c.name == column;
        } else if (kind == "UNIQUE") {
            if (is_new) to.table.uniques.push_back({.name = constraint_at(row)});
            add_once(row, to.table.uniques.back().columns, column);
        } else if (kind == "FOREIGN KEY") {
            add_foreign_key(to, row, column, is_new);
        }
    }

    void add_foreign_key(relation& to, const catalogue_row& row, const std::string& column, bool is_new) {
        if (row.is_null(5)) {
            if (is_new)
                note(row, "the foreign key \"" + by_.name_at(row, 1) + "\" is left out: the catalogue does not tell what it refers to");
            return;
        }
        auto& all = to.table.foreign_keys;
        if (is_new)
            all.push_back({.name = constraint_at(row),
                           .referred_schema = schema_at(row, 4),
                           .referred_table = by_.name_at(row, 5),
                           .on_delete = action_called(row.text(8)),
                           .on_update = action_called(row.text(7))});
        if (add_once(row, all.back().columns, column)) all.back().referred_columns.push_back(by_.name_at(row, 6));
    }

    /// Where a column comes again, the constraint's name is another table's too.
    bool add_once(const catalogue_row& row, std::vector<std::string>& columns, const std::string& column) {
        if (std::ranges::find(columns, column) != columns.end()) {
            note_ambiguous(row);
            return false;
        }
        columns.push_back(column);
        return true;
    }

    void note(const catalogue_row& row, std::string what) {
        notes_.push_back({.of = {request_.schema, by_.name_at(row, 0)}, .what = std::move(what), .part = by_.name_at(row, 1)});
    }
    void note_ambiguous(const catalogue_row& row) {
        const std::string name = by_.name_at(row, 1);
        if (!notes_.empty() && notes_.back().part == name && notes_.back().of.name == by_.name_at(row, 0)) return;
        note(row, "the constraint \"" + name +
                      "\" may be read wrongly: another table has one of its name, and the catalogue does not tell them apart");
    }

    /// As Azoth spells it: what is in the schema that the request means has none where the request has none.
    [[nodiscard]] std::string schema_at(const catalogue_row& row, std::size_t column) {
        if (row.is_null(column)) return request_.schema;
        std::string name = by_.name_at(row, column);
        return request_.schema.empty() && name == by_.default_schema() ? std::string{} : name;
    }

    void add_check(relation& to, const catalogue_row& row) {
        // NOT NULL is a check there, too.
        for (const auto& c : to.columns)
            if (!c.nullable && row.text(2) == c.name + " IS NOT NULL") return;
        const std::string name = by_.name_at(row, 1);
        if (std::ranges::find(to.table.checks, name, &check_constraint::name) != to.table.checks.end()) return note_ambiguous(row);
        to.table.checks.push_back({constraint_at(row), native(kept_sql::check, row.text(2)), {}});
    }

    void add_index(relation& to, const catalogue_row& row) {
        auto& all = to.table.indexes;
        const std::string name = by_.name_at(row, 1);
        if (all.empty() || all.back().name != name) {
            all.emplace_back();
            all.back().name = name;
            all.back().unique = row.number(2) != 0;
        }
        index_element element{by_.name_at(row, 3)};
        if (row.is_null(3)) element.expression = native(kept_sql::index, row.text(4));
        element.descending = row.number(5) != 0;
        all.back().elements.push_back(std::move(element));
    }

    void add_to(schema_definition& all, const std::string& name, relation& made) {
        if (made.is_view) {
            if (!request_.views) return;
            view_definition view{.name = {request_.schema, name}, .query = native(kept_sql::view, made.query)};
            view.columns = std::move(made.columns);
            view.native_types = std::move(made.native_types);
            view.comment = std::move(made.table.comment);
            if (made.query.empty()) notes_.push_back({.of = view.name, .what = "the query of the view is not shown to this user"});
            all.views.push_back(std::move(view));
            return;
        }
        made.table.node = make_node<const table_node>(name, request_.schema, std::move(made.columns));
        all.tables.push_back(std::make_shared<const table_definition>(std::move(made.table)));
    }

    void add_sequences(schema_definition& all) {
        for (const auto& row : rows(by_.queries_.sequences)) {
            sequence_definition made{.name = {request_.schema, by_.name_at(row, 0)}, .comment = row.text(5)};
            made.options.start = number_at(row, 1);
            made.options.increment = number_at(row, 2);
            made.options.minimum = number_at(row, 3);
            made.options.maximum = number_at(row, 4);
            if (is_wanted(made.name.name)) all.sequences.push_back(std::move(made));
        }
    }

    queried_catalogue& by_;
    const reflection_request& request_;
    std::map<std::string, relation> found_{};
    std::string last_key_{};
    std::vector<reflection_note> notes_{};
};

queried_catalogue::queried_catalogue(executor& on, catalogue_queries queries) : on_{on}, queries_{std::move(queries)} {}

std::vector<catalogue_row> queried_catalogue::rows(const std::string& query, std::string_view schema) {
    if (query.empty()) return {};
    auto statement = text(query);
    const bool knows_schemas = query.find(":schema") != std::string::npos;
    if (!knows_schemas && !schema.empty()) return {};
    if (knows_schemas) {
        const std::string name{schema.empty() ? default_schema() : std::string{schema}};
        statement = statement.bind("schema", on_.rules().identifiers.swaps_case ? swapped_case(name) : name);
    }
    return catalogue_rows_of(on_, *statement.node());
}

std::string queried_catalogue::name_at(const catalogue_row& row, std::size_t column) const {
    return on_.rules().identifiers.swaps_case ? swapped_case(row.text(column)) : row.text(column);
}

std::string queried_catalogue::default_schema() {
    if (home_.empty())
        if (const auto told = rows(queries_.default_schema, {}); !told.empty()) home_ = name_at(told.front(), 0);
    return home_;
}

std::vector<std::string> queried_catalogue::schema_names() {
    std::vector<std::string> names;
    for (const auto& row : rows(queries_.schemas, {})) names.push_back(name_at(row, 0));
    std::ranges::sort(names);
    return names;
}

std::vector<std::string> queried_catalogue::relation_names(std::string_view schema, bool views) {
    std::vector<std::string> names;
    for (const auto& row : rows(queries_.relations, schema))
        if (row.is_null(1) != views) names.push_back(name_at(row, 0));
    std::ranges::sort(names);
    return names;
}

std::vector<std::string> queried_catalogue::table_names(std::string_view schema) { return relation_names(schema, false); }
std::vector<std::string> queried_catalogue::view_names(std::string_view schema) { return relation_names(schema, true); }

std::vector<std::string> queried_catalogue::sequence_names(std::string_view schema) {
    std::vector<std::string> names;
    for (const auto& row : rows(queries_.sequences, schema)) names.push_back(name_at(row, 0));
    std::ranges::sort(names);
    return names;
}

bool queried_catalogue::has_table(std::string_view name, std::string_view schema) {
    return have_tables({std::string{name}}, schema).front();
}

std::vector<bool> queried_catalogue::have_tables(const std::vector<std::string>& names, std::string_view schema) {
    const auto all = table_names(schema);
    std::vector<bool> have;
    for (const auto& name : names) have.push_back(std::ranges::binary_search(all, name));
    return have;
}

schema_definition queried_catalogue::read(const reflection_request& request) {
    return request.temporary ? schema_definition{} : reading{*this, request}.run();
}

type queried_catalogue::type_of(const catalogue_row& row) const {
    constexpr std::size_t spelled = 7;
    return standard_type(row.text(spelled), row.number(spelled + 1), row.number(spelled + 2), row.number(spelled + 3));
}

bool queried_catalogue::is_made_name(std::string_view) const { return false; }
std::string queried_catalogue::sql_of(kept_sql, std::string_view text) const { return std::string{text}; }

}  // namespace azoth
