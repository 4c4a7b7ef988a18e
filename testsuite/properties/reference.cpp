// The small evaluator: what a tree means by SQL's rules.
#include "reference.hpp"

#include <azoth/dialect.hpp>

namespace properties {
namespace {

using binary = az::binary_operator;

meaning inverse(const meaning& m) {
    const bool* known = std::get_if<bool>(&m);
    return known ? meaning{!*known} : m;
}

/// AND over terms; one that is false decides, whatever the others are.
meaning all_true(const std::vector<meaning>& terms) {
    bool has_null = false;
    bool has_unknown = false;
    for (const auto& t : terms) {
        if (const bool* known = std::get_if<bool>(&t); known && !*known) return false;
        has_null = has_null || is_null(t);
        has_unknown = has_unknown || is_unknown(t);
    }
    if (has_unknown) return no_opinion{};
    return has_null ? meaning{nothing{}} : meaning{true};
}

meaning any_true(std::vector<meaning> terms) {
    for (auto& t : terms) t = inverse(t);
    return inverse(all_true(terms));
}

class evaluator {
public:
    explicit evaluator(const row& of) noexcept : row_{of} {}

    meaning of(const az::node& n) const {
        switch (n.kind().number) {
            case az::node_numbers::column: return column(static_cast<const az::column_node&>(n));
            case az::node_numbers::bind: return bound(static_cast<const az::bind_node&>(n));
            case az::node_numbers::literal: {
                const auto& l = static_cast<const az::literal_node&>(n);
                return meaning_of(l.content, l.type.kind);
            }
            case az::node_numbers::unary: return unary(static_cast<const az::unary_node&>(n));
            case az::node_numbers::binary: return operator_of_two(static_cast<const az::binary_node&>(n));
            case az::node_numbers::logical: {
                const auto& l = static_cast<const az::logical_node&>(n);
                return l.op == az::logical_operator::and_ ? all_true(all(l.terms)) : any_true(all(l.terms));
            }
            case az::node_numbers::in: return in(static_cast<const az::in_node&>(n));
            case az::node_numbers::between: return between(static_cast<const az::between_node&>(n));
            case az::node_numbers::function: return function(static_cast<const az::function_node&>(n));
            case az::node_numbers::operation: return operation(static_cast<const az::operation_node&>(n));
            case az::node_numbers::cast: return cast(static_cast<const az::cast_node&>(n));
            case az::node_numbers::case_: return choice(static_cast<const az::case_node&>(n));
            case az::node_numbers::label: return of(*static_cast<const az::label_node&>(n).operand);
            default: return no_opinion{};
        }
    }

private:
    std::vector<meaning> all(const std::vector<az::node_ptr>& nodes) const {
        std::vector<meaning> found;
        for (const auto& n : nodes) found.push_back(of(*n));
        return found;
    }
    meaning column(const az::column_node& n) const {
        const auto& specs = sample_table().columns();
        for (std::size_t i = 0; i < specs.size(); ++i)
            if (&specs[i] == n.spec) return meaning_of(row_[i], n.spec->type.kind);
        return no_opinion{};
    }
    static meaning bound(const az::bind_node& n) { return n.is_list ? meaning{no_opinion{}} : meaning_of(n.content, n.type.kind); }

    meaning unary(const az::unary_node& n) const {
        const meaning m = of(*n.operand);
        if (is_unknown(m)) return m;
        switch (n.op) {
            case az::unary_operator::is_true: return m == meaning{true};
            case az::unary_operator::is_false: return m == meaning{false};
            case az::unary_operator::is_null: return is_null(m);
            case az::unary_operator::is_not_null: return !is_null(m);
            case az::unary_operator::not_: return inverse(m);
            case az::unary_operator::negate:
                if (is_null(m)) return m;
                if (const auto* d = std::get_if<double>(&m)) return -*d;
                return calculate(binary::subtract, std::int64_t{0}, m);
            default: return no_opinion{};
        }
    }

