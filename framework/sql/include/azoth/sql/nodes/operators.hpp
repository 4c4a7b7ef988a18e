#pragma once

#include <azoth/sql/nodes/operation.hpp>

namespace azoth {

/// An operator of the database's own, by its symbol. How tightly it binds nobody knows, so that it stands in parentheses.
class AZOTH_API custom_operator_node final : public node_base<custom_operator_node> {
public:
    static constexpr node_kind static_kind{node_numbers::custom_operator, "custom operator"};
    custom_operator_node(std::string s, node_ptr l, node_ptr r, azoth::type t)
        : symbol{std::move(s)}, left{std::move(l)}, right{std::move(r)}, type{std::move(t)} {}
    auto fields() const { return std::tie(symbol, left, right, type); }

    std::string symbol;
    node_ptr left;
    node_ptr right;
    azoth::type type;
};

/// A text with another collation, by the name that the database has for it.
class AZOTH_API collate_node final : public node_base<collate_node> {
public:
    static constexpr node_kind static_kind{node_numbers::collate, "COLLATE"};
    collate_node(node_ptr what, std::string n) : operand{std::move(what)}, name{std::move(n)} {}
    auto fields() const { return std::tie(operand, name); }

    node_ptr operand;
    std::string name;
};

/// Several values as one: a row. On the right side of IN its elements are lists, all of one length.
class AZOTH_API tuple_node final : public node_base<tuple_node> {
public:
    static constexpr node_kind static_kind{node_numbers::tuple, "tuple"};
    explicit tuple_node(std::vector<node_ptr> of) : elements{std::move(of)} {}
    auto fields() const { return std::tie(elements); }

    std::vector<node_ptr> elements;
};

/// ANY or ALL of many values: of a query's, or of an array's.
class AZOTH_API quantified_node final : public node_base<quantified_node> {
public:
    static constexpr node_kind static_kind{node_numbers::quantified, "ANY or ALL"};
    quantified_node(bool a, node_ptr o) : all{a}, of{std::move(o)} {}
    auto fields() const { return std::tie(all, of); }

    bool all;
    node_ptr of;
};

/// An expression that goes by another type, without a word in the SQL.
class AZOTH_API coerced_node final : public node_base<coerced_node> {
public:
    static constexpr node_kind static_kind{node_numbers::coerced, "type coercion"};
    coerced_node(node_ptr what, azoth::type t) : operand{std::move(what)}, type{std::move(t)} {}
    auto fields() const { return std::tie(operand, type); }

    node_ptr operand;
    azoth::type type;
};

/// Whether an IN stands before a list whose length is known at execution only: a bind, or a tuple of them.
AZOTH_API bool is_in_list(const in_node& n) noexcept;

/// What the operations that look for text carry in `option`.
namespace text_options {
inline constexpr std::uint32_t ignore_case = 1U << 8;
inline constexpr std::uint32_t nullable_pattern = 1U << 9;
constexpr std::uint32_t with_escape(char escape) noexcept { return static_cast<unsigned char>(escape); }
constexpr char escape_of(std::uint32_t option) noexcept { return static_cast<char>(option & 0xffU); }
}  // namespace text_options

}  // namespace azoth
