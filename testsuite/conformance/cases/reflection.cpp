// What DDL makes is read back as it was declared.
#include "areas.hpp"
#include "claims.hpp"
#include "claims_schema.hpp"
#include "expect.hpp"
#include "reflection_schemas.hpp"
#include "schema_parts.hpp"

#include <algorithm>

namespace azoth::conformance::areas {
namespace {

using schema_parts::differences;
using schema_parts::read;
using schema_parts::reflected;
using schema_parts::with_reflector;

bool has_name(const std::vector<std::string>& names, const std::string& name) { return std::ranges::find(names, name) != names.end(); }

void check_round_trip(context& on, const table& t) {
    const metadata all{{t}};
    on.make(all);
    CHECK(differences(on, all).empty());
    if (const std::string told = differences(on, all); !told.empty()) FAIL(told);
}

void plain_table(context& on) {
    check_round_trip(on, table{on.unique_name("plain"),
                               {column("id", type_kind::big_integer, primary_key), column("name", string(80), not_null),
                                column("note", type_kind::text), column("price", numeric(10, 2), not_null)}});
}

void every_type(context& on) {
    std::vector<column_draft> columns{column("id", type_kind::integer, primary_key, not_generated)};
    const type types[]{type_kind::boolean,
                       type_kind::small_integer,
                       type_kind::integer,
                       type_kind::big_integer,
                       type_kind::unsigned_big_integer,
                       type_kind::real,
                       type_kind::double_,
                       numeric(12, 3),
                       numeric(30, 10),
                       string(33),
                       type_kind::text,
                       binary(16),
                       type_kind::binary,
                       type_kind::date,
                       type_kind::time,
                       type_kind::timestamp,
                       type_kind::timestamp_tz,
                       type_kind::uuid,
                       type_kind::json};
    int n = 0;
    for (const auto& t : types) {
        const bool is_wide = t.kind == type_kind::unsigned_big_integer || t.precision > 18;
        if (!is_wide || on.can().wide_decimals) columns.push_back(column(fmt::format("c{}", ++n), t));
    }
    check_round_trip(on, table{on.unique_name("types"), std::move(columns)});
}

void names_that_are_odd(context& on) {
    check_round_trip(on, table{on.unique_name("Odd \"name\" %s;"),
                               {column("Group", type_kind::integer, primary_key, not_generated), column("a \"b\" 'c'", string(10)),
                                column("per cent % :x", type_kind::integer, indexed), column("naïve 測", type_kind::integer)}});
}

void keys(context& on) {
    const table t{on.unique_name("keys"),
                  {column("b", type_kind::integer, primary_key), column("a", type_kind::integer, primary_key),
                   column("x", type_kind::integer), column("y", type_kind::integer)},
                  {unique_constraint{.name = on.unique_name("xy"), .columns = {"y", "x"}}}};
    check_round_trip(on, t);
    const table_definition found = reflected(on, t.name());
    CHECK(found.primary_key == std::vector<std::string>{"b", "a"});
    REQUIRE(found.uniques.size() == 1);
    CHECK(found.uniques.front().columns == std::vector<std::string>{"y", "x"});
    CHECK(found.indexes.empty());
}

void foreign_keys(context& on) {
    const table parent{on.unique_name("parent"), {column("id", type_kind::integer, primary_key, not_generated)}};
    const table pair{on.unique_name("pair"), {column("a", type_kind::integer, primary_key), column("b", type_kind::integer, primary_key)}};
    const table child{on.unique_name("child"),
                      {column("id", type_kind::integer, primary_key, not_generated),
                       column("parent_id", type_kind::integer, references_to(parent.name(), "id").on_delete(referential_action::cascade)),
                       column("self_id", type_kind::integer, references_to(on.unique_name("x"), "id")), column("a", type_kind::integer),
                       column("b", type_kind::integer)},
                      {foreign_key{.name = on.unique_name("fk"),
                                   .columns = {"a", "b"},
                                   .referred_table = pair.name(),
                                   .referred_columns = {"a", "b"},
                                   .on_update = referential_action::cascade}}};
    table_definition without = child.definition();
    std::erase_if(without.foreign_keys, [](const auto& k) { return k.columns.front() == "self_id"; });
    const metadata all{{parent, pair, table{without}}};
    on.make(all);
    CHECK(differences(on, all) == "");
    const table_definition found = reflected(on, child.name());
    REQUIRE(found.foreign_keys.size() == 2);
    const auto composite = std::ranges::find_if(found.foreign_keys, [](const auto& k) { return k.columns.size() == 2; });
    REQUIRE(composite != found.foreign_keys.end());
    CHECK(composite->columns == std::vector<std::string>{"a", "b"});
    CHECK(composite->referred_columns == std::vector<std::string>{"a", "b"});
    CHECK(composite->referred_schema.empty());
}

void checks_and_defaults(context& on) {
    check_round_trip(on, table{on.unique_name("checks"),
                               {column("id", type_kind::integer, primary_key, not_generated),
                                column("price", type_kind::integer, server_default(literal(7))),
                                column("name", string(20), server_default(literal("it's")))},
                               {check(on.unique_name("positive"), own_column<int>("price") > 0),
                                check(on.unique_name("some"), own_column<std::string>("name") != "")}});
}

void indexes(context& on) {
    const table t{on.unique_name("indexes"),
                  {column("id", type_kind::integer, primary_key, not_generated), column("a", type_kind::integer), column("b", string(20))},
                  {index(on.unique_name("ba"), {"b", descending("a")}),
                   index_definition{.name = on.unique_name("u"), .elements = {"a"}, .unique = true}}};
    check_round_trip(on, t);
    const table_definition found = reflected(on, t.name());
    CHECK(found.indexes.size() + found.uniques.size() == 2);  // a unique index is a constraint on some databases
    const auto ba = std::ranges::find_if(found.indexes, [](const auto& i) { return i.elements.size() == 2; });
    REQUIRE(ba != found.indexes.end());
    CHECK(ba->elements[0].column == "b");
    CHECK(ba->elements[1].column == "a");
    CHECK(ba->elements[1].descending);
}

void partial_index(context& on) {
    check_round_trip(on, table{on.unique_name("partial"),
                               {column("id", type_kind::integer, primary_key, not_generated), column("size", type_kind::integer)},
                               {partial(index(on.unique_name("large"), {"size"}), own_column<int>("size") > 100)}});
}

void functional_index(context& on) {
    const table t{on.unique_name("functional"),
                  {column("id", type_kind::integer, primary_key, not_generated), column("name", string(20))},
                  {index(on.unique_name("low"), {by(func::lower(own_column<std::string>("name")))})}};
    on.make(metadata{{t}});
    const table_definition found = reflected(on, t.name());
    REQUIRE(found.indexes.size() == 1);
    REQUIRE(found.indexes.front().elements.size() == 1);
    CHECK(found.indexes.front().elements.front().expression);
}

void covering_index(context& on) {
    check_round_trip(on, table{on.unique_name("covering"),
                               {column("id", type_kind::integer, primary_key, not_generated), column("size", type_kind::integer)},
                               {index_definition{.name = on.unique_name("i"), .elements = {"size"}, .include = {"id"}}}});
}

template <bool Stored>
void computed_column_(context& on) {
    const computed_option twice = computed(own_column<int>("n") * 2);
    const table t{on.unique_name("computed"),
                  {column("id", type_kind::integer, primary_key, not_generated), column("n", type_kind::integer),
                   column("twice", type_kind::integer, Stored ? twice : twice.virtual_())}};
    check_round_trip(on, t);
    const table_definition found = reflected(on, t.name());
    REQUIRE(found.details[2].computed);
    CHECK(found.details[2].computed->stored == Stored);
    CHECK_FALSE(found.details[1].server_default);
}

void numbered_keys(context& on) {
    const table numbered{on.unique_name("numbered"), {column("id", type_kind::integer, primary_key), column("n", type_kind::integer)}};
    on.make(metadata{{numbered}});
    CHECK(reflected(on, numbered.name()).node->columns[0].generated);
    CHECK_FALSE(reflected(on, numbered.name()).node->columns[1].generated);
}

void identity(context& on) {
    const table t{
        on.unique_name("identity"),
        {column("id", type_kind::integer, primary_key, always_identity({.start = 100, .increment = 5})), column("n", type_kind::integer)}};
    on.make(metadata{{t}});
    const auto& found = reflected(on, t.name()).details[0].identity;
    REQUIRE(found);
    CHECK(found->always);
    CHECK(found->options.start == 100);
    CHECK(found->options.increment == 5);
    connection c = on.connect();
    c.execute(insert(t).set(t["n"], 1));
    c.execute(insert(t).set(t["n"], 2));
    CHECK(c.scalars(select(t.column<int>("id")).order_by(t["id"])) == std::vector<int>{100, 105});
    CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 1)), error);
}

