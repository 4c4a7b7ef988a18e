#pragma once

#include <azoth/orm/ptr.hpp>

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <vector>

namespace azoth::orm {

namespace detail {

/// What the members that are relations have in common. In an object of a session it is loaded when it is touched; in a struct that is no
/// object yet it keeps handles to what was put into it.
class AZOTH_API relation_base {
public:
    /// Whether what it leads to is known. Never reads.
    [[nodiscard]] bool is_loaded() const noexcept { return is_loaded_; }

protected:
    /// What no other member of a struct looks like, so that relations that a mapping has forgotten are found in it.
    static constexpr std::uint32_t unbound = 0x7a07'41e5;

    relation_base() noexcept = default;
    ~relation_base() = default;
    relation_base(const relation_base&) = delete;
    relation_base& operator=(const relation_base&) = delete;
    /// Reads it where that is still to be done. Throws interface_error (misuse) where nobody can any more, and what the database says.
    void touch() const {
        if (!is_loaded_) load();
    }
    void load() const;
    /// A copy of an object's relation is known to lead nowhere only when the program says so.
    void copy_state(const relation_base& other) noexcept { is_loaded_ = !other.owner_ && other.is_loaded_; }
    /// A struct has been assigned to the owner, which says nothing of the relation.
    void pass_over() noexcept;
    [[nodiscard]] const relation_info& info() const;

    instance* owner_{};  ///< null: of a struct that is no object
    std::uint32_t index_{unbound};
    bool is_loaded_{true};
    bool is_changed_{};  ///< since the last flush; then there is a `before_`
    bool says_how_{};    ///< the query that read the object has said what touching it does
    loading how_{loading::lazy};

    friend struct relation_access;
};

[[noreturn]] AZOTH_API void throw_nothing_related(const std::string& relation);

class AZOTH_API one_base : public relation_base {
protected:
    one_base() noexcept = default;
    one_base(one_base&& other) noexcept;
    one_base(const one_base& other) noexcept;
    one_base& operator=(const one_base& other);
    ~one_base();
    void set(instance* to);

    instance* target_{};
    instance* before_{};
    friend struct relation_access;
};

class AZOTH_API many_base : public relation_base {
public:
    [[nodiscard]] std::size_t size() const {
        touch();
        return items_.size();
    }
    [[nodiscard]] bool empty() const { return size() == 0; }
    void clear();

protected:
    many_base() noexcept = default;
    many_base(many_base&& other) noexcept;
    many_base(const many_base& other);
    many_base& operator=(const many_base& other);
    ~many_base();
    void add(instance* item, std::size_t at);
    void remove(std::size_t at);
    bool remove(const instance* item);
    void replace(const std::vector<instance*>& by);
    [[nodiscard]] bool has(const instance* item) const;
    [[nodiscard]] bool has_already(const instance& item) const;
    /// Of a struct that is no object yet.
    void hold(instance& item, std::size_t at);
    void add_unread(instance& item);
    [[nodiscard]] std::size_t checked(std::size_t at) const;
    /// Behind the last one; of a copy that does not know what is in it: the first.
    [[nodiscard]] std::size_t end_place() const;
    void begin_anew();

    std::vector<instance*> items_{};
    std::unique_ptr<std::vector<instance*>> before_{};
    friend struct relation_access;
};

}  // namespace detail

/// The object that a struct is related to, or none: `az::orm::one<Maintainer> maintainer{};`. A copy of an object's struct does not know
/// what that is related to: following its relations throws interface_error (misuse), and where it is assigned to an object,
/// `*object = copy`, it says nothing of them. `object->maintainer = nullptr` or `= {}` says that it leads to nothing. A copy of a struct
/// that is no object yet has the handles that were put into that. What an object is related to is kept by a handle,
/// `az::ptr<Maintainer> who = object->maintainer`, or by a reference to the member, not by a copy of it.
template <class T>
class one : public detail::one_base {
public:
    using element_type = T;
    one() noexcept = default;
    one(const ptr<T>& to) { set(to.instance()); }
    one& operator=(const ptr<T>& to) {
        set(to.instance());
        return *this;
    }
    one& operator=(std::nullptr_t) {
        set(nullptr);
        return *this;
    }

