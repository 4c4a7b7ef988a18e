#include "schema_reader.hpp"

#include "oids.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace azoth::postgresql {
namespace {

node_ptr native_sql(std::string sql) { return make_node<const native_sql_node>("postgresql", std::move(sql)); }

std::int64_t least_number(std::int64_t number_type) {
    if (number_type == oids::int2) return std::numeric_limits<std::int16_t>::min();
    if (number_type == oids::int4) return std::numeric_limits<std::int32_t>::min();
    return std::numeric_limits<std::int64_t>::min();
}

/// Keys by which rows are told apart, the primary key first.
std::vector<unique_key> keys_by_name(const table_definition& t) {
    std::vector<unique_key> keys;
    if (!t.primary_key.empty()) keys.push_back({t.primary_key_name, t.primary_key});
    for (const auto& u : t.uniques) keys.push_back({u.name, u.columns});
    for (const auto& i : t.indexes) {
        unique_key key{i.name, {}};
        for (const auto& e : i.elements) key.columns.push_back(e.column);
        if (i.unique && !i.where && std::ranges::find(key.columns, "") == key.columns.end()) keys.push_back(std::move(key));
    }
    return keys;
}

bool is_natural_key(const table_definition& t, const column_spec& column) {
    return t.primary_key.size() == 1 && t.primary_key.front() == column.name && is_integer(column.type.kind);
}

}  // namespace

std::string bare_query(std::string_view sql) {
    const auto first = sql.find_first_not_of(" \n");
    const auto last = sql.find_last_not_of(" \n;");
    return first == std::string_view::npos ? std::string{} : std::string{sql.substr(first, last - first + 1)};
}

sequence_options read_sequence_options(catalogue_row& row, std::int64_t number_type) {
    const std::int64_t start = row.number();
    const std::int64_t increment = row.number();
    const std::int64_t minimum = row.number();
    const std::int64_t maximum = row.number();
    const std::int64_t cache = row.number();
    const bool goes_up = increment > 0;
    const std::int64_t least = least_number(number_type);
    sequence_options said;
    if (start != (goes_up ? minimum : maximum)) said.start = start;
    if (increment != 1) said.increment = increment;
    if (minimum != (goes_up ? 1 : least)) said.minimum = minimum;
    if (maximum != (goes_up ? -(least + 1) : -1)) said.maximum = maximum;
    if (cache != 1) said.cache = cache;
    said.cycle = row.flag();
    return said;
}

schema_reader::schema_reader(executor& on, const reflection_request& request)
    : on_{on}, request_{request}, queries_{on.server_profile().sql_version()}, types_{[this](const std::string& schema) {
          return spelled(schema);
      }} {}

std::string schema_reader::spelled(const std::string& schema) const {
    if (request_.temporary) return schema == place_ || schema == current_schema_ ? std::string{} : schema;
    return request_.schema.empty() && schema == current_schema_ ? std::string{} : schema;
}

column_spec* schema_reader::draft::find(std::string_view column) {
    const auto found = std::ranges::find(columns, column, &column_spec::name);
    return found == columns.end() ? nullptr : &*found;
}

schema_definition schema_reader::read() {
    if (!find_place()) return {};
    read_relations();
    const array_parameter relations{order_};
    if (!order_.empty()) {
        types_.read(on_, relations.get());
        read_columns(relations.get());
        read_constraints(relations.get());
        read_indexes(relations.get());
        read_sources(relations.get());
        note_triggers(relations.get());
    }
    for (const auto number : order_) finish(drafts_.at(number));
    if (request_.sequences && !request_.temporary) read_sequences();
    if (request_.enums && !request_.temporary) read_enums();
    return std::move(found_);
}

bool schema_reader::find_place() {
    const auto take = [&](catalogue_row& row) {
        current_schema_ = row.text();
        place_number_ = fmt::format("{}", row.number());
        place_ = row.text();
    };
    const cell name = request_.schema.empty() ? cell{} : cell::text(request_.schema);
    if (request_.temporary) each_row(on_, catalogue_queries::temporary_place(), {}, take);
    else each_row(on_, catalogue_queries::place(), std::array{name}, take);
    return !place_.empty();
}

void schema_reader::read_relations() {
    const array_parameter names{request_.names};
    const std::array parameters{cell::text(place_number_), request_.names.empty() ? cell{} : names.get()};
    each_row(on_, catalogue_queries::relations(), parameters, [&](catalogue_row& row) { read_relation(row); });
}

void schema_reader::read_relation(catalogue_row& row) {
    const std::int64_t number = row.number();
    draft d;
    d.name = {spelled(place_), row.text()};
    d.kind = row.letter();
    if (d.is_view() && !request_.views) return;
    if (row.flag()) d.table.options["postgresql.unlogged"] = "true";
    d.table.temporary = request_.temporary;
    d.table.comment = d.view.comment = row.text();
    read_storage(d, row);
    read_heritage(d, row);
    if (std::string keys = row.text(); !keys.empty()) d.table.options["postgresql.partition_by"] = std::move(keys);
    if (d.kind == 'f') note(d, "it is a foreign table: its server and options are left out");
    if (d.is_view()) {
        d.view.name = d.name;
        d.view.materialized = d.kind == 'm';
        if (request_.temporary) note(d, "that the view is temporary is left out");
        d.view.query = native_sql(bare_query(row.text()));
    }
    order_.push_back(number);
    drafts_.emplace(number, std::move(d));
}

