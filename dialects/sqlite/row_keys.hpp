#pragma once

#include <azoth/dialect.hpp>

#include "session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace azoth::sqlite {

/// Keys that an insert sends in the place of those that SQLite would generate: RETURNING costs half as much as the rows themselves. SQLite
/// promises no more than that a key that is sent is the row's. So they are sent where nothing can tell: within a transaction that has the
/// lock for writing, into an ordinary table of the main database whose INTEGER PRIMARY KEY is the row id, which has no trigger and no
/// conflict clause, and where all keys beyond the largest one are free.
class row_keys {
public:
    /// For a plan of which rows have been inserted just now, whose statement returns the column `key` and nothing else. None where keys
    /// have to come from SQLite.
    static std::optional<row_keys> behind_inserted(session& on, const batch_plan& plan, const std::string& key);

    /// The plan with the key behind the other columns, returning nothing.
    [[nodiscard]] const batch_plan& plan() const noexcept { return plan_; }
    /// Whether so many more keys are free: nothing has been written since `written`, and there are numbers left.
    [[nodiscard]] bool are_free(std::size_t rows) const noexcept;
    [[nodiscard]] std::int64_t next() noexcept { return ++latest_; }
    /// The rows with the keys are there.
    void written() noexcept;

private:
    row_keys(session& on, batch_plan plan, std::int64_t latest);
    session* on_;
    batch_plan plan_;
    std::int64_t latest_;
    std::int64_t changes_{};
};

}  // namespace azoth::sqlite