    [[nodiscard]] ptr<T> get() const {
        touch();
        return {target_, object()};
    }
    operator ptr<T>() const { return get(); }
    [[nodiscard]] T& operator*() const { return *checked(); }
    [[nodiscard]] T* operator->() const { return checked(); }
    [[nodiscard]] explicit operator bool() const {
        touch();
        return target_ != nullptr;
    }
    friend bool operator==(const one& a, const ptr<T>& b) { return a.get() == b; }
    friend bool operator==(const one& a, std::nullptr_t) { return !a; }

    template <class... Options>
    static auto describe(const Options&... options) {
        return detail::describe<T, false>(options...);
    }

private:
    [[nodiscard]] T* object() const noexcept { return target_ ? static_cast<T*>(target_->object) : nullptr; }
    [[nodiscard]] T* checked() const {
        touch();
        if (!target_) detail::throw_nothing_related(info().name);
        return object();
    }
};

/// The objects that a struct is related to, each once, in an order: `az::orm::many<Package> packages{};`. Iterating gives handles to them.
/// Adding one that it has already changes nothing.
template <class T>
class many : public detail::many_base {
public:
    using value_type = ptr<T>;

    class iterator {
    public:
        using value_type = ptr<T>;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::forward_iterator_tag;
        iterator() noexcept = default;
        explicit iterator(detail::instance* const* at) noexcept : at_{at} {}
        [[nodiscard]] ptr<T> operator*() const noexcept { return {*at_, static_cast<T*>((*at_)->object)}; }
        [[nodiscard]] T* operator->() const noexcept { return static_cast<T*>((*at_)->object); }
        iterator& operator++() noexcept {
            ++at_;
            return *this;
        }
        iterator operator++(int) noexcept { return iterator{at_++}; }
        friend bool operator==(const iterator&, const iterator&) noexcept = default;

    private:
        detail::instance* const* at_{};
    };

    many() noexcept = default;
    many(std::initializer_list<ptr<T>> of) { append(of); }

    /// Valid until the collection changes.
    [[nodiscard]] iterator begin() const {
        touch();
        return iterator{items_.data()};
    }
    [[nodiscard]] iterator end() const noexcept { return iterator{items_.data() + items_.size()}; }
    /// Throws interface_error (invalid-argument) behind the end.
    [[nodiscard]] ptr<T> operator[](std::size_t i) const { return handle(checked(i)); }
    [[nodiscard]] ptr<T> front() const { return handle(checked(0)); }
    [[nodiscard]] ptr<T> back() const { return handle(checked(size() - 1)); }
    [[nodiscard]] bool contains(const ptr<T>& item) const { return has(item.instance()); }

    void push_back(const ptr<T>& item) { add(item.instance(), end_place()); }
    void insert(std::size_t before, const ptr<T>& item) { add(item.instance(), before); }
    /// Takes it out of the collection; whether it is deleted is up to the relation's cascades. False where it was not in it.
    bool erase(const ptr<T>& item) { return remove(item.instance()); }
    void erase_at(std::size_t i) { remove(checked(i)); }
    many& operator=(std::initializer_list<ptr<T>> of) {
        std::vector<detail::instance*> all;
        for (const auto& p : of) all.push_back(p.instance());
        replace(all);
        return *this;
    }

    template <class... Options>
    static auto describe(const Options&... options) {
        return detail::describe<T, true>(options...);
    }

private:
    void append(std::initializer_list<ptr<T>> of) {
        for (const auto& p : of) push_back(p);
    }
    [[nodiscard]] ptr<T> handle(std::size_t i) const noexcept { return {items_[i], static_cast<T*>(items_[i]->object)}; }
};

}  // namespace azoth::orm
