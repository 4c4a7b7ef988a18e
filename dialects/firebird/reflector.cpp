#include "reflector.hpp"

#include <algorithm>
#include <map>

namespace azoth::firebird {
namespace {

using k = type_kind;

// Names are CHAR(31), which the driver cuts at the blanks; a number that is not there counts as 0.

constexpr auto relations =
    "SELECT rdb$relation_name, rdb$view_source, rdb$description FROM rdb$relations WHERE rdb$system_flag = 0 ORDER BY 1";
constexpr auto columns =
    "SELECT r.rdb$relation_name, r.rdb$field_name, f.rdb$field_type, f.rdb$field_sub_type, f.rdb$field_length, f.rdb$character_length,"
    " f.rdb$field_precision, f.rdb$field_scale, f.rdb$character_set_id, COALESCE(r.rdb$null_flag, f.rdb$null_flag), r.rdb$default_source,"
    " f.rdb$computed_source, r.rdb$identity_type, r.rdb$description FROM rdb$relation_fields r"
    " JOIN rdb$fields f ON f.rdb$field_name = r.rdb$field_source WHERE r.rdb$system_flag = 0 ORDER BY 1, r.rdb$field_position";
constexpr auto keys =
    "SELECT c.rdb$relation_name, c.rdb$constraint_name, c.rdb$constraint_type, s.rdb$field_name, u.rdb$relation_name, t.rdb$field_name,"
    " r.rdb$update_rule, r.rdb$delete_rule FROM rdb$relation_constraints c"
    " JOIN rdb$index_segments s ON s.rdb$index_name = c.rdb$index_name"
    " LEFT JOIN rdb$ref_constraints r ON r.rdb$constraint_name = c.rdb$constraint_name"
    " LEFT JOIN rdb$relation_constraints u ON u.rdb$constraint_name = r.rdb$const_name_uq"
    " LEFT JOIN rdb$index_segments t ON t.rdb$index_name = u.rdb$index_name AND t.rdb$field_position = s.rdb$field_position"
    " ORDER BY 1, 2, s.rdb$field_position";
constexpr auto checks =
    "SELECT c.rdb$relation_name, c.rdb$constraint_name, t.rdb$trigger_source FROM rdb$relation_constraints c"
    " JOIN rdb$check_constraints k ON k.rdb$constraint_name = c.rdb$constraint_name JOIN rdb$triggers t"
    " ON t.rdb$trigger_name = k.rdb$trigger_name AND t.rdb$trigger_type = 1 WHERE c.rdb$constraint_type STARTING WITH 'CHECK' ORDER BY 1, "
    "2";
constexpr auto indexes =
    "SELECT i.rdb$relation_name, i.rdb$index_name, i.rdb$unique_flag, i.rdb$index_type, i.rdb$expression_source, s.rdb$field_name"
    " FROM rdb$indices i LEFT JOIN rdb$index_segments s ON s.rdb$index_name = i.rdb$index_name WHERE i.rdb$system_flag = 0"
    " AND NOT EXISTS (SELECT 1 FROM rdb$relation_constraints c WHERE c.rdb$index_name = i.rdb$index_name)"
    " ORDER BY 1, 2, s.rdb$field_position";
constexpr auto sequences =
    "SELECT rdb$generator_name, rdb$initial_value, rdb$generator_increment, rdb$description FROM rdb$generators WHERE rdb$system_flag = 0"
    " ORDER BY 1";

node_ptr native(std::string_view sql) { return make_node<const native_sql_node>("firebird", std::string{sql}); }

/// What stands behind a word that the catalogue keeps: "DEFAULT 0", "CHECK (a > 0)".
std::string_view behind(std::string_view text, std::string_view word) {
    const auto skip = [](std::string_view t) { return t.substr(std::min(t.find_first_not_of(" \t\n"), t.size())); };
    text = skip(text);
    return text.size() > word.size() && (text[word.size()] == ' ' || text[word.size()] == '(') ? skip(text.substr(word.size())) : text;
}

std::string_view without_parentheses(std::string_view text) {
    return text.starts_with('(') && text.ends_with(')') ? text.substr(1, text.size() - 2) : text;
}

type whole_or_exact(const catalogue_row& row, k whole) {
    if (row.number(3) == 0 && row.number(7) == 0) return whole;
    return numeric(static_cast<std::uint16_t>(row.number(6)), static_cast<std::uint16_t>(-row.number(7)));
}

/// RDB$FIELDS.RDB$FIELD_TYPE, as the language reference lists it.
type type_of_field(const catalogue_row& row) {
    const bool is_octets = row.number(8) == 1;
    switch (row.number(2)) {
        case 7: return whole_or_exact(row, k::small_integer);
        case 8: return whole_or_exact(row, k::integer);
        case 16: return whole_or_exact(row, k::big_integer);
        case 10: return k::real;
        case 27: return k::double_;
        case 12: return k::date;
        case 13: return k::time;
        case 35: return k::timestamp;
        case 23: return k::boolean;
        case 14:
            if (is_octets && row.number(4) == 16) return k::uuid;
            return string(static_cast<std::uint32_t>(row.number(5)));
        case 37:
            if (is_octets) return binary(static_cast<std::uint32_t>(row.number(4)));
            return string(static_cast<std::uint32_t>(row.number(5)));
        case 261: return row.number(3) == 1 ? k::text : k::binary;
        default: return k::unknown;
    }
}

referential_action action_of(std::string_view rule) {
    if (rule == "CASCADE") return referential_action::cascade;
    if (rule == "SET NULL") return referential_action::set_null;
    return rule == "SET DEFAULT" ? referential_action::set_default : referential_action::no_action;
}

/// Who has not named a constraint gets such a name.
std::string given_name(const std::string& name) { return name.starts_with("integ_") ? std::string{} : name; }

/// A name as Azoth spells it.
std::string name_at(const catalogue_row& row, std::size_t column) { return swapped_case(row.text(column)); }

struct found_relation {
    table_definition made{};
    std::vector<column_spec> columns{};
    std::string query{};
};

class catalogue {
public:
    explicit catalogue(executor& on) : on_{on} {}

