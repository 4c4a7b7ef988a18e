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
    isolation_level isolation{isolation_level::database_default};
    std::size_t statement_cache{500};              ///< compiled statements kept by the engine
    std::size_t prepared_cache{100};               ///< prepared statements kept by each connection
    std::uint64_t max_buffered_bytes{256u << 20};  ///< how much of an open result a second statement may push into memory
};

/// For one call of `execute`.
struct execution_options {
    deadline until{};
    stop_token stop{};
};

}  // namespace azoth
