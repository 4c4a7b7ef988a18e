#include "declared_types.hpp"

#include "sql_tokens.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace azoth::sqlite {
namespace {

using kind_t = type_kind;

/// A declaration taken apart: "Varchar ( 10 )" is VARCHAR with the size 10.
struct declaration {
    std::string words{};  ///< in capital letters, a blank between two
    std::uint32_t first{};
    std::uint32_t second{};
};

std::string in_capitals(std::string_view text) {
    std::string capitals{text};
    std::ranges::transform(capitals, capitals.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return capitals;
}

/// 0 where there is none, or none that fits.
std::uint32_t take_size(token_reader& in) {
    in.take_sign('+');
    const std::string_view digits = in.peek().text;
    std::uint32_t size{};
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    const bool is_whole = failure == std::errc{} && end == digits.data() + digits.size();
    in.skip();
    return is_whole ? size : 0;
}

declaration taken_apart(std::string_view spelling) {
    declaration d;
    token_reader in{spelling};
    while (!in.at_end() && !in.at_sign('(')) {
        d.words += (d.words.empty() ? "" : " ") + in_capitals(in.peek().text);
        in.skip();
    }
    if (!in.take_sign('(')) return d;
    d.first = take_size(in);
    if (in.take_sign(',')) d.second = take_size(in);
    return d;
}

struct named_kind {
    std::string_view name;
    kind_t kind;
};

/// Azoth's own names first in each group, then those that other databases and tools have.
constexpr std::array known_names{
    named_kind{"BOOLEAN", kind_t::boolean},
    named_kind{"BOOL", kind_t::boolean},
    named_kind{"SMALLINT", kind_t::small_integer},
    named_kind{"INT2", kind_t::small_integer},
    named_kind{"TINYINT", kind_t::small_integer},
    named_kind{"INTEGER", kind_t::integer},
    named_kind{"INT", kind_t::integer},
    named_kind{"INT4", kind_t::integer},
    named_kind{"MEDIUMINT", kind_t::integer},
    named_kind{"BIGINT", kind_t::big_integer},
    named_kind{"SMALLINT UNSIGNED", kind_t::unsigned_small_integer},
    named_kind{"TINYINT UNSIGNED", kind_t::unsigned_small_integer},
    named_kind{"INTEGER UNSIGNED", kind_t::unsigned_integer},
    named_kind{"INT UNSIGNED", kind_t::unsigned_integer},
    named_kind{"UNSIGNED64_TEXT", kind_t::unsigned_big_integer},
    named_kind{"FLOAT", kind_t::real},
    named_kind{"DOUBLE PRECISION", kind_t::double_},
    named_kind{"NUMERIC", kind_t::numeric},
    named_kind{"DECIMAL_TEXT", kind_t::numeric},
    named_kind{"DECIMAL", kind_t::numeric},
    named_kind{"DEC", kind_t::numeric},
    named_kind{"NUM", kind_t::numeric},  // what CREATE TABLE AS writes
    named_kind{"NUMBER", kind_t::numeric},
    named_kind{"BINARY", kind_t::binary},
    named_kind{"VARBINARY", kind_t::binary},
    named_kind{"DATE_TEXT", kind_t::date},
    named_kind{"DATE", kind_t::date},
    named_kind{"TIME_TEXT", kind_t::time},
    named_kind{"TIME", kind_t::time},
    named_kind{"TIMESTAMP_TEXT", kind_t::timestamp},
    named_kind{"TIMESTAMP", kind_t::timestamp},
    named_kind{"DATETIME", kind_t::timestamp},
    named_kind{"TIMESTAMPTZ_TEXT", kind_t::timestamp_tz},
    named_kind{"TIMESTAMPTZ", kind_t::timestamp_tz},
    named_kind{"TIMESTAMP WITH TIME ZONE", kind_t::timestamp_tz},
    named_kind{"INTERVAL", kind_t::interval},
    named_kind{"UUID_TEXT", kind_t::uuid},
    named_kind{"UUID", kind_t::uuid},
    named_kind{"JSON_TEXT", kind_t::json},
    named_kind{"JSON", kind_t::json},
    named_kind{"ENUM_TEXT", kind_t::enumeration},
    named_kind{"ARRAY_TEXT", kind_t::array},
};

std::optional<kind_t> kind_by_name(std::string_view words) {
    const auto found = std::ranges::find(known_names, words, &named_kind::name);
    return found == known_names.end() ? std::nullopt : std::optional{found->kind};
}

/// The rules of the manual, in its order; nullopt: NUMERIC, which says nothing of what a name means.
std::optional<kind_t> kind_by_affinity(std::string_view words) {
    const auto has = [&](std::string_view part) { return words.find(part) != std::string_view::npos; };
    if (has("INT")) return kind_t::big_integer;
    if (has("CHAR") || has("CLOB") || has("TEXT")) return kind_t::text;
    if (has("BLOB") || words.empty()) return kind_t::binary;
    if (has("REAL") || has("FLOA") || has("DOUB")) return kind_t::double_;
    return std::nullopt;
}

type sized(kind_t kind, const declaration& d) {
    constexpr std::uint32_t most = std::numeric_limits<std::uint16_t>::max();
    switch (kind) {
        case kind_t::numeric:
            if (d.first == 0 || d.first > most || d.second > d.first) return kind;
            return numeric(static_cast<std::uint16_t>(d.first), static_cast<std::uint16_t>(d.second));
        case kind_t::text: return d.first == 0 ? type{kind} : string(d.first);
        case kind_t::binary: return azoth::binary(d.first);
        default: return kind;
    }
}

/// A name that native_type would refuse is kept in the column's details alone.
type unknown_type(std::string_view spelling) {
    try {
        return native_type(kind_t::text, {{"sqlite", std::string{spelling}}});
    } catch (const programming_error&) {
        return kind_t::text;
    }
}

}  // namespace

declared_type type_declared_as(std::string_view spelling) {
    constexpr std::string_view of_elements = "ARRAY_TEXT ";
    if (in_capitals(spelling.substr(0, of_elements.size())) == of_elements) {
        const declared_type element = type_declared_as(spelling.substr(of_elements.size()));
        return {array_of(element.type), element.is_known};
    }
    const declaration d = taken_apart(spelling);
    if (const auto kind = kind_by_name(d.words)) return {sized(*kind, d)};
    if (const auto kind = kind_by_affinity(d.words)) return {sized(*kind, d)};
    return {unknown_type(spelling), false};
}

}  // namespace azoth::sqlite
