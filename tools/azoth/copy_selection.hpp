#pragma once

#include "inspect.hpp"

#include <azoth/azoth.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace azoth::command {

/// Tables whose rows PostgreSQL shows as another table's, too: partitions, and those that inherit.
class shared_rows {
public:
    /// `family`: of the database; others than PostgreSQL's have none.
    shared_rows(const engine& in, const std::string& family, const std::string& schema);

    [[nodiscard]] bool is_partition(const std::string& table) const { return partitions_.contains(table); }
    /// What holds for the rows that are the table's own; nothing where all that it shows are.
    [[nodiscard]] std::optional<expr<bool>> own_rows(const std::string& table) const;

private:
    std::set<std::string> partitions_{};
    std::map<std::string, std::int64_t> parents_{};  ///< with the number that the database has for them
};

/// What of a database is copied, and what has been said of that when it was read. `tables` empty: all but partitions, whose rows are their
/// parent's. With a choice of tables go the sequences that their defaults use.
schema_definition selected_for_copy(const inspected& from, const std::vector<std::string>& tables, const shared_rows& shared);

/// What becomes of tables that share rows: the copy has one table of them, or each has its own rows alone.
std::vector<reflection_note> lost_sharing(const schema_definition& selected, const inspected& from, const shared_rows& shared);

}  // namespace azoth::command
