#pragma once

#include <azoth/dialect.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

// A dialect that works: a query's answer is the query, "FAIL" is the database's failure and "REFUSE" the driver's own.

class working_cursor final : public azoth::cursor {
public:
    explicit working_cursor(std::string_view sql) : answer_(sql) {}
    [[nodiscard]] std::span<const azoth::column_info> columns() const override { return columns_; }
    std::size_t fetch(std::span<azoth::cell> out, std::size_t max_rows) override {
        if (std::exchange(done_, true) || max_rows == 0) return 0;
        out[0] = azoth::cell::text(answer_);
        return 1;
    }
    void close() noexcept override { done_ = true; }

private:
    std::vector<azoth::column_info> columns_{{.name = "answer"}};
    std::string answer_;
    bool done_{};
};

class working_statement final : public azoth::prepared_statement {
public:
    explicit working_statement(std::string_view sql) : sql_(sql) {}
    azoth::cursor& execute(std::span<const azoth::cell>, const azoth::execute_options&) override {
        return *(cursor_ = std::make_unique<working_cursor>(sql_));
    }

private:
    std::string sql_;
    std::unique_ptr<working_cursor> cursor_{};
};

class working_connection final : public azoth::driver_connection {
public:
    explicit working_connection(azoth::profile server) : server_(std::move(server)) {}
    void server_profile(azoth::profile& out) const override { out = server_; }
    std::unique_ptr<azoth::prepared_statement> prepare(std::string_view sql) override { return std::make_unique<working_statement>(sql); }
    std::unique_ptr<azoth::cursor> execute(std::string_view sql, std::span<const azoth::cell>, const azoth::execute_options&) override {
        if (sql == "FAIL") throw azoth::native_error(7, "the database's own words", "23505", "one_only");
        if (sql == "REFUSE") azoth::throw_error(azoth::errc::unique_violation, "the driver's own words", {.constraint = "one_only"});
        return std::make_unique<working_cursor>(sql);
    }
    void begin(const azoth::transaction_options&) override {}
    void commit() override {}
    void rollback() override {}
    [[nodiscard]] bool in_transaction() const override { return false; }
    void ping(const azoth::deadline&) override {}
    bool reset() override { return true; }
    void cancel() noexcept override {}
    void close() noexcept override {}
    void abandon() noexcept override {}

private:
    azoth::profile server_;
};

class working_dialect final : public azoth::dialect {
public:
    explicit working_dialect(azoth::dialect_info info) : info_{std::move(info)} {}
    [[nodiscard]] const azoth::dialect_info& info() const override { return info_; }
    [[nodiscard]] const azoth::rule_table& rules() const override { return azoth::ansi_sql_rules(); }
    void default_profile(azoth::profile& out) const override {
        out.dialect = info_.dialect;
        out.server_version = "1.0";
        out.can.savepoints = true;
        out.can.schema.added_columns = true;
        out.folds_table_names = true;
    }
    std::unique_ptr<azoth::driver_connection> connect(const azoth::connect_args&) const override {
        azoth::profile server;
        default_profile(server);
        return std::make_unique<working_connection>(std::move(server));
    }
    [[nodiscard]] azoth::error_class classify(const azoth::native_error& e) const override {
        return {.code = azoth::errc::unique_violation, .sqlstate = e.sqlstate(), .constraint = e.constraint()};
    }

private:
    azoth::dialect_info info_;
};
