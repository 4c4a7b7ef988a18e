#include "mysql_schema_support.hpp"

using namespace mysql_tests;

TEST_CASE("mysql schema: types come back as they were declared, or as the nearest") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        // What was declared, and what comes back where that is not the same.
        const std::vector<std::pair<az::type, std::optional<az::type>>> types{{k::boolean, {}},
                                                                              {k::small_integer, {}},
                                                                              {k::integer, {}},
                                                                              {k::big_integer, {}},
                                                                              {k::unsigned_small_integer, {}},
                                                                              {k::unsigned_integer, {}},
                                                                              {k::unsigned_big_integer, {}},
                                                                              {k::real, {}},
                                                                              {k::double_, {}},
                                                                              {k::numeric, {}},
                                                                              {az::numeric(12, 3), {}},
                                                                              {az::numeric(65), {}},
                                                                              {az::numeric(65, 30), k::numeric},
                                                                              {az::string(1), {}},
                                                                              {az::string(5000), {}},
                                                                              {az::string(16'384), k::text},
                                                                              {k::string, k::text},
                                                                              {k::text, {}},
                                                                              {k::binary, {}},
                                                                              {az::binary(16), {}},
                                                                              {az::binary(70'000), k::binary},
                                                                              {k::date, {}},
                                                                              {k::time, {}},
                                                                              {k::timestamp, {}},
                                                                              {k::timestamp_tz, k::timestamp},
                                                                              {k::interval, k::big_integer},
                                                                              {k::uuid, {}},
                                                                              {k::json, {}},
                                                                              {az::array_of(k::integer), k::json},
                                                                              {az::enum_type("kinds_c29", {"sad", "it's \\ ok"}), {}},
                                                                              {az::enum_type("kinds_c30", {"one"}), {}},
                                                                              {labelled({"plain", "ok"}), az::string(5)},
                                                                              {az::native_type(k::integer, {{"mysql", "MEDIUMINT"}}), {}},
                                                                              {az::native_type(az::string(5), {{"mysql", "CHAR(5)"}}), {}}};
        std::vector<az::column_draft> columns;
        for (std::size_t i = 0; i < types.size(); ++i) columns.push_back(az::column(fmt::format("c{}", i), types[i].first));
        const az::metadata all{{az::table{"kinds", columns}}};
        all.create_all(engine);
        const auto found = read(engine);
        const auto& kinds = table_of(found, "kinds");
        for (std::size_t i = 0; i < types.size(); ++i) {
            INFO(i << " " << to_string(types[i].first) << " is " << to_string(kinds.node->columns[i].type) << ", "
                   << kinds.details[i].native_type);
            CHECK(kinds.node->columns[i].type == types[i].second.value_or(types[i].first));
            CHECK(kinds.node->columns[i].nullable);
            CHECK(kinds.details[i].collation.empty());
        }
        CHECK(kinds.checks.empty());
        CHECK(kinds.options.empty());
        CHECK(found.notes.empty());
        CHECK(found.enums.size() == 2);
        auto c = engine.connect();
        CHECK(thrown<az::integrity_error>([&] { run(c, "INSERT INTO kinds (c29) VALUES ('gay')"); }).code() == az::errc::check_violation);
    });
}

TEST_CASE("mysql schema: keys, constraints and indexes come back") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        const az::table child{
            "child",
            {az::column("id", k::big_integer, az::primary_key), az::column("a", k::integer, az::not_null), az::column("b", az::string(40)),
             az::column("words", k::text),
             az::column("parent_id", k::big_integer, az::references_to("parent", "id").on_delete(az::referential_action::cascade)),
             az::column("code", az::string(10))},
            {az::unique_constraint{.name = "uq_pair", .columns = {"b", "a"}}, az::check("ck_positive", "a > 0 AND b <> 'it''s \\ '"),
             az::foreign_key{.name = "fk_code",
                             .columns = {"code"},
                             .referred_table = "parent",
                             .referred_columns = {"code"},
                             .on_update = az::referential_action::set_null},
             az::index("ix_down", {az::descending("a"), "b"}), az::index("ix_words", {"words"}),
             az::index_definition{.name = "ft", .elements = {"words"}, .method = "fulltext"},
             az::index_definition{.name = "ux_down", .elements = {az::descending("a")}, .unique = true},
             az::index_definition{.name = "ix_hash", .elements = {"b"}, .method = "hash"}}};
        az::metadata{{parent(), child}}.create_all(engine);
        const auto found = read(engine);
        const auto& t = table_of(found, "child");
        CHECK(t.primary_key == names{"id"});
        CHECK(described(t.uniques) == names{"uq_pair b,a"});
        CHECK(described(t.foreign_keys) == described(child.definition().foreign_keys));
        CHECK(described(t.checks) == names{"ck_positive `a` > 0 and `b` <> 'it''s \\ '"});
        CHECK(described(t.indexes) ==
              names{"ft fulltext words", "ix_down  a desc b", "ix_hash  b", "ix_words  words", "unique ux_down  a desc"});
        CHECK(column_of(t, "id").generated);
        CHECK(column_of(t, "id").primary_key);
        CHECK_FALSE(column_of(t, "a").nullable);
        CHECK(column_of(t, "parent_id").references == std::vector<az::column_spec::reference>{{"", "parent", "id"}});
        CHECK(t.node->keys == std::vector<az::unique_key>{{"", {"id"}}, {"uq_pair", {"b", "a"}}, {"ux_down", {"a"}}});
        CHECK(found.notes.empty());
    });
}

