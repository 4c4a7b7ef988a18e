#pragma once

#include <azoth/base/export.hpp>
#include <azoth/base/log.hpp>
#include <azoth/driver/dialect.hpp>

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// What a plugin file says of itself, read without loading it.
struct plugin_metadata {
    std::string dialect{};
    std::string driver{};
    std::string version{};
    std::vector<std::string> aliases{};
    std::string client_library{};
    std::uint16_t spi_major{};
    std::uint16_t spi_minor{};
    std::string toolchain{};
    bool is_default_driver{};
};

/// A file that was looked at, and what became of it.
struct plugin_candidate {
    std::filesystem::path path{};          ///< empty: registered in code
    std::string found_in{};                ///< which step of the search: "given as a file", "folder added in code", "AZOTH_PLUGIN_PATH" ...
    plugin_metadata metadata{};            ///< empty where it could not be read
    errc problem{errc::plugin_not_found};  ///< meaningless where `reason` is empty
    std::string reason{};                  ///< why it is not used: refused, hidden by an earlier one, failed to load; empty: usable
    bool is_loaded{};
};

/// Finds, checks and loads dialects. Thread-safe. A loaded library stays until the process ends.
///
/// Searched, in this order: what is registered in code, the files and the folders added here, the folders in the environment variable
/// AZOTH_PLUGIN_PATH (absolute, with ':' between; ignored in set-user-id programs), the folder that libazoth is in, and the install
/// folder. Never the current folder. What is found earlier hides what offers the same pair later; two files of one folder that offer the
/// same pair are a conflict. With AZOTH_PLUGIN_TRACE=1 in the environment each search is told on standard error.
class AZOTH_API dialect_registry {
public:
    /// The process's own: the one global mutable state of Azoth.
    static dialect_registry& instance();

    dialect_registry();
    ~dialect_registry();
    dialect_registry(const dialect_registry&) = delete;
    dialect_registry& operator=(const dialect_registry&) = delete;

    /// Searched before all others: files first, then folders, in the order added. A relative path is completed now, from the current
    /// folder. Whether there is a plugin shows in the search. Throws interface_error where the path is empty.
    void add_plugin(std::filesystem::path file);
    void add_folder(std::filesystem::path folder);
    /// A dialect linked into the program. Wins over files that offer the same pair. Throws interface_error for a bad name or a null
    /// factory, plugin_error (plugin-conflict) where the pair is registered already.
    void add_static(const plugin_metadata& metadata, std::unique_ptr<dialect> (*factory)());

    /// The dialect for "name", "name+driver" or an alias in place of the name; the same object each time. Without a driver, the one that
    /// calls itself the default, else the only one. Throws plugin_error: not-found with every candidate and its reason and near names, or
    /// the refusal of the one file that offers the pair. A failure is not remembered: the next call searches again.
    std::shared_ptr<const dialect> find(std::string_view scheme);

    /// Every candidate, in search order, usable or not. Searches anew; loads nothing.
    [[nodiscard]] std::vector<plugin_candidate> candidates();
    /// The story of a look-up, for people: folders searched, files, reasons, near names.
    [[nodiscard]] std::string explain(std::string_view scheme);

private:
    struct state;
    std::unique_ptr<state> state_;
};

/// Reads and checks a plugin file's note; throws plugin_error (plugin-file, plugin-no-note, plugin-magic, plugin-spi, plugin-toolchain).
AZOTH_API plugin_metadata read_plugin_metadata(const std::filesystem::path& file);
/// The same on bytes in memory, without the SPI and toolchain checks: bounds-checked, the fuzzed core.
AZOTH_API plugin_metadata parse_plugin_metadata(std::span<const std::byte> file);

}  // namespace azoth
