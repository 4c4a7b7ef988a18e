#include "related_sides.hpp"

#include "object_graph.hpp"
#include "session_core.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {

using access = relation_access;

void remove_back(instance& other, const relation_info& back, const instance& self) {
    if (!back.is_many) {
        one_base& r = access::one_of(other, back);
        if (known_target(other, back) == &self) access::point(r, nullptr);
        return;
    }
    many_base& r = access::many_of(other, back);
    if (back.said->is_write_only) {
        (void)access::forget_added(r, self);
        return;
    }
    if (!r.is_loaded()) return;
    const auto& items = access::items(r);
    const auto at = static_cast<std::size_t>(std::ranges::find(items, &self) - items.begin());
    if (at < items.size()) access::erase(r, at);
}

void add_back(instance& other, const relation_info& back, instance& self) {
    if (back.is_many) {
        many_base& r = access::many_of(other, back);
        // What is never loaded is told by this side alone.
        if (back.said->is_write_only) (void)access::forget_taken_out(r, self);
        // One that is not loaded will be, after a flush, and has it then.
        else if (r.is_loaded()) access::insert(r, self, access::items(r).size());
        return;
    }
    one_base& r = access::one_of(other, back);
    instance* before = known_target(other, back);
    if (before == &self) return;
    if (const relation_info* front = back.back(); before && front) remove_back(*before, *front, other);
    access::point(r, &self);
}

void cascade(const instance& owner, const relation_info& r, instance& item) {
    session_core* session = session_of(owner);
    if (session && r.said->cascades_save && !r.said->view_only) session->add(item);
}

void check_writable(const relation_info& r) {
    if (r.said->view_only) throw_error(errc::misuse, fmt::format("{} is said to be view_only: it cannot be changed", r.name));
}

}  // namespace azoth::orm::detail
