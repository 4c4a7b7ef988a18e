#pragma once

#include <azoth/dialect.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <string_view>

/// What the functions that a connection is given share.
namespace azoth::sqlite {

using arguments = sqlite3_value**;

// Innocuous: a CHECK, an index or a view of the file may use them whoever wrote the file.
inline constexpr int pure = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

inline bool is_null(sqlite3_value* v) noexcept { return sqlite3_value_type(v) == SQLITE_NULL; }

inline bool any_is_null(int count, arguments args) noexcept { return std::any_of(args, args + count, is_null); }

/// The value as text; not for NULL.
inline std::string_view text_of(sqlite3_value* v) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(v));
    if (!text) throw std::bad_alloc{};
    return {text, static_cast<std::size_t>(sqlite3_value_bytes(v))};
}

inline void give_text(sqlite3_context* to, std::string_view text) noexcept {
    sqlite3_result_text64(to, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// SQLite's codes for the two ways in which a value can be wrong; the dialect tells them apart again.
inline void give_error(sqlite3_context* to, const char* message, int code) noexcept {
    sqlite3_result_error(to, message, -1);
    sqlite3_result_error_code(to, code);
}

/// Runs a function's body; no exception may cross SQLite's frames.
template <class Body>
void guarded(sqlite3_context* to, Body&& body) noexcept {
    try {
        body();
    } catch (const error& e) {
        give_error(to, e.message().c_str(), e.code() == errc::value_range ? SQLITE_TOOBIG : SQLITE_MISMATCH);
    } catch (...) {
        sqlite3_result_error_nomem(to);
    }
}

/// Throws what is wrong unless the code is SQLITE_OK.
void require(sqlite3* db, int code);
/// `count` arguments; -1: any number.
void add(sqlite3* db, const char* name, int count, void (*body)(sqlite3_context*, int, arguments));

/// azoth_integer_floor_div, azoth_round_real, azoth_power and the like: arithmetic that SQLite lacks, or has where it is built so.
void register_numbers(sqlite3* db);
/// azoth_lpad, azoth_starts_with and the like: what SQLite has no function for. Characters are Unicode's.
void register_texts(sqlite3* db);
/// azoth_regexp and azoth_regexp_replace: ECMAScript's regular expressions.
void register_regexps(sqlite3* db);

}  // namespace azoth::sqlite
