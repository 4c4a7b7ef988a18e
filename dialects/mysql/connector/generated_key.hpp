#pragma once

#include "changed_table.hpp"
#include "session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace azoth::mysql::connector {

/// Finds the key that an INSERT generated, which the library keeps to itself, by asking for LAST_INSERT_ID(). The server goes on saying the
/// last one where none was generated; so the question also tells which of the table's columns generates keys. Of one connection.
class generated_keys {
public:
    explicit generated_keys(session& on) noexcept : session_{on} {}
    /// Of the INSERT that ran last. std::nullopt: it generated none.
    std::optional<std::int64_t> find(std::string_view sql);
    /// Something else may have changed what the server says.
    void forget() noexcept { seen_.reset(); }
    /// The connection is a new one.
    void start_over() noexcept { seen_ = 0; }

private:
    struct answer {
        std::uint64_t id{};
        std::string column{};  ///< that generates keys; empty: none
    };
    answer ask(const insert_shape& of);

    session& session_;
    std::optional<std::uint64_t> seen_{0};  ///< what the server said last
};

}  // namespace azoth::mysql::connector
