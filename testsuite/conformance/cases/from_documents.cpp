#include "claims.hpp"
#include "company.hpp"
#include "from_parts.hpp"

#include <nlohmann/json.hpp>

namespace azoth::conformance::areas {
namespace {

using json = nlohmann::json;
template <class T>
using maybe_list = std::vector<std::optional<T>>;

/// Documents 1 to 4: with three tags, with none, with NULL in place of a list, and with a NULL in it.
struct shelf {
    table documents;
    connection c;
};

shelf shelved(context& on) {
    shelf made{on.make_table("documents",
                             {column("id", type_kind::big_integer, primary_key, not_generated), column("tags", array_of(type_kind::text)),
                              column("scores", array_of(type_kind::big_integer)), column("body", type_kind::json)}),
               on.connect()};
    const table& t = made.documents;
    const auto add = [&](std::int64_t id, std::optional<std::vector<std::optional<std::string>>> tags,
                         std::optional<std::vector<std::int64_t>> scores, const std::string& body) {
        made.c.execute(insert(t)
                           .set(t.column<std::int64_t>("id"), id)
                           .set(t.column<std::optional<std::vector<std::optional<std::string>>>>("tags"), tags)
                           .set(t.column<std::optional<std::vector<std::int64_t>>>("scores"), scores)
                           .set(t.column<std::optional<json>>("body"), json::parse(body)));
    };
    add(1, {{"red", "it's \"quoted\"", "\xc3\xa9"}}, {{9'000'000'000, -1}},
        R"({"items": [{"n": 1, "t": "a", "in": {"x": [true, 2]}}, {"n": 2.5, "t": null}, {"t": "c\"\\", "n": "no"}]})");
    add(2, std::vector<std::optional<std::string>>{}, std::nullopt, R"({"items": {"n": 1}})");
    add(3, std::nullopt, {{}}, R"({"other": []})");
    add(4, {{"x", std::nullopt}}, {{5}}, R"({"items": [1, "two", 3.5, null, false, [1], {"n": -7}]})");
    return made;
}

auto tags_of(const shelf& s) { return func::unnest(s.documents.column<std::optional<std::vector<std::optional<std::string>>>>("tags")); }
auto id_of(const shelf& s) { return s.documents.column<std::int64_t>("id"); }

void elements(context& on) {
    shelf s = shelved(on);
    const auto [tag] = tags_of(s).columns();
    CHECK(s.c.execute(select(id_of(s), tag)).all().size() == 5);
    CHECK(s.c.scalars(select(id_of(s)).where(tag == "it's \"quoted\"")) == numbers{1});
    CHECK(s.c.scalars(select(id_of(s)).where(tag == "\xc3\xa9")) == numbers{1});
    CHECK(s.c.scalars(select(id_of(s)).where(tag.is_null())) == numbers{4});
}

void numbered(context& on) {
    shelf s = shelved(on);
    const auto [tag, n] = tags_of(s).with_ordinality().columns();
    CHECK(s.c.execute(select(n, tag).where(id_of(s) == 1, n < 2).order_by(n)).all() ==
          std::vector<std::tuple<std::int64_t, std::optional<std::string>>>{{1, "red"}});
    CHECK(s.c.scalars(select(n).where(id_of(s) == 1).order_by(n.desc())) == numbers{3, 2, 1});
}

void number_elements(context& on) {
    shelf s = shelved(on);
    const auto [score] = func::unnest(s.documents.column<std::optional<std::vector<std::int64_t>>>("scores")).columns();
    CHECK(s.c.scalars(select(score).order_by(score)) == maybe_list<std::int64_t>{-1, 5, 9'000'000'000});
    CHECK(s.c.scalar(select(func::sum(score))) == 9'000'000'004);
}

void outer_elements(context& on) {
    shelf s = shelved(on);
    const auto tags = tags_of(s);
    const auto [tag] = tags.columns();
    CHECK(s.c.scalars(select(id_of(s)).outer_join(tags).order_by(id_of(s))) == numbers{1, 1, 1, 2, 3, 4, 4});
    // Which documents have it.
    CHECK(s.c.scalars(select(id_of(s)).where(select(literal(1)).select_from(tags).where(tag == "x").correlate(s.documents).exists())) ==
          numbers{4});
}

void bound_array(context& on) {
    connection c = on.connect();
    const auto [word] = func::unnest(bound(std::vector<std::string>{"b", "a"})).columns();
    CHECK(c.scalars(select(word).order_by(word)) == maybe_list<std::string>{"a", "b"});
    const auto [flag] = func::unnest(bound(std::vector<bool>{true, false})).columns();
    CHECK(c.scalars(select(flag).where(flag == true)) == maybe_list<bool>{true});
    const auto [real] = func::unnest(bound(std::vector<double>{0.5, 2})).columns();
    CHECK(c.scalars(select(real).order_by(real.desc())) == maybe_list<double>{2, 0.5});
    const auto [day] = func::unnest(bound(std::vector<date>{date{std::chrono::sys_days{std::chrono::days{1}}}})).columns();
    CHECK(c.scalars(select(day)) == maybe_list<date>{date{std::chrono::sys_days{std::chrono::days{1}}}});
    const auto [amount] = func::unnest(bound(std::vector<decimal>{decimal(1050, 2), decimal(925, 2)})).columns();
    CHECK(c.scalars(select(amount).order_by(amount)) == maybe_list<decimal>{decimal(925, 2), decimal(1050, 2)});
}

void documents_of_array(context& on) {
    shelf s = shelved(on);
    const auto items = json_table(s.documents.column<std::optional<json>>("body"), "$.items[*]",
                                  json_column<std::optional<std::int64_t>>("n", "$.n"), json_column<std::optional<std::string>>("t", "$.t"))
                           .with_ordinality("place");
    const auto [n, t, place] = items.columns();
    using row = std::tuple<std::int64_t, std::optional<std::int64_t>, std::optional<std::string>>;
    CHECK(s.c.execute(select(place, n, t).where(id_of(s) == 1).order_by(place)).all() ==
          std::vector<row>{{1, 1, "a"}, {2, 3, std::nullopt}, {3, std::nullopt, "c\"\\"}});
    CHECK(s.c.scalars(select(place).where(id_of(s) == 1, t == "c\"\\")) == numbers{3});
    // An object, and nothing, in place of a list.
    CHECK(s.c.execute(select(n).where(id_of(s).in({2, 3}))).all().empty());
    CHECK(s.c.scalars(select(place).where(id_of(s) == 4, n == -7)) == numbers{7});
    CHECK(s.c.scalar(select(func::count()).select_from(s.documents, items)) == 10);
}

void document_types(context& on) {
    shelf s = shelved(on);
    const auto items =
        json_table(s.documents.column<std::optional<json>>("body"), "$.items[*]", json_column<std::optional<double>>("number", "$"),
                   json_column<std::optional<std::string>>("text", "$"), json_column<std::optional<bool>>("truth", "$"),
                   json_column<std::optional<json>>("all", "$"), json_column<std::optional<json>>("member", "$.n"))
            .with_ordinality();
    const auto [number, text, truth, all, member, n] = items.columns();
    const auto column = [&](const auto& what) { return s.c.scalars(select(what).where(id_of(s) == 4).order_by(n)); };
    const std::nullopt_t none = std::nullopt;
    CHECK(column(number) == maybe_list<double>{1.0, none, 3.5, none, none, none, none});
    CHECK(column(text) == maybe_list<std::string>{none, "two", none, none, none, none, none});
    CHECK(column(truth) == maybe_list<bool>{none, none, none, none, false, none, none});
    const auto found = column(all);
    REQUIRE(found.size() == 7);
    for (const auto& document : found) REQUIRE(document.has_value());
    CHECK(*found[1] == json("two"));
    CHECK(*found[4] == json(false));
    CHECK(*found[5] == json::parse("[1]"));
    CHECK(*found[6] == json::parse(R"({"n": -7})"));
    CHECK(column(member)[6] == json(-7));
    CHECK_FALSE(column(member)[5].has_value());
}

void document_paths(context& on) {
    shelf s = shelved(on);
    const auto items =
        json_table(s.documents.column<std::optional<json>>("body"), "$.\"items\"[*]", json_column<std::optional<bool>>("deep", "$.in.x[0]"),
                   json_column<std::optional<std::int64_t>>("deeper", "$.in.\"x\"[1]"),
                   json_column<std::optional<std::int64_t>>("beyond", "$.in.x[2]"));
    const auto [deep, deeper, beyond] = items.columns();
    CHECK(s.c.execute(select(deep, deeper, beyond).where(deeper.is_not_null())).all() ==
          std::vector<std::tuple<std::optional<bool>, std::optional<std::int64_t>, std::optional<std::int64_t>>>{{true, 2, std::nullopt}});
    const auto refused = [&](std::string_view path) {
        return thrown<programming_error>([&] {
                   return json_table(s.documents.column<std::optional<json>>("body"), path, json_column<std::optional<bool>>("x", "$"));
               }).code() == errc::statement;
    };
    CHECK(refused("$.items"));
    CHECK(refused("items[*]"));
    CHECK(refused("$..items[*]"));
    CHECK(refused("$.items[?(@.n > 1)][*]"));
}

void document_in_subquery(context& on) {
    shelf s = shelved(on);
    const auto items =
        json_table(s.documents.column<std::optional<json>>("body"), "$.items[*]", json_column<std::optional<std::int64_t>>("n", "$.n"));
    const auto [n] = items.columns();
    const auto sizes = select(id_of(s).label("id"), n).where(n.is_not_null()).subquery("sizes");
    const auto [id, size] = sizes.columns();
    CHECK(s.c.execute(select(id, func::count()).group_by(id).order_by(id)).all() ==
          std::vector<std::tuple<std::int64_t, std::int64_t>>{{1, 2}, {4, 1}});
}

}  // namespace

std::vector<test_case> from_parts::documents() {
    return {
        {"from/unnest", "an array's elements are rows", claims::array_and_json_tables, elements},
        {"from/unnest-numbered", "... which are numbered from 1", claims::array_and_json_tables, numbered},
        {"from/unnest-of-numbers", "... and computed with", claims::array_and_json_tables, number_elements},
        {"from/unnest-outer", "an outer join keeps what has an empty array, or none", claims::array_and_json_tables, outer_elements},
        {"from/unnest-of-bound-array", "an array of the program's own is a table", claims::array_and_json_tables, bound_array},
        {"from/json-table", "a JSON array's elements are rows", claims::array_and_json_tables, areas::documents_of_array},
        {"from/json-table-types", "a column of another type than the JSON value is NULL", claims::array_and_json_tables, document_types},
        {"from/json-table-paths", "columns come from deep inside", claims::array_and_json_tables, document_paths},
        {"from/json-table-in-subquery", "what a JSON table computes is named in a subquery", claims::array_and_json_tables,
         document_in_subquery},
    };
}

}  // namespace azoth::conformance::areas
