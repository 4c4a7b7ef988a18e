#pragma once

#include <libpq-fe.h>

#include <string_view>

namespace azoth::postgresql {

/// Numbers of PostgreSQL's built-in types, from its catalogue: pg_type.dat. They never change.
namespace oids {
inline constexpr Oid boolean = 16;
inline constexpr Oid bytea = 17;
inline constexpr Oid char_ = 18;
inline constexpr Oid name = 19;
inline constexpr Oid int8 = 20;
inline constexpr Oid int2 = 21;
inline constexpr Oid int4 = 23;
inline constexpr Oid text = 25;
inline constexpr Oid oid = 26;
inline constexpr Oid json = 114;
inline constexpr Oid float4 = 700;
inline constexpr Oid float8 = 701;
inline constexpr Oid bpchar = 1042;
inline constexpr Oid varchar = 1043;
inline constexpr Oid date = 1082;
inline constexpr Oid time = 1083;
inline constexpr Oid timestamp = 1114;
inline constexpr Oid timestamptz = 1184;
inline constexpr Oid interval = 1186;
inline constexpr Oid numeric = 1700;
inline constexpr Oid uuid = 2950;
inline constexpr Oid jsonb = 3802;
}  // namespace oids

/// The type of an array's elements; 0 where Azoth does not know the array's type.
Oid element_of_array(Oid array) noexcept;
/// "int8"; empty for a type that Azoth does not know.
std::string_view type_name_of(Oid type) noexcept;

}  // namespace azoth::postgresql
