#pragma once

#include "generated_key.hpp"
#include "session.hpp"
#include "text_statement.hpp"

#include "sql/connection_base.hpp"

#include <memory>

namespace azoth::mysql::connector {

/// How statements with parameters go to the server.
enum class protocols : unsigned char {
    automatic,  ///< as text where the server takes values in EXECUTE: MariaDB
    binary,     ///< as the library's prepared statements always
};

/// A connection through MySQL Connector/C++.
class connection final : public connection_base {
public:
    connection(settings wanted, driver_facts driver, protocols protocol, const connect_args& args);
    ~connection() override;

    void server_profile(profile& out) const override;
    std::unique_ptr<prepared_statement> prepare(std::string_view sql) override;
    std::unique_ptr<cursor> execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) override;
    batch_result insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) override;

    void begin(const transaction_options& options) override;
    void commit() override;
    void rollback() override;
    bool reset() override;
    void ping(const deadline& until) override;
    void cancel() noexcept override { session_->cancel(); }
    void close() noexcept override;
    void abandon() noexcept override { session_->abandon(); }

protected:
    void run(std::string_view sql, const deadline& until) override;
    void run_ahead(std::string_view sql, const deadline& until) override;
    std::vector<text_row> query(std::string_view sql, const deadline& until) override;
    [[nodiscard]] bool server_in_transaction() const override;
    /// The library has no COM_RESET_CONNECTION: a new connection has no state at all.
    bool reset_session(const deadline& until) override;
    void leave_prepared() override;

private:
    [[nodiscard]] bool ask_for(std::string_view condition) const;
    [[nodiscard]] bool ask_mysql_for_transaction() const;
    /// What the session has to know of the server.
    void introduce();
    [[nodiscard]] bool uses_text() const { return protocol_ == protocols::automatic && server().is_at_least(10'02'03, 0); }

    protocols protocol_;
    std::shared_ptr<session> session_;
    generated_keys keys_;
    std::shared_ptr<router> router_{};
};

}  // namespace azoth::mysql::connector
