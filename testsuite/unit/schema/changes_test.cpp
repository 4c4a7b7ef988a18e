// How one schema becomes another: statements, their order, and what they lose.
#include "changes_support.hpp"

#include <azoth/sql/select.hpp>

using namespace schema_tests;

TEST_CASE("changes: none where there is no difference") {
    const metadata all{{table{"a", {key(), column("x", azoth::string(20))}}}};
    CHECK(changes(all, all).empty());
}

TEST_CASE("changes: a column that is missing and another that is extra are a drop and an add") {
    const metadata from{{table{"a", {key(), column("old", type_kind::integer)}}}};
    const metadata to{{table{"a", {key(), column("new", type_kind::integer)}}}};
    const auto made = changes(from, to);
    CHECK(outline(made) == lines{R"(ALTER TABLE "a" DROP COLUMN "old")", R"(ALTER TABLE "a" ADD COLUMN "new" INTEGER)"});
    CHECK(losses(made) == lines{R"(all values of "old" are lost)"});
}

TEST_CASE("changes: foreign keys go first and come last") {
    const metadata from{{table{"old", {key()}}, table{"a", {key(), column("r", type_kind::integer, references_to("old", "id"))}}}};
    const metadata to{{table{"a", {key(), column("r", type_kind::integer, references_to("new", "id"))}},
                       table{"new", {key(), column("a_id", type_kind::integer, references_to("a", "id"))}}}};
    const auto made = changes(from, to);
    CHECK(outline(made) == lines{R"(ALTER TABLE "a" DROP CONSTRAINT "fk_a_r_old")", R"(DROP TABLE "old")", R"(CREATE TABLE "new")",
                                 R"(ALTER TABLE "a" ADD CONSTRAINT "fk_a_r_new" FOREIGN KEY)",
                                 R"(ALTER TABLE "new" ADD CONSTRAINT "fk_new_a_id_a" FOREIGN KEY)"});
    CHECK(losses(made) == lines{R"(all rows of "old" are lost)"});
}

TEST_CASE("changes: a key whose type changes, and what refers to it, step aside") {
    const auto make = [](type_kind kind) {
        return metadata{{table{"p", {column("id", kind, azoth::primary_key, azoth::not_generated)}},
                         table{"c", {key(), column("p_id", kind, references_to("p", "id"))}}}};
    };
    const auto made = outline(changes(make(type_kind::integer), make(type_kind::big_integer)));
    CHECK(made == lines{R"(ALTER TABLE "c" DROP CONSTRAINT "fk_c_p_id_p")", R"(ALTER TABLE "p" ALTER COLUMN "id" TYPE BIGINT)",
                        R"(ALTER TABLE "c" ALTER COLUMN "p_id" TYPE BIGINT)",
                        R"(ALTER TABLE "c" ADD CONSTRAINT "fk_c_p_id_p" FOREIGN KEY)"});
    CHECK(losses(changes(make(type_kind::integer), make(type_kind::big_integer))).empty());
    CHECK(losses(changes(make(type_kind::big_integer), make(type_kind::integer))).size() == 2);
}

TEST_CASE("changes: a view steps aside while a column beneath it changes") {
    const auto make = [](std::uint32_t length) {
        const table t{"t", {key(), column("word", azoth::string(length))}};
        metadata all{{t}};
        all.add(azoth::view{"v", azoth::select(t.column<std::optional<std::string>>("word").label("word"))});
        return all;
    };
    CHECK(outline(changes(make(20), make(40))) == lines{R"(DROP VIEW "v")", R"(ALTER TABLE "t" ALTER COLUMN "word" TYPE VARCHAR(40))",
                                                        R"(CREATE VIEW "v" AS SELECT "t"."word" AS "word" FROM "t")"});
}

