#pragma once

#include "parameters.hpp"
#include "row_decoder.hpp"
#include "session.hpp"

#include "sql/kept_results.hpp"

#include <azoth/dialect.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace azoth::mysql {

/// A statement of the server's, its values and the result that it is giving. Prepared when it runs first, and again after the session was
/// reset. What the server does not prepare goes by the text protocol.
class statement final : public cursor {
public:
    /// `most_bytes`: what the server takes at once.
    statement(std::shared_ptr<session> on, std::string_view sql, std::uint64_t most_bytes);
    ~statement() override;
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    /// Sends it, and reads up to the first row or to the end of what returns none.
    void start(std::span<const cell> values, const execute_options& options);
    /// Runs an INSERT once for each row, in one go; returns how many rows came in. Changes the cells.
    std::int64_t run_rows(std::span<cell> values, std::size_t columns, const execute_options& options);

    [[nodiscard]] std::span<const column_info> columns() const override;
    std::size_t fetch(std::span<cell> out, std::size_t max_rows) override;
    bool next_result() override;
    [[nodiscard]] std::int64_t affected_rows() const override;
    [[nodiscard]] std::optional<std::int64_t> last_insert_id() const override;
    void close() noexcept override;

private:
    enum class state : unsigned char { idle, rows, between, done };

    void prepare();
    void release() noexcept;
    void send(std::span<const cell> values);
    void send_plainly(std::span<const cell> values);
    void bind(std::size_t count);
    void execute(std::size_t parameter_count);
    [[nodiscard]] bool can_run_again(int code) const noexcept;
    void look_at_result();
    void end_result();
    /// The next row, or false at the end of the result.
    bool step();
    void read_ahead();
    void keep_results();
    void keep_rows();
    [[noreturn]] void fail(const native_error& error);
    void move_on();
    void step_or_move_on();
    void drop_rest();
    void throw_if_interrupted();
    [[nodiscard]] bool has_more() const noexcept { return state_ == state::rows || state_ == state::between; }

    // Called by the library.
    static void on_value(void* self, unsigned column, unsigned char** at);
    static my_bool on_row(void* self, MYSQL_BIND* to, unsigned row);

    std::shared_ptr<session> session_;
    std::string sql_;
    std::uint64_t most_bytes_;
    MYSQL_STMT* raw_{};                ///< the session frees it
    unsigned generation_{};            ///< of the session, when it was prepared
    std::unique_ptr<cursor> plain_{};  ///< the result of a statement that goes by the text protocol
    bool is_plain_{};
    parameters parameters_{};
    row_decoder decoder_{};
    execute_options options_{};
    state state_{state::idle};
    bool has_rows_{};
    bool row_waits_{};  ///< read already
    bool only_reads_{};
    kept_results kept_{};  ///< of a statement that does not only read
    std::int64_t affected_{-1};
    std::int64_t fetched_{};
    std::optional<std::int64_t> last_id_{};
};

/// The prepared statement of the driver interface: it is its own cursor's owner.
class prepared final : public prepared_statement {
public:
    prepared(std::shared_ptr<session> on, std::string_view sql, std::uint64_t most_bytes) : statement_{std::move(on), sql, most_bytes} {}
    cursor& execute(std::span<const cell> values, const execute_options& options) override {
        statement_.start(values, options);
        return statement_;
    }

private:
    statement statement_;
};

}  // namespace azoth::mysql
