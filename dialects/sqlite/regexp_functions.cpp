// azoth_regexp(text, pattern, ignore case) and azoth_regexp_replace(text, pattern, with, ignore case).
#include "characters.hpp"
#include "function_support.hpp"
#include "regexp.hpp"

#include <memory>
#include <string>

namespace azoth::sqlite {
namespace {

/// The argument's expression. SQLite keeps it for as long as the argument stays the same.
const regexp& pattern_of(sqlite3_context* at, arguments args, int place, bool ignore_case, std::unique_ptr<regexp>& memory) {
    if (const void* kept = sqlite3_get_auxdata(at, place)) return *static_cast<const regexp*>(kept);
    auto made = std::make_unique<regexp>(decoded(text_of(args[place])), ignore_case);
    memory = std::make_unique<regexp>(*made);
    sqlite3_set_auxdata(at, place, made.release(), [](void* gone) { delete static_cast<regexp*>(gone); });
    return *memory;
}

void matches(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0]) || is_null(args[1])) return;
    guarded(to, [&] {
        std::unique_ptr<regexp> memory;
        const regexp& pattern = pattern_of(to, args, 1, sqlite3_value_int(args[2]) != 0, memory);
        sqlite3_result_int(to, pattern.search(decoded(text_of(args[0]))) ? 1 : 0);
    });
}

/// \1 to \9 are the groups, \\ is a backslash.
void append_replacement(std::wstring& to, std::wstring_view with, std::wstring_view text, const regexp::groups& found) {
    for (std::size_t i = 0; i < with.size(); ++i) {
        if (with[i] != L'\\' || i + 1 == with.size()) {
            to += with[i];
            continue;
        }
        const wchar_t next = with[++i];
        if (next < L'1' || next > L'9') {
            to += next;
            continue;
        }
        const auto [begin, end] = found[static_cast<std::size_t>(next - L'0')];
        if (begin != regexp::nowhere && end != regexp::nowhere) to += text.substr(begin, end - begin);
    }
}

std::wstring replaced(const regexp& pattern, std::wstring_view text, std::wstring_view with) {
    std::wstring result;
    std::size_t done = 0;
    std::size_t seen = 0;
    for (std::size_t from = 0; from <= text.size();) {
        const auto found = pattern.search(text, from, &seen);
        if (!found) break;
        const auto [begin, end] = (*found)[0];
        result += text.substr(done, begin - done);
        append_replacement(result, with, text, *found);
        done = end;
        from = end > begin ? end : end + 1;  // an empty match must not be found again
    }
    return result.append(text.substr(done));
}

void replace(sqlite3_context* to, int, arguments args) noexcept {
    if (is_null(args[0]) || is_null(args[1]) || is_null(args[2])) return;
    guarded(to, [&] {
        std::unique_ptr<regexp> memory;
        const regexp& pattern = pattern_of(to, args, 1, sqlite3_value_int(args[3]) != 0, memory);
        give_text(to, encoded(replaced(pattern, decoded(text_of(args[0])), decoded(text_of(args[2])))));
    });
}

}  // namespace

void register_regexps(sqlite3* db) {
    add(db, "azoth_regexp", 3, &matches);
    add(db, "azoth_regexp_replace", 4, &replace);
}

}  // namespace azoth::sqlite
