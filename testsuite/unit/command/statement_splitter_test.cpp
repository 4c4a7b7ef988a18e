#include <statement_splitter.hpp>

#include <catch2/catch.hpp>

#include <vector>

namespace {

using namespace azoth::command;

std::vector<std::string> split(std::string_view dialect, std::string_view script) {
    statement_splitter splitter{quoting_of(dialect)};
    std::vector<std::string> found;
    splitter.feed(script);
    while (auto s = splitter.next()) found.push_back(std::move(*s));
    if (auto s = splitter.rest(); !s.empty()) found.push_back(std::move(s));
    return found;
}

using list = std::vector<std::string>;

}  // namespace

TEST_CASE("splitter: statements end at semicolons, and the last one at the end") {
    CHECK(split("", "select 1; select 2;\n\n select 3 ") == list{"select 1", "select 2", "select 3"});
    CHECK(split("", ";;  ; ").empty());
    CHECK(split("", "-- only a comment; nothing").empty());
    CHECK(split("", "/* ; */ select 1; -- x;\nselect 2") == list{"/* ; */ select 1", "-- x;\nselect 2"});
}

TEST_CASE("splitter: quotes and comments hide semicolons") {
    CHECK(split("", "select 'a;b', \"c;d\"; x") == list{"select 'a;b', \"c;d\"", "x"});
    CHECK(split("", "select 'it''s;'; x") == list{"select 'it''s;'", "x"});
    CHECK(split("mysql", R"(select 'a\';b'; x)") == list{R"(select 'a\';b')", "x"});
    CHECK(split("sqlite", R"(select 'a\'; x)") == list{R"(select 'a\')", "x"});
    CHECK(split("sqlite", "select [a;b], `c;d`; x") == list{"select [a;b], `c;d`", "x"});
    CHECK(split("mysql", "select 1 # a;b\n; x") == list{"select 1 # a;b", "x"});
    CHECK(split("postgresql", "select $$a;b$$, $t$;$$;$t$; x") == list{"select $$a;b$$, $t$;$$;$t$", "x"});
    CHECK(split("postgresql", "select $1; x") == list{"select $1", "x"});
    CHECK(split("postgresql", "/* /* ; */ ; */ select 1; x") == list{"/* /* ; */ ; */ select 1", "x"});
    CHECK(split("postgresql", R"(select E'a\';b'; x)") == list{R"(select E'a\';b')", "x"});
}

TEST_CASE("splitter: a trigger of SQLite's is one statement") {
    const std::string trigger = "create trigger t after insert on a begin update a set b = case when 1 then 2 end; delete from c; end";
    CHECK(split("sqlite", trigger + "; select 1") == list{trigger, "select 1"});
    CHECK(split("sqlite", "begin; select 1; end; select 2") == list{"begin", "select 1", "end", "select 2"});
}

TEST_CASE("splitter: fed piece by piece") {
    const std::string script = "select 'a;b' /* ; */; -- c;\nselect $x$;$x$;select 3";
    for (std::size_t size = 1; size < script.size(); ++size) {
        INFO("pieces of " << size);
        statement_splitter splitter{quoting_of("postgresql")};
        list found;
        for (std::size_t at = 0; at < script.size(); at += size) {
            splitter.feed(std::string_view{script}.substr(at, size));
            while (auto s = splitter.next()) found.push_back(std::move(*s));
        }
        found.push_back(splitter.rest());
        CHECK(found == list{"select 'a;b' /* ; */", "-- c;\nselect $x$;$x$", "select 3"});
    }
}

TEST_CASE("splitter: what is open has begun; the first word") {
    statement_splitter splitter{quoting_of("sqlite")};
    splitter.feed("-- nothing\n");
    CHECK_FALSE(splitter.is_inside());
    splitter.feed("select 'a");
    CHECK_FALSE(splitter.next());
    CHECK(splitter.is_inside());
    splitter.clear();
    CHECK_FALSE(splitter.is_inside());
    CHECK(first_word("  /* x */ -- y\n Select 1") == "SELECT");
    CHECK(first_word("").empty());
}
