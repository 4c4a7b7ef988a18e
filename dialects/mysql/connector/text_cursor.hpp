#pragma once

#include "columns.hpp"
#include "session.hpp"
#include "sql_words.hpp"

#include "sql/kept_results.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azoth::mysql::connector {

/// A statement run as text up to its first row, and its rows as they come: one at a time, in constant memory. Results of what does not only
/// read are read at once.
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

    enum class states : unsigned char { idle, row_waiting, reading, kept, done };

    void take_columns();
    void take_no_rows(std::string_view sql, bool inserts);
    [[nodiscard]] std::span<const column_info> columns_now() const;
    /// To the next row; false at the end.
    bool read();
    /// As `read`; the end ends the watching too.
    bool next();
    /// As `next`, but begins with a row that waits.
    bool advance();
    void write_row(cell* out);
    cell value_of(std::size_t column);
    /// Reads all results to their end.
    void keep_results(effects effect);
    void drain() noexcept;
    void finish() noexcept;

    std::shared_ptr<session> session_;
    std::unique_ptr<lib::ResultSet> rows_{};
    std::optional<session::running> running_{};
    states state_{states::idle};
    bool only_reads_{};
    std::vector<column> columns_{};
    mutable std::vector<column_info> described_{};
    mutable bool is_described_{};
    std::vector<std::string> texts_{};  ///< of the current row
    kept_results kept_{};
    std::int64_t affected_{-1};
    std::optional<std::int64_t> last_id_{};
};

}  // namespace azoth::mysql::connector
