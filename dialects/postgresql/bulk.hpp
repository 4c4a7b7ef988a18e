#pragma once

#include <azoth/dialect.hpp>

#include "session.hpp"
#include "statement.hpp"
#include "target_table.hpp"

#include <list>
#include <memory>
#include <string>

namespace azoth::postgresql {

/// Inserts of many rows. Few rows go as VALUES; many by COPY where nothing comes back, else as arrays for `unnest`; what neither can do, as
/// VALUES of up to 100 rows. Rows of which something comes back that does not tell them apart for sure go one by one. Statements that come
/// again stay prepared.
class bulk_inserter {
public:
    explicit bulk_inserter(std::shared_ptr<session> on) : session_{std::move(on)} {}

    batch_result insert(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options);
    /// The session's statements are gone.
    void forget() noexcept { kept_.clear(); }

private:
    struct run;
    /// Whether the key that the database generates is known to ascend in the order of the rows.
    bool keys_ascend(const batch_plan& plan, const execute_options& options);
    batch_result insert_values(run& r, bool together);
    std::int64_t insert_chunk(run& r, std::span<const cell> sent, std::size_t rows, bool is_full);
    batch_result insert_arrays(run& r, const target_table& target);
    statement& kept(const std::string& sql);
    std::int64_t finish(run& r, statement& s, std::span<const cell> sent, std::size_t rows);

    std::shared_ptr<session> session_;
    std::list<std::pair<std::string, statement>> kept_{};  ///< most recently used first
};

}  // namespace azoth::postgresql
