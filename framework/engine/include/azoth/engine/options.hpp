#pragma once

#include <azoth/base/log.hpp>
#include <azoth/pool/pool.hpp>
#include <azoth/sql/profile.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace azoth {

struct engine_options {
    pool_options pool{};
    bool pool_kind_said{};   ///< false: the dialect suggests the pool
    bool echo{};             ///< log every statement
    bool hide_parameters{};  ///< bound values appear neither in logs nor in errors
    log_sink log{log_to_stderr};
    std::chrono::milliseconds slow_query{0};  ///< log statements that take longer; 0: none
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds statement_timeout{0};  ///< ends a statement that takes longer with timeout_error; 0: none
    /// How long BEGIN, COMMIT, ROLLBACK and the like may wait for a server that does not answer, before the connection counts as lost; 0:
    /// for ever, as far as TCP's own keep-alive lets it.
    std::chrono::milliseconds control_timeout{60'000};
    isolation_level isolation{isolation_level::database_default};
    std::size_t statement_cache{500};              ///< compiled statements kept by the engine
    std::size_t prepared_cache{100};               ///< prepared statements kept by each connection
    std::uint64_t max_buffered_bytes{256u << 20};  ///< how much of an open result a second statement may push into memory
    bool unchecked{};  ///< for the conformance suite: sends what the server is not known to do, in place of refusing it
};

/// For one call of `execute`.
struct execution_options {
    deadline until{};
    stop_token stop{};
};

}  // namespace azoth
