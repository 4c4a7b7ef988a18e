// Naming conventions: what their patterns mean, what they leave alone, and what they refuse.
#include "../throws.hpp"

#include <azoth/schema/metadata.hpp>

#include <catch2/catch.hpp>

using azoth::column;
using azoth::interface_error;
using azoth::metadata;
using azoth::naming_convention;
using azoth::own_column;
using azoth::table;
using azoth::type_kind;

namespace {

table item() {
    return table{
        "item",
        {column("id", type_kind::integer, azoth::primary_key), column("code", azoth::string(10), azoth::unique),
         column("maker", type_kind::integer, azoth::indexed, azoth::references_to("firm", "id")), column("price", type_kind::integer)},
        {azoth::check("positive", own_column<int>("price") > 0), azoth::unique_constraint{.columns = {"maker", "code"}},
         azoth::index("by_price", {"price"}),
         azoth::index_definition{.elements = {"maker", azoth::by_sql("lower(code)")}, .unique = true}}};
}

azoth::table_definition named(naming_convention naming, const table& t = item()) {
    return metadata{std::move(naming), {t}}.find(t.name()).definition();
}

}  // namespace

TEST_CASE("naming: the tokens of each pattern") {
    const auto d = named({.primary_key = "{table}_pkey",
                          .unique = "uq_{column}_of_{columns}",
                          .check = "ck_{table}_{name}",
                          .foreign_key = "fk_{table}_{column}_{referred_table}_{referred_columns}_{referred_column}",
                          .index = "{table}_{columns}_idx",
                          .unique_index = "u{schema}_{columns}"});
    CHECK(d.primary_key_name == "item_pkey");
    CHECK(d.uniques[0].name == "uq_code_of_code");
    CHECK(d.uniques[1].name == "uq_maker_of_maker_code");
    CHECK(d.checks[0].name == "ck_item_positive");
    CHECK(d.foreign_keys[0].name == "fk_item_maker_firm_id_id");
    CHECK(d.indexes[0].name == "item_maker_idx");
    CHECK(d.indexes[1].name == "by_price");
    CHECK(d.indexes[2].name == "u_maker_expr");
}

TEST_CASE("naming: without a convention, and with one that says nothing, names are the same") {
    const auto before = item().definition();
    const auto after = named({});
    CHECK(before.primary_key_name == "pk_item");
    CHECK(after.primary_key_name == before.primary_key_name);
    for (std::size_t i = 0; i < before.indexes.size(); ++i) CHECK(after.indexes[i].name == before.indexes[i].name);
    for (std::size_t i = 0; i < before.uniques.size(); ++i) CHECK(after.uniques[i].name == before.uniques[i].name);
    CHECK(after.foreign_keys[0].name == before.foreign_keys[0].name);
    CHECK(metadata{{item()}}.find("item").definition().made_names == before.made_names);
}

TEST_CASE("naming: a check without a name is called by its columns") {
    const table t{"t",
                  {column("a", type_kind::integer), column("b", type_kind::integer)},
                  {azoth::check("", own_column<int>("a") < own_column<int>("b"))}};
    CHECK(named({.check = "ck_{table}_{columns}"}, t).checks[0].name == "ck_t_a_b");
    CHECK(named({}, t).checks[0].name.empty());
    CHECK_THROWS_WITH(named({.check = "ck_{name}"}, t), Catch::Contains("no name") && Catch::Contains("ck_{name}"));
}

TEST_CASE("naming: keys that statements know have the convention's names") {
    const metadata all{naming_convention{.primary_key = "key_of_{table}", .unique = "one_{columns}"}, {item()}};
    const auto& keys = static_cast<const azoth::table_node&>(*all.find("item").source()).keys;
    CHECK(keys.at(0).name == "key_of_item");
    CHECK(keys.at(1).name == "one_code");
}

TEST_CASE("naming: once named, a table keeps its names in other metadata") {
    const metadata first{naming_convention{.check = "ck_{table}_{name}"}, {item()}};
    const metadata second{naming_convention{.primary_key = "other", .check = "again_{name}"}, {first.find("item")}};
    CHECK(second.find("item").definition().checks[0].name == "ck_item_positive");
    CHECK(second.find("item").definition().primary_key_name == "pk_item");
}

TEST_CASE("naming: long names are cut to the convention's length and stay apart") {
    const std::string column_name(50, 'c');
    const table t{"a_table_with_a_long_name",
                  {column(column_name + "_first", type_kind::integer, azoth::unique),
                   column(column_name + "_second", type_kind::integer, azoth::unique)}};
    for (const std::size_t longest : {std::size_t{16}, std::size_t{30}, std::size_t{63}}) {
        const auto d = named({.unique = "uq_{table}_{columns}", .longest = longest}, t);
        CHECK(d.uniques[0].name.size() == longest);
        CHECK(d.uniques[1].name.size() == longest);
        CHECK(d.uniques[0].name != d.uniques[1].name);
    }
}

TEST_CASE("naming: mistakes are told when the convention is given") {
    CHECK_THROWS_WITH(metadata{naming_convention{.index = "ix_{colums}"}},
                      Catch::Contains("{colums}") && Catch::Contains("did you mean") && Catch::Contains("indexes"));
    CHECK_THROWS_WITH(metadata{naming_convention{.unique = "uq_{referred_table}"}}, Catch::Contains("{referred_table}"));
    CHECK_THROWS_WITH(metadata{naming_convention{.check = "ck_{table"}}, Catch::Contains("{ without }"));
    CHECK_THROWS_WITH(metadata{naming_convention{.check = "ck_table}"}}, Catch::Contains("} without {"));
    CHECK_THROWS_WITH(metadata{naming_convention{.longest = 9}}, Catch::Contains("16"));
    CHECK_THROWS_WITH((metadata{naming_convention{.unique = "uq_{table}"}, {item()}}),
                      Catch::Contains("two constraints") && Catch::Contains("uq_item"));
    const table keyed{"t", {column("id", type_kind::integer, azoth::primary_key), column("code", azoth::string(10), azoth::unique)}};
    CHECK_THROWS_WITH((metadata{naming_convention{.primary_key = "key_{table}", .unique = "key_{table}"}, {keyed}}),
                      Catch::Contains("two constraints") && Catch::Contains("key_t"));
}
