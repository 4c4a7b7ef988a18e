// ALTER in ANSI's words, and what its builders refuse.
#include "../throws.hpp"

#include <azoth/schema/alter.hpp>
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/sql/compiler.hpp>

#include <catch2/catch.hpp>

using azoth::column;
using azoth::table;
using azoth::type_kind;

namespace {

azoth::profile able() {
    azoth::profile p;
    p.dialect = "ansi";
    p.server = "Ansi";
    p.can.alter_add_constraint = p.can.sequences = true;
    auto& can = p.can.schema;
    can.added_columns = can.dropped_columns = can.renamed_columns = can.renamed_tables = can.altered_columns = can.converted_columns = true;
    can.altered_sequences = can.enum_types = can.added_enum_values = true;
    return p;
}

std::string sql(const azoth::ddl_statement& statement, const azoth::profile& server = able()) {
    return azoth::compiler{azoth::ansi_rules(), server}.run(*statement.node()).sql;
}

const table item{"item",
                 {column("id", type_kind::integer, azoth::primary_key), column("name", azoth::string(20)),
                  column("open", type_kind::boolean), column("price", type_kind::integer, azoth::server_default("1"))},
                 "shop"};

}  // namespace

TEST_CASE("ALTER: columns come, go and are called otherwise") {
    CHECK(sql(azoth::add_column(item, column("size", azoth::numeric(8, 2), azoth::server_default("0"), azoth::not_null))) ==
          R"(ALTER TABLE "shop"."item" ADD COLUMN "size" NUMERIC(8, 2) DEFAULT 0 NOT NULL)");
    CHECK(sql(azoth::drop_column(item, "name")) == R"(ALTER TABLE "shop"."item" DROP COLUMN "name")");
    CHECK(sql(azoth::rename_column(item, "name", "title")) == R"(ALTER TABLE "shop"."item" RENAME COLUMN "name" TO "title")");
    CHECK(sql(azoth::rename_table(item, "thing")) == R"(ALTER TABLE "shop"."item" RENAME TO "thing")");
}

TEST_CASE("ALTER: a column becomes what is said of it, and keeps the rest") {
    CHECK(sql(azoth::alter_column(item, "name", azoth::string(80))) == R"(ALTER TABLE "shop"."item" ALTER COLUMN "name" TYPE VARCHAR(80))");
    CHECK(sql(azoth::alter_column(item, "name", azoth::not_null)) == R"(ALTER TABLE "shop"."item" ALTER COLUMN "name" SET NOT NULL)");
    CHECK(sql(azoth::alter_column(item, "name", azoth::nullable)) == R"(ALTER TABLE "shop"."item" ALTER COLUMN "name" DROP NOT NULL)");
    CHECK(sql(azoth::alter_column(item, "price", azoth::no_server_default)) ==
          R"(ALTER TABLE "shop"."item" ALTER COLUMN "price" DROP DEFAULT)");
    CHECK(sql(azoth::alter_column(item, "price", azoth::server_default("2"))) ==
          R"(ALTER TABLE "shop"."item" ALTER COLUMN "price" SET DEFAULT 2)");
    // The default may not fit the new type, so it goes before and comes again.
    CHECK(sql(azoth::alter_column(item, "price", type_kind::big_integer)) ==
          R"(ALTER TABLE "shop"."item" ALTER COLUMN "price" DROP DEFAULT, ALTER COLUMN "price" TYPE BIGINT, )"
          R"(ALTER COLUMN "price" SET DEFAULT 1)");
    CHECK(sql(azoth::alter_column(item, "name", azoth::not_numbered)) ==
          R"(ALTER TABLE "shop"."item" ALTER COLUMN "name" DROP IDENTITY IF EXISTS, ALTER COLUMN "name" DROP DEFAULT)");
}