    schema_definition read(const reflection_request& request) {
        for (const auto& row : rows(relations))
            if (request.names.empty() || std::ranges::find(request.names, name_at(row, 0)) != request.names.end())
                found_[name_at(row, 0)] = {.made = {.comment = row.text(2)}, .query = row.text(1)};
        each(columns, &catalogue::add_column);
        each(keys, &catalogue::add_key);
        each(checks, &catalogue::add_check);
        each(indexes, &catalogue::add_index);
        schema_definition all;
        for (auto& [name, relation] : found_) add_to(all, name, relation, request);
        if (request.sequences)
            for (const auto& row : rows(sequences))
                all.sequences.push_back(
                    {{{}, name_at(row, 0)}, {.start = row.number(1) + row.number(2), .increment = row.number(2)}, row.text(3)});
        return all;
    }

private:
    [[nodiscard]] std::vector<catalogue_row> rows(std::string_view sql) { return catalogue_rows_of(on_, sql); }

    void each(std::string_view sql, void (catalogue::*add)(found_relation&, const catalogue_row&)) {
        for (const auto& row : rows(sql))
            if (const auto of = found_.find(name_at(row, 0)); of != found_.end()) (this->*add)(of->second, row);
    }

    void add_column(found_relation& to, const catalogue_row& row) {
        column_spec spec{.name = name_at(row, 1), .type = type_of_field(row), .nullable = row.number(9) == 0};
        column_details details{.comment = row.text(13)};
        if (!row.is_null(10)) details.server_default = native(behind(row.text(10), "DEFAULT"));
        if (!row.is_null(11)) details.computed = computed_column{native(without_parentheses(row.text(11))), false};
        spec.has_default = !row.is_null(10);
        spec.generated = !row.is_null(11) || !row.is_null(12);
        to.columns.push_back(std::move(spec));
        to.made.details.push_back(std::move(details));
    }

