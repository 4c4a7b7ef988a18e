#include "table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace {

constexpr std::size_t longest = 32;

std::string shortened(const std::string& text) { return text.size() <= longest ? text : text.substr(0, longest - 2) + ".."; }

bool is_number(const std::string& text) { return !text.empty() && text.find_first_not_of("0123456789.-") == std::string::npos; }

}  // namespace

void print_table(const std::vector<std::string>& headings, const std::vector<std::vector<std::string>>& rows, std::size_t most) {
    const auto shown = std::min(most, rows.size());
    std::vector<std::size_t> widths;
    std::vector<bool> right;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        widths.push_back(headings[i].size());
        for (std::size_t r = 0; r < shown; ++r) widths[i] = std::max(widths[i], shortened(rows[r].at(i)).size());
        right.push_back(shown > 0 && is_number(rows.front()[i]));
    }
    const auto print_line = [&](const std::vector<std::string>& fields) {
        std::string line;
        for (std::size_t i = 0; i < widths.size(); ++i)
            line += right[i] ? fmt::format("  {:>{}}", shortened(fields[i]), widths[i])
                             : fmt::format("  {:<{}}", shortened(fields[i]), widths[i]);
        line.erase(line.find_last_not_of(' ') + 1);
        fmt::print("{}\n", line);
    };
    print_line(headings);
    std::vector<std::string> rules;
    for (const auto width : widths) rules.emplace_back(std::min(width, longest), '-');
    print_line(rules);
    for (std::size_t r = 0; r < shown; ++r) print_line(rows[r]);
    if (shown < rows.size()) fmt::print("  ... and {} more\n", rows.size() - shown);
}
