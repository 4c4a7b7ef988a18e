#include "claims.hpp"
#include "identifiers_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {
namespace {

/// The name's beginning, and as many of `fill` as the dialect allows; and `more`.
std::string as_long_as_allowed(const context& on, std::string name, std::string_view fill = "x", std::size_t more = 0) {
    const identifier_rules& rules = on.engine().dialect().rules().identifiers;
    const std::size_t each = rules.length_in_bytes ? fill.size() : 1;
    std::size_t room = rules.max_length + more - name.size();
    for (; room >= each; room -= each) name += fill;
    return name + std::string(room, 'y');
}

std::string too_long(const context& on, std::string name) { return as_long_as_allowed(on, std::move(name), "x", 1); }

table table_of(const std::string& name, const std::string& column_name) {
    return table{name, {column("id", type_kind::integer, primary_key, not_generated), column(column_name, string(50), unique)}};
}

void check_table(context& on, const table& t, const std::string& column_name) {
    on.make(metadata{{t}});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t[column_name], "one"));
    c.execute(insert(t).columns(t["id"], t[column_name]), {{2, "two"}, {3, "three"}});
    CHECK(c.execute(update(t).set(t[column_name], "two!").where(t[column_name] == "two")).affected_rows() == 1);
    const auto row = c.execute(select_columns(std::vector{t[column_name]}).where(t["id"] == 2)).mappings().at(0);
    const bool same_name = row.name(0) == column_name;  // not printed: it may be long
    CHECK(same_name);
    CHECK(row.get<std::string>(column_name) == "two!");
    c.commit();
    CHECK(count_of(c, t) == 3);
}

void table_at_limit(context& on) { check_table(on, table_of(as_long_as_allowed(on, on.unique_name("long")), "words"), "words"); }

void column_at_limit(context& on) {
    const std::string name = as_long_as_allowed(on, "long_");
    check_table(on, table_of(on.unique_name("wide"), name), name);
}

/// Names that agree in all but their last letter: nothing may cut them.
void columns_that_differ_at_the_end(context& on) {
    std::string one = as_long_as_allowed(on, "long_");
    std::string two = one;
    one.back() = '1';
    two.back() = '2';
    const table t{on.unique_name("twins"), {column(one, type_kind::integer, primary_key, not_generated), column(two, type_kind::integer)}};
    on.make(metadata{{t}});
    connection c = on.connect();
    c.execute(insert(t).set(t[one], 1).set(t[two], 2));
    const auto found = c.execute(select(t.column<int>(one), t.column<std::optional<int>>(two))).one();
    CHECK(found == std::tuple{1, std::optional{2}});
}

void other_letters_at_limit(context& on) {
    for (const char* letter : {"é", "測"}) {
        INFO("of the letter " << letter);
        const std::string name = as_long_as_allowed(on, "n", letter);
        check_table(on, table_of(on.unique_name("letters"), name), name);
    }
}

void aliases_at_limit(context& on) {
    connection c = stocked(on, 3);
    const std::string name = as_long_as_allowed(on, "long_");
    const auto other = alias<item>(name);
    const auto label = other[&item::name].label(name);
    CHECK(c.scalars(select(label).where(other[&item::id] > 1).order_by(label)) == std::vector<std::string>{"item 2", "item 3"});
    const auto same = names_told(on, c, select(label)) == std::vector{name};
    CHECK(same);
    const auto some = select(col<&item::id>).where(col<&item::id> < 3).subquery(name, {name});
    CHECK(c.scalar(select(func::max(std::get<0>(some.columns())))) == 2);
}

void ctes_at_limit(context& on) {
    connection c = stocked(on, 3);
    const std::string name = as_long_as_allowed(on, "long_");
    const auto some = cte(name, select(col<&item::id>).where(col<&item::id> < 3), {name});
    CHECK(c.scalar(select(func::max(std::get<0>(some.columns())))) == 2);
}

