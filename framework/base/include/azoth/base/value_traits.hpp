#pragma once

#include <azoth/base/arena.hpp>
#include <azoth/base/array_text.hpp>
#include <azoth/base/cell.hpp>
#include <azoth/base/datetime.hpp>
#include <azoth/base/decimal.hpp>
#include <azoth/base/type_kind.hpp>
#include <azoth/base/uuid.hpp>

#include <nlohmann/json_fwd.hpp>

#include <concepts>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace azoth {

using bytes = std::vector<std::byte>;

/// How a C++ type travels to and from a database. Specialise it to add a type of your own; the usual way is to derive from
/// `stored_as<Yours, Stored>` and to write its two functions:
///
///     template <> struct azoth::value_traits<celsius> : azoth::stored_as<celsius, double> {
///         static double to_stored(const celsius& c) { return c.degrees; }
///         static celsius from_stored(double d) { return {d}; }
///     };
template <class T>
struct value_traits;

namespace detail {
// The conversions from every tag that can hold the value. Each throws data_error for NULL (null-value), a wrong tag (type-mismatch),
// an unreadable text (value-format) and a value that does not fit (value-range).
AZOTH_API std::int64_t read_integer(const cell& from, std::int64_t min, std::int64_t max);
AZOTH_API std::uint64_t read_unsigned(const cell& from, std::uint64_t max);
AZOTH_API double read_double(const cell& from);
AZOTH_API float read_float(const cell& from);
AZOTH_API bool read_bool(const cell& from);
AZOTH_API void read_text(const cell& from, std::string& to);
AZOTH_API void read_bytes(const cell& from, bytes& to);
AZOTH_API void read_decimal(const cell& from, decimal& to);
AZOTH_API void read_date(const cell& from, date& to);
AZOTH_API void read_time(const cell& from, time_of_day& to);
AZOTH_API void read_local_timestamp(const cell& from, local_timestamp& to);
AZOTH_API void read_timestamp(const cell& from, timestamp& to);
AZOTH_API void read_interval(const cell& from, std::chrono::microseconds& to);
AZOTH_API void read_uuid(const cell& from, uuid& to);
AZOTH_API void read_json(const cell& from, nlohmann::json& to);
AZOTH_API cell write_decimal(const decimal& from, arena& scratch);
AZOTH_API cell write_date(const date& from);
AZOTH_API cell write_time(time_of_day from);
AZOTH_API cell write_moment(cell_tag tag, std::chrono::microseconds since_epoch);
AZOTH_API cell write_json(const nlohmann::json& from, arena& scratch);
AZOTH_API std::int64_t read_enum_label(const cell& from, std::span<const std::string_view> labels);
AZOTH_API std::string_view write_enum_label(std::int64_t value, std::span<const std::string_view> labels);
}  // namespace detail

