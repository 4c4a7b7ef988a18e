#pragma once

#include <azoth/orm/relation.hpp>
#include <azoth/sql/select.hpp>

#include <concepts>
#include <memory>
#include <ranges>

namespace azoth::orm {

namespace detail {

/// What a write-only collection holds is what has been put into it since the last flush.
class AZOTH_API write_only_base : protected many_base {
protected:
    void put_in(instance* item);
    void take_out(instance* item);
    /// A query of the related struct, restricted to the collection.
    [[nodiscard]] node_handle<select_node> restricted(const node_ptr& all) const;
};

template <class T>
inline constexpr bool is_never_v = false;

}  // namespace detail

/// The objects that a struct is related to, for more of them than memory holds: `az::orm::write_only<Entry> entries{};`. It is never
/// loaded: the flush writes what has been added and removed, and queries ask for the rest: `session.scalars(account->entries.select()
/// .where(...).limit(10))`, `session.stream(account->entries.select(), 1000)`. Reading it like a collection does not compile. Deleting the
/// owner deletes the rows (cascade_delete) or has them lead to nobody, by a statement a table and no object of its own: no events are
/// told of them; of objects that the session has, those deleted are deleted and the others are read again. With `.passive()` that is the
/// database's (ON DELETE).
template <class T>
class write_only : public detail::write_only_base {
public:
    using value_type = ptr<T>;

    write_only() noexcept = default;

    /// The next flush relates it, and inserts it where it is new. Whether the collection has it already is not looked up: a row between
    /// that is there twice is for the database to refuse.
    void add(const ptr<T>& item) { put_in(item.instance()); }
    template <std::ranges::input_range R>
    void add_all(const R& items) {
        for (const auto& item : items) add(item);
    }
    /// The next flush takes it out: its row leads to nobody, or is deleted (cascade_all_delete_orphan). Throws interface_error
    /// (invalid-argument) where its row shows that it is not in the collection.
    void remove(const ptr<T>& item) { take_out(item.instance()); }

    /// A query of what the collection has in the database, in the mapping's order, to be restricted further, ordered and run by a session,
    /// which flushes before. Throws interface_error (misuse) where the owner has no key yet.
    [[nodiscard]] select_statement<T> select() const { return select_statement<T>{restricted(azoth::select<T>().node())}; }

    // What reading it would be.
    template <class U = T>
    [[nodiscard]] const ptr<T>* begin() const {
        refuse<U>();
        return {};
    }
    template <class U = T>
    [[nodiscard]] const ptr<T>* end() const {
        return {};
    }
    template <class U = T>
    [[nodiscard]] std::size_t size() const {
        refuse<U>();
        return 0;
    }
    template <class U = T>
    [[nodiscard]] bool empty() const {
        refuse<U>();
        return true;
    }
    template <class U = T>
    [[nodiscard]] const ptr<T>& operator[](std::size_t) const {
        refuse<U>();
    }
    template <class U = T>
    [[nodiscard]] bool contains(const ptr<T>&) const {
        refuse<U>();
        return false;
    }

    template <class... Options>
    static std::shared_ptr<const azoth::relation_description> describe(const Options&... options) {
        static_assert((!std::same_as<Options, loading_option> && ...),
                      "azoth: a write_only collection is never loaded: leave out load(...)");
        static_assert((!std::same_as<Options, view_only_option> && ...), "azoth: a write_only collection cannot be view_only");
        auto said = detail::described<T, true>(options...);
        said->is_write_only = true;
        return said;
    }

private:
    template <class U>
    static consteval void refuse() {
        static_assert(detail::is_never_v<U>, "azoth: a write_only collection is never loaded: run what its select() gives");
    }
};

}  // namespace azoth::orm
