// What databases write down, as all of them would say it.
#include "sql_tokens.hpp"

#include <utility>

namespace azoth::detail {
namespace {

constexpr std::array<std::string_view, 7> number_types{"smallint", "integer", "bigint", "numeric", "real", "double", "decimal"};

/// Behind "::character varying(20)[]", and behind "::shop.mood".
std::size_t behind_cast(const tokens& all, std::size_t i) {
    const auto is_name = [&](std::size_t at) {
        return at < all.size() &&
               (all[at].kind == token_kind::name ||
                (all[at].kind == token_kind::word && !has(keywords, lower(all[at].text)) && !is_word(all, at, "escape")));
    };
    ++i;
    while (is_name(i) || (is_mark(all, i, ".") && is_name(i + 1))) ++i;
    if (is_mark(all, i, "(") && i + 1 < all.size() && all[i + 1].kind == token_kind::number) {
        while (i < all.size() && !is_mark(all, i, ")")) ++i;
        ++i;
    }
    while (is_mark(all, i, "[") && is_mark(all, i + 1, "]")) i += 2;
    return i;
}

/// '-5'::integer is the number.
void make_number(tokens& kept) {
    if (kept.empty() || kept.back().kind != token_kind::text || kept.back().text.empty()) return;
    std::string text = kept.back().text;
    const bool is_negative = text.front() == '-';
    if (is_negative) text.erase(0, 1);
    if (text.empty() || text.find_first_not_of("0123456789.") != std::string::npos) return;
    kept.pop_back();
    if (is_negative) kept.push_back({token_kind::mark, "-"});
    kept.push_back({token_kind::number, std::move(text)});
}

tokens without_double_colons(const tokens& all) {
    tokens kept;
    for (std::size_t i = 0; i < all.size();) {
        if (!is_mark(all, i, "::")) {
            kept.push_back(all[i++]);
            continue;
        }
        if (i + 1 < all.size() && has(number_types, lower(all[i + 1].text))) make_number(kept);
        i = behind_cast(all, i);
    }
    return kept;
}

std::size_t closing(const tokens& all, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < all.size(); ++i) {
        if (is_mark(all, i, "(")) ++depth;
        if (is_mark(all, i, ")") && --depth == 0) return i;
    }
    return all.size();
}

/// CAST(x AS bigint) as (x).
tokens without_casts(tokens all) {
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        if (!is_word(all, i, "cast") || !is_mark(all, i + 1, "(")) continue;
        const std::size_t close = closing(all, i + 1);
        std::size_t as = i + 2;
        while (as < close && !is_word(all, as, "as")) as = is_mark(all, as, "(") ? closing(all, as) + 1 : as + 1;
        if (as >= close) continue;
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(as), all.begin() + static_cast<std::ptrdiff_t>(close));
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
        --i;  // what is cast may be a cast
    }
    return all;
}

/// MariaDB's names of functions that have others elsewhere.
tokens with_usual_names(tokens all) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> usual{
        {{"lcase", "lower"}, {"ucase", "upper"}, {"ifnull", "coalesce"}, {"character_length", "char_length"}}};
    for (std::size_t i = 0; i + 1 < all.size(); ++i)
        for (const auto& [own, other] : usual)
            if (is_word(all, i, own) && is_mark(all, i + 1, "(")) all[i].text = other;
    for (std::size_t i = 0; i + 2 < all.size(); ++i) {
        if (!is_word(all, i, "curdate") || !is_mark(all, i + 1, "(") || !is_mark(all, i + 2, ")")) continue;
        all[i].text = "current_date";
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(i + 1), all.begin() + static_cast<std::ptrdiff_t>(i + 3));
    }
    return all;
}

/// x = ANY (ARRAY[a, b]) as x IN (a, b), x <> ALL (ARRAY[a, b]) as x NOT IN (a, b), with whatever parentheses PostgreSQL has put around the
/// array.
tokens with_lists(const tokens& all) {
    tokens made;
    for (std::size_t i = 0; i < all.size();) {
        std::size_t at = i + 2;
        std::size_t open = 0;
        const bool is_none = is_mark(all, i, "<>") && is_word(all, i + 1, "all");
        const bool is_some = is_mark(all, i, "=") && is_word(all, i + 1, "any");
        while ((is_none || is_some) && is_mark(all, at, "(")) ++at, ++open;
        if (open == 0 || !is_word(all, at, "array") || !is_mark(all, at + 1, "[")) {
            made.push_back(all[i++]);
            continue;
        }
        if (is_none) made.push_back({token_kind::word, "NOT"});
        made.push_back({token_kind::word, "IN"});
        made.push_back({token_kind::mark, "("});
        for (i = at + 2; i < all.size() && !is_mark(all, i, "]"); ++i) made.push_back(all[i]);
        made.push_back({token_kind::mark, ")"});
        i += 1 + open;
    }
    return made;
}

