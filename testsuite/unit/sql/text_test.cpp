// text(): raw SQL, cut at its binds and nowhere else.
#include "shop.hpp"

using namespace shop;
using azoth::select;
using azoth::text;

namespace {

/// The names of the binds, in order, and the SQL with a placeholder for each.
struct look {
    std::vector<std::string> names;
    std::string sql;
    friend bool operator==(const look&, const look&) = default;
};

look parsed(std::string_view raw) {
    const auto node = azoth::detail::parse_text(raw);
    look l;
    for (const auto& b : node->binds) l.names.push_back(static_cast<const azoth::bind_node&>(*b).name);
    l.sql = compiled(text(raw)).sql;
    return l;
}

std::ostream& operator<<(std::ostream& out, const look& l) {
    for (const auto& name : l.names) out << ":" << name << " ";
    return out << "in " << l.sql;
}

}  // namespace

TEST_CASE("text: binds") {
    CHECK(parsed("") == look{{}, ""});
    CHECK(parsed("SELECT 1") == look{{}, "SELECT 1"});
    CHECK(parsed(":a") == look{{"a"}, "?"});
    CHECK(parsed("SELECT :a, :b_2,:a") == look{{"a", "b_2", "a"}, "SELECT ?, ?,?"});
    CHECK(parsed("(:a)+:b;") == look{{"a", "b"}, "(?)+?;"});
    CHECK(parsed("x=:A and y<:_b") == look{{"A", "_b"}, "x=? and y<?"});
}

TEST_CASE("text: what looks like a bind and is none") {
    for (const char* raw : {"SELECT ':a'",
                            "SELECT 'it''s :a'",
                            "SELECT \":a\"",
                            "SELECT `:a`",
                            "SELECT 1 -- :a",
                            "SELECT 1 -- it's :a\n, 2",
                            "SELECT /* :a */ 1",
                            "SELECT /* it's \n :a */ 1",
                            "SELECT /*/ :a */ 1",
                            "SELECT x::text",
                            "SELECT '1'::int::text",
                            "a:b",
                            "arr[1:n]",
                            "SELECT : a",
                            "SELECT :1",
                            "x := 5",
                            ":",
                            "::",
                            "a::b",
                            "SELECT $$ :a $$",
                            "SELECT $tag$ :a $$ :b $tag$",
                            "SELECT $1, $2",
                            "12:30",
                            "SELECT \"a\"\":b\""}) {
        INFO(raw);
        CHECK(parsed(raw) == look{{}, raw});
    }
}

TEST_CASE("text: binds beside quotes, comments and casts") {
    CHECK(parsed("':a' || :b || ':c'") == look{{"b"}, "':a' || ? || ':c'"});
    CHECK(parsed("'it''s' || :b") == look{{"b"}, "'it''s' || ?"});
    CHECK(parsed("-- x\n:a") == look{{"a"}, "-- x\n?"});
    CHECK(parsed("/* x */:a/* :y */") == look{{"a"}, "/* x */?/* :y */"});
    CHECK(parsed(":a::text") == look{{"a"}, "?::text"});
    CHECK(parsed("x::text = :a") == look{{"a"}, "x::text = ?"});
    CHECK(parsed("$q$ :a $q$ :b") == look{{"b"}, "$q$ :a $q$ ?"});
    CHECK(parsed("cost$ > :a") == look{{"a"}, "cost$ > ?"});
    CHECK(parsed("1 - -:a") == look{{"a"}, "1 - -?"});
    CHECK(parsed("a$b$ :x $b$") == look{{"x"}, "a$b$ ? $b$"});  // a dollar inside a name starts no quote
}

TEST_CASE("text: an escaped colon is a colon") {
    CHECK(parsed("SELECT \\:a") == look{{}, "SELECT :a"});
    CHECK(parsed("SELECT '\\:a'") == look{{}, "SELECT '\\:a'"});  // inside quotes all stays
    CHECK(parsed("json -> \\:key = :value") == look{{"value"}, "json -> :key = ?"});
    CHECK(parsed("\\\\:a") == look{{}, "\\:a"});
    CHECK(parsed("back\\slash :a") == look{{"a"}, "back\\slash ?"});
}

TEST_CASE("text: a quote without its end") {
    CHECK_ERROR(text("SELECT 'it"), "statement", "a quote ' without its end: 'it");
    CHECK_ERROR(text("SELECT \"x"), "statement", "\"x");
    CHECK_ERROR(text("SELECT 'it''"), "statement", "without its end");
    // A comment or dollar quote may run to the end.
    CHECK(parsed("SELECT 1 /* :a").names.empty());
    CHECK(parsed("SELECT 1 -- :a").names.empty());
}

TEST_CASE("text: binding") {
    const auto t = text("SELECT :a, :b, :a");
    const auto c = compiled(t.bind("a", 5).bind("b", "x"));
    REQUIRE(c.parameters.size() == 3);
    CHECK(c.parameters[0].bind == c.parameters[2].bind);  // one value, sent twice
    CHECK(c.parameters[0].type.kind == azoth::type_kind::integer);
    CHECK(c.parameters[1].type.kind == azoth::type_kind::text);
    std::vector<const azoth::bind_node*> binds;
    const auto bound = t.bind("a", 5).bind("b", "x").node();
    azoth::collect_binds(*bound, binds);
    REQUIRE(binds.size() == 2);
    CHECK(binds[0]->content.as<int>() == 5);
    CHECK(binds[1]->content.as<std::string>() == "x");
    CHECK_ERROR(t.bind("c", 1), "parameter", "no bind :c; those that wait for a value: a, b");
    CHECK_ERROR(text("SELECT 1").bind("a", 1), "parameter", "no bind :a");
    CHECK_ERROR(t.bind("a", 1).bind("a", 2), "parameter", "no bind :a");
    CHECK(printed(t.bind("a", 1)) == "SELECT 1, :b, 1");
    CHECK(printed(t) == "SELECT :a, :b, :a");  // a value: not changed
    CHECK(printed(t.bind("a", std::nullopt).bind("b", std::optional<int>{})) == "SELECT NULL, NULL, NULL");
}

TEST_CASE("text: as a statement it is raw, may return rows, and dirties the session") {
    const auto c = compiled(text("PRAGMA foreign_keys = off"));
    CHECK(c.kind == azoth::statement_kind::text);
    CHECK(c.returns_rows);
    CHECK(c.touches_session);
    CHECK(c.columns.empty());
    const auto typed = compiled(text("SELECT name, size FROM package").columns<std::string, std::optional<std::int64_t>>());
    REQUIRE(typed.columns.size() == 2);
    CHECK(typed.columns[0].type.kind == azoth::type_kind::text);
    CHECK(typed.columns[1].type.kind == azoth::type_kind::big_integer);
    static_assert(std::same_as<decltype(text("").columns<std::string, int>())::row_type, std::tuple<std::string, int>>);
}

TEST_CASE("text: as a piece of an expression") {
    const auto query = select(package_name).where(text("length(name) > :n").bind("n", 5).as<bool>(), package_id == 1);
    CHECK(sql(query) == R"(SELECT "package"."name" FROM "package" WHERE (length(name) > ?) AND "package"."id" = ?)");
    CHECK_FALSE(compiled(query).touches_session);
    CHECK(compiled(query).kind == azoth::statement_kind::query);
    CHECK(sql(select(text("now()").as<std::string>().label("now"))) == R"(SELECT now() AS "now")");
    CHECK(expression_sql(text("1 + 1").as<int>() * 2) == "(1 + 1) * 2");
}
