#include "connection.hpp"

#include "classify.hpp"
#include "open.hpp"
#include "parameters.hpp"
#include "profile.hpp"
#include "statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace azoth::postgresql {
namespace {

/// The session's settings, which the driver relies on, as the server has taken them. What it reports by itself costs nothing to ask.
void check_reported(PGconn* on, bool any_version) {
    const auto is = [&](const char* name, std::string_view wanted) {
        const char* value = PQparameterStatus(on, name);
        return value && std::string_view{value}.starts_with(wanted);
    };
    for (const auto& [name, wanted] : {std::pair<const char*, std::string_view>{"client_encoding", "UTF8"},
                                       {"DateStyle", "ISO"},
                                       {"standard_conforming_strings", "on"},
                                       {"integer_datetimes", "on"}})
        if (!is(name, wanted))
            throw native_error(failed_connect, fmt::format("the server keeps {} at \"{}\", but Azoth needs {}: does a proxy between drop "
                                                           "the options that a session starts with?",
                                                           name, PQparameterStatus(on, name) ? PQparameterStatus(on, name) : "", wanted));
    if (!any_version && PQserverVersion(on) < oldest_version)
        throw native_error(failed_connect,
                           fmt::format("the server is PostgreSQL {}: Azoth needs 10 or newer", PQserverVersion(on) / 10'000));
}

isolation_level level_of(std::string_view name) {
    if (name == "serializable") return isolation_level::serializable;
    if (name == "repeatable read") return isolation_level::repeatable_read;
    if (name == "read uncommitted") return isolation_level::read_uncommitted;
    return isolation_level::read_committed;
}

int number_in(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// Names of time zones are told apart without regard to case, and reported in the catalogue's.
bool same_zone(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string client_library() {
    const int version = PQlibVersion();
    return fmt::format("libpqxx {}, libpq {}.{}", PQXX_VERSION, version / 10'000, version % 10'000);
}

}  // namespace

connection::connection(const settings& to, const connect_args& args)
    : session_{std::make_shared<session>(open_connection(to, args), args)}, bulk_{session_}, batches_{*session_}, timezone_{to.timezone} {
    restore_settings(args.until);
    check_reported(session_->raw(), args.any_version);
    statement query{session_,
                    "SELECT current_setting('max_prepared_transactions'), current_setting('default_transaction_isolation'), "
                    "current_setting('bytea_output') || current_setting('intervalstyle') || current_setting('extra_float_digits')",
                    statement::lifetimes::once};
    query.start({}, {.until = args.until});
    std::array<cell, 3> row;
    if (query.fetch(row, 1) != 1 || row[2].chars_view() != "hexpostgres3")
        throw native_error(failed_connect, "the server does not keep the settings that the session started with");
    server_facts facts;
    facts.version = PQserverVersion(session_->raw());
    facts.version_text = PQparameterStatus(session_->raw(), "server_version");
    facts.max_prepared_transactions = number_in(row[0].chars_view());
    initial_isolation_ = isolation_ = level_of(row[1].chars_view());
    fill_profile(profile_, facts);
    profile_.client_library = client_library();
}

connection::~connection() { close(); }

std::unique_ptr<prepared_statement> connection::prepare(std::string_view sql) { return std::make_unique<prepared>(session_, sql); }

std::unique_ptr<cursor> connection::execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) {
    auto once = std::make_unique<statement>(session_, sql, statement::lifetimes::once);
    once->start(parameters, options);
    return once;
}

void connection::execute_batch(std::span<const batch_item> items, const std::function<void(std::size_t, cursor&)>& each,
                               const execute_options& options) {
    // Outside a transaction each statement is one by itself, and a pipeline would go on behind one that fails.
    if (session_->in_transaction() && batch_runner::suits(items)) return batches_.run(items, each, options);
    driver_connection::execute_batch(items, each, options);
}

batch_result connection::insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) {
    return bulk_.insert(plan, rows, returned, options);
}

void connection::ping(const deadline& until) { session_->run("", until, session::with_begin::no); }

/// PGTZ and PGDATESTYLE of the environment win over what goes with the first packet, and DISCARD ALL goes back to them. The server reports
/// both by itself, so that it costs nothing where they are right.
void connection::restore_settings(const deadline& until) {
    std::string sql;
    const char* zone = PQparameterStatus(session_->raw(), "TimeZone");
    if (!zone || !same_zone(zone, timezone_)) sql += "SET timezone = " + quoted(timezone_, "the option timezone") + ";";
    const char* dates = PQparameterStatus(session_->raw(), "DateStyle");
    if (!dates || !std::string_view{dates}.starts_with("ISO")) sql += "SET datestyle = 'ISO, MDY'";
    if (!sql.empty()) session_->run(sql, until, session::with_begin::no);
}

bool connection::reset() {
    rollback();
    session_->run("DISCARD ALL", session_->control_deadline(), session::with_begin::no);
    restore_settings(session_->control_deadline());
    session_->forget_all_statements();
    session_->drop_notifications();
    bulk_.forget();
    batches_.forget();
    isolation_ = initial_isolation_;
    return true;
}

void connection::close() noexcept {
    bulk_.forget();
    session_->close();
}

bool connection::wait_for_notification(const deadline& until, const stop_token& stop) { return session_->await_notification(until, stop); }

std::string connection::quoted(std::string_view text, std::string_view what) {
    check_text(text, what);
    return "'" + session_->pqxx().esc(std::string{text}) + "'";
}

}  // namespace azoth::postgresql
