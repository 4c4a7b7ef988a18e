#include "note_reader.hpp"

#include "elf_note.hpp"
#include "refusal.hpp"

#include <azoth/driver/plugin_note.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace azoth::detail {
namespace {

std::string shown(std::string_view raw) {
    std::string out;
    for (const char c : raw) {
        if (c >= ' ' && c <= '~') out += c;
        else fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
    }
    return out;
}

template <std::size_t Size>
std::string text_of(const fixed_text<Size>& field, std::string_view what) {
    const std::string_view text = field.view();
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (text.size() == Size || std::any_of(text.begin(), text.end(), is_control))
        throw refusal{errc::plugin_magic, fmt::format("its note is damaged: the {} is \"{}\"", what, shown(text))};
    return std::string{text};
}

template <std::size_t Size>
std::string name_of(const fixed_text<Size>& field, std::string_view what) {
    std::string name = text_of(field, what);
    if (!is_plugin_name(name)) throw refusal{errc::plugin_magic, fmt::format("its note is damaged: the {} is \"{}\"", what, name)};
    return name;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        if (!word.empty()) words.emplace_back(word);
        text.remove_prefix(std::min(text.size(), word.size() + 1));
    }
    return words;
}

/// Older notes may be shorter, newer ones longer: what this framework knows of and the note does not hold stays zero.
plugin_note_content take_content(std::span<const std::byte> bytes) {
    plugin_note_content content;
    if (bytes.size() < offsetof(plugin_note_content, toolchain))
        throw refusal{errc::plugin_magic, fmt::format("its note is cut short: {} bytes", bytes.size())};
    std::memcpy(&content, bytes.data(), std::min(bytes.size(), sizeof content));
    if (content.magic.view() != plugin_note_magic)
        throw refusal{errc::plugin_magic, fmt::format("its note starts with \"{}\" instead of \"{}\": it is no dialect of Azoth's",
                                                      shown(content.magic.view()), plugin_note_magic)};
    if (content.size < sizeof content || bytes.size() < content.size)
        throw refusal{errc::plugin_magic, fmt::format("its note is cut short: it says {} bytes, and has {}", content.size, bytes.size())};
    return content;
}

}  // namespace

plugin_metadata read_note(const byte_source& file) {
    const auto note = find_elf_note(file, "AZOTH", plugin_note_type);
    if (!note)
        throw refusal{
            errc::plugin_no_note,
            "it is a shared library without the note that AZOTH_PLUGIN writes: it is no dialect of Azoth's: remove it, or build it with "
            "AZOTH_PLUGIN"};
    const plugin_note_content content = take_content(*note);
    plugin_metadata out;
    out.spi_major = content.spi_major;
    out.spi_minor = content.spi_minor;
    out.toolchain = text_of(content.toolchain, "toolchain");
    out.dialect = name_of(content.dialect, "dialect");
    out.driver = name_of(content.driver, "driver");
    out.version = text_of(content.version, "version");
    out.aliases = words_of(text_of(content.aliases, "list of aliases"));
    if (!std::ranges::all_of(out.aliases, is_plugin_name)) throw refusal{errc::plugin_magic, "its note is damaged: an alias is no name"};
    out.client_library = text_of(content.client_library, "client library");
    out.is_default_driver = content.is_default_driver != 0;
    return out;
}

}  // namespace azoth::detail

namespace azoth {

using detail::refusal;

plugin_metadata parse_plugin_metadata(std::span<const std::byte> file) {
    try {
        return detail::read_note(detail::memory_bytes{file});
    } catch (const refusal& r) {
        throw_error(r.problem, "the plugin cannot be used: " + r.reason);
    }
}

plugin_metadata read_plugin_metadata(const std::filesystem::path& file) {
    try {
        auto metadata = detail::read_note(detail::file_bytes{file});
        detail::require_compatible(metadata);
        return metadata;
    } catch (const refusal& r) {
        throw_error(r.problem, fmt::format("the plugin {} cannot be used: {}", file.string(), r.reason));
    }
}

}  // namespace azoth
