#include "claims.hpp"
#include "expect.hpp"
#include "expressions_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {
namespace {

using maybe_text = std::optional<std::string>;

template <class E>
auto shown_by(connection& c, const E& e) {
    return c.scalar(select(e));
}

expr<std::string> said(std::string_view text) { return bound(std::string{text}); }

void trimming(context& on) {
    connection c = on.connect();
    CHECK(shown_by(c, func::trim(said("  a b  "))) == "a b");
    CHECK(shown_by(c, func::ltrim(said("  a "))) == "a ");
    CHECK(shown_by(c, func::rtrim(said(" a  "))) == " a");
    CHECK(shown_by(c, func::trim(said("\t a"))) == "\t a");
    CHECK(shown_by(c, func::trim(said("xxaxx"), "x")) == "a");
    CHECK(shown_by(c, func::trim(said("'a'"), "'")) == "a");
    CHECK(shown_by(c, func::trim(bound(maybe_text{}))) == std::nullopt);
}

void trimming_sets(context& on) {
    connection c = on.connect();
    CHECK(shown_by(c, func::trim(said("xyxaxyy"), "xy")) == "a");
    CHECK(shown_by(c, func::ltrim(said("-]^\\a-"), "\\]^-")) == "a-");
    CHECK(shown_by(c, func::rtrim(said("aéüé"), "éü")) == "a");
    CHECK(shown_by(c, func::trim(said("xyxy"), "xy")).empty());
    CHECK(shown_by(c, func::trim(said("a\n"), "ab")) == "\n");
}

void pieces(context& on) {
    connection c = on.connect();
    const auto e = said("grün-weiß");
    CHECK(shown_by(c, func::substring(e, 3)) == "ün-weiß");
    CHECK(shown_by(c, func::substring(e, 3, 2)) == "ün");
    CHECK(shown_by(c, func::substring(e, 6, 100)) == "weiß");
    CHECK(shown_by(c, func::substring(e, 100)).empty());
    CHECK(shown_by(c, func::substring(e, 2, 0)).empty());
    CHECK(shown_by(c, func::left(e, 3)) == "grü");
    CHECK(shown_by(c, func::right(e, 3)) == "eiß");
    CHECK(shown_by(c, func::left(e, 0)).empty());
    CHECK(shown_by(c, func::right(e, 0)).empty());
    CHECK(shown_by(c, func::right(e, 50)) == "grün-weiß");
    CHECK(thrown<interface_error>([&] { return func::substring(e, 0); }).code() == errc::invalid_argument);
    CHECK(thrown<interface_error>([&] { return func::left(e, -1); }).code() == errc::invalid_argument);
}

/// Computed places may be anything.
void computed_pieces(context& on) {
    connection c = on.connect();
    const auto e = said("abcdef");
    const auto at = [&](std::int64_t start, std::int64_t length) {
        return shown_by(c, func::substring(e, bound(start) + std::int64_t{0}, bound(length) + std::int64_t{0}));
    };
    CHECK(at(2, 3) == "bcd");
    CHECK(at(0, 3) == "ab");
    CHECK(at(-1, 3) == "a");
    CHECK(at(-5, 3).empty());
    CHECK(at(2, -1).empty());
    CHECK(shown_by(c, func::substring(e, bound(std::int64_t{-3}) + std::int64_t{0})) == "abcdef");
    CHECK(shown_by(c, func::substring(e, func::position("c", e) + std::int64_t{1})) == "def");
}

void places(context& on) {
    connection c = on.connect();
    CHECK(shown_by(c, func::position("ß", said("weiß"))) == 4);
    CHECK(shown_by(c, func::position("x", said("weiß"))) == 0);
    CHECK(shown_by(c, func::position("", said("weiß"))) == 1);
    CHECK(shown_by(c, func::position("W", said("weiß"))) == 0);
    CHECK(shown_by(c, func::replace(said("aAa"), "a", "bb")) == "bbAbb");
    CHECK(shown_by(c, func::replace(said("abc"), "", "x")) == "abc");
    CHECK(shown_by(c, func::replace(said("a%a"), "%", "")) == "aa");
}

void filling(context& on) {
    connection c = on.connect();
    CHECK(shown_by(c, func::lpad(said("é"), 4, "xy")) == "xyxé");
    CHECK(shown_by(c, func::rpad(said("é"), 4, "xy")) == "éxyx");
    CHECK(shown_by(c, func::lpad(said("abcdef"), 3)) == "abc");
    CHECK(shown_by(c, func::rpad(said("ab"), 4)) == "ab  ");
    CHECK(shown_by(c, func::lpad(said("abc"), 0)).empty());
    CHECK(shown_by(c, func::repeat(said("ab"), 3)) == "ababab");
    CHECK(shown_by(c, func::repeat(said("ab"), 0)).empty());
    CHECK(shown_by(c, func::reverse(said("aé😀"))) == "😀éa");
    CHECK(thrown<interface_error>([&] { return func::lpad(said("a"), 3, ""); }).code() == errc::invalid_argument);
}

void concatenation(context& on) {
    connection c = on.connect();
    CHECK(shown_by(c, func::concat(said("a"), "b", said("c"))) == "abc");
    CHECK(shown_by(c, said("a") + "b" + said("c")) == "abc");
    CHECK(shown_by(c, func::concat(said("a"), bound(maybe_text{}))) == std::nullopt);
    CHECK(shown_by(c, func::concat_ws(", ", said("a"), bound(maybe_text{}), "c")) == "a, c");
    CHECK(shown_by(c, func::concat_ws("", said("a"), "b")) == "ab");
    CHECK(shown_by(c, func::concat_ws("-", bound(maybe_text{}))).empty());
}

void lengths(context& on) {
    connection c = on.connect();
    CHECK(shown_by(c, func::octet_length(said("aé😀"))) == 7);
    CHECK(shown_by(c, func::char_length(said("aé😀"))) == 3);
    CHECK(shown_by(c, func::octet_length(said(""))) == 0);
}

void characters(context& on) {
    connection c = on.connect();
    CHECK(shown_by(c, func::code_point(said("A"))) == 65);
    CHECK(shown_by(c, func::code_point(said("😀x"))) == 128'512);
    CHECK(shown_by(c, func::code_point(said(""))) == 0);
    CHECK(shown_by(c, func::character(bound(std::int64_t{65}))) == "A");
    CHECK(shown_by(c, func::character(bound(std::int64_t{233}))) == "é");
    CHECK(shown_by(c, func::character(bound(std::int64_t{128'512}))) == "😀");
}

void of_columns(context& on) {
    connection c = stocked(on, 3);
    const auto& name = col<&item::name>;
    CHECK(c.scalars(select(func::upper(func::replace(name, "item ", "no. "))).order_by(col<&item::id>)) ==
          std::vector<std::string>{"NO. 1", "NO. 2", "NO. 3"});
    CHECK(c.scalars(select(col<&item::id>).where(func::right(name, 1) == "2")) == std::vector<std::int64_t>{2});
    CHECK(c.scalars(select(func::lpad(col<&item::id>.as<std::string>(), 3, "0")).order_by(name.desc())) ==
          std::vector<std::string>{"003", "002", "001"});
}

}  // namespace

std::vector<test_case> expressions_parts::texts() {
    return {
        {"expressions/trim", "trim takes off spaces, or another character", {}, trimming},
        {"expressions/trim-sets", "... or any of several characters", claims::trim_sets, trimming_sets},
        {"expressions/substring", "substring, left and right count characters", {}, pieces},
        {"expressions/substring-computed", "a computed start below 1 counts characters that are none", {}, computed_pieces},
        {"expressions/position-replace", "position and replace", {}, places},
        {"expressions/pad-repeat-reverse", "lpad, rpad, repeat and reverse", {}, filling},
        {"expressions/concat", "concat is NULL where a part is; concat_ws leaves it out", {}, concatenation},
        {"expressions/octet-length", "lengths in bytes and in characters", {}, lengths},
        {"expressions/code-points", "a character's number, and a number's character", claims::code_points, characters},
        {"expressions/texts-of-columns", "functions of text on columns", {}, of_columns},
    };
}

}  // namespace azoth::conformance::areas
