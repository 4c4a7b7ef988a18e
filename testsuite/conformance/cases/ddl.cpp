// What DDL makes, as its tables then behave.
#include "areas.hpp"
#include "claims.hpp"
#include "claims_schema.hpp"
#include "ddl_parts.hpp"
#include "expect.hpp"
#include "schema_parts.hpp"

#include <algorithm>
#include <iterator>

namespace azoth::conformance::areas {
namespace {

using schema_parts::with_reflector;

bool has(context& on, const std::string& name) {
    bool found = false;
    with_reflector(on, [&](reflector& r) { found = r.has_table(name); });
    return found;
}

std::int64_t rows_of(connection& c, const table& t) { return c.scalar(select(func::count()).select_from(t)); }

void create_and_drop(context& on) {
    const table t{on.unique_name("plain"), {column("id", type_kind::integer, primary_key, not_generated)}};
    connection c = on.connect();
    c.execute(create_table(t));
    c.commit();
    CHECK(has(on, t.name()));
    c.execute(drop_table(t));
    c.commit();
    CHECK_FALSE(has(on, t.name()));
}

void if_not_exists(context& on) {
    const table t{on.unique_name("there"), {column("id", type_kind::integer)}};
    on.make(metadata{{t}});
    connection c = on.connect();
    c.execute(create_table(t, {.if_not_exists = true}));
    c.commit();
    CHECK_THROWS_AS(c.execute(create_table(t)), error);
    c.rollback();
    c.execute(drop_table(object_name{{}, on.unique_name("nowhere")}, {.if_exists = true}));
    c.commit();
    CHECK(has(on, t.name()));
}

void create_all_is_repeatable(context& on) {
    const table parent{on.unique_name("parent"), {column("id", type_kind::integer, primary_key, not_generated)}};
    const table child{on.unique_name("child"),
                      {column("id", type_kind::integer, primary_key, not_generated),
                       column("parent_id", type_kind::integer, references_to(parent.name(), "id"), indexed)}};
    const metadata both{{child, parent}};
    on.make(both);
    both.create_all(on.engine());
    both.drop_all(on.engine());
    CHECK_FALSE(has(on, parent.name()));
    CHECK_FALSE(has(on, child.name()));
    both.drop_all(on.engine());
}

void keys_that_refer_to_each_other(context& on) {
    const std::string a = on.unique_name("a");
    const std::string b = on.unique_name("b");
    const table first{
        a, {column("id", type_kind::integer, primary_key, not_generated), column("other", type_kind::integer, references_to(b, "id"))}};
    const table second{
        b, {column("id", type_kind::integer, primary_key, not_generated), column("other", type_kind::integer, references_to(a, "id"))}};
    on.make(metadata{{first, second}});
    connection c = on.connect();
    c.execute(insert(first).set(first["id"], 1));
    c.execute(insert(second).set(second["id"], 2).set(second["other"], 1));
    c.execute(update(first).set(first["other"], 2));
    c.commit();
    CHECK_THROWS_AS(c.execute(update(first).set(first["other"], 3)), integrity_error);
}

void checks(context& on) {
    const table t{
        on.unique_name("checked"),
        {column("id", type_kind::integer, primary_key, not_generated), column("price", type_kind::integer), column("name", string(20))},
        {check(on.unique_name("positive"), own_column<int>("price") > 0), check(on.unique_name("named"), "name <> ''")}};
    on.make(metadata{{t}});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["price"], 2).set(t["name"], "x"));
    c.execute(insert(t).set(t["id"], 2));  // NULL meets every check
    c.commit();
    CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 3).set(t["price"], 0)), check_violation);
    c.rollback();
    CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 3).set(t["name"], "")), check_violation);
    c.rollback();
    CHECK(rows_of(c, t) == 2);
}

