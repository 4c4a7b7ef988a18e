#include "selection.hpp"

#include <azoth/azoth.hpp>
#include <azoth/base/near_names.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace azoth::conformance {
namespace {

bool is_word_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

void check_id(std::string_view id) {
    const auto slash = id.find('/');
    const bool is_good = slash != std::string_view::npos && slash > 0 && slash + 1 < id.size() &&
                         std::all_of(id.begin(), id.end(), [](char c) { return is_word_character(c) || c == '/'; }) &&
                         std::count(id.begin(), id.end(), '/') == 1;
    if (!is_good)
        throw_error(errc::invalid_argument, fmt::format("\"{}\" is no case's id: write area/behaviour, in lower case with hyphens", id));
}

bool is_named_by(const test_case& c, std::string_view filter) { return c.id == filter || area_of(c) == filter; }

[[noreturn]] void refuse(std::string_view filter, std::span<const test_case> from) {
    std::vector<std::string> names = areas_of(from);
    const std::string areas = fmt::format("{}", fmt::join(names, ", "));
    for (const auto& c : from) names.emplace_back(c.id);
    throw_error(errc::invalid_argument, fmt::format("--filter {}: there is no such area or case{}; the areas: {} (--list shows the cases)",
                                                    filter, did_you_mean(filter, names), areas));
}

}  // namespace

std::vector<test_case> join_cases(std::span<const test_case> own) {
    const auto suite = all_cases();
    std::vector<test_case> all{suite.begin(), suite.end()};
    all.insert(all.end(), own.begin(), own.end());
    std::set<std::string_view> seen;
    for (const auto& c : all) {
        check_id(c.id);
        if (!seen.insert(c.id).second) throw_error(errc::invalid_argument, fmt::format("two cases have the id \"{}\": rename one", c.id));
    }
    return all;
}

std::vector<test_case> select_cases(std::span<const test_case> from, std::span<const std::string> filters) {
    for (const auto& filter : filters)
        if (std::none_of(from.begin(), from.end(), [&](const auto& c) { return is_named_by(c, filter); })) refuse(filter, from);
    std::vector<test_case> chosen;
    for (const auto& c : from)
        if (filters.empty() || std::any_of(filters.begin(), filters.end(), [&](const auto& f) { return is_named_by(c, f); }))
            chosen.push_back(c);
    return chosen;
}

std::vector<std::string> areas_of(std::span<const test_case> cases) {
    std::vector<std::string> areas;
    for (const auto& c : cases)
        if (std::find(areas.begin(), areas.end(), area_of(c)) == areas.end()) areas.emplace_back(area_of(c));
    return areas;
}

}  // namespace azoth::conformance
