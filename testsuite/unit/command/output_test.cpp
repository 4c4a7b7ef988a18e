#include <cpp_names.hpp>
#include <result_writer.hpp>
#include <text_width.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <clocale>
#include <sstream>

namespace {

using namespace azoth::command;
using azoth::cell;

std::string written(std::unique_ptr<result_writer> (*make)(std::ostream&), const std::vector<std::string>& names,
                    const std::vector<std::vector<cell>>& rows) {
    std::ostringstream to;
    const auto writer = make(to);
    writer->begin(names);
    for (const auto& r : rows) writer->row(r);
    writer->end();
    return to.str();
}

std::string table(const table_style& style, const std::vector<std::string>& names, const std::vector<std::vector<cell>>& rows) {
    std::ostringstream to;
    const auto writer = make_table_writer(to, style);
    writer->begin(names);
    for (const auto& r : rows) writer->row(r);
    writer->end();
    return to.str();
}

struct utf8 {
    utf8() { std::setlocale(LC_CTYPE, "C.UTF-8"); }
};

}  // namespace

TEST_CASE_METHOD(utf8, "width: as a terminal shows it") {
    CHECK(display_width("abc") == 3);
    CHECK(display_width("Käse") == 4);
    CHECK(display_width("日本") == 4);
    CHECK(display_width("e\xcc\x81") == 1);  // with a combining accent
    CHECK(printable("a\nb\t\x1b[31m\x7f") == R"(a\nb\t\x1b[31m\x7f)");
    CHECK(printable("\xff\xc3") == R"(\xff\xc3)");
    CHECK(fitted("abcdef", 6) == "abcdef");
    CHECK(fitted("abcdef", 5) == "abcd…");
    CHECK(fitted("日本語", 5) == "日本…");
    CHECK(fitted("日本語", 4) == "日…");
}

TEST_CASE_METHOD(utf8, "table: numbers to the right, NULL said, lines as long as they have to be") {
    CHECK(table({}, {"id", "name"}, {{cell::integer(1), cell::text("a")}, {cell::integer(20), cell{}}}) ==
          " id | name\n"
          "----+------\n"
          "  1 | a\n"
          " 20 | NULL\n");
    CHECK(table({}, {"none"}, {}) == " none\n------\n");
}

TEST_CASE_METHOD(utf8, "table: cut to the terminal, or a line a value where that is not enough") {
    const std::string text(30, 'x');
    CHECK(table({.width = 20}, {"a", "b"}, {{cell::text(text), cell::integer(1)}}) ==
          " a              | b\n"
          "----------------+---\n"
          " xxxxxxxxxxxxx… | 1\n");
    CHECK(table({.width = 12}, {"first", "b"}, {{cell::text(text), cell::text(text)}}) ==
          "-- row 1 -\n"
          "first | " +
              text +
              "\n"
              "b     | " +
              text + "\n");
}

TEST_CASE_METHOD(utf8, "table: numbers are never cut") {
    const std::vector<std::vector<cell>> rows{{cell::real(0.3333333333333333), cell::text(std::string_view{"some words that are long"})}};
    CHECK(table({.width = 34}, {"n", "words"}, rows) ==
          " n                  | words\n"
          "--------------------+-------------\n"
          " 0.3333333333333333 | some words…\n");
    CHECK_THAT(table({.width = 24}, {"n", "words"}, rows), Catch::StartsWith("-- row 1"));
}

TEST_CASE_METHOD(utf8, "table: a line a value shows a value's own lines") {
    CHECK(table({.expanded = true}, {"id", "note"}, {{cell::integer(1), cell::text("one\ntwo\tx")}}) ==
          "-- row 1 -\n"
          "id   | 1\n"
          "note | one\n"
          "     | two\\tx\n");
}

TEST_CASE("JSON: numbers as numbers, names once, and any text") {
    const std::string text = written(
        &make_json_writer, {"a", "a", "b\""},
        {{cell::integer(-1), cell::real(0.5), cell::text("x\n\"\xc3\xa9")}, {cell{}, cell::decimal("12.50"), cell::json(R"({"k":1})")}});
    const auto read = nlohmann::json::parse(text);
    REQUIRE(read.size() == 2);
    CHECK(read[0]["a"] == -1);
    CHECK(read[0]["a_2"] == 0.5);
    CHECK(read[0]["b\""] == "x\n\"é");
    CHECK(read[1]["a"].is_null());
    CHECK(read[1]["a_2"] == "12.50");
    CHECK(read[1]["b\""]["k"] == 1);
    CHECK(nlohmann::json::parse(written(&make_json_writer, {"a"}, {})).empty());
}

TEST_CASE("CSV: RFC 4180, with NULL and the empty text apart") {
    CHECK(written(&make_csv_writer, {"a", "b,c"}, {{cell{}, cell::text("")}, {cell::text("x\"y"), cell::text("1\n2")}}) ==
          "a,\"b,c\"\r\n,\"\"\r\n\"x\"\"y\",\"1\n2\"\r\n");
}

TEST_CASE("names: identifiers of C++ whatever the database's are") {
    CHECK(struct_name("order_line") == "OrderLine");
    CHECK(struct_name("2nd table") == "N2ndTable");
    CHECK(struct_name("測") == "unnamed");
    CHECK(member_name("class") == "class_");
    CHECK(member_name("a b-c") == "a_b_c");
    CHECK(member_name("1st") == "n1st");
    CHECK(member_name("__x__y") == "x_y");
    CHECK(member_name("") == "unnamed");
    CHECK(cpp_literal("a\"b\\c\n\x01") == R"("a\"b\\c\n\001")");
}
