#include "parameters.hpp"

#include "array_literal.hpp"
#include "interval_text.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstring>

namespace azoth::postgresql {
namespace {

using std::string_view;

template <class T>
string_view digits(T number, arena& scratch) {
    const fmt::format_int text{number};
    return scratch.copy({text.data(), text.size()});
}

string_view real_text(double number, arena& scratch) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
    std::array<char, 32> text{};
    const auto end = fmt::format_to_n(text.data(), text.size(), "{}", number).out;
    return scratch.copy({text.data(), static_cast<std::size_t>(end - text.data())});
}

string_view hexadecimal(string_view bytes, arena& scratch) {
    static constexpr string_view figures = "0123456789abcdef";
    char* const start = scratch.allocate(2 + bytes.size() * 2);
    char* out = start;
    *out++ = '\\';
    *out++ = 'x';
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        *out++ = figures[byte >> 4];
        *out++ = figures[byte & 15];
    }
    return {start, static_cast<std::size_t>(out - start)};
}

string_view instant_text(const cell& c, arena& scratch) {
    return convert(c, cell_tag::text, scratch).chars_view();  // "... Z"
}

string_view checked(string_view text, std::size_t index) {
    check_text(text, "parameter", index);
    return text;
}

}  // namespace

void check_text(string_view text, string_view where, std::size_t index) {
    if (text.find('\0') != string_view::npos || !is_valid_utf8(text)) check_text(text, fmt::format("{} {}", where, index + 1));
}

void check_text(string_view text, string_view where) {
    if (const auto at = text.find('\0'); at != string_view::npos)
        throw_error(errc::value_format, fmt::format("{} has a NUL character at byte {}, which PostgreSQL's texts cannot hold: send it as "
                                                    "bytes",
                                                    where, at));
    if (!is_valid_utf8(text))
        throw_error(errc::value_format, fmt::format("{} is not valid UTF-8: convert the text, or send it as bytes", where));
}

void check_size(std::size_t bytes, string_view what) {
    if (bytes > most_parameter_bytes)
        throw_error(errc::value_range, fmt::format("{} {} bytes, and PostgreSQL takes no more than 1 GB at once: send less", what, bytes));
}

string_view input_text(const cell& c, std::size_t index, arena& scratch) {
    switch (c.tag) {
        case cell_tag::i64: return digits(c.i64, scratch);
        case cell_tag::u64: return digits(c.u64, scratch);
        case cell_tag::f64: return real_text(c.f64, scratch);
        case cell_tag::text:
        case cell_tag::json:
        case cell_tag::decimal: return checked(c.chars_view(), index);
        case cell_tag::bytes: return hexadecimal(c.chars_view(), scratch);
        case cell_tag::instant: return instant_text(c, scratch);
        case cell_tag::interval: return scratch.copy(interval_text(c.interval));
        case cell_tag::array: return scratch.copy(checked(array_literal(c), index));
        case cell_tag::null:
        case cell_tag::date:
        case cell_tag::time:
        case cell_tag::timestamp:
        case cell_tag::uuid: break;
    }
    return convert(c, cell_tag::text, scratch).chars_view();
}

void parameter_list::assign(std::span<const cell> cells) {
    clear();
    append(cells);
}

void parameter_list::clear() noexcept {
    memory_.clear();
    values_.clear();
    lengths_.clear();
    formats_.clear();
}

void parameter_list::append(std::span<const cell> cells) {
    constexpr std::size_t most = 65'535;  // a 16-bit count in the protocol
    if (cells.size() > most)
        throw_error(errc::parameter, fmt::format("a statement of {} parameters is too large: PostgreSQL takes {}", cells.size(), most));
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        bytes += add(cells[i], i);
        check_size(bytes, "the parameters have");
    }
}

void parameter_list::assign_binary(std::span<const std::string_view> values) {
    clear();
    formats_.assign(values.size(), 1);
    std::size_t bytes = 0;
    for (const auto& v : values) check_size(bytes += v.size(), "the parameters have");
    for (const auto& v : values) {
        values_.push_back(v.data());
        lengths_.push_back(static_cast<int>(v.size()));
    }
}

/// Returns how large it is.
std::size_t parameter_list::add(const cell& c, std::size_t index) {
    if (c.is_null()) {
        values_.push_back(nullptr);
        lengths_.push_back(0);
        formats_.push_back(0);
        return 0;
    }
    if (c.is_view()) check_size(c.chars.size, fmt::format("parameter {} has", index + 1));
    if (c.tag == cell_tag::bytes) {
        values_.push_back(c.chars.data ? c.chars.data : "");
        lengths_.push_back(static_cast<int>(c.chars.size));
        formats_.push_back(1);
        return c.chars.size;
    }
    const string_view text = input_text(c, index, memory_);
    add_text(text);
    return text.size();
}

void parameter_list::add_text(string_view text) {
    char* const copy = memory_.allocate(text.size() + 1);
    if (!text.empty()) std::memcpy(copy, text.data(), text.size());
    copy[text.size()] = '\0';
    values_.push_back(copy);
    lengths_.push_back(0);
    formats_.push_back(0);
}

}  // namespace azoth::postgresql
