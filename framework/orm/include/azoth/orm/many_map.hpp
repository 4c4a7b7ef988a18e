#pragma once

#include <azoth/base/arena.hpp>
#include <azoth/orm/relation.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace azoth::orm {

/// The member by whose value a many_map finds its objects.
template <auto Member>
struct keyed_by_option {
    static constexpr auto member = Member;
    template <class D>
    void apply(D&) const {
        static_assert(!std::same_as<D, relation_description>, "azoth: keyed_by<> is said of an az::orm::many_map<K, T>");
    }
};
template <auto Member>
inline constexpr keyed_by_option<Member> keyed_by{};

namespace detail {

template <class Option>
inline constexpr bool is_keyed_by_v = false;
template <auto Member>
inline constexpr bool is_keyed_by_v<keyed_by_option<Member>> = true;

[[noreturn]] AZOTH_API void throw_no_key(const relation_info& r, const cell& key);
[[noreturn]] AZOTH_API void throw_shared_key(const relation_info& r, const cell& key);

}  // namespace detail

/// The objects that a struct is related to, found by the value of one of their members: `az::orm::many_map<std::string, Translation>
/// translations{};`, with `keyed_by<&Translation::language>` in the mapping, whose member has the map's key type. Each look (at, find,
/// contains, begin, erase by key) compares the keys that it knows with what the objects hold now: so objects whose key has changed are
/// found by the new one, and a look takes time linear in the size, as a flush does. Two objects with one key are an interface_error
/// (invalid-argument) of the look that meets them; adding one to a key that is taken throws at once. A look at a struct that is no object
/// yet throws interface_error (misuse). Keys are ordered and told apart as C++ does, whatever the database's collation. Like its objects
/// it is for one thread at a time, also where it is only read.
template <class K, class T>
class many_map : public detail::many_base {
    static_assert(std::totally_ordered<K>, "azoth: the key of a many_map has to be ordered (<, ==)");

public:
    using key_type = K;
    using mapped_type = ptr<T>;
    using value_type = std::pair<const K&, ptr<T>>;  ///< the key is the object's own member

    class iterator {
    public:
        using value_type = many_map::value_type;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::forward_iterator_tag;
        iterator() noexcept = default;
        iterator(const many_map& in, const std::size_t* at) noexcept : in_{&in}, at_{at} {}
        [[nodiscard]] value_type operator*() const {
            const ptr<T> item = in_->handle(*at_);
            return {in_->key_now(*item.instance()), item};
        }
        iterator& operator++() noexcept {
            ++at_;
            return *this;
        }
        iterator operator++(int) noexcept { return iterator{*in_, at_++}; }
        friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.at_ == b.at_; }

    private:
        const many_map* in_{};
        const std::size_t* at_{};
    };

    many_map() noexcept = default;
    many_map(std::initializer_list<ptr<T>> of) {
        for (const auto& p : of) many_base::add(p.instance(), end_place());
    }
    many_map& operator=(std::initializer_list<ptr<T>> of) {
        std::vector<detail::instance*> all;
        for (const auto& p : of) all.push_back(p.instance());
        replace(all);
        return *this;
    }

    /// Pairs of key and object in the order of keys: `for (const auto& [language, translation] : article->translations)`. Valid until the
    /// collection changes, or a key and then another look.
    [[nodiscard]] iterator begin() const {
        look();
        return iterator{*this, order_.data()};
    }
    [[nodiscard]] iterator end() const {
        look();
        return iterator{*this, order_.data() + order_.size()};
    }

    /// Throws interface_error (invalid-argument) where no object has the key.
    [[nodiscard]] ptr<T> at(const K& key) const {
        if (ptr<T> found = find(key)) return found;
        arena scratch;
        detail::throw_no_key(info(), codec_of<K>.write(&key, scratch));
    }
    /// An empty handle where no object has the key.
    [[nodiscard]] ptr<T> find(const K& key) const {
        look();
        const auto place = place_of(key);
        return place == order_.end() ? ptr<T>{} : handle(*place);
    }
    [[nodiscard]] bool contains(const K& key) const { return static_cast<bool>(find(key)); }
    [[nodiscard]] bool contains(const ptr<T>& item) const { return has(item.instance()); }

    /// Adding one that it has already changes nothing.
    void insert(const ptr<T>& item) {
        if (item && owner_) require_free_key(*item.instance());
        many_base::add(item.instance(), end_place());
    }
    /// Takes it out of the collection; whether it is deleted is up to the relation's cascades. False where it was not in it.
    bool erase(const K& key) {
        look();
        const auto place = place_of(key);
        if (place == order_.end()) return false;
        many_base::remove(*place);
        return true;
    }
    bool erase(const ptr<T>& item) { return many_base::remove(item.instance()); }

    template <class... Options>
    static std::shared_ptr<const azoth::relation_description> describe(const Options&... options) {
        static_assert((std::size_t{0} + ... + std::size_t{detail::is_keyed_by_v<Options>}) == 1,
                      "azoth: say by which member a many_map finds its objects: keyed_by<&T::member>");
        auto said = detail::described<T, true>();
        (describe_one(*said, options), ...);
        return said;
    }

