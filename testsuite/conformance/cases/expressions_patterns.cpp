#include "claims.hpp"
#include "expect.hpp"
#include "expressions_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {
namespace {

using ids = std::vector<std::int64_t>;

const std::vector<std::string>& samples() {
    static const std::vector<std::string> all{"abcdefg",  "ab/cdefg", "ab%cdefg", "ab_cdefg",    "abcde/fg", "abcde%fg",
                                              "ab#cdefg", "ABCDEFG",  "ab\\cd",   "line\nbreak", "ab9cdefg"};
    return all;
}

/// The samples, numbered from 1 on.
connection with_samples(context& on) {
    on.make_table<item>();
    std::vector<item> rows;
    for (const auto& s : samples()) rows.push_back({static_cast<std::int64_t>(rows.size()) + 1, s, std::nullopt});
    on.engine().begin([&](connection& c) { c.execute(insert<item>(), rows); });
    return on.connect();
}

template <class C>
ids found(connection& c, const C& condition) {
    return c.scalars(select(col<&item::id>).where(condition).order_by(col<&item::id>));
}

const auto& text_column() { return col<&item::name>; }

void starting(context& on) {
    connection c = with_samples(on);
    CHECK(found(c, text_column().starts_with("ab%c")) == ids{3});
    CHECK(found(c, text_column().starts_with("ab_c")) == ids{4});
    CHECK(found(c, text_column().starts_with("ab/")) == ids{2});
    CHECK(found(c, text_column().starts_with("ABC")) == ids{8});
    CHECK(found(c, text_column().starts_with("ab\\")) == ids{9});
    CHECK(found(c, text_column().starts_with("")).size() == samples().size());
    CHECK(found(c, text_column().istarts_with("ABC")) == ids{1, 5, 6, 8});
}

void ending(context& on) {
    connection c = with_samples(on);
    CHECK(found(c, text_column().ends_with("e%fg")) == ids{6});
    CHECK(found(c, text_column().ends_with("_cdefg")) == ids{4});
    CHECK(found(c, text_column().ends_with("FG")) == ids{8});
    CHECK(found(c, text_column().iends_with("/FG")) == ids{5});
    CHECK(found(c, text_column().ends_with("break")) == ids{10});
}

void containing(context& on) {
    connection c = with_samples(on);
    CHECK(found(c, text_column().contains("b%cd")) == ids{3});
    CHECK(found(c, text_column().contains("b_cd")) == ids{4});
    CHECK(found(c, text_column().contains("B")) == ids{8});
    CHECK(found(c, text_column().contains("\n")) == ids{10});
    CHECK(found(c, text_column().icontains("BCDE")) == ids{1, 5, 6, 8});
    CHECK(found(c, !text_column().contains("b")) == ids{8});
}

/// What is looked for comes from the row itself, or when the statement runs.
void containing_expressions(context& on) {
    connection c = with_samples(on);
    CHECK(found(c, text_column().contains(func::substring(text_column(), 2, 3))).size() == samples().size());
    CHECK(found(c, bound(std::string{"ab%cdefg"}).starts_with(func::left(text_column(), 4))) == ids{3});
    const auto query = select(col<&item::id>).where(text_column().contains(param<std::string>("part"))).order_by(col<&item::id>);
    CHECK(c.scalars(query, {{"part", value{"b%c"}}}) == ids{3});
    CHECK(c.scalars(query, {{"part", value{"b_c"}}}) == ids{4});
    CHECK(c.scalar(select(bound(std::string{"a"}).contains(std::optional<std::string>{}).is_null())) == true);
}

void like_with_escape(context& on) {
    connection c = with_samples(on);
    CHECK(found(c, text_column().like("ab#%c%", '#')) == ids{3});
    CHECK(found(c, text_column().like("ab##c%", '#')) == ids{7});
    CHECK(found(c, text_column().like("ab\\%c%", '\\')) == ids{3});
    CHECK(found(c, text_column().like("ab\\c%")) == ids{9});
    CHECK(found(c, text_column().not_like("ab%", '#')).back() == 10);
    CHECK(thrown<interface_error>([&] { return text_column().like("a", '%'); }).code() == errc::invalid_argument);
}

void without_case(context& on) {
    connection c = with_samples(on);
    CHECK(found(c, text_column().ilike("ABC%")) == ids{1, 5, 6, 8});
    CHECK(found(c, text_column().ilike("AB\\C%")) == ids{9});
    CHECK(found(c, text_column().ilike("AB!%C%", '!')) == ids{3});
    CHECK(found(c, text_column().not_ilike("ab%")) == ids{10});
}

void regexp_matches(context& on) {
    connection c = with_samples(on);
    CHECK(found(c, text_column().regexp_match("^ab[0-9]")) == ids{11});
    CHECK(found(c, text_column().regexp_match("b\\dc")) == ids{11});
    CHECK(found(c, text_column().regexp_match("^abc.*fg$")) == ids{1, 5, 6});
    CHECK(found(c, text_column().regexp_match("^abc", "i")) == ids{1, 5, 6, 8});
    CHECK(found(c, text_column().not_regexp_match("^ab")) == ids{8, 10});
    CHECK(found(c, text_column().not_regexp_match("^AB", "i")) == ids{10});
    CHECK(found(c, text_column().regexp_match("e.b")) == ids{10});
    CHECK(found(c, text_column().regexp_match("(x|b%|b_)c")) == ids{3, 4});
    CHECK(found(c, text_column().regexp_match("^[a-e]{5}[^a-e]")) == ids{1, 5, 6});
    CHECK(found(c, text_column().regexp_match("\\bcdefg")) == ids{2, 3, 7});
    CHECK(found(c, text_column().regexp_match("b\\Bc")) == ids{1, 5, 6});
    CHECK(found(c, text_column().regexp_match("b\\\\\\b")) == ids{9});
    CHECK(found(c, text_column().regexp_match(literal(std::string{"e\\b/"}))) == ids{5});
    CHECK(thrown<interface_error>([&] { return text_column().regexp_match("a", "x"); }).code() == errc::invalid_argument);
}

void regexp_nulls(context& on) {
    connection c = on.connect();
    const auto nothing = bound(std::optional<std::string>{});
    CHECK(c.scalar(select(nothing.regexp_match("a"))) == std::nullopt);
    CHECK(c.scalar(select(bound(std::string{"a"}).regexp_match(nothing))) == std::nullopt);
    CHECK(c.scalar(select(nothing.regexp_replace("a", "b"))) == std::nullopt);
}

void regexp_replacements(context& on) {
    connection c = on.connect();
    const auto replaced = [&](const char* text, const char* pattern, const char* with, const char* flags = "") {
        return c.scalar(select(bound(std::string{text}).regexp_replace(std::string{pattern}, with, flags)));
    };
    CHECK(replaced("banana", "an", "-") == "b--a");
    CHECK(replaced("banana", "AN", "-") == "banana");
    CHECK(replaced("banana", "AN", "-", "i") == "b--a");
    CHECK(replaced("2026-01-31", "([0-9]+)-([0-9]+)-([0-9]+)", "\\3.\\2.\\1") == "31.01.2026");
    CHECK(replaced("a.b", "[.]", "$1 & \\\\") == "a$1 & \\b");
    CHECK(replaced("aé😀b", "[^a-z]+", "_") == "a_b");
    CHECK(replaced("aaa", "a+?", "b") == "bbb");
    CHECK(replaced("none", "x", "y") == "none");
    CHECK(replaced("one two", "\\bt", "T") == "one Two");
    CHECK(thrown<interface_error>([&] { return bound(std::string{}).regexp_replace("a", "\\n"); }).code() == errc::invalid_argument);
}

/// Long texts and patterns that make others slow: an answer or an error, and the connection works.
void regexp_limits(context& on) {
    connection c = on.connect();
    const std::string text(20'000, 'a');
    CHECK(c.scalar(select(bound(text).regexp_match("^a+$"))) == true);
    CHECK(c.scalar(select(bound(text + "b").regexp_match("a$"))) == false);
    check_usable(c);
}

void wrong_patterns(context& on) {
    connection c = on.connect();
    for (const char* wrong : {"(a", "[a", "*"}) {
        INFO(wrong);
        CHECK(failure_of([&] { return c.scalar(select(bound(std::string{"a"}).regexp_match(wrong))); }));
        c.rollback();
    }
    check_usable(c);
}

}  // namespace

std::vector<test_case> expressions_parts::patterns() {
    return {
        {"expressions/starts-with", "starts_with takes every character for itself, and case counts", {}, starting},
        {"expressions/ends-with", "ends_with the same", {}, ending},
        {"expressions/contains", "contains the same", {}, containing},
        {"expressions/contains-expression", "what is looked for may be an expression or a parameter", {}, containing_expressions},
        {"expressions/like-escape", "LIKE with an escape", {}, like_with_escape},
        {"expressions/ilike", "ILIKE ignores the case of ASCII letters at least", {}, without_case},
        {"expressions/regexp-match", "regular expressions match, with and without case", claims::regular_expressions, regexp_matches},
        {"expressions/regexp-nulls", "regular expressions and NULL", claims::regular_expressions, regexp_nulls},
        {"expressions/regexp-replace", "all matches are replaced, groups by number", claims::regular_expressions, regexp_replacements},
        {"expressions/regexp-limits", "long texts meet regular expressions", claims::regular_expressions, regexp_limits},
        {"expressions/regexp-wrong", "a wrong regular expression is an error", claims::regular_expressions, wrong_patterns},
    };
}

}  // namespace azoth::conformance::areas
