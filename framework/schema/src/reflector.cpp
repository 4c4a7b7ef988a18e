#include <azoth/base/error.hpp>
#include <azoth/schema/reflector.hpp>
#include <azoth/sql/nodes/native.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace azoth {
namespace {

[[noreturn]] void refuse(std::string_view what) { throw_error(errc::not_supported, "this dialect cannot read " + std::string{what}); }

bool has(const std::vector<std::string>& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

/// Of each wanted name whether it is one of those there are.
std::vector<bool> among(const std::vector<std::string>& there, const std::vector<std::string>& wanted) {
    std::vector<bool> have;
    for (const auto& name : wanted) have.push_back(has(there, name));
    return have;
}

}  // namespace

reflector::~reflector() = default;

schema_definition reflector::read(const reflection_request&) { refuse("the definitions of tables"); }
std::vector<std::string> reflector::schema_names() { refuse("the names of schemas"); }
std::string reflector::default_schema() { refuse("the default schema's name"); }
std::vector<std::string> reflector::view_names(std::string_view) { refuse("the names of views"); }
std::vector<std::string> reflector::sequence_names(std::string_view) { refuse("the names of sequences"); }
std::vector<std::string> reflector::temporary_table_names() { refuse("the names of temporary tables"); }

std::vector<bool> reflector::have_tables(const std::vector<std::string>& names, std::string_view schema) {
    std::vector<bool> have;
    for (const auto& name : names) have.push_back(has_table(name, schema));
    return have;
}

std::vector<bool> reflector::have_views(const std::vector<std::string>& names, std::string_view schema) {
    return among(view_names(schema), names);
}
std::vector<bool> reflector::have_sequences(const std::vector<std::string>& names, std::string_view schema) {
    return among(sequence_names(schema), names);
}
std::vector<bool> reflector::have_enums(const std::vector<std::string>& names, std::string_view schema) {
    std::vector<std::string> there;
    for (auto& e : read({.schema = std::string{schema}, .views = false, .sequences = false}).enums) there.push_back(std::move(e.name.name));
    return among(there, names);
}

std::vector<next_number> reflector::next_numbers(const reflection_request&) { return {}; }

std::vector<std::string> reflector::written_queries(const std::vector<view_definition>& views) {
    return std::vector<std::string>(views.size());
}

reflection_note note_of_triggers(object_name of, const std::vector<std::string>& names) {
    const bool is_one = names.size() == 1;
    return {std::move(of), fmt::format("it has the trigger{} \"{}\", which {} not read", is_one ? "" : "s", fmt::join(names, "\", \""),
                                       is_one ? "is" : "are")};
}

schema_definition as_written(executor& on, schema_definition all) {
    const std::vector<std::string> queries = on.reflect().written_queries(all.views);
    for (std::size_t i = 0; i < queries.size(); ++i)
        if (!queries[i].empty()) all.views[i].query = make_node<const native_sql_node>(on.server_profile().dialect, queries[i]);
    return all;
}

bool reflector::has_schema(std::string_view name) { return has(schema_names(), name); }
bool reflector::has_view(std::string_view name, std::string_view schema) { return have_views({std::string{name}}, schema).front(); }
bool reflector::has_sequence(std::string_view name, std::string_view schema) { return have_sequences({std::string{name}}, schema).front(); }
bool reflector::has_enum(std::string_view name, std::string_view schema) { return have_enums({std::string{name}}, schema).front(); }

}  // namespace azoth