void composite_keys(context& on) {
    const table offer{on.unique_name("offer"),
                      {column("part", type_kind::integer, primary_key), column("supplier", type_kind::integer, primary_key)}};
    const table line{on.unique_name("line"),
                     {column("id", type_kind::integer, primary_key, not_generated), column("part", type_kind::integer),
                      column("supplier", type_kind::integer)},
                     {foreign_key{.columns = {"part", "supplier"},
                                  .referred_table = offer.name(),
                                  .referred_columns = {"part", "supplier"},
                                  .on_delete = referential_action::cascade}}};
    on.make(metadata{{line, offer}});
    connection c = on.connect();
    c.execute(insert(offer).set(offer["part"], 1).set(offer["supplier"], 2));
    c.execute(insert(line).set(line["id"], 1).set(line["part"], 1).set(line["supplier"], 2));
    c.commit();
    CHECK_THROWS_AS(c.execute(insert(line).set(line["id"], 2).set(line["part"], 2).set(line["supplier"], 1)), foreign_key_violation);
    c.rollback();
    c.execute(delete_(offer));
    c.commit();
    CHECK(rows_of(c, line) == 0);
}

void deferred_keys(context& on) {
    const table parent{on.unique_name("parent"), {column("id", type_kind::integer, primary_key, not_generated)}};
    const table child{
        on.unique_name("child"),
        {column("id", type_kind::integer, primary_key, not_generated),
         column("parent_id", type_kind::integer, references_to(parent.name(), "id").deferrable(constraint_timing::initially_deferred))}};
    on.make(metadata{{parent, child}});
    connection c = on.connect();
    c.execute(insert(child).set(child["id"], 1).set(child["parent_id"], 7));
    c.execute(insert(parent).set(parent["id"], 7));
    c.commit();
    c.execute(insert(child).set(child["id"], 2).set(child["parent_id"], 8));
    CHECK_THROWS_AS(c.commit(), integrity_error);
    c.rollback();
    CHECK(rows_of(c, child) == 1);
}

void nulls_are_one_value(context& on) {
    const table t{
        on.unique_name("nulls"), {column("a", type_kind::integer)}, {unique_constraint{.columns = {"a"}, .nulls_not_distinct = true}}};
    on.make(metadata{{t}});
    connection c = on.connect();
    c.execute(insert(t).set(t["a"], std::nullopt));
    c.commit();
    CHECK_THROWS_AS(c.execute(insert(t).set(t["a"], std::nullopt)), unique_violation);
}

void server_defaults(context& on) {
    const table t{
        on.unique_name("defaults"),
        {column("id", type_kind::integer, primary_key, not_generated),
         column("n", type_kind::integer, server_default(on.can().schema.expression_defaults ? "41 + 1" : "42")),
         column("word", string(20), server_default(literal("it's"))), column("yes", type_kind::boolean, server_default(literal(true))),
         column("at", type_kind::timestamp, server_default("CURRENT_TIMESTAMP"))}};
    on.make(metadata{{t}});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1));
    const auto row = c.execute(select(t.column<std::optional<int>>("n"), t.column<std::optional<std::string>>("word"),
                                      t.column<std::optional<bool>>("yes"), t.column<std::optional<local_timestamp>>("at").is_null()))
                         .one();
    CHECK(std::get<0>(row) == 42);
    CHECK(std::get<1>(row) == "it's");
    CHECK(std::get<2>(row) == true);
    CHECK_FALSE(std::get<3>(row));
}

template <bool Stored>
void computed_columns(context& on) {
    const computed_option area = computed(own_column<int>("width") * own_column<int>("height"));
    const table t{on.unique_name("boxes"),
                  {column("id", type_kind::integer, primary_key, not_generated), column("width", type_kind::integer),
                   column("height", type_kind::integer), column("area", type_kind::integer, Stored ? area : area.virtual_())}};
    on.make(metadata{{t}});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["width"], 3).set(t["height"], 4));
    CHECK(c.scalar(select(t.column<std::optional<int>>("area"))) == 12);
    c.execute(update(t).set(t["height"], 5));
    CHECK(c.scalar(select(t.column<std::optional<int>>("area"))) == 15);
}

void partial_indexes(context& on) {
    const table t{
        on.unique_name("partial"),
        {column("id", type_kind::integer, primary_key, not_generated), column("name", string(20)), column("gone", type_kind::boolean)},
        {partial(index_definition{.name = on.unique_name("live"), .elements = {"name"}, .unique = true}, !own_column<bool>("gone"))}};
    on.make(metadata{{t}});
    connection c = on.connect();
    c.execute(insert(t).columns(t["id"], t["name"], t["gone"]), {{1, "a", true}, {2, "a", true}, {3, "a", false}});
    c.commit();
    CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 4).set(t["name"], "a").set(t["gone"], false)), unique_violation);
}

