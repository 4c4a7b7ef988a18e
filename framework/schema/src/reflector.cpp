#include <azoth/base/error.hpp>
#include <azoth/schema/reflector.hpp>

#include <algorithm>

namespace azoth {
namespace {

[[noreturn]] void refuse(std::string_view what) { throw_error(errc::not_supported, "this dialect cannot read " + std::string{what}); }

bool has(const std::vector<std::string>& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

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

bool reflector::has_schema(std::string_view name) { return has(schema_names(), name); }
bool reflector::has_sequence(std::string_view name, std::string_view schema) { return has(sequence_names(schema), name); }
bool reflector::has_view(std::string_view name, std::string_view schema) { return has(view_names(schema), name); }
bool reflector::has_enum(std::string_view name, std::string_view schema) {
    const auto enums = read({.schema = std::string{schema}, .views = false, .sequences = false}).enums;
    return std::ranges::any_of(enums, [&](const enum_definition& e) { return e.name.name == name; });
}

}  // namespace azoth
