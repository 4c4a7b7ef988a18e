#pragma once

#include <azoth/orm/relation_path.hpp>

#include <functional>
#include <memory>

namespace azoth::orm {

/// Which rows of a struct a statement sees. See with_loader_criteria.
struct loader_criteria final : statement_option {
    const detail::entity_class& (*of)(){};
    /// The condition on one source of the struct; null: not on this one.
    std::function<node_ptr(const node_ptr& source, const std::vector<node_ptr>& columns)> condition{};
};

namespace detail {
struct criteria_option {
    std::shared_ptr<const statement_option> made;
    [[nodiscard]] const std::shared_ptr<const statement_option>& option() const noexcept { return made; }
};
}  // namespace detail

/// A condition that every query of T in a statement gets: where the statement selects or joins it, and where relations are loaded for
/// it, also later when they are touched: `options(with_loader_criteria<Book>(col<&Book::is_deleted> == false))`. Of an outer join it
/// becomes part of the join's condition. Queries inside expressions stay as they are. A condition holds for the struct's own table; a
/// function of an alias holds for all sources of the struct: `with_loader_criteria<Book>([](const auto& b) { return ...; })`.
template <mapped T, class C>
[[nodiscard]] detail::criteria_option with_loader_criteria(const C& condition) {
    auto made = std::make_shared<loader_criteria>();
    made->of = &detail::class_of<T>;
    if constexpr (detail::makes_condition_v<T, C>) {
        made->condition = [condition](const node_ptr& source, const std::vector<node_ptr>& columns) -> node_ptr {
            return condition(alias_of<T>{source, columns}).node();
        };
    } else {
        azoth::detail::check_conditions<C>();
        made->condition = [node = node_ptr{condition.node()}](const node_ptr& source, const std::vector<node_ptr>&) {
            return source == entity_of<T>().table ? node : node_ptr{};
        };
    }
    return {std::move(made)};
}

}  // namespace azoth::orm
