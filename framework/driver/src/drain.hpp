#pragma once

#include <azoth/base/error.hpp>
#include <azoth/driver/cursor.hpp>

#include <fmt/format.h>

#include <string_view>

namespace azoth::detail {

/// Refuses null where a driver had to make something.
template <class Pointer>
Pointer made(Pointer what, std::string_view by) {
    if (!what) throw_error(errc::internal, fmt::format("the driver breaks its contract: {} returned null", by));
    return what;
}

/// Reads and drops all that is left, further results too: some databases do a statement's work while its rows are read.
void drain(cursor& results);

/// Closes a cursor at the end of a scope; one that a prepared statement owns is closed by nobody else.
class closing_cursor {
public:
    explicit closing_cursor(cursor& of) noexcept : cursor_{of} {}
    ~closing_cursor() { cursor_.close(); }
    closing_cursor(const closing_cursor&) = delete;
    closing_cursor& operator=(const closing_cursor&) = delete;

private:
    cursor& cursor_;
};

}  // namespace azoth::detail
