// The compiled core of <azoth/sql/values.hpp>, <azoth/sql/table_function.hpp>, <azoth/sql/json_table.hpp> and <azoth/sql/sample.hpp>.
#include "build.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/json_table.hpp>
#include <azoth/sql/sample.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::detail {

std::vector<column_spec> described_columns(const std::vector<std::string>& names, std::span<const column_type> types) {
    if (names.size() != types.size())
        throw_error(errc::statement, fmt::format("{} names for {} columns: give one name a column", names.size(), types.size()));
    std::vector<column_spec> specs;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].empty()) throw_error(errc::statement, fmt::format("column {} has no name", i + 1));
        if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
            names.begin() + static_cast<std::ptrdiff_t>(i))
            throw_error(errc::statement, fmt::format("two columns are called \"{}\"", names[i]));
        column_spec spec;
        spec.name = names[i];
        spec.type = types[i].of;
        spec.nullable = types[i].nullable;
        specs.push_back(std::move(spec));
    }
    return specs;
}

node_ptr make_values(std::string_view name, const std::vector<std::string>& names, std::span<const column_type> types,
                     std::vector<value> cells) {
    std::vector<node_ptr> binds;
    binds.reserve(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i)
        binds.push_back(make_node<const bind_node>(std::move(cells[i]), types[i % types.size()].of));
    return make_node<const values_node>(std::string{name}, described_columns(names, types), std::move(binds));
}

node_ptr make_values_cte(const node_ptr& values, std::string_view name) {
    if (name.empty()) throw_error(errc::statement, "a common table expression needs a name");
    return make_node<const cte_node>(std::string{name}, columns_of(*values), values);
}

namespace {

using kinds = table_function_node::kinds;

node_handle<table_function_node> copy_of_function(const node_ptr& function) {
    return make_node<table_function_node>(static_cast<const table_function_node&>(*function));
}

column_spec column_named(std::string_view name, const column_type& of) {
    column_spec spec;
    spec.name = name;
    spec.type = of.of;
    spec.nullable = of.nullable;
    return spec;
}

}  // namespace

node_ptr make_table_function(std::string_view function, const std::vector<std::string>& names, std::span<const column_type> types,
                             std::vector<node_ptr> arguments) {
    require_function_name(function);
    return make_node<const table_function_node>(kinds::call, std::string{function}, std::move(arguments), std::string{},
                                                described_columns(names, types));
}

node_ptr make_series(const node_ptr& from, const node_ptr& to, std::int64_t step) {
    if (step == 0) throw_error(errc::invalid_argument, "generate_series() with a step of 0 never arrives");
    return make_node<const table_function_node>(kinds::series, "generate_series",
                                                std::vector<node_ptr>{from, to, make_literal(value{step})}, std::string{},
                                                std::vector<column_spec>{column_named("value", {type{type_kind::big_integer}, false})});
}

node_ptr make_elements(const node_ptr& array, const column_type& element) {
    return make_node<const table_function_node>(kinds::elements, "unnest", std::vector<node_ptr>{array}, std::string{},
                                                std::vector<column_spec>{column_named("value", element)});
}

node_ptr with_ordinality(const node_ptr& function, std::string_view name) {
    auto counted = copy_of_function(function);
    if (counted->ordinality) throw_error(errc::statement, "with_ordinality() twice");
    counted->ordinality = true;
    counted->columns.push_back(column_named(name, {type{type_kind::big_integer}, false}));
    return counted;
}

node_ptr with_types(const node_ptr& function) {
    auto typed = copy_of_function(function);
    if (typed->kind != kinds::call) throw_error(errc::statement, "with_types() is for functions of the database's own");
    typed->typed = true;
    return typed;
}

node_ptr make_json_table(const node_ptr& document, std::string_view rows, const std::vector<std::string>& names,
                         const std::vector<std::string>& paths, std::span<const column_type> types) {
    constexpr std::string_view all_elements = "[*]";
    if (!rows.ends_with(all_elements))
        throw_error(errc::statement, fmt::format("the rows of json_table are the elements of an array: {} does not end in [*]", rows));
    rows.remove_suffix(all_elements.size());
    auto made = make_node<table_function_node>(kinds::documents, "json_table", std::vector<node_ptr>{document}, std::string{},
                                               described_columns(names, types));
    made->paths.push_back(json_path_text(parse_json_path(rows)));
    for (const auto& path : paths) made->paths.push_back(json_path_text(parse_json_path(path)));
    return made;
}

node_ptr make_sample(const node_ptr& source, std::string_view name, sample_method method, double percent,
                     std::optional<std::int64_t> seed) {
    if (!(percent >= 0 && percent <= 100)) throw_error(errc::invalid_argument, fmt::format("a sample of {} percent of the rows", percent));
    if (!node_cast<table_node>(source))
        throw_error(errc::statement, fmt::format("only a table has a sample: {} is none", source_name(*source)));
    return make_node<const sample_node>(source, std::string{name}, method, make_bind(value{percent}, nullptr),
                                        seed ? make_bind(value{*seed}, nullptr) : node_ptr{});
}

}  // namespace azoth::detail
