// Expressions that are nothing but a value.
#include "portable_sql.hpp"
#include "sql_tokens.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/nodes/expression.hpp>

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace azoth::detail {
namespace {

using kinds = tree_kind;

value bytes_of(std::string_view digits) {
    if (digits.size() % 2 != 0) return {};
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        unsigned byte = 0;
        const auto [end, error] = std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
        if (error != std::errc{} || end != digits.data() + i + 2) return {};
        bytes.push_back(static_cast<std::byte>(byte));
    }
    return value{bytes};
}

template <class T>
value read_as(const std::string& text) {
    return value{value{text}.as<T>()};
}

struct integers {
    std::int64_t least{};
    std::uint64_t most{};
};

integers range_of(type_kind kind) {
    const auto all_of = [](auto n) {
        using limits = std::numeric_limits<decltype(n)>;
        return integers{static_cast<std::int64_t>(limits::min()), static_cast<std::uint64_t>(limits::max())};
    };
    switch (kind) {
        case type_kind::small_integer: return all_of(std::int16_t{});
        case type_kind::integer: return all_of(std::int32_t{});
        case type_kind::unsigned_small_integer: return all_of(std::uint16_t{});
        case type_kind::unsigned_integer: return all_of(std::uint32_t{});
        case type_kind::unsigned_big_integer: return all_of(std::uint64_t{});
        default: return all_of(std::int64_t{});
    }
}

value number_of(const std::string& text, const type& of) {
    if (is_float(of.kind)) {
        const auto number = finite_number(text);
        return number ? value{*number} : value{};
    }
    const decimal number = decimal::parse(text).normalized();
    const bool is_rounded = of.kind == type_kind::numeric && of.precision != 0 && number.scale() > of.scale;  // not everywhere
    if (!is_integer(of.kind)) return is_rounded ? value{} : value{number};
    const integers range = range_of(of.kind);
    const bool fits = number.scale() == 0 && (number.is_negative() ? number >= decimal{range.least} : number <= decimal{range.most});
    if (!fits) return {};
    return of.kind == type_kind::unsigned_big_integer ? value{number} : value{number.to_int64()};
}

value truth_of(const std::string& text) {
    if (text == "1" || text == "true" || text == "t") return value{true};
    return text == "0" || text == "false" || text == "f" ? value{false} : value{};
}

/// 5 in a column of texts is '5'; of 5.0 and 1e3 databases make different ones.
bool is_plain_integer(std::string_view digits) {
    if (digits.starts_with('-')) digits.remove_prefix(1);
    return digits == "0" || (!digits.empty() && digits.front() != '0' && digits.find_first_not_of("0123456789") == std::string_view::npos);
}

value value_in(const sql_tree& t, const type& of) {
    const bool is_text = t.kind == kinds::text;
    const bool is_number = t.kind == kinds::number;
    switch (family_of(of.kind)) {
        case type_family::boolean: return is_text || is_number || t.kind == kinds::truth ? truth_of(lower(t.text)) : value{};
        case type_family::number:
            if (t.kind == kinds::truth) return number_of(t.text == "true" ? "1" : "0", of);
            return is_text || is_number ? number_of(t.text, of) : value{};
        case type_family::binary:
            if (t.kind == kinds::bytes) return bytes_of(t.text);
            return is_text && t.text.starts_with("\\x") ? bytes_of(std::string_view{t.text}.substr(2)) : value{};
        case type_family::text: return is_text || (is_number && is_plain_integer(t.text)) ? value{t.text} : value{};
        default: break;
    }
    if (!is_text) return {};
    switch (family_of(of.kind)) {
        case type_family::date: return read_as<date>(t.text);
        case type_family::time: return read_as<time_of_day>(t.text);
        case type_family::timestamp: return read_as<local_timestamp>(t.text);
        case type_family::instant: return read_as<timestamp>(t.text);
        case type_family::uuid: return read_as<uuid>(t.text);
        case type_family::json: return read_as<nlohmann::json>(t.text);
        default: return {};
    }
}

}  // namespace

std::optional<double> finite_number(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

node_ptr literal_of(const sql_tree& tree, const type& of) {
    if (!tree.parts.empty()) return {};
    try {
        value v = value_in(tree, of);
        return v.is_null() ? node_ptr{} : node_ptr{make_node<const literal_node>(std::move(v), of)};
    } catch (const error&) {  // not of the type: then it is more than a value
        return {};
    }
}

node_ptr literal_sql(std::string_view family, std::string_view sql, const type& of) {
    auto parsed = parsed_sql(family, sql);
    if (!parsed) return {};
    const sql_tree tree = plain_sql(family, std::move(*parsed), {});
    const bool is_said = tree.kind == kinds::cast && cast_type(family, tree.text).kind == of.kind && of.kind == type_kind::real;
    return literal_of(is_said ? tree.parts[0] : tree, of);
}

}  // namespace azoth::detail
