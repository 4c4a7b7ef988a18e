#include <azoth/schema/table.hpp>
#include <azoth/sql/subquery.hpp>
#include <azoth/sql/text.hpp>

namespace azoth {
namespace {

class element_adder {
public:
    explicit element_adder(table_builder& to) noexcept : to_{to} {}
    void operator()(unique_constraint& e) const { to_.add_unique(std::move(e)); }
    void operator()(check_constraint& e) const { to_.add_check(std::move(e)); }
    void operator()(foreign_key& e) const { to_.add_foreign_key(std::move(e)); }
    void operator()(index_definition& e) const { to_.add_index(std::move(e)); }
    void operator()(table_comment& e) const { to_.set_comment(std::move(e.text)); }
    void operator()(temporary_option&) const { to_.set_temporary(); }
    void operator()(table_option& e) const { to_.set_option(std::move(e.name), std::move(e.value)); }

private:
    table_builder& to_;
};

table_definition define(std::string name, std::vector<column_draft> columns, std::vector<table_element> elements, std::string schema) {
    table_builder builder{std::move(name), std::move(schema)};
    for (auto& c : columns) builder.add(std::move(c));
    for (auto& e : elements) std::visit(element_adder{builder}, e);
    return builder.define({});
}

}  // namespace

table::table(std::string name, std::vector<column_draft> columns, std::string schema)
    : table{define(std::move(name), std::move(columns), {}, std::move(schema))} {}

table::table(std::string name, std::vector<column_draft> columns, std::vector<table_element> elements, std::string schema)
    : table{define(std::move(name), std::move(columns), std::move(elements), std::move(schema))} {}

check_constraint check(std::string name, std::string_view sql) { return {std::move(name), detail::parse_text(sql)}; }
index_element by_sql(std::string_view sql) {
    index_element element;
    element.expression = detail::parse_text(sql);
    return element;
}
index_definition partial(index_definition index, std::string_view sql) {
    index.where = detail::parse_text(sql);
    return index;
}
server_default_option server_default(std::string_view sql) { return {detail::parse_text(sql)}; }
computed_option computed(std::string_view sql) { return {detail::parse_text(sql), true}; }

table::table(table_definition definition) : definition_{std::make_shared<const table_definition>(std::move(definition))} {}

expr<value> table::operator[](std::string_view column) const {
    return expr<value>{detail::make_column(source(), find_column(*source(), column))};
}

node_ptr table::typed_column(std::string_view name, type_kind kind, bool can_be_null) const {
    return detail::typed_column(source(), name, kind, can_be_null);
}

}  // namespace azoth
