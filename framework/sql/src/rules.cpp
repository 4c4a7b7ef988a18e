#include "ansi_rules.hpp"

#include <azoth/sql/literal.hpp>
#include <azoth/sql/nodes/kinds.hpp>
#include <azoth/sql/nodes/operation.hpp>
#include <azoth/sql/rules.hpp>

namespace azoth {

rule_table::rule_table() : built_in_(node_numbers::count), operations_(static_cast<std::size_t>(operation::count)) {}

void rule_table::set(const node_kind& kind, compile_rule rule) {
    if (kind.number == node_kind::extension) {
        extensions_[&kind] = rule;
        return;
    }
    // What a kind says of its number is not trusted: one that is not known gets room, and is never met.
    if (kind.number >= built_in_.size()) built_in_.resize(kind.number + std::size_t{1});
    built_in_[kind.number] = rule;
}

compile_rule rule_table::find(const node_kind& kind) const noexcept {
    if (kind.number != node_kind::extension) return kind.number < built_in_.size() ? built_in_[kind.number] : nullptr;
    const auto found = extensions_.find(&kind);
    return found == extensions_.end() ? nullptr : found->second;
}

compile_rule rule_table::find(const node_kind& kind, std::string_view dialect) const noexcept {
    if (const compile_rule own = find(kind)) return own;
    const auto brought = [&](std::string_view name) -> compile_rule {
        for (std::size_t i = 0; i < kind.rule_count; ++i)
            if (kind.rules[i].dialect == name) return kind.rules[i].write;
        return nullptr;
    };
    if (const compile_rule exact = brought(dialect)) return exact;
    const compile_rule of_family = family.empty() ? nullptr : brought(family);
    return of_family ? of_family : brought({});
}

void rule_table::set(operation op, operation_rule rule) {
    const auto at = static_cast<std::size_t>(op);
    if (at >= operations_.size()) operations_.resize(at + 1);
    operations_[at] = rule;
}

void rule_table::set(operation op, std::string_view function) {
    const auto at = static_cast<std::size_t>(op);
    set(op, operation_rule{});
    if (at >= operation_functions_.size()) operation_functions_.resize(at + 1);
    operation_functions_[at] = function;
}

std::string_view rule_table::function_of(operation op) const noexcept {
    const auto at = static_cast<std::size_t>(op);
    return at < operation_functions_.size() ? operation_functions_[at] : std::string_view{};
}

operation_rule rule_table::find(operation op) const noexcept {
    const auto at = static_cast<std::size_t>(op);
    return at < operations_.size() ? operations_[at] : nullptr;
}

std::string_view rule_table::function_name(std::string_view name) const {
    if (functions_.empty()) return name;
    const auto found = functions_.find(std::string{name});
    return found == functions_.end() ? name : std::string_view{found->second};
}

function_rule rule_table::find_function(std::string_view name) const {
    if (function_rules_.empty()) return nullptr;
    const auto found = function_rules_.find(std::string{name});
    return found == function_rules_.end() ? nullptr : found->second;
}

const rule_table& ansi_sql_rules() {
    static const rule_table rules = [] {
        rule_table r;
        detail::set_expression_rules(r);
        detail::set_operation_rules(r);
        detail::set_operator_rules(r);
        detail::set_call_rules(r);
        detail::set_window_rules(r);
        detail::set_order_rules(r);
        detail::set_grouping_rules(r);
        detail::set_source_rules(r);
        detail::set_table_rules(r);
        detail::set_compound_rules(r);
        detail::set_select_rules(r);
        detail::set_dml_rules(r);
        detail::set_type_rules(r);
        r.literal = write_ansi_literal;
        r.limit = write_offset_fetch;
        r.explain = [](const profile&, const explain_options&) { return std::string{"EXPLAIN "}; };
        r.lock = [](compiler& out, const lock_clause& lock) { write_lock(out, lock, {}); };
        return r;
    }();
    return rules;
}

}  // namespace azoth
