#pragma once

#include <azoth/conformance/context.hpp>

#include <functional>

/// Pairs of schemas, each of which is to become the other. Every table has a key "id" or a column of that name.
namespace azoth::conformance::schema_pairs {

struct schema_pair {
    metadata first{};
    metadata second{};
    std::function<void(connection&)> fill{[](connection&) {}};  ///< rows of the first
};

[[nodiscard]] inline column_draft key(type_kind kind = type_kind::integer) { return column("id", kind, primary_key, not_generated); }

[[nodiscard]] schema_pair nothing(context& on);
[[nodiscard]] schema_pair columns(context& on);
[[nodiscard]] schema_pair types(context& on);
[[nodiscard]] schema_pair conversions(context& on);
[[nodiscard]] schema_pair defaults(context& on);
[[nodiscard]] schema_pair constraints(context& on);
[[nodiscard]] schema_pair indexes(context& on);
[[nodiscard]] schema_pair primary_keys(context& on);
[[nodiscard]] schema_pair numbered_keys(context& on);
[[nodiscard]] schema_pair numbered_otherwise(context& on);
[[nodiscard]] schema_pair foreign_keys(context& on);
[[nodiscard]] schema_pair referred_types(context& on);
[[nodiscard]] schema_pair tables(context& on);
[[nodiscard]] schema_pair beneath_views(context& on);
[[nodiscard]] schema_pair computed_columns(context& on);
[[nodiscard]] schema_pair enumerations(context& on);
[[nodiscard]] schema_pair sequences(context& on);
[[nodiscard]] schema_pair comments(context& on);
[[nodiscard]] schema_pair odd_names(context& on);

}  // namespace azoth::conformance::schema_pairs
