#pragma once

#include <azoth/dialect.hpp>

#include "session.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::sqlite {

/// Compiles one statement. Empty text and text behind the first statement are refused: SQLite would ignore them.
statement_handle compile(session& on, std::string_view sql, bool persistent);

/// A compiled statement, its bindings and the result that it is giving. Allocates nothing while it runs.
class statement final : public cursor {
public:
    enum class lifetimes : unsigned char { once, kept };

    statement(std::shared_ptr<session> on, std::string_view sql, lifetimes lifetime);
    ~statement() override;
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    /// Binds and runs up to the first row, so that a statement without rows is done, and errors show, here. What changes data and returns
    /// rows runs to its end: SQLite checks foreign keys there, and a reader who leaves early must not miss that.
    void start(std::span<const cell> parameters, const execute_options& options);

    [[nodiscard]] std::span<const column_info> columns() const override;
    std::size_t fetch(std::span<cell> out, std::size_t max_rows) override;
    [[nodiscard]] std::int64_t affected_rows() const override { return affected_; }
    [[nodiscard]] std::optional<std::int64_t> last_insert_id() const override { return last_id_; }
    void close() noexcept override;
    /// As `close`, but leaves the values bound, for a `start` that binds all of them anew at once: their memory has to stay until then.
    void rest() noexcept;

    [[nodiscard]] int parameter_count() const noexcept { return parameter_count_; }

private:
    void look_columns_up() const;  // apart, so that asking for columns that are known costs little
    enum class state : unsigned char { idle, row_waiting, running, buffered, done };

    void adopt(statement_handle compiled, std::string_view sql);
    void compile_at_last();
    void bind_all(std::span<const cell> parameters);
    /// Whether there is a row.
    bool step();
    int raw_step();
    void finish();
    void read_ahead();
    void check_shape();
    void write_row(cell* out);
    void require_alive() const;

    std::shared_ptr<session> session_;
    statement_handle raw_{};
    std::string pending_{};  ///< SQL that is not compiled yet: the schema was locked
    unsigned generation_;
    int parameter_count_{};
    int column_count_{};
    int compilations_{};  ///< how often SQLite compiled it anew, because the schema changed
    bool changes_data_{};
    bool inserts_{};
    bool keep_;
    bool is_watched_{};
    bool has_views_{};  ///< of parameters' memory
    state state_{state::idle};
    deadline until_{};
    stop_token stop_{};
    std::int64_t changes_before_{};
    std::int64_t affected_{-1};
    std::optional<std::int64_t> last_id_{};
    row_buffer rows_{};  ///< read ahead
    mutable std::vector<column_info> columns_{};
    mutable bool columns_known_{};
};

/// The prepared statement of the driver interface: it is its own cursor's owner.
class prepared final : public prepared_statement {
public:
    prepared(std::shared_ptr<session> on, std::string_view sql) : statement_{std::move(on), sql, statement::lifetimes::kept} {}
    cursor& execute(std::span<const cell> parameters, const execute_options& options) override {
        statement_.start(parameters, options);
        return statement_;
    }

private:
    statement statement_;
};

}  // namespace azoth::sqlite