void comments_(context& on) {
    const table t{
        on.unique_name("comments"),
        {column("id", type_kind::integer, primary_key, not_generated, comment("it's the \"key\"")), column("n", type_kind::integer)},
        {table_comment{"a table: 測 \\ 'x'"}}};
    check_round_trip(on, t);
    const table_definition found = reflected(on, t.name());
    CHECK(found.comment == "a table: 測 \\ 'x'");
    CHECK(found.details[0].comment == "it's the \"key\"");
}

void later_comments(context& on) {
    const table t =
        on.make_table("comments", {column("id", type_kind::integer, primary_key, not_generated), column("n", type_kind::integer)});
    connection c = on.connect();
    c.execute(comment_on(t, "n", "a number"));
    c.execute(comment_on(t, "a table"));
    c.commit();
    CHECK(reflected(on, t.name()).details[1].comment == "a number");
    CHECK(reflected(on, t.name()).comment == "a table");
    c.execute(comment_on(t, ""));
    c.commit();
    CHECK(reflected(on, t.name()).comment.empty());
}

void deferrable(context& on) {
    const table parent{on.unique_name("parent"), {column("id", type_kind::integer, primary_key, not_generated)}};
    const table child{
        on.unique_name("child"),
        {column("a", type_kind::integer, references_to(parent.name(), "id").deferrable()),
         column("b", type_kind::integer, references_to(parent.name(), "id").deferrable(constraint_timing::initially_deferred))}};
    const metadata all{{parent, child}};
    on.make(all);
    CHECK(differences(on, all) == "");
}

