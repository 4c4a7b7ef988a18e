#pragma once

#include <azoth/orm/instance.hpp>

#include <atomic>
#include <cstddef>

namespace azoth::orm::detail {

/// Objects that are related to each other, or belong to a session: they live and go together. Relations in it do not own, so that cycles
/// keep nothing alive. It lives as long as it is pinned: by each of its objects that has handles, and by its session.
class object_graph {
public:
    object_graph() = default;
    object_graph(const object_graph&) = delete;
    object_graph& operator=(const object_graph&) = delete;

    void pin() noexcept { pins_.fetch_add(1, std::memory_order_relaxed); }
    void unpin() noexcept;
    /// Takes in an instance that lives alone.
    void take(instance& alone) noexcept;
    /// Takes in all of another graph, which ends.
    void absorb(object_graph& other) noexcept;
    /// Hands on one that nobody here is related to.
    void move(instance& member, object_graph& to) noexcept;
    /// Lets go of one that nobody is related to: it lives alone again, or ends.
    void drop(instance& member) noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// By how many it is pinned.
    [[nodiscard]] std::size_t pins() const noexcept { return pins_.load(std::memory_order_acquire); }
    [[nodiscard]] instance* first() const noexcept { return first_; }

    session_core* session{};  ///< null: none, or not any more

private:
    ~object_graph();
    void unlink(instance& member) noexcept;

    std::atomic<std::size_t> pins_{0};
    instance* first_{};
    std::size_t size_{};
};

/// Brings two objects into one graph. Throws interface_error (misuse) where they belong to two sessions.
void join_graphs(instance& a, instance& b);
/// Of a pending, persistent or deleted object; null for the others.
session_core* session_of(const instance& i) noexcept;

}  // namespace azoth::orm::detail
