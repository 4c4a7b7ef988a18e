#pragma once

#include <azoth/driver/connection.hpp>
#include <azoth/sql/compiled.hpp>

#include <array>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace azoth::detail {

/// The prepared statements of one connection, least recently used out first.
class prepared_cache {
public:
    struct entry {
        std::string sql;
        std::unique_ptr<prepared_statement> handle{};  ///< null until it is prepared, at the second use
        std::shared_ptr<const compiled_statement> owner{};
        bool busy{};
    };
    using handle = std::list<entry>::iterator;

    prepared_cache(std::size_t capacity, bool prepare_at_once) noexcept : capacity_{capacity}, prepare_at_once_{prepare_at_once} {
        by_owner_.fill(recent_.end());
    }
    prepared_cache(const prepared_cache&) = delete;
    prepared_cache& operator=(const prepared_cache&) = delete;
    ~prepared_cache() = default;

    /// The entry to run `sql` through, prepared; null where it is to be run unprepared (its first use, or the handle is busy).
    entry* find(driver_connection& on, std::string_view sql, const std::shared_ptr<const compiled_statement>& owner);
    /// Whether the text has been asked for not long ago, or is kept. Texts that differ each time, as those with a trace's id, must not push
    /// out what others prepared.
    bool comes_again(std::string_view sql);
    /// Forgets all handles: they died on the server.
    void clear() noexcept;
    /// How many are prepared.
    [[nodiscard]] std::size_t size() const noexcept;
    /// Uses of a statement that was prepared already, and those that were not.
    [[nodiscard]] std::uint64_t hits() const noexcept { return hits_; }
    [[nodiscard]] std::uint64_t misses() const noexcept { return misses_; }

private:
    using owner_pointer = std::shared_ptr<const compiled_statement>;
    entry* use(driver_connection& on, handle at);
    void make_room();
    handle find_by_text(std::string_view sql);
    void give_to(handle at, const owner_pointer& owner);
    void forget_owner(handle at) noexcept;
    handle& place_of(const compiled_statement* owner) noexcept;

    std::size_t capacity_;
    bool prepare_at_once_;
    std::list<entry> recent_{};  ///< most recently used first
    std::unordered_map<std::string_view, handle> by_sql_{};
    std::array<handle, 64> by_owner_;  ///< by the owner's address, the last one of those that share a place; else the list's end
    std::uint64_t hits_{};
    std::uint64_t misses_{};
    std::array<std::uint64_t, 64> asked_{};  ///< hashes of the texts asked for last
    std::size_t next_asked_{};
};

}  // namespace azoth::detail
