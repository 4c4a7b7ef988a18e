#include "regexp.hpp"

#include "regexp_parser.hpp"

#include <azoth/dialect.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace azoth::sqlite {
namespace {

constexpr std::size_t most_work = 500'000'000;  // steps: a few seconds
using saved_places = std::array<std::size_t, 2 * regexp::most_groups>;

struct thread {
    int at{};
    saved_places saved{};
};

bool is_of_a_word(wchar_t c) { return (c >= L'0' && c <= L'9') || (c >= L'A' && c <= L'Z') || (c >= L'a' && c <= L'z') || c == L'_'; }

/// All places in the program at once, character by character, in the order in which they are preferred: Pike's machine.
class machine {
public:
    machine(const std::vector<regexp::instruction>& program, const std::vector<regexp::character_class>& classes, std::wstring_view text)
        : program_{program}, classes_{classes}, text_{text}, visited_(program.size(), regexp::nowhere) {}

    std::optional<saved_places> run(std::size_t from) {
        std::vector<thread> now;
        for (std::size_t at = from;; ++at) {
            if (!found_) add(now, {0, none()}, at);
            std::vector<thread> later;
            step(now, later, at);
            ++seen_;
            if (at >= text_.size() || (found_ && later.empty())) return found_;
            now = std::move(later);
        }
    }

    /// How many characters it has looked at.
    [[nodiscard]] std::size_t seen() const noexcept { return seen_; }

private:
    static saved_places none() {
        saved_places p;
        p.fill(regexp::nowhere);
        return p;
    }
    [[nodiscard]] bool is_boundary(std::size_t at) const {
        const bool before = at > 0 && is_of_a_word(text_[at - 1]);
        const bool after = at < text_.size() && is_of_a_word(text_[at]);
        return before != after;
    }
    /// Follows all steps that take no character, the preferred ones first.
    void add(std::vector<thread>& to, const thread& first, std::size_t at) {
        waiting_.assign(1, first);
        while (!waiting_.empty()) {
            thread t = waiting_.back();
            waiting_.pop_back();
            auto& seen = visited_[static_cast<std::size_t>(t.at)];
            if (seen == at) continue;
            seen = at;
            follow(to, t, at);
        }
    }
    void follow(std::vector<thread>& to, thread& t, std::size_t at) {
        using steps = regexp::steps;
        const auto& i = program_[static_cast<std::size_t>(t.at)];
        const auto go_on = [&](int by) {
            t.at += by;
            waiting_.push_back(t);
        };
        switch (i.step) {
            case steps::jump: return go_on(i.first);
            case steps::split: {
                thread other = t;
                other.at += i.second;
                waiting_.push_back(other);
                return go_on(i.first);
            }
            case steps::save: t.saved[static_cast<std::size_t>(i.first)] = at; return go_on(1);
            case steps::begin: return at == 0 ? go_on(1) : void();
            case steps::end: return at == text_.size() ? go_on(1) : void();
            case steps::boundary: return is_boundary(at) ? go_on(1) : void();
            case steps::no_boundary: return is_boundary(at) ? void() : go_on(1);
            default: to.push_back(t);
        }
    }
    void step(const std::vector<thread>& now, std::vector<thread>& later, std::size_t at) {
        for (const thread& t : now) {
            const auto& i = program_[static_cast<std::size_t>(t.at)];
            if (i.step == regexp::steps::found) {
                found_ = t.saved;
                return;  // those behind it are preferred less
            }
            if (at >= text_.size()) continue;
            if (i.step == regexp::steps::any || classes_[static_cast<std::size_t>(i.first)].holds(text_[at]))
                add(later, {t.at + 1, t.saved}, at + 1);
        }
    }

    const std::vector<regexp::instruction>& program_;
    const std::vector<regexp::character_class>& classes_;
    std::wstring_view text_;
    std::vector<std::size_t> visited_;
    std::vector<thread> waiting_{};
    std::optional<saved_places> found_{};
    std::size_t seen_{};
};

[[noreturn]] void refuse_length(std::wstring_view text) {
    throw_error(errc::value_range, fmt::format("a text of {} characters is too long for this regular expression", text.size()));
}

}  // namespace

bool regexp::character_class::holds(wchar_t c) const noexcept {
    const auto behind = std::upper_bound(ranges.begin(), ranges.end(), c, [](wchar_t x, const auto& r) { return x < r.first; });
    return (behind != ranges.begin() && c <= std::prev(behind)->second) != negated;
}

regexp::regexp(std::wstring_view pattern, bool ignore_case) {
    if (pattern.size() > longest_pattern)
        throw_error(errc::value_range, fmt::format("a regular expression of more than {} characters", longest_pattern));
    program_ = regexp_parser{pattern, ignore_case, classes_}.parse();
}

std::optional<regexp::groups> regexp::search(std::wstring_view text, std::size_t from, std::size_t* characters_seen) const {
    if (text.size() > most_work / program_.size()) refuse_length(text);
    machine searching{program_, classes_, text};
    const auto found = searching.run(from);
    // Twice: each search of many looks at the character behind its match, where the next begins.
    if (characters_seen && (*characters_seen += searching.seen()) / 2 > most_work / program_.size()) refuse_length(text);
    if (!found) return std::nullopt;
    groups all;
    for (std::size_t i = 0; i < most_groups; ++i) all[i] = {(*found)[2 * i], (*found)[2 * i + 1]};
    return all;
}

}  // namespace azoth::sqlite
