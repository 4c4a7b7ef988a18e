#include "regexp_parser.hpp"

#include "characters.hpp"

#include <azoth/dialect.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::sqlite {
namespace {

using instruction = regexp::instruction;
using steps = regexp::steps;
using character_class = regexp::character_class;
using regexp_program = regexp_parser::program;

constexpr int deepest = 50;
constexpr int most_repetitions = 255;  // as PostgreSQL has it
constexpr std::size_t longest_program = 5'000;
constexpr wchar_t last_character = 0x10ffff;

[[noreturn]] void refuse(std::string_view why) { throw_error(errc::value_format, fmt::format("a regular expression is wrong: {}", why)); }

int size_of(const regexp_program& p) { return static_cast<int>(p.size()); }

void append(regexp_program& to, const regexp_program& what) {
    if (to.size() + what.size() > longest_program) refuse("its repetitions make it too long");
    to.insert(to.end(), what.begin(), what.end());
}

instruction split(int preferred, int other, bool lazy) {
    return lazy ? instruction{steps::split, other, preferred} : instruction{steps::split, preferred, other};
}

/// \d, \w, \s and their negations.
std::optional<character_class> class_of(wchar_t letter) {
    character_class c;
    switch (letter) {
        case L'd':
        case L'D': c.ranges = {{L'0', L'9'}}; break;
        case L'w':
        case L'W': c.ranges = {{L'0', L'9'}, {L'A', L'Z'}, {L'_', L'_'}, {L'a', L'z'}}; break;
        case L's':
        case L'S': c.ranges = {{L'\t', L'\r'}, {L' ', L' '}}; break;
        default: return std::nullopt;
    }
    c.negated = letter < L'a';
    return c;
}

std::optional<wchar_t> control_of(wchar_t letter) {
    switch (letter) {
        case L'n': return L'\n';
        case L't': return L'\t';
        case L'r': return L'\r';
        case L'f': return L'\f';
        case L'v': return L'\v';
        default: return std::nullopt;
    }
}

bool is_alphanumeric(wchar_t c) { return (c >= L'0' && c <= L'9') || (c >= L'A' && c <= L'Z') || (c >= L'a' && c <= L'z'); }

/// Those that are not in it, for a class within brackets.
void add_class(character_class& to, character_class of) {
    if (!of.negated) {
        to.ranges.insert(to.ranges.end(), of.ranges.begin(), of.ranges.end());
        return;
    }
    wchar_t from = 0;
    for (const auto& [low, high] : of.ranges) {  // they ascend
        if (low > from) to.ranges.emplace_back(from, static_cast<wchar_t>(low - 1));
        from = static_cast<wchar_t>(high + 1);
    }
    to.ranges.emplace_back(from, last_character);
}

void add_other_case(character_class& to) {
    const std::size_t own = to.ranges.size();
    for (std::size_t i = 0; i < own; ++i) {
        const wchar_t low = to.ranges[i].first;
        const wchar_t high = to.ranges[i].second;
        const auto shifted = [&](wchar_t first, wchar_t last, int by) {
            const wchar_t a = std::max(low, first);
            const wchar_t b = std::min(high, last);
            if (a <= b) to.ranges.emplace_back(static_cast<wchar_t>(a + by), static_cast<wchar_t>(b + by));
        };
        shifted(L'a', L'z', L'A' - L'a');
        shifted(L'A', L'Z', L'a' - L'A');
    }
}

/// In order, each character in one range at most.
void put_in_order(character_class& c) {
    std::sort(c.ranges.begin(), c.ranges.end());
    std::vector<std::pair<wchar_t, wchar_t>> apart;
    for (const auto& r : c.ranges) {
        if (apart.empty() || r.first > apart.back().second) apart.push_back(r);
        else apart.back().second = std::max(apart.back().second, r.second);
    }
    c.ranges = std::move(apart);
}

}  // namespace

wchar_t regexp_parser::next() {
    if (at_end()) refuse("it ends too early");
    return pattern_[at_++];
}

bool regexp_parser::take(wchar_t c) noexcept {
    if (at_end() || pattern_[at_] != c) return false;
    ++at_;
    return true;
}

regexp_program regexp_parser::parse() {
    regexp_program whole{{steps::save, 0, 0}};
    append(whole, alternatives());
    if (!at_end()) refuse("a parenthesis closes what none opened");
    append(whole, {{steps::save, 1, 0}, {steps::found, 0, 0}});
    return whole;
}

regexp_program regexp_parser::alternatives() {
    regexp_program left = sequence();
    while (take(L'|')) {
        const regexp_program right = sequence();
        regexp_program both{{steps::split, 1, size_of(left) + 2}};
        append(both, left);
        append(both, {{steps::jump, size_of(right) + 1, 0}});
        append(both, right);
        left = std::move(both);
    }
    return left;
}

regexp_program regexp_parser::sequence() {
    regexp_program all;
    while (!at_end() && peek() != L'|' && peek() != L')') append(all, repeated());
    return all;
}

regexp_program regexp_parser::repeated() {
    regexp_program what = atom();
    int least = 0;
    std::optional<int> most;
    if (take(L'?')) most = 1;
    else if (take(L'+')) least = 1;
    else if (!take(L'*')) {
        const auto counted = bounds();
        if (!counted) return what;
        std::tie(least, most) = *counted;
    }
    const bool lazy = take(L'?');
    if (peek() == L'*' || peek() == L'+' || peek() == L'?') refuse("a repetition is repeated");
    return times(what, least, most, lazy);
}

