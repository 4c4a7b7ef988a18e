#include "note_reader.hpp"
#include "refusal.hpp"

#include <azoth/driver/plugin_note.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::detail {
namespace {

using properties = std::vector<std::pair<std::string_view, std::string_view>>;

properties take_apart(std::string_view fingerprint) {
    properties out;
    while (!fingerprint.empty()) {
        const std::string_view word = fingerprint.substr(0, fingerprint.find(' '));
        const std::size_t equals = std::min(word.find('='), word.size());
        out.emplace_back(word.substr(0, equals), word.substr(std::min(equals + 1, word.size())));
        fingerprint.remove_prefix(std::min(fingerprint.size(), word.size() + 1));
    }
    return out;
}

std::string_view value_of(const properties& all, std::string_view name) {
    const auto found = std::ranges::find(all, name, &properties::value_type::first);
    return found == all.end() ? "not told" : found->second;
}

std::string differences(std::string_view theirs, std::string_view ours) {
    const properties plugin = take_apart(theirs);
    const properties own = take_apart(ours);
    std::vector<std::string> found;
    for (const auto& [name, value] : own)
        if (const auto other = value_of(plugin, name); other != value)
            found.push_back(fmt::format("{} {} (libazoth: {})", name, other, value));
    for (const auto& [name, value] : plugin)
        if (std::ranges::find(own, name, &properties::value_type::first) == own.end())
            found.push_back(fmt::format("{} {} (libazoth does not tell)", name, value));
    return fmt::format("{}", fmt::join(found, ", "));
}

}  // namespace

void require_compatible(const plugin_metadata& plugin, spi_number framework) {
    const bool is_newer = plugin.spi_major != framework.major ? plugin.spi_major > framework.major : plugin.spi_minor > framework.minor;
    if (plugin.spi_major != framework.major || is_newer)
        throw refusal{errc::plugin_spi,
                      fmt::format("it was built for version {}.{} of the dialect interface, and this libazoth has {}.{}: {}",
                                  plugin.spi_major, plugin.spi_minor, framework.major, framework.minor,
                                  is_newer ? "install a newer libazoth, or rebuild the plugin against this one"
                                           : "install the plugin's release for this libazoth, or rebuild it")};
    static constexpr auto own = toolchain_fingerprint();
    if (plugin.toolchain != own.view())
        throw refusal{errc::plugin_toolchain, fmt::format("it was built by another toolchain: {}; build it as libazoth was built",
                                                          differences(plugin.toolchain, own.view()))};
}

}  // namespace azoth::detail
