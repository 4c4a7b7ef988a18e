#include "graph_model.hpp"

#include <fmt/format.h>

namespace properties::graph {

std::string_view name_of(kind k) {
    switch (k) {
        case kind::team: return "team";
        case kind::player: return "player";
        case kind::award: return "award";
        case kind::badge: return "badge";
        case kind::folder: return "folder";
        case kind::skill: return "skill";
    }
    return "unknown";
}

kind parent_of(kind k) { return k == kind::folder ? kind::folder : kind::team; }

std::vector<int> world::of(kind k) const {
    std::vector<int> found;
    for (const auto& [number, r] : objects)
        if (r.of == k && !r.is_removed) found.push_back(number);
    return found;
}

std::vector<int> world::children_of(int parent, kind k) const {
    std::vector<int> found;
    for (const auto& [number, r] : objects)
        if (r.of == k && r.parent == parent) found.push_back(number);
    return found;
}

std::set<int> world::players_with(int skill) const {
    std::set<int> found;
    for (const auto& [number, r] : objects)
        if (r.skills.contains(skill)) found.insert(number);
    return found;
}

bool world::is_within(int folder, int above) const {
    for (int at = folder; at >= 0; at = this->at(at).parent)
        if (at == above) return true;
    return false;
}

void world::set_parent(int child, int parent) {
    record& r = at(child);
    if (r.of == kind::badge && parent >= 0)
        for (const int other : children_of(parent, kind::badge))
            if (other != child) at(other).parent = -1;
    if (goes_with_parent(r.of)) r.is_orphan = parent < 0 && (r.parent >= 0 || r.is_orphan);
    r.parent = parent;
}

void world::flush() {
    std::vector<int> to_do;
    std::set<int> gone;
    for (const auto& [number, r] : objects)
        if (r.is_removed || r.is_orphan) to_do.push_back(number);
    while (!to_do.empty()) {
        const int next = to_do.back();
        to_do.pop_back();
        if (!gone.insert(next).second) continue;
        for (const auto& [number, r] : objects)
            if (r.parent == next && goes_with_parent(r.of)) to_do.push_back(number);
    }
    for (const int number : gone) objects.erase(number);
    for (auto& [number, r] : objects) {
        if (gone.contains(r.parent)) r.parent = -1;
        std::erase_if(r.skills, [&](int skill) { return gone.contains(skill); });
    }
}

std::string world::text() const {
    std::string all;
    for (const auto& [number, r] : objects) {
        all += fmt::format("{} {} '{}'", name_of(r.of), number, r.name);
        if (r.parent >= 0) all += fmt::format(" of {}", r.parent);
        for (const int s : r.skills) all += fmt::format(" skill {}", s);
        all += '\n';
    }
    return all;
}

}  // namespace properties::graph
