#pragma once

#include <azoth/sql/subquery.hpp>

#include <optional>

namespace azoth {

namespace detail {
AZOTH_API node_ptr make_sample(const node_ptr& source, std::string_view name, sample_method method, double percent,
                               std::optional<std::int64_t> seed);
}  // namespace detail

/// A part of a table's rows: about `percent` of them, the same ones each time where there is a seed. `bernoulli` looks at each row,
/// `system` takes whole pages. What lies outside 0 and 100 throws interface_error (invalid-argument).
template <entity_source E>
[[nodiscard]] auto tablesample(const E& of, sample_method method, double percent, std::optional<std::int64_t> seed = std::nullopt,
                               std::string_view name = {}) {
    using entity = typename E::entity_type;
    node_ptr source = detail::make_sample(of.source(), name, method, percent, seed);
    auto columns = detail::columns_through(source, entity_of<entity>());
    return alias_of<entity>{std::move(source), std::move(columns)};
}
template <class S>
requires detail::has_source<S> &&(!entity_source<S>) [[nodiscard]] dynamic_source
    tablesample(const S& of, sample_method method, double percent, std::optional<std::int64_t> seed = std::nullopt,
                std::string_view name = {}) {
    return dynamic_source{detail::make_sample(of.source(), name, method, percent, seed)};
}

}  // namespace azoth
