#pragma once

#include "binding.hpp"
#include "columns.hpp"
#include "session.hpp"
#include "sql_words.hpp"

#include "sql/kept_results.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace azoth::mysql::connector {

/// A prepared statement of the library's, and its rows: all of them in the library's memory once it has run. Values are read by the
/// getters of their types; as texts, FLOATs, DOUBLEs and DATEs would come in a form of the library's own.
class library_statement final : public prepared_statement, public cursor {
public:
    /// Prepares it; the server has until the deadline for that.
    library_statement(std::shared_ptr<session> on, std::string_view sql, const deadline& until);
    ~library_statement() override;
    library_statement(const library_statement&) = delete;
    library_statement& operator=(const library_statement&) = delete;

    [[nodiscard]] bool has_float() const noexcept { return connector::has_float(prepared_columns_); }
    cursor& execute(std::span<const cell> parameters, const execute_options& options) override;

    [[nodiscard]] std::span<const column_info> columns() const override;
    std::size_t fetch(std::span<cell> out, std::size_t max_rows) override;
    bool next_result() override { return kept_.next(); }
    [[nodiscard]] std::int64_t affected_rows() const override { return affected_; }
    [[nodiscard]] std::optional<std::int64_t> last_insert_id() const override { return last_id_; }
    void close() noexcept override;

private:
    void require_alive(std::size_t parameters) const;
    void run();
    void take_rows();
    void take_no_rows(std::int64_t affected);
    void keep_results();
    void write_row(cell* out);
    cell value_of(std::size_t column);
    cell text_of(std::size_t column);

    std::shared_ptr<session> session_;
    std::string sql_;
    statement_traits traits_;
    unsigned generation_;
    std::unique_ptr<lib::PreparedStatement> statement_{};
    std::unique_ptr<lib::ResultSet> rows_{};
    unsigned parameter_count_{};
    binding binding_{};
    std::vector<column> prepared_columns_{};  ///< as the server told them when the statement was prepared
    std::vector<column> columns_{};           ///< of the rows that came
    mutable std::vector<column_info> described_{};
    mutable bool is_described_{};
    std::vector<std::string> texts_{};  ///< of the current row
    std::int64_t affected_{-1};
    std::optional<std::int64_t> last_id_{};
    kept_results kept_{};  ///< of a CALL
};

}  // namespace azoth::mysql::connector
