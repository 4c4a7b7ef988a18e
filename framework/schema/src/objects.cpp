#include "view_sources.hpp"

#include <azoth/schema/objects.hpp>
#include <azoth/sql/nodes/statement.hpp>

namespace azoth {

view::view(view_definition definition) {
    if (definition.columns.empty()) definition.columns = result_specs(*definition.query);
    if (definition.reads.empty()) definition.reads = detail::tables_in(*definition.query);
    source_ = make_node<const table_node>(definition.name.name, definition.name.schema, definition.columns);
    definition_ = std::make_shared<const view_definition>(std::move(definition));
}

view view::materialized() const {
    view_definition next = *definition_;
    next.materialized = true;
    return view{std::move(next)};
}

view view::reads(std::vector<object_name> what) const {
    view_definition next = *definition_;
    next.reads = std::move(what);
    return view{std::move(next)};
}

view view::comment(std::string text) const {
    view_definition next = *definition_;
    next.comment = std::move(text);
    return view{std::move(next)};
}

expr<value> view::operator[](std::string_view column) const {
    return expr<value>{detail::make_column(source_, find_column(*source_, column))};
}

}  // namespace azoth
