#pragma once

#include <azoth/base/cell.hpp>
#include <azoth/base/export.hpp>
#include <azoth/sql/batch_plan.hpp>
#include <azoth/sql/profile.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace azoth {

class node;
class reflector;
class rule_table;

/// What schema work (DDL, reflection) needs of a connection; the engine's connection implements it, so that the layers below never
/// see the engine. For one thread at a time.
class executor {
public:
    virtual ~executor() = default;
    [[nodiscard]] virtual const profile& server_profile() const = 0;
    [[nodiscard]] virtual const rule_table& rules() const = 0;
    /// Reads the database's schema through this executor. Throws not_supported_error where the dialect cannot.
    virtual reflector& reflect() = 0;
    /// Compiles and runs a statement; `rows` (may be null) takes what it returns. Returns the affected rows, -1 where not told.
    virtual std::int64_t run(const node& statement, row_sink* rows) = 0;
    /// The same for finished SQL in the server's own language.
    virtual std::int64_t run(std::string_view sql, std::span<const cell> parameters, row_sink* rows) = 0;
};

/// Something that can lend an executor for a transaction: an engine or a connection.
class executor_source {
public:
    virtual ~executor_source() = default;
    /// Runs `work` in a transaction where the database can; commits when it returns and rolls back when it throws.
    virtual void with_executor(const std::function<void(executor&)>& work) const = 0;
};

}  // namespace azoth
