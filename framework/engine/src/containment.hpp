#pragma once

#include <azoth/base/error.hpp>
#include <azoth/driver/dialect.hpp>

#include <string>
#include <string_view>

namespace azoth::detail {

/// A driver's name, for messages.
std::string driver_name(const dialect& of) noexcept;

/// A dialect's verdict; one that throws knows nothing.
error_class verdict_of(const dialect& of, const native_error& e) noexcept;

/// What a database says of a value that it refuses repeats the value: such a message is not shown where values are to be hidden.
std::string fit_to_show(bool hides_values, errc code, const std::string& message, const std::string& constraint);

/// Called inside a catch block: throws what a driver or a dialect threw as one of Azoth's errors. What is one already stays as it is, a
/// native_error is classified, and whatever else it is becomes an internal_error (operational_error where memory ran out) with its words.
[[noreturn]] void rethrow_contained(const dialect& of, error_details details = {}, bool hides_values = false);

/// Runs a piece of a plugin's code; nothing but Azoth's errors comes out.
template <class F>
decltype(auto) contained(const dialect& of, F&& work) {
    try {
        return work();
    } catch (...) {
        rethrow_contained(of);
    }
}

/// The dialect's rules. What they throw when they run is the compiler's business.
const rule_table& rules_of(const dialect& of);

/// What breaks the contract between framework and driver.
[[noreturn]] void throw_misbehaviour(std::string_view driver, std::string_view what);

}  // namespace azoth::detail
