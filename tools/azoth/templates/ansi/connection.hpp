#pragma once

#include <azoth/dialect.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace @name@_dialect {

/// What a URL asks for.
struct settings {
    std::string host{};
    std::uint16_t port{};
    std::string database{};
};
/// The options that a URL's query may have, each with a line of help. The framework refuses all others, and suggests near ones.
std::vector<azoth::url_option> known_options();
/// Throws url_error for what no server must ever see. Called when an engine is made, and for each connection.
settings read_settings(const azoth::url& target);

/// How this database writes SQL: where it differs from the standard.
const azoth::rule_table& rules();
/// What it can do. The framework refuses the rest before it reaches the driver.
void fill_profile(azoth::profile& out);
/// What its errors mean: the database's own codes, told as Azoth's typed errors.
azoth::error_class classify(const azoth::native_error& error);
/// Reads its catalogue; null where it cannot.
std::unique_ptr<azoth::reflector> make_reflector(azoth::executor& through);

/// Says where there is work to do.
[[noreturn]] void not_written(std::string_view what);

/// One connection: used by one thread at a time, but for `interrupt`. Prepared statements, cursors, deadlines and cancellation are done by
/// stepping_connection. A client library that hands whole results over has whole_result_connection in its place.
class connection final : public azoth::stepping_connection {
public:
    /// Connects, before args.until, and waits for sockets through args.wait where the client library lets it. Throws native_error with
    /// the server's own code and words.
    connection(const settings& to, const azoth::connect_args& args);
    ~connection() override { end(); }

    /// Starts a transaction. `settled(options)` fills in the session's defaults. An option that the database does not have is refused by
    /// not_supported_error, never passed over.
    void begin(const azoth::transaction_options& options) override;
    void commit() override;
    /// Does nothing where the server has ended the transaction already.
    void rollback() override;
    /// As the server says it itself, where it does: it may have ended a transaction that failed.
    [[nodiscard]] bool in_transaction() const override { return in_transaction_; }
    /// Back to the state after connecting, without transaction, locks and temporary objects. False: the pool replaces the connection.
    bool reset() override { return false; }

protected:
    /// Prepares a statement; `kept`: it will run more than once.
    [[nodiscard]] std::unique_ptr<azoth::native_statement> compile(std::string_view sql, bool kept) override;
    /// Says good-bye. Called once; statements may live on, but are not run again.
    void disconnect() noexcept override;
    /// From another thread: asks the database to end what runs. False: it cannot; then `cancel` and `statement_deadlines` stay unclaimed.
    bool interrupt() noexcept override { return false; }

private:
    bool in_transaction_{};
};

}  // namespace @name@_dialect
