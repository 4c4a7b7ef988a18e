#include "mysql_schema_support.hpp"

using namespace mysql_tests;

TEST_CASE("mysql schema: views") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        const az::table p = parent();
        const az::view big{"big", az::select(p["id"], p["code"]).where(p.column<std::string>("code") != "it's \\ `x`")};
        const az::view bigger = az::view{"a bigger `one`", az::select(big["id"]).where(big["id"] > 5)};
        az::metadata all;
        all.add(bigger);
        all.add(big);
        all.add(p);
        all.create_all(engine);
        const auto found = read(engine);
        REQUIRE(found.views.size() == 2);
        CHECK(found.views[0].name == az::object_name{"", "a bigger `one`"});
        CHECK(found.views[0].reads == std::vector<az::object_name>{{"", "big"}});
        CHECK(found.views[1].reads == std::vector<az::object_name>{{"", "parent"}});
        CHECK(found.views[1].columns[0].type == k::big_integer);
        CHECK(found.views[1].columns[1].type == az::string(10));
        CHECK(found.tables.size() == 1);
        engine.with_executor([](az::executor& on) {
            CHECK(on.reflect().view_names() == names{"a bigger `one`", "big"});
            CHECK(on.reflect().has_view("big"));
            CHECK_FALSE(on.reflect().has_view("parent"));
            CHECK_FALSE(on.reflect().has_table("big"));
        });
        // Their SQL does not name the database, so that it can be made in another.
        const scratch_database other{servers().front()};
        az::metadata copy;
        copy.reflect(engine);
        copy.create_all(other.open());
        CHECK(sql_of(read(other.open()).views[1].query) == sql_of(found.views[1].query));
        auto c = engine.connect();
        run(c, "INSERT INTO parent (code) VALUES ('x'), ('it''s \\ `x`')");
        CHECK(number_of(c, "SELECT count(*) FROM big") == 1);
        c.execute(az::create_view(az::view{"big", az::select(p["id"], p["code"])}, {.or_replace = true}));
        CHECK(number_of(c, "SELECT count(*) FROM big") == 2);
        if (is_mariadb(engine)) c.execute(az::create_view(big, {.if_not_exists = true}));
        CHECK(thrown<az::not_supported_error>([&] { c.execute(az::create_view(big, {.temporary = true})); }).code() ==
              az::errc::not_supported);
        CHECK(thrown<az::not_supported_error>([&] { c.execute(az::create_view(big.materialized())); }).code() == az::errc::not_supported);
        run(c, "CREATE SQL SECURITY INVOKER VIEW checked AS SELECT id FROM parent WHERE id > 1 WITH CASCADED CHECK OPTION");
        CHECK(notes_of(read(engine), "checked") ==
              names{"the view has SQL SECURITY INVOKER, which is left out", "the view is WITH CASCADED CHECK OPTION, which is left out"});
        run(c, "DROP VIEW checked");
        all.drop_all(c);
        CHECK(read(engine).views.empty());
    });
}

TEST_CASE("mysql schema: sequences of MariaDB") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        if (!is_mariadb(engine)) return;
        const az::sequence plain{"plain"};
        const az::sequence rich{
            az::sequence_definition{{"", "rich `one`"},
                                    {.start = 1000, .increment = 5, .minimum = 10, .maximum = 2000, .cache = 7, .cycle = true},
                                    "for 'orders'"}};
        const az::sequence down{"down", {.increment = -1}};
        az::metadata all;
        all.add(plain);
        all.add(rich);
        all.add(down);
        all.add(az::table{
            "orders",
            {az::column("id", k::integer, az::primary_key), az::column("number", k::big_integer, az::server_default(rich.next()))}});
        all.create_all(engine);
        const auto found = read(engine);
        REQUIRE(found.sequences.size() == 3);
        CHECK(found.sequences[0].options == down.definition().options);
        CHECK(found.sequences[1].options == az::sequence_options{});
        CHECK(found.sequences[2].options == rich.definition().options);
        CHECK(found.sequences[2].comment == "for 'orders'");
        CHECK(found.tables.size() == 1);
        CHECK(sql_of(details_of(table_of(found, "orders"), "number").server_default) == "nextval(`rich ``one```)");
        engine.with_executor([](az::executor& on) {
            CHECK(on.reflect().sequence_names() == names{"down", "plain", "rich `one`"});
            CHECK(on.reflect().has_sequence("plain"));
            CHECK_FALSE(on.reflect().has_sequence("orders"));
            CHECK_FALSE(on.reflect().has_table("plain"));
            CHECK(on.reflect().table_names() == names{"orders"});
        });
        auto c = engine.connect();
        CHECK(c.scalar(az::select(rich.next())) == 1000);
        run(c, "INSERT INTO orders () VALUES ()");
        CHECK(number_of(c, "SELECT number FROM orders") == 1005);
        all.drop_all(c);
        CHECK(read(engine).sequences.empty());
    });
}

