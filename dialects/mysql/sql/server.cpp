#include "server.hpp"

#include <fmt/format.h>

#include <charconv>

namespace azoth::mysql {
namespace {

using std::string_view;

constexpr string_view replication_prefix = "5.5.5-";  // MariaDB 10 says it, so that old MySQL replicas take it for a server that they know
constexpr std::uint32_t oldest_mariadb = 10'03'00;    // EXCEPT, sequences, window functions, CTEs
constexpr std::uint32_t oldest_mysql = 8'00'17;       // a binary collation that does not pad, CAST AS DOUBLE

/// "10.11.19" at the start of the text, as a number; 0 where there is none.
std::uint32_t leading_version(string_view text) {
    std::uint32_t version = 0;
    for (int part = 0; part < 3; ++part) {
        std::uint32_t number = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (problem != std::errc{} || (part != 0 && number > 99)) return 0;
        version = version * 100 + number;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (part == 2) break;
        if (!text.starts_with('.')) return 0;
        text.remove_prefix(1);
    }
    return version;
}

}  // namespace

void check_version(const server_facts& found) {
    if (found.version == 0)
        throw_error(errc::connect_failed,
                    fmt::format("the server says that its version is \"{}\", which is neither MariaDB's nor MySQL's way to write one",
                                found.version_text));
    const std::uint32_t oldest = found.is_mariadb() ? oldest_mariadb : oldest_mysql;
    if (found.version >= oldest) return;
    throw_error(errc::connect_failed, fmt::format("the server is {} {}: Azoth needs MariaDB 10.3 or MySQL 8.0.17 or newer",
                                                  found.is_mariadb() ? "MariaDB" : "MySQL", found.version_text));
}

bool server_facts::is_at_least(std::uint32_t mariadb, std::uint32_t mysql) const noexcept {
    const std::uint32_t wanted = is_mariadb() ? mariadb : mysql;
    return wanted != 0 && version >= wanted;
}

server_facts read_version(string_view told) {
    server_facts found;
    const bool is_mariadb = told.find("MariaDB") != string_view::npos;
    if (is_mariadb && told.starts_with(replication_prefix)) told.remove_prefix(replication_prefix.size());
    found.kind = is_mariadb ? server_kinds::mariadb : server_kinds::mysql;
    found.version_text = told;
    found.version = leading_version(told);
    return found;
}

}  // namespace azoth::mysql
