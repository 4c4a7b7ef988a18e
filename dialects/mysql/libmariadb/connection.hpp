#pragma once

#include "bulk.hpp"
#include "session.hpp"

#include "sql/connection_base.hpp"

#include <memory>

namespace azoth::mysql {

/// What the driver can do, whatever the server.
driver_facts libmariadb_facts();

/// A connection through MariaDB Connector/C.
class connection final : public connection_base {
public:
    connection(const settings& to, const connect_args& args);
    ~connection() override;

    std::unique_ptr<prepared_statement> prepare(std::string_view sql) override;
    std::unique_ptr<cursor> execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) override;
    batch_result insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) override;

    void ping(const deadline& until) override;
    void cancel() noexcept override { session_->interrupt_from_outside(); }
    void close() noexcept override;
    void abandon() noexcept override;

protected:
    void run(std::string_view sql, const deadline& until) override { session_->run(sql, until); }
    void run_ahead(std::string_view sql, const deadline& until) override;
    std::vector<text_row> query(std::string_view sql, const deadline& until) override;
    [[nodiscard]] bool server_in_transaction() const override { return session_->in_transaction(); }
    bool reset_session(const deadline& until) override;
    /// A reset does not untie a prepared transaction: the connection is made anew.
    void leave_prepared() override;

private:
    [[nodiscard]] bool can_bind_arrays() const;

    std::shared_ptr<session> session_;
    std::unique_ptr<bulk_inserter> bulk_{};
};

}  // namespace azoth::mysql
