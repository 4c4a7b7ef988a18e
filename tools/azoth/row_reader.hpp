#pragma once

#include "copy_columns.hpp"

#include <azoth/azoth.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace azoth::command {

/// Selects rows in the order of the table's key.
select_statement<> query_for(const row_set& of, std::int64_t skip = 0);

/// Rows, each value as its column travels.
class row_reader {
public:
    /// What it is given has to outlive it.
    row_reader(const row_set& of, const engine& in, std::int64_t skip = 0);
    /// False: there are no more. Throws std::runtime_error naming table, column, row and value where one cannot be read.
    bool next(std::vector<value>& row);

private:
    template <class F>
    void named(const F& read);

    const row_set& of_;
    connection connection_;
    std::optional<result> rows_{};
};

}  // namespace azoth::command
