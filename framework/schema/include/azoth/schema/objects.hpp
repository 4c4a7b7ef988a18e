#pragma once

#include <azoth/schema/table.hpp>
#include <azoth/sql/nodes/native.hpp>
#include <azoth/sql/query.hpp>

#include <string>
#include <vector>

namespace azoth {

/// Numbers that the database gives out: `sequence numbers{"order_number", {.start = 1000}}`. A value; thread-safe to read.
class AZOTH_API sequence {
public:
    explicit sequence(std::string name, sequence_options options = {}, std::string schema = {})
        : definition_{{std::move(schema), std::move(name)}, options, {}} {}
    explicit sequence(sequence_definition definition) : definition_{std::move(definition)} {}

    [[nodiscard]] const sequence_definition& definition() const noexcept { return definition_; }
    /// The next number, for `select(numbers.next())` and `server_default(numbers.next())`.
    [[nodiscard]] expr<std::int64_t> next() const {
        return expr<std::int64_t>{make_node<const next_value_node>(definition_.name.schema, definition_.name.name)};
    }

private:
    sequence_definition definition_;
};

/// A query that has a name in the database, and is read as a table is: `view big{"big_package", select(...)}`. Its columns are the
/// query's. A cheap shared handle; immutable and thread-safe.
class AZOTH_API view {
public:
    template <query Q>
    view(std::string name, const Q& of, std::string schema = {}) : view{{{std::move(schema), std::move(name)}, of.node()}} {}
    /// Throws programming_error (statement) where the query's columns have no names.
    explicit view(view_definition definition);

    /// Kept as the rows it had when it was last refreshed.
    [[nodiscard]] view materialized() const;
    /// Tables and views that it reads, so that it is made after them and dropped before; those of a query in C++ are found in it.
    [[nodiscard]] view reads(std::vector<object_name> what) const;
    [[nodiscard]] view comment(std::string text) const;

    [[nodiscard]] const view_definition& definition() const noexcept { return *definition_; }
    [[nodiscard]] node_ptr source() const noexcept { return source_; }
    /// A column of any type; throws programming_error (no-such-column) naming those there are.
    [[nodiscard]] expr<value> operator[](std::string_view column) const;
    /// The same, typed by the caller; throws interface_error (mapping) where the query says another family of types.
    template <storable T>
    [[nodiscard]] expr<T> column(std::string_view name) const {
        return expr<T>{detail::typed_column(source_, name, value_traits<T>::kind, is_optional_v<T>)};
    }

private:
    std::shared_ptr<const view_definition> definition_;
    node_ptr source_;
};

/// `enum_type` of a C++ enumeration, with the labels of its value_traits: `.column<&T::mood>(enum_type<mood>("mood"))`.
template <class E>
requires(value_traits<E>::kind == type_kind::enumeration) [[nodiscard]] type enum_type(std::string name, std::string schema = {}) {
    const auto& labels = codec_of<E>.labels;
    return enum_type(std::move(name), {labels.begin(), labels.end()}, std::move(schema));
}

}  // namespace azoth
