#pragma once

#include "flush_plan.hpp"

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace azoth::orm::detail {

/// Which classes come before which, by the foreign keys of their tables. Those that refer to each other, in circles, share a rank.
class class_ranks {
public:
    explicit class_ranks(const flush_plan& plan);
    [[nodiscard]] std::size_t of(const instance& i) const { return rank_[place_.at(i.of)]; }
    /// Whether their rows may refer to each other, directly or through others.
    [[nodiscard]] bool are_in_circle(const instance& a, const instance& b) const;
    [[nodiscard]] std::size_t place(const instance& i) const { return place_.at(i.of); }

private:
    void find_reach();
    [[nodiscard]] bool reaches(std::size_t a, std::size_t b) const { return reach_[a * classes_.size() + b]; }

    std::vector<const entity_class*> classes_{};
    std::unordered_map<const entity_class*, std::size_t> place_{};
    std::vector<bool> reach_{};
    std::vector<std::size_t> rank_{};
};

}  // namespace azoth::orm::detail