TEST_CASE("ALTER: values are converted by a cast where the family changes, or by what is said") {
    CHECK(sql(azoth::alter_column(item, "name", type_kind::integer)) ==
          R"(ALTER TABLE "shop"."item" ALTER COLUMN "name" TYPE INTEGER USING CAST(CAST("name" AS CLOB) AS INTEGER))");
    CHECK(sql(azoth::alter_column(item, "open", type_kind::big_integer)) ==
          R"(ALTER TABLE "shop"."item" ALTER COLUMN "open" TYPE BIGINT USING CAST(CAST("open" AS INTEGER) AS BIGINT))");
    CHECK(sql(azoth::alter_column(item, "name", type_kind::integer, azoth::converted_by(azoth::own_column<int>("id") * 2))) ==
          R"(ALTER TABLE "shop"."item" ALTER COLUMN "name" TYPE INTEGER USING "id" * 2)");
    CHECK_ERROR(azoth::alter_column(item, "name", azoth::converted_by(azoth::own_column<int>("id"))), "mapping",
                "give alter_column the type");
}

TEST_CASE("ALTER: primary keys, sequences and enumerations") {
    CHECK(sql(azoth::add_constraint(item, azoth::primary_key_constraint{.name = "pk", .columns = {"id", "name"}})) ==
          R"(ALTER TABLE "shop"."item" ADD CONSTRAINT "pk" PRIMARY KEY ("id", "name"))");
    CHECK(sql(azoth::alter_sequence(azoth::sequence{"numbers", {.start = 5, .maximum = 9}})) ==
          R"(ALTER SEQUENCE "numbers" START WITH 5 INCREMENT BY 1 MAXVALUE 9 NO MINVALUE NO CYCLE)");
    CHECK(sql(azoth::alter_sequence(azoth::sequence{"numbers"}, 40)) ==
          R"(ALTER SEQUENCE "numbers" RESTART WITH 40 INCREMENT BY 1 NO MINVALUE NO MAXVALUE NO CYCLE)");
    const azoth::type mood = azoth::enum_type("mood", {"sad"});
    CHECK(sql(azoth::add_enum_value(mood, "it's ok")) == R"(ALTER TYPE "mood" ADD VALUE 'it''s ok')");
    CHECK(sql(azoth::add_enum_value(mood, "ok", "sad")) == R"(ALTER TYPE "mood" ADD VALUE 'ok' BEFORE 'sad')");
    CHECK(sql(azoth::rename_enum(mood, "temper")) == R"(ALTER TYPE "mood" RENAME TO "temper")");
    CHECK_ERROR(azoth::add_enum_value(type_kind::text, "ok"), "mapping", "no name in the database");
}

TEST_CASE("ALTER: what is no column, is there already or is more than a column is refused") {
    CHECK_ERROR(azoth::drop_column(item, "nowhere"), "no-such-column", "nowhere");
    CHECK_ERROR(azoth::rename_column(item, "nowhere", "x"), "no-such-column", "nowhere");
    CHECK_ERROR(azoth::alter_column(item, "nowhere", azoth::not_null), "no-such-column", "nowhere");
    CHECK_ERROR(azoth::add_column(item, column("name", type_kind::integer)), "mapping", "already");
    CHECK_ERROR(azoth::add_column(item, column("code", type_kind::integer, azoth::unique)), "mapping", "add_constraint");
    CHECK_ERROR(azoth::add_column(item, column("code", type_kind::integer, azoth::references_to("a", "b"))), "mapping", "a reference");
}

TEST_CASE("ALTER: what a server does not claim is refused by name") {
    azoth::profile least;
    least.dialect = "least";
    least.server = "Least";
    const auto refused = [&](const azoth::ddl_statement& s, const std::string& what) { CHECK_ERROR(sql(s, least), "not-supported", what); };
    refused(azoth::add_column(item, column("x", type_kind::integer)), "ADD COLUMN");
    refused(azoth::drop_column(item, "name"), "DROP COLUMN");
    refused(azoth::rename_column(item, "name", "x"), "RENAME COLUMN");
    refused(azoth::rename_table(item, "x"), "RENAME TO");
    refused(azoth::alter_column(item, "name", azoth::not_null), "ALTER COLUMN (\"name\" of shop.item)");
    refused(azoth::alter_sequence(azoth::sequence{"s"}), "sequences");
    refused(azoth::add_enum_value(azoth::enum_type("mood", {"sad"}), "x"), "enumerations");
}