template <std::signed_integral T>
struct value_traits<T> {
    static constexpr type_kind kind = sizeof(T) <= 2   ? type_kind::small_integer
                                      : sizeof(T) == 4 ? type_kind::integer
                                                       : type_kind::big_integer;
    static constexpr bool is_its_bytes = true;
    static cell to_cell(T value, arena&) noexcept { return cell::integer(value); }
    static void from_cell(const cell& from, T& to) {
        if constexpr (sizeof(T) == 8) {
            if (from.tag == cell_tag::i64) [[likely]] {
                to = static_cast<T>(from.i64);
                return;
            }
        }
        to = static_cast<T>(detail::read_integer(from, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
    }
};

template <std::unsigned_integral T>
struct value_traits<T> {
    static constexpr type_kind kind = sizeof(T) <= 2   ? type_kind::unsigned_small_integer
                                      : sizeof(T) == 4 ? type_kind::unsigned_integer
                                                       : type_kind::unsigned_big_integer;
    static constexpr bool is_its_bytes = true;
    static cell to_cell(T value, arena&) noexcept {
        if constexpr (sizeof(T) < 8) return cell::integer(value);
        else return cell::unsigned_integer(value);
    }
    static void from_cell(const cell& from, T& to) { to = static_cast<T>(detail::read_unsigned(from, std::numeric_limits<T>::max())); }
};

template <>
struct value_traits<bool> {
    static constexpr type_kind kind = type_kind::boolean;
    static constexpr bool is_its_bytes = true;
    static cell to_cell(bool value, arena&) noexcept { return cell::integer(value ? 1 : 0); }
    static void from_cell(const cell& from, bool& to) { to = detail::read_bool(from); }
};

template <std::floating_point T>
requires(sizeof(T) <= 8) struct value_traits<T> {
    static constexpr type_kind kind = sizeof(T) == 4 ? type_kind::real : type_kind::double_;
    static constexpr bool is_its_bytes = true;
    static cell to_cell(T value, arena&) noexcept { return cell::real(static_cast<double>(value)); }
    static void from_cell(const cell& from, T& to) {
        if constexpr (sizeof(T) == 4) to = detail::read_float(from);
        else to = from.tag == cell_tag::f64 ? from.f64 : detail::read_double(from);
    }
};

template <>
struct value_traits<std::string> {
    static constexpr type_kind kind = type_kind::text;
    static cell to_cell(const std::string& value, arena&) noexcept { return cell::text(value); }
    static void from_cell(const cell& from, std::string& to) {
        if (from.tag == cell_tag::text && from.chars.size <= to.capacity()) [[likely]]
            to.assign(from.chars.data, from.chars.size);
        else detail::read_text(from, to);
    }
};

/// For parameters only: a result's text must be owned.
template <>
struct value_traits<std::string_view> {
    static constexpr type_kind kind = type_kind::text;
    static cell to_cell(std::string_view value, arena&) noexcept { return cell::text(value); }
};

template <>
struct value_traits<bytes> {
    static constexpr type_kind kind = type_kind::binary;
    static cell to_cell(const bytes& value, arena&) noexcept { return cell::bytes(value); }
    static void from_cell(const cell& from, bytes& to) { detail::read_bytes(from, to); }
};

template <>
struct value_traits<decimal> {
    static constexpr type_kind kind = type_kind::numeric;
    static cell to_cell(const decimal& value, arena& scratch) { return detail::write_decimal(value, scratch); }
    static void from_cell(const cell& from, decimal& to) { detail::read_decimal(from, to); }
};

template <>
struct value_traits<date> {
    static constexpr type_kind kind = type_kind::date;
    static cell to_cell(const date& value, arena&) { return detail::write_date(value); }
    static void from_cell(const cell& from, date& to) { detail::read_date(from, to); }
};

template <>
struct value_traits<time_of_day> {
    static constexpr type_kind kind = type_kind::time;
    static cell to_cell(time_of_day value, arena&) { return detail::write_time(value); }
    static void from_cell(const cell& from, time_of_day& to) { detail::read_time(from, to); }
};

template <>
struct value_traits<local_timestamp> {
    static constexpr type_kind kind = type_kind::timestamp;
    static cell to_cell(local_timestamp value, arena&) { return detail::write_moment(cell_tag::timestamp, value.time_since_epoch()); }
    static void from_cell(const cell& from, local_timestamp& to) { detail::read_local_timestamp(from, to); }
};

template <>
struct value_traits<timestamp> {
    static constexpr type_kind kind = type_kind::timestamp_tz;
    static cell to_cell(timestamp value, arena&) { return detail::write_moment(cell_tag::instant, value.time_since_epoch()); }
    static void from_cell(const cell& from, timestamp& to) { detail::read_timestamp(from, to); }
};

template <>
struct value_traits<std::chrono::microseconds> {
    static constexpr type_kind kind = type_kind::interval;
    static cell to_cell(std::chrono::microseconds value, arena&) noexcept { return cell::interval_of({0, 0, value.count()}); }
    static void from_cell(const cell& from, std::chrono::microseconds& to) { detail::read_interval(from, to); }
};

template <>
struct value_traits<uuid> {
    static constexpr type_kind kind = type_kind::uuid;
    static constexpr bool is_its_bytes = true;
    static cell to_cell(const uuid& value, arena&) noexcept {
        cell c;
        std::memcpy(c.raw, value.bytes.data(), 16);
        c.tag = cell_tag::uuid;
        return c;
    }
    static void from_cell(const cell& from, uuid& to) { detail::read_uuid(from, to); }
};

template <>
struct value_traits<nlohmann::json> {
    static constexpr type_kind kind = type_kind::json;
    static cell to_cell(const nlohmann::json& value, arena& scratch) { return detail::write_json(value, scratch); }
    static void from_cell(const cell& from, nlohmann::json& to) { detail::read_json(from, to); }
};

/// Specialise with `static constexpr std::string_view labels[]`, in the order of the enumerators 0, 1, 2 ..., to store an `enum class` by
/// its labels; without it an enum is stored as its number.
template <class E>
struct enum_labels;

template <class E>
concept labelled_enum = std::is_enum_v<E> && requires {
    enum_labels<E>::labels;
};

template <class E>
requires std::is_enum_v<E>
struct value_traits<E> {
    using number = std::underlying_type_t<E>;
    static constexpr type_kind kind = [] {
        if constexpr (labelled_enum<E>) return type_kind::enumeration;
        else return value_traits<number>::kind;
    }();
    static cell to_cell(E value, arena& scratch) {
        if constexpr (labelled_enum<E>)
            return cell::text(detail::write_enum_label(static_cast<std::int64_t>(value), enum_labels<E>::labels));
        else return value_traits<number>::to_cell(static_cast<number>(value), scratch);
    }
    static void from_cell(const cell& from, E& to) {
        if constexpr (labelled_enum<E>) {
            to = static_cast<E>(detail::read_enum_label(from, enum_labels<E>::labels));
        } else {
            number n{};
            value_traits<number>::from_cell(from, n);
            to = static_cast<E>(n);
        }
    }
};

/// std::optional is how C++ says NULLable.
template <class T>
struct value_traits<std::optional<T>> {
    static constexpr type_kind kind = value_traits<T>::kind;
    static cell to_cell(const std::optional<T>& value, arena& scratch) {
        return value ? value_traits<T>::to_cell(*value, scratch) : cell{};
    }
    static void from_cell(const cell& from, std::optional<T>& to) {
        if (from.is_null()) to.reset();
        else value_traits<T>::from_cell(from, to ? *to : to.emplace());
    }
};

/// What an array can hold: everything but bytes and arrays. `std::optional` elements can be NULL.
template <class T>
concept array_element = requires {
    value_traits<T>::kind;
}
&&value_traits<T>::kind != type_kind::unknown&& value_traits<T>::kind != type_kind::binary&& value_traits<T>::kind != type_kind::array;

/// An array where the database has them, a JSON array elsewhere.
template <array_element T>
struct value_traits<std::vector<T>> {
    static constexpr type_kind kind = type_kind::array;
    static constexpr type_kind element = value_traits<T>::kind;
    static cell to_cell(const std::vector<T>& value, arena& scratch) {
        array_writer out;
        for (const T& e : value) {
            if constexpr (element == type_kind::boolean) out.add_boolean(value_traits<T>::to_cell(e, scratch));
            else out.add(value_traits<T>::to_cell(e, scratch));
        }
        return out.finish(scratch);
    }
    static void from_cell(const cell& from, std::vector<T>& to) {
        to.clear();
        array_reader in{from};
        for (cell c; in.next(c);) {
            T e{};
            value_traits<T>::from_cell(c, e);
            to.push_back(std::move(e));
        }
    }
};

/// The base of a user's own `value_traits`: `T` is stored the way `Stored` is.
template <class T, class Stored>
struct stored_as {
    static constexpr type_kind kind = value_traits<Stored>::kind;
    static cell to_cell(const T& value, arena& scratch) {
        const Stored stored = value_traits<T>::to_stored(value);
        return scratch.copy(value_traits<Stored>::to_cell(stored, scratch));  // `stored` dies here
    }
    static void from_cell(const cell& from, T& to) {
        Stored stored{};
        value_traits<Stored>::from_cell(from, stored);
        to = value_traits<T>::from_stored(stored);
    }
};

/// A type that can be stored in a column.
template <class T>
concept storable = requires(const T& value, T& target, const cell& c, arena& scratch) {
    { value_traits<T>::kind } -> std::convertible_to<type_kind>;
    { value_traits<T>::to_cell(value, scratch) } -> std::same_as<cell>;
    value_traits<T>::from_cell(c, target);
};

template <class T>
inline constexpr bool is_optional_v = false;
template <class T>
inline constexpr bool is_optional_v<std::optional<T>> = true;

template <class T>
struct remove_optional {
    using type = T;
};
template <class T>
struct remove_optional<std::optional<T>> {
    using type = T;
};
template <class T>
using remove_optional_t = typename remove_optional<T>::type;
template <class T>
using add_optional_t = std::optional<remove_optional_t<T>>;

/// What an array's elements are, the array being optional or not; `unknown` for all else.
template <class T>
inline constexpr type_kind element_kind_v = [] {
    if constexpr (requires { value_traits<remove_optional_t<T>>::element; }) return value_traits<remove_optional_t<T>>::element;
    else return type_kind::unknown;
}();

/// What a member is for expressions and columns: itself, or what a wrapper around it holds.
template <class T>
struct expressed_as {
    using type = T;
};
template <class T>
using expressed_as_t = typename expressed_as<T>::type;

/// How a copy of a member is kept: by bytes of which equal ones are equal values, by its characters, or by the cell that it is written as.
enum class kept_form : std::uint8_t { cell, bytes, text, optional_text };

/// Whether equal bytes are equal values, as the framework's own traits of numbers and UUIDs say. A program's traits of `char`, say, do not.
template <class T>
concept is_its_bytes = value_traits<T>::is_its_bytes;

template <class T>
inline constexpr kept_form kept_form_of = is_its_bytes<remove_optional_t<T>>            ? kept_form::bytes
                                          : std::same_as<T, std::string>                ? kept_form::text
                                          : std::same_as<T, std::optional<std::string>> ? kept_form::optional_text
                                                                                        : kept_form::cell;

/// `value_traits` of one type behind two function pointers: what a mapping keeps of a member.
struct codec {
    type_kind kind;
    bool nullable;
    std::span<const std::string_view> labels;  ///< of an enum stored by its labels
    type_kind element;                         ///< of an array; `unknown` for the others
    bool can_be_unloaded;                      ///< a wrapper that the ORM may leave without its value
    cell (*write)(const void* from, arena& scratch);
    void (*read)(const cell& from, void* to);
    kept_form kept{};
    std::uint32_t size{};  ///< of the member, in bytes
};

template <storable T>
inline constexpr codec codec_of{
    value_traits<T>::kind,
    is_optional_v<expressed_as_t<T>>,
    [] {
        if constexpr (labelled_enum<remove_optional_t<expressed_as_t<T>>>)
            return std::span<const std::string_view>{enum_labels<remove_optional_t<expressed_as_t<T>>>::labels};
        else return std::span<const std::string_view>{};
    }(),
    element_kind_v<expressed_as_t<T>>,
    !std::same_as<T, expressed_as_t<T>>,
    [](const void* from, arena& scratch) { return value_traits<T>::to_cell(*static_cast<const T*>(from), scratch); },
    [](const cell& from, void* to) { value_traits<T>::from_cell(from, *static_cast<T*>(to)); },
    kept_form_of<T>,
    sizeof(T)};

}  // namespace azoth
