#include "mysql_schema_support.hpp"

using namespace mysql_tests;

TEST_CASE("mysql schema: tables that others made") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        run(c,
            "CREATE TABLE own (b1 BIT(1), b8 BIT(8), y YEAR, e ENUM('x', 'it''s, y'), s SET('p', 'q'), ti TINYINT, tu TINYINT UNSIGNED, ts "
            "TIMESTAMP(3) "
            "NULL, d0 DATETIME, t3 TIME(3), ch CHAR(5), bin BINARY(3), tx TEXT, mb MEDIUMBLOB, f FLOAT(7, 3), nu DECIMAL(5, 2) UNSIGNED, z "
            "INT(5) "
            "ZEROFILL, p POINT, up DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, l VARCHAR(20000) CHARACTER SET latin1, "
            "w "
            "VARCHAR(10) CHECK (w IN ('a', 'b')), CHECK (ti > 1)) COMMENT 'theirs'");
        const auto found = read(engine);
        const auto& t = table_of(found, "own");
        const std::map<std::string, az::type> expected{
            {"b1", az::native_type(k::boolean, {{"mysql", "BIT(1)"}})},
            {"b8", az::native_type(k::unsigned_big_integer, {{"mysql", "BIT(8)"}})},
            {"y", az::native_type(k::small_integer, {{"mysql", "YEAR"}})},
            {"e", az::native_type(labelled({"x", "it's, y"}), {{"mysql", "ENUM('x','it''s, y')"}})},
            {"s", az::native_type(k::text, {{"mysql", "SET('p','q')"}})},
            {"ti", az::native_type(k::small_integer, {{"mysql", "TINYINT"}})},
            {"tu", az::native_type(k::unsigned_small_integer, {{"mysql", "TINYINT UNSIGNED"}})},
            {"ts", az::native_type(k::timestamp_tz, {{"mysql", "TIMESTAMP(3)"}})},
            {"d0", az::native_type(k::timestamp, {{"mysql", "DATETIME"}})},
            {"t3", az::native_type(k::time, {{"mysql", "TIME(3)"}})},
            {"ch", az::native_type(az::string(5), {{"mysql", "CHAR(5)"}})},
            {"bin", az::native_type(az::binary(3), {{"mysql", "BINARY(3)"}})},
            {"tx", az::native_type(k::text, {{"mysql", "TEXT"}})},
            {"mb", az::native_type(k::binary, {{"mysql", "MEDIUMBLOB"}})},
            {"f", az::native_type(k::real, {{"mysql", "FLOAT(7,3)"}})},
            {"nu", az::native_type(az::numeric(5, 2), {{"mysql", "DECIMAL(5,2) UNSIGNED"}})},
            {"z", az::native_type(k::unsigned_integer, {{"mysql", "INT(5) UNSIGNED ZEROFILL"}})},
            {"p", az::native_type(k::binary, {{"mysql", "POINT"}})},
            {"l", az::native_type(az::string(20000), {{"mysql", "VARCHAR(20000)"}})},
            {"w", az::string(10)}};
        for (const auto& [name, type] : expected) {
            INFO(name << " is " << to_string(column_of(t, name).type) << ", " << details_of(t, name).native_type);
            CHECK(column_of(t, name).type == type);
        }
        CHECK(details_of(t, "l").collation == "latin1_swedish_ci");
        CHECK(t.options == az::name_map{{"mysql.charset", "utf8mb4"}, {"mysql.collate", "utf8mb4_general_ci"}});
        CHECK(described(t.checks) == names{"CONSTRAINT_1 `ti` > 1", "w `w` in ('a','b')"});
        CHECK(notes_of(found, "own") == names{"the column \"p\" is a POINT, which only these servers have: its values are bytes",
                                              "the column \"up\" has on update current_timestamp(), which is left out"});
        // Made anew it is the same, but for what the notes say.
        run(c, "DROP TABLE own");
        az::metadata{{az::table{found.tables.at(0)}}}.create_all(engine);
        CHECK(description(table_of(read(engine), "own")) == description(t));
    });
}

