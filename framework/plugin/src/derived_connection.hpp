#pragma once

#include <azoth/driver/connection.hpp>

#include <memory>

namespace azoth::detail {

/// The base's connection, under another name.
class derived_connection final : public driver_connection {
public:
    derived_connection(std::unique_ptr<driver_connection> base, profile server) : base_{std::move(base)}, server_{std::move(server)} {}

    void server_profile(profile& out) const override { out = server_; }
    std::unique_ptr<prepared_statement> prepare(std::string_view sql) override { return base_->prepare(sql); }
    std::unique_ptr<cursor> execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) override {
        return base_->execute(sql, parameters, options);
    }
    void execute_batch(std::span<const batch_item> items, const std::function<void(std::size_t, cursor&)>& each,
                       const execute_options& options) override {
        base_->execute_batch(items, each, options);
    }
    batch_result insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) override {
        return base_->insert_many(plan, rows, returned, options);
    }

    void begin(const transaction_options& options) override { base_->begin(options); }
    void commit() override { base_->commit(); }
    void rollback() override { base_->rollback(); }
    [[nodiscard]] bool in_transaction() const override { return base_->in_transaction(); }
    void savepoint(std::string_view name) override { base_->savepoint(name); }
    void release_savepoint(std::string_view name) override { base_->release_savepoint(name); }
    void rollback_to_savepoint(std::string_view name) override { base_->rollback_to_savepoint(name); }
    void prepare_transaction(std::string_view id) override { base_->prepare_transaction(id); }
    void commit_prepared(std::string_view id) override { base_->commit_prepared(id); }
    void rollback_prepared(std::string_view id) override { base_->rollback_prepared(id); }

    void set_isolation(isolation_level level) override { base_->set_isolation(level); }
    [[nodiscard]] isolation_level isolation() const override { return base_->isolation(); }
    void set_read_only(bool read_only) override { base_->set_read_only(read_only); }

    void ping(const deadline& until) override { base_->ping(until); }
    bool reset() override { return base_->reset(); }
    void cancel() noexcept override { base_->cancel(); }
    void close() noexcept override { base_->close(); }
    void abandon() noexcept override { base_->abandon(); }

    [[nodiscard]] std::vector<std::string> prepared_transactions() override { return base_->prepared_transactions(); }
    bool wait_for_notification(const deadline& until, const stop_token& stop) override { return base_->wait_for_notification(until, stop); }

private:
    std::unique_ptr<driver_connection> base_;
    profile server_;
};

}  // namespace azoth::detail