TEST_CASE("mysql schema: what another schema reads of the connection's own is named without one") {
    for (const az::url& server : servers()) {
        const scratch_database home{server};
        const scratch_database away{server};
        const auto engine = home.open();
        if (!is_mariadb(engine)) continue;
        auto c = engine.connect();
        for (const std::string_view sql :
             {"CREATE SEQUENCE s", "CREATE SEQUENCE `{0}`.s", "CREATE TABLE t (n INTEGER)",
              "CREATE TABLE `{0}`.u (n BIGINT DEFAULT (NEXT VALUE FOR s), m BIGINT DEFAULT (NEXT VALUE FOR `{0}`.s))",
              "CREATE VIEW `{0}`.v AS SELECT n FROM t"})
            run(c, fmt::format(fmt::runtime(sql), away.name()));
        const auto found = read(engine, {.schema = away.name()});
        const auto& u = table_of(found, "u");
        CHECK(sql_of(details_of(u, "n").server_default) == "nextval(`s`)");
        CHECK(sql_of(details_of(u, "m").server_default) == fmt::format("nextval(`{}`.`s`)", away.name()));
        REQUIRE(found.views.size() == 1);
        CHECK(sql_of(found.views[0].query) == "select `t`.`n` AS `n` from `t`");
        const auto by_name = read(engine, {.schema = home.name()});
        CHECK(by_name.sequences.size() == 1);
        CHECK(table_of(by_name, "t").name() == az::object_name{home.name(), "t"});
    }
}

TEST_CASE("mysql schema: temporary tables, and tables from queries") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        const std::vector<az::table_element> parts{az::check("ck", "word <> ',) it''s'"),
                                                   az::unique_constraint{.name = "uq", .columns = {"word", "n"}},
                                                   az::index("ix", {az::descending("n")}), az::table_comment{"a (temporary), 'one'"}};
        std::vector<az::column_draft> columns{
            az::column("id", k::big_integer, az::primary_key),
            az::column("n", k::integer, az::not_null, az::server_default("5"), az::comment("the, 'n'")),
            az::column("word", az::string(10), az::server_default("'a,b'"), az::collation("utf8mb4_unicode_ci")),
            az::column("j", k::json),
            az::column("mood", az::enum_type("mood", {"a", "b)"})),
            az::column("sum", az::numeric(10, 2), az::computed("n + (1)"))};
        const az::table lasting{"both", columns, parts};
        auto all_parts = parts;
        all_parts.emplace_back(az::temporary);
        const az::table passing{"passing", columns, all_parts};
        const az::table shadow{"both", {az::column("x", k::integer)}, {az::temporary}};
        az::metadata{{lasting, passing}}.create_all(c);
        c.execute(az::create_table(shadow));
        c.with_executor([](az::executor& on) {
            az::reflector& r = on.reflect();
            CHECK(r.has_table("passing"));
            CHECK(r.have_tables({"both", "nowhere", "passing"}) == std::vector<bool>{true, false, true});
            CHECK(r.table_names() == names{"both"});
            const auto lasting_ones = r.read({});
            const auto found = r.read({.names = {"both", "nowhere", "passing"}, .temporary = true});
            REQUIRE(found.tables.size() == 2);
            CHECK(found.notes.empty());
            CHECK(table_of(found, "both").node->columns.size() == 1);
            CHECK(table_of(found, "passing").temporary);
            CHECK(description(table_of(found, "passing")) == description(table_of(lasting_ones, "both")));
            if (on.server_profile().version < 11'02'00)
                CHECK(thrown<az::not_supported_error>([&] { (void)r.temporary_table_names(); }).code() == az::errc::not_supported);
        });
        c.execute(az::drop_table(shadow));
        CHECK_THROWS_AS(c.execute(az::drop_table(shadow)), az::programming_error);
        c.execute(az::drop_table(shadow, {.if_exists = true}));
        run(c, "INSERT INTO \"both\" (word) VALUES ('x')");
        c.execute(az::create_table_as("copied", az::select(lasting["n"], lasting["word"])));
        c.execute(az::create_table_as("copied", az::select(lasting["n"]), {.if_not_exists = true, .temporary = true}));
        c.with_executor([](az::executor& on) {
            const auto found = on.reflect().read({.names = {"copied"}});
            CHECK(table_of(found, "copied").node->columns.size() == 2);
            CHECK(table_of(found, "copied").options.empty());
            CHECK(on.reflect().read({.names = {"copied"}, .temporary = true}).tables.at(0)->node->columns.size() == 1);
        });
    });
}