void functional_indexes(context& on) {
    const table t{on.unique_name("functional"),
                  {column("id", type_kind::integer, primary_key, not_generated), column("name", string(20))},
                  {index_definition{
                      .name = on.unique_name("lower"), .elements = {by(func::lower(own_column<std::string>("name")))}, .unique = true}}};
    on.make(metadata{{t}});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["name"], "Ann"));
    c.commit();
    CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 2).set(t["name"], "ANN")), unique_violation);
}

void covering_indexes(context& on) {
    const table t{
        on.unique_name("covering"),
        {column("id", type_kind::integer, primary_key, not_generated), column("name", string(20)), column("size", type_kind::integer)},
        {index_definition{.name = on.unique_name("names"), .elements = {"name"}, .unique = true, .include = {"size"}}}};
    on.make(metadata{{t}});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["name"], "a").set(t["size"], 1));
    c.commit();
    CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 2).set(t["name"], "a").set(t["size"], 2)), unique_violation);
    c.rollback();
    const auto found = schema_parts::reflected(on, t.name()).indexes;
    REQUIRE(found.size() == 1);
    CHECK(found.front().include == std::vector<std::string>{"size"});
}

void indexes_come_and_go(context& on) {
    const table t{on.unique_name("indexed"),
                  {column("id", type_kind::integer, primary_key, not_generated), column("size", type_kind::integer)}};
    on.make(metadata{{t}});
    const std::string name = on.unique_name("by_size");
    connection c = on.connect();
    c.execute(create_index(t, index(name, {descending("size")})));
    c.commit();
    CHECK(schema_parts::reflected(on, t.name()).indexes.size() == 1);
    CHECK_THROWS_AS(c.execute(create_index(t, index(name, {"size"}))), error);
    c.rollback();
    c.execute(drop_index(t, name));
    c.commit();
    CHECK(schema_parts::reflected(on, t.name()).indexes.empty());
}

void index_if_not_exists(context& on) {
    const table t{on.unique_name("indexed"),
                  {column("id", type_kind::integer, primary_key, not_generated), column("size", type_kind::integer)}};
    on.make(metadata{{t}});
    const index_definition by_size = index(on.unique_name("by_size"), {"size"});
    connection c = on.connect();
    c.execute(create_index(t, by_size, {.if_not_exists = true}));
    c.execute(create_index(t, by_size, {.if_not_exists = true}));
    c.commit();
    CHECK(schema_parts::reflected(on, t.name()).indexes.size() == 1);
}

void temporary_tables(context& on) {
    const table t{on.unique_name("temporary"), {column("id", type_kind::integer, primary_key, not_generated)}, {temporary}};
    connection c = on.connect();
    c.execute(create_table(t));
    c.execute(insert(t).set(t["id"], 1));
    c.commit();
    CHECK(rows_of(c, t) == 1);
    connection other = on.connect();
    CHECK_THROWS_AS(rows_of(other, t), programming_error);
    other.rollback();
    c.execute(drop_table(t));
    c.commit();
}

void cascading_drops(context& on) {
    const table parent{on.unique_name("parent"), {column("id", type_kind::integer, primary_key, not_generated)}};
    const table child{on.unique_name("child"), {column("parent_id", type_kind::integer, references_to(parent.name(), "id"))}};
    on.make(metadata{{parent, child}});
    connection c = on.connect();
    c.execute(drop_table(parent, {.cascade = true}));
    c.commit();
    CHECK(schema_parts::reflected(on, child.name()).foreign_keys.empty());
}

