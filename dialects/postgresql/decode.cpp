#include "decode.hpp"

#include <fmt/format.h>

#include <array>

namespace azoth::postgresql {
namespace {

struct known_type {
    Oid type;
    Oid array;
    std::string_view name;
};

constexpr std::array known_types{
    known_type{oids::boolean, 1000, "bool"},
    known_type{oids::bytea, 1001, "bytea"},
    known_type{oids::char_, 1002, "char"},
    known_type{oids::name, 1003, "name"},
    known_type{oids::int8, 1016, "int8"},
    known_type{oids::int2, 1005, "int2"},
    known_type{oids::int4, 1007, "int4"},
    known_type{oids::text, 1009, "text"},
    known_type{oids::oid, 1028, "oid"},
    known_type{oids::json, 199, "json"},
    known_type{oids::float4, 1021, "float4"},
    known_type{oids::float8, 1022, "float8"},
    known_type{oids::bpchar, 1014, "bpchar"},
    known_type{oids::varchar, 1015, "varchar"},
    known_type{oids::date, 1182, "date"},
    known_type{oids::time, 1183, "time"},
    known_type{oids::timestamp, 1115, "timestamp"},
    known_type{oids::timestamptz, 1185, "timestamptz"},
    known_type{oids::interval, 1187, "interval"},
    known_type{oids::numeric, 1231, "numeric"},
    known_type{oids::uuid, 2951, "uuid"},
    known_type{oids::jsonb, 3807, "jsonb"},
};

}  // namespace

Oid element_of_array(Oid array) noexcept {
    // Bytes have no form in a cell's array: such arrays come as PostgreSQL's text.
    for (const auto& t : known_types)
        if (t.array == array && t.type != oids::bytea) return t.type;
    return 0;
}

std::string_view type_name_of(Oid type) noexcept {
    for (const auto& t : known_types)
        if (t.type == type) return t.name;
    return {};
}

column_decoder text_decoder(Oid type) noexcept {
    if (const Oid element = element_of_array(type); element != 0) return {&decode_text_array, text_function(element), element, wire::text};
    return {text_function(type), nullptr, 0, wire::text};
}

column_decoder binary_decoder(Oid type) noexcept {
    if (const Oid element = element_of_array(type); element != 0)
        return {&decode_binary_array, binary_function(element), element, wire::binary};
    return {binary_function(type), nullptr, 0, wire::binary};
}

bool prefers_text(Oid type) noexcept { return type == oids::numeric || element_of_array(type) == oids::numeric; }

void refuse_infinite(std::string_view what) {
    throw_error(errc::value_range, fmt::format("the {} is infinite, which Azoth cannot hold: select it as text, or exclude it with "
                                               "isfinite()",
                                               what));
}

}  // namespace azoth::postgresql