TEST_CASE("mysql schema: defaults, computed columns, comments and collations come back, and are made again") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        const az::table t{
            "parts",
            {az::column("id", k::integer, az::primary_key), az::column("n", k::integer, az::not_null, az::server_default("5")),
             az::column("word", az::string(20), az::server_default("'it''s \\ \"x\"'"), az::comment("say 'yes' \\ no")),
             az::column("made", k::timestamp, az::server_default("CURRENT_TIMESTAMP")),
             az::column("sum", az::numeric(9, 2), az::server_default("1.5 + 2")),
             az::column("twice", k::big_integer, az::computed("n * 2")),
             az::column("shown", az::string(40), az::computed("concat(word, '\\''')").virtual_()),
             az::column("folded", az::string(20), az::collation("utf8mb4_unicode_ci")), az::column("plain", k::text)},
            {az::table_comment{"what's in it"}, az::check("ck", "word <> '\\'")}};
        az::metadata{{t}}.create_all(engine);
        const auto found = read(engine);
        const auto& parts = table_of(found, "parts");
        CHECK(sql_of(details_of(parts, "n").server_default) == "5");
        CHECK(column_of(parts, "n").has_default);
        CHECK(sql_of(details_of(parts, "word").server_default) == "'it''s \\ \"x\"'");
        CHECK(details_of(parts, "word").comment == "say 'yes' \\ no");
        CHECK(sql_of(details_of(parts, "made").server_default) == "CURRENT_TIMESTAMP");
        CHECK_FALSE(details_of(parts, "plain").server_default);
        REQUIRE(details_of(parts, "twice").computed);
        CHECK(details_of(parts, "twice").computed->stored);
        CHECK(sql_of(details_of(parts, "twice").computed->expression) == "`n` * 2");
        CHECK(column_of(parts, "twice").generated);
        CHECK_FALSE(details_of(parts, "shown").computed->stored);
        CHECK(sql_of(details_of(parts, "shown").computed->expression) == "concat(`word`,'\\''')");
        CHECK(details_of(parts, "folded").collation == "utf8mb4_unicode_ci");
        CHECK(details_of(parts, "word").collation.empty());
        CHECK(parts.comment == "what's in it");
        CHECK(found.notes.empty());
        // What was reflected makes the same table again.
        az::metadata{{t}}.drop_all(engine);
        az::metadata again;
        for (const auto& one : found.tables) again.add(az::table{one});
        again.create_all(engine);
        CHECK(description(table_of(read(engine), "parts")) == description(parts));
        auto c = engine.connect();
        run(c, "INSERT INTO parts (n) VALUES (4)");
        CHECK(text_of(c, "SELECT concat_ws('|', word, twice, shown, sum) FROM parts") == "it's \\ \"x\"|8|it's \\ \"x\"\\'|3.50");
    });
}

TEST_CASE("mysql schema: comments are given and taken, and what else a column has stays") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE noted (id BIGINT PRIMARY KEY AUTO_INCREMENT, n INT NOT NULL DEFAULT 3 CHECK (n > 1), j JSON, k INT UNIQUE)");
        az::metadata all;
        all.add(az::table{
            "made", {az::column("id", k::integer, az::primary_key), az::column("mood", az::enum_type("mood", {"a", "b"}), az::not_null)}});
        all.create_all(engine);
        all.reflect(engine);
        const auto before = read(engine);
        for (const auto& [table, column] : std::map<std::string, std::string>{{"noted", "id"}, {"made", "mood"}})
            c.execute(az::comment_on(all.find(table), column, "of " + column));
        c.execute(az::comment_on(all.find("noted"), "n", "it's \\ n"));
        c.execute(az::comment_on(all.find("noted"), "j", "j"));
        c.execute(az::comment_on(all.find("noted"), "the 'table'"));
        auto after = read(engine);
        CHECK(table_of(after, "noted").comment == "the 'table'");
        CHECK(details_of(table_of(after, "noted"), "n").comment == "it's \\ n");
        CHECK(details_of(table_of(after, "made"), "mood").comment == "of mood");
        for (const auto* column : {"id", "n", "j"}) c.execute(az::comment_on(all.find("noted"), column, ""));
        c.execute(az::comment_on(all.find("made"), "mood", ""));
        c.execute(az::comment_on(all.find("noted"), ""));
        after = read(engine);
        CHECK(description(table_of(after, "noted")) == description(table_of(before, "noted")));
        CHECK(description(table_of(after, "made")) == description(table_of(before, "made")));
        CHECK(column_of(table_of(after, "made"), "mood").type == az::enum_type("made_mood", {"a", "b"}));
    });
}

