#include "table_rows.hpp"

#include <nlohmann/json.hpp>

#include <bit>

namespace azoth::command {
namespace {

template <class T>
value read_as(const cell& from) {
    T to{};
    value_traits<T>::from_cell(from, to);
    return value{to};
}

/// An array whose elements the driver does not know comes as the database writes it.
value read_as_array(const cell& from) {
    if (!from.is_view() || !from.chars_view().starts_with('[') || !nlohmann::json::accept(from.chars_view()))
        throw_error(errc::value_format, describe(from) + " is no array that can be read: its elements are of a type of the database's own");
    return value{from};
}

/// As it stands: a number may have more digits than a double keeps.
value read_as_json(const cell& from) {
    value read = read_as<nlohmann::json>(from);
    return from.is_view() ? value{cell::json(from.chars_view())} : read;
}

constexpr std::uint64_t fnv_offset = 0xcbf29ce484222325u;
constexpr std::uint64_t fnv_prime = 0x100000001b3u;

std::uint64_t hash_from(std::uint64_t seed, std::string_view text) {
    std::uint64_t h = seed;
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * fnv_prime;
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdu;
    return h ^ (h >> 29);
}

}  // namespace

value typed_value(const cell& from, const type& of) {
    if (from.is_null()) return {};
    switch (of.kind) {
        case type_kind::boolean: return read_as<bool>(from);
        case type_kind::small_integer:
        case type_kind::integer:
        case type_kind::big_integer: return read_as<std::int64_t>(from);
        case type_kind::unsigned_small_integer:
        case type_kind::unsigned_integer:
        case type_kind::unsigned_big_integer: return read_as<std::uint64_t>(from);
        case type_kind::real:
        case type_kind::double_: return read_as<double>(from);
        case type_kind::numeric: return read_as<decimal>(from);
        case type_kind::binary: return read_as<bytes>(from);
        case type_kind::date: return read_as<date>(from);
        case type_kind::time: return read_as<time_of_day>(from);
        case type_kind::timestamp: return read_as<local_timestamp>(from);
        case type_kind::timestamp_tz: return read_as<timestamp>(from);
        case type_kind::interval: return read_as<std::chrono::microseconds>(from);
        case type_kind::uuid: return read_as<uuid>(from);
        case type_kind::json: return read_as_json(from);
        case type_kind::array: return read_as_array(from);
        case type_kind::text:
        case type_kind::string:
        case type_kind::enumeration: return read_as<std::string>(from);
        default: return value{from};
    }
}

std::string canonical(const value& v, const type& of) {
    const cell c = v.view();
    std::string text = display(c);
    switch (of.kind) {
        case type_kind::numeric:
            if (text.find('.') != std::string::npos) {
                text.erase(text.find_last_not_of('0') + 1);
                if (text.back() == '.') text.pop_back();
            }
            return text == "-0" ? "0" : text;
        case type_kind::json:
        case type_kind::array: return nlohmann::json::parse(text).dump();
        case type_kind::double_:
        case type_kind::real: return text == "-0" ? "0" : text;
        default: return text;
    }
}

std::uint64_t hash_of(std::string_view text) { return hash_from(fnv_offset, text); }

void checksum::add(std::string_view row) {
    ++rows;
    sum += hash_of(row);
    mixed += hash_from(~fnv_offset, row);
}

}  // namespace azoth::command
