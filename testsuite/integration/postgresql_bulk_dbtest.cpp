#include "postgresql_support.hpp"

#include <support/bulk_items.hpp>

using namespace postgresql_tests;
using namespace support;

namespace {

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

namespace {

/// A table whose key the database makes.
az::table keyed_table(const std::string& name) {
    return {name,
            {az::column("id", az::type_kind::big_integer, az::primary_key, az::generated),
             az::column("name", az::type_kind::text, az::not_null)}};
}

/// Rows of one statement have the number of its command.
std::int64_t statements_of(az::connection& c, const std::string& table) {
    return number_of(c, "SELECT count(DISTINCT cmin::text) FROM " + table);
}

/// Inserts rows of a name each, and checks that each row got its own key back. Returns how many statements it took.
std::int64_t check_own_keys(az::connection& c, const std::string& name, std::string_view key, std::size_t count) {
    INFO(key << ", " << count << " rows");
    const az::table t = keyed_table(name);
    run(c, "CREATE TABLE " + name + " (id " + std::string{key} + " PRIMARY KEY, name text)");
    std::vector<std::vector<az::value>> rows;
    for (std::size_t i = 0; i < count; ++i) rows.push_back({"n" + std::to_string(i)});
    const auto keys = c.execute(az::insert(t).columns(t["name"]).returning(t.column<std::int64_t>("id")), rows).all();
    REQUIRE(keys.size() == count);
    for (std::size_t i = 0; i < count; ++i)
        REQUIRE(text_of(c, "SELECT name FROM " + name + " WHERE id = " + std::to_string(std::get<0>(keys[i]))) == "n" + std::to_string(i));
    return statements_of(c, name);
}

}  // namespace

TEST_CASE("postgresql bulk: keys that do not ascend come back to their rows too") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    run(c, "CREATE SEQUENCE down INCREMENT -1 MINVALUE -100000 MAXVALUE 0 START 0");
    run(c, "CREATE SEQUENCE round_and_round MAXVALUE 7 CYCLE");
    for (const std::size_t count : {1u, 3u, 60u}) {
        const auto all = static_cast<std::int64_t>(count);
        int tables = 0;
        const auto statements = [&](std::string_view key) {
            return check_own_keys(c, "t" + std::to_string(count) + "_" + std::to_string(++tables), key, count);
        };
        CHECK(statements("bigint DEFAULT (random() * 1e15)::bigint") == all);
        CHECK(statements("bigint GENERATED BY DEFAULT AS IDENTITY (INCREMENT BY -1)") == all);
        CHECK(statements("bigint DEFAULT nextval('down')") == all);
        CHECK(statements("bigint DEFAULT -nextval('down')") == all);
        CHECK(statements("bigserial") == (count > 20 ? 2 : 1));
        CHECK(statements("serial") == (count > 20 ? 2 : 1));
        CHECK(statements("bigint GENERATED ALWAYS AS IDENTITY") == (count > 20 ? 2 : 1));
    }
    CHECK(check_own_keys(c, "turning", "bigint DEFAULT nextval('round_and_round')", 5) == 5);
    // A trigger may give the rows other keys.
    run(c, "CREATE FUNCTION other_key() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new.id := -new.id; RETURN new; END'");
    run(c, "CREATE TABLE k (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text) PARTITION BY LIST (id)");
    run(c, "CREATE TABLE k1 PARTITION OF k DEFAULT");
    run(c, "CREATE TRIGGER changes BEFORE INSERT ON k1 FOR EACH ROW EXECUTE FUNCTION other_key()");
    const az::table k = keyed_table("k");
    const auto keys =
        c.execute(az::insert(k).columns(k["name"]).returning(k.column<std::int64_t>("id")), std::vector<std::vector<az::value>>(30, {"x"}))
            .all();
    REQUIRE(keys.size() == 30);
    for (std::size_t i = 0; i < keys.size(); ++i) CHECK(std::get<0>(keys[i]) == -1 - static_cast<std::int64_t>(i));
}

TEST_CASE("postgresql bulk: what goes unnoticed as a single INSERT stores nothing else in a batch") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    run(c, "CREATE TABLE t (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, r real, b boolean)");
    const az::table t{"t",
                      {az::column("id", az::type_kind::big_integer, az::primary_key, az::generated),
                       az::column("r", az::type_kind::double_), az::column("b", az::type_kind::big_integer)}};
    const auto insert = [&](std::string_view column, const az::value& v, std::size_t rows, bool returning) {
        const std::vector<std::vector<az::value>> values(rows, {v});
        if (returning) c.execute(az::insert(t).columns(t[column]).returning(t.column<std::int64_t>("id")), values);
        else c.execute(az::insert(t).columns(t[column]), values);
    };
    for (const bool returning : {false, true}) {
        for (const std::size_t rows : {2u, 30u}) {
            INFO(rows << " rows" << (returning ? " with keys" : ""));
            for (const double v : {1e300, -1e300, 3.4028236e38, 1e-300, -1e-60})
                CHECK(thrown<az::data_error>([&] { insert("r", v, rows, returning); }).code() == az::errc::value_range);
            for (const double v : {0.1, 3.40282347e38, 1e-45, 0.0, std::numeric_limits<double>::infinity()})
                insert("r", v, rows, returning);
            CHECK_THROWS_AS(insert("b", std::int64_t{5}, rows, returning), az::error);
        }
    }
    CHECK(number_of(c, "SELECT count(*) FROM t WHERE r = 'Infinity'") == 64);
    CHECK(number_of(c, "SELECT count(*) FROM t WHERE r = 0.1::real") == 64);
    CHECK(number_of(c, "SELECT count(*) FROM t WHERE b IS NOT NULL") == 0);
}

TEST_CASE("postgresql bulk: a batch of large rows goes in several statements") {
    const auto on = server();
    if (!on) return;
    const scratch_schema scratch{*on};
    auto c = open(scratch.url()).connect();
    run(c, "CREATE TABLE t (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text)");
    const az::table t = keyed_table("t");
    for (const std::size_t count : {10u, 40u}) {
        run(c, "DELETE FROM t");
        std::vector<std::vector<az::value>> rows;
        for (std::size_t i = 0; i < count; ++i) rows.push_back({std::string(3'000'000, 'x') + std::to_string(i)});
        const auto names =
            c.execute(az::insert(t).columns(t["name"]).returning(t.column<std::int64_t>("id"), t.column<std::string>("name")), rows).all();
        REQUIRE(names.size() == count);
        for (std::size_t i = 0; i < count; ++i) REQUIRE(std::get<1>(names[i]).substr(3'000'000) == std::to_string(i));
        CHECK(statements_of(c, "t") == (count == 10 ? 2 : 8));  // of 16 MB at most
    }
}
