#include "object_graph.hpp"

#include "former_session.hpp"
#include "instance_memory.hpp"

#include <azoth/base/error.hpp>
#include <azoth/orm/entity_class.hpp>

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace azoth::orm {

const char* to_string(object_state state) noexcept {
    switch (state) {
        case object_state::transient: return "transient";
        case object_state::pending: return "pending";
        case object_state::persistent: return "persistent";
        case object_state::deleted: return "deleted";
        case object_state::detached: return "detached";
    }
    return "unknown";
}

namespace detail {
namespace {

void end(instance& i) noexcept { end_instance(&i); }

/// Has the processor fetch an instance and what lies behind it, mostly its object.
void fetch_ahead(const instance* i) noexcept {
    constexpr std::size_t line = 64;
    for (std::size_t at = 0; at < 4 * line; at += line) __builtin_prefetch(reinterpret_cast<const char*>(i) + at, 1);
}

}  // namespace

void retain(instance& i) noexcept {
    if (i.handles.fetch_add(1, std::memory_order_relaxed) == 0 && i.graph) i.graph->pin();
}

void release(instance& i) noexcept {
    if (i.handles.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    if (i.graph) i.graph->unpin();
    else end(i);
}

void object_graph::unpin() noexcept {
    if (pins_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

object_graph::~object_graph() {
    instance_block* block = nullptr;  // which those that were read together share
    std::size_t ended = 0;
    while (first_) {
        instance* const after = first_->next;
        if (after && after->next) fetch_ahead(after->next);
        instance_block* const its = end_in_block(std::exchange(first_, after));
        if (its != block) {
            if (block) block->leave(ended);
            block = its;
            ended = 0;
        }
        ++ended;
    }
    if (block) block->leave(ended);
}

void object_graph::take(instance& alone) noexcept {
    alone.graph = this;
    alone.previous = nullptr;
    alone.next = first_;
    if (first_) first_->previous = &alone;
    first_ = &alone;
    ++size_;
    if (alone.handles.load(std::memory_order_relaxed) > 0) pin();
}

void object_graph::absorb(object_graph& other) noexcept {
    other.pin();  // until all have moved
    while (instance* i = other.first_) {
        other.first_ = i->next;
        take(*i);
        if (i->handles.load(std::memory_order_relaxed) > 0) other.unpin();
    }
    other.size_ = 0;
    other.unpin();
}

void object_graph::unlink(instance& member) noexcept {
    (member.previous ? member.previous->next : first_) = member.next;
    if (member.next) member.next->previous = member.previous;
    member.next = member.previous = nullptr;
    member.graph = nullptr;
    --size_;
}

void object_graph::move(instance& member, object_graph& to) noexcept {
    unlink(member);
    to.take(member);
    if (member.handles.load(std::memory_order_relaxed) > 0) unpin();
}

void object_graph::drop(instance& member) noexcept {
    unlink(member);
    member.batch.reset();
    if (member.handles.load(std::memory_order_relaxed) > 0) unpin();
    else end(member);
}

session_core* session_of(const instance& i) noexcept {
    const bool is_attached = i.state == object_state::pending || i.state == object_state::persistent || i.state == object_state::deleted;
    return is_attached && i.graph ? i.graph->session : nullptr;
}

void join_graphs(instance& a, instance& b) {
    if (&a == &b || (a.graph && a.graph == b.graph)) return;
    if (!a.graph && !b.graph) {
        auto* both = new object_graph;
        both->take(a);
        return both->take(b);
    }
    if (!a.graph) return b.graph->take(a);
    if (!b.graph) return a.graph->take(b);
    if (a.graph->session && b.graph->session) {
        if (has_former_session(a)) return leave_former_session(a, *b.graph);
        if (has_former_session(b)) return leave_former_session(b, *a.graph);
        throw_error(errc::misuse, fmt::format("a {} and a {} belong to two sessions: merge one of them into the other's session first",
                                              a.of->name(), b.of->name()));
    }
    const bool keeps_a = a.graph->session || (!b.graph->session && a.graph->size() >= b.graph->size());
    if (keeps_a) a.graph->absorb(*b.graph);
    else b.graph->absorb(*a.graph);
}

}  // namespace detail
}  // namespace azoth::orm
