#pragma once

#include <azoth/dialect.hpp>

#include "oids.hpp"

#include <string>
#include <string_view>

namespace azoth::postgresql {

/// Whether a value of this form has an exact binary form for a column of this type.
bool has_binary_form(cell_tag tag, Oid column) noexcept;

/// Builds what PostgreSQL's recv functions read, in memory that it keeps.
class binary_writer {
public:
    void clear() noexcept { buffer_.clear(); }
    [[nodiscard]] std::size_t size() const noexcept { return buffer_.size(); }
    [[nodiscard]] std::string_view view() const noexcept { return buffer_; }

    template <class T>
    void put(T number);
    void put_bytes(std::string_view bytes) { buffer_ += bytes; }
    /// A value with its length ahead; NULL is the length -1. A value in another form than the first rows had is converted, or refused
    /// (data_error); `index` numbers the parameter, for messages.
    void put_value(const cell& value, Oid column, std::size_t index);
    /// Sets a number that was put before.
    void patch(std::size_t at, std::int32_t number);

private:
    void put_body(const cell& value, Oid column, std::size_t index);
    void put_float(const cell& value, std::size_t index);
    void put_integer(const cell& value, Oid column, std::size_t index);
    void put_decimal(std::string_view digits);

    std::string buffer_{};
};

}  // namespace azoth::postgresql
