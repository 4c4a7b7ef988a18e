#pragma once

#include "handle.hpp"

#include "sql/values.hpp"

#include <azoth/dialect.hpp>

#include <span>
#include <vector>

namespace azoth::mysql {

/// What a field of the library's is, in the SQL side's terms.
column_facts facts_of(const MYSQL_FIELD& field);
column_info describe_column(const MYSQL_FIELD& field, const column_facts& facts);

/// Turns rows of the binary protocol into cells, straight from the memory that they were received in.
class row_decoder {
public:
    /// Learns the columns of a result; does nothing where they are those of the last one.
    void learn(const MYSQL_FIELD* fields, unsigned count);
    void forget() noexcept { columns_.clear(); }
    [[nodiscard]] std::span<const column_info> columns() const noexcept { return infos_; }

    /// The library hands over each column of a row that it has received; null: NULL. Called on the library's own stack: must not throw.
    void take(unsigned column, unsigned char** at) noexcept;
    /// The row taken last. Text and the like point into the library's memory, which the next row overwrites. Throws data_error.
    void decode(std::span<cell> out, zero_dates zeros);

private:
    struct column {
        column_facts facts;
        unsigned flags;
        unsigned charset;
        column_kinds kind;
        unsigned char width;  ///< bytes; 0: they are told with the value
        const unsigned char* start;
    };
    [[nodiscard]] bool knows(const MYSQL_FIELD* fields, unsigned count) const noexcept;
    static cell decode(const column& c, zero_dates zeros);

    std::vector<column> columns_{};
    std::vector<column_info> infos_{};
};

}  // namespace azoth::mysql
