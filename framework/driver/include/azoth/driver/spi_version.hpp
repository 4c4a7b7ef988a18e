#pragma once

#include <cstdint>

namespace azoth {

/// The version of the interface between the framework and its dialects: everything that <azoth/dialect.hpp> shows.
///
/// The major number goes up when something that stands there changes or goes: a plugin of another major version is refused. The minor
/// number goes up when something is added (a virtual function at the end of an interface, with a default; a field at the end of a struct
/// that the framework allocates: profile, capabilities and what is handed to a plugin by reference): plugins of every minor version load,
/// older and newer. What a plugin allocates (dialect_info, url_option, column_info, error_class) stays as it is within a major version.
inline constexpr std::uint16_t spi_major = 4;
inline constexpr std::uint16_t spi_minor = 1;

}  // namespace azoth
