// Exact numbers: SQLite has integers of 64 bits and doubles only. Decimals of up to 15 digits live as its numbers; wider ones and unsigned
// 64-bit integers live as text, ordered by the collation azoth_decimal. Arithmetic on both goes through functions that compute exactly and
// give text; where the two forms meet, the number becomes text too.
#include "rules.hpp"

#include "decimal_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth::sqlite {
namespace {

/// What an expression is made of, as far as the tree tells.
enum class form : unsigned char {
    other,   ///< no exact number: an integer, a double, text ...
    number,  ///< an exact number in SQLite's own form
    text,    ///< an exact number as text
    either,  ///< an exact number in one of the two
};

form form_of(const node& e);

constexpr bool may_be_text(form f) noexcept { return f == form::text || f == form::either; }
constexpr bool is_exact_form(form f) noexcept { return f != form::other; }

form kept_form(const type& t) {
    if (!is_exact(t)) return form::other;
    return is_kept_as_text(t) ? form::text : form::number;
}

bool is_approximate(const node& e) {
    const type_kind kind = type_of(e).kind;
    return kind == type_kind::real || kind == type_kind::double_;
}

const std::vector<select_item>* items_of(const node& query) {
    if (const auto* select = node_cast<select_node>(&query)) return &select->items;
    if (const auto* compound = node_cast<compound_node>(&query)) return items_of(*compound->parts.front());
    return nullptr;
}

/// Of a set operation all parts have to have one form; where they do not, they become text.
form form_in_query(const node& query, std::size_t column);
form form_in_compound(const compound_node& compound, std::size_t column) {
    form common = form::other;
    for (const auto& part : compound.parts) {
        const form f = form_in_query(*part, column);
        if (common == form::other) common = f;
        if (f != common) return form::text;
    }
    return common;
}

/// A query's column is what its expression is, whatever type it goes by.
form form_in_query(const node& query, std::size_t column) {
    if (const auto* compound = node_cast<compound_node>(&query)) return form_in_compound(*compound, column);
    const auto* items = items_of(query);
    if (!items || column >= items->size()) return form::either;
    const form f = form_of(*(*items)[column].expression);
    return f == form::other ? form::either : f;
}

std::size_t place_of(const column_spec* spec, const std::vector<column_spec>& columns) {
    return static_cast<std::size_t>(
        std::find_if(columns.begin(), columns.end(), [&](const column_spec& c) { return c.name == spec->name; }) - columns.begin());
}

form form_of_column(const column_node& c) {
    if (!is_exact(c.spec->type)) return form::other;
    if (const auto* subquery = node_cast<subquery_node>(c.source))
        return form_in_query(*subquery->query, place_of(c.spec, subquery->columns));
    const auto* cte = node_cast<cte_node>(c.source);
    if (cte && !cte->recursive) return form_in_query(*cte->query, place_of(c.spec, cte->columns));
    if (cte || c.source->kind().number == node_numbers::cte_self) return form::either;
    return kept_form(c.spec->type);
}

/// The form that several expressions have to take to be one value: text as soon as one of them may be text.
template <class Range, class Get>
form common_form(const Range& of, Get&& get) {
    form common = form::other;
    for (const auto& e : of) {
        const form f = form_of(*get(e));
        if (may_be_text(f)) return form::text;
        if (is_exact_form(f)) common = form::number;
    }
    return common;
}

bool is_arithmetic(binary_operator op) { return op >= binary_operator::add && op <= binary_operator::modulo; }

bool is_exact_arithmetic(const binary_node& n) {
    // In this order: what is most often no exact number needs no types, which are looked for all the way down.
    return is_arithmetic(n.op) && (is_exact_form(form_of(*n.left)) || is_exact_form(form_of(*n.right))) && !is_approximate(*n.left) &&
           !is_approximate(*n.right);
}

constexpr bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Functions that hand on one of their arguments.
bool hands_on_any(std::string_view name) { return is_one_of(name, {"coalesce", "ifnull", "greatest", "least", "nullif"}); }
bool hands_on_first(std::string_view name) {
    return is_one_of(name, {"min", "max", "abs", "lag", "lead", "first_value", "last_value", "nth_value"});
}

/// Those that compare: by the collation that their first argument brings.
bool compares(std::string_view name) { return is_one_of(name, {"nullif", "greatest", "least"}); }

form form_of_function(const function_node& n) {
    if (n.arguments.empty()) return kept_form(n.type);
    if (hands_on_any(n.name)) return common_form(n.arguments, [](const node_ptr& a) { return a.get(); });
    const form first = form_of(*n.arguments.front());
    if (is_one_of(n.name, {"lag", "lead"}) && n.arguments.size() > 2)
        return common_form(std::array{n.arguments[0], n.arguments[2]}, [](const node_ptr& a) { return a.get(); });
    if (hands_on_first(n.name)) return may_be_text(first) ? form::text : first;
    if (is_one_of(n.name, {"sum", "avg", "round"})) return is_exact_form(first) && is_exact(n.type) ? form::text : form::other;
    return is_exact(n.type) ? form::either : form::other;
}

/// Operations that compute exactly, or hand on one of their arguments.
form form_of_operation(const operation_node& n) {
    const auto common = common_form(n.arguments, [](const node_ptr& a) { return a.get(); });
    switch (n.op) {
        case operation::greatest:
        case operation::least: return common;
        case operation::floor_divide:
        case operation::round:
        case operation::truncate:
        case operation::ceiling:
        case operation::floor: return is_exact_form(common) && is_exact(n.type) ? form::text : form::other;
        default: return is_exact(n.type) ? form::either : form::other;
    }
}

std::vector<const node*> results_of(const case_node& n) {
    std::vector<const node*> results;
    for (const auto& branch : n.branches) results.push_back(branch.result.get());
    if (n.otherwise) results.push_back(n.otherwise.get());
    return results;
}

form form_of_case(const case_node& n) {
    return common_form(results_of(n), [](const node* r) { return r; });
}

form form_of(const node& e) {
    switch (e.kind().number) {
        case node_numbers::column: return form_of_column(static_cast<const column_node&>(e));
        case node_numbers::bind: return kept_form(static_cast<const bind_node&>(e).type);
        case node_numbers::literal: return kept_form(static_cast<const literal_node&>(e).type);
        case node_numbers::cast: return kept_form(static_cast<const cast_node&>(e).type);
        case node_numbers::binary: return is_exact_arithmetic(static_cast<const binary_node&>(e)) ? form::text : form::other;
        case node_numbers::function: return form_of_function(static_cast<const function_node&>(e));
        case node_numbers::operation: return form_of_operation(static_cast<const operation_node&>(e));
        case node_numbers::custom_operator: return is_exact(static_cast<const custom_operator_node&>(e).type) ? form::either : form::other;
        case node_numbers::coerced: return form_of(*static_cast<const coerced_node&>(e).operand);
        case node_numbers::case_: return form_of_case(static_cast<const case_node&>(e));
        case node_numbers::proposed: return form_of(*static_cast<const proposed_node&>(e).column);
        case node_numbers::label: return form_of(*static_cast<const label_node&>(e).operand);
        case node_numbers::order: return form_of(*static_cast<const order_node&>(e).operand);
        case node_numbers::window: return form_of(*static_cast<const window_node&>(e).function);
        case node_numbers::scalar_subquery: {
            const node& query = *static_cast<const scalar_subquery_node&>(e).query;
            const auto* items = items_of(query);
            const form first = items ? form_of(*items->front().expression) : form::other;
            return is_exact_form(first) && node_cast<compound_node>(&query) ? form_in_query(query, 0) : first;
        }
        case node_numbers::unary: {
            const auto& u = static_cast<const unary_node&>(e);
            if (u.op == unary_operator::distinct) return form_of(*u.operand);
            if (u.op != unary_operator::negate) return form::other;
            const form f = form_of(*u.operand);
            return may_be_text(f) ? form::text : f;
        }
        default: return form::other;
    }
}

constexpr int tightest = 10;

void write_collation(compiler& out) { out << " COLLATE " << decimal_collation; }

/// The expression as text, without the collation where it brings none of its own.
void write_as_text(compiler& out, const node& e) {
    if (form_of(e) == form::text) out.operand(e, tightest);
    else out << "azoth_decimal(" << e << ")";
}

void write_as_real(compiler& out, const node& e) {
    if (is_exact_form(form_of(e))) out << "CAST(" << e << " AS REAL)";
    else out.operand(e, tightest);
}

void by_ansi(compiler& out, const node& n) { ansi_rules().find(n.kind())(out, n); }

/// Whether the values are texts for SQLite, and none that stand for numbers.
bool is_compared_as_text(const type& t) {
    switch (family_of(t.kind)) {
        case type_family::unknown:
        case type_family::boolean:
        case type_family::number:
        case type_family::binary:
        case type_family::interval: return false;
        default: return true;
    }
}

class collation_finder final : public node_visitor {
public:
    void child(const node& c) override { found = found || brings_collation(c); }
    bool found{};
};

void keep_collation_in(compiler& out, const node& n) {
    collation_finder inside;
    n.visit_children(inside);
    if (inside.found && is_compared_as_text(type_of(n))) out << " COLLATE BINARY";
}

constexpr std::string_view comparison_sign(binary_operator op) {
    switch (op) {
        case binary_operator::equal: return " = ";
        case binary_operator::not_equal: return " <> ";
        case binary_operator::less: return " < ";
        case binary_operator::less_equal: return " <= ";
        case binary_operator::greater: return " > ";
        case binary_operator::greater_equal: return " >= ";
        case binary_operator::is_distinct_from: return " IS NOT ";
        case binary_operator::is_not_distinct_from: return " IS ";
        default: return {};
    }
}

constexpr std::string_view exact_function(binary_operator op) {
    switch (op) {
        case binary_operator::add: return "azoth_add(";
        case binary_operator::subtract: return "azoth_subtract(";
        case binary_operator::multiply: return "azoth_multiply(";
        case binary_operator::divide: return "azoth_divide(";
        default: return "azoth_modulo(";
    }
}

void write_arithmetic(compiler& out, const binary_node& n) {
    if (is_exact_arithmetic(n)) {
        out << exact_function(n.op) << n.left << ", " << n.right << ")";
        return write_collation(out);
    }
    const bool is_real = is_approximate(*n.left) || is_approximate(*n.right);
    if (n.op == binary_operator::modulo && is_real) {  // SQLite's % cuts both sides to integers
        out << "azoth_remainder(" << n.left << ", " << n.right << ")";
    } else if (n.op == binary_operator::divide && !is_real) {  // 1 / 2 is 0.5
        out << "CAST(" << n.left << " AS REAL) / ";
        out.operand(*n.right, tightest);
    } else if (is_exact_form(form_of(*n.left)) || is_exact_form(form_of(*n.right))) {
        static constexpr std::array<std::string_view, 4> signs{" + ", " - ", " * ", " / "};
        write_as_real(out, *n.left);
        out << signs[static_cast<std::size_t>(n.op) - static_cast<std::size_t>(binary_operator::add)];
        write_as_real(out, *n.right);
    } else {
        by_ansi(out, n);
    }
}

void write_binary(compiler& out, const binary_node& n) {
    if (is_arithmetic(n.op)) return write_arithmetic(out, n);
    const std::string_view sign = comparison_sign(n.op);
    if (sign.empty()) return by_ansi(out, n);
    if (node_cast<quantified_node>(n.right)) return write_quantified_comparison(out, n, sign);
    if (node_cast<tuple_node>(n.left)) return write_tuple_comparison(out, n, sign);
    if (may_be_text(form_of(*n.left)) || may_be_text(form_of(*n.right))) {
        write_as_text(out, *n.left);
        out << sign;
        write_as_text(out, *n.right);
        return write_collation(out);
    }
    // IS is older than IS DISTINCT FROM, which came with SQLite 3.39.
    constexpr int above_comparisons = 5;
    out.operand(*n.left, above_comparisons) << sign;
    out.operand(*n.right, above_comparisons);
}

void write_unary(compiler& out, const unary_node& n) {
    if (n.op != unary_operator::negate || !may_be_text(form_of(*n.operand))) return by_ansi(out, n);
    out << "azoth_negate(" << n.operand << ")";
    write_collation(out);
}

void write_between(compiler& out, const between_node& n) {
    const std::array<const node*, 3> all{n.operand.get(), n.low.get(), n.high.get()};
    if (common_form(all, [](const node* e) { return e; }) != form::text) return by_ansi(out, n);
    write_as_text(out, *n.operand);
    write_collation(out);
    out << (n.negated ? " NOT BETWEEN " : " BETWEEN ");
    write_as_text(out, *n.low);
    out << " AND ";
    write_as_text(out, *n.high);
}

void write_in_list(compiler& out, const in_node& n, const bind_node& list) {
    out << "(";
    if (kept_form(list.type) == form::text) {
        write_as_text(out, *n.operand);
        write_collation(out);
    } else {
        write_as_real(out, *n.operand);  // a list of doubles: approximate numbers on both sides
    }
    out << (n.negated ? " NOT IN " : " IN ");
    out.list_parameter(list, n.negated) << ")";
}

void write_in(compiler& out, const in_node& n) {
    if (node_cast<tuple_node>(n.operand)) return write_tuple_in(out, n);
    const form left = form_of(*n.operand);
    if (const auto* list = node_cast<bind_node>(n.set)) {
        if (may_be_text(left) || kept_form(list->type) == form::text) return write_in_list(out, n, *list);
        return by_ansi(out, n);
    }
    const auto* query = node_cast<scalar_subquery_node>(n.set);
    const form right = form_of(*n.set);
    if (!query || (!may_be_text(left) && !may_be_text(right))) return by_ansi(out, n);
    write_as_text(out, *n.operand);
    write_collation(out);
    out << (n.negated ? " NOT IN " : " IN ");
    if (right == form::text) out << n.set;
    else out << "(WITH azoth_set (member) AS (" << query->query << ") SELECT azoth_decimal(member) FROM azoth_set)";
}

/// Whether the argument is a value that the function may give back.
bool is_handed_on(const function_node& n, std::size_t argument) {
    const bool is_default = argument == 2 && is_one_of(n.name, {"lag", "lead"});
    return hands_on_any(n.name) || (hands_on_first(n.name) && (argument == 0 || is_default));
}

/// A call whose result may be an exact number as text.
void write_exact_call(compiler& out, const function_node& n, form result) {
    const bool first_is_exact = !n.arguments.empty() && is_exact_form(form_of(*n.arguments.front()));
    std::string name{out.rules().function_name(n.name)};
    if (first_is_exact && result == form::text && is_one_of(n.name, {"sum", "avg", "abs", "round"})) name = "azoth_" + n.name;
    write_call(out, n, name, [&] {
        for (std::size_t i = 0; i < n.arguments.size(); ++i) {
            if (i != 0) out << ", ";
            if (result == form::text && is_handed_on(n, i)) write_as_text(out, *n.arguments[i]);
            else out << n.arguments[i];
            if (result == form::text && i == 0 && compares(n.name)) write_collation(out);
        }
    });
    if (result == form::text) write_collation(out);
    else keep_collation_in(out, n);
}

void write_function(compiler& out, const function_node& n) {
    if (out.rules().find_function(n.name)) return by_ansi(out, n);
    write_exact_call(out, n, form_of_function(n));
}

void write_case(compiler& out, const case_node& n) {
    if (form_of_case(n) != form::text) {
        by_ansi(out, n);
        return keep_collation_in(out, n);
    }
    out << "CASE";
    for (const auto& branch : n.branches) {
        out << " WHEN " << branch.condition << " THEN ";
        write_as_text(out, *branch.result);
    }
    if (n.otherwise) {
        out << " ELSE ";
        write_as_text(out, *n.otherwise);
    }
    out << " END";
    write_collation(out);
}

/// An operation may be written with operators: so in parentheses.
void write_operation(compiler& out, const operation_node& n) {
    collation_finder inside;
    n.visit_children(inside);
    if (!inside.found || !is_compared_as_text(type_of(n))) return by_ansi(out, n);
    out << "(";
    by_ansi(out, n);
    out << ") COLLATE BINARY";
}

void write_order(compiler& out, const order_node& n) {
    if (form_of(*n.operand) != form::either) return by_ansi(out, n);
    auto as_text = make_node<order_node>(n);
    as_text->operand = make_node<const cast_node>(n.operand, type{type_kind::numeric});
    by_ansi(out, *as_text);
}

bool is_value(const node& e) { return node_cast<bind_node>(&e) || node_cast<literal_node>(&e); }

/// A value on its way into a column. What is computed for a column of exact numbers is rounded to its scale, and refused where it is too
/// wide.
void write_assigned(compiler& out, const node& column, const node& value) {
    const type of = type_of(column);
    if (!is_exact(of) || is_value(value)) out << value;
    else if (of.kind == type_kind::unsigned_big_integer) out << "azoth_unsigned(" << value << ")";
    else if (of.precision == 0) out << "azoth_decimal(" << value << ")";
    else out << "azoth_fit(" << value << fmt::format(", {}, {}, {})", of.precision, of.scale, is_kept_as_text(of) ? 1 : 0);
}

}  // namespace

