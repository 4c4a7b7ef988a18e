#include <azoth/base/utf8.hpp>

#include <fmt/format.h>

#include <cstdint>
#include <cstring>

namespace azoth {
namespace {

using byte = unsigned char;

bool is_continuation(byte b) { return (b & 0xC0U) == 0x80U; }

/// How many bytes the character at `at` takes; 0: it is malformed.
std::size_t character_size(const byte* at, std::size_t left) {
    const byte lead = at[0];
    if (lead < 0x80) return 1;
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || left < size) return 0;
    // The second byte's range is what rules out overlong forms, surrogates and what lies beyond U+10FFFF.
    const byte low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const byte high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < low || at[1] > high) return 0;
    for (std::size_t i = 2; i < size; ++i)
        if (!is_continuation(at[i])) return 0;
    return size;
}

}  // namespace

bool is_valid_utf8(std::string_view text) noexcept {
    const auto* at = reinterpret_cast<const byte*>(text.data());
    const byte* const end = at + text.size();
    while (at < end) {
        // Eight characters at once while all are ASCII, as most are.
        std::uint64_t word = 0;
        while (end - at >= 8) {
            std::memcpy(&word, at, 8);
            if (word & 0x8080808080808080U) break;
            at += 8;
        }
        if (at == end) return true;
        const std::size_t size = character_size(at, static_cast<std::size_t>(end - at));
        if (size == 0) return false;
        at += size;
    }
    return true;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) noexcept {
    if (text.size() <= max_bytes) return text;
    while (max_bytes > 0 && is_continuation(static_cast<byte>(text[max_bytes]))) --max_bytes;
    return text.substr(0, max_bytes);
}

std::string one_line(std::string_view text) {
    std::string made;
    made.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const byte c = static_cast<byte>(text[i]);
        const bool is_c1 = c == 0xc2 && i + 1 < text.size() && static_cast<byte>(text[i + 1]) < 0xa0;  // U+0080 to U+009F
        if (c == '\n') made += "\\n";
        else if (c == '\t') made += "\\t";
        else if (is_c1) made += fmt::format("\\x{:02x}", static_cast<byte>(text[++i]));
        else if (c < 0x20 || c == 0x7f) made += fmt::format("\\x{:02x}", c);
        else made += text[i];
    }
    return made;
}

}  // namespace azoth
