// Random schemas: tables, their keys, and what stands beside them.
#include "schema_generator.hpp"

#include <algorithm>

namespace properties {
namespace {

using k = az::type_kind;

bool is_computed(const az::column_draft& c) { return c.details.computed.has_value(); }

std::vector<std::string> names_of(const std::vector<az::column_draft>& columns, const std::vector<std::size_t>& which) {
    std::vector<std::string> names;
    for (const std::size_t i : which) names.push_back(columns[i].spec.name);
    return names;
}

}  // namespace

schema_generator::drafted_table schema_generator::empty_table() {
    drafted_table made{.names = name_maker{from_, place_}};
    made.schema = schema();
    made.name = names_.make();
    return made;
}

void schema_generator::add_columns(drafted_table& to) {
    for (unsigned n = 1 + from_.pick(6); n > 0; --n) to.columns.push_back(column(to));
    if (from_.pick(3) == 0) add_computed(to);
}

/// One column that the database numbers, one or some that it does not, or none.
void schema_generator::add_primary_key(drafted_table& to) {
    const unsigned how = from_.pick(5);
    if (how <= 1) {
        draft id = az::column(to.names.make(), how == 0 ? k::integer : k::big_integer, az::primary_key);
        add_numbers(id);
        to.columns.insert(to.columns.begin(), std::move(id));
        to.keys.push_back({{0}});
    } else if (how <= 3) {
        const auto columns = some_columns(to, how == 2 ? 1 : 3, [&](const draft& c) { return can_be_key(c) && !is_computed(c); });
        if (columns.empty()) return;
        for (const std::size_t i : columns) {
            az::primary_key.apply(to.columns[i]);
            to.columns[i].generated = false;
        }
        key made{columns};
        std::ranges::sort(made.columns);
        to.keys.push_back(std::move(made));
    }
}

void schema_generator::add_uniques(drafted_table& to) {
    for (unsigned n = from_.pick(3); n > 0; --n) {
        const auto columns = some_columns(to, 3, [&](const draft& c) { return can_be_key(c) && !is_computed(c); });
        const auto is_same = [&](const key& other) { return std::ranges::is_permutation(other.columns, columns); };
        if (columns.empty() || std::ranges::any_of(to.keys, is_same)) continue;
        az::unique_constraint made{.name = names_.make(), .columns = names_of(to.columns, columns)};
        const auto& schema = place_.can().schema;
        if (schema.deferrable_uniques && from_.one_in(5)) made.timing = az::constraint_timing::initially_deferred;
        made.nulls_not_distinct = schema.nulls_not_distinct && from_.one_in(4);
        // What is checked late can be referred to by nobody.
        if (made.timing == az::constraint_timing::immediate) to.keys.push_back({columns});
        to.elements.emplace_back(std::move(made));
    }
}

void schema_generator::refer(drafted_table& from, const drafted_table& to, const key& by) {
    const auto& schema = place_.can().schema;
    az::foreign_key made{.name = names_.make(), .referred_schema = to.schema, .referred_table = to.name};
    std::vector<draft> columns;
    for (const std::size_t i : by.columns) {
        columns.push_back(az::column(from.names.make(), to.columns[i].spec.type));
        made.columns.push_back(columns.back().spec.name);
        made.referred_columns.push_back(to.columns[i].spec.name);
    }
    constexpr unsigned actions = 4;
    made.on_delete = static_cast<az::referential_action>(from_.pick(place_.is_mysql() ? actions : actions + 1));
    made.on_update = static_cast<az::referential_action>(from_.pick(place_.is_mysql() ? actions : actions + 1));
    if (schema.deferrable_keys) made.timing = static_cast<az::constraint_timing>(from_.pick(3));
    if (schema.full_match && from_.one_in(4)) made.match = az::key_match::full;
    std::ranges::move(columns, std::back_inserter(from.columns));
    from.elements.emplace_back(std::move(made));
}

/// To any table, itself and those that come later among them.
void schema_generator::add_foreign_key(drafted_table& to) {
    const drafted_table& other = tables_[from_.pick(static_cast<unsigned>(tables_.size()))];
    if (other.keys.empty()) return;
    // There a key names the schema that it leads to, and the default one has no name.
    if (place_.is_mysql() && !to.schema.empty() && other.schema.empty()) return;
    const key by = other.keys[from_.pick(static_cast<unsigned>(other.keys.size()))];
    refer(to, other, by);
}

void schema_generator::add_sequences(az::metadata& to) {
    for (unsigned n = place_.can().sequences ? from_.pick(3) : 0; n > 0; --n) {
        az::sequence_definition made{{schema(), names_.make()}, counting(false), {}};
        if (place_.can().comments && !place_.is_mysql()) made.comment = comment();
        sequences_.emplace_back(made);
        to.add(sequences_.back());
    }
}

void schema_generator::add_view(az::metadata& to, const az::table& over) {
    std::vector<az::expr<az::value>> columns;
    for (const auto& spec : over.columns())
        if (columns.empty() || from_.pick(3) == 0) columns.push_back(over[spec.name]);
    auto query = az::select_columns(columns).select_from(over);
    if (from_.pick(2) == 1) query = query.where(columns.front().is_not_null());
    az::view made{names_.make(), query, schema()};
    if (place_.can().schema.materialized_views && from_.one_in(4)) made = made.materialized();
    if (place_.can().comments && !place_.is_mysql()) made = made.comment(comment());
    to.add(made);
}

az::metadata schema_generator::make() {
    az::metadata all;
    for (unsigned n = 1 + from_.pick(6); n > 0; --n) tables_.push_back(empty_table());
    add_sequences(all);
    for (auto& t : tables_) {
        add_columns(t);
        add_primary_key(t);
        add_uniques(t);
    }
    for (auto& t : tables_)
        for (unsigned n = from_.pick(3); n > 0; --n) add_foreign_key(t);
    for (auto& t : tables_) {
        add_checks(t);
        add_indexes(t);
        if (place_.can().comments) t.elements.emplace_back(az::table_comment{comment()});
        all.add(az::table{t.name, t.columns, t.elements, t.schema});
    }
    const std::vector<az::table> tables = all.sorted_tables();
    for (unsigned n = place_.can().schema.views ? from_.pick(3) : 0; n > 0; --n)
        add_view(all, tables[from_.pick(static_cast<unsigned>(tables.size()))]);
    return all;
}

}  // namespace properties
