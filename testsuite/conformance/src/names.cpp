#include "names.hpp"

#include <azoth/azoth.hpp>
#include <azoth/base/utf8.hpp>
#include <azoth/conformance/context.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>

namespace azoth::conformance {
namespace {

/// Six digits to the base 36.
std::string make_prefix() {
    const auto now = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
    std::seed_seq seed{static_cast<std::uint32_t>(getpid()), std::random_device{}(), static_cast<std::uint32_t>(now),
                       static_cast<std::uint32_t>(now >> 32)};
    std::mt19937_64 random{seed};
    std::uint64_t token = random();
    std::string name = "azc_";
    for (int i = 0; i < 6; ++i, token /= 36) name += "0123456789abcdefghijklmnopqrstuvwxyz"[token % 36];
    return name + "_";
}

}  // namespace

const std::string& name_prefix() {
    static const std::string prefix = make_prefix();
    return prefix;
}

std::string name_of(std::string_view prefix, std::string_view stem) {
    const std::size_t room = longest_name - std::min(prefix.size(), longest_name);
    return std::string{prefix}.append(utf8_prefix(stem, room));
}

std::string mapped_name(std::string_view stem) { return name_of(name_prefix(), stem); }

}  // namespace azoth::conformance
