#include "statement_cache.hpp"

#include <algorithm>

namespace azoth::detail {

bool statement_cache::find(const node& statement, std::uint64_t scope, compilation& out) {
    const std::uint64_t key = mix(scope, statement.hash());
    const std::scoped_lock lock{mutex_};
    const auto [begin, end] = by_key_.equal_range(key);
    for (auto it = begin; it != end; ++it) {
        const entry& e = *it->second;
        if (e.scope != scope) continue;
        out.binds.clear();
        node_matcher matcher{out.binds};
        if (!matcher.nodes(&statement, e.statement.get())) continue;
        recent_.splice(recent_.begin(), recent_, it->second);
        out.compiled = e.compiled;
        ++hits_;
        return true;
    }
    ++misses_;
    return false;
}

void statement_cache::keep(const node_ptr& statement, std::uint64_t scope, const std::shared_ptr<const compiled_statement>& compiled) {
    if (capacity_ == 0) return;
    const std::uint64_t key = mix(scope, statement->hash());
    const std::scoped_lock lock{mutex_};
    if (recent_.size() >= capacity_) {
        const auto last = std::prev(recent_.end());
        const auto [begin, end] = by_key_.equal_range(last->key);
        by_key_.erase(std::find_if(begin, end, [&](const auto& kept) { return kept.second == last; }));
        recent_.pop_back();
    }
    recent_.push_front({key, scope, statement, compiled});
    by_key_.emplace(key, recent_.begin());
}

std::size_t statement_cache::size() const {
    const std::scoped_lock lock{mutex_};
    return recent_.size();
}
std::uint64_t statement_cache::hits() const {
    const std::scoped_lock lock{mutex_};
    return hits_;
}
std::uint64_t statement_cache::misses() const {
    const std::scoped_lock lock{mutex_};
    return misses_;
}

std::size_t bound_bytes(const std::vector<const bind_node*>& binds) noexcept {
    const auto bytes_of = [](const value& v) {
        const cell c = v.view();
        return c.is_view() ? c.chars.size : std::size_t{0};
    };
    std::size_t total = 0;
    for (const auto* bind : binds) {
        total += bytes_of(bind->content) + bind->list.size() * sizeof(value);
        for (const auto& v : bind->list) total += bytes_of(v);
    }
    return total;
}

}  // namespace azoth::detail
