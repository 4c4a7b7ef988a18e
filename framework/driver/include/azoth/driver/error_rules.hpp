#pragma once

#include <azoth/base/error.hpp>
#include <azoth/driver/native_error.hpp>

#include <span>
#include <string_view>

namespace azoth {

/// What one error of a database means.
struct error_rule {
    int code{};                   ///< the database's own; 0: any
    std::string_view sqlstate{};  ///< or its first characters; empty: any
    errc meaning{errc::operational};
    bool disconnect{};
    bool retryable{};
    std::string_view remedy{};
};

/// The verdict of the first rule that fits; where none does, of the standard's SQLSTATE classes ("23505" is a violated unique key, "08..."
/// a lost connection, "40001" a transaction to be run again ...); else errc::operational. SQLSTATE and constraint are the error's own.
[[nodiscard]] AZOTH_API error_class classify_by(std::span<const error_rule> rules, const native_error& error);

}  // namespace azoth
