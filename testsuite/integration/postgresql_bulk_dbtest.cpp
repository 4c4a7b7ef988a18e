#include "postgresql_support.hpp"

using namespace postgresql_tests;

namespace {

struct item {
    std::int64_t id{};
    std::string name{};
    std::optional<double> weight{};
};
struct coded {
    std::string code{};
    std::int64_t number{};
};

}  // namespace

template <>
struct azoth::mapping<item> {
    static azoth::table_map<item> map() {
        return azoth::table_map<item>("item")
            .column<&item::id>(azoth::primary_key)
            .column<&item::name>(azoth::unique)
            .column<&item::weight>();
    }
};
template <>
struct azoth::mapping<coded> {
    static azoth::table_map<coded> map() {
        return azoth::table_map<coded>("coded").column<&coded::code>(azoth::primary_key).column<&coded::number>();
    }
};

namespace {

std::vector<item> items(int count) {
    std::vector<item> made;
    made.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        made.push_back({.id = 0, .name = "item " + std::to_string(i), .weight = i % 3 == 0 ? std::nullopt : std::optional{i * 0.5}});
    return made;
}

void check_items(az::connection& c, const std::vector<item>& in) {
    const auto out = c.scalars(az::select<item>().order_by(az::col<&item::id>));
    REQUIRE(out.size() == in.size());
    for (std::size_t i = 0; i < in.size(); ++i) {
        REQUIRE(out[i].id == static_cast<std::int64_t>(i) + 1);
        REQUIRE(out[i].name == in[i].name);
        REQUIRE(out[i].weight == in[i].weight);
    }
}

}  // namespace

TEST_CASE("postgresql bulk: any number of rows, each once and as it was") {
    const auto on = server();
    if (!on) return;
    for (const int count : {0, 1, 19, 20, 21, 100, 101, 999, 1000, 1001, 20'000}) {
        INFO(count << " rows");
        const scratch_schema scratch{*on};
        const auto engine = open(scratch.url());
        az::metadata_of<item>().create_all(engine);
        auto c = engine.connect();
        const auto in = items(count);
        CHECK(c.execute(az::insert<item>(), in).affected_rows() == count);
        check_items(c, in);
    }
}

TEST_CASE("postgresql bulk: generated keys come back in the order of the rows") {
    const auto on = server();
    if (!on) return;
    for (const int count : {1, 19, 345, 5001}) {
        const scratch_schema scratch{*on};
        const auto engine = open(scratch.url());
        az::metadata_of<item>().create_all(engine);
        auto c = engine.connect();
        const auto in = items(count);
        const auto keys = c.execute(az::insert<item>().returning(az::col<&item::id>, az::col<&item::name>), in).all();
        REQUIRE(keys.size() == in.size());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            REQUIRE(std::get<0>(keys[i]) == 1 + static_cast<std::int64_t>(i));
            REQUIRE(std::get<1>(keys[i]) == in[i].name);
        }
        check_items(c, in);
    }
}

