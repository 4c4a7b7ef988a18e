#pragma once

#include <azoth/sql/nodes/dml.hpp>
#include <azoth/sql/nodes/moment.hpp>
#include <azoth/sql/nodes/operators.hpp>
#include <azoth/sql/nodes/select.hpp>

namespace azoth {

/// SQL as the program wrote it, cut at its :named binds; as a statement or as a piece of an expression. One more piece than binds.
class AZOTH_API text_node final : public statement_node<text_node> {
public:
    static constexpr node_kind static_kind{node_numbers::text, "text"};
    auto fields() const { return std::tie(pieces, binds, columns); }

    std::vector<std::string> pieces{};
    std::vector<node_ptr> binds{};
    std::vector<select_item> columns{};  ///< of its result, where the program says them
};

namespace detail {
/// How many columns a query returns; 0: not known.
AZOTH_API std::size_t width_of_query(const node& query);
}  // namespace detail

/// The columns that a query returns, for a subquery or CTE made of it. Names that are missing or come twice throw programming_error.
AZOTH_API std::vector<column_spec> result_specs(const node& query, const std::vector<std::string>& names = {});

}  // namespace azoth
