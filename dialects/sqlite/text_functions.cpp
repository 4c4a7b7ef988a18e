// Functions of text that SQLite lacks.
#include "characters.hpp"
#include "function_support.hpp"

#include <fmt/format.h>

#include <string>

namespace azoth::sqlite {
namespace {

constexpr std::size_t longest_text = 1'000'000'000;  // of SQLite as it is built

std::size_t count_of(sqlite3_value* v) noexcept { return static_cast<std::size_t>(std::max<std::int64_t>(sqlite3_value_int64(v), 0)); }

void right(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] {
        const std::string_view text = text_of(args[0]);
        const std::size_t length = characters_in(text);
        const std::size_t wanted = count_of(args[1]);
        give_text(to, text.substr(wanted < length ? bytes_of(text, length - wanted) : 0));
    });
}

/// `count` characters of `fill`, over and over again.
std::string filling(std::string_view fill, std::size_t count) {
    std::string filled;
    const std::size_t period = characters_in(fill);
    for (; count >= period; count -= period) filled += fill;
    return filled.append(fill.substr(0, bytes_of(fill, count)));
}

void check_length(std::size_t characters) {
    if (characters > longest_text)
        throw_error(errc::value_range, fmt::format("a text of {} characters is too long for SQLite", characters));
}

template <bool AtLeft>
void pad(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] {
        const std::string_view text = text_of(args[0]);
        const std::size_t wanted = count_of(args[1]);
        const std::size_t length = characters_in(text);
        check_length(wanted);
        if (wanted <= length) return give_text(to, text.substr(0, bytes_of(text, wanted)));
        const std::string filled = filling(text_of(args[2]), wanted - length);
        give_text(to, AtLeft ? filled + std::string{text} : std::string{text} + filled);
    });
}

void repeat(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] {
        const std::string_view text = text_of(args[0]);
        const std::size_t times = count_of(args[1]);
        if (!text.empty()) check_length(times > longest_text ? times : times * text.size());
        std::string whole;
        for (std::size_t i = 0; i < (text.empty() ? 0 : times); ++i) whole += text;
        give_text(to, whole);
    });
}

void reverse(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    guarded(to, [&] {
        const std::string_view text = text_of(args[0]);
        std::string turned;
        turned.reserve(text.size());
        for (std::size_t end = text.size(); end > 0;) {
            const std::size_t begin = start_of_character(text, end - 1);
            turned += text.substr(begin, end - begin);
            end = begin;
        }
        give_text(to, turned);
    });
}

/// NULLs are left out; a separator that is NULL makes all of it NULL.
void concat_with_separator(sqlite3_context* to, int count, arguments args) noexcept {
    if (is_null(args[0])) return;
    guarded(to, [&] {
        const std::string separator{text_of(args[0])};
        std::string whole;
        bool is_first = true;
        for (int i = 1; i < count; ++i) {
            if (is_null(args[i])) continue;
            if (!is_first) whole += separator;
            is_first = false;
            whole += text_of(args[i]);
        }
        give_text(to, whole);
    });
}

void starts_with(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] { sqlite3_result_int(to, text_of(args[0]).starts_with(text_of(args[1])) ? 1 : 0); });
}

void ends_with(sqlite3_context* to, int count, arguments args) noexcept {
    if (any_is_null(count, args)) return;
    guarded(to, [&] { sqlite3_result_int(to, text_of(args[0]).ends_with(text_of(args[1])) ? 1 : 0); });
}

void code_point(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0])) return;
    guarded(to, [&] {
        const std::wstring first = decoded(text_of(args[0]).substr(0, longest_character));
        sqlite3_result_int64(to, first.empty() ? 0 : static_cast<std::int64_t>(first.front()));
    });
}

}  // namespace

void register_texts(sqlite3* db) {
    add(db, "azoth_right", 2, &right);
    add(db, "azoth_lpad", 3, &pad<true>);
    add(db, "azoth_rpad", 3, &pad<false>);
    add(db, "azoth_repeat", 2, &repeat);
    add(db, "azoth_reverse", 1, &reverse);
    add(db, "azoth_concat_ws", -1, &concat_with_separator);
    add(db, "azoth_starts_with", 2, &starts_with);
    add(db, "azoth_ends_with", 2, &ends_with);
    add(db, "azoth_code_point", 1, &code_point);
}

}  // namespace azoth::sqlite
