#include "class_ranks.hpp"

#include "class_inheritance.hpp"

#include <algorithm>

namespace azoth::orm::detail {

bool refers_to(const foreign_key& key, const entity_class& to) noexcept {
    return std::ranges::any_of(to.parts, [&](const class_part& part) {
        return key.referred_table == part.table->table->name && key.referred_schema == part.table->table->schema;
    });
}

std::vector<std::size_t> referred_columns(const foreign_key& key, const entity_class& to) {
    std::vector<std::size_t> columns;
    for (const class_part& part : to.parts)
        if (key.referred_table == part.table->table->name && key.referred_schema == part.table->table->schema)
            for (const auto& name : key.referred_columns)
                if (const auto place = to.place_of(*part.table->table, name)) columns.push_back(*place);
    return columns;
}

std::vector<row_key> keys_of_rows(const entity_class& of) {
    std::vector<row_key> keys;
    for (const class_part& part : of.parts)
        for (const auto& key : part.table->definition.foreign_keys) {
            if (joins_parts(key, part, of)) continue;
            row_key found{&key, {}};
            for (const auto& name : key.columns)
                if (const auto place = of.place_of(*part.table->table, name)) found.columns.push_back(*place);
            if (found.columns.size() == key.columns.size()) keys.push_back(std::move(found));
        }
    return keys;
}

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
