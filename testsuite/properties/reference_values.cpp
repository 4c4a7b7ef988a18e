// How the evaluator computes with values that are not NULL.
#include "reference.hpp"

#include <azoth/dialect.hpp>

#include <fmt/format.h>

#include <cmath>
#include <optional>

namespace properties {
namespace {

using k = az::type_kind;
using binary = az::binary_operator;

std::optional<az::decimal> as_exact(const meaning& m) {
    if (const auto* i = std::get_if<std::int64_t>(&m)) return az::decimal{*i};
    if (const auto* d = std::get_if<az::decimal>(&m)) return *d;
    return std::nullopt;
}

std::optional<double> as_real(const meaning& m) {
    if (const auto* d = std::get_if<double>(&m)) return *d;
    const auto exact = as_exact(m);
    return exact ? std::optional{exact->to_double()} : std::nullopt;
}

/// A double that stands for the same number in any base, and so compares alike as double and as decimal.
bool is_plain(double d) {
    constexpr double largest = 1e14;
    return std::fabs(d) < largest && std::trunc(d * 1024) == d * 1024;
}

template <class T>
std::int64_t order_of(const T& a, const T& b) {
    return a < b ? -1 : b < a ? 1 : 0;
}

meaning of_integers(binary op, std::int64_t a, std::int64_t b) {
    std::int64_t made{};
    bool overflows = false;
    switch (op) {
        case binary::add: overflows = __builtin_add_overflow(a, b, &made); break;
        case binary::subtract: overflows = __builtin_sub_overflow(a, b, &made); break;
        case binary::multiply: overflows = __builtin_mul_overflow(a, b, &made); break;
        case binary::modulo:
            overflows = b == 0 || b == -1, made = overflows ? 0 : a % b;
            return b == -1 ? meaning{std::int64_t{0}} : overflows ? meaning{no_opinion{}} : meaning{made};
        default: return no_opinion{};
    }
    return overflows ? meaning{no_opinion{}} : meaning{made};
}

/// What is left of a division that rounds towards zero.
meaning exact_remainder(const az::decimal& a, const az::decimal& b) {
    if (b.is_zero()) return no_opinion{};
    const auto size = [](const az::decimal& d) { return d.is_negative() ? -d : d; };
    az::decimal times = divide(size(a), size(b), 0);  // rounded, not cut
    if (times * size(b) > size(a)) times = times - az::decimal{1};
    const az::decimal rest = size(a) - times * size(b);
    return a.is_negative() ? -rest : rest;
}

meaning of_exacts(binary op, const az::decimal& a, const az::decimal& b) {
    switch (op) {
        case binary::add: return a + b;
        case binary::subtract: return a - b;
        case binary::multiply: return a * b;
        case binary::modulo: return exact_remainder(a, b);
        default: return no_opinion{};
    }
}

meaning of_reals(binary op, double a, double b) {
    double made = 0;
    switch (op) {
        case binary::add: made = a + b; break;
        case binary::subtract: made = a - b; break;
        case binary::multiply: made = a * b; break;
        case binary::divide: made = a / b; break;
        case binary::modulo: made = std::fmod(a, b); break;
        default: return no_opinion{};
    }
    return std::isfinite(made) ? meaning{made} : meaning{no_opinion{}};
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

meaning changed_case(std::string text, bool up) {
    if (!is_ascii(text)) return no_opinion{};  // SQLite knows the letters of ASCII only
    for (char& c : text) {
        if (up && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (!up && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

std::size_t character_size(std::string_view text) {
    std::size_t n = 1;
    while (n < text.size() && (static_cast<unsigned char>(text[n]) & 0xc0) == 0x80) ++n;
    return n;
}

meaning replaced(const std::vector<meaning>& arguments) {
    const auto* text = std::get_if<std::string>(&arguments[0]);
    const auto* from = std::get_if<std::string>(&arguments[1]);
    const auto* to = std::get_if<std::string>(&arguments[2]);
    if (!text || !from || !to || from->empty()) return no_opinion{};
    std::string made = *text;
    for (std::size_t at = 0; (at = made.find(*from, at)) != std::string::npos; at += to->size()) made.replace(at, from->size(), *to);
    return made;
}

meaning cast_to_integer(const meaning& from) {
    if (const auto* b = std::get_if<bool>(&from)) return std::int64_t{*b};
    if (std::holds_alternative<std::int64_t>(from)) return from;
    if (const auto* d = std::get_if<az::decimal>(&from)) return d->rescaled(0).to_int64();
    if (const auto* d = std::get_if<double>(&from)) return static_cast<std::int64_t>(std::nearbyint(*d));  // halves to the even one
    return no_opinion{};
}

meaning cast_to_text(const meaning& from) {
    if (const auto* i = std::get_if<std::int64_t>(&from)) return std::to_string(*i);
    if (const auto* d = std::get_if<az::date>(&from)) return az::to_string(*d);
    if (std::holds_alternative<std::string>(from)) return from;
    return no_opinion{};
}

}  // namespace

std::vector<std::string> characters_in(std::string_view text) {
    std::vector<std::string> all;
    for (; !text.empty(); text.remove_prefix(all.back().size())) all.emplace_back(text.substr(0, character_size(text)));
    return all;
}

meaning meaning_of(const az::value& v, az::type_kind kind) {
    if (v.is_null()) return nothing{};
    if (v.kind() == k::boolean || kind == k::boolean) return v.as<bool>();
    switch (v.view().tag) {
        case az::cell_tag::i64: return v.as<std::int64_t>();
        case az::cell_tag::f64: return v.as<double>();
        case az::cell_tag::decimal: return v.as<az::decimal>();
        case az::cell_tag::text: return v.as<std::string>();
        case az::cell_tag::date: return v.as<az::date>();
        default: return no_opinion{};
    }
}

meaning compare(const meaning& a, const meaning& b) {
    if (const auto* x = std::get_if<std::int64_t>(&a), *y = std::get_if<std::int64_t>(&b); x && y) return order_of(*x, *y);
    if (const auto* x = std::get_if<bool>(&a), *y = std::get_if<bool>(&b); x && y) return order_of(*x, *y);
    if (const auto* x = std::get_if<std::string>(&a), *y = std::get_if<std::string>(&b); x && y) return order_of(*x, *y);
    if (const auto* x = std::get_if<az::date>(&a), *y = std::get_if<az::date>(&b); x && y) return order_of(*x, *y);
    if (const auto* x = std::get_if<double>(&a), *y = std::get_if<double>(&b); x && y) return order_of(*x, *y);
    if (const auto x = as_exact(a), y = as_exact(b); x && y) return order_of(*x, *y);
    const auto x = as_real(a);
    const auto y = as_real(b);
    if (!x || !y) return no_opinion{};
    const double approximate = std::holds_alternative<double>(a) ? *x : *y;
    return is_plain(approximate) ? meaning{order_of(*x, *y)} : meaning{no_opinion{}};
}

bool matches_like(std::string_view text, std::string_view pattern, char escape) {
    if (pattern.empty()) return text.empty();
    const bool is_escaped = escape != '\0' && pattern.front() == escape;
    if (is_escaped) pattern.remove_prefix(1);
    if (!is_escaped && pattern.front() == '%') {
        for (std::string_view rest = text;; rest.remove_prefix(character_size(rest))) {
            if (matches_like(rest, pattern.substr(1), escape)) return true;
            if (rest.empty()) return false;
        }
    }
    if (text.empty()) return false;
    const std::size_t n = character_size(pattern);
    const bool is_any = !is_escaped && pattern.front() == '_';
    if (!is_any && text.substr(0, n) != pattern.substr(0, n)) return false;
    return matches_like(text.substr(character_size(text)), pattern.substr(n), escape);
}

meaning calculate(binary op, const meaning& a, const meaning& b) {
    const auto* x = std::get_if<std::string>(&a);
    const auto* y = std::get_if<std::string>(&b);
    if (x && y) {
        if (op == binary::concat) return *x + *y;
        if (op == binary::like || op == binary::not_like) return matches_like(*x, *y) == (op == binary::like);
        return no_opinion{};
    }
    if (const auto* i = std::get_if<std::int64_t>(&a), *j = std::get_if<std::int64_t>(&b); i && j) return of_integers(op, *i, *j);
    if (const auto d = as_exact(a), e = as_exact(b); d && e) return of_exacts(op, *d, *e);
    if (const auto r = as_real(a), s = as_real(b); r && s) return of_reals(op, *r, *s);
    return no_opinion{};
}

meaning cast_to(const meaning& from, const az::type& to) {
    switch (to.kind) {
        case k::big_integer: return cast_to_integer(from);
        case k::text: return cast_to_text(from);
        case k::double_: {
            const auto made = as_real(from);
            return made ? meaning{*made} : meaning{no_opinion{}};
        }
        case k::numeric: {
            const auto made = as_exact(from);
            return made ? meaning{made->rescaled(to.scale)} : meaning{no_opinion{}};
        }
        case k::boolean: {
            const auto* i = std::get_if<std::int64_t>(&from);
            return i ? meaning{*i != 0} : meaning{no_opinion{}};
        }
        default: return no_opinion{};
    }
}

meaning call_function(std::string_view name, const std::vector<meaning>& arguments) {
    const meaning& first = arguments.front();
    if (const auto* text = std::get_if<std::string>(&first)) {
        if (name == "lower" || name == "upper") return changed_case(*text, name == "upper");
        if (name == "char_length") return static_cast<std::int64_t>(characters_in(*text).size());
    }
    if (name == "replace") return replaced(arguments);
    if (name == "abs") {
        if (const auto* d = std::get_if<double>(&first)) return std::fabs(*d);
        const auto exact = as_exact(first);
        if (!exact) return no_opinion{};
        return exact->is_negative() ? calculate(binary::subtract, std::int64_t{0}, first) : first;
    }
    return no_opinion{};
}

std::string shown(const meaning& m) {
    return std::visit(
        [](const auto& v) -> std::string {
            using T = std::remove_cvref_t<decltype(v)>;
            if constexpr (std::same_as<T, nothing>) return "NULL";
            else if constexpr (std::same_as<T, no_opinion>) return "(no opinion)";
            else if constexpr (std::same_as<T, bool>) return v ? "true" : "false";
            else if constexpr (std::same_as<T, std::string>) return "'" + v + "'";
            else if constexpr (std::same_as<T, az::decimal> || std::same_as<T, az::date>) return az::to_string(v);
            else return fmt::format("{}", v);
        },
        m);
}

}  // namespace properties
