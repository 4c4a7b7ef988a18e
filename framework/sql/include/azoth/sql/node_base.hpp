#pragma once

#include <azoth/sql/node.hpp>
#include <azoth/sql/type.hpp>

#include <concepts>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace azoth {

/// Walks two trees at once: whether a new statement may use the SQL compiled for a kept one. Aliases, CTEs and binds have to
/// correspond one to one; bound values may differ, their types may not. Collects the new statement's binds on the way, in the order in
/// which `collect_binds` finds the kept one's.
class AZOTH_API node_matcher {
public:
    explicit node_matcher(std::vector<const bind_node*>& found) noexcept : found_{found} {}

    bool nodes(const node* a, const node* b);
    /// For kinds that are more than their content: the two must be partners, and of nobody else.
    enum class partnership : unsigned char { refused, known, fresh };
    partnership partners(const node* a, const node* b);
    /// The same for binds; the partner is known by its place.
    bool binds(const bind_node& a, const bind_node& b);

private:
    struct pair {
        const node* a;
        const node* b;
    };
    using places = std::unordered_map<const bind_node*, std::size_t>;
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
    static constexpr std::size_t few = 32;  ///< from here on a hash table beats looking at each
    static std::size_t find_among(const std::vector<const bind_node*>& met, const bind_node& bind) noexcept;
    static std::size_t find_in(const places& met, const bind_node& bind);
    void index_new_binds();

    std::vector<const bind_node*>& found_;
    std::vector<const bind_node*> kept_{};
    places places_found_{};
    places places_kept_{};
    std::vector<pair> pairs_{};
};

/// The binds of a statement, each once, in the order of declaration.
AZOTH_API void collect_binds(const node& root, std::vector<const bind_node*>& found);

namespace detail {

constexpr std::uint64_t mix(std::uint64_t seed, std::uint64_t v) noexcept {
    v = (v ^ seed) * 0x9e3779b97f4a7c15ull;
    return v ^ (v >> 29);
}

AZOTH_API std::uint64_t hash_text(std::string_view text) noexcept;

template <class N>
std::uint64_t hash_field(const node_handle<N>& f) {
    return f ? f->hash() : 1;
}
inline std::uint64_t hash_field(std::string_view f) { return hash_text(f); }
inline std::uint64_t hash_field(const std::string& f) { return hash_text(f); }
inline std::uint64_t hash_field(const type& t) {
    return static_cast<std::uint64_t>(t.kind) | std::uint64_t{t.length} << 8 | std::uint64_t{t.precision} << 40 |
           std::uint64_t{t.scale} << 52;
}
template <class T>
requires std::is_enum_v<T> || std::integral<T>
constexpr std::uint64_t hash_field(T f) { return static_cast<std::uint64_t>(f) + 2; }
template <class S>
requires requires(const S& s) { s.fields(); }
std::uint64_t hash_field(const S& s);
template <class T>
std::uint64_t hash_field(const std::vector<T>& f) {
    std::uint64_t h = f.size();
    for (const auto& e : f) h = mix(h, hash_field(e));
    return h;
}
template <class S>
requires requires(const S& s) { s.fields(); }
std::uint64_t hash_field(const S& s) {
    return std::apply(
        [](const auto&... f) {
            std::uint64_t h = 7;
            ((h = mix(h, hash_field(f))), ...);
            return h;
        },
        s.fields());
}

template <class N>
bool match_field(const node_handle<N>& a, const node_handle<N>& b, node_matcher& m) {
    return m.nodes(a.get(), b.get());
}
template <class T>
requires std::is_enum_v<T> || std::integral<T> || std::same_as<T, std::string> || std::same_as<T, type>
bool match_field(const T& a, const T& b, node_matcher&) { return a == b; }
template <class S>
requires requires(const S& s) { s.fields(); }
bool match_field(const S& a, const S& b, node_matcher& m);
template <class T>
bool match_field(const std::vector<T>& a, const std::vector<T>& b, node_matcher& m) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!match_field(a[i], b[i], m)) return false;
    return true;
}
template <class Tuple, std::size_t... I>
bool match_tuples(const Tuple& a, const Tuple& b, node_matcher& m, std::index_sequence<I...>) {
    return (match_field(std::get<I>(a), std::get<I>(b), m) && ...);
}
template <class S>
requires requires(const S& s) { s.fields(); }
bool match_field(const S& a, const S& b, node_matcher& m) {
    const auto fa = a.fields();
    return match_tuples(fa, b.fields(), m, std::make_index_sequence<std::tuple_size_v<decltype(fa)>>{});
}

template <class T>
requires std::is_enum_v<T> || std::integral<T> || std::same_as<T, std::string> || std::same_as<T, type>
void visit_field(const T&, node_visitor&) {}
template <class N>
void visit_field(const node_handle<N>& f, node_visitor& v) {
    if (f) v.child(*f);
}
template <class S>
requires requires(const S& s) { s.fields(); }
void visit_field(const S& s, node_visitor& v);
template <class T>
void visit_field(const std::vector<T>& f, node_visitor& v) {
    for (const auto& e : f) visit_field(e, v);
}
template <class S>
requires requires(const S& s) { s.fields(); }
void visit_field(const S& s, node_visitor& v) {
    std::apply([&](const auto&... f) { (visit_field(f, v), ...); }, s.fields());
}

}  // namespace detail

/// The base of a node kind. `D` declares once what it consists of, and gets hash, comparison and child iteration from that:
///
///     class shout_node : public azoth::node_base<shout_node> {
///     public:
///         static constexpr azoth::node_kind static_kind{azoth::node_kind::extension, "shout"};
///         explicit shout_node(azoth::node_ptr what) : text{std::move(what)} {}
///         auto fields() const { return std::tie(text); }
///         azoth::node_ptr text;
///     };
///
/// A member `azoth::type type` says what type its value has. Fields may be nodes, enumerations, integers, strings, types, structs with
/// `fields()` and vectors of these.
template <class D>
class node_base : public node {
public:
    void visit_children(node_visitor& visitor) const override { detail::visit_field(self(), visitor); }
    [[nodiscard]] bool matches(const node& other, node_matcher& matcher) const override {
        return detail::match_field(self(), static_cast<const D&>(other), matcher);
    }
    [[nodiscard]] azoth::type own_type() const override {
        if constexpr (requires(const D& d) { azoth::type{d.type}; }) return self().type;
        else return {};
    }

protected:
    node_base() noexcept : node(D::static_kind) {}
    node_base(const node_base&) noexcept = default;
    [[nodiscard]] std::uint64_t compute_hash() const override {
        return detail::mix(
            D::static_kind.number == node_kind::extension ? detail::hash_text(D::static_kind.name) : D::static_kind.number + 11u,
            detail::hash_field(self()));
    }

private:
    const D& self() const noexcept { return static_cast<const D&>(*this); }
};

/// A node that is more than its content: two equal ones in a statement are still two.
template <class D>
class identity_node : public node_base<D> {
public:
    [[nodiscard]] bool matches(const node& other, node_matcher& matcher) const final {
        switch (matcher.partners(this, &other)) {
            case node_matcher::partnership::refused: return false;
            case node_matcher::partnership::known: return true;  // compared already: each of its columns leads here again
            case node_matcher::partnership::fresh: break;
        }
        return node_base<D>::matches(other, matcher);
    }
};

}  // namespace azoth
