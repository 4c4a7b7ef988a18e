#include "cpp_types.hpp"

#include "cpp_names.hpp"

#include <fmt/format.h>

namespace azoth::command {
namespace {

/// What the member's type does not say of a type that any database may have; empty: nothing.
std::string said_size(const type& t) {
    if (t.kind == type_kind::string && t.length != 0) return fmt::format("azoth::string({})", t.length);
    if (t.kind == type_kind::binary && t.length != 0) return fmt::format("azoth::binary({})", t.length);
    if (t.kind == type_kind::numeric && t.precision != 0) return fmt::format("azoth::numeric({}, {})", t.precision, t.scale);
    if (t.kind == type_kind::enumeration && t.rare) {
        std::string labels;
        for (const auto& l : t.rare->labels) labels += (labels.empty() ? "" : ", ") + cpp_literal(l);
        const std::string schema = t.rare->schema.empty() ? std::string{} : ", " + cpp_literal(t.rare->schema);
        return fmt::format("azoth::enum_type({}, {{{}}}{})", cpp_literal(t.rare->name), labels, schema);
    }
    return {};
}

std::string said_native_type(const type& t) {
    std::string names;
    for (const auto& [dialect, name] : t.rare->native)
        names += fmt::format("{}{{{}, {}}}", names.empty() ? "" : ", ", cpp_literal(dialect), cpp_literal(name));
    std::string base = said_size(t);
    if (base.empty()) base = fmt::format("azoth::type_kind::{}", t.kind == type_kind::double_ ? "double_" : kind_name(t.kind));
    return fmt::format("azoth::native_type({}, {{{}}})", base, names);
}

}  // namespace

std::string cpp_type(const type& t) {
    switch (t.kind) {
        case type_kind::boolean: return "bool";
        case type_kind::small_integer: return "std::int16_t";
        case type_kind::integer: return "std::int32_t";
        case type_kind::big_integer: return "std::int64_t";
        case type_kind::unsigned_small_integer: return "std::uint16_t";
        case type_kind::unsigned_integer: return "std::uint32_t";
        case type_kind::unsigned_big_integer: return "std::uint64_t";
        case type_kind::real: return "float";
        case type_kind::double_: return "double";
        case type_kind::numeric: return "azoth::decimal";
        case type_kind::binary: return "azoth::bytes";
        case type_kind::date: return "azoth::date";
        case type_kind::time: return "azoth::time_of_day";
        case type_kind::timestamp: return "azoth::local_timestamp";
        case type_kind::timestamp_tz: return "azoth::timestamp";
        case type_kind::interval: return "std::chrono::microseconds";
        case type_kind::uuid: return "azoth::uuid";
        case type_kind::json: return "nlohmann::json";
        case type_kind::array:
            return fmt::format("std::vector<{}>", t.rare && t.rare->element ? cpp_type(*t.rare->element) : "std::string");
        default: return "std::string";
    }
}

std::string said_type(const type& t) { return t.rare && !t.rare->native.empty() ? said_native_type(t) : said_size(t); }

}  // namespace azoth::command
