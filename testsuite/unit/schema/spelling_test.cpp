// Names that differ by the case of their letters, where the server takes them for the same.
#include "changes_support.hpp"

using namespace schema_tests;

namespace {

azoth::profile folding() {
    azoth::profile server = able();
    server.folds_table_names = server.folds_column_names = true;
    return server;
}

metadata shop(const char* table_name, const char* column_name) {
    const table kind{std::string{table_name} + "_kind", {key(), column("label", azoth::string(20))}};
    return metadata{
        {kind, table{table_name,
                     {key(), column(column_name, azoth::string(20), azoth::not_null, azoth::indexed), column("kind", type_kind::integer)},
                     {azoth::unique_constraint{.name = "u", .columns = {column_name, "id"}},
                      azoth::foreign_key{.name = "f", .columns = {"kind"}, .referred_table = kind.name(), .referred_columns = {"id"}}}}}};
}

}  // namespace

TEST_CASE("spelling: names that differ by case are the same where the server says so") {
    const metadata small = shop("item", "name");
    const metadata large = shop("Item", "Name");
    CHECK(changes(small, large, folding()).empty());
    CHECK(azoth::compare(small.definition(), large.definition(), azoth::ansi_rules(), folding()).empty());
    CHECK_FALSE(changes(small, large).empty());
}

TEST_CASE("spelling: what changes is said of the names that are there") {
    const metadata small = shop("item", "name");
    const metadata large{{table{
        "ITEM_KIND", {column("ID", type_kind::integer, azoth::primary_key, azoth::not_generated), column("Label", azoth::string(40))}}}};
    const auto made = changes(metadata{{small.find("item_kind")}}, large, folding());
    CHECK(outline(made, folding()) == lines{R"(ALTER TABLE "item_kind" ALTER COLUMN "label" TYPE VARCHAR(40))"});
}

TEST_CASE("spelling: a folded name stands for a table or column only where the exact one is not there") {
    azoth::profile tables = folding();
    tables.folds_table_names = false;
    CHECK_FALSE(changes(shop("item", "name"), shop("Item", "name"), tables).empty());
    CHECK(changes(shop("item", "name"), shop("item", "NAME"), tables).empty());
    const metadata both{{table{"a", {key(), column("x", type_kind::integer), column("X", type_kind::integer)}}}};
    const metadata one{{table{"a", {key(), column("x", type_kind::integer)}}}};
    CHECK(outline(changes(one, both, folding()), folding()) == lines{R"(ALTER TABLE "a" ADD COLUMN "X" INTEGER)"});
}

TEST_CASE("spelling: a view reads a table however it is spelled") {
    const auto make = [](const char* name) {
        azoth::schema_definition all = shop(name, "name").definition();
        azoth::view_definition v;
        v.name = {"", name + std::string{"_view"}};
        v.query = azoth::make_node<const azoth::native_sql_node>("ansi", "SELECT 1");
        v.reads = {{"", name}};
        all.views.push_back(v);
        return all;
    };
    CHECK(azoth::changes_between(make("item"), make("Item"), azoth::ansi_rules(), folding()).empty());
}