/// Refused by us, before the database sees it and cuts it.
template <class Work>
void check_refused(const Work& work, const std::string& name) {
    const auto e = thrown<programming_error>(work);
    CHECK(e.code() == errc::statement);
    const bool tells_name = e.message().find(name.substr(0, 60)) != std::string::npos;  // a message does not show the whole of a long one
    CHECK(tells_name);
}

void tables_past_limit(context& on) {
    const std::string name = too_long(on, on.unique_name("long"));
    const table t = table_of(name, "words");
    check_refused([&] { metadata{{t}}.create_all(on.engine(), check_first::no); }, name);
    const std::string word = too_long(on, "words_");
    const table wide = table_of(on.unique_name("wide"), word);
    check_refused([&] { metadata{{wide}}.create_all(on.engine(), check_first::no); }, word);
    connection c = on.connect();
    check_refused([&] { (void)count_of(c, t); }, name);
    check_refused([&] { c.execute(insert(t).columns(t["id"]), {{1}}); }, name);
    CHECK_FALSE(c.in_transaction());
    CHECK(thrown<programming_error>([&] {
              (void)count_of(c, table{wide.name(), {column("id", type_kind::integer)}});
          }).code() == errc::no_such_table);
}

void names_past_limit(context& on) {
    connection c = stocked(on, 3);
    const std::string name = too_long(on, "long_");
    check_refused([&] { c.execute(select(col<&item::id>.label(name))); }, name);
    check_refused([&] { c.execute(select(alias<item>(name)[&item::id])); }, name);
    check_refused([&] { c.execute(select(std::get<0>(select(col<&item::id>).subquery(name).columns()))); }, name);
    CHECK_FALSE(c.in_transaction());
    check_usable(c);
}

void other_letters_past_limit(context& on) {
    connection c = on.connect();
    const std::string fits = as_long_as_allowed(on, "n", "é");
    CHECK(c.scalar(select(bound(std::int64_t{1}).label(fits))) == 1);
    const std::string name = fits + "z";
    check_refused([&] { c.execute(select(bound(std::int64_t{1}).label(name))); }, name);
    check_usable(c);
}

void no_names(context& on) {
    const std::string nul("a\0b", 3);
    const table t{on.unique_name("nul") + nul, {column("a", type_kind::integer)}};
    CHECK_THROWS_AS(metadata{{t}}.create_all(on.engine(), check_first::no), programming_error);
    connection c = stocked(on, 1);
    CHECK_THROWS_AS(c.execute(select(col<&item::id>.label(nul))), programming_error);
    CHECK_THROWS_AS(c.execute(select(col<&item::id>.label(""))), programming_error);
    CHECK_THROWS_AS((table{"", {column("a", type_kind::integer)}}), interface_error);
    CHECK_THROWS_AS((table{"t", {column("", type_kind::integer)}}), interface_error);
    CHECK_FALSE(c.in_transaction());
    check_usable(c);
}

}  // namespace

std::vector<test_case> identifiers_parts::lengths() {
    return {
        {"identifiers/table-at-limit", "a table's name of the greatest length", {}, table_at_limit},
        {"identifiers/column-at-limit", "a column's name of the greatest length", {}, column_at_limit},
        {"identifiers/columns-that-differ-at-the-end", "names of the greatest length are not cut", {}, columns_that_differ_at_the_end},
        {"identifiers/other-letters-at-limit", "names of the greatest length in letters of several bytes", {}, other_letters_at_limit},
        {"identifiers/aliases-at-limit", "aliases, labels and subqueries of the greatest length", {}, aliases_at_limit},
        {"identifiers/ctes-at-limit", "common table expressions of the greatest length", claims::ctes, ctes_at_limit},
        {"identifiers/tables-past-limit", "tables and columns with longer names are refused by us", {}, tables_past_limit},
        {"identifiers/names-past-limit", "longer labels, aliases and subqueries are refused by us", {}, names_past_limit},
        {"identifiers/other-letters-past-limit", "length is counted as the database counts it", {}, other_letters_past_limit},
        {"identifiers/no-names", "empty names and names with a NUL are refused", {}, no_names},
    };
}

}  // namespace azoth::conformance::areas
