#include "connection.hpp"

#include "statement.hpp"

namespace @name@_dialect {

std::vector<azoth::url_option> known_options() { return {}; }

settings read_settings(const azoth::url& target) {
    settings found;
    if (!target.hosts().empty()) {
        found.host = target.hosts().front().name;
        found.port = target.hosts().front().port;
    }
    found.database = target.database();
    return found;
}

azoth::error_class classify(const azoth::native_error& error) {
    // A rule a code of the database's own; what is not here goes by the standard's SQLSTATE, where the error has one.
    static constexpr azoth::error_rule known[]{
        {.code = 0, .sqlstate = "23505", .meaning = azoth::errc::unique_violation},
    };
    return azoth::classify_by(known, error);
}

void not_written(std::string_view what) { throw azoth::native_error(0, "@name@: not written yet: " + std::string{what}); }

// The level is that of transactions which ask for none; it is to be among the claims (isolation_levels).
connection::connection(const settings&, const azoth::connect_args& args) : stepping_connection{args, azoth::isolation_level::read_committed} {
    fill_profile(profile_);
    // Here the client library connects. What it refuses is a native_error whose text names what was asked for: host, database, file.
}

void connection::begin(const azoth::transaction_options& options) {
    if (!options.mode.empty()) throw_error(azoth::errc::invalid_argument, "@name@ has no transaction modes: leave the mode empty");
    // What is not claimed has been refused now. The rest is said in the database's words: how.isolation, how.read_only, how.deferrable.
    const auto how = settled(options);
    if (how.deferrable) throw_error(azoth::errc::not_supported, "@name@ has no deferrable transactions");
    run("START TRANSACTION", control_deadline());
    in_transaction_ = true;
}

void connection::commit() {
    run("COMMIT", control_deadline());
    in_transaction_ = false;
}

void connection::rollback() {
    if (!in_transaction_) return;
    in_transaction_ = false;
    run("ROLLBACK", control_deadline());
}

std::unique_ptr<azoth::native_statement> connection::compile(std::string_view sql, bool) { return std::make_unique<statement>(sql); }

void connection::disconnect() noexcept {}

}  // namespace @name@_dialect
