#pragma once

#include "byte_source.hpp"

#include <azoth/driver/spi_version.hpp>
#include <azoth/plugin/registry.hpp>

#include <cstdint>
#include <filesystem>

namespace azoth::detail {

/// The note of a plugin, checked for form, not for versions. Throws refusal (plugin-file, plugin-no-note, plugin-magic).
plugin_metadata read_note(const byte_source& file);

/// A version of the interface between framework and dialects; this framework's where nothing is said.
struct spi_number {
    std::uint16_t major{spi_major};
    std::uint16_t minor{spi_minor};
};

/// Whether a framework of this version can share C++ objects with the plugin. Throws refusal (plugin-spi, plugin-toolchain).
void require_compatible(const plugin_metadata& plugin, spi_number framework = {});

}  // namespace azoth::detail
