#pragma once

#include "session.hpp"

#include "sql/kept_results.hpp"
#include "sql/session_setup.hpp"
#include "sql/values.hpp"

#include <azoth/dialect.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace azoth::mysql {

/// The result of a statement sent by the text protocol: for what the server does not prepare, and for the driver's own queries.
class text_cursor final : public cursor {
public:
    /// Sends the statement. Throws native_error, timeout_error, operational_error (cancelled).
    text_cursor(std::shared_ptr<session> on, std::string_view sql, const execute_options& options, bool is_ours = false);
    ~text_cursor() override;
    text_cursor(const text_cursor&) = delete;
    text_cursor& operator=(const text_cursor&) = delete;

    [[nodiscard]] std::span<const column_info> columns() const override { return kept_.empty() ? infos_ : kept_.columns(); }
    std::size_t fetch(std::span<cell> out, std::size_t max_rows) override;
    bool next_result() override;
    [[nodiscard]] std::int64_t affected_rows() const override { return affected_; }
    [[nodiscard]] std::optional<std::int64_t> last_insert_id() const override { return last_id_; }
    void close() noexcept override;

    /// The rest of the rows as the server sent them.
    std::vector<text_row> read_all();

private:
    void look_at_result();
    void refuse_floats();
    void keep_results();
    void write_row(std::span<cell> to);
    bool step();
    bool move_on();
    void discard();
    void free_result() noexcept;
    void throw_if_interrupted();

    std::shared_ptr<session> session_;
    execute_options options_;
    result_handle result_{};
    MYSQL_ROW row_{};
    std::vector<column_kinds> kinds_{};
    std::vector<column_info> infos_{};
    kept_results kept_{};  ///< of a statement that does not only read
    std::int64_t affected_{-1};
    std::optional<std::int64_t> last_id_{};
    bool is_over_{};  ///< the rows of the result at hand
    bool is_closed_{};
};

/// Hands the warnings of the last statement, which has succeeded and returned no rows, to the session's message sink. Asks the server only
/// where there are any, and leaves its answer's failures to the next statement.
void tell_warnings(const std::shared_ptr<session>& of) noexcept;

}  // namespace azoth::mysql
