#pragma once

#include <azoth/orm/entity_class.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>

namespace azoth::orm {

/// A handle to an object, and to all that it is related to: as long as one handle lives, none of them goes, whatever becomes of the
/// session. Handles of a graph that a session holds belong to the session's thread; later ones can be copied and dropped anywhere.
template <class T>
class ptr {
public:
    using element_type = T;

    constexpr ptr() noexcept = default;
    constexpr ptr(std::nullptr_t) noexcept {}
    ptr(detail::instance* of, T* object) noexcept : of_{of}, object_{object} {
        if (of_) detail::retain(*of_);
    }
    ptr(const ptr& other) noexcept : ptr(other.of_, other.object_) {}
    ptr(ptr&& other) noexcept : of_{std::exchange(other.of_, nullptr)}, object_{std::exchange(other.object_, nullptr)} {}
    template <std::derived_from<T> D>
    requires(!std::same_as<D, T>) ptr(const ptr<D>& other)
    noexcept : ptr(other.instance(), other.get()) {}
    ptr& operator=(ptr other) noexcept {
        std::swap(of_, other.of_);
        std::swap(object_, other.object_);
        return *this;
    }
    ~ptr() {
        if (of_) detail::release(*of_);
    }

    [[nodiscard]] T* get() const noexcept { return object_; }
    [[nodiscard]] T& operator*() const noexcept { return *object_; }
    [[nodiscard]] T* operator->() const noexcept { return object_; }
    [[nodiscard]] explicit operator bool() const noexcept { return of_ != nullptr; }
    /// The same object.
    friend bool operator==(const ptr& a, const ptr& b) noexcept { return a.of_ == b.of_; }
    friend bool operator==(const ptr& a, std::nullptr_t) noexcept { return a.of_ == nullptr; }
    void reset() noexcept { *this = ptr{}; }

    [[nodiscard]] detail::instance* instance() const noexcept { return of_; }

private:
    detail::instance* of_{};
    T* object_{};
};

/// A new, transient object: `make<Package>({.name = "libazoth"})`.
template <class T>
[[nodiscard]] ptr<T> make(T object = {}) {
    static_assert(mapped<T>, "azoth: this struct is not mapped: specialise azoth::mapping for it");
    detail::instance* made = detail::make_instance(detail::class_of<T>());
    ptr<T> handle{made, static_cast<T*>(made->object)};
    *handle = std::move(object);
    detail::adopt_relations(*made);
    return handle;
}

/// The same object as the struct that it is, where it is one that inherits: `if (const auto card = az::orm::as<Card>(payment))`. An empty
/// handle where it is another one.
template <class Derived, class Base>
requires std::derived_from<Derived, Base>
[[nodiscard]] ptr<Derived> as(const ptr<Base>& object) {
    if (!object || !detail::is_a(*object.instance(), detail::class_of<Derived>())) return {};
    return {object.instance(), static_cast<Derived*>(object.get())};
}

}  // namespace azoth::orm

template <class T>
struct std::hash<azoth::orm::ptr<T>> {
    std::size_t operator()(const azoth::orm::ptr<T>& p) const noexcept { return std::hash<const void*>{}(p.instance()); }
};
