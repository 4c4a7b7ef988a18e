// Tables and views made of queries, and sequences.
#include "areas.hpp"
#include "claims.hpp"
#include "claims_schema.hpp"
#include "expect.hpp"
#include "schema_parts.hpp"

#include <algorithm>

namespace azoth::conformance::areas {
namespace {

using schema_parts::with_reflector;

table stocked(context& on) {
    table t = on.make_table("wares", {column("id", type_kind::integer, primary_key, not_generated), column("name", string(20))});
    connection c = on.connect();
    c.execute(insert(t).columns(t["id"], t["name"]), {{1, "one"}, {2, "it's"}, {3, "three"}});
    c.commit();
    return t;
}

view large(context& on, const table& t) {
    return view{on.unique_name("large"),
                select(t.column<int>("id").label("id"), t.column<std::optional<std::string>>("name").label("label"))
                    .where(t.column<std::optional<std::string>>("name") != "it's")};
}

void run(context& on, const ddl_statement& statement) {
    connection c = on.connect();
    c.execute(statement);
    c.commit();
}

void make(context& on, const view& v) {
    on.drop_at_end(v);
    run(on, create_view(v));
}

void table_from_query(context& on) {
    const table t = stocked(on);
    const table copy{on.unique_name("copy"), {column("id", type_kind::integer), column("label", string(20))}};
    run(on, create_table_as(copy.name(), select(t.column<int>("id"), t.column<std::optional<std::string>>("name").label("label"))
                                             .where(t.column<int>("id") < bound(3))));
    connection c = on.connect();
    CHECK(c.scalars(select(copy.column<std::optional<std::string>>("label")).order_by(copy["id"])) ==
          std::vector<std::optional<std::string>>{"one", "it's"});
    c.rollback();
    c.execute(create_table_as(copy.name(), select(t.column<int>("id")), {.if_not_exists = true}));
    c.execute(drop_table(copy));
    c.commit();
}

void table_from_compound(context& on) {
    const table t = stocked(on);
    const table copy{on.unique_name("copy"), {column("id", type_kind::integer)}};
    const auto ids = select(t.column<int>("id").label("id"));
    run(on, create_table_as(copy.name(), ids.union_all(ids)));
    connection c = on.connect();
    CHECK(c.scalar(select(func::count()).select_from(copy)) == 6);
    c.execute(drop_table(copy));
    c.commit();
}

void create_view_and_read(context& on) {
    const table t = stocked(on);
    const view v = large(on, t);
    make(on, v);
    connection c = on.connect();
    CHECK(c.scalars(select(v.column<std::optional<std::string>>("label")).order_by(v["id"])) ==
          std::vector<std::optional<std::string>>{"one", "three"});
    c.rollback();
    with_reflector(on, [&](reflector& r) {
        CHECK(r.has_view(v.definition().name.name));
        CHECK_FALSE(r.has_table(v.definition().name.name));
        const schema_definition found = r.read({.names = {v.definition().name.name}});
        REQUIRE(found.views.size() == 1);
        CHECK(found.tables.empty());
        REQUIRE(found.views.front().columns.size() == 2);
        CHECK(found.views.front().columns[1].name == "label");
        CHECK(found.views.front().query);
    });
    run(on, drop_view(v));
    with_reflector(on, [&](reflector& r) { CHECK_FALSE(r.has_view(v.definition().name.name)); });
    run(on, drop_view(v, {.if_exists = true}));
}

void replaced_view(context& on) {
    const table t = stocked(on);
    const view v = large(on, t);
    const view all{v.definition().name.name,
                   select(t.column<int>("id").label("id"), t.column<std::optional<std::string>>("name").label("label"))};
    make(on, v);
    run(on, create_view(all, {.or_replace = true}));
    connection c = on.connect();
    CHECK(c.scalar(select(func::count()).select_from(all)) == 3);
    c.execute(drop_view(all));
    c.commit();
}

void views_in_metadata(context& on) {
    const table t = stocked(on);
    const view v = large(on, t);
    const view over{on.unique_name("over"), select(v.column<int>("id").label("id"))};
    on.drop_at_end(v);
    on.drop_at_end(over);
    metadata all;
    all.add(over);
    all.add(v);
    all.create_all(on.engine());
    all.create_all(on.engine());
    connection c = on.connect();
    CHECK(c.scalar(select(func::count()).select_from(over)) == 2);
    c.rollback();
    all.drop_all(on.engine());
    with_reflector(on, [&](reflector& r) { CHECK_FALSE(r.has_view(over.definition().name.name)); });
}

void materialized_view(context& on) {
    const table t = stocked(on);
    const view v = large(on, t).materialized();
    make(on, v);
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 4).set(t["name"], "four"));
    CHECK(c.scalar(select(func::count()).select_from(v)) == 2);
    c.commit();
    with_reflector(on, [&](reflector& r) {
        const schema_definition found = r.read({.names = {v.definition().name.name}});
        REQUIRE(found.views.size() == 1);
        CHECK(found.views.front().materialized);
    });
    run(on, drop_view(v));
}