TEST_CASE("mysql schema: odd names") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        const std::string odd = "Odd `n\"a'm%e \\ é";
        const az::table t{odd,
                          {az::column("c`o\"l %'", k::integer, az::primary_key), az::column("Ünï", k::integer, az::indexed),
                           az::column("ref", k::integer, az::references_to(odd, "c`o\"l %'"))},
                          {az::check("ck ` \" '", "\"Ünï\" > 1")}};
        az::metadata{{t}}.create_all(engine);
        const auto found = read(engine, {.names = {odd}});
        REQUIRE(found.tables.size() == 1);
        CHECK(found.tables[0]->node->name == odd);
        CHECK(found.tables[0]->primary_key == names{"c`o\"l %'"});
        CHECK(described(found.tables[0]->checks) == names{"ck ` \" ' `Ünï` > 1"});
        CHECK(described(found.tables[0]->foreign_keys) == described(t.definition().foreign_keys));
        CHECK(described(found.tables[0]->indexes) == described(t.definition().indexes));
        engine.with_executor([&](az::executor& on) {
            CHECK(on.reflect().has_table(odd));
            for (const std::string& none : {std::string(65, 'x'), std::string{"blank "}, std::string{"\U0001F600"}, std::string(1, '\0')}) {
                CHECK_FALSE(on.reflect().has_table(none));
                CHECK_FALSE(on.reflect().has_table("t", none));
                CHECK_FALSE(on.reflect().has_schema(none));
                CHECK(on.reflect().table_names(none).empty());
                CHECK(on.reflect().read({.names = {none}, .sequences = false}).tables.empty());
            }
            CHECK_FALSE(on.reflect().has_table(""));
            CHECK_FALSE(on.reflect().has_table("Odd `n\"a'm%e \\ e"));  // the catalogue's collation takes them for one
        });
        az::metadata{{t}}.drop_all(engine);
        az::metadata{{az::table{found.tables[0]}}}.create_all(engine);
        CHECK(description(*read(engine).tables.at(0)) == description(*found.tables[0]));
    });
}

TEST_CASE("mysql schema: what was declared and what is found compare as one") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        const auto price = az::own_column<std::int32_t>("price");
        const az::table pair{"pair", {az::column("a", k::integer, az::primary_key), az::column("b", k::integer, az::primary_key)}};
        const az::table t{
            "Odd \"name\" %s;",
            {az::column("id", k::integer, az::primary_key), az::column("price", k::integer, az::server_default(az::literal(7))),
             az::column("name", az::string(20), az::server_default(az::literal("it's")), az::comment("a 'name'")),
             az::column("at", k::timestamp, az::server_default("CURRENT_TIMESTAMP")), az::column("zoned", k::timestamp_tz),
             az::column("span", k::interval), az::column("twice", k::integer, az::computed(price * 2)),
             az::column("less", k::integer, az::computed(price - 1).virtual_()), az::column("a", k::integer), az::column("b", k::integer),
             az::column("folded", az::string(20), az::collation("utf8mb4_general_ci")), az::column("key", k::uuid),
             az::column("mood", az::enum_type("mood", {"a", "b"})), az::column("doc", k::json)},
            {az::check("positive", price > 0), az::check("named", az::own_column<std::string>("name") != "it's \\ none"),
             az::foreign_key{.columns = {"a", "b"},
                             .referred_table = "pair",
                             .referred_columns = {"a", "b"},
                             .on_delete = az::referential_action::restrict_},
             az::index("ba", {"b", az::descending("a")}), az::table_comment{"a table: 測 \\ 'x'"}}};
        az::metadata all;
        all.add(pair);
        all.add(t);
        all.create_all(engine);
        engine.with_executor([&](az::executor& on) {
            const auto found = on.reflect().read({});
            for (const auto& d : az::compare(all.definition(), found, on.rules(), on.server_profile()))
                FAIL_CHECK(d.of.name << ": " << d.what << ": " << d.before << " -> " << d.after);
        });
    });
}
