// Reading tables that others have made, in SQLite's own words.
#include "sqlite_schema_support.hpp"

using namespace sqlite_tests;

TEST_CASE("sqlite reflection: types of other spellings follow their names, or SQLite's affinity") {
    const auto type_of = [](const std::string& spelling) {
        return read_table{("CREATE TABLE t (c " + spelling + ", x)").c_str()}.column(0).type;
    };
    CHECK(type_of("varchar ( 10 )") == az::string(10));
    CHECK(type_of("NATIVE CHARACTER(70)") == az::string(70));
    CHECK(type_of("CLOB") == kind::text);
    CHECK(type_of("int") == kind::integer);
    CHECK(type_of("UNSIGNED BIG INT") == kind::big_integer);
    CHECK(type_of("HUGEINT") == kind::big_integer);
    CHECK(type_of("REAL") == kind::double_);
    CHECK(type_of("decimal(12,3)") == az::numeric(12, 3));
    CHECK(type_of("NUMERIC(99999999999, 3)") == kind::numeric);
    CHECK(type_of("datetime") == kind::timestamp);
    CHECK(type_of("bool") == kind::boolean);
    CHECK(type_of("VARBINARY(9)") == az::binary(9));
    CHECK(type_of("BLOB") == kind::binary);
    CHECK(type_of("") == kind::binary);
    CHECK(type_of("STRING") == az::native_type(kind::text, {{"sqlite", "STRING"}}));
    CHECK(type_of("'odd; type'") == kind::text);
    CHECK_THAT(notes_of(read_table{"CREATE TABLE t (c STRING)"}.all),
               Catch::Contains("\"c\" is of the type STRING, which is read as text"));
    CHECK_THAT(notes_of(read_table{"CREATE TABLE t (c)"}.all), Catch::Contains("\"c\" has no type"));
}

TEST_CASE("sqlite reflection: a column's text, whatever stands in it") {
    const read_table t{R"(CREATE TABLE "t" ( -- a comment, with a parenthesis (
        [id] integer not null primary key /* the key */ ,
        `b` text collate nocase default "word" constraint "ok, really" check (b <> ',)' -- and why
        ),
        "c""d" default (1 + 2 -- three
        ) not null, 'e' double precision default -1.5e-3, f blob default x'00ff', g default current_date,
        h integer as (id + 1), i integer generated always as (max(id, 2)) stored, check(g > ''/**/))
    )"};
    REQUIRE(t.table.node->columns.size() == 8);
    CHECK(t.column(0).generated);
    CHECK(t.table.primary_key == std::vector<std::string>{"id"});
    CHECK(t.table.primary_key_name.empty());
    CHECK(t.details(1).collation == "nocase");
    CHECK(sql_of(t.details(1).server_default) == "'word'");
    CHECK(t.column(2).name == "c\"d");
    CHECK(sql_of(t.details(2).server_default) == "1 + 2");
    CHECK_FALSE(t.column(2).nullable);
    CHECK(sql_of(t.details(3).server_default) == "-1.5e-3");
    CHECK(sql_of(t.details(4).server_default) == "x'00ff'");
    CHECK(sql_of(t.details(5).server_default) == "current_date");
    REQUIRE(t.details(6).computed);
    CHECK(sql_of(t.details(6).computed->expression) == "id + 1");
    CHECK_FALSE(t.details(6).computed->stored);
    REQUIRE(t.details(7).computed);
    CHECK(t.details(7).computed->stored);
    REQUIRE(t.table.checks.size() == 2);
    CHECK(t.table.checks[0].name == "ok, really");
    CHECK(sql_of(t.table.checks[0].condition) == "b <> ',)'");
    CHECK(sql_of(t.table.checks[1].condition) == "g > ''");
}