void constraints_come_and_go(context& on) {
    const table t{on.unique_name("altered"),
                  {column("id", type_kind::integer, primary_key, not_generated), column("size", type_kind::integer)}};
    on.make(metadata{{t}});
    const std::string name = on.unique_name("positive");
    connection c = on.connect();
    c.execute(add_constraint(t, check(name, own_column<int>("size") > 0)));
    c.commit();
    CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 1).set(t["size"], 0)), check_violation);
    c.rollback();
    c.execute(drop_constraint(t, name, constraint_kind::check));
    c.execute(insert(t).set(t["id"], 1).set(t["size"], 0));
    c.commit();
    CHECK(rows_of(c, t) == 1);
}

void enum_columns(context& on) {
    const type mood = enum_type(on.unique_name("mood"), {"sad", "it's ok"});
    const table t{on.unique_name("moods"), {column("id", type_kind::integer, primary_key, not_generated), column("mood", mood)}};
    on.make(metadata{{t}});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1).set(t["mood"], "it's ok"));
    CHECK(c.scalar(select(t.column<std::optional<std::string>>("mood")).where(t["mood"] == "it's ok")) == "it's ok");
}

void many_tables(context& on) {
    metadata all;
    std::string before;
    for (int i = 0; i < 60; ++i) {
        const std::string name = on.unique_name("many");
        std::vector<column_draft> columns{column("id", type_kind::integer, primary_key, not_generated)};
        if (!before.empty()) columns.push_back(column("before", type_kind::integer, references_to(before, "id"), indexed));
        all.add(table{name, std::move(columns)});
        before = name;
    }
    on.make(all);
    CHECK(schema_parts::differences(on, all).empty());
}

}  // namespace

std::vector<test_case> ddl_cases() {
    std::vector<test_case> all{
        {"ddl/create-and-drop", "a table is created and dropped", {}, create_and_drop},
        {"ddl/if-not-exists", "IF NOT EXISTS and IF EXISTS pass over what is there, and what is not", {}, if_not_exists},
        {"ddl/create-all-is-repeatable", "create_all and drop_all do what is left to do", {}, create_all_is_repeatable},
        {"ddl/keys-that-refer-to-each-other", "two tables whose keys refer to each other", {}, keys_that_refer_to_each_other},
        {"ddl/checks", "checks, of expressions and in SQL, refuse rows", {}, checks},
        {"ddl/composite-keys", "a foreign key of two columns, with an action", {}, composite_keys},
        {"ddl/deferred-keys", "a deferred foreign key is checked when the transaction ends", claims::deferrable_keys, deferred_keys},
        {"ddl/nulls-are-one-value", "UNIQUE NULLS NOT DISTINCT refuses a second NULL", claims::nulls_not_distinct, nulls_are_one_value},
        {"ddl/server-defaults", "defaults in SQL and as expressions", {}, server_defaults},
        {"ddl/stored-columns", "a column that is computed when a row is written", claims::stored_columns, computed_columns<true>},
        {"ddl/virtual-columns", "a column that is computed when a row is read", claims::virtual_columns, computed_columns<false>},
        {"ddl/partial-indexes", "a unique index of some of the rows", claims::partial_indexes, partial_indexes},
        {"ddl/functional-indexes", "a unique index of an expression", claims::functional_indexes, functional_indexes},
        {"ddl/covering-indexes", "an index that includes a column", claims::covering_indexes, covering_indexes},
        {"ddl/indexes-come-and-go", "indexes are created and dropped by themselves", {}, indexes_come_and_go},
        {"ddl/index-if-not-exists", "CREATE INDEX IF NOT EXISTS", claims::create_index_if_not_exists, index_if_not_exists},
        {"ddl/temporary-tables", "a temporary table is the session's own", claims::temporary_tables, temporary_tables},
        {"ddl/cascading-drops", "DROP TABLE ... CASCADE takes the keys that refer to it", claims::cascading_drops, cascading_drops},
        {"ddl/constraints-come-and-go", "a check is added and dropped by ALTER TABLE", claims::alter_add_constraint,
         constraints_come_and_go},
        {"ddl/enum-columns", "a column of an enumeration takes its labels", {}, enum_columns},
        {"ddl/many-tables", "sixty tables that refer to one another", {}, many_tables},
    };
    for (const auto part : {ddl_parts::alterations, ddl_parts::changes}) std::ranges::move(part(), std::back_inserter(all));
    return all;
}

}  // namespace azoth::conformance::areas
