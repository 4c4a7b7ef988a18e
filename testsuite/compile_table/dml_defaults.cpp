#include "table.hpp"

namespace compile_table {
namespace {

const theme dml_defaults{
    "defaults", [](rows_of& to) {
        to.statement(
            "all that is left out", az::insert(stamped()).set(stamped()["status"], "old"),
            {R"(INSERT INTO "stamped" ("status", "id", "version", "word") VALUES (?, ?, ?, upper('none')))",
             R"(INSERT INTO "stamped" ("status", "id", "version", "word") VALUES ($1::VARCHAR, $2::VARCHAR, $3::INTEGER, upper('none'::TEXT)))",
             R"(INSERT INTO `stamped` (`status`, `id`, `version`, `word`) VALUES (?, ?, ?, upper('none')))"},
            R"('old', made, made)");
        to.statement("what is given stays",
                     az::insert(stamped()).set(stamped()["id"], "k").set(stamped()["word"], "w").set(stamped()["version"], 5),
                     {R"(INSERT INTO "stamped" ("id", "word", "version") VALUES (?, ?, ?))",
                      R"(INSERT INTO "stamped" ("id", "word", "version") VALUES ($1::VARCHAR, $2::VARCHAR, $3::INTEGER))",
                      R"(INSERT INTO `stamped` (`id`, `word`, `version`) VALUES (?, ?, ?))"},
                     R"('k', 'w', 5)");
        to.statement("nothing is given", az::insert(stamped()),
                     {R"(INSERT INTO "stamped" ("id", "version", "word") VALUES (?, ?, upper('none')))",
                      R"(INSERT INTO "stamped" ("id", "version", "word") VALUES ($1::VARCHAR, $2::INTEGER, upper('none'::TEXT)))",
                      R"(INSERT INTO `stamped` (`id`, `version`, `word`) VALUES (?, ?, upper('none')))"},
                     R"(made, made)");
        to.statement(
            "from a select", az::insert(stamped()).columns(stamped()["status"]).from(az::select(col<&department::name>)),
            {R"(INSERT INTO "stamped" ("status", "id", "version", "word") SELECT "azoth_rows"."status", ?, ?, upper('none') FROM (SELECT "department"."name" AS "status" FROM "department") AS "azoth_rows" WHERE 1 = 1)",
             R"(INSERT INTO "stamped" ("status", "id", "version", "word") SELECT "azoth_rows"."status", $1::VARCHAR, $2::INTEGER, upper('none'::TEXT) FROM (SELECT "department"."name" AS "status" FROM "department") AS "azoth_rows" WHERE 1 = 1)",
             R"(INSERT INTO `stamped` (`status`, `id`, `version`, `word`) SELECT `azoth_rows`.`status`, ?, ?, upper('none') FROM (SELECT `department`.`name` AS `status` FROM `department`) AS `azoth_rows` WHERE 1 = 1)"},
            R"(made, made)");
        to.statement("rows that come later", az::insert(stamped()).columns(stamped()["status"]),
                     {R"(INSERT INTO "stamped" ("status", "id", "version", "word") VALUES ...)",
                      R"(INSERT INTO "stamped" ("status", "id", "version", "word") VALUES ...)",
                      R"(INSERT INTO `stamped` (`status`, `id`, `version`, `word`) VALUES ...)"},
                     R"()");
        to.statement(
            "an update", az::update(stamped()).set(stamped()["status"], "old").where(stamped()["id"] == "k"),
            {R"(UPDATE "stamped" SET "status" = ?, "version" = "stamped"."version" + 1, "changed" = ? WHERE "stamped"."id" = ?)",
             R"(UPDATE "stamped" SET "status" = $1::VARCHAR, "version" = "stamped"."version" + 1::INTEGER, "changed" = $2::INTEGER WHERE "stamped"."id" = $3::VARCHAR)",
             R"(UPDATE `stamped` SET `status` = ?, `version` = `stamped`.`version` + 1, `changed` = ? WHERE `stamped`.`id` = ?)"},
            R"('old', made, 'k')");
        to.statement("an update that sets them", az::update(stamped()).set(stamped()["version"], 9).set(stamped()["changed"], std::nullopt),
                     {R"(UPDATE "stamped" SET "version" = ?, "changed" = ?)",
                      R"(UPDATE "stamped" SET "version" = $1::INTEGER, "changed" = $2::INTEGER)",
                      R"(UPDATE `stamped` SET `version` = ?, `changed` = ?)"},
                     R"(9, NULL)");
        to.statement(
            "an update to a default",
            az::update(stamped()).set(stamped()["word"], az::default_value).set(stamped()["status"], az::default_value),
            {refused(R"(SQLite 3.40.1 cannot do an update to a column's default: give the value [not-supported])"),
             R"(UPDATE "stamped" SET "word" = upper('none'::TEXT), "status" = DEFAULT, "version" = "stamped"."version" + 1::INTEGER, "changed" = $1::INTEGER)",
             R"(UPDATE `stamped` SET `word` = upper('none'), `status` = DEFAULT, `version` = `stamped`.`version` + 1, `changed` = ?)"},
            R"(made)");
        to.statement(
            "an upsert",
            az::insert(stamped()).set(stamped()["id"], "k").on_conflict(stamped()["id"]).do_update().set_proposed(stamped()["word"]),
            {R"(INSERT INTO "stamped" ("id", "version", "word") VALUES (?, ?, upper('none')) ON CONFLICT ("id") DO UPDATE SET "word" = excluded."word", "version" = "stamped"."version" + 1, "changed" = ? RETURNING "id")",
             R"(INSERT INTO "stamped" ("id", "version", "word") VALUES ($1::VARCHAR, $2::INTEGER, upper('none'::TEXT)) ON CONFLICT ("id") DO UPDATE SET "word" = excluded."word", "version" = "stamped"."version" + 1::INTEGER, "changed" = $3::INTEGER RETURNING "id")",
             R"(INSERT INTO `stamped` (`id`, `version`, `word`) VALUES (?, ?, upper('none')) ON DUPLICATE KEY UPDATE `word` = VALUES(`word`), `version` = `stamped`.`version` + 1, `changed` = ? RETURNING `id`)"},
            R"('k', made, made)");
    }};

}  // namespace
}  // namespace compile_table
