// DDL of databases without some of the standard's words.
#include "../throws.hpp"

#include <azoth/schema/alter.hpp>
#include <azoth/schema/ddl.hpp>
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/sql/compiler.hpp>

#include <catch2/catch.hpp>

#include <fmt/format.h>

using azoth::column;
using azoth::table;
using azoth::type_kind;

namespace {

azoth::profile able() {
    azoth::profile p;
    p.dialect = "least";
    p.server = "Least";
    auto& can = p.can.schema;
    can.added_columns = can.dropped_columns = can.renamed_columns = can.virtual_columns = can.create_index_if_not_exists = true;
    can.functional_indexes = true;
    can.mixed_indexes = can.expression_defaults = false;
    return p;
}

azoth::rule_table least() {
    azoth::rule_table r = azoth::ansi_rules();
    r.ddl.words = {.add_column = "ADD", .drop_column = "DROP", .rename_column = "ALTER COLUMN", .virtual_column = ""};
    r.ddl.one_way_indexes = true;
    r.ddl.existence = [](azoth::compiler& out, std::string_view object, std::string_view name, bool exists, const std::string& sql) {
        out << fmt::format("[{} {} {}: {}]", exists ? "if" : "unless", object, name, sql);
    };
    return r;
}

std::string sql(const azoth::ddl_statement& statement) {
    static const azoth::rule_table rules = least();
    return azoth::compiler{rules, able()}.run(*statement.node()).sql;
}

const table boxes{"box", {column("id", type_kind::integer), column("width", type_kind::integer)}};

}  // namespace

TEST_CASE("minimal DDL: the dialect's words") {
    CHECK(sql(azoth::add_column(boxes, column("n", type_kind::integer))) == R"(ALTER TABLE "box" ADD "n" INTEGER)");
    CHECK(sql(azoth::drop_column(boxes, "width")) == R"(ALTER TABLE "box" DROP "width")");
    CHECK(sql(azoth::rename_column(boxes, "width", "w")) == R"(ALTER TABLE "box" ALTER COLUMN "width" TO "w")");
    const table computed{"t", {column("a", type_kind::integer, azoth::computed(azoth::own_column<int>("b") * 2).virtual_())}};
    CHECK(sql(azoth::create_table(computed)).find(R"("a" INTEGER GENERATED ALWAYS AS ("b" * 2))") != std::string::npos);
}

TEST_CASE("minimal DDL: a block in place of IF EXISTS and IF NOT EXISTS") {
    CHECK(sql(azoth::drop_table(boxes, {.if_exists = true})) == R"([if TABLE box: DROP TABLE "box"])");
    CHECK(sql(azoth::drop_table(boxes)) == R"(DROP TABLE "box")");
    CHECK(sql(azoth::create_table(boxes, {.if_not_exists = true})).starts_with(R"([unless TABLE box: CREATE TABLE "box" ()"));
    CHECK(sql(azoth::create_index(boxes, azoth::index_definition{.name = "i", .elements = {"id"}}, {.if_not_exists = true})) ==
          R"([unless INDEX i: CREATE INDEX "i" ON "box" ("id")])");
    CHECK(sql(azoth::drop_index(boxes, "i", {.if_exists = true})) == R"([if INDEX i: DROP INDEX "i"])");
}

TEST_CASE("minimal DDL: indexes that go one way, or have one expression") {
    const auto made = [](std::vector<azoth::index_element> elements) {
        return sql(azoth::create_index(boxes, azoth::index_definition{.name = "i", .elements = std::move(elements), .unique = true}));
    };
    azoth::index_element down{"id"};
    down.descending = true;
    azoth::index_element doubled{""};
    doubled.expression = (azoth::own_column<int>("width") * 2).node();
    CHECK(made({down}) == R"(CREATE UNIQUE DESCENDING INDEX "i" ON "box" ("id"))");
    CHECK(made({doubled}) == R"(CREATE UNIQUE INDEX "i" ON "box" COMPUTED BY ("width" * 2))");
    CHECK_ERROR(made({down, azoth::index_element{"width"}}), "not-supported", "an index that goes up and down");
    azoth::profile server = able();
    server.can.schema.partial_indexes = true;
    const auto partial = azoth::create_index(
        boxes, azoth::index_definition{.name = "i", .elements = {down}, .where = (azoth::own_column<int>("width") > 0).node()});
    CHECK(azoth::compiler{least(), server}.run(*partial.node()).sql == R"(CREATE DESCENDING INDEX "i" ON "box" ("id") WHERE "width" > 0)");
    // Without the rule an index that goes one way is the standard's.
    CHECK(azoth::compiler{azoth::ansi_rules(), able()}
              .run(*azoth::create_index(boxes, azoth::index_definition{.name = "i", .elements = {down}}).node())
              .sql == R"(CREATE INDEX "i" ON "box" ("id" DESC))");
}

TEST_CASE("minimal DDL: defaults are values or words") {
    const auto made = [](const auto& value) { return sql(azoth::create_table(table{"t", {column("n", type_kind::integer, value)}})); };
    CHECK(made(azoth::server_default(azoth::literal(1))).find("DEFAULT 1") != std::string::npos);
    CHECK(made(azoth::server_default("CURRENT_USER")).find("DEFAULT CURRENT_USER") != std::string::npos);
    CHECK_ERROR(made(azoth::server_default(azoth::literal(1) + azoth::literal(2))), "not-supported", "a default that is computed");
}
