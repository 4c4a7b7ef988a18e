#pragma once

#include <azoth/base/value_traits.hpp>
#include <azoth/sql/nodes/selectable.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth {

/// Specialised by the program for each struct that is a table: `static table_map<T> map()`; see <azoth/schema/mapping.hpp>.
template <class T>
struct mapping;

template <class T>
concept mapped = requires {
    mapping<T>::map();
};

/// A mapped struct as statements see it: its table and where in the struct each column's value lies. Lives until the process ends.
class AZOTH_API entity_info {
public:
    struct member {
        std::ptrdiff_t offset;
        const codec* access;
        std::string name;
    };
    std::string struct_name{};
    node_handle<const table_node> table{};
    std::vector<node_ptr> columns{};  ///< column nodes of the table, in the mapping's order
    std::vector<member> members{};    ///< one a column

    /// The column of a member.
    [[nodiscard]] const column_spec& spec(std::size_t member) const { return *static_cast<const column_node&>(*columns[member]).spec; }

    /// Throws interface_error (mapping) where no column is mapped to the member.
    [[nodiscard]] std::size_t index_of(std::ptrdiff_t offset, const codec& access, std::string_view member_name = {}) const;
    [[nodiscard]] const node_ptr& column_at(std::ptrdiff_t offset, const codec& access, std::string_view member_name = {}) const {
        return columns[index_of(offset, access, member_name)];
    }
    void read(std::span<const cell> cells, void* object) const {
        const auto* c = cells.data();
        for (const member& m : members) m.access->read(*c++, static_cast<char*>(object) + m.offset);
    }
    /// Whether a primary key column is NULL: the row of an outer join that found no partner.
    [[nodiscard]] bool is_absent(std::span<const cell> cells) const;
};

/// Whether the key of an object is to be made by the database: NULL or 0.
AZOTH_API bool is_unset(const cell& generated_key) noexcept;
/// The same of a key that the mapping makes: also an empty text, or a uuid of zeros.
AZOTH_API bool is_unset_key(const cell& key) noexcept;

namespace detail {
/// A value that stays when the process's other statics go: some of those may still use it.
template <class V>
union never_destroyed {
    explicit never_destroyed(V v) noexcept : value{std::move(v)} {}
    never_destroyed(const never_destroyed&) = delete;
    never_destroyed& operator=(const never_destroyed&) = delete;
    ~never_destroyed() {}
    V value;
};
}  // namespace detail

/// Builds the mapping at first use; thread-safe. Throws interface_error (mapping).
template <mapped T>
const entity_info& entity_of() {
    static const detail::never_destroyed<std::shared_ptr<const entity_info>> info{mapping<T>::map().build()};
    return *info.value;
}

namespace detail {

template <class M>
struct member_pointer;
template <class V, class C>
struct member_pointer<V C::*> {
    using value = V;
    using owner = C;
};

/// The Itanium ABI keeps a pointer to a data member as its offset.
template <class V, class C>
std::ptrdiff_t offset_of(V C::*member) noexcept {
    std::ptrdiff_t offset;
    static_assert(sizeof offset == sizeof member);
    std::memcpy(&offset, &member, sizeof offset);
    return offset;
}

/// "&Package::name" of the member pointer M, as the compiler spells it.
template <auto M>
constexpr std::string_view spelled_member() {
    std::string_view text = __PRETTY_FUNCTION__;
    const auto begin = text.find("M = ") + 4;
    const auto end = text.find_first_of(";]", begin);
    return text.substr(begin, end - begin);
}

/// "name" of &Package::name.
template <auto M>
constexpr std::string_view member_name() {
    std::string_view text = spelled_member<M>();
    text = text.substr(text.rfind(':') + 1);
    while (!text.empty() && (text.back() == ')' || text.back() == ' ')) text.remove_suffix(1);
    return text;
}

/// "Package" of the type Package.
template <class T>
constexpr std::string_view type_name() {
    std::string_view text = __PRETTY_FUNCTION__;
    const auto begin = text.find("T = ") + 4;
    const auto end = text.find_first_of(";]", begin);
    return text.substr(begin, end - begin);
}

/// A member, or a member of an embedded member, of `Owner`.
template <auto First, auto... Rest>
struct member_path {
    using owner = typename member_pointer<decltype(First)>::owner;
    using value = typename member_path<Rest...>::value;
    static std::ptrdiff_t offset() noexcept { return offset_of(First) + member_path<Rest...>::offset(); }
    static constexpr std::string_view name() noexcept { return spelled_member<First>(); }
};
template <auto Last>
struct member_path<Last> {
    using owner = typename member_pointer<decltype(Last)>::owner;
    using value = typename member_pointer<decltype(Last)>::value;
    static std::ptrdiff_t offset() noexcept { return offset_of(Last); }
    static constexpr std::string_view name() noexcept { return spelled_member<Last>(); }
};

}  // namespace detail
}  // namespace azoth
