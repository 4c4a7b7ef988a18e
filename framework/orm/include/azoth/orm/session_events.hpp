#pragma once

#include <azoth/orm/entity_class.hpp>
#include <azoth/orm/ptr.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace azoth::orm {

class session;

namespace detail {
enum class session_event : std::uint8_t { before_flush, after_flush, before_commit, after_commit, after_rollback };
enum class object_event : std::uint8_t { before_insert, after_insert, before_update, after_update, before_delete, after_delete, load };
}  // namespace detail

/// What a program does when a session flushes, commits and rolls back, and when objects are written and read:
///
///     session_events{}.before_insert<Order>([](Order& o, session&) { if (o.lines.empty()) throw ...; })
///
/// A handler of objects takes `T&` or `const ptr<T>&`, and the session. Handlers run in the order in which they are given, on the thread
/// of the session. What one throws passes to the caller; before or while rows are written, the flush has not happened then.
class session_events {
public:
    using session_handler = std::function<void(session&)>;

    /// There is something to write. Objects can be added, changed and removed: `session::pending`, `dirty` and `removed` tell of them.
    session_events& before_flush(session_handler call) { return add(detail::session_event::before_flush, std::move(call)); }
    /// All has been written; what is changed now is written by the next flush, or by the commit that this one is of.
    session_events& after_flush(session_handler call) { return add(detail::session_event::after_flush, std::move(call)); }
    session_events& before_commit(session_handler call) { return add(detail::session_event::before_commit, std::move(call)); }
    session_events& after_commit(session_handler call) { return add(detail::session_event::after_commit, std::move(call)); }
    /// Of the whole transaction, not of a savepoint.
    session_events& after_rollback(session_handler call) { return add(detail::session_event::after_rollback, std::move(call)); }

    // While a flush writes: the object's own columns may be changed before its row is written; others, and relations, in before_flush. More
    // rows can be written through the session's connection.
    template <mapped T, class F>
    session_events& before_insert(F call) {
        return add<T>(detail::object_event::before_insert, std::move(call));
    }
    /// Its key is known.
    template <mapped T, class F>
    session_events& after_insert(F call) {
        return add<T>(detail::object_event::after_insert, std::move(call));
    }
    template <mapped T, class F>
    session_events& before_update(F call) {
        return add<T>(detail::object_event::before_update, std::move(call));
    }
    template <mapped T, class F>
    session_events& after_update(F call) {
        return add<T>(detail::object_event::after_update, std::move(call));
    }
    template <mapped T, class F>
    session_events& before_delete(F call) {
        return add<T>(detail::object_event::before_delete, std::move(call));
    }
    template <mapped T, class F>
    session_events& after_delete(F call) {
        return add<T>(detail::object_event::after_delete, std::move(call));
    }
    /// A row has become an object; its relations are not loaded yet. The rows behind it are still to be read.
    template <mapped T, class F>
    session_events& on_load(F call) {
        return add<T>(detail::object_event::load, std::move(call));
    }

private:
    friend class detail::session_core;
    struct of_session {
        detail::session_event when;
        session_handler call;
    };
    struct of_objects {
        detail::object_event when;
        const detail::entity_class& (*of)();
        std::function<void(detail::instance&, session&)> call;
    };
    session_events& add(detail::session_event when, session_handler call) {
        of_session_.push_back({when, std::move(call)});
        return *this;
    }
    template <class T, class F>
    session_events& add(detail::object_event when, F call) {
        static_assert(std::is_invocable_v<F&, T&, session&> || std::is_invocable_v<F&, const ptr<T>&, session&>,
                      "azoth: a handler of objects takes (T&, session&) or (const ptr<T>&, session&)");
        of_objects_.push_back({when, &detail::later_class_of<T>, [call = std::move(call)](detail::instance& i, session& in) mutable {
                                   if constexpr (std::is_invocable_v<F&, T&, session&>) call(*static_cast<T*>(i.object), in);
                                   else call(ptr<T>{&i, static_cast<T*>(i.object)}, in);
                               }});
        return *this;
    }

    std::vector<of_session> of_session_{};
    std::vector<of_objects> of_objects_{};
};

/// Keeps handlers registered with a session; they go when it goes. May outlive the session.
class event_subscription {
public:
    event_subscription() = default;
    explicit event_subscription(std::shared_ptr<const session_events> keep) noexcept : keep_{std::move(keep)} {}

private:
    std::shared_ptr<const session_events> keep_{};
};

}  // namespace azoth::orm
