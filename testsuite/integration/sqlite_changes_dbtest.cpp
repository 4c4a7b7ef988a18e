// Tables and views that are made anew keep what belongs to them, and a change that fails leaves the connection as it was.
#include "sqlite_schema_support.hpp"

using namespace sqlite_tests;

namespace {

/// What makes one database's schema like another's.
az::schema_changes changes(const az::engine& from, const az::engine& to) {
    const az::schema_definition wanted = read(to);
    az::schema_changes made;
    from.with_executor(
        [&](az::executor& on) { made = az::changes_between(on.reflect().read({}), wanted, on.rules(), on.server_profile()); });
    return made;
}

void run_all(const az::engine& in, std::initializer_list<const char*> statements) {
    az::connection c = in.connect();
    for (const char* sql : statements) run(c, sql);
    c.commit();
}

std::string notes_of(const az::schema_changes& of) {
    std::string notes;
    for (const auto& s : of.steps) notes += s.note + "\n";
    return notes;
}

constexpr const char* trigger_of_table = "CREATE TRIGGER counted AFTER INSERT ON pet BEGIN UPDATE tally SET n = n + new.weight; END";
constexpr const char* trigger_of_view =
    "CREATE TRIGGER through INSTEAD OF INSERT ON big BEGIN INSERT INTO pet (name) VALUES (new.name); END";

}  // namespace

TEST_CASE("sqlite changes: triggers of views and tables that are made anew are there again") {
    const az::engine db = open("sqlite://");
    run_all(db, {"CREATE TABLE tally (n INTEGER)", "INSERT INTO tally VALUES (0)",
                 "CREATE TABLE pet (name VARCHAR(10), weight INTEGER DEFAULT 3)", "CREATE VIEW big AS SELECT name FROM pet",
                 trigger_of_table, trigger_of_view});
    const az::engine wanted = open("sqlite://");
    run_all(wanted, {"CREATE TABLE tally (n INTEGER)", "CREATE TABLE pet (name VARCHAR(20), weight INTEGER DEFAULT 3)",
                     "CREATE VIEW big AS SELECT name FROM pet WHERE weight > 2"});
    az::apply_changes(db, changes(db, wanted));
    az::connection c = db.connect();
    run(c, "INSERT INTO big VALUES ('Rex')");
    CHECK(text_of(c, "SELECT name FROM pet") == "Rex");
    CHECK(number_of(c, "SELECT n FROM tally") == 3);
}

TEST_CASE("sqlite changes: tables and views of another database come with their triggers") {
    const az::engine wanted = open("sqlite://");
    run_all(wanted, {"CREATE TABLE tally (n INTEGER)", "CREATE TABLE pet (name VARCHAR(10), weight INTEGER)",
                     "CREATE VIEW big AS SELECT name FROM pet", trigger_of_table, trigger_of_view});
    constexpr const char* count = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'";
    SECTION("by changes") {
        const az::engine db = open("sqlite://");
        az::apply_changes(db, changes(db, wanted));
        az::connection c = db.connect();
        CHECK(number_of(c, count) == 2);
    }
    SECTION("by create_all") {
        az::metadata all;
        all.reflect(wanted, {.views = true});
        const az::engine db = open("sqlite://");
        all.create_all(db);
        az::connection c = db.connect();
        CHECK(number_of(c, count) == 2);
    }
}

TEST_CASE("sqlite changes: columns that stay keep the types that another program gave them") {
    const az::engine db = open("sqlite://");
    run_all(db, {"CREATE TABLE t (price DECIMAL, made DATETIME, size DECIMAL(6, 2), code TEXT)",
                 "INSERT INTO t VALUES (2, 1700000000, 5, 'a')"});
    const az::engine wanted = open("sqlite://");
    run_all(wanted, {"CREATE TABLE t (price DECIMAL, made DATETIME, size DECIMAL(6, 2), code TEXT NOT NULL)"});
    az::apply_changes(db, changes(db, wanted));
    az::connection c = db.connect();
    CHECK(text_of(c, "SELECT group_concat(type, '|') FROM pragma_table_info('t')") == "DECIMAL|DATETIME|DECIMAL(6, 2)|TEXT");
    CHECK(text_of(c, "SELECT typeof(price) || typeof(made) FROM t") == "integerinteger");
}

