#pragma once

#include <azoth/conformance/context.hpp>

#include <cstdint>
#include <string>

namespace azoth::conformance {

/// A table of accounts, for what transactions do to each other. Accounts 1 and 2 hold 100 each in the beginning. Its functions may be
/// called by several threads, each with its own connection.
class bank {
public:
    explicit bank(context& on);

    /// Its table, and statements on it.
    [[nodiscard]] const table& accounts() const noexcept { return accounts_; }
    [[nodiscard]] insert_statement<dynamic_row> opening(std::int64_t id, std::int64_t balance) const;
    [[nodiscard]] update_statement<> adding(std::int64_t id, std::int64_t amount) const;
    [[nodiscard]] select_statement<std::int64_t> ids() const;

    void open(connection& in, std::int64_t id, std::int64_t balance = 0) const { (void)in.execute(opening(id, balance)); }
    void add(connection& in, std::int64_t id, std::int64_t amount) const { (void)in.execute(adding(id, amount)); }
    void set(connection& in, std::int64_t id, std::int64_t balance) const;
    [[nodiscard]] std::int64_t balance(connection& in, std::int64_t id) const;
    /// All accounts as the connection sees them: "1:100 2:100".
    [[nodiscard]] std::string content(connection& in) const;
    /// ... and as another connection does. Declines where there cannot be one.
    [[nodiscard]] std::string seen() const;

    /// What a transaction of `reader` makes of a change of account 2 that another one wants to commit meanwhile: "sees it", "does not see
    /// it", or "keeps it out". The change stays. Empty where all transactions have the same level.
    [[nodiscard]] std::string view_of(connection& reader) const;

    static constexpr const char* untouched = "1:100 2:100";

private:
    const context* on_;
    table accounts_;
    expr<std::int64_t> id_;
    expr<std::int64_t> balance_;
};

}  // namespace azoth::conformance
