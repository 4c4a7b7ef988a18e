#include "areas.hpp"
#include "identifiers_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance {
namespace {

using names = std::vector<std::string>;

/// A table with these columns, under a name that has the first of them in it: made, filled, read, changed, emptied.
void check_names(context& on, const names& of) {
    std::vector<column_draft> columns{column("key of all", type_kind::big_integer, primary_key, not_generated)};
    for (const auto& n : of) columns.push_back(column(n, string(80), nullable));
    const table t = on.make_table(of.front(), std::move(columns));
    connection c = on.connect();
    auto add = insert(t).set(t["key of all"], 1);
    std::vector<expr<value>> read;
    for (const auto& n : of) {
        add = add.set(t[n], n);
        read.push_back(t[n]);
    }
    CHECK(c.execute(add).affected_rows() == 1);
    const auto row = c.execute(select_columns(read)).mappings().at(0);
    for (const auto& n : of) CHECK(row.get<std::string>(n) == n);
    CHECK(names_told(on, c, select_columns(read)) == of);
    for (const auto& n : of) {
        INFO("the name " << n);
        CHECK(c.execute(update(t).set(t[n], "changed").where(t[n] == n)).affected_rows() == 1);
        CHECK(c.scalar(select(func::count(t[n])).where(t[n] == "changed")) == 1);
    }
    CHECK(c.execute(delete_(t).where(t[of.back()] == "changed")).affected_rows() == 1);
}

void quotes(context& on) {
    check_names(on, {"\"", "\"\"", "a\"b", "'", "a'b", "''", "`", "a`b", "``", "[a]", "]", "\"a\"", "`a`", "'a'", "a\"b'c`d]e"});
}

void percent_signs(context& on) { check_names(on, {"100%", "%", "%%", "%s", "%(name)s", "a%20b", "50%%"}); }

void colons(context& on) { check_names(on, {":a", "a:b", "::", "a::int", "\\:x", "x:", ":1", "a?b", "?", "$1", "$$", "@a", "@@b"}); }

void spaces(context& on) { check_names(on, {"two words", " leading", "a  b", "tab\there", "line\nbreak", "a, b", "a.b", "(a)", "a;b"}); }

void reserved_words(context& on) {
    check_names(on, {"select",     "from",       "where",
                     "order",      "group",      "by",
                     "table",      "user",       "index",
                     "key",        "values",     "default",
                     "primary",    "references", "check",
                     "null",       "and",        "or",
                     "not",        "in",         "like",
                     "true",       "union",      "join",
                     "left",       "case",       "when",
                     "end",        "limit",      "offset",
                     "rows",       "window",     "current_timestamp",
                     "constraint", "column",     "create",
                     "drop",       "grant",      "date",
                     "timestamp",  "interval",   "returning",
                     "distinct",   "as"});
}

void upper_reserved_words(context& on) { check_names(on, {"SELECT", "FROM", "Table", "User", "ORDER", "Group", "NULL", "Values"}); }

void other_letters(context& on) {
    check_names(on, {"größe", "Ωμέγα", "имя", "名前", "이름", "اسم", "e\xcc\x81t\xc3\xa9", "ßſ", "İı", "ǅ", "‰", "…", "\xc2\xa0x"});
}

void digits_and_signs(context& on) {
    check_names(
        on, {"1", "1st", "0x1F", "1e5", "_", "__", "$", "#", "a-b", "a+b", "a*b", "a/b", "a\\b", "\\", "a|b", "a&b", "~", "!", "{a}", "^"});
}

void injections(context& on) {
    connection c = stocked(on, 3);
    c.close();
    const std::size_t room = on.engine().dialect().rules().identifiers.max_length - on.unique_name("").size() - 1;
    std::vector<std::string> names{"x\"; DELETE FROM " + entity_of<item>().table->name.substr(0, 30) + "; --",
                                   "x`; DROP TABLE y; --",
                                   "x') --",
                                   "*/ x /*",
                                   "-- x",
                                   "x\\\"; --"};
    for (auto& name : names) name.erase(name.find_last_not_of(' ', std::min(name.size(), room) - 1) + 1);
    check_names(on, names);
    connection again = on.connect();
    CHECK(count_of(again, entity<item>) == 3);
}

void case_kept(context& on) {
    check_names(on, {"lower", "UPPER", "MixedCase", "mixed_Case", "Größe", "iD"});
    const table t = on.make_table("MixedTable", {column("Id", type_kind::integer, primary_key, not_generated)});
    connection c = on.connect();
    c.execute(insert(t).set(t["Id"], 5));
    CHECK(c.scalar(select(t.column<int>("Id"))) == 5);
    CHECK(c.execute(select_columns(std::vector{t["Id"]})).column_name(0) == "Id");
}

/// Names that the database must take for different ones: quoted ones that differ in more than case.
void near_names(context& on) {
    check_names(on, {"a", "a '", "a_", "_a", "a__", "aa", "a.a", "a-a", "a%"});
    const std::string base = on.unique_name("near");
    const auto with_one_column = [](const std::string& name) {
        return table{name, {column("n", type_kind::integer, primary_key, not_generated)}};
    };
    const table under = with_one_column(base + "_1");
    const table letter = with_one_column(base + "x1");
    const table percent = with_one_column(base + "%");
    for (const table& t : {letter, percent, under}) {
        on.make(metadata{{t}});
        connection c = on.connect();
        c.execute(insert(t).set(t["n"], 1));
        c.commit();
        CHECK(count_of(c, t) == 1);
    }
}

/// Whether a table is there is asked for by its name, not by a pattern or what else the name may look like.
void found_again(context& on) {
    const std::string base = on.unique_name("found");
    on.make(metadata{{table{base + "xx", {column("n", type_kind::integer, primary_key, not_generated)}}}});
    for (const char* end : {"_x", "%", "'x", "\"x", "`x", "\\_x", "X y", ":n", "größe"}) {
        INFO("the name " << base + end);
        const table t{base + end, {column("n", type_kind::integer, primary_key, not_generated)}};
        const metadata all{{t}};
        on.make(all);
        all.create_all(on.engine());
        on.engine().begin([&](connection& c) { c.execute(insert(t).set(t["n"], 7)); });
        all.drop_all(on.engine());
        all.drop_all(on.engine());
        connection c = on.connect();
        CHECK(thrown<programming_error>([&] { (void)count_of(c, t); }).code() == errc::no_such_table);
        c.close();
        all.create_all(on.engine());
        CHECK(on.connect().scalar(select(func::count()).select_from(t)) == 0);
    }
}

}  // namespace