TEST_CASE("sqlite reflection: keys and references of every spelling") {
    const auto c =
        made_by({"CREATE TABLE Parent (x INTEGER, Y INTEGER, PRIMARY KEY (y, x))",
                 "CREATE TABLE child (a INTEGER CONSTRAINT self REFERENCES CHILD (A) NOT DEFERRABLE, b INTEGER UNIQUE, "
                 "CONSTRAINT two FOREIGN KEY (B, a) REFERENCES parent ON UPDATE NO ACTION ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED "
                 "UNIQUE (A) CONSTRAINT u UNIQUE (b, A COLLATE nocase))"});
    const auto all = read(c);
    CHECK(table_in(all, "Parent").primary_key == std::vector<std::string>{"Y", "x"});
    const auto& child = table_in(all, "child");
    REQUIRE(child.foreign_keys.size() == 2);
    CHECK(child.foreign_keys[0].name == "self");
    CHECK(child.foreign_keys[0].referred_table == "child");
    CHECK(child.foreign_keys[0].referred_columns == std::vector<std::string>{"a"});
    CHECK(child.foreign_keys[0].timing == az::constraint_timing::immediate);
    CHECK(child.foreign_keys[1].name == "two");
    CHECK(child.foreign_keys[1].columns == std::vector<std::string>{"b", "a"});
    CHECK(child.foreign_keys[1].referred_table == "Parent");
    CHECK(child.foreign_keys[1].referred_columns == std::vector<std::string>{"Y", "x"});
    CHECK(child.foreign_keys[1].on_delete == az::referential_action::set_null);
    CHECK(child.foreign_keys[1].timing == az::constraint_timing::initially_deferred);
    REQUIRE(child.uniques.size() == 3);
    CHECK(child.uniques[1].columns == std::vector<std::string>{"a"});
    CHECK(child.uniques[2].name == "u");
    CHECK(notes_of(all) == "child: COLLATE nocase of a unique constraint is left out\n");
}

TEST_CASE("sqlite reflection: what the model cannot hold is said") {
    const auto said = [](const char* sql) { return notes_of(read_table{sql}.all); };
    CHECK(said("CREATE TABLE t (a INTEGER NOT NULL ON CONFLICT IGNORE)") == "t: ON CONFLICT IGNORE of NOT NULL is left out\n");
    CHECK(said("CREATE TABLE t (a INTEGER PRIMARY KEY DESC)") == "t: the order \"a\" DESC of the primary key is left out\n");
    CHECK(said("CREATE TABLE t (a INTEGER CONSTRAINT n NOT NULL)") == "t: the name \"n\" of NOT NULL is left out\n");
    CHECK_THAT(said("CREATE TABLE t (a INTEGER REFERENCES t (a) MATCH FULL)"), Catch::Contains("MATCH FULL of a foreign key"));
    CHECK_THAT(said("CREATE TABLE t (a INTEGER REFERENCES gone)"), Catch::Contains("the foreign key of \"a\" to \"gone\" is left out"));
    CHECK_FALSE(read_table{"CREATE TABLE t (a INTEGER PRIMARY KEY DESC)"}.column(0).generated);  // no rowid, as the manual has it
    CHECK(read_table{"CREATE TABLE t (a INTEGER REFERENCES gone (x))"}.table.foreign_keys.at(0).referred_columns ==
          std::vector<std::string>{"x"});
}

TEST_CASE("sqlite reflection: indexes of every spelling") {
    const auto c =
        made_by({"CREATE TABLE t (a TEXT COLLATE NOCASE, b INTEGER)",
                 "CREATE UNIQUE INDEX [i] ON t ((a || ','), (b + 1) COLLATE rtrim desc, a, a COLLATE binary) WHERE b > 3 -- and no more",
                 "CREATE UNIQUE INDEX j ON t (B, a)", "CREATE INDEX k ON t (a = 'x' COLLATE rtrim)"});
    const auto all = read(c);
    const auto& indexes = table_in(all, "t").indexes;
    REQUIRE(indexes.size() == 3);
    const auto& i = indexes[0];
    REQUIRE(i.elements.size() == 4);
    CHECK(i.unique);
    CHECK(sql_of(i.elements[0].expression) == "a || ','");
    CHECK(i.elements[0].collation.empty());
    CHECK(sql_of(i.elements[1].expression) == "b + 1");
    CHECK(i.elements[1].collation == "rtrim");
    CHECK(i.elements[1].descending);
    CHECK(i.elements[2].column == "a");
    CHECK(i.elements[2].collation.empty());
    CHECK(i.elements[3].collation == "binary");
    CHECK(sql_of(i.where) == "b > 3");
    CHECK(indexes[1].elements[0].column == "b");
    CHECK(sql_of(indexes[2].elements.at(0).expression) == "a = 'x' COLLATE rtrim");
    CHECK(table_in(all, "t").node->keys == std::vector<az::unique_key>{{"j", {"b", "a"}}});
    check_made_again(c);
}