    void add_key(found_relation& to, const catalogue_row& row) {
        const std::string name = given_name(name_at(row, 1));
        if (row.text(2) == "PRIMARY KEY") {
            to.made.primary_key_name = name;
            to.made.primary_key.push_back(name_at(row, 3));
            for (auto& c : to.columns) c.primary_key = c.primary_key || c.name == name_at(row, 3);
        } else if (row.text(2) == "UNIQUE") {
            auto& all = to.made.uniques;
            if (all.empty() || all.back().name != name_at(row, 1)) all.push_back({.name = name_at(row, 1)});
            all.back().columns.push_back(name_at(row, 3));
        } else {
            auto& all = to.made.foreign_keys;
            if (all.empty() || all.back().name != name_at(row, 1))
                all.push_back({.name = name_at(row, 1),
                               .referred_table = name_at(row, 4),
                               .on_delete = action_of(row.text(7)),
                               .on_update = action_of(row.text(6))});
            all.back().columns.push_back(name_at(row, 3));
            all.back().referred_columns.push_back(name_at(row, 5));
        }
    }

    void add_check(found_relation& to, const catalogue_row& row) {
        to.made.checks.push_back({name_at(row, 1), native(without_parentheses(behind(row.text(2), "CHECK")))});
    }

    void add_index(found_relation& to, const catalogue_row& row) {
        auto& all = to.made.indexes;
        if (all.empty() || all.back().name != name_at(row, 1)) all.push_back({.name = name_at(row, 1), .unique = row.number(2) == 1});
        index_element element{name_at(row, 5)};
        if (row.is_null(5)) element.expression = native(without_parentheses(row.text(4)));
        element.descending = row.number(3) == 1;
        all.back().elements.push_back(std::move(element));
    }

    static void add_to(schema_definition& all, const std::string& name, found_relation& relation, const reflection_request& request) {
        if (relation.query.empty()) {
            relation.made.node = make_node<const table_node>(name, std::string{}, std::move(relation.columns));
            all.tables.push_back(std::make_shared<const table_definition>(std::move(relation.made)));
        } else if (request.views) {
            all.views.push_back({.name = {{}, name},
                                 .query = native(relation.query),
                                 .columns = std::move(relation.columns),
                                 .comment = relation.made.comment});
        }
    }

    executor& on_;
    std::map<std::string, found_relation> found_{};
};

}  // namespace

std::vector<std::string> catalogue_reader::names(std::string_view condition) {
    std::vector<std::string> found;
    const std::string sql = "SELECT rdb$relation_name FROM rdb$relations WHERE rdb$system_flag = 0 AND ";
    for (const auto& row : catalogue_rows_of(on_, sql + std::string{condition} + " ORDER BY 1")) found.push_back(name_at(row, 0));
    return found;
}

bool catalogue_reader::has_table(std::string_view name, std::string_view schema) {
    const auto all = table_names(schema);
    return std::ranges::find(all, name) != all.end();
}

std::vector<bool> catalogue_reader::have_tables(const std::vector<std::string>& names, std::string_view schema) {
    const auto all = table_names(schema);
    std::vector<bool> have;
    for (const auto& name : names) have.push_back(std::ranges::find(all, name) != all.end());
    return have;
}

std::vector<std::string> catalogue_reader::table_names(std::string_view schema) {
    return schema.empty() ? names("rdb$view_blr IS NULL") : std::vector<std::string>{};
}

std::vector<std::string> catalogue_reader::view_names(std::string_view schema) {
    return schema.empty() ? names("rdb$view_blr IS NOT NULL") : std::vector<std::string>{};
}

std::vector<std::string> catalogue_reader::sequence_names(std::string_view schema) {
    std::vector<std::string> found;
    if (!schema.empty()) return found;
    for (const auto& row : catalogue_rows_of(on_, sequences)) found.push_back(name_at(row, 0));
    return found;
}

schema_definition catalogue_reader::read(const reflection_request& request) {
    return request.schema.empty() && !request.temporary ? catalogue{on_}.read(request) : schema_definition{};
}

}  // namespace azoth::firebird
