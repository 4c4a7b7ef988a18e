#pragma once

#include <azoth/engine/connection.hpp>
#include <azoth/engine/engine.hpp>

#include <utility>
#include <vector>

namespace azoth::orm::detail {

class session_core;

/// A connection of a session, in a transaction; one for each engine that its resolver has named.
struct session_link {
    const azoth::pool* to;
    azoth::connection connection;
    transaction work;
    bool is_written{};  ///< may have been: what is read of it must not come from elsewhere
};

/// Savepoints around a flush, on each connection from its first write on. Rolls them back unless they are kept.
class flush_savepoints {
public:
    explicit flush_savepoints(session_core& of);
    flush_savepoints(const flush_savepoints&) = delete;
    flush_savepoints& operator=(const flush_savepoints&) = delete;
    ~flush_savepoints();
    /// Before something is written there.
    void cover(session_link& link);
    void commit();

private:
    session_core& of_;
    std::vector<std::pair<const session_link*, transaction>> taken_{};
};

}  // namespace azoth::orm::detail