    static meaning relation(binary op, const meaning& order) {
        const auto* by = std::get_if<std::int64_t>(&order);
        if (!by) return order;
        switch (op) {
            case binary::equal: return *by == 0;
            case binary::not_equal: return *by != 0;
            case binary::less: return *by < 0;
            case binary::less_equal: return *by <= 0;
            case binary::greater: return *by > 0;
            default: return *by >= 0;
        }
    }
    static meaning related(binary op, const meaning& a, const meaning& b) {
        if (is_unknown(a) || is_unknown(b)) return no_opinion{};
        if (is_null(a) || is_null(b)) return nothing{};
        return relation(op, compare(a, b));
    }
    static meaning distinct(const meaning& a, const meaning& b) {
        if (is_unknown(a) || is_unknown(b)) return no_opinion{};
        if (is_null(a) || is_null(b)) return is_null(a) != is_null(b);
        return relation(binary::not_equal, compare(a, b));
    }
    /// Place by place: the first difference decides, unless NULL comes before it.
    meaning tuples(binary op, const std::vector<meaning>& a, const std::vector<meaning>& b) const {
        std::vector<meaning> equal;
        for (std::size_t i = 0; i < a.size(); ++i) equal.push_back(related(binary::equal, a[i], b[i]));
        if (op == binary::equal) return all_true(equal);
        if (op == binary::not_equal) return inverse(all_true(equal));
        for (std::size_t i = 0; i < a.size(); ++i)
            if (!(equal[i] == meaning{true})) return related(op, a[i], b[i]);
        return op == binary::less_equal || op == binary::greater_equal;
    }
    meaning operator_of_two(const az::binary_node& n) const {
        const auto* left = az::node_cast<az::tuple_node>(n.left);
        const auto* right = az::node_cast<az::tuple_node>(n.right);
        if (left && right) return tuples(n.op, all(left->elements), all(right->elements));
        const meaning a = of(*n.left);
        const meaning b = of(*n.right);
        switch (n.op) {
            case binary::equal:
            case binary::not_equal:
            case binary::less:
            case binary::less_equal:
            case binary::greater:
            case binary::greater_equal: return related(n.op, a, b);
            case binary::is_distinct_from: return distinct(a, b);
            case binary::is_not_distinct_from: return inverse(distinct(a, b));
            default: break;
        }
        if (is_unknown(a) || is_unknown(b)) return no_opinion{};
        return is_null(a) || is_null(b) ? meaning{nothing{}} : calculate(n.op, a, b);
    }

    meaning in(const az::in_node& n) const {
        if (const auto* lists = az::node_cast<az::tuple_node>(n.set)) return in_tuples(n, *lists);
        const auto* list = az::node_cast<az::bind_node>(n.set);
        if (!list) return no_opinion{};
        const meaning m = of(*n.operand);
        std::vector<meaning> found;
        for (const auto& v : list->list) found.push_back(related(binary::equal, m, meaning_of(v, list->type.kind)));
        const meaning in = any_true(found);
        return n.negated ? inverse(in) : in;
    }
    meaning in_tuples(const az::in_node& n, const az::tuple_node& lists) const {
        const auto wanted = all(static_cast<const az::tuple_node&>(*n.operand).elements);
        const auto list_of = [&](std::size_t c) -> const az::bind_node& { return static_cast<const az::bind_node&>(*lists.elements[c]); };
        std::vector<meaning> found;
        for (std::size_t i = 0; i < list_of(0).list.size(); ++i) {
            std::vector<meaning> element;
            for (std::size_t c = 0; c < lists.elements.size(); ++c) element.push_back(meaning_of(list_of(c).list[i], list_of(c).type.kind));
            found.push_back(tuples(binary::equal, wanted, element));
        }
        const meaning in = any_true(found);
        return n.negated ? inverse(in) : in;
    }
    meaning between(const az::between_node& n) const {
        const meaning m = of(*n.operand);
        const meaning inside = all_true({related(binary::greater_equal, m, of(*n.low)), related(binary::less_equal, m, of(*n.high))});
        return n.negated ? inverse(inside) : inside;
    }
    meaning function(const az::function_node& n) const {
        const auto arguments = all(n.arguments);
        if (n.name == "coalesce") return first_known(arguments);
        for (const auto& a : arguments)
            if (is_unknown(a)) return a;
        if (n.name == "nullif") {
            const meaning equal = related(binary::equal, arguments[0], arguments[1]);
            return is_unknown(equal) ? equal : equal == meaning{true} ? meaning{nothing{}} : arguments[0];
        }
        for (const auto& a : arguments)
            if (is_null(a)) return a;
        return call_function(n.name, arguments);
    }
    meaning operation(const az::operation_node& n) const {
        const auto arguments = all(n.arguments);
        for (const auto& a : arguments)
            if (is_unknown(a)) return a;
        if (n.op == az::operation::concat_ws) return concat_with_separator(arguments);
        for (const auto& a : arguments)
            if (is_null(a)) return a;
        return operate(n, arguments);
    }
    static meaning first_known(const std::vector<meaning>& arguments) {
        for (const auto& a : arguments)
            if (!is_null(a)) return a;
        return nothing{};
    }
    meaning cast(const az::cast_node& n) const {
        const meaning m = of(*n.operand);
        return is_null(m) || is_unknown(m) ? m : cast_to(m, n.type);
    }
    meaning choice(const az::case_node& n) const {
        for (const auto& branch : n.branches) {
            const meaning m = of(*branch.condition);
            if (is_unknown(m)) return m;
            if (m == meaning{true}) return of(*branch.result);
        }
        return n.otherwise ? of(*n.otherwise) : meaning{nothing{}};
    }

    const row& row_;
};

}  // namespace

meaning evaluate(const az::node& tree, const row& of) { return evaluator{of}.of(tree); }

}  // namespace properties
