#pragma once

#include <azoth/base/cell.hpp>
#include <azoth/base/export.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace azoth {

/// A column of a result, as the driver knows it.
struct column_info {
    std::string name{};
    std::string native_type{};       ///< as the database declares it; may be empty
    std::optional<bool> nullable{};  ///< where known
};

/// A result being read: forward only, streaming. Owned by what made it; used by the connection's thread.
class AZOTH_API cursor {
public:
    virtual ~cursor();
    /// Empty for a statement that returns no rows. Valid until `next_result` or close.
    [[nodiscard]] virtual std::span<const column_info> columns() const = 0;
    /// Writes up to `max_rows` rows, row after row, into `out` (at least max_rows x columns cells) and returns how many; 0 at the end.
    /// One row a call is right where the client library's memory holds one row. The cells are valid until the next call.
    virtual std::size_t fetch(std::span<cell> out, std::size_t max_rows) = 0;
    /// Moves on to the next result of the same execution, if there is one.
    virtual bool next_result();
    /// Rows that the statement changed; -1 where not told. For DML final before the first fetch, unless it returns rows: then at the end.
    [[nodiscard]] virtual std::int64_t affected_rows() const;
    /// The key that the last insert generated.
    [[nodiscard]] virtual std::optional<std::int64_t> last_insert_id() const;
    /// Ends the execution; what was not read is discarded. Idempotent.
    virtual void close() noexcept = 0;
};

}  // namespace azoth
