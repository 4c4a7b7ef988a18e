#include <azoth/driver/basic_connection.hpp>

#include "drain.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

namespace azoth {

basic_connection::basic_connection(const connect_args& args, isolation_level usual)
    : usual_{usual}, isolation_{usual}, control_timeout_{args.control_timeout} {}

namespace {

const std::string& name_of(const profile& server) { return server.server.empty() ? server.dialect : server.server; }

}  // namespace

void basic_connection::require_claimed(isolation_level level) const {
    if (level != isolation_level::autocommit && (profile_.can.isolation_levels & bit(level)) == 0)
        throw_error(errc::not_supported, fmt::format("{} has no isolation level {}", name_of(profile_), isolation_name(level)));
}

void basic_connection::require_read_only() const {
    if (!profile_.can.read_only_transactions)
        throw_error(errc::not_supported, fmt::format("{} has no read-only transactions", name_of(profile_)));
}

void basic_connection::set_read_only(bool read_only) {
    if (read_only) require_read_only();
    read_only_ = read_only;
}

void basic_connection::set_isolation(isolation_level level) {
    if (level == isolation_level::database_default) level = usual_;
    require_claimed(level);
    isolation_ = level;
}

transaction_options basic_connection::settled(const transaction_options& options) const {
    transaction_options settled = options;
    // What nobody has asked for needs no claim: a database has some level, whether it can be told or not.
    if (settled.isolation != isolation_level::database_default) require_claimed(settled.isolation);
    else settled.isolation = isolation_;
    if (settled.isolation == isolation_level::autocommit) settled.isolation = usual_;
    settled.read_only = options.read_only || read_only_;
    if (settled.read_only) require_read_only();
    return settled;
}

void basic_connection::forget_settings() noexcept {
    isolation_ = usual_;
    read_only_ = false;
}

deadline basic_connection::control_deadline() const {
    return control_timeout_.count() == 0 ? deadline{} : deadline::after(control_timeout_);
}

void basic_connection::run(std::string_view sql, const deadline& until) {
    const auto results = execute(sql, {}, {.until = until});
    const detail::closing_cursor closing{*results};
    detail::drain(*results);
}

void basic_connection::ping(const deadline& until) { run(ping_query_, until); }

}  // namespace azoth
