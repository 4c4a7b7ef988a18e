// A third party's dialect at its smallest: a database that answers every statement with "echo: " and the statement.
#include <azoth/dialect.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace {

class echo_cursor final : public azoth::cursor {
public:
    explicit echo_cursor(std::string_view sql) : answer_("echo: " + std::string(sql)) { columns_[0].name = "answer"; }

    [[nodiscard]] std::span<const azoth::column_info> columns() const override { return columns_; }
    std::size_t fetch(std::span<azoth::cell> out, std::size_t max_rows) override {
        if (done_ || max_rows == 0) return 0;
        done_ = true;
        out[0] = azoth::cell::text(answer_);
        return 1;
    }
    void close() noexcept override { done_ = true; }

private:
    azoth::column_info columns_[1];
    std::string answer_;
    bool done_{};
};

class echo_statement final : public azoth::prepared_statement {
public:
    explicit echo_statement(std::string_view sql) : sql_(sql) {}
    azoth::cursor& execute(std::span<const azoth::cell>, const azoth::execute_options&) override {
        cursor_ = std::make_unique<echo_cursor>(sql_);
        return *cursor_;
    }

private:
    std::string sql_;
    std::unique_ptr<echo_cursor> cursor_;
};

class echo_connection final : public azoth::driver_connection {
public:
    explicit echo_connection(azoth::profile profile) : profile_(std::move(profile)) {}

    void server_profile(azoth::profile& out) const override { out = profile_; }
    std::unique_ptr<azoth::prepared_statement> prepare(std::string_view sql) override { return std::make_unique<echo_statement>(sql); }
    std::unique_ptr<azoth::cursor> execute(std::string_view sql, std::span<const azoth::cell>, const azoth::execute_options&) override {
        return std::make_unique<echo_cursor>(sql);
    }
    void begin(const azoth::transaction_options&) override { in_transaction_ = true; }
    void commit() override { in_transaction_ = false; }
    void rollback() override { in_transaction_ = false; }
    [[nodiscard]] bool in_transaction() const override { return in_transaction_; }
    void ping(const azoth::deadline&) override {}
    bool reset() override { return true; }
    void cancel() noexcept override {}
    void close() noexcept override {}
    void abandon() noexcept override {}

private:
    azoth::profile profile_;
    bool in_transaction_{};
};

class echo_dialect final : public azoth::dialect {
public:
    [[nodiscard]] const azoth::dialect_info& info() const override {
        static const azoth::dialect_info echo{.dialect = "echo", .driver = "memory", .is_embedded = true, .has_hosts = false};
        return echo;
    }
    [[nodiscard]] const azoth::rule_table& rules() const override { return azoth::ansi_sql_rules(); }
    void default_profile(azoth::profile& out) const override {
        out.dialect = "echo";
        out.driver = "memory";
        out.server = "Echo";
        out.can.transactions = true;
    }
    std::unique_ptr<azoth::driver_connection> connect(const azoth::connect_args&) const override {
        azoth::profile profile;
        default_profile(profile);
        return std::make_unique<echo_connection>(profile);
    }
    [[nodiscard]] azoth::error_class classify(const azoth::native_error&) const override { return {}; }
};

std::unique_ptr<azoth::dialect> make_echo() { return std::make_unique<echo_dialect>(); }

}  // namespace

AZOTH_PLUGIN(make_echo, .dialect = "echo", .driver = "memory", .version = "1.0.0", .is_default_driver = true)