/// DATE '2026-01-01' as '2026-01-01', which is read as one; unhex('00ff') as the bytes that it is.
tokens with_plain_values(const tokens& all) {
    tokens made;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool has_text = i + 1 < all.size() && all[i + 1].kind == token_kind::text;
        if (has_text && (is_word(all, i, "date") || is_word(all, i, "time") || is_word(all, i, "timestamp"))) continue;
        const bool is_bytes = is_word(all, i, "unhex") && is_mark(all, i + 1, "(") && is_mark(all, i + 3, ")");
        if (is_bytes && all[i + 2].kind == token_kind::text) {
            made.push_back({token_kind::bytes, all[i + 2].text});
            i += 3;
        } else {
            made.push_back(all[i]);
        }
    }
    return made;
}

/// LIKE that escapes nothing is said in many ways: ESCAPE '', ESCAPE x'01', and PostgreSQL's ~~ like_escape(pattern, '').
tokens with_plain_patterns(const tokens& all) {
    tokens made;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const token* const next = i + 1 < all.size() ? &all[i + 1] : nullptr;
        const bool is_nothing =
            next && ((next->kind == token_kind::text && next->text.empty()) || (next->kind == token_kind::bytes && next->text == "01"));
        const bool is_plain_escape = is_word(all, i, "like_escape") && i + 5 < all.size() && is_mark(all, i + 3, ",") &&
                                     all[i + 4].kind == token_kind::text && all[i + 4].text.empty();
        if (is_mark(all, i, "~~")) made.push_back({token_kind::word, "LIKE"});
        else if (is_word(all, i, "escape") && is_nothing) ++i;
        else if (is_plain_escape) made.push_back(all[i + 2]), i += 5;
        else made.push_back(all[i]);
    }
    return made;
}

/// x BETWEEN a AND b as PostgreSQL keeps it, (x >= a AND x <= b), of simple ones.
tokens without_between(const tokens& all) {
    tokens made;
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::size_t conjunction = i + 2;
        while (conjunction < all.size() && !is_word(all, conjunction, "and") && conjunction < i + 5) ++conjunction;
        const bool is_named = !made.empty() && made.back().kind == token_kind::name;
        if (!is_word(all, i, "between") || !is_named || !is_word(all, conjunction, "and") || conjunction + 1 >= all.size()) {
            made.push_back(all[i]);
            continue;
        }
        const token column = made.back();
        made.back() = {token_kind::mark, "("};
        made.push_back(column);
        made.push_back({token_kind::mark, ">="});
        made.insert(made.end(), all.begin() + static_cast<std::ptrdiff_t>(i + 1),
                    all.begin() + static_cast<std::ptrdiff_t>(conjunction + 1));
        made.push_back(column);
        made.push_back({token_kind::mark, "<="});
        const std::size_t last = conjunction + (is_mark(all, conjunction + 1, "-") ? 2 : 1);
        made.insert(made.end(), all.begin() + static_cast<std::ptrdiff_t>(conjunction + 1),
                    all.begin() + static_cast<std::ptrdiff_t>(last + 1));
        made.push_back({token_kind::mark, ")"});
        i = last;
    }
    return made;
}

constexpr int not_looseness = 4;
constexpr int and_looseness = 5;
constexpr int or_looseness = 6;

/// How tightly what a token joins is bound; the tightest is 0, of what joins nothing.
int looseness(const tokens& all, std::size_t i) {
    const token& t = all[i];
    if (t.kind == token_kind::mark) {
        if (t.text == "*") return 1;
        if (t.text == "+" || t.text == "-") return 2;
        if (t.text == "(" || t.text == ")" || t.text == ",") return 0;
        return 3;
    }
    if (t.kind != token_kind::word) return 0;
    const std::string word = lower(t.text);
    if (word == "is" || word == "in" || word == "like" || word == "between") return 3;
    // IS NOT NULL and NOT IN are words for one comparison.
    const bool is_part = (i > 0 && is_word(all, i - 1, "is")) || is_word(all, i + 1, "in") || is_word(all, i + 1, "like");
    if (word == "not") return is_part ? 3 : not_looseness;
    if (word == "and") return and_looseness;
    if (word == "or") return or_looseness;
    return 0;
}