TEST_CASE("sqlite reflection: views, whole and broken, with names for their columns") {
    const auto c = made_by({"CREATE TABLE t (a INTEGER, b VARCHAR(9))", "CREATE TABLE u (a INTEGER)",
                            "CREATE VIEW v (x, \"y z\") AS SELECT a, b || '!' FROM main.t JOIN (SELECT a FROM U) USING (a) -- and more",
                            "CREATE VIEW w AS SELECT * FROM v WHERE x IN u", "CREATE VIEW broken AS SELECT * FROM gone"});
    const auto all = read(c);
    REQUIRE(all.views.size() == 3);
    CHECK(all.views[0].name.name == "broken");
    CHECK(all.views[0].columns.empty());
    CHECK_THAT(notes_of(all), Catch::Contains("broken: its columns cannot be read: ") && Catch::Contains("gone"));
    const auto& v = all.views[1];
    REQUIRE(v.columns.size() == 2);
    CHECK(v.columns[0].type == kind::integer);
    CHECK(v.columns[1].name == "y z");
    CHECK(v.columns[1].type == kind::unknown);
    CHECK(v.reads == std::vector<az::object_name>{{"", "t"}, {"", "u"}});
    CHECK(all.views[2].reads == std::vector<az::object_name>{{"", "v"}, {"", "u"}});
    check_made_again(c);
    CHECK(read(c, {.views = false}).views.empty());
}

TEST_CASE("sqlite reflection: virtual tables are said, and what they keep is not shown") {
    const auto c = made_by({"CREATE VIRTUAL TABLE papers USING fts5(title, body)", "CREATE TABLE t (a INTEGER)"});
    CHECK(asked(c, [](az::reflector& r) { return r.table_names(); }) == std::vector<std::string>{"papers", "t"});
    const auto all = read(c);
    REQUIRE(all.tables.size() == 2);
    REQUIRE(table_in(all, "papers").node->columns.size() == 2);
    CHECK(table_in(all, "papers").node->columns[1].type == kind::text);
    CHECK(notes_of(all) == "papers: a virtual table of fts5(title, body), read as if it were an ordinary one\n");
}

TEST_CASE("sqlite reflection: one object that SQLite cannot open keeps no other from being read") {
    const scratch_folder folder;
    {
        auto c = open(folder.url()).connect();
        run(c, "CREATE TABLE t (a INTEGER)");
        run(c, "CREATE VIEW v AS SELECT a FROM t");
        run(c, "CREATE VIEW calls AS SELECT a FROM t WHERE nobody_knows(a)");
        run(c, "PRAGMA writable_schema = ON");
        run(c, "INSERT INTO sqlite_schema VALUES ('table', 'ghost', 'ghost', 0, 'CREATE VIRTUAL TABLE ghost USING gone(a)')");
        c.commit();
    }
    const auto all = read(open(folder.url()));
    CHECK(all.tables.size() == 1);  // a table without columns could not be made again
    CHECK(all.views.size() == 2);
    CHECK(all.views.back().columns.size() == 1);
    CHECK_THAT(notes_of(all), Catch::Contains("calls: its columns cannot be read: ") && Catch::Contains("nobody_knows"));
    CHECK_THAT(notes_of(all),
               Catch::Contains("ghost: left out, for its columns cannot be read: ") && Catch::Contains("no such module: gone"));
}

