#pragma once

#include <azoth/dialect.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace azoth::sqlite {

/// What a URL asks for, in SQLite's terms.
struct settings {
    std::string path{};  ///< for people; empty where the database has no name
    std::string file{};  ///< what sqlite3_open_v2 takes
    int flags{};         ///< of sqlite3_open_v2
    bool in_memory{};
    bool shared_cache{};
    std::chrono::milliseconds busy_timeout{};
    std::string begin_mode{};                                    ///< DEFERRED, IMMEDIATE or EXCLUSIVE
    std::vector<std::pair<std::string, std::string>> pragmas{};  ///< name and value, in the order in which they have to be set
};

/// The options that a URL may have.
std::vector<url_option> known_options();

/// Throws url_error where the URL asks for what SQLite cannot do or does not have.
settings read_settings(const url& target);

}  // namespace azoth::sqlite
