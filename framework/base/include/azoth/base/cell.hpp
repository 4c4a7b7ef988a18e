#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace azoth {

/// The closed set of forms in which a driver hands a value over, and takes one.
enum class cell_tag : std::uint8_t {
    null,
    i64,
    u64,
    f64,
    text,  ///< UTF-8
    bytes,
    decimal,    ///< decimal digits as text: "-12.50"
    date,       ///< days since 1970-01-01, proleptic Gregorian
    time,       ///< microseconds since midnight
    timestamp,  ///< microseconds since 1970-01-01 00:00 on an unspecified wall clock
    instant,    ///< microseconds since 1970-01-01 00:00 UTC
    interval,
    uuid,
    json,   ///< JSON text, UTF-8
    array,  ///< a JSON array of the elements: numbers and booleans as such, NULL as null, all else as text
};

/// The tag's name for messages: "text", "i64" ...
AZOTH_API std::string_view tag_name(cell_tag tag) noexcept;

/// A span of calendar and clock time as databases keep it; months and days have no fixed length.
struct interval_parts {
    std::int32_t months;
    std::int32_t days;
    std::int64_t microseconds;
    friend bool operator==(const interval_parts&, const interval_parts&) = default;
};

/// One value as a view: a tag and 16 bytes. Text, bytes, decimal, json and array point into memory of the driver (results: valid until
/// the cursor's next `fetch`) or of the caller (parameters: valid until the statement's cursor is closed). Copying copies the view.
struct cell {
    struct view {
        const char* data;
        std::size_t size;
    };
    union {
        std::int64_t i64;  // also date, time, timestamp, instant
        std::uint64_t u64;
        double f64;
        view chars;
        interval_parts interval;
        unsigned char raw[16];
    };
    cell_tag tag;

    constexpr cell() noexcept : i64{0}, tag{cell_tag::null} {}
    constexpr cell(cell_tag t, std::int64_t v) noexcept : i64{v}, tag{t} {}
    constexpr cell(cell_tag t, std::string_view v) noexcept : chars{v.data(), v.size()}, tag{t} {}

    static constexpr cell integer(std::int64_t v) noexcept { return {cell_tag::i64, v}; }
    static constexpr cell unsigned_integer(std::uint64_t v) noexcept {
        cell c;
        c.u64 = v;
        c.tag = cell_tag::u64;
        return c;
    }
    static constexpr cell real(double v) noexcept {
        cell c;
        c.f64 = v;
        c.tag = cell_tag::f64;
        return c;
    }
    static constexpr cell text(std::string_view v) noexcept { return {cell_tag::text, v}; }
    static constexpr cell decimal(std::string_view digits) noexcept { return {cell_tag::decimal, digits}; }
    static constexpr cell json(std::string_view v) noexcept { return {cell_tag::json, v}; }
    static cell bytes(std::span<const std::byte> v) noexcept {
        return {cell_tag::bytes, {reinterpret_cast<const char*>(v.data()), v.size()}};
    }
    static constexpr cell interval_of(interval_parts v) noexcept {
        cell c;
        c.interval = v;
        c.tag = cell_tag::interval;
        return c;
    }
    static cell uuid(const unsigned char (&v)[16]) noexcept {
        cell c;
        std::memcpy(c.raw, v, 16);
        c.tag = cell_tag::uuid;
        return c;
    }

    [[nodiscard]] constexpr bool is_null() const noexcept { return tag == cell_tag::null; }
    /// Whether the cell points to memory that somebody else owns.
    [[nodiscard]] constexpr bool is_view() const noexcept {
        return tag == cell_tag::text || tag == cell_tag::bytes || tag == cell_tag::decimal || tag == cell_tag::json ||
               tag == cell_tag::array;
    }
    /// The characters of a view cell; meaningless for the others.
    [[nodiscard]] constexpr std::string_view chars_view() const noexcept { return {chars.data, chars.size}; }
};

static_assert(sizeof(cell) == 24);

}  // namespace azoth
