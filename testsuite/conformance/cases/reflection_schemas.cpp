// Schemas beside the default one: what is in them is read, and nothing is mistaken for what has its name elsewhere.
#include "reflection_schemas.hpp"

#include "claims_schema.hpp"
#include "schema_parts.hpp"

#include <algorithm>

namespace azoth::conformance::areas {
namespace {

using schema_parts::make_schema;
using schema_parts::read;
using schema_parts::with_reflector;

using names = std::vector<std::string>;

std::string default_schema(context& on) {
    std::string name;
    with_reflector(on, [&](reflector& r) { name = r.default_schema(); });
    return name;
}

table_definition table_in(context& on, const std::string& schema, const std::string& name) {
    const schema_definition found = read(on, {.schema = schema, .names = {name}});
    REQUIRE(found.tables.size() == 1);
    CHECK(found.tables.front()->node->schema == schema);
    return *found.tables.front();
}

void same_name(context& on) {
    connection c = on.connect();
    const std::string second = make_schema(on, c);
    const std::string name = on.unique_name("twin");
    const table near{name, {column("id", type_kind::integer, primary_key, not_generated), column("here", string(20), not_null, unique)}};
    const table far{
        name, {column("there", type_kind::big_integer, primary_key, not_generated), column("n", type_kind::integer, indexed)}, second};
    on.make(metadata{{near}});
    metadata{{far}}.create_all(on.engine());
    const table_definition found_near = table_in(on, "", name);
    const table_definition found_far = table_in(on, second, name);
    CHECK(found_near.node->columns[1].name == "here");
    CHECK(found_near.primary_key == names{"id"});
    CHECK(found_near.indexes.size() + found_near.uniques.size() == 1);
    CHECK(found_far.node->columns[1].name == "n");
    CHECK(found_far.primary_key == names{"there"});
    CHECK(found_far.indexes.size() == 1);
    CHECK(found_far.uniques.empty());
    c.execute(insert(near).set(near["id"], 1).set(near["here"], "x"));
    c.commit();
    CHECK(c.scalar(select(func::count()).select_from(far)) == 0);
    c.commit();
    metadata{{far}}.drop_all(on.engine());
    with_reflector(on, [&](reflector& r) {
        CHECK(r.has_table(name));
        CHECK_FALSE(r.has_table(name, second));
    });
    metadata{{far}}.drop_all(on.engine());  // there is nothing to drop, and what has its name stays
    with_reflector(on, [&](reflector& r) { CHECK(r.has_table(name)); });
}

void names_in_second(context& on) {
    connection c = on.connect();
    const std::string second = make_schema(on, c);
    const table t{on.unique_name("far"), {column("id", type_kind::integer, primary_key, not_generated)}, second};
    const view v{on.unique_name("far_view"), select(t.column<int>("id").label("id")), second};
    metadata all{{t}};
    all.add(v);
    all.create_all(on.engine());
    const std::string& view_name = v.definition().name.name;
    with_reflector(on, [&](reflector& r) {
        CHECK(r.default_schema() != second);
        CHECK(r.has_schema(second));
        CHECK(r.table_names(second) == names{t.name()});
        CHECK(r.view_names(second) == names{view_name});
        CHECK(r.has_table(t.name(), second));
        CHECK_FALSE(r.has_table(t.name()));
        CHECK_FALSE(r.has_table(view_name, second));
        CHECK(r.have_tables({view_name, t.name()}, second) == std::vector<bool>{false, true});
        CHECK(r.have_views({view_name, t.name()}, second) == std::vector<bool>{true, false});
        CHECK_FALSE(r.has_view(view_name));
    });
    const schema_definition found = read(on, {.schema = second});
    REQUIRE(found.tables.size() == 1);
    REQUIRE(found.views.size() == 1);
    CHECK(found.views.front().name == object_name{second, view_name});
    REQUIRE(found.views.front().columns.size() == 1);
    CHECK(found.views.front().columns.front().name == "id");
    CHECK(read(on, {.schema = second, .names = {t.name()}}).tables.size() == 1);
    CHECK(read(on, {.names = {t.name()}}).tables.empty());
    all.drop_all(on.engine());
    CHECK(read(on, {.schema = second}).tables.empty());
    CHECK(read(on, {.schema = second}).views.empty());
}

void keys_between(context& on) {
    connection c = on.connect();
    const std::string second = make_schema(on, c);
    const std::string own = default_schema(on);
    const table parent{on.unique_name("parent"), {column("id", type_kind::integer, primary_key, not_generated)}};
    const table far_parent{on.unique_name("parent"), {column("id", type_kind::integer, primary_key, not_generated)}, second};
    const table child{on.unique_name("child"),
                      {column("near", type_kind::integer, references_to(parent.name(), "id")),
                       column("far", type_kind::integer, references_to(far_parent.name(), "id", second))}};
    const table far_child{on.unique_name("child"),
                          {column("near", type_kind::integer, references_to(parent.name(), "id", own)),
                           column("far", type_kind::integer, references_to(far_parent.name(), "id", second))},
                          second};
    metadata{{parent, far_parent}}.create_all(on.engine());
    metadata{{child, far_child}}.create_all(on.engine());
    const auto schemas_of = [](const table_definition& t) {
        std::vector<std::pair<std::string, std::string>> led;
        for (const auto& k : t.foreign_keys) led.emplace_back(k.columns.front(), k.referred_schema);
        std::ranges::sort(led);
        return led;
    };
    using led = std::vector<std::pair<std::string, std::string>>;
    CHECK(schemas_of(table_in(on, "", child.name())) == led{{"far", second}, {"near", ""}});
    CHECK(schemas_of(table_in(on, second, far_child.name())) == led{{"far", second}, {"near", own}});
    metadata{{child, far_child}}.drop_all(on.engine());
    metadata{{parent, far_parent}}.drop_all(on.engine());
}

/// What belongs to a table is found with it, and in no other schema.
void parts_in_second(context& on) {
    connection c = on.connect();
    const std::string second = make_schema(on, c);
    const table parent{on.unique_name("parent"), {column("id", type_kind::integer, primary_key, not_generated)}, second};
    const table t{
        on.unique_name("parts"),
        {column("id", type_kind::big_integer, primary_key),
         column("parent_id", type_kind::integer, references_to(parent.name(), "id", second)),
         column("price", type_kind::integer, not_null, server_default(literal(7)), comment("in cents")), column("name", string(20), unique),
         column("mood", enum_type(on.unique_name("mood"), {"sad", "so, so"}, second), not_null)},
        {check(on.unique_name("positive"), own_column<int>("price") > 0), index(on.unique_name("by_price"), {"price", "name"}),
         table_comment{"far away"}},
        second};
    metadata all{{parent, t}};
    const std::string numbers = on.unique_name("numbers");
    const bool counts = on.can().sequences;
    if (counts) all.add(sequence{numbers, {.start = 5}, second});
    all.create_all(on.engine());
    metadata found;
    found.reflect(on.engine(), {.schema = second});
    std::string told;
    on.engine().with_executor([&](executor& e) {
        const compare_options as{.comments = e.server_profile().can.comments};
        for (const auto& d : compare(all.definition(), found.definition(), e.rules(), e.server_profile(), as))
            told += fmt::format("{}: {}: {} -> {}\n", d.of.name, d.what, d.before, d.after);
    });
    CHECK(told == "");
    with_reflector(on, [&](reflector& r) {
        CHECK(r.sequence_names(second) == (counts ? names{numbers} : names{}));
        CHECK(r.has_sequence(numbers, second) == counts);
        CHECK_FALSE(r.has_sequence(numbers));
    });
    const table read = found.find(t.name(), second);
    c.execute(insert(parent).set(parent["id"], 1));
    c.execute(insert(read).set(read["id"], 1).set(read["parent_id"], 1).set(read["mood"], "so, so"));
    CHECK(c.scalar(select(read.column<std::string>("mood")).where(read["price"] == 7)) == "so, so");
    c.commit();
    found.drop_all(on.engine());
    with_reflector(on, [&](reflector& r) {
        CHECK(r.table_names(second).empty());
        CHECK(r.sequence_names(second).empty());
    });
}

void missing_schema(context& on) {
    const std::string nowhere = "azoth_" + on.unique_name("nowhere");
    with_reflector(on, [&](reflector& r) {
        CHECK_FALSE(r.has_schema(nowhere));
        CHECK_FALSE(r.has_table("x", nowhere));
        CHECK(r.have_views({"x", "y"}, nowhere) == std::vector<bool>{false, false});
        CHECK(r.table_names(nowhere).empty());
        CHECK(r.view_names(nowhere).empty());
        CHECK(r.read({.schema = nowhere}).tables.empty());
    });
}

/// A few questions tell what is there, however much is asked for.
void few_questions(context& on) {
    const table t = on.make_table("base", {column("id", type_kind::integer, primary_key, not_generated)});
    const auto questions_for = [&](int views) {
        metadata all;
        for (int i = 0; i < views; ++i) all.add(view{on.unique_name("view"), select(t.column<int>("id").label("id"))});
        on.make(all);
        const std::size_t before = on.statements().size();
        all.create_all(on.engine());
        return on.statements().size() - before;
    };
    CHECK(questions_for(2) == questions_for(9));
}

}  // namespace

std::vector<test_case> reflection_schema_cases() {
    return {
        {"reflection/same-name-in-two-schemas", "tables of one name in two schemas are two tables", claims::schemas, same_name},
        {"reflection/second-schema", "tables and views of a schema beside the default one", claims::schemas, names_in_second},
        {"reflection/parts-in-second-schema", "keys, checks, indexes, comments and types of a schema beside the default one",
         claims::schemas, parts_in_second},
        {"reflection/keys-between-schemas", "foreign keys tell the schema that they lead to", claims::schemas, keys_between},
        {"reflection/missing-schema", "nothing is in a schema that is not there", {}, missing_schema},
        {"reflection/few-questions", "as many questions tell what is there of nine views as of two", claims::views, few_questions},
    };
}

}  // namespace azoth::conformance::areas
