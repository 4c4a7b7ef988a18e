#pragma once

#include <azoth/dialect.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace azoth::mysql {

enum class server_kinds : std::uint8_t { mariadb, mysql };

/// Which server answers, and those of its settings that matter to us.
struct server_facts {
    server_kinds kind{server_kinds::mariadb};
    std::uint32_t version{};                                      ///< major * 10000 + minor * 100 + patch
    std::string version_text{};                                   ///< as the server says it, without MariaDB's "5.5.5-"
    std::string database{};                                       ///< the connection's; empty where it has none
    std::uint64_t connection_id{};                                ///< for KILL
    std::uint64_t max_packet{};                                   ///< bytes: @@max_allowed_packet
    isolation_level isolation{isolation_level::repeatable_read};  ///< the server's default
    std::string statement_limit{"0"};  ///< @@max_statement_time or @@max_execution_time after connecting, as the server writes it
    bool folds_table_names{};          ///< @@lower_case_table_names is not 0

    [[nodiscard]] bool is_mariadb() const noexcept { return kind == server_kinds::mariadb; }
    /// Whether it is a MariaDB, or a MySQL, of at least this version; 0: none of that kind.
    [[nodiscard]] bool is_at_least(std::uint32_t mariadb, std::uint32_t mysql) const noexcept;
};

/// Reads "10.11.19-MariaDB-0+deb12u1", "5.5.5-10.11.19-MariaDB" (what MariaDB tells old clients) or "8.0.36": kind, version and text.
/// The version is 0 where it is none of them.
server_facts read_version(std::string_view told);
/// Throws operational_error (connect-failed) for a version that is not known or too old.
void check_version(const server_facts& found);

}  // namespace azoth::mysql
