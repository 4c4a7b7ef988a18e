#pragma once

#include <azoth/driver/connection.hpp>
#include <azoth/driver/native_error.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What a fake connection was asked for, and what it answers.
struct fake_server {
    using rows = std::vector<std::vector<azoth::cell>>;
    azoth::profile server{};
    std::vector<std::string> log{};  ///< "execute: SQL", "prepare: SQL", "run: SQL", "close"
    std::vector<std::vector<azoth::cell>> sent{};
    std::function<rows(std::span<const azoth::cell>)> answer{};  ///< rows for parameters; none where empty
    std::int64_t affected{1};
    std::string failing_sql{};
    bool makes_nothing{};  ///< null in place of cursors and statements
};

/// Hands out a row a call, from memory that the next call overwrites.
class fake_cursor final : public azoth::cursor {
public:
    fake_cursor(fake_server& of, fake_server::rows rows) : server_{of}, rows_{std::move(rows)} {
        columns_.resize(rows_.empty() ? 0 : rows_.front().size());
    }
    [[nodiscard]] std::span<const azoth::column_info> columns() const override { return columns_; }
    std::size_t fetch(std::span<azoth::cell> out, std::size_t) override {
        if (next_ == rows_.size()) return 0;
        const auto& row = rows_[next_++];
        for (std::size_t i = 0; i < row.size(); ++i) out[i] = row[i];
        if (!row.empty() && row.front().is_view()) {
            text_.assign(row.front().chars_view());
            out.front() = azoth::cell{row.front().tag, text_};
        }
        if (next_ == rows_.size()) server_.log.emplace_back("read");
        return 1;
    }
    [[nodiscard]] std::int64_t affected_rows() const override { return server_.affected; }
    void close() noexcept override { server_.log.emplace_back("close"); }

private:
    fake_server& server_;
    fake_server::rows rows_;
    std::vector<azoth::column_info> columns_{};
    std::string text_{};
    std::size_t next_{};
};

class fake_statement final : public azoth::prepared_statement {
public:
    fake_statement(fake_server& of, std::string_view sql) : server_{of}, sql_{sql} {}
    azoth::cursor& execute(std::span<const azoth::cell> parameters, const azoth::execute_options&) override {
        server_.log.push_back("run: " + sql_);
        server_.sent.emplace_back(parameters.begin(), parameters.end());
        cursor_.emplace(server_, server_.answer ? server_.answer(parameters) : fake_server::rows{});
        return *cursor_;
    }

private:
    fake_server& server_;
    std::string sql_;
    std::optional<fake_cursor> cursor_{};
};

class fake_connection final : public azoth::driver_connection {
public:
    explicit fake_connection(fake_server& of) : server_{of} {}
    void server_profile(azoth::profile& out) const override { out = server_.server; }
    std::unique_ptr<azoth::prepared_statement> prepare(std::string_view sql) override {
        server_.log.push_back("prepare: " + std::string{sql});
        if (server_.makes_nothing) return nullptr;
        return std::make_unique<fake_statement>(server_, sql);
    }
    std::unique_ptr<azoth::cursor> execute(std::string_view sql, std::span<const azoth::cell> parameters,
                                           const azoth::execute_options&) override {
        server_.log.push_back("execute: " + std::string{sql});
        if (sql == server_.failing_sql) throw azoth::native_error{1, "it fails"};
        if (server_.makes_nothing) return nullptr;
        return std::make_unique<fake_cursor>(server_, server_.answer ? server_.answer(parameters) : fake_server::rows{});
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
    fake_server& server_;
};
