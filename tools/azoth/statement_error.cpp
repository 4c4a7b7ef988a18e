#include "statement_error.hpp"

#include "text_width.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace azoth::command {
namespace {

constexpr std::string_view before_place = "; at character ";
constexpr std::size_t shown_before = 50;  // columns of a long line

/// How many bytes the first `count` characters take.
std::size_t bytes_of(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80 && count-- == 0) break;
    return at;
}

/// The line that holds a character, counted from 1, and a mark beneath it.
std::string marked(std::string_view statement, std::size_t character) {
    const std::size_t at = bytes_of(statement, character - 1);
    if (at >= statement.size()) return {};
    const std::size_t begin = statement.rfind('\n', at) + 1;  // npos + 1 is the first
    std::string_view line = statement.substr(begin, statement.find('\n', at) - begin);
    std::string_view before = line.substr(0, at - begin);
    std::string cut;
    if (display_width(before) > shown_before) {
        const auto skipped = bytes_of(before, before.size() > shown_before ? before.size() - shown_before : 0);
        cut = "…";
        line.remove_prefix(skipped);
        before.remove_prefix(std::min(skipped, before.size()));
    }
    return fmt::format("\n  {}{}\n  {}^", cut, printable(line), std::string(display_width(cut) + display_width(before), ' '));
}

}  // namespace

std::string told(const error& failed) {
    std::string message = failed.message();
    std::string mark;
    if (const std::size_t place = message.rfind(before_place); place != std::string::npos) {
        std::size_t character{};
        const char* digits = message.data() + place + before_place.size();
        if (std::from_chars(digits, message.data() + message.size(), character).ptr != digits && character > 0)
            mark = marked(failed.statement(), character);
        if (!mark.empty()) message.erase(place);
    }
    return fmt::format("{} [{}]{}", message, code_name(failed.code()), mark);
}

}  // namespace azoth::command
