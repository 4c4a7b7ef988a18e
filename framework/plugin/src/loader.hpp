#pragma once

#include <azoth/plugin/registry.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace azoth::detail {

/// Loads a plugin, for as long as the process lives, and has it make its dialect. Throws refusal (plugin-load, plugin-factory).
std::shared_ptr<const dialect> load_dialect(const std::filesystem::path& file, const plugin_metadata& metadata);

/// Has a factory make the dialect that the metadata describes. Throws refusal (plugin-factory).
std::shared_ptr<const dialect> make_dialect(const plugin_metadata& metadata, const std::function<std::unique_ptr<dialect>()>& factory);

/// The Debian package that a shared library is in, by the rule that they are named by; empty where the file's name follows none.
std::string debian_package_of(std::string_view library);

}  // namespace azoth::detail
