#pragma once

#include <azoth/base/error.hpp>

#include <catch2/catch.hpp>

#include <string>

namespace url_tests {

/// The message of the url_error that `work` throws; fails where it throws none or one with another code.
template <class F>
std::string message_of(azoth::errc code, F&& work) {
    try {
        work();
    } catch (const azoth::url_error& e) {
        CHECK(std::string{azoth::code_name(e.code())} == std::string{azoth::code_name(code)});
        return e.what();
    }
    FAIL("no url_error was thrown");
    return {};
}

}  // namespace url_tests
