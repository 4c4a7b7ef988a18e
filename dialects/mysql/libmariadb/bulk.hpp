#pragma once

#include "statement.hpp"

#include <azoth/dialect.hpp>

#include <memory>
#include <string>

namespace azoth::mysql {

/// Inserts rows by array binding: the statement and its types go once, then the rows' values, many thousands in one packet. Keeps the
/// statement of the last plan. For one connection.
class bulk_inserter {
public:
    /// `most_bytes`: what the server takes at once.
    bulk_inserter(std::shared_ptr<session> on, std::uint64_t most_bytes) : session_{std::move(on)}, most_bytes_{most_bytes} {}

    batch_result insert(const batch_plan& plan, row_source& rows, const execute_options& options);
    void forget() noexcept { kept_.reset(); }

private:
    std::int64_t send(std::span<cell> cells, std::size_t columns, const execute_options& options);

    std::shared_ptr<session> session_;
    std::uint64_t most_bytes_;
    std::string kept_sql_{};
    std::unique_ptr<statement> kept_{};
    std::vector<cell> cells_{};
};

}  // namespace azoth::mysql
