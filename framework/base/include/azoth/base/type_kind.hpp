#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace azoth {

/// The generic SQL types. A dialect maps each to its own name and storage.
enum class type_kind : std::uint8_t {
    unknown,  ///< nobody has said: a NULL, raw SQL
    boolean,
    small_integer,  ///< 16 bits
    integer,        ///< 32 bits
    big_integer,    ///< 64 bits
    unsigned_small_integer,
    unsigned_integer,
    unsigned_big_integer,
    real,     ///< single precision
    double_,  ///< double precision
    numeric,  ///< exact decimal
    string,   ///< text with a length
    text,     ///< text without one
    binary,
    date,
    time,
    timestamp,     ///< without zone
    timestamp_tz,  ///< an instant
    interval,
    uuid,
    json,
    enumeration,
    array,
};
inline constexpr std::size_t type_kind_count = 23;

/// The name for messages: "big_integer".
AZOTH_API std::string_view kind_name(type_kind kind) noexcept;

/// Which types SQL may compare with which.
enum class type_family : std::uint8_t {
    unknown,
    boolean,
    number,
    text,
    binary,
    date,
    time,
    timestamp,
    instant,
    interval,
    uuid,
    json,
    array
};

constexpr type_family family_of(type_kind kind) noexcept {
    switch (kind) {
        case type_kind::unknown: return type_family::unknown;
        case type_kind::boolean: return type_family::boolean;
        case type_kind::small_integer:
        case type_kind::integer:
        case type_kind::big_integer:
        case type_kind::unsigned_small_integer:
        case type_kind::unsigned_integer:
        case type_kind::unsigned_big_integer:
        case type_kind::real:
        case type_kind::double_:
        case type_kind::numeric: return type_family::number;
        case type_kind::string:
        case type_kind::text:
        case type_kind::enumeration: return type_family::text;
        case type_kind::binary: return type_family::binary;
        case type_kind::date: return type_family::date;
        case type_kind::time: return type_family::time;
        case type_kind::timestamp: return type_family::timestamp;
        case type_kind::timestamp_tz: return type_family::instant;
        case type_kind::interval: return type_family::interval;
        case type_kind::uuid: return type_family::uuid;
        case type_kind::json: return type_family::json;
        case type_kind::array: return type_family::array;
    }
    return type_family::unknown;
}

constexpr bool is_integer(type_kind kind) noexcept { return kind >= type_kind::small_integer && kind <= type_kind::unsigned_big_integer; }

}  // namespace azoth