TEST_CASE("mysql schema: a schema is a database") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        const std::string side = db.name() + "_side";
        auto c = engine.connect();
        c.execute(az::create_schema(side));
        c.execute(az::create_schema(side, {.if_not_exists = true}));
        const az::table there{"there", {az::column("id", k::big_integer, az::primary_key)}, side};
        const az::table here{"here",
                             {az::column("id", k::big_integer, az::primary_key),
                              az::column("there_id", k::big_integer, az::references_to("there", "id", side))}};
        const az::table also{"also", {az::column("id", k::big_integer, az::references_to("there", "id", side))}, side};
        az::metadata{{here, there, also}}.create_all(engine);
        const auto found = read(engine);
        CHECK(described(table_of(found, "here").foreign_keys) == names{"fk_here_there_id_there there_id -> " + side + ".there id 0 0"});
        const auto beside = read(engine, {.schema = side});
        CHECK(table_of(beside, "also").node->schema == side);
        CHECK(table_of(beside, "also").foreign_keys[0].referred_schema == side);
        CHECK(read(engine, {.schema = side, .names = {"there"}}).tables.size() == 1);
        CHECK(read(engine, {.schema = "azoth_nowhere"}).tables.empty());
        engine.with_executor([&](az::executor& on) {
            az::reflector& r = on.reflect();
            CHECK(r.default_schema() == db.name());
            CHECK(r.has_schema(side));
            CHECK_FALSE(r.has_schema("azoth_nowhere"));
            const auto schemas = r.schema_names();
            CHECK(std::ranges::count(schemas, side) == 1);
            CHECK(std::ranges::count(schemas, "information_schema") == 0);
            CHECK(r.has_table("there", side));
            CHECK_FALSE(r.has_table("there"));
            CHECK_FALSE(r.has_table("there", "azoth_nowhere"));
            CHECK(r.table_names("azoth_nowhere").empty());
            CHECK(r.view_names("azoth_nowhere").empty());
            CHECK_FALSE(r.has_enum("mood"));
        });
        run(c, "CREATE TABLE `" + side + "`.raw (t TEXT)");
        CHECK(table_of(read(engine, {.schema = side}), "raw").options.empty());
        CHECK_THROWS_AS(c.execute(az::drop_schema("azoth_nowhere")), az::error);
        c.execute(az::drop_table(here));
        c.execute(az::drop_schema(side, {.cascade = true}));
        c.execute(az::drop_schema(side, {.if_exists = true}));
    });
}
