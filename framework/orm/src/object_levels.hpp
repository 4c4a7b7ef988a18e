#pragma once

#include <azoth/orm/instance.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace azoth::orm::detail {

/// How deep objects hang below others, chains of any length. `edges_of(instance&)` gives a vector of what has a member `parent`, an object
/// that comes first. Of each circle one edge counts for nothing: the first of which `cut(instance&, edge, false)` is true, else the one
/// that closes it, after `cut(instance&, edge, true)`.
template <class EdgesOf, class Cut>
class object_levels {
    using edges = decltype(std::declval<EdgesOf&>()(std::declval<instance&>()));

public:
    object_levels(EdgesOf edges_of, Cut cut) : edges_of_{std::move(edges_of)}, cut_{std::move(cut)} {}

    std::size_t of(instance& i) {
        if (const auto known = known_.find(&i); known != known_.end()) return *known->second;
        edges up = edges_of_(i);
        if (up.empty()) return 0;  // as most are: not worth remembering
        open(i, std::move(up));
        while (!path_.empty()) go_on();
        return *known_.at(&i);
    }

private:
    struct step {
        instance* of;
        edges up;
        std::size_t next{};
        std::size_t level{};
    };
    void open(instance& i, edges up) {
        known_[&i] = std::nullopt;
        path_.push_back({&i, std::move(up)});
    }
    void go_on() {
        step& at = path_.back();
        if (at.next == at.up.size()) {
            known_[at.of] = at.level;
            path_.pop_back();
            return;
        }
        auto& edge = at.up[at.next];
        const auto parent = known_.find(edge.parent);
        if (parent == known_.end()) return open(*edge.parent, edges_of_(*edge.parent));  // and back to the same edge
        if (!parent->second) return open_circle(*edge.parent);
        ++at.next;
        at.level = std::max(at.level, *parent->second + 1);
    }
    /// From where the circle closes to where it begins; what hung on the edge that is cut is looked at again.
    void open_circle(const instance& begin) {
        for (std::size_t s = path_.size(); s-- > 0;) {
            step& at = path_[s];
            if (cut_(*at.of, at.up[at.next], false)) {
                for (; path_.size() > s + 1; path_.pop_back()) known_.erase(path_.back().of);
                ++at.next;
                return;
            }
            if (at.of == &begin) break;
        }
        step& at = path_.back();
        (void)cut_(*at.of, at.up[at.next], true);
        ++at.next;
    }

    EdgesOf edges_of_;
    Cut cut_;
    std::unordered_map<const instance*, std::optional<std::size_t>> known_{};  ///< without a level: on the path
    std::vector<step> path_{};
};

}  // namespace azoth::orm::detail
