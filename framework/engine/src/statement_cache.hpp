#pragma once

#include <azoth/sql/compiler.hpp>

#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace azoth::detail {

/// A statement ready to run: its SQL, and where its bound values are now.
struct compilation {
    std::shared_ptr<const compiled_statement> compiled{};
    std::vector<const bind_node*> binds{};
};

/// Compiled statements by structure, least recently used out first. One lock, held for a look-up: about as long as copying the binds.
class statement_cache {
public:
    explicit statement_cache(std::size_t capacity) noexcept : capacity_{capacity} {}

    /// The kept compilation of a statement that differs in bound values only.
    bool find(const node& statement, std::uint64_t scope, compilation& out);
    void keep(const node_ptr& statement, std::uint64_t scope, const std::shared_ptr<const compiled_statement>& compiled);

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::uint64_t hits() const;
    [[nodiscard]] std::uint64_t misses() const;

private:
    struct entry {
        std::uint64_t key;
        std::uint64_t scope;
        node_ptr statement;
        std::shared_ptr<const compiled_statement> compiled;
    };
    using entries = std::list<entry>;

    std::size_t capacity_;
    mutable std::mutex mutex_{};
    entries recent_{};  ///< most recently used first
    std::unordered_multimap<std::uint64_t, entries::iterator> by_key_{};
    std::uint64_t hits_{};
    std::uint64_t misses_{};
};

/// Bytes of the values bound in a statement: one with large values is not kept, or the cache would keep them.
std::size_t bound_bytes(const std::vector<const bind_node*>& binds) noexcept;

}  // namespace azoth::detail