regexp_program regexp_parser::times(const program& what, int least, std::optional<int> most, bool lazy) {
    regexp_program all;
    for (int i = 0; i < least; ++i) append(all, what);
    const int n = size_of(what);
    if (!most) {
        append(all, {split(1, n + 2, lazy)});
        append(all, what);
        append(all, {{steps::jump, -(n + 1), 0}});
        return all;
    }
    for (int i = least; i < *most; ++i) {  // each but the first needs the one before it
        append(all, {split(1, (*most - i) * (n + 1), lazy)});
        append(all, what);
    }
    return all;
}

std::optional<std::pair<int, std::optional<int>>> regexp_parser::bounds() {
    if (peek() != L'{') return std::nullopt;
    ++at_;
    const auto least = number();
    if (!least) refuse("{ has to begin a repetition such as {2,3}: write \\{ for the character");
    std::optional<int> most = least;
    if (take(L',')) most = number();
    if (!take(L'}') || (most && *most < *least)) refuse("a repetition has to be {n}, {n,} or {n,m}");
    return std::pair{*least, most};
}

std::optional<int> regexp_parser::number() {
    std::optional<int> n;
    while (peek() >= L'0' && peek() <= L'9') {
        n = n.value_or(0) * 10 + static_cast<int>(next() - L'0');
        if (*n > most_repetitions) refuse(fmt::format("more than {} repetitions", most_repetitions));
    }
    return n;
}

regexp_program regexp_parser::atom() {
    const wchar_t c = next();
    switch (c) {
        case L'.': return {{steps::any, 0, 0}};
        case L'^': return {{steps::begin, 0, 0}};
        case L'$': return {{steps::end, 0, 0}};
        case L'(': return group();
        case L'[': return bracket();
        case L'\\': return escape();
        case L'*':
        case L'+':
        case L'?':
        case L'{': refuse("nothing stands before a repetition");
        default: return a_class({{{c, c}}, false});
    }
}

regexp_program regexp_parser::group() {
    if (++depth_ > deepest) refuse("its groups are nested too deeply");
    int number = 0;
    if (take(L'?')) {
        if (!take(L':')) refuse("of groups with (? only (?: is known everywhere");
    } else {
        number = ++groups_;
    }
    regexp_program inside = alternatives();
    if (!take(L')')) refuse("a parenthesis is not closed");
    --depth_;
    if (number == 0 || number >= static_cast<int>(regexp::most_groups)) return inside;
    regexp_program saved{{steps::save, 2 * number, 0}};
    append(saved, inside);
    append(saved, {{steps::save, 2 * number + 1, 0}});
    return saved;
}

regexp_program regexp_parser::escape() {
    const wchar_t c = next();
    if (c == L'b') return {{steps::boundary, 0, 0}};
    if (c == L'B') return {{steps::no_boundary, 0, 0}};
    if (auto known = class_of(c)) return a_class(std::move(*known));
    if (const auto control = control_of(c)) return a_class({{{*control, *control}}, false});
    if (is_alphanumeric(c)) refuse(fmt::format("\\{} is not known everywhere", encoded({&c, 1})));
    return a_class({{{c, c}}, false});
}

regexp_program regexp_parser::a_class(character_class c) {
    if (ignore_case_) add_other_case(c);
    put_in_order(c);
    classes_.push_back(std::move(c));
    return {{steps::one_of, static_cast<int>(classes_.size()) - 1, 0}};
}

regexp_program regexp_parser::bracket() {
    character_class c;
    c.negated = take(L'^');
    do bracket_member(c);
    while (!take(L']'));
    return a_class(std::move(c));
}

void regexp_parser::bracket_member(character_class& to) {
    if (peek() == L'[' && at_ + 1 < pattern_.size() && pattern_[at_ + 1] == L':') return posix_class(to);
    const auto one = [&]() -> std::optional<wchar_t> {
        const wchar_t c = next();
        if (c != L'\\') return c;
        const wchar_t escaped = next();
        if (auto known = class_of(escaped)) {
            add_class(to, std::move(*known));
            return std::nullopt;
        }
        if (const auto control = control_of(escaped)) return control;
        if (is_alphanumeric(escaped)) refuse(fmt::format("\\{} is not known in brackets", encoded({&escaped, 1})));
        return escaped;
    };
    const auto low = one();
    if (!low) return;
    if (peek() != L'-' || at_ + 1 >= pattern_.size() || pattern_[at_ + 1] == L']') return to.ranges.emplace_back(*low, *low), void();
    ++at_;
    const auto high = one();
    if (!high || *high < *low) refuse("a range in brackets ends before it begins");
    to.ranges.emplace_back(*low, *high);
}

void regexp_parser::posix_class(character_class& to) {
    const auto end = pattern_.find(L":]", at_);
    if (end == std::wstring_view::npos) refuse("[: is not closed");
    const std::wstring_view name = pattern_.substr(at_ + 2, end - at_ - 2);
    at_ = end + 2;
    const bool is_alnum = name == L"alnum";
    const bool is_alpha = is_alnum || name == L"alpha";
    if (is_alnum || name == L"digit") to.ranges.emplace_back(L'0', L'9');
    if (is_alpha || name == L"upper") to.ranges.emplace_back(L'A', L'Z');
    if (is_alpha || name == L"lower") to.ranges.emplace_back(L'a', L'z');
    if (name == L"space") add_class(to, *class_of(L's'));
    if (!is_alpha && name != L"digit" && name != L"upper" && name != L"lower" && name != L"space")
        refuse(fmt::format("the class [:{}:] is not known", encoded(name)));
}

}  // namespace azoth::sqlite
