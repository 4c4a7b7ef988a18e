#pragma once

#include <azoth/sql/cte.hpp>

#include <array>
#include <ranges>

namespace azoth {

namespace detail {

/// The columns of a source that a program describes by names and types. Throws programming_error (statement) for an empty name, or one that
/// comes twice.
struct column_type {
    type of;
    bool nullable;
};
AZOTH_API std::vector<column_spec> described_columns(const std::vector<std::string>& names, std::span<const column_type> types);
AZOTH_API node_ptr make_values(std::string_view name, const std::vector<std::string>& names, std::span<const column_type> types,
                               std::vector<value> cells);
AZOTH_API node_ptr make_values_cte(const node_ptr& values, std::string_view name);

template <class... Ts>
std::array<column_type, sizeof...(Ts)> column_types() {
    return {column_type{type_for<Ts>(), is_optional_v<Ts>}...};
}

}  // namespace detail

/// Rows that the statement brings along, as a source with typed columns.
template <class... Ts>
class values_source : public subquery<Ts...> {
public:
    using subquery<Ts...>::subquery;
    /// The same as a common table expression.
    [[nodiscard]] cte_of<Ts...> cte(std::string_view name) const { return cte_of<Ts...>{detail::make_values_cte(this->source(), name)}; }
};

/// `values<std::int64_t, std::string>("v", {"id", "name"}, rows)`: rows of a container of tuples (of a container of values, for one
/// column). Without rows it is an empty table. Each value is bound: a database takes only so many (`capabilities::max_parameters`).
template <storable... Ts, std::ranges::input_range R>
requires(sizeof...(Ts) > 0)
    [[nodiscard]] values_source<Ts...> values(std::string_view name, const std::vector<std::string>& columns, const R& rows) {
    using row = std::remove_cvref_t<std::ranges::range_value_t<R>>;
    constexpr bool are_rows = std::convertible_to<row, std::tuple<Ts...>>;
    static_assert(are_rows, "azoth: the rows of values<Ts...>() have to be tuples of these types");
    std::vector<value> cells;
    if constexpr (are_rows)
        for (const auto& r : rows)
            std::apply([&](const Ts&... fields) { (cells.push_back(detail::value_from(fields)), ...); }, std::tuple<Ts...>{r});
    return values_source<Ts...>{detail::make_values(name, columns, detail::column_types<Ts...>(), std::move(cells))};
}
/// The same with the rows written in place: `values<std::int64_t>("v", {"id"}, {{1}, {2}})`.
template <storable... Ts>
requires(sizeof...(Ts) > 0) [[nodiscard]] values_source<Ts...> values(std::string_view name, const std::vector<std::string>& columns,
                                                                      std::initializer_list<std::tuple<Ts...>> rows) {
    return values<Ts...>(name, columns, std::vector<std::tuple<Ts...>>{rows});
}

}  // namespace azoth