private:
    struct entry {
        detail::instance* item;
        K key;
    };
    template <class Option>
    static void describe_one(relation_description& said, const Option& option) {
        if constexpr (detail::is_keyed_by_v<Option>) {
            using pointer = azoth::detail::member_pointer<std::remove_const_t<decltype(Option::member)>>;
            static_assert(std::derived_from<T, typename pointer::owner>, "azoth: keyed_by<> names a member of another struct");
            static_assert(std::same_as<typename pointer::value, K>, "azoth: keyed_by<> names a member of another type than the map's key");
            said.key = [](const void* object) -> const void* { return &(static_cast<const T*>(object)->*Option::member); };
            said.key_name = std::string_view{azoth::detail::spelled_member<Option::member>()}.substr(1);
        } else {
            option.apply(said);
        }
    }

    [[nodiscard]] const K& key_now(const detail::instance& i) const { return key_in(info().said->key, i); }
    [[nodiscard]] static const K& key_in(const void* (*read)(const void*), const detail::instance& i) {
        return *static_cast<const K*>(read(i.object));
    }
    [[nodiscard]] ptr<T> handle(std::size_t i) const noexcept { return {items_[i], static_cast<T*>(items_[i]->object)}; }
    [[nodiscard]] auto key_at() const noexcept {
        return [this](std::size_t i) -> const K& { return entries_[i].key; };
    }
    [[nodiscard]] auto place_of(const K& key) const {
        const auto at = std::ranges::lower_bound(order_, key, std::less<>{}, key_at());
        return at != order_.end() && entries_[*at].key == key ? at : order_.end();
    }

    /// Brings the index up to what the collection and its objects are now.
    void look() const {
        touch();
        if (!knows_start()) forget_index();
        const auto known = static_cast<std::ptrdiff_t>(entries_.size());
        if (entries_.size() == items_.size()) return;
        for (std::size_t i = entries_.size(); i < items_.size(); ++i) {
            order_.push_back(i);
            entries_.push_back({items_[i], key_now(*items_[i])});
        }
        std::ranges::sort(order_.begin() + known, order_.end(), std::less<>{}, key_at());
        std::ranges::inplace_merge(order_, order_.begin() + known, std::less<>{}, key_at());
        require_own_keys();
    }
    /// Whether the first objects are those of the index, by the same keys.
    [[nodiscard]] bool knows_start() const {
        if (entries_.size() > items_.size()) return false;
        auto* const read = info().said->key;
        for (std::size_t i = 0; i < entries_.size(); ++i)
            if (entries_[i].item != items_[i] || !(entries_[i].key == key_in(read, *items_[i]))) return false;
        return true;
    }
    void forget_index() const noexcept {
        entries_.clear();
        order_.clear();
    }
    void require_own_keys() const {
        const auto shared = std::ranges::adjacent_find(order_, std::equal_to<>{}, key_at());
        if (shared == order_.end()) return;
        const K key = entries_[*shared].key;
        forget_index();  // so that the next look finds it again
        throw_shared(key);
    }
    /// Before one more is added: against what the index knows, which costs no walk.
    void require_free_key(const detail::instance& item) const {
        if (entries_.size() != size()) look();
        const auto place = place_of(key_now(item));
        if (place == order_.end() || items_[*place] == &item || !(key_now(*items_[*place]) == key_now(item))) return;
        throw_shared(key_now(item));
    }
    [[noreturn]] void throw_shared(const K& key) const {
        arena scratch;
        detail::throw_shared_key(info(), codec_of<K>.write(&key, scratch));
    }

    mutable std::vector<entry> entries_{};      ///< as the last look found them, in the order of the collection
    mutable std::vector<std::size_t> order_{};  ///< places of entries, in the order of keys
};

}  // namespace azoth::orm
