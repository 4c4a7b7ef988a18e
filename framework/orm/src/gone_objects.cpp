#include "gone_objects.hpp"

#include "relation_access.hpp"

#include <algorithm>

namespace azoth::orm::detail {
namespace {

using access = relation_access;
using instance_set = std::unordered_set<const instance*>;

void leave(const instance& owner, const relation_info& r, const instance_set& gone) {
    if (!access::of(owner, r).is_loaded()) return;
    const auto is_gone = [&](const instance* i) { return gone.contains(i); };
    if (!r.is_many) {
        one_base& one = access::one_of(owner, r);
        if (is_gone(access::target(one))) access::set_loaded(one, nullptr);
        return;
    }
    many_base& many = access::many_of(owner, r);
    if (std::ranges::none_of(access::items(many), is_gone)) return;
    std::vector<instance*> rest = access::items(many);
    std::erase_if(rest, is_gone);
    access::set_loaded(many, std::move(rest));
}

}  // namespace

void leave_relations(session_core& in, const flush_plan& flushed) {
    instance_set gone{flushed.deletes.begin(), flushed.deletes.end()};
    gone.insert(flushed.dropped.begin(), flushed.dropped.end());
    for (const auto& [by, i] : flushed.replaced) gone.insert(i);
    if (gone.empty()) return;
    std::unordered_set<const entity_class*> classes;
    for (const instance* i : gone)
        for (const entity_class* of = i->of; of; of = of->base) classes.insert(of);
    for (const auto& [of, all] : in.identities())
        for (const auto& r : of->relations())
            if (classes.contains(r.target))
                for (const instance* i : all) leave(*i, r, gone);
}

}  // namespace azoth::orm::detail