TEST_CASE("postgresql bulk: with keys of the program's own, returned rows follow the input") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    const auto engine = open(scratch.url());
    az::metadata_of<coded>().create_all(engine);
    auto c = engine.connect();
    std::vector<coded> codes;
    for (std::size_t i = 0; i < 3000; ++i)
        codes.push_back({.code = "k" + std::to_string((i * 7919) % 10'007), .number = static_cast<std::int64_t>(i)});
    const auto back = c.execute(az::insert<coded>().returning(az::col<&coded::code>, az::col<&coded::number>), codes).all();
    REQUIRE(back.size() == codes.size());
    for (std::size_t i = 0; i < back.size(); ++i) REQUIRE(back[i] == std::tuple{codes[i].code, codes[i].number});
}

TEST_CASE("postgresql bulk: a failing row undoes the batch, and is named") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    const auto engine = open(scratch.url());
    az::metadata_of<item>().create_all(engine);
    auto c = engine.connect();
    run(c, "INSERT INTO item (name) VALUES ('before')");
    auto in = items(500);
    in[321].name = in[123].name;
    const auto by_copy = thrown<az::unique_violation>([&] { c.execute(az::insert<item>(), in); });
    CHECK(contains(by_copy.constraint(), "item"));
    CHECK(contains(by_copy.message(), "line 322"));
    const auto by_unnest = thrown<az::unique_violation>([&] { c.execute(az::insert<item>().returning(az::col<&item::id>), in); });
    CHECK(contains(by_unnest.message(), "item 123"));
    CHECK(number_of(c, "SELECT count(*) FROM item") == 1);  // the transaction goes on
    c.commit();
}

TEST_CASE("postgresql bulk: values in other forms than the columns'") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    run(c, "CREATE DOMAIN positive AS int CHECK (VALUE > 0)");
    run(c, "CREATE TABLE t (a smallint, b numeric(6, 2), c jsonb, d varchar(3), e positive, f inet, g timestamptz, h text[])");
    const az::table t{
        "t",
        {az::column("a", az::type_kind::big_integer), az::column("b", az::type_kind::big_integer), az::column("c", az::type_kind::text),
         az::column("d", az::type_kind::text), az::column("e", az::type_kind::integer), az::column("f", az::type_kind::text),
         az::column("g", az::type_kind::timestamp_tz), az::column("h", az::array_of(az::type_kind::text))}};
    const auto insert_all = [&](std::size_t rows, const std::vector<std::string>& names, const std::vector<az::value>& row) {
        const std::vector<std::vector<az::value>> values(rows, row);
        if (names.size() == 1) c.execute(az::insert(t).columns(t[names[0]]), values);
        else c.execute(az::insert(t).columns(t[names[0]], t[names[1]]), values);
    };
    for (const std::size_t rows : {2u, 50u}) {
        INFO(rows << " rows");
        insert_all(rows, {"a", "b"}, {std::int64_t{7}, std::int64_t{-12}});
        insert_all(rows, {"c", "d"}, {R"({"x": 1})", "abc"});
        insert_all(rows, {"e", "f"}, {std::int32_t{5}, "10.0.0.1"});  // a domain and an inet: no binary form that we write
        insert_all(rows, {"g", "h"}, {az::value{}, std::vector<std::string>{"a\tb", "c\\d\n", "\"", ""}});
        CHECK(number_of(c, "SELECT count(*) FROM t WHERE a = 7 AND b = -12.00") == static_cast<std::int64_t>(rows));
        CHECK(number_of(c, "SELECT count(*) FROM t WHERE c->>'x' = '1' AND d = 'abc'") == static_cast<std::int64_t>(rows));
        CHECK(number_of(c, "SELECT count(*) FROM t WHERE e = 5 AND f = '10.0.0.1'") == static_cast<std::int64_t>(rows));
        CHECK(number_of(c, R"(SELECT count(*) FROM t WHERE h = ARRAY[E'a\tb', E'c\\d\n', '"', ''])") == static_cast<std::int64_t>(rows));
        CHECK_THROWS_AS(insert_all(rows, {"a"}, {std::int64_t{40'000}}), az::data_error);
        CHECK_THROWS_AS(insert_all(rows, {"d"}, {"abcd"}), az::data_error);
        CHECK_THROWS_AS(insert_all(rows, {"e"}, {std::int32_t{-1}}), az::check_violation);
        run(c, "DELETE FROM t");
    }
}

TEST_CASE("postgresql bulk: where COPY would not do what INSERT does, INSERT it is") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    run(c, "CREATE TABLE base (n bigint)");
    run(c, "CREATE VIEW seen_through AS SELECT n FROM base");
    run(c, "CREATE TABLE ruled (n bigint)");
    run(c, "CREATE RULE elsewhere AS ON INSERT TO ruled DO INSTEAD INSERT INTO base VALUES (new.n)");
    run(c, "CREATE TABLE always (n bigint GENERATED ALWAYS AS IDENTITY)");
    const std::vector<std::vector<az::value>> rows(60, {std::int64_t{5}});
    const auto into = [&](const char* name) {
        const az::table t{name, {az::column("n", az::type_kind::big_integer)}};
        c.execute(az::insert(t).columns(t["n"]), rows);
    };
    into("seen_through");
    CHECK(number_of(c, "SELECT count(*) FROM base") == 60);
    into("ruled");
    CHECK(number_of(c, "SELECT count(*) FROM base") == 120);
    CHECK(number_of(c, "SELECT count(*) FROM ruled") == 0);
    CHECK_THROWS_AS(into("always"), az::programming_error);
    CHECK_THROWS_AS(into("missing"), az::programming_error);
    CHECK(number_of(c, "SELECT count(*) FROM base") == 120);
}

TEST_CASE("postgresql bulk: tables and columns with odd names") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    const az::table t{"odd \"table\" $1;",
                      {az::column("a \"b\"", az::type_kind::integer), az::column("Select", az::type_kind::text, az::not_null)},
                      scratch.name()};
    az::metadata{{t}}.create_all(c);
    for (const std::size_t rows : {3u, 200u}) {
        const std::vector<std::vector<az::value>> values(rows, {std::int32_t{1}, "x"});
        CHECK(c.execute(az::insert(t).columns(t["a \"b\""], t["Select"]), values).affected_rows() == static_cast<std::int64_t>(rows));
        CHECK(c.execute(az::insert(t).columns(t["a \"b\""], t["Select"]).returning(t.column<std::string>("Select")), values).all().size() ==
              rows);
    }
    CHECK(c.execute(az::select(az::func::count()).select_from(t)).scalar() == 406);
}
