#include <azoth/base/near_names.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace azoth {
namespace {

constexpr std::size_t most_suggestions = 3;
constexpr std::size_t shortest_part = 4;  // shorter ones are parts of too many names
constexpr std::size_t longest_name = 64;  // nobody misspells more, and the time grows with the square

std::string in_lower_case(std::string_view text) {
    std::string lower{text};
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

/// Damerau and Levenshtein's distance, restricted: insertions, deletions, substitutions, and swaps of neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, now);
    }
    return last[b.size()];
}

/// Mistakes between the names; nothing where they are too many for the names' length.
std::optional<std::size_t> nearness(std::string_view wanted, std::string_view known) {
    const auto [shorter, longer] = std::minmax(wanted, known, [](auto a, auto b) { return a.size() < b.size(); });
    const std::size_t allowed = std::max<std::size_t>(1, shorter.size() / 3);
    const std::size_t found = distance(wanted, known);
    if (found <= allowed && found < shorter.size()) return found;
    if (shorter.size() >= shortest_part && longer.find(shorter) != std::string_view::npos) return allowed + 1;
    return std::nullopt;
}

}  // namespace

std::vector<std::string> near_names(std::string_view wanted, std::span<const std::string> known) {
    if (wanted.size() > longest_name) return {};
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const auto& name : known)
        if (name.size() <= longest_name)
            if (const auto mistakes = nearness(in_lower_case(wanted), in_lower_case(name))) found.emplace_back(*mistakes, name);
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (found.size() > most_suggestions) found.resize(most_suggestions);
    std::vector<std::string> names;
    for (auto& [mistakes, name] : found) names.push_back(std::move(name));
    return names;
}

std::string did_you_mean(std::string_view wanted, std::span<const std::string> known) {
    const auto near = near_names(wanted, known);
    if (near.empty()) return {};
    return fmt::format("; did you mean \"{}\"?", fmt::join(near, "\" or \""));
}

}  // namespace azoth