void collations(context& on) {
    std::string name;
    connection c = on.connect();
    // Any collation that the server has and that is not its default.
    const std::string server{c.server_profile().sql_server()};
    name = server == "SQLite" ? "NOCASE" : server == "PostgreSQL" ? "C" : "utf8mb4_general_ci";
    c.close();
    check_round_trip(on,
                     table{on.unique_name("collated"),
                           {column("id", type_kind::integer, primary_key, not_generated), column("name", string(20), collation(name))}});
}

void has_table_(context& on) {
    const table t = on.make_table("here", {column("id", type_kind::integer)});
    with_reflector(on, [&](reflector& r) {
        const std::string missing = t.name() + "_no";
        CHECK(r.has_table(t.name()));
        CHECK_FALSE(r.has_table(missing));
        CHECK(r.have_tables({missing, t.name(), missing}) == std::vector<bool>{false, true, false});
        CHECK(has_name(r.table_names(), t.name()));
        CHECK_FALSE(r.has_table(t.name(), "no_such_schema"));
        CHECK_FALSE(has_name(r.view_names(), t.name()));
    });
}

void schemas_(context& on) {
    with_reflector(on, [&](reflector& r) {
        const std::string own = r.default_schema();
        if (own.empty()) {  // a database without any
            CHECK_FALSE(on.can().schemas);
            CHECK(r.schema_names().empty());
        } else {
            CHECK(has_name(r.schema_names(), own));
            CHECK(r.has_schema(own));
        }
        CHECK_FALSE(r.has_schema(own + "_no"));
    });
}

void named_schema(context& on) {
    const table t = on.make_table("placed", {column("id", type_kind::integer, primary_key, not_generated)});
    std::string own;
    with_reflector(on, [&](reflector& r) { own = r.default_schema(); });
    const schema_definition found = read(on, {.schema = own, .names = {t.name()}});
    REQUIRE(found.tables.size() == 1);
    CHECK(found.tables.front()->node->schema == own);
}

void some_tables(context& on) {
    const table a = on.make_table("a", {column("id", type_kind::integer)});
    const table b = on.make_table("b", {column("id", type_kind::integer)});
    CHECK(read(on, {.names = {a.name(), b.name() + "_no"}}).tables.size() == 1);
    CHECK(read(on, {.names = {a.name(), b.name()}}).tables.size() == 2);
}

void temporary_tables(context& on) {
    const table t{on.unique_name("temporary"),
                  {column("id", type_kind::integer, primary_key, not_generated), column("n", string(9), not_null)},
                  {temporary}};
    connection c = on.connect();
    c.execute(create_table(t));
    c.with_executor([&](executor& e) {
        CHECK(e.reflect().has_table(t.name()));
        if (e.server_profile().can.schema.temporary_names) CHECK(has_name(e.reflect().temporary_table_names(), t.name()));
        CHECK_FALSE(has_name(e.reflect().table_names(), t.name()));
        const schema_definition found = e.reflect().read({.names = {t.name()}, .temporary = true});
        REQUIRE(found.tables.size() == 1);
        CHECK(found.tables.front()->temporary);
        CHECK(found.tables.front()->node->columns[1].name == "n");
        CHECK_FALSE(found.tables.front()->node->columns[1].nullable);
    });
    c.execute(drop_table(t));
    c.commit();
}

void reads_what_it_read(context& on) {
    const table t{on.unique_name("read"), {column("id", type_kind::integer, primary_key, not_generated), column("name", string(20))}};
    on.make(metadata{{t}});
    metadata found;
    found.reflect(on.engine(), {.names = {t.name()}});
    const table again = found.find(t.name());
    connection c = on.connect();
    c.execute(insert(again).set(again["id"], 1).set(again["name"], "x"));
    CHECK(c.scalar(select(again.column<std::optional<std::string>>("name")).where(again["id"] == 1)) == "x");
    CHECK_THROWS_AS(found.find(t.name() + "_no"), interface_error);
}

