#pragma once

#include <azoth/dialect.hpp>

#include "batch.hpp"
#include "bulk.hpp"
#include "options.hpp"
#include "session.hpp"

#include <memory>
#include <string>
#include <vector>

namespace azoth::postgresql {

/// A connection to one database.
class connection final : public driver_connection {
public:
    connection(const settings& to, const connect_args& args);
    ~connection() override;

    void server_profile(profile& out) const override { out = profile_; }
    std::unique_ptr<prepared_statement> prepare(std::string_view sql) override;
    std::unique_ptr<cursor> execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) override;
    void execute_batch(std::span<const batch_item> items, const std::function<void(std::size_t, cursor&)>& each,
                       const execute_options& options) override;
    batch_result insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) override;

    void begin(const transaction_options& options) override;
    void commit() override;
    void rollback() override;
    [[nodiscard]] bool in_transaction() const override { return session_->in_transaction(); }
    void savepoint(std::string_view name) override;
    void release_savepoint(std::string_view name) override;
    void rollback_to_savepoint(std::string_view name) override;
    void prepare_transaction(std::string_view id) override;
    void commit_prepared(std::string_view id) override;
    void rollback_prepared(std::string_view id) override;
    [[nodiscard]] std::vector<std::string> prepared_transactions() override;

    void set_isolation(isolation_level level) override;
    [[nodiscard]] isolation_level isolation() const override { return isolation_; }
    void set_read_only(bool read_only) override;

    void ping(const deadline& until) override;
    bool reset() override;
    void cancel() noexcept override { session_->cancel(); }
    void close() noexcept override;
    void abandon() noexcept override { session_->abandon(); }
    bool wait_for_notification(const deadline& until, const stop_token& stop) override;

private:
    std::string run(const std::string& sql) { return session_->run(sql, session_->control_deadline()); }
    /// Runs what ends a transaction; throws where the server undid it because a statement of it had failed.
    void run_end(const std::string& sql);
    /// A text as a literal; `what` names it where it is refused.
    [[nodiscard]] std::string quoted(std::string_view text, std::string_view what);
    void restore_settings(const deadline& until);

    std::shared_ptr<session> session_;
    bulk_inserter bulk_;
    batch_runner batches_;
    profile profile_{};
    std::string timezone_;
    isolation_level initial_isolation_{isolation_level::read_committed};
    isolation_level isolation_{isolation_level::read_committed};
};

}  // namespace azoth::postgresql
