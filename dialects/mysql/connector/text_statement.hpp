#pragma once

#include "library_statement.hpp"
#include "session.hpp"
#include "text_cursor.hpp"

#include <memory>
#include <string>

namespace azoth::mysql::connector {

/// How a statement goes to the server and its rows come back.
enum class routes : unsigned char {
    text,     ///< as SQL text, with its values as literals: rows stream, every value is exact but a FLOAT
    library,  ///< as a prepared statement of the library's: rows are buffered, FLOATs are exact, a DECIMAL must not be wide
};

/// Which route a statement takes: a look at its columns, through the library, where it may return some; remembered by its text.
class router {
public:
    /// `always_library`: the server cannot run a prepared statement with values in its text (MySQL).
    router(std::shared_ptr<session> on, bool always_library) : session_{std::move(on)}, always_library_{always_library} {}
    [[nodiscard]] routes route_of(std::string_view sql, const deadline& until);
    [[nodiscard]] bool uses_text() const noexcept { return !always_library_; }

private:
    [[nodiscard]] bool finds_float(std::string_view sql, const deadline& until);
    [[nodiscard]] bool looks_for_float(std::string_view sql, const deadline& until);

    std::shared_ptr<session> session_;
    bool always_library_;
};

/// The prepared statement of the driver interface. Which way it goes is decided, and the server told of it, when it runs first: then there
/// is a deadline.
class routed_statement final : public prepared_statement {
public:
    routed_statement(std::shared_ptr<session> on, std::shared_ptr<router> by, std::string_view sql)
        : session_{std::move(on)}, router_{std::move(by)}, sql_{sql} {}
    cursor& execute(std::span<const cell> parameters, const execute_options& options) override;

private:
    void prepare(const execute_options& options);

    std::shared_ptr<session> session_;
    std::shared_ptr<router> router_;
    std::string sql_;
    std::unique_ptr<prepared_statement> prepared_{};
    unsigned generation_{};  ///< of the session, when it was prepared
};

/// Runs a statement once, as text.
std::unique_ptr<cursor> run_text_once(const std::shared_ptr<session>& on, std::string_view sql, std::span<const cell> parameters,
                                      const execute_options& options);

/// A prepared statement of the server's, made and run by SQL (PREPARE, EXECUTE ... USING), so that its rows stream. MariaDB's EXECUTE
/// takes values.
class text_statement final : public prepared_statement {
public:
    /// Prepares it. Throws native_error, timeout_error, operational_error (cancelled).
    text_statement(std::shared_ptr<session> on, std::string_view sql, const execute_options& options);
    ~text_statement() override;
    text_statement(const text_statement&) = delete;
    text_statement& operator=(const text_statement&) = delete;

    cursor& execute(std::span<const cell> parameters, const execute_options& options) override;

private:
    void prepare(const execute_options& options);
    void write(std::span<const cell> parameters);
    cursor& execute_through_library(std::span<const cell> parameters, const execute_options& options);

    std::shared_ptr<session> session_;
    std::string sql_;
    std::string name_{};  ///< at the server; empty where it does not prepare such a statement
    unsigned generation_;
    statement_traits traits_;
    text_cursor cursor_;
    std::unique_ptr<library_statement> other_way_{};  ///< for large values
    bool has_floats_{};                               ///< by now: a column has become one
};

}  // namespace azoth::mysql::connector