void schema_reader::read_storage(draft& of, catalogue_row& row) {
    for (const auto& parameter : row.list()) {
        const auto equals = parameter.find('=');
        if (of.is_view()) note(of, fmt::format("the view's option {} is left out", parameter));
        else of.table.options["postgresql.with." + parameter.substr(0, equals)] = parameter.substr(equals + 1);
    }
    for (const std::string_view option : {"postgresql.tablespace", "postgresql.using"}) {
        std::string value = row.text();
        if (!value.empty() && of.is_view()) note(of, fmt::format("where the view is stored ({}) is left out", value));
        else if (!value.empty()) of.table.options[std::string{option}] = std::move(value);
    }
}

void schema_reader::read_heritage(draft& of, catalogue_row& row) {
    const std::string bound = row.text();
    const std::string parents = row.text();
    const std::int64_t children = row.number();
    if (!bound.empty()) note(of, fmt::format("it is read as a table of its own, and is the partition {} of {}", bound, parents));
    else if (!parents.empty()) note(of, fmt::format("that it inherits from {} is left out", parents));
    if (children > 0 && of.kind == 'p') note(of, fmt::format("its {} partitions are left out, or read as tables of their own", children));
    if (row.flag()) note(of, "its row security is left out");
    if (const std::string whole = row.text(); !whole.empty()) note(of, fmt::format("that it is a table of the type {} is left out", whole));
}

void schema_reader::read_columns(const cell& relations) {
    each_row(on_, queries_.columns(), std::array{relations}, [&](catalogue_row& row) { read_column(drafts_.at(row.number()), row); });
}

void schema_reader::read_column(draft& of, catalogue_row& row) {
    column_spec spec;
    column_details details;
    spec.name = row.text();
    const std::int64_t type_number = row.number();
    const std::int64_t modifier = row.number();
    details.native_type = row.text();
    const reflected_type found = types_.resolve(type_number, modifier, details.native_type);
    spec.type = found.of;
    spec.nullable = !row.flag() && !found.not_null;
    const std::string expression = row.text();
    const char identity = row.letter();
    const char generated = row.letter();
    details.collation = row.text();
    details.comment = row.text();
    const std::int64_t dimensions = row.number();
    const bool is_stored_otherwise = row.flag();
    const std::int64_t sequence = row.number();
    spec.generated = sequence != 0 || generated != '\0';
    if (generated != '\0') details.computed = computed_column{native_sql(expression), generated == 's'};
    else if (sequence == 0 && !expression.empty()) details.server_default = native_sql(expression);
    spec.has_default = details.server_default != nullptr;
    if (sequence != 0) {
        const identity_column as{identity == 'a', read_sequence_options(row, sequence)};
        if (identity != '\0' || as.options != sequence_options{}) details.identity = as;
        const std::string schema = row.text();
        details.serial.name = row.text();
        if (!details.serial.name.empty()) details.serial.schema = spelled(schema);
    }
    if (!found.note.empty()) {
        note(of, fmt::format("the column \"{}\": {}", spec.name, found.note), spec.name);
        found_.notes.back().stays = found.stays;
    }
    if (dimensions > 1)
        note(of, fmt::format("the column \"{}\": that its arrays have {} dimensions is left out", spec.name, dimensions), spec.name);
    if (is_stored_otherwise) note(of, fmt::format("the column \"{}\": its STORAGE and COMPRESSION are left out", spec.name), spec.name);
    if (of.is_view() && !details.comment.empty())
        note(of, fmt::format("the comment of the column \"{}\" is left out", spec.name), spec.name);
    of.columns.push_back(std::move(spec));
    of.table.details.push_back(std::move(details));
}

void schema_reader::read_sources(const cell& relations) {
    each_row(on_, catalogue_queries::sources(), std::array{relations}, [&](catalogue_row& row) {
        draft& of = drafts_.at(row.number());
        std::string schema = spelled(row.text());
        of.view.reads.push_back({std::move(schema), row.text()});
    });
}

void schema_reader::note_triggers(const cell& relations) {
    each_row(on_, catalogue_queries::triggers(), std::array{relations}, [&](catalogue_row& row) {
        const draft& of = drafts_.at(row.number());
        found_.notes.push_back(note_of_triggers(of.name, row.list()));
    });
}

void schema_reader::read_sequences() {
    each_row(on_, catalogue_queries::sequences(), std::array{cell::text(place_number_)}, [&](catalogue_row& row) {
        sequence_definition s;
        s.name = {spelled(place_), row.text()};
        s.comment = row.text();
        s.options = read_sequence_options(row, oids::int8);
        if (const std::string owner = row.text(); !owner.empty())
            found_.notes.push_back({s.name, fmt::format("that it belongs to the column {}, and goes with it, is left out", owner)});
        found_.sequences.push_back(std::move(s));
    });
}

void schema_reader::read_enums() {
    each_row(on_, catalogue_queries::enums(), std::array{cell::text(place_number_)}, [&](catalogue_row& row) {
        enum_definition e;
        e.name = {spelled(place_), row.text()};
        e.comment = row.text();
        e.labels = row.list();
        found_.enums.push_back(std::move(e));
    });
}

void schema_reader::finish(draft& of) {
    if (of.is_view()) {
        of.view.columns = std::move(of.columns);
        for (auto& d : of.table.details) of.view.native_types.push_back(std::move(d.native_type));
        found_.views.push_back(std::move(of.view));
        return;
    }
    table_definition& t = of.table;
    for (std::size_t i = 0; i < of.columns.size(); ++i) {
        // What a lone integer key is by itself has not to be said.
        if (t.details[i].identity == identity_column{} && is_natural_key(t, of.columns[i])) t.details[i].identity.reset();
    }
    t.node = make_node<const table_node>(of.name.name, of.name.schema, std::move(of.columns), keys_by_name(t));
    found_.tables.push_back(std::make_shared<const table_definition>(std::move(t)));
}

}  // namespace azoth::postgresql