// SQLite's collations spread: that of a comparison in a CASE's condition becomes the CASE's own, and then its texts would be compared as
// numbers. What gives a text keeps what is inside from going further.
bool mixes_exact_forms(const compound_node& n, std::size_t column) {
    const form first = form_in_query(*n.parts.front(), column);
    const auto differs = [&](const node_ptr& part) { return form_in_query(*part, column) != first; };
    const auto* items = items_of(n);
    return items && is_exact_form(form_of(*(*items)[column].expression)) && std::any_of(n.parts.begin(), n.parts.end(), differs);
}

bool brings_collation(const node& e) {
    if (may_be_text(form_of(e))) return true;
    switch (e.kind().number) {
        case node_numbers::column:
        case node_numbers::bind:
        case node_numbers::literal:
        case node_numbers::scalar_subquery: return false;
        case node_numbers::case_:
        case node_numbers::function:
        case node_numbers::operation:
        case node_numbers::cast:
            if (is_compared_as_text(type_of(e))) return false;
            break;
        default: break;
    }
    collation_finder inside;
    e.visit_children(inside);
    return inside.found;
}

bool is_exact_expression(const node& e) { return is_exact_form(form_of(e)); }
bool may_be_exact_text(const node& e) { return may_be_text(form_of(e)); }
void write_exact(compiler& out, const node& e) {
    write_as_text(out, e);
    write_collation(out);
}
void write_real(compiler& out, const node& e) { write_as_real(out, e); }
void write_decimal_collation(compiler& out) { write_collation(out); }

void set_decimal_rules(rule_table& to) {
    to.set<binary_node, &write_binary>();
    to.set<unary_node, &write_unary>();
    to.set<between_node, &write_between>();
    to.set<in_node, &write_in>();
    to.set<function_node, &write_function>();
    to.set<case_node, &write_case>();
    to.set<order_node, &write_order>();
    to.set<operation_node, &write_operation>();
    to.assigned = write_assigned;
}

}  // namespace azoth::sqlite
