#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What a session and its database ought to hold: plain data.
namespace properties::graph {

enum class kind { team, player, award, badge, folder, skill };
inline constexpr std::array kinds{kind::team, kind::player, kind::award, kind::badge, kind::folder, kind::skill};
[[nodiscard]] std::string_view name_of(kind k);
/// The kind that this one's parents are of, as far as it has any.
[[nodiscard]] kind parent_of(kind k);
[[nodiscard]] inline bool has_parent(kind k) { return k != kind::team && k != kind::skill; }
/// Whether it goes when it is taken from its parent, or when that goes.
[[nodiscard]] inline bool goes_with_parent(kind k) { return k == kind::award || k == kind::folder; }

struct record {
    kind of{};
    std::string name{};  ///< empty: NULL
    int parent{-1};
    bool is_orphan{};        ///< taken from its parent, which the next flush follows
    bool is_removed{};       ///< the next flush does it
    std::set<int> skills{};  ///< of a player
    friend bool operator==(const record&, const record&) = default;
};

/// Objects by their numbers.
class world {
public:
    std::map<int, record> objects{};

    [[nodiscard]] record& at(int number) { return objects.at(number); }
    [[nodiscard]] const record& at(int number) const { return objects.at(number); }
    [[nodiscard]] bool has(int number) const { return objects.contains(number); }
    /// Those that an operation may choose.
    [[nodiscard]] std::vector<int> of(kind k) const;
    [[nodiscard]] std::vector<int> children_of(int parent, kind k) const;
    [[nodiscard]] std::set<int> players_with(int skill) const;
    /// Whether `folder` is `above`, or below it.
    [[nodiscard]] bool is_within(int folder, int above) const;

    void set_parent(int child, int parent);
    /// What a flush makes of it: removed ones and orphans go, and take others along.
    void flush();
    /// A line an object.
    [[nodiscard]] std::string text() const;
    friend bool operator==(const world&, const world&) = default;
};

}  // namespace properties::graph
