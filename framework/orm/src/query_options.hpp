#pragma once

#include <azoth/orm/load_options.hpp>
#include <azoth/orm/loader_criteria.hpp>

#include <memory>
#include <span>
#include <vector>

namespace azoth::orm::detail {

/// Whether a relation is loaded with its objects, and not when it is touched.
[[nodiscard]] constexpr bool is_eager(loading how) noexcept {
    return how != loading::lazy && how != loading::raise && how != loading::none;
}

/// A step of a path that comes next.
struct wanted_step {
    const load_path* path;
    std::size_t depth;

    [[nodiscard]] const load_step& step() const noexcept { return path->steps[depth]; }
};

/// What a query says to the ORM, kept with what it loads.
struct query_options {
    std::vector<std::shared_ptr<const load_path>> paths{};
    std::vector<std::shared_ptr<const loader_criteria>> criteria{};
    bool overwrites{};
    bool raises{};

    /// The relation's step, whatever stands before it in its path; null: nothing is said of it.
    [[nodiscard]] const load_step* find(const relation_info& r, const entity_class& of) const noexcept;
    /// The steps behind the relation that `path` has at this depth, of all paths that come to it the same way.
    [[nodiscard]] std::vector<wanted_step> behind(const load_path& path, std::size_t depth) const;
    [[nodiscard]] bool restricts(const entity_class& of) const noexcept;
    /// Whether what they say of a class can be said of its aliases too.
    [[nodiscard]] bool covers_aliases(const entity_class& of) const;
    /// What the criteria say of one source of a class.
    void add_conditions(std::vector<node_ptr>& to, const entity_class& of, const query_side& side) const;
    /// Adds them to all sources that the query itself has.
    void restrict_sources(select_node& query) const;
};

/// Null where nothing is said. Options of other layers are left to those.
[[nodiscard]] std::shared_ptr<query_options> read_options(std::span<const std::shared_ptr<const statement_option>> said);

}  // namespace azoth::orm::detail
