#include "settings.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

namespace properties {
namespace {

bool is_long() { return std::getenv("AZOTH_LONG") != nullptr; }

std::uint64_t to_try(const char* variable, std::uint64_t usual, std::uint64_t longer) {
    if (const char* said = std::getenv(variable)) return std::strtoull(said, nullptr, 10);
    return is_long() ? longer : usual;
}

}  // namespace

std::uint64_t chosen_seed() {
    constexpr std::uint64_t usual = 2026;
    static const std::uint64_t seed = [] {
        std::uint64_t s = is_long() ? static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count()) : usual;
        if (const char* said = std::getenv("AZOTH_SEED")) s = std::strtoull(said, nullptr, 10);
        fmt::print("properties: AZOTH_SEED={}\n", s);
        return s;
    }();
    return seed;
}

std::uint64_t trees_to_try(std::uint64_t usual, std::uint64_t longer) { return to_try("AZOTH_TREES", usual, longer); }
std::uint64_t schemas_to_try(std::uint64_t usual, std::uint64_t longer) { return to_try("AZOTH_SCHEMAS", usual, longer); }
std::uint64_t steps_to_try(std::uint64_t usual, std::uint64_t longer) { return to_try("AZOTH_STEPS", usual, longer); }

}  // namespace properties
