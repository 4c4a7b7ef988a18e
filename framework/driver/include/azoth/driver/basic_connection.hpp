#pragma once

#include <azoth/driver/connection.hpp>
#include <azoth/driver/dialect.hpp>

#include <chrono>
#include <string_view>

namespace azoth {

/// What most drivers' connections do alike: they tell the profile they were made with, keep the session's defaults for transactions, and
/// ask the server for a sign of life by a query.
class AZOTH_API basic_connection : public driver_connection {
public:
    void server_profile(profile& out) const override { out = profile_; }

    /// Keeps the level for transactions that follow. Throws not_supported_error for one that the profile does not claim.
    void set_isolation(isolation_level level) override;
    [[nodiscard]] isolation_level isolation() const override { return isolation_; }
    /// The same; throws not_supported_error for true where the profile does not claim read_only_transactions.
    void set_read_only(bool read_only) override;
    void ping(const deadline& until) override;

protected:
    /// `usual` is the level of transactions that name none.
    explicit basic_connection(const connect_args& args, isolation_level usual = isolation_level::read_committed);

    /// The options with the session's defaults in place of what they leave open; an isolation level that they name, and
    /// read-only, are checked as `set_isolation` and `set_read_only` do.
    [[nodiscard]] transaction_options settled(const transaction_options& options) const;
    /// Back to the defaults after connecting: a part of `reset`.
    void forget_settings() noexcept;
    /// Runs a statement of the driver's own to its end and drops its rows.
    void run(std::string_view sql, const deadline& until = {});
    /// When a call without a deadline of its own has to be over.
    [[nodiscard]] deadline control_deadline() const;

    profile profile_{};                        ///< filled by the derived class's constructor
    std::string_view ping_query_{"SELECT 1"};  ///< what `ping` sends

private:
    void require_claimed(isolation_level level) const;
    void require_read_only() const;

    isolation_level usual_;
    isolation_level isolation_;
    bool read_only_{};
    std::chrono::milliseconds control_timeout_;
};

}  // namespace azoth
