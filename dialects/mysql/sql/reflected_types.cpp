// From the server's spelling of a type to ours. What Azoth's own DDL writes becomes the type that it was written for; what others write
// becomes a type that is written as it was found.
#include "catalogue.hpp"
#include "native_text.hpp"
#include "sql_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace azoth::mysql {
namespace {

using std::string_view;
using k = type_kind;

constexpr std::uint32_t longest_string = 16'383;  // beyond, string(n) is written as LONGTEXT
constexpr std::uint32_t longest_bytes = 65'532;

/// "decimal(10,2) unsigned zerofill", taken apart.
struct spelling_parts {
    std::string word{};
    std::string arguments{};  ///< with the parentheses; empty: none
    std::vector<std::uint32_t> numbers{};
    std::vector<std::string> labels{};
    bool is_unsigned{};
    bool zerofill{};

    [[nodiscard]] std::uint32_t number(std::size_t i) const noexcept { return i < numbers.size() ? numbers[i] : 0; }
};

void add_argument(spelling_parts& to, const sql_token& t) {
    if (t.kind == sql_token::kinds::text) to.labels.push_back(t.value);
    if (t.kind != sql_token::kinds::word) return;
    std::uint32_t n = 0;
    std::from_chars(t.raw.data(), t.raw.data() + t.raw.size(), n);
    to.numbers.push_back(n);
}

spelling_parts parts_of(string_view spelling) {
    spelling_parts parts;
    bool inside = false;
    spelling = spelling.substr(0, spelling.find("/*"));  // "datetime /* mariadb-5.3 */"
    for (const auto& t : tokens_of(spelling)) {
        if (t.is_sign('(')) inside = true;
        if (inside || t.is_sign(')')) parts.arguments += t.raw;
        if (inside) add_argument(parts, t);
        else if (t.is_word("unsigned")) parts.is_unsigned = true;
        else if (t.is_word("zerofill")) parts.zerofill = true;
        else if (parts.word.empty()) parts.word = t.raw;
        if (t.is_sign(')')) inside = false;
    }
    return parts;
}

/// As the server spells it, on these servers; elsewhere `base`.
type spelled(const type& base, const spelling_parts& p, bool with_arguments) {
    std::string name = upper_case(p.word) + (with_arguments ? p.arguments : "");
    if (p.is_unsigned) name += " UNSIGNED";
    if (p.zerofill) name += " ZEROFILL";
    return native_type(base, {{"mysql", std::move(name)}});
}

struct integer_words {
    string_view word;
    k is_signed;
    k is_unsigned;
    bool is_ours;
};
constexpr std::array<integer_words, 5> integers{{{"tinyint", k::small_integer, k::unsigned_small_integer, false},
                                                 {"smallint", k::small_integer, k::unsigned_small_integer, true},
                                                 {"mediumint", k::integer, k::unsigned_integer, false},
                                                 {"int", k::integer, k::unsigned_integer, true},
                                                 {"bigint", k::big_integer, k::unsigned_big_integer, true}}};

/// The number in int(11) is for people, and MySQL 8 leaves it out.
type integer_type(const integer_words& of, const spelling_parts& p) {
    if (of.word == "tinyint" && p.number(0) == 1 && !p.is_unsigned) return k::boolean;
    const type base{p.is_unsigned ? of.is_unsigned : of.is_signed};
    return of.is_ours && !p.zerofill ? base : spelled(base, p, p.zerofill);
}

type decimal_type(const spelling_parts& p) {
    const auto precision = static_cast<std::uint16_t>(p.number(0));
    const auto scale = static_cast<std::uint16_t>(p.number(1));
    const type base = precision == 65 && scale == 30 ? type{k::numeric} : numeric(precision, scale);
    return p.is_unsigned || p.zerofill ? spelled(base, p, true) : base;
}

type real_type(k kind, const spelling_parts& p) {
    return p.arguments.empty() && !p.is_unsigned && !p.zerofill ? type{kind} : spelled(kind, p, true);
}

type character_type(const spelling_parts& p, string_view collation) {
    const std::uint32_t length = p.number(0);
    if (p.word == "char") {
        const bool is_uuid = length == 36 && collation == "ascii_bin";
        return is_uuid ? type{k::uuid} : spelled(string(length), p, true);
    }
    return length != 0 && length <= longest_string ? string(length) : spelled(string(length), p, true);
}

type byte_type(const spelling_parts& p) {
    const std::uint32_t length = p.number(0);
    const bool is_ours = p.word == "varbinary" && length != 0 && length <= longest_bytes;
    return is_ours ? binary(length) : spelled(binary(length), p, true);
}

/// Azoth writes six digits.
type moment_type(k kind, const spelling_parts& p) { return p.number(0) == 6 ? type{kind} : spelled(kind, p, true); }

bool is_one_of(string_view word, std::initializer_list<string_view> words) { return std::ranges::find(words, word) != words.end(); }

/// Types that the model has no word for.
reflected_type foreign_type(const spelling_parts& p) {
    if (p.word == "enum") return {spelled(enum_type({}, p.labels), p, true), {}};
    if (p.word == "set") return {spelled(k::text, p, true), {}};
    static constexpr std::array<string_view, 9> geometries{"geometry",      "point",           "linestring",   "polygon",
                                                           "multipoint",    "multilinestring", "multipolygon", "geometrycollection",
                                                           "geomcollection"};
    const bool is_binary = std::ranges::find(geometries, p.word) != geometries.end() || p.word == "vector";
    return {spelled(is_binary ? k::binary : k::text, p, true),
            fmt::format("a {}, which only these servers have: its values are {}", upper_case(p.word), is_binary ? "bytes" : "texts")};
}

}  // namespace

reflected_type type_of_spelling(string_view spelling, string_view collation) {
    const spelling_parts p = parts_of(spelling);
    const string_view word = p.word;
    const auto integer = std::ranges::find(integers, word, &integer_words::word);
    if (integer != integers.end()) return {integer_type(*integer, p), {}};
    if (word == "decimal") return {decimal_type(p), {}};
    if (word == "float") return {real_type(k::real, p), {}};
    if (word == "double") return {real_type(k::double_, p), {}};
    if (is_one_of(word, {"varchar", "char"})) return {character_type(p, collation), {}};
    if (is_one_of(word, {"varbinary", "binary"})) return {byte_type(p), {}};
    if (word == "longtext") return {k::text, {}};
    if (is_one_of(word, {"tinytext", "text", "mediumtext"})) return {spelled(k::text, p, false), {}};
    if (word == "longblob") return {k::binary, {}};
    if (is_one_of(word, {"tinyblob", "blob", "mediumblob"})) return {spelled(k::binary, p, false), {}};
    if (word == "date") return {k::date, {}};
    if (word == "time") return {moment_type(k::time, p), {}};
    if (word == "datetime") return {moment_type(k::timestamp, p), {}};
    if (word == "timestamp") return {spelled(k::timestamp_tz, p, true), {}};
    if (word == "year") return {spelled(k::small_integer, p, false), {}};
    if (word == "bit") return {spelled(p.number(0) == 1 ? k::boolean : k::unsigned_big_integer, p, true), {}};
    if (word == "uuid") return {k::uuid, {}};
    if (word == "json") return {k::json, {}};
    return foreign_type(p);
}

}  // namespace azoth::mysql
