#pragma once

#include <azoth/driver/spi_version.hpp>
#include <azoth/driver/toolchain.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace azoth {

/// What a plugin says of itself; see AZOTH_PLUGIN. Names are lower-case letters, digits and '_', a letter first.
struct plugin_identity {
    std::string_view dialect{};         ///< "postgresql"
    std::string_view driver{};          ///< "libpqxx"
    std::string_view version{};         ///< the plugin's own: "1.0.0"
    std::string_view aliases{};         ///< further names of the dialect in URLs, with blanks between: "postgres pgsql"
    std::string_view client_library{};  ///< what it loads, for people: "libpqxx 6.4"; may be empty
    bool is_default_driver{};           ///< whether a URL that names no driver means this one
};

namespace detail {

inline constexpr std::string_view plugin_note_magic = "AZOTHDLC";
inline constexpr std::uint32_t plugin_note_type = 1;

/// The note's content, flat: no pointers, so that it is read from the file as it is. What stands here never moves, in no major version;
/// fields are added at the end, and `size` says how many there are.
struct plugin_note_content {
    fixed_text<8> magic{};  ///< all eight characters, no zero
    std::uint32_t size{sizeof(plugin_note_content)};
    std::uint16_t spi_major{azoth::spi_major};
    std::uint16_t spi_minor{azoth::spi_minor};
    toolchain_text toolchain{};
    fixed_text<64> dialect{};
    fixed_text<64> driver{};
    fixed_text<32> version{};
    fixed_text<128> aliases{};
    fixed_text<128> client_library{};
    std::uint32_t is_default_driver{};
};
static_assert(sizeof(plugin_note_content) == 628 && alignof(plugin_note_content) == 4);

/// An ELF note, as the System V ABI lays it out.
struct plugin_note {
    std::uint32_t name_size{6};
    std::uint32_t content_size{sizeof(plugin_note_content)};
    std::uint32_t type{plugin_note_type};
    fixed_text<8> name{{'A', 'Z', 'O', 'T', 'H'}};
    plugin_note_content content{};
};
static_assert(sizeof(plugin_note) == 20 + sizeof(plugin_note_content));

/// Whether it can name a dialect, a driver or an alias.
constexpr bool is_plugin_name(std::string_view name) noexcept {
    if (name.empty() || name.front() < 'a' || name.front() > 'z') return false;
    for (const char c : name)
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_') return false;
    return true;
}

constexpr void require_name(std::string_view name) {
    if (!is_plugin_name(name)) throw "a plugin's dialect, driver and aliases are lower-case letters, digits and '_', a letter first";
}

constexpr void require_names(std::string_view names) {
    for (std::size_t from = 0; from < names.size();) {
        const std::size_t blank = names.find(' ', from);
        require_name(names.substr(from, blank - from));
        from = blank == std::string_view::npos ? names.size() : blank + 1;
    }
}

/// Does not compile where the identity is not well-formed or too long.
consteval plugin_note make_plugin_note(const plugin_identity& who) {
    require_name(who.dialect);
    require_name(who.driver);
    require_names(who.aliases);
    if (who.version.empty()) throw "a plugin has a version";
    plugin_note note;
    for (std::size_t i = 0; i < plugin_note_magic.size(); ++i) note.content.magic.chars[i] = plugin_note_magic[i];
    note.content.toolchain = toolchain_fingerprint();
    note.content.dialect.append(who.dialect);
    note.content.driver.append(who.driver);
    note.content.version.append(who.version);
    note.content.aliases.append(who.aliases);
    note.content.client_library.append(who.client_library);
    note.content.is_default_driver = who.is_default_driver ? 1 : 0;
    return note;
}

}  // namespace detail
}  // namespace azoth

// clang would put AddressSanitizer's red zones behind the note; g++ knows better, and does not know the attribute on variables.
#ifdef __clang__
#define AZOTH_PLAIN_DATA no_sanitize("address"),
#else
#define AZOTH_PLAIN_DATA
#endif

/// Part of AZOTH_PLUGIN: puts the note into the plugin's file. `used`: nothing in the program refers to it.
#define AZOTH_PLUGIN_NOTE(...)                                                            \
    extern "C" __attribute__((AZOTH_PLAIN_DATA section(".note.azoth"), used, aligned(4))) \
    const ::azoth::detail::plugin_note azoth_plugin_note = ::azoth::detail::make_plugin_note(::azoth::plugin_identity{__VA_ARGS__});
