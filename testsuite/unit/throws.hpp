#pragma once

#include <azoth/base/error.hpp>

#include <catch2/catch.hpp>

#include <string>

namespace azoth::test {

/// The error that `body` throws, as "code-name: message"; "nothing" where it throws none.
template <class Body>
std::string error_of(const Body& body) {
    try {
        body();
    } catch (const error& e) {
        return std::string{code_name(e.code())} + ": " + e.message();
    }
    return "nothing";
}

/// The code's name alone.
template <class Body>
std::string code_of(const Body& body) {
    const std::string text = error_of(body);
    return text.substr(0, text.find(':'));
}

}  // namespace azoth::test

/// Both the code and a part of the message, which has to help.
#define CHECK_ERROR(expression, code, part)                                                       \
    do {                                                                                          \
        const std::string caught = azoth::test::error_of([&] { static_cast<void>(expression); }); \
        CHECK_THAT(caught, Catch::StartsWith(std::string{code} + ": "));                          \
        CHECK_THAT(caught, Catch::Contains(part));                                                \
    } while (false)
