#pragma once

#include <azoth/azoth.hpp>

#include <optional>
#include <string>

namespace azoth::command {

/// Keeps other copies out of a database while it lives, and not longer than its process: a lock of the server's on PostgreSQL, MariaDB and
/// MySQL, a locked file beside that of SQLite. A database in memory has one process anyway.
class copy_lock {
public:
    /// `family`: the target's dialects. `name`: the target's, for people. Throws std::runtime_error where a copy into it is running, or the
    /// file cannot be made.
    copy_lock(const engine& target, const std::string& family, std::string name);
    copy_lock(const copy_lock&) = delete;
    copy_lock& operator=(const copy_lock&) = delete;
    ~copy_lock();

private:
    void lock_server(const engine& target, const std::string& query);
    void lock_file(const engine& target);
    [[noreturn]] void refuse() const;

    std::string name_;
    std::optional<connection> connection_{};
    std::string file_{};
    int descriptor_{-1};
};

}  // namespace azoth::command
