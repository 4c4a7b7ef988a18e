#pragma once

#include <azoth/dialect.hpp>

namespace azoth::postgresql {

/// What a server says of itself when a program connects.
struct server_facts {
    int version{};               ///< as libpq counts: 150004
    std::string version_text{};  ///< "15.4 (Debian 15.4-1)"
    int max_prepared_transactions{};
};

/// The oldest server that is supported: it has identity columns, and the names of pg_sequence.
inline constexpr int oldest_version = 100'000;

/// What such a server can do, through this driver.
void fill_profile(profile& out, const server_facts& server);

}  // namespace azoth::postgresql