TEST_CASE("sqlite reflection: what ALTER TABLE has made of a table's text") {
    const auto c = made_by({"CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) -- the end", "CREATE TABLE u (a INTEGER REFERENCES t)",
                            "ALTER TABLE t ADD COLUMN c INTEGER DEFAULT 5 CONSTRAINT few CHECK (c < 9)", "ALTER TABLE t RENAME TO \"n w\"",
                            "ALTER TABLE \"n w\" RENAME COLUMN a TO \"ä\""});
    const auto all = read(c);
    CHECK(notes_of(all) == "");
    const auto& t = table_in(all, "n w");
    CHECK(t.primary_key == std::vector<std::string>{"ä"});
    CHECK(t.checks.at(0).name == "few");
    CHECK(sql_of(t.details[2].server_default) == "5");
    CHECK(table_in(all, "u").foreign_keys.at(0).referred_table == "n w");
    CHECK(table_in(all, "u").foreign_keys.at(0).referred_columns == std::vector<std::string>{"ä"});
    check_made_again(c);
}

TEST_CASE("sqlite reflection: odd names survive, and only those asked for are read") {
    const auto engine = open("sqlite://");
    const std::string odd = "o'd\"d %s [`näme]; --";
    const az::table t{odd,
                      {az::column("id", kind::big_integer, az::primary_key), az::column(odd, kind::text, az::indexed, az::unique),
                       az::column("boss \"x\"", kind::big_integer, az::references_to(odd, "id"))},
                      {az::check(odd, az::own_column<std::string>(odd) != "x")}};
    az::metadata{{t, az::table{"Other", {az::column("a", kind::integer)}}}}.create_all(engine);
    const auto all = read(engine, {.names = {odd, "nobody"}});
    REQUIRE(all.tables.size() == 1);
    const auto& found = *all.tables[0];
    CHECK(found.node->name == odd);
    CHECK(found.node->columns[1].name == odd);
    CHECK(found.uniques.at(0).columns.at(0) == odd);
    CHECK(found.uniques.at(0).name == t.definition().uniques.at(0).name);
    CHECK(found.indexes.at(0).name == t.definition().indexes.at(0).name);
    CHECK(found.foreign_keys.at(0).referred_table == odd);
    CHECK(found.foreign_keys.at(0).columns.at(0) == "boss \"x\"");
    CHECK(found.checks.at(0).name == odd);
    CHECK(notes_of(all) == "");
    check_made_again(engine);
    CHECK(read(engine, {.names = {"OTHER"}}).tables.at(0)->node->name == "Other");
    const std::vector<std::string> names{"other", "nobody", odd};
    CHECK(asked(engine, [&](az::reflector& r) { return r.have_tables(names); }) == std::vector<bool>{true, false, true});
}

