#include <azoth/base/thrown.hpp>

#include <fmt/format.h>

#include <exception>

namespace azoth::detail {
namespace {

std::string words_of_caught() {
    try {
        throw;
    } catch (const std::exception& e) {
        const char* words = e.what();
        return words ? words : "an exception without words";
    } catch (const std::string& words) {
        return fmt::format("a text that is no std::exception: {}", words);
    } catch (const char* words) {
        return fmt::format("a text that is no std::exception: {}", words ? words : "");
    } catch (int number) {
        return fmt::format("a number that is no std::exception: {}", number);
    } catch (...) {
        return "something that is no std::exception";
    }
}

}  // namespace

std::string what_was_thrown() noexcept {
    try {
        return words_of_caught();
    } catch (...) {
        return "?";  // out of memory: short enough to need none
    }
}

}  // namespace azoth::detail
