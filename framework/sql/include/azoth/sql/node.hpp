#pragma once

#include <azoth/base/export.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace azoth {

class node;
class bind_node;
class node_matcher;
struct construct_rule;
struct type;

/// Names a kind of node. Built-in kinds have a number, by which rule tables find their rules; a construct of a user's or a plugin's own
/// has the number `extension` and is known by this object's address, so one static object a kind. It may bring its rules: see
/// construct_kind.
struct node_kind {
    static constexpr std::uint16_t extension = 0xffff;
    std::uint16_t number;
    const char* name;
    const construct_rule* rules{};
    std::size_t rule_count{};
};

/// Visits a node's children, in the order in which it declares them.
class node_visitor {
public:
    virtual ~node_visitor() = default;
    virtual void child(const node& child) = 0;
};

/// A piece of a statement: immutable once made (statements may change while one owner holds them), shared by counting references,
/// with a structural hash from which bound values are left out. Define kinds by deriving from `node_base`.
class AZOTH_API node {
public:
    virtual ~node();
    node& operator=(const node&) = delete;

    [[nodiscard]] const node_kind& kind() const noexcept { return *kind_; }
    [[nodiscard]] std::uint64_t hash() const {
        const std::uint64_t known = hash_.load(std::memory_order_relaxed);
        return known != 0 ? known : rehash();
    }
    virtual void visit_children(node_visitor& visitor) const = 0;
    /// Whether the other, of the same kind, says the same; see node_matcher.
    [[nodiscard]] virtual bool matches(const node& other, node_matcher& matcher) const = 0;
    /// Of an extension: the type of its value, so that binds take it; built-in kinds are asked by type_of.
    [[nodiscard]] virtual type own_type() const;

    void retain() const noexcept {
        if (!immortal_) references_.fetch_add(1, std::memory_order_relaxed);
    }
    void release() const noexcept {
        if (immortal_) return;
        // The only owner needs no locked instruction: nobody else is there to count.
        if (references_.load(std::memory_order_acquire) == 1 || references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
    }
    [[nodiscard]] bool is_shared() const noexcept { return immortal_ || references_.load(std::memory_order_acquire) > 1; }
    /// Lets the node live until the process ends, free of counting: for columns of mapped tables.
    void make_immortal() const noexcept { immortal_ = true; }

protected:
    explicit node(const node_kind& kind) noexcept : kind_{&kind} {}
    node(const node& other) noexcept : kind_{other.kind_} {}
    [[nodiscard]] virtual std::uint64_t compute_hash() const = 0;
    void forget_hash() noexcept { hash_.store(0, std::memory_order_relaxed); }

private:
    std::uint64_t rehash() const;

    const node_kind* kind_;
    mutable std::atomic<std::uint64_t> hash_{0};
    mutable std::atomic<std::uint32_t> references_{0};
    mutable bool immortal_{false};
};

/// Shares ownership of a node.
template <class N>
class node_handle {
public:
    constexpr node_handle() noexcept = default;
    constexpr node_handle(std::nullptr_t) noexcept {}
    explicit node_handle(N* raw) noexcept : raw_{raw} {
        if (raw_) raw_->retain();
    }
    node_handle(const node_handle& other) noexcept : node_handle(other.raw_) {}
    node_handle(node_handle&& other) noexcept : raw_{std::exchange(other.raw_, nullptr)} {}
    template <class M>
    requires std::is_convertible_v<M*, N*> node_handle(const node_handle<M>& other)
    noexcept : node_handle(static_cast<N*>(other.get())) {}
    template <class M>
    requires std::is_convertible_v<M*, N*> node_handle(node_handle<M>&& other)
    noexcept : raw_{other.detach()} {}
    node_handle& operator=(node_handle other) noexcept {
        std::swap(raw_, other.raw_);
        return *this;
    }
    ~node_handle() {
        if (raw_) raw_->release();
    }
    [[nodiscard]] N* get() const noexcept { return raw_; }
    [[nodiscard]] N& operator*() const noexcept { return *raw_; }
    [[nodiscard]] N* operator->() const noexcept { return raw_; }
    [[nodiscard]] explicit operator bool() const noexcept { return raw_ != nullptr; }
    /// Gives up the pointer with its reference.
    [[nodiscard]] N* detach() noexcept { return std::exchange(raw_, nullptr); }
    friend bool operator==(const node_handle& a, const node_handle& b) noexcept { return a.raw_ == b.raw_; }

private:
    N* raw_{};
};

using node_ptr = node_handle<const node>;

template <class N, class... Args>
node_handle<N> make_node(Args&&... args) {
    return node_handle<N>{new N(std::forward<Args>(args)...)};
}

/// The node as the given kind, or null.
template <class N>
const N* node_cast(const node* from) noexcept {
    return from && &from->kind() == &N::static_kind ? static_cast<const N*>(from) : nullptr;
}
template <class N>
const N* node_cast(const node_ptr& from) noexcept {
    return node_cast<N>(from.get());
}

}  // namespace azoth
