#pragma once

#include <azoth/dialect.hpp>

#include "bulk.hpp"
#include "options.hpp"
#include "reset.hpp"
#include "session.hpp"
#include "statement.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace azoth::sqlite {

/// A connection to one database.
class connection final : public driver_connection {
public:
    connection(settings to, const connect_args& args);
    ~connection() override;

    void server_profile(profile& out) const override { out = profile_; }
    std::unique_ptr<prepared_statement> prepare(std::string_view sql) override;
    std::unique_ptr<cursor> execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) override;
    batch_result insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) override;

    void begin(const transaction_options& options) override;
    void commit() override;
    void rollback() override;
    [[nodiscard]] bool in_transaction() const override;
    void savepoint(std::string_view name) override;
    void release_savepoint(std::string_view name) override;
    void rollback_to_savepoint(std::string_view name) override;

    void set_isolation(isolation_level level) override;
    [[nodiscard]] isolation_level isolation() const override { return isolation_; }
    void set_read_only(bool read_only) override { read_only_ = read_only; }

    void ping(const deadline& until) override;
    bool reset() override;
    void cancel() noexcept override { session_->interrupt(); }
    void close() noexcept override;
    void abandon() noexcept override { session_->abandon(); }

private:
    /// Runs a statement that comes again and again, and keeps it compiled.
    void run_kept(const std::string& sql);
    void forget_statements() noexcept;
    [[nodiscard]] bool reads_uncommitted(isolation_level level) const;
    /// Takes back what the transaction that is over had set.
    void end_transaction();

    settings settings_;
    std::shared_ptr<session> session_;
    profile profile_{};
    bulk_inserter bulk_;
    std::vector<std::pair<std::string, std::unique_ptr<statement>>> kept_{};
    pragma_values original_{};  ///< of a database in memory, which cannot be opened anew
    isolation_level isolation_{isolation_level::serializable};
    bool read_only_{};
    bool transaction_is_read_only_{};
    bool transaction_reads_uncommitted_{};
};

}  // namespace azoth::sqlite