TEST_CASE("mysql schema: keys that others made, and what is left out is noted") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        run(c,
            "CREATE TABLE p (a INT, b VARCHAR(20), PRIMARY KEY (a, b(5)), KEY only_start (b(3)), UNIQUE KEY start (b(4)), UNIQUE KEY both_ "
            "(a, b) COMMENT 'x')");
        run(c,
            "CREATE TABLE f (x INT, y INT, CONSTRAINT fk1 FOREIGN KEY (x) REFERENCES p (a) ON DELETE NO ACTION ON UPDATE RESTRICT, "
            "CONSTRAINT fk2 FOREIGN KEY (y) REFERENCES p (a) ON DELETE SET NULL, KEY ours (y))");
        run(c, "CREATE TABLE q (a INT PRIMARY KEY) PARTITION BY HASH (a) PARTITIONS 2");
        run(c, "CREATE TABLE o (a INT) ENGINE=Aria ROW_FORMAT=DYNAMIC PAGE_CHECKSUM=0 DEFAULT CHARSET=latin1");
        const auto found = read(engine);
        const auto& p = table_of(found, "p");
        CHECK(p.primary_key == names{"a", "b"});
        CHECK(described(p.indexes) == names{"only_start  b(3)", "unique start  b(4)"});
        CHECK(described(p.uniques) == names{"both_ a,b"});
        CHECK(notes_of(found, "p") ==
              names{"the comment of the index \"both_\" is left out", "the primary key has a prefix or an order, which is left out"});
        const auto& f = table_of(found, "f");
        CHECK(described(f.foreign_keys) == names{"fk1 x -> .p a 0 0", "fk2 y -> .p a 3 0"});
        CHECK(described(f.indexes) == names{"ours  y"});  // that of fk1 is the server's
        CHECK(notes_of(found, "q") == names{"the table is partitioned, which is left out"});
        CHECK(table_of(found, "o").options.at("mysql.engine") == "Aria");
        CHECK(table_of(found, "o").options.at("mysql.row_format") == "DYNAMIC");
        CHECK(table_of(found, "o").options.at("mysql.collate") == "latin1_swedish_ci");
        if (!is_mariadb(engine)) return;
        run(c, "CREATE TABLE v (a INT, h INT INVISIBLE DEFAULT 1, t LONGTEXT, UNIQUE KEY whole (t)) WITH SYSTEM VERSIONING");
        const auto versioned = read(engine, {.names = {"v"}});
        CHECK(notes_of(versioned, "v") ==
              names{"the column \"h\" is INVISIBLE, which is left out", "the table is WITH SYSTEM VERSIONING, which is left out"});
        CHECK(described(table_of(versioned, "v").uniques) == names{"whole t"});
        run(c,
            "CREATE TABLE w (id INT, d1 DATE, d2 DATE, e INT, PERIOD FOR app (d1, d2), UNIQUE u (id, app WITHOUT OVERLAPS), CHECK (id < "
            "e))");
        const auto timed = read(engine, {.names = {"w"}});
        CHECK(notes_of(timed, "w") == names{"that rows of the unique constraint \"u\" do not overlap in the period \"app\" is left out: "
                                            "it is read as unique in its columns",
                                            "the period \"app\" is left out, and read as its check"});
    });
}

TEST_CASE("mysql schema: options of tables") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        const auto with = [](std::vector<az::table_element> options) {
            return az::table{"t", {az::column("id", k::integer, az::primary_key)}, std::move(options)};
        };
        const az::table t = with({az::table_option{"mysql.engine", "MyISAM"}, az::table_option{"mysql.collate", "latin1_german1_ci"},
                                  az::table_option{"mysql.max_rows", "100"}, az::table_option{"sqlite.strict", "true"}});
        az::metadata{{t}}.create_all(engine);
        const auto found = read(engine);
        CHECK(found.tables.at(0)->options == az::name_map{{"mysql.engine", "MyISAM"},
                                                          {"mysql.charset", "latin1"},
                                                          {"mysql.collate", "latin1_german1_ci"},
                                                          {"mysql.max_rows", "100"}});
        CHECK(found.notes.empty());
        az::metadata{{t}}.drop_all(engine);
        az::metadata{{az::table{found.tables.at(0)}}}.create_all(engine);
        CHECK(description(*read(engine).tables.at(0)) == description(*found.tables.at(0)));
        auto c = engine.connect();
        CHECK(contains(thrown<az::not_supported_error>([&] {
                           c.execute(az::create_table(with({az::table_option{"mysql.engin", "x"}})));
                       }).what(),
                       "row_format"));
        CHECK_THROWS_AS(c.execute(az::create_table(with({az::table_option{"mysql.engine", "x; y"}}))), az::programming_error);
    });
}

