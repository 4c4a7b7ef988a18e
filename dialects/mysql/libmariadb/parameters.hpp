#pragma once

#include "handle.hpp"

#include <azoth/dialect.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace azoth::mysql {

/// Bound values in the library's form, and the memory that they are read from. For one statement.
class parameters {
public:
    /// One row. The cells' memory has to stay until the statement is sent. Throws data_error for what no server can keep, and for more
    /// than `most_bytes` in all.
    void set(std::span<const cell> values, std::uint64_t most_bytes);

    /// Many rows, a column of one type each: finds types that fit, and turns what differs within a column into text. Throws as `set`.
    void set_rows(std::span<cell> values, std::size_t columns, std::uint64_t most_bytes);
    /// Loads a row of those into the library's own binds. Called on the library's own stack: must not throw.
    void load_row(MYSQL_BIND* to, std::size_t row) noexcept;

    [[nodiscard]] MYSQL_BIND* binds() noexcept { return binds_.empty() ? nullptr : binds_.data(); }

private:
    /// What a bind points to.
    struct slot {
        union {
            std::int64_t number;
            double real;
            MYSQL_TIME time;
            char text[40];
        };
        char indicator;
    };
    void resize(std::size_t columns);
    static enum_field_types type_of(cell_tag tag) noexcept;
    static void load(const cell& value, MYSQL_BIND& to, slot& in) noexcept;
    void settle_column(std::span<cell> values, std::size_t columns, std::size_t column);

    std::vector<MYSQL_BIND> binds_{};
    std::vector<slot> slots_{};
    std::span<const cell> rows_{};
    arena scratch_{};
};

/// Bytes that a value takes on its way, roughly.
std::size_t size_on_wire(const cell& value) noexcept;

}  // namespace azoth::mysql
