#pragma once

#include "byte_source.hpp"

#include <azoth/plugin/registry.hpp>

#include <filesystem>

namespace azoth::detail {

/// The note of a plugin, checked for form, not for versions. Throws refusal (plugin-file, plugin-no-note, plugin-magic).
plugin_metadata read_note(const byte_source& file);

/// Whether this framework can share C++ objects with the plugin. Throws refusal (plugin-spi, plugin-toolchain).
void require_compatible(const plugin_metadata& plugin);

}  // namespace azoth::detail
