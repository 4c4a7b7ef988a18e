#include <azoth/base/uuid.hpp>

#include <azoth/base/error.hpp>
#include <azoth/base/utf8.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include <sys/random.h>

namespace azoth {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

[[noreturn]] void refuse_uuid(std::string_view text) {
    throw_error(errc::value_format,
                fmt::format("\"{}\" is no UUID: write it as 123e4567-e89b-12d3-a456-426614174000", utf8_prefix(text, 80)));
}

bool is_hyphen_place(std::size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

}  // namespace

uuid uuid::random() {
    uuid made;
    for (std::size_t got = 0; got < made.bytes.size();) {
        const auto n = ::getrandom(made.bytes.data() + got, made.bytes.size() - got, 0);
        if (n < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
        if (n > 0) got += static_cast<std::size_t>(n);
    }
    made.bytes[6] = static_cast<std::uint8_t>((made.bytes[6] & 0x0FU) | 0x40U);  // RFC 9562, 5.4: version 4, variant 10
    made.bytes[8] = static_cast<std::uint8_t>((made.bytes[8] & 0x3FU) | 0x80U);
    return made;
}

uuid uuid::parse(std::string_view text) {
    std::string_view rest = text;
    if (rest.starts_with('{') && rest.ends_with('}') && rest.size() > 2) rest = rest.substr(1, rest.size() - 2);
    const bool hyphens = rest.size() == 36;
    if (!hyphens && rest.size() != 32) refuse_uuid(text);
    uuid made;
    for (std::size_t i = 0; i < made.bytes.size(); ++i) {
        if (hyphens && is_hyphen_place(i)) {
            if (rest.front() != '-') refuse_uuid(text);
            rest.remove_prefix(1);
        }
        const int high = hex_value(rest[0]);
        const int low = hex_value(rest[1]);
        if (high < 0 || low < 0) refuse_uuid(text);
        made.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
        rest.remove_prefix(2);
    }
    return made;
}

std::string to_string(const uuid& value) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < value.bytes.size(); ++i) {
        if (is_hyphen_place(i)) text += '-';
        text += digits[value.bytes[i] >> 4U];
        text += digits[value.bytes[i] & 0xFU];
    }
    return text;
}

}  // namespace azoth
