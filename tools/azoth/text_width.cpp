#include "text_width.hpp"

#include <fmt/format.h>

#include <clocale>
#include <cstdlib>
#include <cwchar>

#include <sys/ioctl.h>
#include <unistd.h>

namespace azoth::command {
namespace {

constexpr std::string_view ellipsis = "…";

struct character {
    std::size_t bytes{};
    std::size_t width{};  ///< 0 of combining marks
    bool shown{};         ///< as it is; else as an escape
};

/// One character of UTF-8; a byte that belongs to none stands for itself.
character next_character(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80) return {1, 1, lead >= 0x20 && lead != 0x7f};
    const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
    if (bytes == 1 || text.size() < bytes) return {1, 1, false};
    wchar_t code = static_cast<wchar_t>(lead & (0xffu >> (bytes + 1)));
    for (std::size_t i = 1; i < bytes; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xc0) != 0x80) return {1, 1, false};
        code = static_cast<wchar_t>(code << 6 | (byte & 0x3f));
    }
    const int width = wcwidth(code);
    if (width < 0) return {bytes, 1, false};
    return {bytes, static_cast<std::size_t>(width), true};
}

std::string escaped(std::string_view bytes) {
    if (bytes == "\n") return "\\n";
    if (bytes == "\t") return "\\t";
    if (bytes == "\r") return "\\r";
    std::string text;
    for (const char c : bytes) text += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    return text;
}

template <class Take>
void each_character(std::string_view text, Take take) {
    while (!text.empty()) {
        const character c = next_character(text);
        const std::string_view bytes = text.substr(0, c.bytes);
        if (c.shown) take(std::string{bytes}, c.width);
        else {
            std::string shown = escaped(bytes);
            const std::size_t width = shown.size();
            take(std::move(shown), width);
        }
        text.remove_prefix(c.bytes);
    }
}

winsize terminal() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return {};
    return size;
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
    std::size_t width = 0;
    each_character(utf8, [&](const std::string&, std::size_t w) { width += w; });
    return width;
}

std::string printable(std::string_view utf8) {
    std::string text;
    each_character(utf8, [&](const std::string& shown, std::size_t) { text += shown; });
    return text;
}

std::string fitted(std::string_view utf8, std::size_t width) {
    std::string text;
    std::size_t used = 0;
    std::size_t fits = 0;  // bytes of what leaves room for the ellipsis
    bool is_cut = false;
    each_character(utf8, [&](const std::string& shown, std::size_t w) {
        used += w;
        is_cut = is_cut || used > width;
        if (is_cut) return;
        text += shown;
        if (used < width) fits = text.size();
    });
    if (!is_cut) return text;
    text.resize(fits);
    return text + std::string{ellipsis};
}

std::size_t terminal_width() {
    if (isatty(STDOUT_FILENO) == 0) return 0;
    const winsize size = terminal();
    return size.ws_col == 0 ? 80 : size.ws_col;
}

std::size_t terminal_height() {
    const winsize size = terminal();
    return size.ws_row == 0 ? 24 : size.ws_row;
}

}  // namespace azoth::command
