#pragma once

#include <azoth/schema/column_defaults.hpp>
#include <azoth/schema/table_builder.hpp>
#include <azoth/sql/expression.hpp>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
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

/// A table that the program learns of at run time. A cheap shared handle; immutable and thread-safe.
class AZOTH_API table {
public:
    /// Throws interface_error (mapping) where the columns contradict.
    table(std::string name, std::vector<column_draft> columns, std::string schema = {});
    explicit table(table_definition definition);

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

    std::shared_ptr<const table_definition> definition_;
};

}  // namespace azoth
