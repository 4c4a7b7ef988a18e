#include "matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace azoth::conformance {
namespace {

std::vector<std::string> names_of(std::span<const suite_result> results) {
    std::vector<std::string> names;
    for (const auto& r : results) {
        const std::string name = r.server.name();
        const auto same = std::count_if(results.begin(), results.begin() + static_cast<std::ptrdiff_t>(names.size()),
                                        [&](const auto& other) { return other.server.name() == name; });
        names.push_back(same == 0 ? name : fmt::format("{} ({})", name, same + 1));
    }
    return names;
}

std::string_view area_of_id(std::string_view id) { return id.substr(0, id.find('/')); }

matrix::row& row_of(matrix& m, std::string_view area) {
    const auto found = std::find_if(m.rows.begin(), m.rows.end(), [&](const auto& r) { return r.area == area; });
    if (found != m.rows.end()) return *found;
    m.rows.push_back({std::string{area}, std::vector<tally>(m.names.size())});
    return m.rows.back();
}

enum class paint : unsigned char { none, red, dim, bold };

std::string painted(std::string text, paint with, bool in_colour) {
    if (!in_colour || with == paint::none) return text;
    constexpr std::string_view codes[] = {"", "\033[31m", "\033[2m", "\033[1m"};
    return fmt::format("{}{}\033[0m", codes[static_cast<std::size_t>(with)], text);
}

std::string padded(std::string_view text, std::size_t width) { return fmt::format("{:<{}}", text, width); }

std::vector<std::size_t> widths_of(const matrix& m) {
    std::vector<std::size_t> widths{4};
    for (const auto& name : m.names) widths.push_back(name.size());
    for (const auto& row : m.rows) {
        widths[0] = std::max(widths[0], row.area.size());
        for (std::size_t i = 0; i < row.cells.size(); ++i) widths[i + 1] = std::max(widths[i + 1], cell_text(row.cells[i]).size());
    }
    return widths;
}

}  // namespace

matrix make_matrix(std::span<const suite_result> results) {
    matrix m{names_of(results), {}};
    matrix::row sum{"all", std::vector<tally>(m.names.size())};
    for (std::size_t i = 0; i < results.size(); ++i)
        for (const auto& c : results[i].cases) {
            row_of(m, area_of_id(c.id)).cells[i].add(c.how);
            sum.cells[i].add(c.how);
        }
    m.rows.push_back(std::move(sum));
    return m;
}

std::string cell_text(const tally& t) {
    std::vector<std::string> parts;
    if (t.passed > 0) parts.push_back(fmt::format("{} passed", t.passed));
    if (t.failed > 0) parts.push_back(fmt::format("{} failed", t.failed));
    if (t.declined > 0) parts.push_back(fmt::format("{} declined", t.declined));
    return parts.empty() ? "-" : fmt::format("{}", fmt::join(parts, ", "));
}

std::string table_text(const matrix& m, bool in_colour) {
    const auto widths = widths_of(m);
    std::string text = painted(padded("area", widths[0]), paint::bold, in_colour);
    for (std::size_t i = 0; i < m.names.size(); ++i) text += "  " + painted(padded(m.names[i], widths[i + 1]), paint::bold, in_colour);
    for (const auto& row : m.rows) {
        text += "\n" + painted(padded(row.area, widths[0]), row.area == "all" ? paint::bold : paint::none, in_colour);
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const tally& t = row.cells[i];
            const paint with = t.failed > 0 ? paint::red : t.passed == 0 ? paint::dim : paint::none;
            text += "  " + painted(padded(cell_text(t), widths[i + 1]), with, in_colour);
        }
    }
    return text + "\n";
}

std::vector<declined_claim> declined_claims(const suite_result& of) {
    std::vector<declined_claim> all;
    for (const auto& c : of.cases) {
        if (c.how != outcome::declined) continue;
        auto found = std::find_if(all.begin(), all.end(), [&](const auto& d) { return d.claim == c.message; });
        if (found == all.end()) found = all.insert(found, {c.message, {}});
        found->cases.push_back(c.id);
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.claim < b.claim; });
    return all;
}

std::string declined_text(const matrix& m, std::span<const suite_result> results) {
    std::string text;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const auto claims = declined_claims(results[i]);
        if (claims.empty()) continue;
        text += fmt::format("{}{} declines\n", text.empty() ? "" : "\n", m.names[i]);
        for (const auto& d : claims) text += fmt::format("    {}: {}\n", d.claim, fmt::join(d.cases, ", "));
    }
    return text;
}

}  // namespace azoth::conformance
