#pragma once

#include "portable_sql.hpp"

#include <azoth/sql/expression_traits.hpp>
#include <azoth/sql/nodes/dml.hpp>
#include <azoth/sql/nodes/statement.hpp>

namespace azoth::detail {

[[nodiscard]] inline bool is_literal(const sql_tree& t) {
    return t.kind == tree_kind::number || t.kind == tree_kind::text || t.kind == tree_kind::bytes || t.kind == tree_kind::truth;
}
[[nodiscard]] inline type_family family_of(const node_ptr& n) { return azoth::family_of(type_of(*n).kind); }
[[nodiscard]] inline bool is_decimal(const node_ptr& n) { return type_of(*n).kind == type_kind::numeric; }
[[nodiscard]] inline bool is_float(const node_ptr& n) { return is_float(type_of(*n).kind); }
[[nodiscard]] inline bool is_unsigned(const node_ptr& n) { return is_integer(type_of(*n).kind) && !is_signed_integer(type_of(*n).kind); }

/// Makes nodes; null where something has no sure meaning on the other side.
class sql_mover {
public:
    explicit sql_mover(const sql_move& move) noexcept : move_{move} {}

    [[nodiscard]] node_ptr run(const sql_tree& t) const;

private:
    [[nodiscard]] node_ptr column(const sql_tree& t) const;
    /// A literal beside something of a type is read as one of that type.
    [[nodiscard]] node_ptr meeting(const sql_tree& literal, const node_ptr& other) const;
    static node_ptr number_meeting(const sql_tree& number, const type& of);

    // conditions
    [[nodiscard]] node_ptr compared(const sql_tree& t) const;
    [[nodiscard]] node_ptr condition(const sql_tree& t) const;
    [[nodiscard]] node_ptr denied(const sql_tree& t) const;
    [[nodiscard]] node_ptr logical(const sql_tree& t, logical_operator op) const;
    [[nodiscard]] node_ptr is(const sql_tree& t) const;
    [[nodiscard]] node_ptr in(const sql_tree& t) const;
    /// SQLite's LIKE takes a for A; the others do not, where nobody tells them to.
    [[nodiscard]] node_ptr like(const sql_tree& t) const;
    /// Whether no text of a tree is compared otherwise here than there.
    [[nodiscard]] bool tell_bytes(const sql_tree& t, bool by_order) const;
    [[nodiscard]] bool can_be_compared(const node_ptr& l, const node_ptr& r, bool by_order) const;

    // what is compared
    /// Beside a double a number is one.
    [[nodiscard]] node_ptr beside(const sql_tree& number, const node_ptr& other) const;
    /// PostgreSQL counts in the integers' own type, and says that they do not fit; the others have 64 bits for all.
    [[nodiscard]] node_ptr counted(node_ptr of, const node_ptr& other) const;
    /// Quotients and remainders of integers, and what is rounded of others, are each database's own. SQLite computes decimals as floats.
    [[nodiscard]] node_ptr computed(const sql_tree& t) const;
    [[nodiscard]] node_ptr negated(const sql_tree& t) const;
    /// Functions of which all databases take the same arguments and give the same results.
    [[nodiscard]] node_ptr call(const sql_tree& t) const;
    static node_ptr function(const std::string& name, std::vector<node_ptr> arguments, const type& of);
    /// Values of one type, of which the literals take that of the others.
    [[nodiscard]] std::vector<node_ptr> likes(const std::vector<const sql_tree*>& of) const;
    [[nodiscard]] node_ptr call_of_likes(const sql_tree& t) const;
    [[nodiscard]] node_ptr choice(const sql_tree& t) const;
    /// A fraction is rounded here and cut there, and numbers other than integers have no one text.
    [[nodiscard]] node_ptr cast(const sql_tree& t) const;

    const sql_move& move_;
};

}  // namespace azoth::detail
