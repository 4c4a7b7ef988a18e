#pragma once

#include <azoth/schema/definition.hpp>
#include <azoth/sql/entity.hpp>

#include <optional>
#include <string>
#include <utility>

namespace azoth {

/// Where a reference leads, by name.
struct reference_target {
    std::string schema{};
    std::string table{};
    std::string column{};
};

/// A column while its table is being described.
struct column_draft {
    struct reference {
        reference_target (*resolve)(){};  ///< asked when the table is built: the other mapping may not exist before
        reference_target named{};
        referential_action on_delete{};
        referential_action on_update{};
        type_kind kind{};  ///< of what is referred to, where the program says
    };
    column_spec spec{};
    std::string server_default{};
    std::optional<bool> generated{};  ///< unset: an integer key of one column is
    bool unique{};
    bool indexed{};
    bool type_said{};
    std::optional<reference> refers{};
    // of a mapped one
    std::ptrdiff_t offset{};
    const codec* access{};
    std::string member{};
};

// What can be said of a column, in any order, in a mapping or a run-time table: `.column<&T::m>(primary_key)`, `column("id", ...)`.

struct primary_key_option {
    void apply(column_draft& to) const {
        to.spec.primary_key = true;
        to.spec.nullable = false;
    }
};
/// Part of the primary key. A single integer key is made by the database where it is not given.
inline constexpr primary_key_option primary_key{};

struct unique_option {
    void apply(column_draft& to) const { to.unique = true; }
};
/// No two rows have the same value.
inline constexpr unique_option unique{};

struct indexed_option {
    void apply(column_draft& to) const { to.indexed = true; }
};
/// Has an index of its own.
inline constexpr indexed_option indexed{};

struct generated_option {
    bool by_database;
    void apply(column_draft& to) const { to.generated = by_database; }
};
/// The database makes the value where none is given ...
inline constexpr generated_option generated{true};
/// ... or, for an integer key, the program always gives it.
inline constexpr generated_option not_generated{false};

struct nullable_option {
    bool yes;
    void apply(column_draft& to) const { to.spec.nullable = yes; }
};
/// For run-time tables; a struct says it with std::optional.
inline constexpr nullable_option nullable{true};
inline constexpr nullable_option not_null{false};

struct named_option {
    std::string name;
    void apply(column_draft& to) const { to.spec.name = name; }
};
/// Another name than the member's.
inline named_option named(std::string name) { return {std::move(name)}; }

struct server_default_option {
    std::string sql;
    void apply(column_draft& to) const {
        to.server_default = sql;
        to.spec.has_default = true;
    }
};
/// A default that the database fills in, as SQL: `server_default("CURRENT_TIMESTAMP")`.
inline server_default_option server_default(std::string sql) { return {std::move(sql)}; }

struct foreign_key_option {
    column_draft::reference reference{};
    [[nodiscard]] foreign_key_option on_delete(referential_action action) const {
        foreign_key_option next{*this};
        next.reference.on_delete = action;
        return next;
    }
    [[nodiscard]] foreign_key_option on_update(referential_action action) const {
        foreign_key_option next{*this};
        next.reference.on_update = action;
        return next;
    }
    void apply(column_draft& to) const { to.refers = reference; }
};

namespace detail {
template <auto Member>
reference_target resolve_reference() {
    using owner = typename member_pointer<decltype(Member)>::owner;
    return mapping<owner>::map().target_of(offset_of(Member), codec_of<typename member_pointer<decltype(Member)>::value>,
                                           spelled_member<Member>());
}
}  // namespace detail

/// A foreign key to another struct's member: `references<&Maintainer::id>`.
template <auto Member>
inline const foreign_key_option references{{.resolve = &detail::resolve_reference<Member>,
                                            .named = {},
                                            .on_delete = {},
                                            .on_update = {},
                                            .kind = value_traits<typename detail::member_pointer<decltype(Member)>::value>::kind}};

/// A foreign key by name, for run-time tables.
inline foreign_key_option references_to(std::string table, std::string column, std::string schema = {}) {
    return {{.resolve = nullptr,
             .named = {std::move(schema), std::move(table), std::move(column)},
             .on_delete = {},
             .on_update = {},
             .kind = {}}};
}

namespace detail {
inline void apply_option(column_draft& to, const type& t) {
    to.spec.type = t;
    to.type_said = true;
}
template <class Option>
requires requires(const Option& o, column_draft& d) { o.apply(d); }
void apply_option(column_draft& to, const Option& option) { option.apply(to); }
}  // namespace detail

template <class Option>
concept column_option = requires(const Option& o, column_draft& d) {
    detail::apply_option(d, o);
};

}  // namespace azoth
