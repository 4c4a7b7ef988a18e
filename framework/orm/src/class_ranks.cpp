#include "class_ranks.hpp"

#include "class_keys.hpp"

#include <algorithm>

namespace azoth::orm::detail {

class_ranks::class_ranks(const flush_plan& plan) {
    for (const auto* all : {&plan.inserts, &plan.deletes})
        for (const instance* i : *all)
            if (place_.try_emplace(i->of, classes_.size()).second) classes_.push_back(i->of);
    find_reach();
    const std::size_t n = classes_.size();
    rank_.resize(n);
    for (std::size_t a = 0; a < n; ++a)  // those that it leads to, and that do not lead back, come before it
        for (std::size_t b = 0; b < n; ++b)
            if (reaches(a, b) && !reaches(b, a)) ++rank_[a];
    // A rank is the same for all of a circle: they reach the same ones.
}

bool class_ranks::are_in_circle(const instance& a, const instance& b) const {
    const auto other = place_.find(b.of);
    if (other == place_.end()) return false;
    const std::size_t x = place_.at(a.of);
    return reaches(x, other->second) && reaches(other->second, x);
}

void class_ranks::find_reach() {
    const std::size_t n = classes_.size();
    reach_.assign(n * n, false);
    for (std::size_t a = 0; a < n; ++a) {
        const auto keys = keys_of_rows(*classes_[a]);
        for (std::size_t b = 0; b < n; ++b)
            reach_[a * n + b] = std::ranges::any_of(keys, [&](const row_key& key) { return refers_to(*key.key, *classes_[b]); });
    }
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t a = 0; a < n; ++a)
            for (std::size_t b = 0; b < n; ++b)
                if (reaches(a, k) && reaches(k, b)) reach_[a * n + b] = true;
}

}  // namespace azoth::orm::detail
