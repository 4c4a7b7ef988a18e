#include <azoth/base/error.hpp>
#include <azoth/base/utf8.hpp>
#include <azoth/base/value.hpp>

#include <fmt/format.h>

namespace azoth {
namespace {

namespace chrono = std::chrono;

std::string interval_text(const interval_parts& i) {
    std::string text;
    if (i.months != 0) text += fmt::format("{} months ", i.months);
    if (i.days != 0) text += fmt::format("{} days ", i.days);
    if (i.microseconds != 0 || text.empty()) return text + fmt::format("{} microseconds", i.microseconds);
    text.pop_back();
    return text;
}

std::string hexadecimal(std::string_view bytes) {
    std::string text;
    text.reserve(2 * bytes.size());
    for (const char c : bytes) fmt::format_to(std::back_inserter(text), "{:02x}", static_cast<unsigned char>(c));
    return text;
}

std::string moment_text(const cell& c) {
    switch (c.tag) {
        case cell_tag::date: {
            date day;
            detail::read_date(c, day);  // which refuses the numbers that std::chrono would turn into another day
            return to_string(day);
        }
        case cell_tag::time: return to_string(time_of_day{chrono::microseconds{c.i64}});
        case cell_tag::timestamp: return to_string(local_timestamp{chrono::microseconds{c.i64}});
        default: return to_string(timestamp{chrono::microseconds{c.i64}});
    }
}

/// What a driver handed over may lie outside the calendar; a message about it still has to show it.
std::string moment_or_number(const cell& c) {
    try {
        return moment_text(c);
    } catch (const error&) {
        return fmt::format("{} {}", tag_name(c.tag), c.i64);
    }
}

std::string uuid_text(const cell& c) {
    uuid u;
    std::copy(std::begin(c.raw), std::end(c.raw), u.bytes.begin());
    return to_string(u);
}

std::string shortened(std::string_view text, std::size_t max_chars) {
    if (!is_valid_utf8(text)) {
        std::string made = "x'" + hexadecimal(text.substr(0, max_chars / 2)) + "'";
        if (text.size() > max_chars / 2) made += fmt::format("... ({} bytes)", text.size());
        return made + " (not UTF-8)";
    }
    const std::string_view shown = utf8_prefix(text, max_chars);
    std::string made = "\"" + one_line(shown) + "\"";
    if (shown.size() < text.size()) made += fmt::format("... ({} bytes)", text.size());
    return made;
}

}  // namespace

std::string display(const cell& value) {
    switch (value.tag) {
        case cell_tag::null: return "NULL";
        case cell_tag::i64: return fmt::format("{}", value.i64);
        case cell_tag::u64: return fmt::format("{}", value.u64);
        case cell_tag::f64: return fmt::format("{}", value.f64);
        case cell_tag::text:
        case cell_tag::decimal:
        case cell_tag::json:
        case cell_tag::array: return std::string{value.chars_view()};
        case cell_tag::bytes: return hexadecimal(value.chars_view());
        case cell_tag::interval: return interval_text(value.interval);
        case cell_tag::uuid: return uuid_text(value);
        case cell_tag::date:
        case cell_tag::time:
        case cell_tag::timestamp:
        case cell_tag::instant: return moment_or_number(value);
    }
    return {};
}

std::string describe(const cell& value, std::size_t max_chars) {
    switch (value.tag) {
        case cell_tag::text:
        case cell_tag::json:
        case cell_tag::array: return shortened(value.chars_view(), max_chars);
        case cell_tag::bytes: {
            const std::string_view shown = value.chars_view().substr(0, max_chars / 2);
            return fmt::format("x'{}'{}", hexadecimal(shown),
                               shown.size() < value.chars.size ? fmt::format("... ({} bytes)", value.chars.size) : "");
        }
        default: return display(value);
    }
}

}  // namespace azoth
