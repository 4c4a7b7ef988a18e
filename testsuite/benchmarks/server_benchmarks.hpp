#pragma once

#include "harness.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

constexpr std::size_t server_lookups = 5'000;
constexpr std::size_t server_table = 500'000;
constexpr std::size_t many_inserted = 200'000;  ///< by Azoth, in bulk
constexpr std::size_t few_inserted = 10'000;    ///< by the raw loop, row by row: enough to tell what a row costs

// Against the server that the URL names, through the URL's driver; the raw loop uses the same address, and peers the raw loop's table.
std::vector<benchmark> postgresql_benchmarks(const std::string& address, const std::vector<peer_library>& peers);
std::vector<benchmark> mariadb_benchmarks(const std::string& address, const std::vector<peer_library>& peers);

}  // namespace bench