TEST_CASE("mysql schema: the queries of the catalogue do not grow with the schema") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        if (!is_mariadb(engine)) return;
        const auto questions = [&] {
            return number_of(
                c, "SELECT CAST(VARIABLE_VALUE AS SIGNED) FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'QUESTIONS'");
        };

        const auto cost_of_reading = [&] {
            for (int i = 0; i < 3; ++i)  // until all statements are prepared
                c.with_executor([](az::executor& on) { (void)on.reflect().read({}); });
            const auto before = questions();
            c.with_executor([](az::executor& on) { (void)on.reflect().read({}); });
            return questions() - before;
        };
        az::metadata{{parent()}}.create_all(c);
        const auto one = cost_of_reading();
        az::metadata more;
        for (int i = 0; i < 12; ++i)
            more.add(az::table{
                fmt::format("t{}", i),
                {az::column("id", k::big_integer, az::primary_key), az::column("p", k::big_integer, az::references_to("parent", "id"))}});
        more.create_all(c);
        CHECK(cost_of_reading() <= one);
        c.with_executor([](az::executor& on) {
            std::vector<std::string> wanted;
            for (int i = 0; i < 1200; ++i) wanted.push_back(fmt::format("t{}", i));
            const auto have = on.reflect().have_tables(wanted);
            CHECK(std::ranges::count(have, true) == 12);
            CHECK(have[11]);
            CHECK_FALSE(have[12]);
            CHECK(on.reflect().read({.names = wanted, .views = false}).tables.size() == 12);
        });
    });
}

TEST_CASE("mysql schema: enumerations are called after their tables and columns") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        const std::string longer(60, 'x');
        run(c, "CREATE TABLE a (name VARCHAR(4) CHECK (name IN ('x', 'long')), b_c VARCHAR(1) CHECK (b_c IN ('u')))");
        run(c, "CREATE TABLE a_b (name VARCHAR(4) CHECK (name IN ('x', 'long')), c VARCHAR(1) CHECK (c IN ('v')))");
        run(c, "CREATE TABLE " + longer + " (name VARCHAR(1) CHECK (name IN ('x')))");
        const auto found = read(engine);
        if (!is_mariadb(engine)) return;
        names called;
        for (const auto& e : found.enums) called.push_back(e.name.name);
        CHECK(called == names{"a_name", "a_b_c", "a_b_name", "a_b_c_", az::short_name(longer + "_name")});
        CHECK(called.back().size() == az::longest_name);
        CHECK(column_of(table_of(found, "a_b"), "c").type == az::enum_type("a_b_c_", {"v"}));
    });
}

TEST_CASE("mysql schema: triggers are told of") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE t (a INT)");
        run(c, "CREATE TABLE u (a INT)");
        run(c, "CREATE TABLE quiet (a INT)");
        for (const char* made : {"second BEFORE UPDATE ON t", "first BEFORE INSERT ON t", "alone BEFORE INSERT ON u"})
            run(c, std::string{"CREATE TRIGGER "} + made + " FOR EACH ROW SET NEW.a = 1");
        const auto found = read(engine);
        CHECK(notes_of(found, "t") == names{"it has the triggers \"first\", \"second\", which are not read"});
        CHECK(notes_of(found, "u") == names{"it has the trigger \"alone\", which is not read"});
        CHECK(found.notes.size() == 2);
        CHECK(notes_of(read(engine, {.names = {"u"}}), "u").size() == 1);
    });
}
