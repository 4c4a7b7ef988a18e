#pragma once

#include <azoth/base/value_traits.hpp>
#include <azoth/orm/instance.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace azoth::orm {

namespace detail {

/// What all members that can be left unread have in common.
class AZOTH_API deferred_base {
public:
    /// Whether the value is there. Never reads.
    [[nodiscard]] bool is_loaded() const noexcept { return is_loaded_; }

protected:
    deferred_base() noexcept = default;
    explicit deferred_base(bool is_loaded) noexcept : is_loaded_{is_loaded} {}
    deferred_base(const deferred_base&) = delete;
    deferred_base& operator=(const deferred_base&) = delete;
    ~deferred_base() = default;
    void touch() const {
        if (!is_loaded_) load();
    }
    void load() const;

    instance* owner_{};  ///< null: of a struct that is no object
    bool is_loaded_{true};

    friend struct deferred_access;
};

}  // namespace detail

/// A member that queries leave out, and that is read when it is touched, for all objects that were loaded together:
/// `az::orm::deferred<std::string> text{};`. DDL and expressions see the `T` in it. Touching what nobody can read any more throws
/// interface_error (misuse). A copy of one that is not loaded is not loaded either; assigned to an object's, it changes nothing.
template <class T>
class deferred : public detail::deferred_base {
public:
    using value_type = T;

    deferred() = default;
    template <class U>
    requires(std::convertible_to<U&&, T> && !std::same_as<std::remove_cvref_t<U>, deferred>) deferred(U&& value)
        : value_(std::forward<U>(value)) {}
    deferred(const deferred& other) : deferred_base{other.is_loaded_}, value_(other.value_) {}
    deferred(deferred&& other) noexcept(std::is_nothrow_move_constructible_v<T>)
        : deferred_base{other.is_loaded_}, value_(std::move(other.value_)) {}
    ~deferred() = default;
    deferred& operator=(const deferred& other) {
        if (takes(other)) value_ = other.value_;
        return *this;
    }
    deferred& operator=(deferred&& other) noexcept(std::is_nothrow_move_assignable_v<T>) {
        if (takes(other)) value_ = std::move(other.value_);
        return *this;
    }
    /// It need not be loaded for that.
    template <class U>
    requires(std::assignable_from<T&, U&&> && !std::same_as<std::remove_cvref_t<U>, deferred>) deferred& operator=(U&& value) {
        value_ = std::forward<U>(value);
        is_loaded_ = true;
        return *this;
    }

    [[nodiscard]] const T& get() const {
        touch();
        return value_;
    }
    [[nodiscard]] T& get() {
        touch();
        return value_;
    }
    [[nodiscard]] const T& operator*() const { return get(); }
    [[nodiscard]] T& operator*() { return get(); }
    [[nodiscard]] const T* operator->() const { return &get(); }
    [[nodiscard]] T* operator->() { return &get(); }
    operator const T&() const { return get(); }
    friend bool operator==(const deferred& a, const deferred& b) { return a.get() == b.get(); }
    template <class U>
    requires(!std::same_as<U, deferred>) friend bool operator==(const deferred& a, const U& b) { return a.get() == b; }

private:
    friend struct azoth::value_traits<deferred>;
    bool takes(const deferred& other) noexcept {
        if (this == &other || (owner_ && !other.is_loaded_)) return false;
        is_loaded_ = other.is_loaded_;
        return is_loaded_;
    }
    T value_{};
};

template <class T>
inline constexpr bool is_deferred_v = false;
template <class T>
inline constexpr bool is_deferred_v<deferred<T>> = true;

}  // namespace azoth::orm

namespace azoth {

template <class T>
struct expressed_as<orm::deferred<T>> {
    using type = T;
};

template <class T>
struct value_traits<orm::deferred<T>> {
    static constexpr type_kind kind = value_traits<T>::kind;
    static cell to_cell(const orm::deferred<T>& value, arena& scratch) { return value_traits<T>::to_cell(value.get(), scratch); }
    static void from_cell(const cell& from, orm::deferred<T>& to) {
        value_traits<T>::from_cell(from, to.value_);
        to.is_loaded_ = true;
    }
};

}  // namespace azoth
