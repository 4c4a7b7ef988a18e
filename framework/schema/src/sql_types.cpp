// The types of expressions, as far as their trees tell.
#include "sql_tokens.hpp"
#include "sql_tree.hpp"

#include <azoth/sql/nodes/expression.hpp>

#include <charconv>
#include <utility>

namespace azoth::detail {
namespace {

using kinds = tree_kind;
using k = type_kind;
using spelled_type = std::pair<std::string_view, type_kind>;

constexpr std::array<spelled_type, 31> usual_types{{{"smallint", k::small_integer},
                                                    {"int2", k::small_integer},
                                                    {"integer", k::integer},
                                                    {"int", k::integer},
                                                    {"int4", k::integer},
                                                    {"bigint", k::big_integer},
                                                    {"int8", k::big_integer},
                                                    {"numeric", k::numeric},
                                                    {"decimal", k::numeric},
                                                    {"double precision", k::double_},
                                                    {"double", k::double_},
                                                    {"float8", k::double_},
                                                    {"text", k::text},
                                                    {"character varying", k::string},
                                                    {"varchar", k::string},
                                                    {"boolean", k::boolean},
                                                    {"bool", k::boolean},
                                                    {"date", k::date},
                                                    {"time", k::time},
                                                    {"time without time zone", k::time},
                                                    {"timestamp", k::timestamp},
                                                    {"timestamp without time zone", k::timestamp},
                                                    {"timestamp with time zone", k::timestamp_tz},
                                                    {"timestamptz", k::timestamp_tz},
                                                    {"interval", k::interval},
                                                    {"uuid", k::uuid},
                                                    {"json", k::json},
                                                    {"jsonb", k::json},
                                                    {"bytea", k::binary},
                                                    {"real", k::real},
                                                    {"float4", k::real}}};
// What the same words make elsewhere.
constexpr std::array<spelled_type, 5> types_of_sqlite{
    {{"integer", k::big_integer}, {"int", k::big_integer}, {"bigint", k::big_integer}, {"real", k::double_}, {"text", k::text}}};
constexpr std::array<spelled_type, 6> types_of_mysql{{{"signed", k::big_integer},
                                                      {"signed integer", k::big_integer},
                                                      {"double", k::double_},
                                                      {"char", k::string},
                                                      {"decimal", k::numeric},
                                                      {"date", k::date}}};

/// Numbers of a type, "(20)" or "(10,2)".
std::vector<std::uint32_t> sizes_of(std::string_view name) {
    std::vector<std::uint32_t> sizes;
    for (std::size_t at = name.find('('); at != std::string_view::npos && at < name.size() && name[at] != ')';) {
        ++at;
        std::uint32_t number = 0;
        const auto [end, error] = std::from_chars(name.data() + at, name.data() + name.size(), number);
        if (error != std::errc{}) return {};
        sizes.push_back(number);
        at = static_cast<std::size_t>(end - name.data());
    }
    return sizes;
}

template <std::size_t N>
type_kind kind_in(const std::array<spelled_type, N>& types, std::string_view name) {
    const auto found = std::ranges::find(types, name, &spelled_type::first);
    return found == types.end() ? k::unknown : found->second;
}

type type_of_call(std::string_view family, const sql_tree& t, const std::vector<column_spec>& columns) {
    constexpr std::array<std::string_view, 6> texts{"lower", "upper", "trim", "ltrim", "rtrim", "like_escape"};
    constexpr std::array<std::string_view, 3> transparent{"coalesce", "nullif", "abs"};
    if (has(texts, t.text)) return k::text;
    if (t.text == "char_length" || t.text == "length") return k::integer;
    if (!has(transparent, t.text) || t.parts.empty()) return {};
    return type_in(family, t.parts.front(), columns);
}

type type_of_number(const std::string& digits) {
    if (digits.find_first_of("eE") != std::string::npos) return k::double_;
    if (digits.find('.') != std::string::npos) return k::numeric;
    return digits.size() < 10 ? k::integer : digits.size() < 19 ? k::big_integer : k::numeric;
}

type wider_of(const type& a, const type& b) {
    if (family_of(a.kind) != type_family::number || family_of(b.kind) != type_family::number) return {};
    if (is_float(a.kind) || is_float(b.kind)) return k::double_;
    if (a.kind == k::numeric || b.kind == k::numeric) return k::numeric;
    return is_signed_integer(a.kind) && is_signed_integer(b.kind) ? std::max(a.kind, b.kind) : k::numeric;
}

}  // namespace

const column_spec* column_of(std::string_view family, const std::vector<column_spec>& columns, std::string_view name) {
    const auto found = std::ranges::find_if(
        columns, [&](const column_spec& c) { return c.name == name || (folds_names(family) && lower(c.name) == lower(name)); });
    return found == columns.end() ? nullptr : &*found;
}

type cast_type(std::string_view family, std::string_view name) {
    const auto open = name.find('(');
    std::string bare{name.substr(0, open)};
    if (open != std::string_view::npos) bare += name.substr(std::min(name.size(), name.find(')') + 1));
    type made = family == "sqlite"  ? kind_in(types_of_sqlite, bare)
                : family == "mysql" ? kind_in(types_of_mysql, bare)
                                    : kind_in(usual_types, bare);
    const auto sizes = sizes_of(name);
    if (made.kind == k::string && !sizes.empty()) made.length = sizes[0];
    if (made.kind == k::string && sizes.empty()) made = k::text;
    if (made.kind == k::numeric && !sizes.empty()) made.precision = static_cast<std::uint16_t>(std::min(sizes[0], 1000U));
    if (!sizes.empty() && made.kind != k::string && made.kind != k::numeric) return {};  // timestamp(0): types do not tell the digits
    if (made.kind == k::numeric && sizes.size() > 1) made.scale = static_cast<std::uint16_t>(std::min(sizes[1], 1000U));
    return made;
}

type type_in(std::string_view family, const sql_tree& t, const std::vector<column_spec>& columns) {
    switch (t.kind) {
        case kinds::column: {
            const column_spec* column = column_of(family, columns, t.text);
            return column && !(column->type.rare && !column->type.rare->native.empty()) ? column->type : type{};
        }
        case kinds::number: return type_of_number(t.text);
        case kinds::text: return k::text;
        case kinds::bytes: return k::binary;
        case kinds::sign:
        case kinds::collate: return type_in(family, t.parts[0], columns);
        case kinds::cast: return cast_type(family, t.text);
        case kinds::call: return type_of_call(family, t, columns);
        case kinds::case_: return type_in(family, t.parts[1], columns);
        case kinds::computed:
            if (t.text == "||") return k::text;
            if (t.text == "/" || t.text == "%") return {};
            return wider_of(type_in(family, t.parts[0], columns), type_in(family, t.parts[1], columns));
        case kinds::moment: return t.text == "current_date" ? k::date : k::timestamp_tz;
        case kinds::truth:
        case kinds::negation:
        case kinds::all:
        case kinds::some:
        case kinds::compared:
        case kinds::like:
        case kinds::in:
        case kinds::is: return k::boolean;
        case kinds::null:
        case kinds::quantified:
        case kinds::array: break;
    }
    return {};
}

}  // namespace azoth::detail
