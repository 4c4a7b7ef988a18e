#pragma once

#include <azoth/schema/column_defaults.hpp>
#include <azoth/schema/table_builder.hpp>
#include <azoth/sql/expression.hpp>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace azoth {

/// A column of a table made at run time: `column("name", string(80), not_null, unique)`.
template <column_option... Options>
[[nodiscard]] column_draft column(std::string name, const type& t, const Options&... options) {
    column_draft draft;
    draft.spec.name = std::move(name);
    draft.spec.type = t;
    draft.type_said = true;
    (detail::apply_option(draft, options), ...);
    return draft;
}

struct table_comment {
    std::string text{};
};
/// A table of the session's own, gone with it.
struct temporary_option {};
inline constexpr temporary_option temporary{};
/// What one dialect alone knows: `table_option{"mysql.engine", "MyISAM"}`; others pass it by.
struct table_option {
    std::string name{};
    std::string value{};
};
/// What a table is beside its columns.
using table_element =
    std::variant<unique_constraint, check_constraint, foreign_key, index_definition, table_comment, temporary_option, table_option>;

/// A check from a condition over `own_column<T>("name")`: `check("positive", own_column<int>("price") > 0)`.
template <condition C>
[[nodiscard]] check_constraint check(std::string name, const C& condition) {
    return {std::move(name), condition.node()};
}
/// ... or in SQL.
AZOTH_API check_constraint check(std::string name, std::string_view sql);
/// An index, of columns or of `by(expression)`; all else is said in the definition's own members.
[[nodiscard]] inline index_definition index(std::string name, std::vector<index_element> elements) {
    return {.name = std::move(name), .elements = std::move(elements)};
}
/// An element of an index that is computed: `by(func::lower(own_column<std::string>("name")))`.
template <expression E>
[[nodiscard]] index_element by(const E& expression) {
    index_element element;
    element.expression = expression.node();
    return element;
}
/// ... or in SQL.
[[nodiscard]] AZOTH_API index_element by_sql(std::string_view sql);
/// An index of some of the rows: `partial(index("open", {"due"}), own_column<bool>("is_open"))`.
template <condition C>
[[nodiscard]] index_definition partial(index_definition index, const C& condition) {
    index.where = condition.node();
    return index;
}
[[nodiscard]] AZOTH_API index_definition partial(index_definition index, std::string_view sql);
[[nodiscard]] inline index_element descending(index_element element) {
    element.descending = true;
    return element;
}

/// A table that the program learns of at run time. A cheap shared handle; immutable and thread-safe.
class AZOTH_API table {
public:
    /// Throws interface_error (mapping) where the columns contradict.
    table(std::string name, std::vector<column_draft> columns, std::string schema = {});
    table(std::string name, std::vector<column_draft> columns, std::vector<table_element> elements, std::string schema = {});
    explicit table(table_definition definition);
    explicit table(table_ptr definition) noexcept : definition_{std::move(definition)} {}

    [[nodiscard]] const std::string& name() const noexcept { return definition_->node->name; }
    [[nodiscard]] const std::string& schema() const noexcept { return definition_->node->schema; }
    [[nodiscard]] const std::vector<column_spec>& columns() const noexcept { return definition_->node->columns; }
    [[nodiscard]] node_ptr source() const noexcept { return definition_->node; }
    [[nodiscard]] const table_definition& definition() const noexcept { return *definition_; }

    /// A column of any type; throws programming_error (no-such-column) naming those there are.
    [[nodiscard]] expr<value> operator[](std::string_view column) const;
    /// The same, typed by the caller; throws interface_error (mapping) where the table says another family of types.
    template <storable T>
    [[nodiscard]] expr<T> column(std::string_view name) const {
        return expr<T>{typed_column(name, value_traits<T>::kind, is_optional_v<T>)};
    }

private:
    [[nodiscard]] node_ptr typed_column(std::string_view name, type_kind kind, bool can_be_null) const;

    table_ptr definition_;
};

}  // namespace azoth
