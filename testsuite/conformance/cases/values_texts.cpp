// All of Unicode, NUL, and what is no text.
#include "claims.hpp"
#include "travel.hpp"
#include "unicode_samples.hpp"
#include "values_parts.hpp"

#include <nlohmann/json.hpp>

namespace azoth::conformance {
namespace {

using texts = std::vector<std::string>;
using namespace std::string_literals;

struct as_basic_plane {
    using type = std::string;
    static constexpr std::string_view stem = "basic_plane";
    static texts samples() { return basic_plane(1024); }
};

struct as_other_planes {
    using type = std::string;
    static constexpr std::string_view stem = "other_planes";
    static texts samples() { return other_planes(); }
};

/// What normalisation, trimming or a count of UTF-16 units would change.
struct as_delicate {
    using type = std::string;
    static constexpr std::string_view stem = "delicate";
    static azoth::type column() { return string(200); }
    static texts samples() {
        std::string many_marks = "z";
        for (int i = 0; i < 100; ++i) append_utf8(many_marks, static_cast<char32_t>(0x300 + i % 0x70));
        return {"é",
                "e\u0301",
                "\u1100\u1161\u11A8",                                     // Hangul in pieces
                "각",                                                     // and composed
                "Å\u212B",                                                // A with ring, and the unit
                "\u05D0\u05B8\u05D1 \u202Eabc\u202C \u0627\u0644\u0644",  // right to left, with an override
                "👨‍👩‍👧‍👦",                              // four people and three joiners
                "🇩🇪🇯🇵",
                "👍🏽",
                "❤️",
                many_marks,
                "\uFEFFwith a mark in front",
                "\u2028\u2029\u0085",
                "soft\u00ADhyphen zero\u200Bwidth",
                "\u3000wide blanks\u00A0",
                "\U0010FFFF\uFFFF\uFFFE\uFDD0",  // non-characters are characters all the same
                "\x01\x02\x1A\x1B\x7F"s};
    }
};

struct with_nul {
    using type = std::string;
    static constexpr std::string_view stem = "with_nul";
    static texts samples() { return {"a\0b"s, "\0"s, "\0\0x"s, "end\0"s, "a"s}; }
};

void travels_one_by_one(context& on) {
    traveller<with_nul> to{on};
    const auto sent = to.rows_of(with_nul::samples());
    to.bound(sent);
    to.prepared(sent);
}

/// A literal cannot hold a NUL everywhere: it holds it whole, or is refused.
void nul_in_a_literal(context& on) {
    connection c = on.connect();
    try {
        const std::string found = c.scalar(select(literal("a\0b"s)));
        CHECK(found == "a\0b"s);
    } catch (const data_error& e) {
        CHECK(e.code() == errc::value_format);
    }
}

texts not_utf8() {
    return {"\xff",     "caf\xe9",  "\xc3\x28",        "\x80",    "\xed\xa0\x80", "\xf4\x90\x80\x80",
            "\xc0\xaf", "\xe6\x97", "ok \xf0\x9f\x98", "\xfe\xff"};
}

table make_texts(context& on) {
    return on.make_table("not_utf8", {column("id", type_kind::integer, primary_key, not_generated), column("short", string(40), nullable),
                                      column("long", type_kind::text, nullable)});
}

template <class F>
void is_refused(F&& work) {
    try {
        work();
        FAIL_CHECK("nothing was thrown");
    } catch (const data_error& e) {
        CHECK(e.code() == errc::value_format);
    }
}

void not_utf8_is_refused(context& on) {
    const table t = make_texts(on);
    connection c = on.connect();
    for (const auto& bad : not_utf8()) {
        INFO("the text " << shown(bad));
        for (const char* name : {"short", "long"}) {
            is_refused([&] { c.execute(insert(t).set(t["id"], 1).set(t[name], bad)); });
            c.rollback();
            is_refused([&] { (void)c.scalars(select(t["id"]).where(t[name] == bad)); });
            c.rollback();
        }
    }
    CHECK(c.scalar(select(func::count()).select_from(t)) == 0);
}

void not_utf8_in_a_batch_is_refused(context& on) {
    const table t = make_texts(on);
    connection c = on.connect();
    for (const auto& bad : not_utf8()) {
        INFO("the text " << shown(bad));
        const std::vector<std::vector<value>> rows{{value{1}, value{"good"}}, {value{2}, value{bad}}, {value{3}, value{"good"}}};
        is_refused([&] { c.execute(insert(t).columns(t["id"], t["long"]), rows); });
        c.rollback();
    }
    CHECK(c.scalar(select(func::count()).select_from(t)) == 0);
}

void not_utf8_in_a_literal_is_refused(context& on) {
    connection c = on.connect();
    for (const auto& bad : not_utf8()) {
        INFO("the text " << shown(bad));
        is_refused([&] { (void)c.scalar(select(literal(bad))); });
        c.rollback();
    }
    CHECK(c.scalar(select(literal("good"s))) == "good");
}

/// Inside documents and arrays too.
void not_utf8_inside_is_refused(context& on) {
    connection c = on.connect();
    is_refused([&] { (void)c.scalar(select(bound(nlohmann::json{{"key", "\xff"}}))); });
    is_refused([&] { (void)c.scalar(select(bound(texts{"good", "caf\xe9"}))); });
    is_refused([&] { c.execute(text("SELECT :word").bind("word", "caf\xe9"s)).close(); });
    c.rollback();
    CHECK(c.scalar(select(literal(1))) == 1);
}

/// Characters and bytes are counted as what they are.
void lengths_of_unicode(context& on) {
    connection c = on.connect();
    CHECK(c.scalar(select(func::char_length(bound("e\u0301"s)))) == 2);
    CHECK(c.scalar(select(func::char_length(bound("🐘🐘"s)))) == 2);
    CHECK(c.scalar(select(func::char_length(bound("日本語"s)))) == 3);
    CHECK(c.scalar(select(func::char_length(bound(""s)))) == 0);
}

/// Columns of the lengths where storage formats change, filled to the last character, in ASCII and in four bytes each.
template <std::uint32_t Length>
void full_column(context& on) {
    const table t =
        on.make_table("full", {column("id", type_kind::integer, primary_key, not_generated), column("word", string(Length), not_null)});
    connection c = on.connect();
    std::string wide;
    for (std::uint32_t i = 0; i < Length; ++i) append_utf8(wide, 0x1F400 + i % 60);
    const texts sent{std::string(Length, 'x'), wide, std::string(Length - 1, 'y')};
    for (std::size_t i = 0; i < sent.size(); ++i) c.execute(insert(t).set(t["id"], static_cast<std::int32_t>(i)).set(t["word"], sent[i]));
    CHECK((c.scalars(select(t.column<std::string>("word")).order_by(t["id"])) == sent));
}

void full_columns(context& on) {
    full_column<1>(on);
    full_column<63>(on);
    full_column<64>(on);
    full_column<255>(on);
    full_column<256>(on);
    full_column<4000>(on);
    full_column<10'000>(on);
}

}  // namespace

std::vector<test_case> areas::values_parts::texts() {
    return {
        {"values/text-basic-plane", "every character from U+0001 to U+FFFF travels every way", {}, &travels_every_way<as_basic_plane>},
        {"values/text-other-planes", "characters of all sixteen other planes travel every way", {}, &travels_every_way<as_other_planes>},
        {"values/text-delicate", "combining marks, joiners, directions, marks and controls travel unchanged", claims::exact_texts,
         &travels_every_way<as_delicate>},
        {"values/text-lengths", "a length counts characters of any plane", {}, &lengths_of_unicode},
        {"values/text-full-columns", "columns of 1 to 10,000 characters hold as many of four bytes each", {}, &full_columns},
        {"values/nul-in-text", "text holds U+0000, and is found by it", claims::nul_in_text, &travels_one_by_one},
        {"values/nul-in-text-in-batch", "... in a batch too", claims::nul_in_text, &comes_back_from_batch<with_nul>},
        {"values/nul-in-literal", "a literal with U+0000 is whole, or refused", {}, &nul_in_a_literal},
        {"values/invalid-utf8-bound", "bytes that are no UTF-8 are refused as text, in columns and conditions", {}, &not_utf8_is_refused},
        {"values/invalid-utf8-in-batch",
         "a batch with such bytes is refused, and nothing of it stays",
         {},
         &not_utf8_in_a_batch_is_refused},
        {"values/invalid-utf8-in-literal", "a literal with such bytes is refused", {}, &not_utf8_in_a_literal_is_refused},
        {"values/invalid-utf8-inside", "JSON, arrays and raw SQL with such bytes are refused", {}, &not_utf8_inside_is_refused},
    };
}

}  // namespace azoth::conformance