TEST_CASE("changes: labels are added before the transaction, or the type is made anew") {
    const auto make = [](std::vector<std::string> labels) {
        return metadata{{table{"t", {key(), column("mood", azoth::enum_type("mood", std::move(labels)))}}}};
    };
    const auto added = changes(make({"a", "c"}), make({"a", "b", "c", "d"}));
    CHECK(added.before.size() == 2);
    CHECK(added.steps.empty());
    const auto anew = changes(make({"a", "b"}), make({"b"}));
    CHECK(outline(anew) == lines{R"(ALTER TYPE "mood" RENAME TO "mood_before")", R"(CREATE TYPE "mood" AS ENUM)",
                                 R"(ALTER TABLE "t" ALTER COLUMN "mood" TYPE VARCHAR(1) USING CAST(CAST("mood" AS CLOB) AS VARCHAR(1)))",
                                 R"(DROP TYPE "mood_before")"});
}

TEST_CASE("changes: sequences are the same that count alike") {
    const auto make = [](azoth::sequence_options options) {
        metadata all;
        all.add(azoth::sequence{"s", options});
        return all;
    };
    CHECK(changes(make({}), make({.start = 1, .increment = 1, .minimum = 1, .cache = 20})).empty());
    CHECK(outline(changes(make({}), make({.increment = 2}))) ==
          lines{R"(ALTER SEQUENCE "s" INCREMENT BY 2 NO MINVALUE NO MAXVALUE NO CYCLE)"});
}

TEST_CASE("changes: the database numbers rows in another way") {
    azoth::profile server = able();
    server.can.schema.identity_columns = true;
    const auto make = [](const auto& how, type_kind kind = type_kind::integer) {
        return metadata{{table{"t", {column("id", kind, azoth::primary_key, how)}}}};
    };
    const auto plain = make(azoth::identity());
    CHECK(changes(plain, make(azoth::primary_key), server).empty());  // an integer key is numbered by default
    CHECK(changes(plain, make(azoth::identity({.start = 1, .increment = 1, .maximum = 2147483647, .cache = 9})), server).empty());
    CHECK_FALSE(changes(plain, make(azoth::identity({.maximum = 32767})), server).empty());
    const auto small = make(azoth::identity(), type_kind::small_integer);
    CHECK(changes(small, make(azoth::identity({.maximum = 32767}), type_kind::small_integer), server).empty());
    CHECK(outline(changes(small, plain, server), server) == lines{R"(ALTER TABLE "t" ALTER COLUMN "id" TYPE INTEGER)"});
    CHECK(outline(changes(plain, make(azoth::always_identity({.increment = -5})), server), server) ==
          lines{R"(ALTER TABLE "t" ALTER COLUMN "id" SET GENERATED ALWAYS SET START WITH -1 SET INCREMENT BY -5 SET NO MINVALUE )"
                R"(SET NO MAXVALUE SET CACHE 1 SET NO CYCLE)"});
    CHECK(outline(changes(make(azoth::always_identity({.increment = -5})), plain, server), server) ==
          lines{R"(ALTER TABLE "t" ALTER COLUMN "id" SET GENERATED BY DEFAULT SET START WITH 1 SET INCREMENT BY 1 SET NO MINVALUE )"
                R"(SET NO MAXVALUE SET CACHE 1 SET NO CYCLE)"});
    CHECK(changes(plain, make(azoth::always_identity({.increment = -5}))).empty());  // where there is one way only
    const auto told = azoth::compare(plain.definition(), make(azoth::always_identity()).definition(), azoth::ansi_rules(), server);
    REQUIRE(told.size() == 1);
    CHECK(told.front().what == R"(the numbering of "id")");
}