/// Whether the parentheses from `open` to `close` are a list's or a call's.
bool is_list(const tokens& all, std::size_t open, std::size_t close) {
    if (open > 0 && all[open - 1].kind == token_kind::word && looseness(all, open - 1) < not_looseness)
        return !has(keywords, lower(all[open - 1].text)) || lower(all[open - 1].text) == "in";
    for (std::size_t i = open + 1; i < close; ++i) {
        if (is_mark(all, i, "(")) i = closing(all, i);
        else if (is_mark(all, i, ",")) return true;
    }
    return false;
}

bool is_needless(const tokens& all, std::size_t open, std::size_t close) {
    if (close >= all.size() || is_list(all, open, close)) return false;
    int inside = 0;
    for (std::size_t i = open + 1; i < close; ++i) {
        if (is_mark(all, i, "(")) i = closing(all, i);
        else inside = std::max(inside, looseness(all, i));
    }
    const auto outside = [&](bool is_there, std::size_t at) {
        const int by = is_there ? looseness(all, at) : 0;
        return by == 0 ? 9 : by;
    };
    const int before = outside(open > 0, open - 1);
    const int behind = outside(close + 1 < all.size(), close + 1);
    const bool is_chain = inside == and_looseness || inside == or_looseness;  // a AND (b AND c) is a AND b AND c
    return inside == 0 || (is_chain ? inside <= before && inside <= behind : inside < before && inside < behind);
}

/// shop."order" of "shop"."order": without the quotes that a lower-case name does not need.
std::string with_few_quotes(std::string_view names) {
    const auto is_bare = [](std::string_view name) {
        const auto is_letter = [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); };
        return !name.empty() && is_letter(name.front()) &&
               std::ranges::all_of(name, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
    };
    std::string made;
    for (std::size_t i = 0; i < names.size();) {
        const std::size_t end = names[i] == '"' ? names.find('"', i + 1) : std::string_view::npos;
        if (end == std::string_view::npos) {
            made += names[i++];
            continue;
        }
        const auto inside = names.substr(i + 1, end - i - 1);
        made += is_bare(inside) ? inside : names.substr(i, end - i + 1);
        i = end + 1;
    }
    return made;
}

/// PostgreSQL's sequences are named inside a text, from which it takes the quotes that it can do without.
tokens with_bare_sequences(tokens all) {
    for (std::size_t i = 2; i < all.size(); ++i)
        if (all[i].kind == token_kind::text && is_mark(all, i - 1, "(") && is_word(all, i - 2, "nextval"))
            all[i].text = with_few_quotes(all[i].text);
    return all;
}

/// MariaDB's current_timestamp() and current_timestamp(6) are the moment that others have a word for.
tokens with_bare_moments(const tokens& all) {
    tokens kept;
    for (std::size_t i = 0; i < all.size(); ++i) {
        kept.push_back(all[i]);
        if (!(is_word(all, i, "current_timestamp") || is_word(all, i, "current_date")) || !is_mark(all, i + 1, "(")) continue;
        const std::size_t digits = i + 2 < all.size() && all[i + 2].kind == token_kind::number ? 1 : 0;
        if (is_mark(all, i + 2 + digits, ")")) i += 2 + digits;
    }
    return kept;
}

}  // namespace

std::optional<tokens> plain_tokens(std::string_view family, std::string_view sql) {
    const auto found = tokens_of(family, sql);
    if (!found) return std::nullopt;
    return with_bare_sequences(with_plain_patterns(
        with_plain_values(with_usual_names(with_lists(without_casts(without_double_colons(with_bare_moments(*found))))))));
}

tokens without_parentheses(const tokens& given) {
    tokens all = without_between(given);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!is_mark(all, i, "(")) continue;
        const std::size_t close = closing(all, i);
        if (!is_needless(all, i, close)) continue;
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(close));
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
        i = static_cast<std::size_t>(-1);  // one pair may have been all that another needed
    }
    return all;
}

}  // namespace azoth::detail
