#include "text_table.hpp"

#include <algorithm>

namespace {

constexpr std::size_t longest_text = 58;

/// Characters, not bytes: names are UTF-8.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padding(std::string_view text, std::size_t width) { return std::string(width - std::min(width, width_of(text)), ' '); }

}  // namespace

TextTable::TextTable(std::string title, std::vector<std::string> headings) : title_{std::move(title)}, headings_{std::move(headings)} {}

std::string TextTable::shortened(std::string_view text) {
    if (width_of(text) <= longest_text) return std::string{text};
    std::size_t end = 0;
    for (std::size_t characters = 0; end < text.size(); ++end)
        if ((static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U && ++characters == longest_text) break;
    return std::string{text.substr(0, end)} + "…";
}

void TextTable::print() const {
    std::vector<std::size_t> widths;
    for (const auto& heading : headings_) widths.push_back(width_of(heading));
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i].text));

    fmt::print("\n{}\n\n", title_);
    const auto print_line = [&](auto&& text_of, auto&& is_right) {
        std::string line = " ";
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const std::string text = text_of(i);
            line += ' ' + (is_right(i) ? padding(text, widths[i]) + text : text + padding(text, widths[i])) + ' ';
        }
        line.erase(line.find_last_not_of(' ') + 1);
        fmt::print("{}\n", line);
    };
    const auto is_number = [&](std::size_t i) { return !rows_.empty() && rows_.front()[i].is_number; };
    print_line([&](std::size_t i) { return headings_[i]; }, is_number);
    print_line(
        [&](std::size_t i) {
            std::string rule;
            for (std::size_t n = 0; n < widths[i]; ++n) rule += "─";
            return rule;
        },
        is_number);
    for (const auto& row : rows_) print_line([&](std::size_t i) { return row[i].text; }, [&](std::size_t i) { return row[i].is_number; });
}
