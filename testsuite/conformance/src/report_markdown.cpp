#include "matrix.hpp"
#include "report.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::conformance {
namespace {

/// For a cell of a table: a bar would end it.
std::string in_cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string table(const matrix& m) {
    std::string text = "| area |";
    std::string rule = "|---|";
    for (const auto& name : m.names) {
        text += fmt::format(" {} |", in_cell(name));
        rule += "---|";
    }
    text += "\n" + rule + "\n";
    for (const auto& row : m.rows) {
        text += row.area == "all" ? "| **all** |" : fmt::format("| {} |", row.area);
        for (const auto& t : row.cells) text += fmt::format(" {} |", cell_text(t));
        text += "\n";
    }
    return text;
}

std::string summary(const matrix& m, std::span<const suite_result> results) {
    std::string text;
    for (std::size_t i = 0; i < results.size(); ++i) {
        std::vector<std::string> parts;
        for (const auto& [what, version] : results[i].server.versions) parts.push_back(fmt::format("{} {}", what, version));
        const tally all = count(results[i].cases);
        text += fmt::format("- **{}**: {} passed, {} failed, {} declined of {} ({})\n", m.names[i], all.passed, all.failed, all.declined,
                            results[i].cases.size(), fmt::join(parts, ", "));
    }
    return text;
}

std::string declined(const matrix& m, std::span<const suite_result> results) {
    std::string text;
    for (std::size_t i = 0; i < results.size(); ++i)
        for (const auto& d : declined_claims(results[i]))
            text += fmt::format("| {} | {} | {} |\n", in_cell(m.names[i]), in_cell(d.claim), fmt::join(d.cases, ", "));
    return text.empty() ? text : "\n## Declined\n\n| database | claim | cases |\n|---|---|---|\n" + text;
}

/// A fence that the text does not end.
std::string fenced(std::string_view text) {
    std::string fence = "```";
    while (text.find(fence) != std::string_view::npos) fence += '`';
    return fmt::format("{}text\n{}\n{}\n", fence, text, fence);
}

std::string failures(const matrix& m, std::span<const suite_result> results) {
    std::string text;
    for (std::size_t i = 0; i < results.size(); ++i)
        for (const auto& c : results[i].cases)
            if (is_failure(c.how)) text += fmt::format("\n### {} on {}: {}\n\n{}", c.id, m.names[i], word_of(c.how), fenced(c.message));
    return text.empty() ? text : "\n## Failed\n" + text;
}

}  // namespace

std::string markdown_report(std::span<const suite_result> results) {
    const matrix m = make_matrix(results);
    return "# Conformance\n\n" + summary(m, results) + "\n" + table(m) + declined(m, results) + failures(m, results);
}

}  // namespace azoth::conformance
