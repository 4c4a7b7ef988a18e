#include "schema_names.hpp"

#include <algorithm>
#include <array>

namespace properties {
namespace {

constexpr std::array<std::string_view, 24> stems{"t",     "pair",       "Pair",       "PAIR",         "select",    "Order",
                                                 "a b",   "a.b",        "quo\"te",    "it's",         "back`tick", "naïve",
                                                 "測試",  "per%cent%s", "semi;colon", "back\\slash",  "x:y",       "no[ne]",
                                                 "$1 $$", "-- none",    "/* none",    "percent % :x", "group",     "1st"};
constexpr std::size_t longest = 64;

/// As long as it may be. Letters of several bytes come whole or not.
std::string lengthened(std::string name, const az::identifier_rules& rules) {
    const std::size_t room = std::min(rules.max_length, longest);
    const auto size = [&] {
        if (rules.length_in_bytes) return name.size();
        return static_cast<std::size_t>(std::ranges::count_if(name, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
    };
    while (size() < room) name += 'x';
    return name;
}

}  // namespace

std::string in_lower_case(std::string name) {
    std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name;
}

std::string name_maker::make(std::string_view prefix) {
    std::string name = std::string{prefix} + std::string{stems[from_.pick(static_cast<unsigned>(stems.size()))]};
    if (from_.one_in(12)) return lengthened(name + std::to_string(++number_), place_.rules->identifiers);
    const auto key = [&] { return place_.tells_case() ? name : in_lower_case(name); };
    if (!used_.insert(key()).second) {
        name += std::to_string(++number_);
        used_.insert(key());
    }
    return name;
}

}  // namespace properties
