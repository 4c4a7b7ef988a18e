#pragma once

#include "reference.hpp"
#include "tree_generator.hpp"

#include <optional>
#include <span>
#include <string>

namespace properties {

/// A tree, generated with bound values, with written ones, and with both.
struct sample_tree {
    domain of{};
    az::node_ptr bound;
    az::node_ptr literal;
    az::node_ptr mixed;
};
[[nodiscard]] sample_tree make_tree(const choices& from);

/// What a database computes from a tree is what the tree means: for each row of the sample table, with values bound and written, and as a
/// condition. Trees are checked many at a time, in one statement a form.
class expression_property {
public:
    /// On a database that `fill_sample` has filled. The connection has to outlive this.
    explicit expression_property(az::connection& on);

    /// What is wrong with the first tree that is not as it should be, made as small as it can be; empty where all are right.
    [[nodiscard]] std::string check(std::span<const choices> trees);
    /// Values compared so far, and those the reference had an opinion of.
    [[nodiscard]] std::size_t compared() const noexcept { return compared_; }
    [[nodiscard]] std::size_t decided() const noexcept { return decided_; }

private:
    [[nodiscard]] std::string problem_of(std::span<const choices> trees);
    void check_values(const std::vector<sample_tree>& trees, az::node_ptr sample_tree::*form);
    void check_conditions(const std::vector<sample_tree>& trees);
    void check_value(const sample_tree& tree, const az::node& form, const row& of, const az::cell& got);
    [[nodiscard]] std::string sql_of(const az::node& tree) const;
    [[nodiscard]] std::string described(const choices& from, const std::string& problem) const;

    az::connection& on_;
    const az::rule_table& rules_;
    std::size_t compared_{};
    std::size_t decided_{};
};

}  // namespace properties
