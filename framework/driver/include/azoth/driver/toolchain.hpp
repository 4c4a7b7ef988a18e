#pragma once

#include <azoth/driver/fixed_text.hpp>

#include <fmt/core.h>
#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string_view>

namespace azoth::detail {

#ifdef __clang__
inline constexpr std::string_view compiler_family = "clang";
#else
inline constexpr std::string_view compiler_family = "gcc";
#endif

#if defined(_LIBCPP_VERSION)
inline constexpr std::string_view standard_library = "libc++";
#elif defined(_GLIBCXX_USE_CXX11_ABI) && _GLIBCXX_USE_CXX11_ABI
inline constexpr std::string_view standard_library = "libstdc++-cxx11";
#else
inline constexpr std::string_view standard_library = "libstdc++-cxx98";
#endif

#ifdef _GLIBCXX_DEBUG
inline constexpr std::string_view debug_containers = "on";
#else
inline constexpr std::string_view debug_containers = "off";
#endif

// g++ says it by a macro, clang by a feature.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr std::string_view sanitizer = "address";
#elif defined(__SANITIZE_THREAD__)
inline constexpr std::string_view sanitizer = "thread";
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr std::string_view sanitizer = "address";
#elif __has_feature(thread_sanitizer)
inline constexpr std::string_view sanitizer = "thread";
#elif __has_feature(memory_sanitizer)
inline constexpr std::string_view sanitizer = "memory";
#else
inline constexpr std::string_view sanitizer = "none";
#endif
#else
inline constexpr std::string_view sanitizer = "none";
#endif

using toolchain_text = fixed_text<192>;

/// What a framework and a plugin must have in common to share C++ objects, as `name=value` with blanks between. Evaluated where it is
/// included: libazoth's says how libazoth was built, a plugin's how the plugin was.
consteval toolchain_text toolchain_fingerprint() {
    toolchain_text out;
    const auto say = [&](std::string_view name, auto value) {
        if (!out.view().empty()) out.append(" ");
        out.append(name);
        out.append("=");
        out.append(value);
    };
    say("compiler", compiler_family);
    say("library", standard_library);
    say("c++", std::uint64_t{__cplusplus});
    say("debug-containers", debug_containers);
    say("sanitizer", sanitizer);
    say("fmt", std::uint64_t{FMT_VERSION});
    say("json", std::uint64_t{NLOHMANN_JSON_VERSION_MAJOR * 10000 + NLOHMANN_JSON_VERSION_MINOR * 100 + NLOHMANN_JSON_VERSION_PATCH});
    return out;
}

}  // namespace azoth::detail
