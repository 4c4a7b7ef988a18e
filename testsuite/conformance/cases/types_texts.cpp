// Text with a length and without: what comes back, what literals mean, what is not cut.
#include "claims.hpp"
#include "travel.hpp"
#include "types_parts.hpp"

#include <string>

namespace azoth::conformance {
namespace {

using texts = std::vector<std::string>;

texts scripts() {
    return {"plain", "Ünïcödé façade", "Grüße aus Köln", "Привет, мир", "Καλημέρα",     "日本語のテキスト", "한국어",
            "עברית", "العربية",        "हिन्दी",          "ไทย",         "e\u0301 is é", "🐘 and 🐬",          "𝔄𝔷𝔬𝔱𝔥"};
}

texts quotes() { return {"it's", "'", "''", "'quoted'", "\"double\"", "`tick`", "[bracket]", "a'; --", "'\"'\"'"}; }

texts backslashes() { return {"\\", "\\\\", "C:\\new\\table", "\\'", "'\\", "\\n", "\\0", "\\x41", "end\\"}; }

texts percents() { return {"%", "%%", "100%", "%s", "%(name)s", "%1$s", "_", "a%b_c"}; }

texts signs() {
    return {":name", "::text", "?", "??", "$1", "$$", "@x", "#", "{0}", "-- no comment", "/* nor this */", ";", "\t", "a\nb", "a\r\nb"};
}

texts blanks() { return {"", " ", "  leading", "trailing  ", "a", " a "}; }

texts all_samples() {
    texts all;
    for (const auto& some : {scripts(), quotes(), backslashes(), percents(), signs(), blanks()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

struct as_varchar {
    using type = std::string;
    static constexpr std::string_view stem = "varchar";
    static azoth::type column() { return string(60); }
    static texts samples() { return all_samples(); }
};

struct as_text {
    using type = std::string;
    static constexpr std::string_view stem = "text";
    static texts samples() { return all_samples(); }
};

template <class As, texts (*Samples)()>
void literals_mean(context& on) {
    traveller<As> to{on};
    to.expressions(Samples());
    to.literals(to.rows_of(Samples()));
}

void empty_is_not_null(context& on) {
    const table t = on.make_table("empty", {column("id", type_kind::integer, primary_key, not_generated),
                                            column("short", string(20), nullable), column("long", type_kind::text, nullable)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["short"], "").set(t["long"], ""));
    c.execute(insert(t).set(t["id"], 2).set(t["short"], std::nullopt).set(t["long"], std::nullopt));
    using maybe_text = std::optional<std::string>;
    const auto rows = c.execute(select(t.column<maybe_text>("short"), t.column<maybe_text>("long")).order_by(t["id"])).all();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0] == std::tuple{maybe_text{""}, maybe_text{""}});
    CHECK(rows[1] == std::tuple{maybe_text{}, maybe_text{}});
    CHECK(c.scalars(select(t.column<std::int32_t>("id")).where(t["short"] == "", t["long"].is_not_null())) == std::vector{1});
}

table make_words(context& on, const type& t, const texts& words) {
    table made = on.make_table("words", {column("id", type_kind::integer, primary_key, not_generated), column("word", t, not_null)});
    connection c = on.connect();
    int id = 0;
    for (const auto& w : words) c.execute(insert(made).set(made["id"], ++id).set(made["word"], w));
    c.commit();
    return made;
}

/// Characters, not bytes: the longest text that fits is kept whatever it is written in.
void length_counts_characters(context& on) {
    const texts words{"abcdef", "äöüßéè", "日本語日本語", "🐘🐘🐘🐘🐘🐘"};
    const table t = make_words(on, string(6), words);
    connection c = on.connect();
    CHECK(c.scalars(select(t.column<std::string>("word")).order_by(t["id"])) == words);
    CHECK(c.scalars(select(func::char_length(t.column<std::string>("word"))).order_by(t["id"])) == std::vector<std::int64_t>{6, 6, 6, 6});
}

/// A server refuses what is too long, SQLite keeps all of it; none may keep a part.
template <class Write>
void is_kept_or_refused(context& on, const Write& write) {
    const std::string sent = "twelve chars";
    const table t = make_words(on, string(6), {});
    connection c = on.connect();
    try {
        write(c, t, sent);
    } catch (const data_error& e) {
        c.rollback();
        CHECK(e.code() == errc::truncation);
        CHECK(c.scalar(select(func::count()).select_from(t)) == 0);
        return;
    }
    CHECK(c.scalar(select(t.column<std::string>("word"))) == sent);
}

void too_long_is_never_cut(context& on) {
    is_kept_or_refused(
        on, [](connection& c, const table& t, const std::string& sent) { c.execute(insert(t).set(t["id"], 1).set(t["word"], sent)); });
}

void too_long_in_a_batch_is_never_cut(context& on) {
    is_kept_or_refused(on, [](connection& c, const table& t, const std::string& sent) {
        const std::vector<std::vector<value>> rows{{value{1}, value{sent}}};
        c.execute(insert(t).columns(t["id"], t["word"]), rows);
    });
}

void too_long_in_an_update_is_never_cut(context& on) {
    const std::string sent = "twelve chars";
    const table t = make_words(on, string(6), {"before"});
    connection c = on.connect();
    const auto word = select(t.column<std::string>("word"));
    try {
        c.execute(update(t).set(t["word"], sent));
    } catch (const data_error&) {
        c.rollback();
        CHECK(c.scalar(word) == "before");
        return;
    }
    CHECK(c.scalar(word) == sent);
}

/// A pattern or a comparison longer than the column takes part with all of its characters.
void longer_operands_are_not_cut(context& on) {
    const table t = make_words(on, string(2), {"AB", "BC", "AC"});
    connection c = on.connect();
    const auto word = t.column<std::string>("word");
    const auto like = [&](const char* pattern) { return c.scalars(select(word).where(word.like(pattern)).order_by(t["id"])); };
    CHECK(like("%B%") == texts{"AB", "BC"});
    CHECK(like("A%C") == texts{"AC"});
    CHECK(like("A%C%Z").empty());
    CHECK(c.scalars(select(word).where(word == "ABZ")).empty());
    CHECK(c.scalars(select(word).where(word.in({"ABZ", "ACZZZZ"}))).empty());
}

/// The same answer everywhere: no collation decides that two texts are one.
void equality_is_exact(context& on) {
    const texts words{"straße", "strasse", "Straße", "STRASSE", "éa", "ea", "e\u0301a", "a", "a ", "😀", "😃", "ａ", "ﬁ", "fi"};
    for (const type& t : {string(20), type{type_kind::text}}) {
        const table in = make_words(on, t, words);
        connection c = on.connect();
        const auto word = in.column<std::string>("word");
        for (const auto& w : words) CHECK(c.scalars(select(word).where(word == w)) == texts{w});
        CHECK(c.scalar(select(func::count_distinct(word))) == static_cast<std::int64_t>(words.size()));
    }
}

void concatenation(context& on) {
    const table t = on.make_table("concat", {column("id", type_kind::integer, primary_key, not_generated),
                                             column("first", string(20), not_null), column("second", type_kind::text, not_null)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["first"], "grün").set(t["second"], "🐸"));
    const auto first = t.column<std::string>("first");
    const auto second = t.column<std::string>("second");
    CHECK(c.scalar(select(first + second)) == "grün🐸");
    CHECK(c.scalar(select(first + " % " + second + "\\")) == "grün % 🐸\\");
    CHECK(c.scalar(select(literal("<") + first + literal(">"))) == "<grün>");
    CHECK(c.scalars(select(t.column<std::int32_t>("id")).where(first + second == "grün🐸")) == std::vector{1});
}

void concatenation_with_null(context& on) {
    connection c = on.connect();
    using maybe_text = std::optional<std::string>;
    const auto joined = bound(std::string{"a"}) + bound(maybe_text{});
    CHECK(c.scalar(select(joined.is_null())) == true);
}

}  // namespace

std::vector<test_case> areas::types_parts::texts() {
    return {
        {"types/varchar-round-trip",
         "text with a length comes back character by character and is found by its value",
         {},
         &comes_back<as_varchar>},
        {"types/varchar-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_varchar>},
        {"types/varchar-batch", "the same through batches", {}, &comes_back_from_batch<as_varchar>},
        {"types/varchar-literal", "a literal is the value bound", {}, &literals_mean<as_varchar, blanks>},
        {"types/varchar-literal-non-ascii", "a literal of any script is the value bound", {}, &literals_mean<as_varchar, scripts>},
        {"types/varchar-literal-quoting", "quotes in a literal stay", {}, &literals_mean<as_varchar, quotes>},
        {"types/varchar-literal-backslashes",
         "backslashes in a literal are characters like others",
         {},
         &literals_mean<as_varchar, backslashes>},
        {"types/text-round-trip",
         "text without a length comes back character by character and is found by its value",
         {},
         &comes_back<as_text>},
        {"types/text-prepared", "the same through prepared statements", {}, &comes_back_prepared<as_text>},
        {"types/text-batch", "the same through batches", {}, &comes_back_from_batch<as_text>},
        {"types/text-literal", "a literal is the value bound", {}, &literals_mean<as_text, blanks>},
        {"types/text-literal-non-ascii", "a literal of any script is the value bound", {}, &literals_mean<as_text, scripts>},
        {"types/text-literal-quoting", "quotes in a literal stay", {}, &literals_mean<as_text, quotes>},
        {"types/text-literal-backslashes", "backslashes in a literal are characters like others", {}, &literals_mean<as_text, backslashes>},
        {"types/text-literal-percent-signs", "percent signs in a literal stay", {}, &literals_mean<as_text, percents>},
        {"types/text-literal-signs", "what looks like a bind or a comment in a literal is text", {}, &literals_mean<as_text, signs>},
        {"types/text-empty-is-not-null", "an empty text is no NULL, and NULL is no empty text", {}, &empty_is_not_null},
        {"types/string-length-in-characters", "a length counts characters, not bytes", {}, &length_counts_characters},
        {"types/string-too-long", "a text too long for its column is refused or kept whole, never cut", {}, &too_long_is_never_cut},
        {"types/string-too-long-in-batch", "the same in a batch", {}, &too_long_in_a_batch_is_never_cut},
        {"types/string-too-long-in-update", "the same in an update", {}, &too_long_in_an_update_is_never_cut},
        {"types/string-longer-operands",
         "a comparison with more characters than the column has uses all of them",
         {},
         &longer_operands_are_not_cut},
        {"types/string-equality-is-exact", "case, accents, trailing blanks and emoji tell texts apart", claims::exact_texts,
         &equality_is_exact},
        {"types/string-concatenation", "texts of columns, binds and literals are joined", {}, &concatenation},
        {"types/string-concatenation-with-null", "a text joined to NULL is NULL", {}, &concatenation_with_null},
    };
}

}  // namespace azoth::conformance