TEST_CASE("changes: what a serial is made of goes") {
    azoth::profile server = able();
    server.can.schema.identity_columns = true;
    const metadata declared{{table{"t", {column("id", type_kind::integer, azoth::primary_key)}}}};
    azoth::schema_definition serial = declared.definition();
    auto changed = std::make_shared<azoth::table_definition>(*serial.tables.front());
    changed->details.front().serial = {"", "t_id_seq"};
    serial.tables.front() = changed;
    const auto from_serial = [&](const metadata& to) {
        return outline(azoth::changes_between(serial, to.definition(), azoth::ansi_rules(), server), server);
    };
    const lines gone{R"(ALTER TABLE "t" ALTER COLUMN "id" DROP IDENTITY IF EXISTS, ALTER COLUMN "id" DROP DEFAULT)",
                     R"(DROP SEQUENCE "t_id_seq")"};
    CHECK(from_serial(declared).empty());
    CHECK(from_serial(metadata{{table{"t", {key()}}}}) == gone);
    lines anew = gone;
    anew.emplace_back(R"(ALTER TABLE "t" ALTER COLUMN "id" ADD GENERATED BY DEFAULT AS IDENTITY)");
    CHECK(from_serial(metadata{{table{"t", {column("id", type_kind::integer, azoth::primary_key, azoth::always_identity())}}}}) == anew);
}

TEST_CASE("changes: defaults are the same that give the same number") {
    const auto make = [](const type_kind kind, const char* sql) {
        return metadata{{table{"t", {key(), column("x", kind, azoth::server_default(sql))}}}};
    };
    CHECK(changes(make(type_kind::numeric, "0"), make(type_kind::numeric, "0.00")).empty());
    CHECK(changes(make(type_kind::integer, "-1"), make(type_kind::integer, "'-1'")).empty());
    CHECK(changes(make(type_kind::boolean, "TRUE"), make(type_kind::boolean, "1")).empty());
    CHECK_FALSE(changes(make(type_kind::integer, "1"), make(type_kind::integer, "10")).empty());
    CHECK_FALSE(changes(make(type_kind::text, "'0'"), make(type_kind::text, "'0.00'")).empty());
}

TEST_CASE("changes: columns that are computed come when the others are what they should be") {
    const auto make = [](type_kind kind) {
        return metadata{
            {table{"t", {key(), column("w", kind), column("area", type_kind::integer, azoth::computed(azoth::own_column<int>("w") * 2))}}}};
    };
    azoth::profile server = able();
    server.can.schema.stored_columns = true;
    CHECK(outline(changes(make(type_kind::integer), make(type_kind::big_integer), server), server) ==
          lines{R"(ALTER TABLE "t" DROP COLUMN "area")", R"(ALTER TABLE "t" ALTER COLUMN "w" TYPE BIGINT)",
                R"(ALTER TABLE "t" ADD COLUMN "area" INTEGER GENERATED ALWAYS AS)"});
}

TEST_CASE("changes: what the server cannot do is told, and the rest done") {
    azoth::profile server = able();
    server.can.schema.altered_columns = false;
    const metadata from{{table{"a", {key(), column("x", azoth::string(20))}}}};
    const metadata to{{table{"a", {key(), column("x", azoth::string(40)), column("y", type_kind::integer)}}}};
    const auto made = changes(from, to, server);
    REQUIRE(made.impossible.size() == 1);
    CHECK(made.impossible.front().what.find("ALTER COLUMN") != std::string::npos);
    CHECK(outline(made, server) == lines{R"(ALTER TABLE "a" ADD COLUMN "y" INTEGER)"});
    CHECK(azoth::script_of(made, azoth::ansi_rules(), server).starts_with("-- NOT DONE: a: Ansi"));
}

TEST_CASE("changes: the script says what it loses, and is one transaction") {
    const metadata from{{table{"a", {key(), column("old", type_kind::integer)}}}};
    const metadata to{{table{"a", {key()}}}};
    CHECK(azoth::script_of(changes(from, to), azoth::ansi_rules(), able()) == R"(-- LOSES: all values of "old" are lost
BEGIN;
-- all values of "old" are lost
ALTER TABLE "a" DROP COLUMN "old";
COMMIT;
)");
}

