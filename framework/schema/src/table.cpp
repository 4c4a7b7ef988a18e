#include <azoth/schema/table.hpp>
#include <azoth/sql/subquery.hpp>

namespace azoth {
namespace {

table_definition define(std::string name, std::vector<column_draft> columns, std::string schema) {
    table_builder builder{std::move(name), std::move(schema)};
    for (auto& c : columns) builder.add(std::move(c));
    return builder.define({});
}

}  // namespace

table::table(std::string name, std::vector<column_draft> columns, std::string schema)
    : table{define(std::move(name), std::move(columns), std::move(schema))} {}

table::table(table_definition definition) : definition_{std::make_shared<const table_definition>(std::move(definition))} {}

expr<value> table::operator[](std::string_view column) const {
    return expr<value>{detail::make_column(source(), find_column(*source(), column))};
}

node_ptr table::typed_column(std::string_view name, type_kind kind, bool can_be_null) const {
    return detail::typed_column(source(), name, kind, can_be_null);
}

}  // namespace azoth
