#pragma once

#include <azoth/driver/stepping.hpp>
#include <azoth/driver/whole_results.hpp>

#include <sqlite3.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

/// SQLite in memory through the adapter for C APIs: what a driver of one's own has to write, and no more.
class stepping_driver : public azoth::stepping_connection {
public:
    explicit stepping_driver(const azoth::connect_args& args);
    ~stepping_driver() override { end(); }

    void begin(const azoth::transaction_options& options) override;
    void commit() override { run("COMMIT"); }
    void rollback() override { run("ROLLBACK"); }
    [[nodiscard]] bool in_transaction() const override { return sqlite3_get_autocommit(db_) == 0; }
    bool reset() override;

    [[nodiscard]] int disconnects() const noexcept { return disconnects_; }
    /// So many requests to end a statement that follow are not heard.
    void ignore_interrupts(int next) noexcept { ignored_ = next; }
    /// Native statements that are alive.
    [[nodiscard]] int statements() const noexcept { return *statements_; }

protected:
    std::unique_ptr<azoth::native_statement> compile(std::string_view sql, bool kept) override;
    void disconnect() noexcept override;
    bool interrupt() noexcept override;

private:
    sqlite3* db_{};
    int disconnects_{};
    std::atomic<int> ignored_{};
    std::shared_ptr<int> statements_{std::make_shared<int>()};
};

/// ... and through the one for libraries that return whole results (sqlite3_exec).
class whole_driver final : public azoth::whole_result_connection {
public:
    explicit whole_driver(const azoth::connect_args& args);
    ~whole_driver() override { sqlite3_close_v2(db_); }

    void begin(const azoth::transaction_options&) override { run("BEGIN"); }
    [[nodiscard]] bool in_transaction() const override { return sqlite3_get_autocommit(db_) == 0; }
    bool reset() override { return false; }
    void cancel() noexcept override {}
    void close() noexcept override {}
    void abandon() noexcept override {}

protected:
    void run_whole(std::string_view sql, std::span<const azoth::cell> parameters, const azoth::execute_options& options,
                   azoth::buffered_result& into) override;

private:
    sqlite3* db_{};
};
