#pragma once

#include "connection_core.hpp"
#include "containment.hpp"

#include <azoth/engine/result.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azoth::detail {

/// Rows that were read ahead, because the connection was wanted for another statement.
struct kept_rows {
    arena memory{};
    std::vector<cell> cells{};
    std::size_t next{};
    void take(std::span<const cell> row);
};

/// The inside of a result. While rows are still to come from the database, the connection knows it and reads it empty, or closes it,
/// before anything else runs.
struct open_result {
    connection_core* core{};  ///< null once closed
    node_ptr statement{};     ///< keeps the bound values, which the cursor may still point to
    std::shared_ptr<const compiled_statement> compiled{};
    std::unique_ptr<cursor> own_cursor{};
    prepared_cache::entry* entry{};  ///< busy while the cursor is open
    cursor* rows{};                  ///< null once read to the end or closed
    std::vector<cell> block{};       ///< the rows fetched last
    std::size_t width{};
    std::size_t in_block{};
    std::size_t at{};
    std::unique_ptr<kept_rows> kept{};
    std::span<const cell> current{};
    std::shared_ptr<const std::vector<std::string>> names{};
    std::int64_t affected{-1};
    std::optional<std::int64_t> last_id{};
    std::vector<value> key{};  ///< of the row that was inserted, so far as it is known
    bool knows_key{};
    deadline until{};  ///< of its statement, for as long as rows come
    stop_token stop{};
    bool streams{};
    bool has_columns{};
    bool was_closed{};

    std::shared_ptr<spare_results> home{};

    open_result() = default;
    ~open_result() { finish(); }  // whatever was thrown: the cursor is closed, and its statement free again
    open_result(const open_result&) = delete;
    open_result& operator=(const open_result&) = delete;

    static constexpr std::size_t usual_rows = 64;
    std::size_t block_rows{usual_rows};  ///< fetched at a time
    /// Gives the object back to its connection for another statement, or deletes it.
    static void recycle(std::unique_ptr<open_result> done) noexcept;
    bool next();
    /// Reads the rest into memory; throws where the caller asked for streaming, or past the bound.
    void drain();
    void close() noexcept;
    void load_names();
    /// Takes the result's width from its cursor. Throws internal_error where the statement has more columns.
    void take_width();
    /// Runs what the driver is asked beside the statement itself.
    template <class F>
    auto asking_driver(F&& work) const {
        return contained(*core->engine->sql, work);
    }

    /// Closes the cursor and lets go of the connection; what was read ahead stays.
    void finish() noexcept;

    // Of an INSERT of one row; see inserted_keys.cpp.
    [[nodiscard]] bool returns_key_alone() const noexcept;
    /// Reads the key that the program has not asked for, as if the statement had returned nothing.
    void read_key_alone();
    void take_returned_key(std::span<const cell> row);
    /// Called once the statement has told how many rows it affected.
    void take_generated_key();
    [[nodiscard]] std::int64_t meaning_of(std::int64_t affected_rows) const noexcept;

private:
    bool next_from_cursor();
    void check_patience() const;
    [[noreturn]] void refuse_shape(std::size_t got, std::size_t columns) const;
    [[nodiscard]] std::int64_t counted() const noexcept;
};

}  // namespace azoth::detail
