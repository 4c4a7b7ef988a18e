#pragma once

#include <azoth/base/log.hpp>
#include <azoth/pool/pool.hpp>
#include <azoth/sql/name_map.hpp>
#include <azoth/sql/profile.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace azoth {

/// How a statement runs. Given for one call, as a connection's defaults (connection::set_options) or an engine's (engine::with_options,
/// engine_options::execution): what the call says comes first, then the connection, then the engine.
struct execution_options {
    deadline until{};
    stop_token stop{};
    std::chrono::milliseconds timeout{0};  ///< the same as a deadline so much later; 0: not said. Of two limits the earlier one counts
    std::optional<bool> streaming{};       ///< constant memory: a second statement is refused while the result is open, see result::stream
    std::size_t batch_size{};              ///< rows fetched, sent and handed out (`partition`) at a time; 0: not said
    /// A statement that writes is refused with operational_error (read-only), and a transaction that begins is one that only reads.
    std::optional<bool> read_only{};
    /// Schemas, and those that stand for them: {{"tenant", "tenant_7"}}. The empty name is no schema, on either side.
    name_map schemas{};
    /// Of the transaction that begins; of a call's inside another one: interface_error (misuse). `database_default`: not said.
    isolation_level isolation{isolation_level::database_default};
    name_map tags{};     ///< a comment behind the SQL, as sqlcommenter has it: /*key='value',...*/
    std::string name{};  ///< of the statement, for tracing: execution_event::name
};

/// What `over` says, and what `base` says where it is silent; schemas and tags one by one.
[[nodiscard]] AZOTH_API execution_options merged(const execution_options& base, const execution_options& over);

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
    bool unchecked{};               ///< for the conformance suite: sends what the server is not known to do, in place of refusing it
    execution_options execution{};  ///< where neither the call nor its connection says
};

}  // namespace azoth
