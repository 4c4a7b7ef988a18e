#pragma once

#include <string>
#include <vector>

/// Characters of all of Unicode, as UTF-8.
namespace azoth::conformance {

inline void append_utf8(std::string& to, char32_t c) {
    const auto put = [&](char32_t byte) { to += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

constexpr bool is_surrogate(char32_t c) noexcept { return c >= 0xD800 && c <= 0xDFFF; }

/// Every character from U+0001 to U+FFFF, `size` of them in each text.
inline std::vector<std::string> basic_plane(char32_t size) {
    std::vector<std::string> all;
    for (char32_t first = 0; first < 0x10000; first += size) {
        std::string text;
        for (char32_t c = first; c < first + size; ++c)
            if (c != 0 && !is_surrogate(c)) append_utf8(text, c);
        if (!text.empty()) all.push_back(std::move(text));
    }
    return all;
}

/// A text for each of the sixteen planes beyond: its first and last characters, and some from all over it.
inline std::vector<std::string> other_planes() {
    std::vector<std::string> all;
    for (char32_t plane = 0x10000; plane < 0x110000; plane += 0x10000) {
        std::string text;
        for (char32_t c = plane; c < plane + 0x40; ++c) append_utf8(text, c);
        for (char32_t c = plane + 0x40; c < plane + 0xFFC0; c += 251) append_utf8(text, c);
        for (char32_t c = plane + 0xFFC0; c < plane + 0x10000; ++c) append_utf8(text, c);
        all.push_back(std::move(text));
    }
    return all;
}

}  // namespace azoth::conformance
