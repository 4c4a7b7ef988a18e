#pragma once

#include "api.hpp"

#include <memory>
#include <string>
#include <vector>

namespace azoth::firebird {

class statement;

/// What a URL asks for.
struct settings {
    std::string path{};
    bool create{};
    int lock_timeout{};  ///< seconds to wait for a lock
};
std::vector<url_option> known_options();
/// Throws url_error for what Firebird does not have.
settings read_settings(const url& target);

/// An attachment and its transaction: what a connection and its statements share.
struct session {
    handle<fb::IAttachment> attachment{};
    handle<fb::ITransaction> preparing{};    ///< reads the schema only, which costs nobody anything
    handle<fb::ITransaction> transaction{};  ///< null: each statement is one by itself
    parameter_bytes statement_transaction{};

    [[nodiscard]] handle<fb::ITransaction> start(const parameter_bytes& how) const;
    void end(bool keep);
};

class connection final : public stepping_connection {
public:
    connection(const settings& to, const connect_args& args);
    ~connection() override { end(); }

    void begin(const transaction_options& options) override;
    void commit() override;
    void rollback() override;
    [[nodiscard]] bool in_transaction() const override { return session_->transaction != nullptr; }
    void ping(const deadline& until) override;
    bool reset() override { return false; }

protected:
    [[nodiscard]] std::unique_ptr<native_statement> compile(std::string_view sql, bool kept) override;
    void disconnect() noexcept override;
    bool interrupt() noexcept override;

private:
    std::shared_ptr<session> session_{std::make_shared<session>()};
    int lock_timeout_;
};

/// What Firebird 3 can do.
void fill_profile(profile& out);
/// How it writes SQL.
const rule_table& rules();
std::unique_ptr<reflector> make_reflector(executor& through);

}  // namespace azoth::firebird