TEST_CASE("sqlite changes: a trigger that names a column that goes is told of") {
    const az::engine db = open("sqlite://");
    run_all(db, {"CREATE TABLE tally (n INTEGER)", "CREATE TABLE pet (name VARCHAR(10), weight INTEGER)", trigger_of_table});
    const az::engine wanted = open("sqlite://");
    run_all(wanted, {"CREATE TABLE tally (n INTEGER)", "CREATE TABLE pet (name VARCHAR(10))"});
    CHECK_THAT(notes_of(changes(db, wanted)), Catch::Contains("the trigger names \"weight\", which is gone"));
    run_all(wanted, {"DROP TABLE tally"});
    CHECK_THAT(notes_of(changes(db, wanted)), Catch::Contains("all rows of \"tally\" are lost, and a trigger of \"pet\" names it"));
}

TEST_CASE("sqlite changes: whatever fails is told, and foreign keys are on again") {
    const az::engine db = open("sqlite://");
    run_all(db, {"CREATE TABLE owner (id INTEGER PRIMARY KEY)", "CREATE TABLE pet (name VARCHAR(10), owner INTEGER REFERENCES owner)"});
    const az::engine wanted = open("sqlite://");
    run_all(wanted, {"CREATE TABLE owner (id INTEGER PRIMARY KEY)",
                     "CREATE TABLE pet (name VARCHAR(20) NOT NULL, owner INTEGER REFERENCES owner, CHECK (name <> ''))"});
    az::schema_changes all = changes(db, wanted);
    const auto is_on = [&] {
        az::connection c = db.connect();
        return number_of(c, "PRAGMA foreign_keys");
    };
    SECTION("a step") {
        run_all(db, {"INSERT INTO pet (name) VALUES ('')"});
        (void)thrown<az::integrity_error>([&] { az::apply_changes(db, all); });
        az::connection c = db.connect();
        CHECK(text_of(c, "SELECT type FROM pragma_table_info('pet') WHERE name = 'name'") == "VARCHAR(10)");
    }
    SECTION("what comes before the steps") {
        all.before.emplace_back(az::verbatim("PRESTO").node());
        CHECK_THAT(thrown<az::programming_error>([&] { az::apply_changes(db, all); }).message(), Catch::Contains("PRESTO"));
    }
    SECTION("what comes behind a failed step") {
        run_all(db, {"INSERT INTO pet (name) VALUES ('')"});
        all.after.emplace_back(az::verbatim("PRESTO").node());
        (void)thrown<az::integrity_error>([&] { az::apply_changes(db, all); });
    }
    CHECK(is_on() == 1);
}

TEST_CASE("sqlite changes: names that differ by the case of their letters are the same") {
    const az::engine db = open("sqlite://");
    run_all(db, {"CREATE TABLE Kind (Id INTEGER PRIMARY KEY)",
                 "CREATE TABLE Item (Id INTEGER PRIMARY KEY, Name TEXT, Kind INTEGER REFERENCES KIND)",
                 "CREATE VIEW Names AS SELECT Name FROM Item", "INSERT INTO Item (Name) VALUES ('a')"});
    const az::engine wanted = open("sqlite://");
    run_all(wanted, {"CREATE TABLE kind (id INTEGER PRIMARY KEY)",
                     "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, kind INTEGER REFERENCES kind (ID))",
                     "CREATE VIEW names AS SELECT Name FROM Item"});
    CHECK(changes(db, wanted).empty());
    run_all(wanted, {"CREATE TABLE other (id INTEGER PRIMARY KEY, NAME TEXT NOT NULL, kind INTEGER)", "DROP VIEW names", "DROP TABLE item",
                     "ALTER TABLE other RENAME TO item"});
    const az::schema_changes made = changes(db, wanted);
    CHECK(std::ranges::none_of(made.steps, &az::schema_step::loses));
    az::apply_changes(db, made);
    CHECK(changes(db, wanted).empty());
    az::connection c = db.connect();
    CHECK(text_of(c, "SELECT name FROM item") == "a");
}

TEST_CASE("sqlite changes: what is not read of a table that is made anew is told as lost") {
    const az::engine db = open("sqlite://");
    run_all(db, {"CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT, odd MONEY, UNIQUE (code COLLATE NOCASE) ON CONFLICT IGNORE)"});
    const az::engine wanted = open("sqlite://");
    run_all(wanted, {"CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT NOT NULL, odd MONEY, UNIQUE (code))"});
    const std::string notes = notes_of(changes(db, wanted));
    CHECK_THAT(notes,
               Catch::Contains("what has not been read is lost: COLLATE NOCASE of a unique constraint is left out; ON CONFLICT IGNORE"));
    CHECK_THAT(notes, !Catch::Contains("MONEY"));  // which is written again
}
