#include "session_setup.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace azoth::mysql {
namespace {

using std::string_view;

/// Strict, so that nothing is cut or made up; and standard, so that text() means the same as on other databases: "x" is a name, || joins
/// texts, a backslash is a character, 0 is a key as others are, and all assignments of an UPDATE see the row as it was.
constexpr string_view our_mode =
    "STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,"
    "ONLY_FULL_GROUP_BY,ANSI_QUOTES,PIPES_AS_CONCAT,NO_AUTO_VALUE_ON_ZERO";
/// Never left out: Azoth writes a backslash in a literal as it is.
constexpr string_view always_in_mode = "NO_BACKSLASH_ESCAPES";
constexpr string_view mariadb_mode = "SIMULTANEOUS_ASSIGNMENT";

constexpr string_view character_set = "utf8mb4";
constexpr int quotient_digits = 20;  // beyond those of the dividend; 4 by default

string_view collation_of(const server_facts& s) { return s.is_mariadb() ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin"; }

/// How often a recursive query goes on: by default a thousand times, after which MariaDB just returns what it has.
string_view recursion_variable(const server_facts& s) { return s.is_mariadb() ? "max_recursive_iterations" : "cte_max_recursion_depth"; }
bool limits_recursion(const server_facts& s) { return s.is_at_least(10'02'02, 8'00'03); }
constexpr string_view no_recursion_limit = "4294967295";

string_view isolation_variable(const server_facts& s) { return s.is_at_least(11'01'00, 1) ? "transaction_isolation" : "tx_isolation"; }

std::string mode_for(const settings& wanted, const server_facts& s) {
    std::string mode = sql_mode_for(wanted);
    if (s.is_mariadb() && wanted.sql_mode.empty()) mode += fmt::format(",{}", mariadb_mode);
    return mode;
}

bool has_word(string_view list, string_view word) {
    for (std::size_t from = 0; from <= list.size();) {
        const std::size_t end = std::min(list.find(',', from), list.size());
        if (list.substr(from, end - from) == word) return true;
        from = end + 1;
    }
    return false;
}

/// A word may stand for others ("ANSI", "TRADITIONAL"), so that of a program's own mode only what we rely on is looked for.
void check_mode(string_view found, const settings& wanted, const server_facts& s) {
    const std::string mode = wanted.sql_mode.empty() ? mode_for(wanted, s) : std::string{always_in_mode};
    for (std::size_t from = 0; from < mode.size();) {
        const std::size_t end = std::min(mode.find(',', from), mode.size());
        const string_view word = string_view{mode}.substr(from, end - from);
        if (!has_word(found, word))
            throw_error(errc::connect_failed,
                        fmt::format("the server did not take {} into the session's sql_mode, which is \"{}\"", word, found));
        from = end + 1;
    }
}

isolation_level read_isolation(string_view word) {
    if (word == "READ-UNCOMMITTED") return isolation_level::read_uncommitted;
    if (word == "READ-COMMITTED") return isolation_level::read_committed;
    if (word == "SERIALIZABLE") return isolation_level::serializable;
    if (word == "REPEATABLE-READ") return isolation_level::repeatable_read;
    throw_error(errc::connect_failed, fmt::format("the server's isolation level \"{}\" is unknown", word));
}

template <class N>
N read_number(string_view text) {
    N number{};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// What has to be so in every session, and what it is called.
struct expectation {
    string_view variable;
    std::string value;
};

std::vector<expectation> expectations(const server_facts& s) {
    std::vector<expectation> all{{"time_zone", "+00:00"},
                                 {"character_set_client", std::string{character_set}},
                                 {"character_set_connection", std::string{character_set}},
                                 {"character_set_results", std::string{character_set}},
                                 {"collation_connection", std::string{collation_of(s)}},
                                 {"autocommit", "1"},
                                 {"div_precision_increment", fmt::format("{}", quotient_digits)}};
    if (limits_recursion(s)) all.push_back({recursion_variable(s), std::string{no_recursion_limit}});
    return all;
}

// The variables that come before the expectations in the answer.
enum told : std::size_t { mode, isolation, packet, limit, database, connection, folding, expected };

}  // namespace

std::string sql_mode_for(const settings& wanted) {
    return fmt::format("{},{}", wanted.sql_mode.empty() ? our_mode : string_view{wanted.sql_mode}, always_in_mode);
}

std::string setup_sql(const settings& wanted, const server_facts& server, const driver_facts& driver) {
    // Messages in English, since constraints' names are read from them. A short group_concat_max_len would cut without an error. Results
    // come with the character set's own collation, which every client library has heard of: Connector/C++ cannot read a TEXT of another.
    std::string sql = fmt::format(
        "SET NAMES {0} COLLATE {1}, character_set_results = {0}, sql_mode = '{2}', time_zone = '+00:00', autocommit = 1, completion_type = "
        "0, "
        "sql_auto_is_null = 0, lc_messages = 'en_US', div_precision_increment = {3}, group_concat_max_len = 1073741824",
        character_set, collation_of(server), mode_for(wanted, server), quotient_digits);
    if (limits_recursion(server)) sql += fmt::format(", {} = {}", recursion_variable(server), no_recursion_limit);
    if (driver.changes_isolation) sql += fmt::format(", {0} = @@global.{0}", isolation_variable(server));
    return sql;
}

std::string verification_sql(const server_facts& server) {
    std::string sql =
        fmt::format("SELECT @@sql_mode, @@{}, @@max_allowed_packet, @@{}, DATABASE(), CONNECTION_ID(), @@lower_case_table_names",
                    isolation_variable(server), server.is_mariadb() ? "max_statement_time" : "max_execution_time");
    for (const auto& e : expectations(server)) sql += fmt::format(", @@{}", e.variable);
    return sql;
}

void verify_setup(const text_row& answer, const settings& wanted, server_facts& server) {
    const auto expectations_now = expectations(server);
    if (answer.size() != told::expected + expectations_now.size())
        throw_error(errc::connect_failed, "the server did not answer what its session's settings are");
    const auto text = [&](std::size_t i) { return string_view{answer[i] ? *answer[i] : std::string_view{}}; };
    check_mode(text(told::mode), wanted, server);
    for (std::size_t i = 0; i < expectations_now.size(); ++i)
        if (text(told::expected + i) != expectations_now[i].value)
            throw_error(errc::connect_failed,
                        fmt::format("the server did not set the session's {} to {}: it is \"{}\"", expectations_now[i].variable,
                                    expectations_now[i].value, text(told::expected + i)));
    server.isolation = read_isolation(text(told::isolation));
    server.max_packet = read_number<std::uint64_t>(text(told::packet));
    server.statement_limit = text(told::limit);
    server.database = text(told::database);
    server.connection_id = read_number<std::uint64_t>(text(told::connection));
    server.folds_table_names = text(told::folding) != "0";
}

}  // namespace azoth::mysql
