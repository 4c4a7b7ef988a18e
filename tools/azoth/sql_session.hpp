#pragma once

#include "result_writer.hpp"

#include <azoth/azoth.hpp>

#include <atomic>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace azoth::command {

struct sql_settings {
    output_format format{output_format::table};
    table_style style{};
    bool timing{};
    bool says_counts{true};  ///< "(3 rows)", "2 rows changed"
    std::string pager{};     ///< for what is longer than the terminal; empty: none
};

/// "table", "json" or "csv".
std::optional<output_format> format_named(std::string_view name);

/// A connection on which SQL of people runs: each statement by itself, unless they begin a transaction.
class sql_session {
public:
    sql_session(const engine& db, sql_settings settings, std::ostream& out);

    /// Runs one statement and writes what it gives. Errors pass through.
    void run(const std::string& statement);
    [[nodiscard]] bool in_transaction() const noexcept { return transaction_.has_value(); }
    /// Ends an open transaction without keeping what it did.
    void abandon();
    [[nodiscard]] sql_settings& settings() noexcept { return settings_; }
    [[nodiscard]] connection& on() noexcept { return connection_; }
    [[nodiscard]] const profile& server() const noexcept { return connection_.server_profile(); }
    /// Whose SQL is spoken there: as family_of.
    [[nodiscard]] const std::string& family() const noexcept { return family_; }

    /// Whether a pager shows something. From any thread.
    [[nodiscard]] bool is_paging() const noexcept { return is_paging_; }

    /// Writes rows of the program's own as a result.
    void show(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows);
    /// Has a text written, through the pager where it is long.
    void show(const std::function<void(std::ostream&)>& write);

private:
    bool runs_transaction(const std::string& statement);
    std::int64_t write(result& from, std::ostream& to);
    std::unique_ptr<result_writer> writer(std::ostream& to);

    std::string family_;
    connection connection_;
    std::optional<transaction> transaction_{};
    sql_settings settings_;
    std::ostream& out_;
    std::atomic<bool> is_paging_{};
};

}  // namespace azoth::command