TEST_CASE("changes: a table is made anew where ALTER TABLE cannot change it") {
    const azoth::rule_table rules = rules_that_rebuild();
    azoth::profile server = able();
    server.can.schema.altered_columns = server.can.alter_add_constraint = false;
    const metadata from{{table{"a", {key(), column("x", azoth::string(40)), column("y", type_kind::integer)}}}};
    const metadata wider{{table{"a", {key(), column("x", azoth::string(20)), column("y", type_kind::integer, azoth::indexed)}}}};
    const auto anew = changes(from, wider, server, rules);
    CHECK(anew.impossible.empty());
    CHECK(anew.before.size() == 1);
    CHECK(anew.after.size() == 1);
    CHECK(outline(anew, server) == lines{R"(CREATE TABLE "azoth_new_a")", R"(INSERT INTO "azoth_new_a")", R"(DROP TABLE "a")",
                                         R"(ALTER TABLE "azoth_new_a" RENAME TO "a")", R"(CREATE INDEX "ix_a_y" ON "a")", "CHECK KEYS"});
    CHECK(losses(anew) == lines{R"(values of "x" that do not fit the narrower type are lost)"});
    // What ALTER TABLE can do is left to it.
    const metadata more{{table{"a", {key(), column("x", azoth::string(40)), column("z", type_kind::integer)}}}};
    const auto altered = changes(from, more, server, rules);
    CHECK(altered.before.empty());
    CHECK(outline(altered, server) == lines{R"(ALTER TABLE "a" DROP COLUMN "y")", R"(ALTER TABLE "a" ADD COLUMN "z" INTEGER)"});
}

TEST_CASE("changes: what a table is made anew under is nobody's name") {
    azoth::profile server = able();
    server.can.schema.altered_columns = server.can.alter_add_constraint = false;
    const table other{"azoth_new_a", {key()}};
    const metadata from{{table{"a", {key(), column("x", azoth::string(40))}}, other}};
    const metadata to{{table{"a", {key(), column("x", azoth::string(50))}}, other}};
    CHECK(outline(changes(from, to, server, rules_that_rebuild()), server).front() == R"(CREATE TABLE "azoth_new_a_")");
}

TEST_CASE("changes: a table made anew tells of rows without a value, and wants to be stopped at an error") {
    const azoth::rule_table rules = rules_that_rebuild();
    azoth::profile server = able();
    server.can.schema.altered_columns = server.can.alter_add_constraint = false;
    const metadata from{{table{"a", {key()}}}};
    const metadata to{{table{"a", {key(), column("must", type_kind::integer, azoth::not_null)}}}};
    const std::string script = azoth::script_of(changes(from, to, server, rules), rules, server);
    CHECK(script.starts_with("-- To be run by what stops at the first error"));
    CHECK(script.find(R"(-- rows that are there have no value for "must", which is NOT NULL)") != std::string::npos);
}

TEST_CASE("changes: names cannot end a remark of a script") {
    const metadata from{{table{"a", {key(), column("x\ny\x1b[2J", type_kind::integer)}}}};
    const metadata to{{table{"a", {key()}}}};
    CHECK(
        azoth::script_of(changes(from, to), azoth::ansi_rules(), able()).starts_with(R"(-- LOSES: all values of "x\ny\x1b[2J" are lost)"));
}

TEST_CASE("changes: a table that cannot be made anew is left alone") {
    const azoth::rule_table rules = rules_that_rebuild();
    azoth::profile server = able();
    server.can.schema.altered_columns = server.can.schema.column_collations = false;
    const metadata from{{table{"a", {key(), column("x", azoth::string(40))}}}};
    const metadata to{{table{"a", {key(), column("x", azoth::string(40), azoth::collation("nowhere"))}}}};
    const auto made = changes(from, to, server, rules);
    CHECK(made.impossible.size() == 1);
    CHECK(losses(made).empty());
    CHECK(outline(made, server) == lines{"CHECK KEYS"});
}