void sequence_numbers(context& on) {
    const sequence numbers{on.unique_name("numbers"), {.start = 10, .increment = 5}};
    run(on, create_sequence(numbers));
    connection c = on.connect();
    CHECK(c.scalar(select(numbers.next())) == 10);
    CHECK(c.scalar(select(numbers.next())) == 15);
    c.rollback();
    with_reflector(on, [&](reflector& r) {
        CHECK(r.has_sequence(numbers.definition().name.name));
        CHECK_FALSE(r.has_table(numbers.definition().name.name));
        CHECK_FALSE(r.has_sequence(numbers.definition().name.name + "_no"));
        const auto names = r.sequence_names();
        CHECK(std::ranges::find(names, numbers.definition().name.name) != names.end());
        const auto all = r.read({.views = false}).sequences;
        const auto found = std::ranges::find(all, numbers.definition().name, &sequence_definition::name);
        REQUIRE(found != all.end());
        CHECK(found->options.start == 10);
        CHECK(found->options.increment == 5);
    });
    run(on, drop_sequence(numbers));
    with_reflector(on, [&](reflector& r) { CHECK_FALSE(r.has_sequence(numbers.definition().name.name)); });
    run(on, drop_sequence(numbers, {.if_exists = true}));
}

void sequence_as_default(context& on) {
    const sequence numbers{on.unique_name("numbers"), {.start = 7}};
    const table t{on.unique_name("numbered"),
                  {column("id", type_kind::big_integer, primary_key, not_generated, server_default(numbers.next())),
                   column("n", type_kind::integer)}};
    metadata all;
    all.add(t);
    all.add(numbers);
    all.create_all(on.engine());
    connection c = on.connect();
    c.execute(insert(t).set(t["n"], 1));
    c.execute(insert(t).set(t["n"], 2));
    c.execute(insert(t).set(t["id"], numbers.next()).set(t["n"], 3));
    CHECK(c.scalars(select(t.column<std::int64_t>("id")).order_by(t["id"])) == std::vector<std::int64_t>{7, 8, 9});
    c.commit();
    all.drop_all(on.engine());
}

}  // namespace

std::vector<test_case> views_cases() {
    return {
        {"views/table-from-query", "CREATE TABLE AS with values and labels", claims::tables_from_queries, table_from_query},
        {"views/table-from-compound", "CREATE TABLE AS of a union", claims::tables_from_queries, table_from_compound},
        {"views/create-and-read", "a view is created, read, reflected and dropped", claims::views, create_view_and_read},
        {"views/replaced", "CREATE OR REPLACE VIEW", claims::replaced_views, replaced_view},
        {"views/in-metadata", "views of views are created and dropped in order", claims::views, views_in_metadata},
        {"views/materialized", "a materialized view keeps its rows", claims::materialized_views, materialized_view},
        {"views/sequence-numbers", "a sequence counts, is reflected and dropped", claims::sequences, sequence_numbers},
        {"views/sequence-as-default", "a sequence is a column's default", claims::sequence_defaults, sequence_as_default},
    };
}

}  // namespace azoth::conformance::areas
