#include <azoth/base/cell.hpp>
#include <azoth/base/type_kind.hpp>

namespace azoth {

std::string_view tag_name(cell_tag tag) noexcept {
    switch (tag) {
        case cell_tag::null: return "null";
        case cell_tag::i64: return "i64";
        case cell_tag::u64: return "u64";
        case cell_tag::f64: return "f64";
        case cell_tag::text: return "text";
        case cell_tag::bytes: return "bytes";
        case cell_tag::decimal: return "decimal";
        case cell_tag::date: return "date";
        case cell_tag::time: return "time";
        case cell_tag::timestamp: return "timestamp";
        case cell_tag::instant: return "instant";
        case cell_tag::interval: return "interval";
        case cell_tag::uuid: return "uuid";
        case cell_tag::json: return "json";
        case cell_tag::array: return "array";
    }
    return "unknown";
}

std::string_view kind_name(type_kind kind) noexcept {
    switch (kind) {
        case type_kind::unknown: return "unknown";
        case type_kind::boolean: return "boolean";
        case type_kind::small_integer: return "small_integer";
        case type_kind::integer: return "integer";
        case type_kind::big_integer: return "big_integer";
        case type_kind::unsigned_small_integer: return "unsigned_small_integer";
        case type_kind::unsigned_integer: return "unsigned_integer";
        case type_kind::unsigned_big_integer: return "unsigned_big_integer";
        case type_kind::real: return "real";
        case type_kind::double_: return "double";
        case type_kind::numeric: return "numeric";
        case type_kind::string: return "string";
        case type_kind::text: return "text";
        case type_kind::binary: return "binary";
        case type_kind::date: return "date";
        case type_kind::time: return "time";
        case type_kind::timestamp: return "timestamp";
        case type_kind::timestamp_tz: return "timestamp_tz";
        case type_kind::interval: return "interval";
        case type_kind::uuid: return "uuid";
        case type_kind::json: return "json";
        case type_kind::enumeration: return "enumeration";
        case type_kind::array: return "array";
    }
    return "unknown";
}

}  // namespace azoth
