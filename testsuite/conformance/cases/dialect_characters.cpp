#include "dialect_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {
namespace {

/// What means something to one layer or another between a program and a server's parser.
const std::vector<std::string>& troublesome() {
    static const std::vector<std::string> all{
        "%",      "100%",  "%%",  "%s %d %(name)s", ":name",      "a:b",   "::int", "\\:x", "?",  "? ?",
        "$1",     "$$x$$", "\\",  "\\\\",           "\\n",        "a\\'b", "\\%",   "'",    "''", "'''",
        "\"",     "`",     "[x]", "{0} {{}}",       "/* */",      "-- x",  "; --",  "@@x",  "#x", "&&",
        "\n\r\t", " a ",   "E'",  "N'x'",           "x'; DELETE", ""};
    return all;
}

void in_values(context& on) {
    connection c = on.connect();
    for (const std::string& s : troublesome()) {
        INFO("the text " << s);
        CHECK(c.scalar(select(bound(s))) == s);
        CHECK(c.scalar(text("SELECT :it").bind("it", s).columns<std::string>()) == s);
    }
}

void in_literals(context& on) {
    connection c = on.connect();
    for (const std::string& s : troublesome()) {
        INFO("the text " << s);
        const auto [written, sent] = c.execute(select(literal(s).label("a"), bound(s).label("b"))).one();
        CHECK(written == s);
        CHECK(sent == s);
    }
}

/// One statement with all of them, among parameters that they must not be taken for.
void among_parameters(context& on) {
    connection c = stocked(on, 3);
    auto query = select(col<&item::name>).where(col<&item::id> == 2);
    for (const std::string& s : troublesome()) query = query.where(literal(s) == s, col<&item::name> != s);
    CHECK(c.scalar(query) == "item 2");
}

void in_raw_sql(context& on) {
    connection c = on.connect();
    const auto query = text("SELECT '100%' AS a, 'a:b :c' AS b, 'what? ?' AS c, '$1 $$' AS d, '%s' AS e, :f AS f -- :g ? $1 %\n")
                           .bind("f", "100%")
                           .columns<std::string, std::string, std::string, std::string, std::string, std::string>();
    CHECK(c.execute(query).one() == std::tuple<std::string, std::string, std::string, std::string, std::string, std::string>{
                                        "100%", "a:b :c", "what? ?", "$1 $$", "%s", "100%"});
}

/// LIKE's own characters, bound, mean what they mean everywhere.
void percent_of_like(context& on) {
    connection c = stocked(on, 12);
    const auto matching = [&](const char* pattern) {
        return c.scalar(select(func::count()).select_from(entity<item>).where(col<&item::name>.like(pattern)));
    };
    CHECK(matching("item 1%") == 4);
    CHECK(matching("item _") == 9);
    CHECK(matching("%") == 12);
    CHECK(matching("%%2") == 2);
    CHECK(matching("100%") == 0);
    CHECK(c.scalar(select(func::count()).select_from(entity<item>).where(col<&item::name>.like(literal("item 1%")))) == 4);
}

constexpr std::string_view column_names[]{"100%",  "%s",   "%(x)s", "a:b", ":c",  "a b", "a.b",  "a(b)",  "a[b]",  "a'b", "a\"b",
                                          "a`b",   "a\\b", "a?b",   "?",   "$1",  "@x",  "#x",   "a,b",   "a;b",   "a-b", "--x",
                                          "/*x*/", "0",    "1x",    "_",   "a/b", "a=b", "a{b}", "größe", "select"};

void in_column_names(context& on) {
    std::vector<column_draft> columns{column("id", type_kind::big_integer, primary_key, not_generated)};
    for (const auto name : column_names) columns.push_back(column(std::string{name}, string(50), nullable));
    const table odd = on.make_table("odd", std::move(columns));
    connection c = on.connect();
    c.execute(insert(odd).set(odd["id"], 1));
    for (const auto name : column_names) {
        INFO("the column " << name);
        const auto it = odd.column<std::optional<std::string>>(name);
        CHECK(c.execute(update(odd).set(it, std::string{name}).where(it.is_null())).affected_rows() == 1);
        CHECK(c.scalar(select(it).where(it == std::string{name}).order_by(it)) == std::string{name});
        CHECK(c.execute(select_columns(std::vector{odd["id"], odd[name]})).mappings().at(0).get<std::string>(name) == name);
    }
    CHECK(c.execute(delete_(odd).where(odd["100%"] == "100%", odd["a?b"] == "a?b", odd["a:b"] == "a:b")).affected_rows() == 1);
}

void in_labels(context& on) {
    connection c = on.connect();
    for (const auto name : column_names) {
        INFO("the label " << name);
        const auto query = select(bound(std::int64_t{5}).label(name));
        CHECK(names_told(on, c, query) == std::vector{std::string{name}});
        CHECK(c.scalar(query) == 5);
    }
}

void in_parameter_names(context& on) {
    connection c = stocked(on, 3);
    for (const auto name : column_names) {
        INFO("the parameter " << name);
        const auto query = select(col<&item::id>).where(col<&item::name> == param<std::string>(name));
        CHECK(c.scalar(query, {{name, "item 2"}}) == 2);
        CHECK(c.scalar(query, {{name, "item 3"}}) == 3);
    }
}

/// A parameter named as a column is, used twice; beside a list.
void parameter_named_as_column(context& on) {
    connection c = stocked(on, 5);
    const auto name = param<std::string>("name");
    const auto query = select(col<&item::id>)
                           .where(col<&item::name> == name || col<&item::name> > name, col<&item::id>.in({1, 2, 5}))
                           .order_by(col<&item::id>);
    CHECK(c.scalars(query, {{"name", "item 2"}}) == std::vector<std::int64_t>{2, 5});
    const auto change = update<item>().set(col<&item::name>, param<std::string>("name")).where(col<&item::id> == param<std::int64_t>("id"));
    CHECK(c.execute(change, {{"name", "changed"}, {"id", 2}}).affected_rows() == 1);
    CHECK(c.scalar(select(col<&item::name>).where(col<&item::id> == 2)) == "changed");
}

}  // namespace

std::vector<test_case> dialect_parts::characters() {
    return {
        {"dialect/characters-in-values", "percent signs, colons, backslashes and the like in bound values come back", {}, in_values},
        {"dialect/characters-in-literals", "... and in literals", {}, in_literals},
        {"dialect/characters-among-parameters", "literals that look like parameters shift no parameter", {}, among_parameters},
        {"dialect/characters-in-raw-sql", "raw SQL with percent signs, colons and question marks in quotes runs as it is", {}, in_raw_sql},
        {"dialect/percent-in-like", "LIKE's percent sign works bound and as a literal", {}, percent_of_like},
        {"dialect/difficult-column-names", "columns of any name can be written, read, compared and deleted by", {}, in_column_names},
        {"dialect/difficult-labels", "labels of any name name the result's column", {}, in_labels},
        {"dialect/difficult-parameter-names", "parameters may have any name", {}, in_parameter_names},
        {"dialect/parameter-named-as-column", "a parameter may have a column's name, and stand twice", {}, parameter_named_as_column},
    };
}

}  // namespace azoth::conformance::areas
