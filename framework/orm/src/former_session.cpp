#include "former_session.hpp"

#include "relation_access.hpp"
#include "session_core.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <unordered_set>
#include <vector>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

class departure {
public:
    explicit departure(instance& i) : from_{i.graph} {
        find(i);
        for (const instance* g : members_) require_no_change(*g);
    }

    void into(object_graph& to) {
        from_->session->forget_steps_of(going_);
        for (const instance* i = from_->first(); i; i = i->next) {
            const auto is_across = [this, goes = going_.contains(i)](const instance* o) { return o && going_.contains(o) != goes; };
            for (const auto& r : i->of->relations()) access::part(*i, r, is_across);
        }
        for (instance* i : members_) {
            if (i->batch) std::erase(i->batch->members, i);
            i->batch.reset();
            from_->move(*i, to);
        }
    }

private:
    static bool goes_along(const relation_info& r) noexcept { return r.said->cascades_save && !r.said->view_only; }

    void find(instance& first) {
        std::vector<instance*> to_do{&first};
        while (!to_do.empty()) {
            instance& i = *to_do.back();
            to_do.pop_back();
            if (!going_.insert(&i).second) continue;
            members_.push_back(&i);
            for (const auto& r : i.of->relations()) {
                if (!goes_along(r)) continue;
                for (instance* other : access::related(i, r)) {
                    if (session_of(*other)) refuse(i, r, *other);
                    to_do.push_back(other);
                }
            }
        }
    }

    /// What is not loaded any more must not be what the program has said.
    void require_no_change(const instance& i) const {
        for (const auto& r : i.of->relations()) {
            if (!access::is_changed(access::of(i, r))) continue;
            for (const instance* other : access::related(i, r))
                if (!going_.contains(other)) refuse(i, r, *other);
        }
    }

    [[noreturn]] static void refuse(const instance& i, const relation_info& r, const instance& other) {
        throw_error(errc::misuse, fmt::format("{} of {} leads to {}, which belongs to another session: expunge that one there, too, or "
                                              "merge",
                                              r.name, describe_object(i), describe_object(other)));
    }

    object_graph* from_;
    std::vector<instance*> members_{};
    std::unordered_set<const instance*> going_{};  ///< the same
};

}  // namespace

bool has_former_session(const instance& i) noexcept { return i.graph && i.graph->session && !session_of(i); }

void leave_former_session(instance& i, object_graph& to) {
    const session_core::entered call{*i.graph->session};
    departure{i}.into(to);
}

}  // namespace azoth::orm::detail
