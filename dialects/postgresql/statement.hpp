#pragma once

#include <azoth/dialect.hpp>

#include "parameters.hpp"
#include "rows.hpp"
#include "session.hpp"

#include <exception>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::postgresql {

/// A statement, its parameters and the result that it is giving. Allocates nothing of its own while it runs a second time. What is kept is
/// prepared at its first run, in the same round trip.
class statement final : public cursor {
public:
    enum class lifetimes : unsigned char { once, kept };

    statement(std::shared_ptr<session> on, std::string_view sql, lifetimes lifetime);
    ~statement() override;
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    /// Runs it up to its first row.
    void start(std::span<const cell> parameters, const execute_options& options);
    /// The same with the parameters that `parameters()` has been given.
    void start(const execute_options& options);
    [[nodiscard]] parameter_list& parameters() noexcept { return parameters_; }

    [[nodiscard]] std::span<const column_info> columns() const override { return shape_.columns(); }
    std::size_t fetch(std::span<cell> out, std::size_t max_rows) override;
    [[nodiscard]] std::int64_t affected_rows() const override { return affected_; }
    void close() noexcept override;

private:
    enum class state : unsigned char { idle, rows, done };

    void run(const execute_options& options);
    [[nodiscard]] bool is_prepared() const noexcept { return !name_.empty() && generation_ == session_->generation(); }
    void prepare_anew(const native_error& why);
    void receive_ahead(bool prepares, const std::string& name);
    void receive_preparation(const std::string& name);
    void take_first(result_handle r);
    bool take_rows(result_handle r);
    bool advance(bool only_what_arrived);
    bool next_row(bool only_what_arrived);
    void take_over(std::span<cell> row);
    [[noreturn]] void refuse_copy();

    std::shared_ptr<session> session_;
    std::string sql_;
    parameter_list parameters_{};
    std::string name_{};  ///< on the server; empty: not prepared
    unsigned generation_{};
    unsigned long exchange_{};
    bool keep_;
    bool only_reads_;
    bool binary_{};  ///< rows come in binary form
    bool all_read_{};
    bool is_streaming_{};  ///< `current_` is one row
    state state_{state::idle};
    row_shape shape_{};
    result_handle current_{};
    int next_row_{};
    std::vector<result_handle> block_{};  ///< what the cells of the last fetch point into
    arena scratch_{};
    std::int64_t affected_{-1};
    std::exception_ptr failure_{};  ///< behind the rows that were handed out last
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

}  // namespace azoth::postgresql
