#pragma once

#include <azoth/base/error.hpp>
#include <azoth/sql/column.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <tuple>

namespace azoth {

class result;

namespace detail {

/// How one field of a row is read: a value from one cell, an entity from as many as it has columns.
template <class T>
struct element {
    static std::size_t width() { return 1; }
    static const cell* read(const cell* from, T& to) {
        value_traits<T>::from_cell(*from, to);
        return from + 1;
    }
};
template <mapped T>
struct element<T> {
    static std::size_t width() { return entity_of<T>().members.size(); }
    static const cell* read(const cell* from, T& to) {
        for (const auto& m : entity_of<T>().members) m.access->read(*from++, reinterpret_cast<char*>(&to) + m.offset);
        return from;
    }
};
template <mapped T>
struct element<std::optional<T>> {
    static std::size_t width() { return element<T>::width(); }
    static const cell* read(const cell* from, std::optional<T>& to) {
        const std::size_t n = width();
        if (entity_of<T>().is_absent({from, n})) to.reset();
        else element<T>::read(from, to.emplace());
        return from + n;
    }
};

template <class... Ts>
void read_tuple(const cell* from, std::tuple<Ts...>& to) {
    std::apply([&](Ts&... fields) { ((from = element<Ts>::read(from, fields)), ...); }, to);
}

[[noreturn]] AZOTH_API void throw_width(std::size_t expected, std::size_t found);
template <class... Ts>
void check_width(std::size_t found) {
    const std::size_t expected = (element<Ts>::width() + ... + 0);
    if (expected != found) throw_width(expected, found);
}

/// Tells which column could not be read: the first whose reading throws again.
[[noreturn]] AZOTH_API void throw_unreadable(const data_error& e, const result& from, std::size_t column);

template <class T>
std::size_t unreadable_cell(const cell* from) {
    T scratch{};
    if constexpr (mapped<T>) {
        const auto& members = entity_of<T>().members;
        for (std::size_t i = 0; i < members.size(); ++i) {
            try {
                members[i].access->read(from[i], reinterpret_cast<char*>(&scratch) + members[i].offset);
            } catch (const data_error&) {
                return i;
            }
        }
        return members.size();
    } else {
        try {
            element<T>::read(from, scratch);
            return element<T>::width();
        } catch (const data_error&) {
            return 0;
        }
    }
}

template <class... Ts>
[[noreturn]] void rethrow_with_column(const data_error& e, const result& from);

template <class Read>
void read_at(std::span<const cell> cells, std::size_t i, Read&& read, const result& from);

}  // namespace detail
}  // namespace azoth
