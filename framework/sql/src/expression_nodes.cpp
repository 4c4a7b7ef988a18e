#include <azoth/sql/nodes/clauses.hpp>
#include <azoth/sql/nodes/dml.hpp>
#include <azoth/sql/nodes/operators.hpp>

namespace azoth {

value_maker::~value_maker() = default;

bool literal_node::matches(const node& other, node_matcher& matcher) const {
    return node_base::matches(other, matcher) && content == static_cast<const literal_node&>(other).content;
}

std::uint64_t literal_node::compute_hash() const {
    const cell c = content.view();
    const std::uint64_t h = c.is_view() ? detail::hash_text(c.chars_view()) : static_cast<std::uint64_t>(c.i64);
    return detail::mix(node_base::compute_hash() + static_cast<std::uint64_t>(c.tag), h);
}

namespace {

bool gives_truth(binary_operator op) {
    switch (op) {
        case binary_operator::add:
        case binary_operator::subtract:
        case binary_operator::multiply:
        case binary_operator::divide:
        case binary_operator::modulo:
        case binary_operator::concat: return false;
        default: return true;
    }
}

/// An approximate operand makes the result approximate, a decimal one decimal; the wider integer wins.
int rank_of(type_kind kind) {
    switch (kind) {
        case type_kind::unknown: return 0;
        case type_kind::double_: return 9;
        case type_kind::real: return 8;
        case type_kind::numeric: return 7;
        case type_kind::unsigned_big_integer: return 6;
        case type_kind::big_integer: return 5;
        case type_kind::unsigned_integer: return 4;
        case type_kind::integer: return 3;
        case type_kind::unsigned_small_integer: return 2;
        default: return 1;
    }
}

type type_of_binary(const binary_node& n) {
    if (gives_truth(n.op)) return type_kind::boolean;
    if (n.op == binary_operator::concat) return type_kind::text;
    type left = type_of(*n.left);
    type right = type_of(*n.right);
    if (left.kind == type_kind::interval) return left;  // so many times an interval
    return right.kind == type_kind::interval || rank_of(right.kind) > rank_of(left.kind) ? right : left;
}

bool is_wider(const type& t, const type& than) {
    if (than.kind == type_kind::unknown) return true;
    return family_of(t.kind) == type_family::number && family_of(than.kind) == type_family::number && rank_of(t.kind) > rank_of(than.kind);
}

type type_of_case(const case_node& n) {
    std::vector<node_ptr> results;
    for (const auto& branch : n.branches) results.push_back(branch.result);
    if (n.otherwise) results.push_back(n.otherwise);
    return widest_type(results);
}

}  // namespace

type widest_type(std::span<const node_ptr> of) {
    type widest;
    for (const auto& n : of)
        if (type t = type_of(*n); is_wider(t, widest)) widest = std::move(t);
    return widest;
}

type type_of(const node& e) {
    switch (e.kind().number) {
        case node_numbers::column: return static_cast<const column_node&>(e).spec->type;
        case node_numbers::bind: return static_cast<const bind_node&>(e).type;
        case node_numbers::literal: return static_cast<const literal_node&>(e).type;
        case node_numbers::function: return static_cast<const function_node&>(e).type;
        case node_numbers::operation: return static_cast<const operation_node&>(e).type;
        case node_numbers::cast: return static_cast<const cast_node&>(e).type;
        case node_numbers::custom_operator: return static_cast<const custom_operator_node&>(e).type;
        case node_numbers::coerced: return static_cast<const coerced_node&>(e).type;
        case node_numbers::collate: return type_of(*static_cast<const collate_node&>(e).operand);
        case node_numbers::binary: return type_of_binary(static_cast<const binary_node&>(e));
        case node_numbers::case_: return type_of_case(static_cast<const case_node&>(e));
        case node_numbers::own_column: return static_cast<const own_column_node&>(e).type;
        case node_numbers::proposed: return type_of(*static_cast<const proposed_node&>(e).column);
        case node_numbers::label: return type_of(*static_cast<const label_node&>(e).operand);
        case node_numbers::label_ref: return static_cast<const label_ref_node&>(e).type;
        case node_numbers::order: return type_of(*static_cast<const order_node&>(e).operand);
        case node_numbers::window: return type_of(*static_cast<const window_node&>(e).function);
        case node_numbers::unary: {
            const auto& u = static_cast<const unary_node&>(e);
            if (u.op == unary_operator::negate || u.op == unary_operator::distinct) return type_of(*u.operand);
            return type_kind::boolean;
        }
        case node_numbers::logical:
        case node_numbers::in:
        case node_numbers::between: return type_kind::boolean;
        case node_numbers::scalar_subquery: {
            class first_item final : public node_visitor {
            public:
                void child(const node& c) override {
                    if (!found) found = &c;
                }
                const node* found{};
            } first;
            static_cast<const scalar_subquery_node&>(e).query->visit_children(first);
            return first.found ? type_of(*first.found) : type{};
        }
        default: return e.kind().number == node_kind::extension ? e.own_type() : type{};
    }
}

type element_type(const node& array) {
    const type t = type_of(array);
    return t.rare && t.rare->element ? *t.rare->element : type{};
}

std::vector<node_ptr> nullable_arrays(const operation_node& n) {
    std::vector<node_ptr> found;
    for (std::size_t i = 0; i < n.arguments.size(); ++i)
        if ((n.option >> i & 1) != 0) found.push_back(n.arguments[i]);
    return found;
}

}  // namespace azoth
