// Keys, checks and indexes.
#include "schema_reader.hpp"

#include <fmt/format.h>

#include <array>

namespace azoth::postgresql {
namespace {

node_ptr written_sql(std::string sql) { return make_node<const native_sql_node>("postgresql", std::move(sql)); }

referential_action action_of(char letter) {
    switch (letter) {
        case 'r': return referential_action::restrict_;
        case 'c': return referential_action::cascade;
        case 'n': return referential_action::set_null;
        case 'd': return referential_action::set_default;
        default: return referential_action::no_action;
    }
}

constraint_timing timing_of(bool deferrable, bool deferred) {
    if (deferred) return constraint_timing::initially_deferred;
    return deferrable ? constraint_timing::deferrable : constraint_timing::immediate;
}

/// What is not PostgreSQL's own order: NULLs behind all values, descending in front of them.
nulls_order nulls_of(bool descending, bool nulls_first) {
    if (descending == nulls_first) return nulls_order::unspecified;
    return nulls_first ? nulls_order::first : nulls_order::last;
}

constexpr std::size_t index_parts = 9;  // what start_index reads

}  // namespace

void schema_reader::read_constraints(const cell& relations) {
    each_row(on_, queries_.constraints(), std::array{relations},
             [&](catalogue_row& row) { read_constraint(drafts_.at(row.number()), row); });
}

/// All kinds have what a foreign key has, as far as it means something.
void schema_reader::read_constraint(draft& of, catalogue_row& row) {
    const char kind = row.letter();
    foreign_key key;
    key.name = row.text();
    key.columns = row.list();
    key.referred_schema = spelled(row.text());
    key.referred_table = row.text();
    key.referred_columns = row.list();
    key.on_delete = action_of(row.letter());
    key.on_update = action_of(row.letter());
    key.match = row.flag() ? key_match::full : key_match::simple;
    const bool deferrable = row.flag();
    key.timing = timing_of(deferrable, row.flag());
    std::string condition = row.text();
    const bool nulls_not_distinct = row.flag();
    note_rest(of, row, key.name);
    switch (kind) {
        case 'f': return add_foreign_key(of, std::move(key));
        case 'p': return add_primary_key(of, key);
        case 'u': of.table.uniques.push_back({key.name, std::move(key.columns), key.timing, nulls_not_distinct}); return;
        case 'c': of.table.checks.push_back({key.name, written_sql(std::move(condition))}); return;
        default: return note(of, fmt::format("the exclusion constraint \"{}\" is left out", key.name));
    }
}

void schema_reader::note_rest(draft& of, catalogue_row& row, const std::string& name) {
    if (!row.flag()) note(of, fmt::format("that the constraint \"{}\" is NOT VALID is left out", name), name);
    if (row.flag()) note(of, fmt::format("that the check \"{}\" is NO INHERIT is left out", name), name);
    if (row.flag()) note(of, fmt::format("the columns that the constraint \"{}\" includes are left out", name), name);
    if (row.flag()) note(of, fmt::format("that the foreign key \"{}\" sets some of its columns only is left out", name), name);
    if (!row.text().empty()) note(of, fmt::format("the comment of the constraint \"{}\" is left out", name), name);
}

void schema_reader::add_primary_key(draft& of, foreign_key& key) {
    if (key.timing != constraint_timing::immediate)
        note(of, fmt::format("that the primary key \"{}\" is deferrable is left out", key.name), key.name);
    for (const auto& name : key.columns)
        if (column_spec* column = of.find(name)) column->primary_key = true;
    of.table.primary_key = std::move(key.columns);
    of.table.primary_key_name = std::move(key.name);
}

void schema_reader::add_foreign_key(draft& of, foreign_key key) {
    column_spec* column = key.columns.size() == 1 ? of.find(key.columns.front()) : nullptr;
    if (column) column->references.push_back({key.referred_schema, key.referred_table, key.referred_columns.front()});
    of.table.foreign_keys.push_back(std::move(key));
}

void schema_reader::read_indexes(const cell& relations) {
    std::int64_t last = 0;
    each_row(on_, queries_.indexes(), std::array{relations}, [&](catalogue_row& row) {
        draft& of = drafts_.at(row.number());
        const std::int64_t number = row.number();
        read_index(of, row, number != last);
        last = number;
    });
}

/// A row is one of the index's columns, and says what holds for all of it too.
void schema_reader::read_index(draft& of, catalogue_row& row, bool is_first) {
    if (is_first) of.table.indexes.push_back(start_index(of, row));
    else row.skip(index_parts);
    index_definition& index = of.table.indexes.back();
    const bool is_key = row.flag();
    index_element element{row.text()};
    if (!is_key) return index.include.push_back(std::move(element.column));
    if (std::string expression = row.text(); !expression.empty()) element.expression = written_sql(std::move(expression));
    element.descending = row.flag();
    element.nulls = nulls_of(element.descending, row.flag());
    element.collation = row.text();
    element.operator_class = row.text();
    if (row.flag()) note(of, fmt::format("the options of operator classes of the index \"{}\" are left out", index.name), index.name);
    index.elements.push_back(std::move(element));
}

index_definition schema_reader::start_index(const draft& of, catalogue_row& row) {
    index_definition index;
    index.name = row.text();
    index.unique = row.flag();
    index.method = row.text();
    if (std::string where = row.text(); !where.empty()) index.where = written_sql(std::move(where));
    index.nulls_not_distinct = row.flag();
    const auto lost = [&](std::string_view what) {
        note(of, fmt::format("{} of the index \"{}\" is left out", what, index.name), index.name);
    };
    if (of.is_view()) note(of, fmt::format("the index \"{}\" of the materialized view is left out", index.name));
    if (!row.flag()) note(of, fmt::format("the index \"{}\" is not valid: it was not made to its end", index.name), index.name);
    if (const std::string options = row.text(); !options.empty()) lost("the option " + options);
    if (const std::string space = row.text(); !space.empty()) lost("the tablespace " + space);
    if (!row.text().empty()) lost("the comment");
    return index;
}

}  // namespace azoth::postgresql
