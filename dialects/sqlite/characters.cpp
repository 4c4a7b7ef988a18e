#include "characters.hpp"

#include <cstdint>

namespace azoth::sqlite {
namespace {

bool continues(char c) noexcept { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80; }

std::size_t length_of_character(std::string_view text, std::size_t at) noexcept {
    std::size_t length = 1;
    while (length < longest_character && at + length < text.size() && continues(text[at + length])) ++length;
    return length;
}

wchar_t decode_one(std::string_view character) noexcept {
    const auto first = static_cast<unsigned char>(character.front());
    if (character.size() == 1) return static_cast<wchar_t>(first);
    std::uint32_t code = first & (0xffU >> (character.size() + 1));
    for (const char c : character.substr(1)) code = code << 6 | (static_cast<unsigned char>(c) & 0x3fU);
    return static_cast<wchar_t>(code);
}

void append_encoded(std::string& to, std::uint32_t code) {
    if (code < 0x80) {
        to += static_cast<char>(code);
        return;
    }
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    to += static_cast<char>((0xff00U >> (more + 1) & 0xffU) | code >> 6 * more);
    for (int i = more - 1; i >= 0; --i) to += static_cast<char>(0x80U | (code >> 6 * i & 0x3fU));
}

}  // namespace

std::size_t characters_in(std::string_view text) noexcept {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); at += length_of_character(text, at)) ++count;
    return count;
}

std::size_t bytes_of(std::string_view text, std::size_t count) noexcept {
    std::size_t at = 0;
    for (; count > 0 && at < text.size(); --count) at += length_of_character(text, at);
    return at;
}

std::size_t start_of_character(std::string_view text, std::size_t byte) noexcept {
    const std::size_t least = byte < longest_character ? 0 : byte - (longest_character - 1);
    while (byte > least && continues(text[byte])) --byte;
    return byte;
}

std::wstring decoded(std::string_view text) {
    std::wstring wide;
    wide.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = length_of_character(text, at);
        wide += decode_one(text.substr(at, length));
        at += length;
    }
    return wide;
}

std::string encoded(std::wstring_view text) {
    std::string narrow;
    narrow.reserve(text.size());
    for (const wchar_t c : text) append_encoded(narrow, static_cast<std::uint32_t>(c));
    return narrow;
}

}  // namespace azoth::sqlite