TEST_CASE("sqlite reflection: attached databases are schemas") {
    const scratch_folder folder;
    auto c = open(folder.url()).connect();
    c.set_isolation(az::isolation_level::autocommit);
    run(c, "ATTACH '" + folder.file("side.db") + "' AS \"si de\"");
    const az::table parent{"parent", {az::column("id", kind::big_integer, az::primary_key)}, "si de"};
    const az::table child{"child",
                          {az::column("id", kind::big_integer, az::primary_key),
                           az::column("p", kind::big_integer, az::references_to("parent", "id", "si de"))},
                          "si de"};
    az::metadata{{parent, child}}.create_all(c);
    CHECK(asked(c, [](az::reflector& r) { return r.schema_names(); }) == std::vector<std::string>{"main", "si de"});
    CHECK(asked(c, [](az::reflector& r) { return r.default_schema(); }) == "main");
    CHECK(asked(c, [](az::reflector& r) { return r.has_schema("SI DE"); }));
    CHECK_FALSE(asked(c, [](az::reflector& r) { return r.has_schema("nowhere"); }));
    CHECK(asked(c, [](az::reflector& r) { return r.table_names("si de"); }) == std::vector<std::string>{"child", "parent"});
    CHECK(read(c).tables.empty());
    const auto all = read(c, {.schema = "si de"});
    const auto& found = table_in(all, "child");
    CHECK(found.node->schema == "si de");
    CHECK(found.foreign_keys.at(0).referred_schema == "si de");
    CHECK(found.node->columns[1].references == std::vector<az::column_spec::reference>{{"si de", "parent", "id"}});
    CHECK(read(c, {.schema = "main"}).tables.empty());
    CHECK(read(c, {.schema = "nowhere"}).tables.empty());
    CHECK(asked(c, [](az::reflector& r) { return r.table_names("nowhere"); }).empty());
    CHECK(asked(c, [](az::reflector& r) { return r.view_names("nowhere"); }).empty());
    CHECK_FALSE(asked(c, [](az::reflector& r) { return r.has_table("child", "nowhere"); }));
    CHECK(asked(c, [](az::reflector& r) { return r.sequence_names(); }).empty());
    CHECK_FALSE(asked(c, [](az::reflector& r) { return r.has_enum("mood"); }));
    az::metadata again;
    again.reflect(c, {.schema = "si de"});
    again.drop_all(c);
    CHECK(asked(c, [](az::reflector& r) { return r.table_names("si de"); }).empty());
}

TEST_CASE("sqlite reflection: as many queries for many tables as for few") {
    const auto engine = open("sqlite://");
    const auto count = [&] {
        int queries = 0;
        az::event_handlers handlers;
        handlers.before_execute = [&](const az::execution_event&) { ++queries; };
        const auto subscription = engine.subscribe(handlers);
        (void)read(engine);
        return queries;
    };
    const int few = count();
    CHECK(few > 0);
    CHECK(few <= 8);
    az::metadata many;
    for (int i = 0; i < 40; ++i)
        many.add(az::table{"t" + std::to_string(i),
                           {az::column("id", kind::big_integer, az::primary_key), az::column("n", kind::integer, az::indexed)}});
    many.create_all(engine);
    CHECK(count() == few);
    CHECK(read(engine).tables.size() == 40);
}

TEST_CASE("sqlite reflection: tables as other tools make them") {
    const auto c = made_by(
        {// SQLAlchemy
         "CREATE TABLE user_account (\n\tid INTEGER NOT NULL, \n\tname VARCHAR(30) NOT NULL, \n\tcreated DATETIME DEFAULT "
         "(CURRENT_TIMESTAMP) NOT "
         "NULL, \n\tdata JSON, \n\tCONSTRAINT pk_user PRIMARY KEY (id), \n\tCONSTRAINT uq_name UNIQUE (name)\n)",
         // Django
         "CREATE TABLE \"shop_order\" (\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT, \"total\" decimal NOT NULL, \"paid\" bool NOT "
         "NULL, "
         "\"count\" integer unsigned NOT NULL CHECK (\"count\" >= 0), \"user_id\" integer NOT NULL REFERENCES \"user_account\" (\"id\") "
         "DEFERRABLE INITIALLY DEFERRED)"});
    const auto all = read(c);
    CHECK(notes_of(all) == "");
    const auto& user = table_in(all, "user_account");
    CHECK(user.primary_key_name == "pk_user");
    CHECK(user.node->columns[0].generated);
    CHECK(user.node->columns[1].type == az::string(30));
    CHECK(user.node->columns[2].type == kind::timestamp);
    CHECK(sql_of(user.details[2].server_default) == "CURRENT_TIMESTAMP");
    CHECK(user.node->columns[3].type == kind::json);
    const auto& order = table_in(all, "shop_order");
    CHECK(order.details[0].identity == az::identity_column{});
    CHECK(order.node->columns[1].type == kind::numeric);
    CHECK(order.node->columns[3].type == kind::unsigned_integer);
    CHECK(sql_of(order.checks.at(0).condition) == "\"count\" >= 0");
    CHECK(order.foreign_keys.at(0).timing == az::constraint_timing::initially_deferred);
    check_made_again(c);
}