/// Names near a server's limit are cut, differently, and found again whole.
void conventional_names(context& on) {
    const std::string long_name(std::min<std::size_t>(45, on.engine().dialect().rules().identifiers.max_length - 2), 'n');
    const table firm{on.unique_name("firm"), {column("id", type_kind::integer, primary_key, not_generated)}};
    const table t{
        on.unique_name("item"),
        {column("id", type_kind::integer, primary_key, not_generated), column(long_name + "_a", type_kind::integer, not_null, unique),
         column(long_name + "_b", type_kind::integer, not_null, unique),
         column("firm", type_kind::integer, references_to(firm.name(), "id")), column("price", type_kind::integer, not_null, indexed)},
        {check("positive", own_column<int>("price") > 0)}};
    const metadata all{naming_convention{.unique = "one_{columns}_of_{table}",
                                         .check = "ck_{table}_{name}",
                                         .foreign_key = "{table}_to_{referred_table}",
                                         .index = "{table}_by_{columns}"},
                       {firm, t}};
    on.make(all);
    const std::string told = differences(on, all, {.constraint_names = true});
    CAPTURE(told);
    CHECK(told.empty());
}

void few_queries(context& on) {
    metadata few;
    metadata many;
    std::vector<std::string> names_few;
    std::vector<std::string> names_many;
    for (int i = 0; i < 12; ++i) {
        const table t{on.unique_name("bulk"),
                      {column("id", type_kind::integer, primary_key, not_generated), column("n", type_kind::integer, indexed, unique)}};
        many.add(t);
        names_many.push_back(t.name());
        if (i < 2) names_few.push_back(t.name());
    }
    on.make(many);
    const auto statements_for = [&](const std::vector<std::string>& names) {
        const std::size_t before = on.statements().size();
        CHECK(read(on, {.names = names}).tables.size() == names.size());
        return on.statements().size() - before;
    };
    (void)statements_for(names_few);  // what is asked but once, such as the default schema
    CHECK(statements_for(names_few) == statements_for(names_many));
}

}  // namespace

std::vector<test_case> reflection_cases() {
    std::vector<test_case> all = reflection_schema_cases();
    const std::vector<test_case> more{
        {"reflection/plain-table", "a table comes back as it was declared", {}, plain_table},
        {"reflection/every-type", "columns of every type come back as they were declared", {}, every_type},
        {"reflection/odd-names", "names with quotes, blanks, percent signs and other letters", {}, names_that_are_odd},
        {"reflection/keys", "keys of several columns, in their order", {}, keys},
        {"reflection/foreign-keys", "foreign keys with their columns and actions", {}, foreign_keys},
        {"reflection/checks-and-defaults", "checks and defaults", {}, checks_and_defaults},
        {"reflection/indexes", "indexes with their columns, directions and uniqueness", claims::mixed_indexes, indexes},
        {"reflection/partial-index", "an index of some rows", claims::partial_indexes, partial_index},
        {"reflection/functional-index", "an index of an expression", claims::functional_indexes, functional_index},
        {"reflection/covering-index", "an index that includes a column", claims::covering_indexes, covering_index},
        {"reflection/stored-column", "a stored computed column", claims::stored_columns, computed_column_<true>},
        {"reflection/virtual-column", "a virtual computed column", claims::virtual_columns, computed_column_<false>},
        {"reflection/numbered-keys", "keys that the database makes", {}, numbered_keys},
        {"reflection/identity", "an identity column with options", claims::identity_columns, identity},
        {"reflection/comments", "comments of tables and columns", claims::declared_comments, comments_},
        {"reflection/later-comments", "comments are given and taken by themselves", claims::comments, later_comments},
        {"reflection/deferrable", "foreign keys that can wait", claims::deferrable_keys, deferrable},
        {"reflection/collations", "a column with a collation of its own", claims::column_collations, collations},
        {"reflection/has-table", "whether tables are there, one and many", {}, has_table_},
        {"reflection/schemas", "the schemas, and the default one", {}, schemas_},
        {"reflection/named-schema", "a table read by its schema's name says it", {}, named_schema},
        {"reflection/some-tables", "only the tables that were asked for", {}, some_tables},
        {"reflection/temporary-tables", "the session's temporary tables", claims::temporary_tables, temporary_tables},
        {"reflection/reads-what-it-read", "statements run on a reflected table", {}, reads_what_it_read},
        {"reflection/naming-convention", "constraints and indexes have the names that a convention gives", {}, conventional_names},
        {"reflection/few-queries", "as many queries for twelve tables as for two", {}, few_queries},
    };
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace azoth::conformance::areas
