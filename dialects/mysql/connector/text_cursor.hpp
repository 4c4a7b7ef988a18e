#pragma once

#include "columns.hpp"
#include "session.hpp"
#include "sql_words.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azoth::mysql::connector {

/// A statement run as text up to its first row, and its rows as they come: one at a time, in constant memory. Rows of a statement that
/// changes data are read at once: an error may stand at their end.
class text_cursor final : public cursor, private session::reader {
public:
    explicit text_cursor(std::shared_ptr<session> on) : session_{std::move(on)} {}
    ~text_cursor() override;
    text_cursor(const text_cursor&) = delete;
    text_cursor& operator=(const text_cursor&) = delete;

    /// Ends what is open on the connection, this one's rows too; then the session's text can be put together.
    void make_ready(const execute_options& options);
    /// Runs the session's text, which stands for `sql`.
    void start(std::string_view sql, statement_traits traits, const execute_options& options);

    [[nodiscard]] std::span<const column_info> columns() const override;
    std::size_t fetch(std::span<cell> out, std::size_t max_rows) override;
    bool next_result() override;
    [[nodiscard]] std::int64_t affected_rows() const override { return affected_; }
    [[nodiscard]] std::optional<std::int64_t> last_insert_id() const override { return last_id_; }
    void close() noexcept override;

private:
    void stop_reading() noexcept override { close(); }
    void keep_rest() override;

    enum class states : unsigned char { idle, row_waiting, reading, buffered, done };

    void take_columns();
    void take_no_rows(std::string_view sql, bool inserts);
    /// Reads the next row into `texts_`; false at the end, which ends the watching.
    bool next();
    /// As `next`, but begins with a row that waits.
    bool advance();
    void write_row(cell* out);
    cell value_of(std::size_t column);
    /// Reads the rows that are left, and keeps them.
    void read_ahead();
    std::size_t fetch_buffered(std::span<cell> out, std::size_t max_rows);
    void drain() noexcept;
    void finish() noexcept;

    std::shared_ptr<session> session_;
    std::unique_ptr<lib::ResultSet> rows_{};
    std::optional<session::running> running_{};
    states state_{states::idle};
    std::vector<column> columns_{};
    mutable std::vector<column_info> described_{};
    mutable bool is_described_{};
    std::vector<std::string> texts_{};  ///< of the current row
    std::vector<cell> ahead_{};         ///< rows read at once, with what they point to
    arena ahead_memory_{};
    std::size_t next_ahead_{};
    std::int64_t affected_{-1};
    std::optional<std::int64_t> last_id_{};
};

}  // namespace azoth::mysql::connector