std::vector<test_case> areas::identifiers_cases() {
    std::vector<test_case> all{
        {"identifiers/quotes", "names with quotes of every kind", {}, quotes},
        {"identifiers/percent-signs", "names with percent signs", {}, percent_signs},
        {"identifiers/colons", "names with colons, question marks and other signs of parameters", {}, colons},
        {"identifiers/spaces", "names with blanks, line breaks, dots and parentheses", {}, spaces},
        {"identifiers/reserved-words", "reserved words as names", {}, reserved_words},
        {"identifiers/upper-reserved-words", "reserved words in capitals as names", {}, upper_reserved_words},
        {"identifiers/other-letters", "names in other scripts", {}, other_letters},
        {"identifiers/digits-and-signs", "names that begin with a digit or are a sign", {}, digits_and_signs},
        {"identifiers/injections", "names that look like statements stay names", {}, injections},
        {"identifiers/case-kept", "names keep their case", {}, case_kept},
        {"identifiers/near-names", "names that are nearly the same are different ones", {}, near_names},
        {"identifiers/found-again", "a table is found by its very name, and dropped by it", {}, found_again},
    };
    for (const auto part : {identifiers_parts::places, identifiers_parts::lengths}) {
        const auto cases = part();
        all.insert(all.end(), cases.begin(), cases.end());
    }
    return all;
}

}  // namespace azoth::conformance
