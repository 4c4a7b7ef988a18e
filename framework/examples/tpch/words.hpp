#pragma once

#include <array>
#include <string_view>

/// The domains of the text columns. Those that queries ask for are the specification's; the vocabulary of comments is our own.
namespace words {

struct NationOfRegion {
    std::string_view name;
    int region;
};

inline constexpr std::array<std::string_view, 5> regions{"AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST"};
inline constexpr std::array<NationOfRegion, 25> nations{
    {{"ALGERIA", 0}, {"ARGENTINA", 1}, {"BRAZIL", 1},         {"CANADA", 1},       {"EGYPT", 4}, {"ETHIOPIA", 0}, {"FRANCE", 3},
     {"GERMANY", 3}, {"INDIA", 2},     {"INDONESIA", 2},      {"IRAN", 4},         {"IRAQ", 4},  {"JAPAN", 2},    {"JORDAN", 4},
     {"KENYA", 0},   {"MOROCCO", 0},   {"MOZAMBIQUE", 0},     {"PERU", 1},         {"CHINA", 2}, {"ROMANIA", 3},  {"SAUDI ARABIA", 4},
     {"VIETNAM", 2}, {"RUSSIA", 3},    {"UNITED KINGDOM", 3}, {"UNITED STATES", 1}}};
inline constexpr std::array<std::string_view, 5> segments{"AUTOMOBILE", "BUILDING", "FURNITURE", "HOUSEHOLD", "MACHINERY"};
inline constexpr std::array<std::string_view, 5> priorities{"1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW"};
inline constexpr std::array<std::string_view, 4> instructions{"COLLECT COD", "DELIVER IN PERSON", "NONE", "TAKE BACK RETURN"};
inline constexpr std::array<std::string_view, 7> modes{"AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK"};
inline constexpr std::array<std::string_view, 6> type_sizes{"ECONOMY", "LARGE", "MEDIUM", "PROMO", "SMALL", "STANDARD"};
inline constexpr std::array<std::string_view, 5> type_finishes{"ANODIZED", "BRUSHED", "BURNISHED", "PLATED", "POLISHED"};
inline constexpr std::array<std::string_view, 5> type_metals{"BRASS", "COPPER", "NICKEL", "STEEL", "TIN"};
inline constexpr std::array<std::string_view, 5> container_sizes{"JUMBO", "LG", "MED", "SM", "WRAP"};
inline constexpr std::array<std::string_view, 8> container_kinds{"BAG", "BOX", "CAN", "CASE", "DRUM", "JAR", "PACK", "PKG"};
inline constexpr std::array<std::string_view, 40> colours{
    "almond", "amber",  "azure",  "beige", "black", "blue",   "bronze", "brown",  "coral", "cream",  "cyan",  "ebony", "forest", "gold",
    "green",  "grey",   "indigo", "ivory", "khaki", "lemon",  "lilac",  "lime",   "linen", "maroon", "mint",  "navy",  "ochre",  "olive",
    "orange", "orchid", "peach",  "pink",  "plum",  "purple", "red",    "salmon", "sand",  "silver", "steel", "white"};
/// Without those that queries look for in comments.
inline constexpr std::array<std::string_view, 28> vocabulary{"again", "boldly",  "boxes",  "brave",   "calm",   "clerks",   "crates",
                                                             "daily", "depots",  "even",   "ferries", "gently", "harbours", "idle",
                                                             "keen",  "late",    "ledger", "looms",   "merry",  "orders",   "pallets",
                                                             "quick", "quietly", "rates",  "sleepy",  "stores", "tariffs",  "waits"};

}  // namespace words
