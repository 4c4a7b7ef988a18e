// CREATE and DROP in ANSI's words, and in which order tables come and go.
#include "../throws.hpp"
#include "dependency_order.hpp"

#include <azoth/schema/ddl.hpp>
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/schema/reflector.hpp>
#include <azoth/sql/compiler.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <set>

using azoth::column;
using azoth::metadata;
using azoth::references_to;
using azoth::table;
using azoth::type_kind;

namespace {

azoth::profile able() {
    azoth::profile p;
    p.dialect = "ansi";
    p.server = "Ansi";
    p.can.alter_add_constraint = true;
    return p;
}

std::string sql(const azoth::node& statement, const azoth::profile& server = able()) {
    return azoth::compiler{azoth::ansi_rules(), server}.run(statement).sql;
}

std::shared_ptr<const azoth::table_definition> shared(const table& t) {
    return std::make_shared<const azoth::table_definition>(t.definition());
}

/// A table with a key and a reference to each of these.
table refers(const std::string& name, const std::vector<std::string>& to) {
    std::vector<azoth::column_draft> columns{column("id", type_kind::integer, azoth::primary_key)};
    for (const auto& t : to) columns.push_back(column(t + "_id", type_kind::integer, references_to(t, "id")));
    return table{name, std::move(columns)};
}

/// Keeps the statements that it should run, and knows which tables are there.
class recorder final : public azoth::executor, public azoth::executor_source, public azoth::reflector {
public:
    explicit recorder(azoth::profile server) : server_{std::move(server)} {}

    const azoth::profile& server_profile() const override { return server_; }
    const azoth::rule_table& rules() const override { return azoth::ansi_rules(); }
    azoth::reflector& reflect() override { return *this; }
    std::int64_t run(const azoth::node& statement, azoth::row_sink*) override {
        std::string text = sql(statement, server_);
        for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n')) text.replace(at, text[at + 1] == ' ' ? 5 : 1, "");
        log.push_back(text);
        return 0;
    }
    std::int64_t run(std::string_view, std::span<const azoth::cell>, azoth::row_sink*) override {
        throw std::logic_error{"no raw SQL here"};
    }
    void with_executor(const std::function<void(azoth::executor&)>& work) const override {
        ++transactions;
        work(const_cast<recorder&>(*this));
    }
    bool has_table(std::string_view name, std::string_view schema) override {
        return there.contains(schema.empty() ? std::string{name} : std::string{schema} + "." + std::string{name});
    }
    std::vector<std::string> table_names(std::string_view) override { return {there.begin(), there.end()}; }

    std::vector<std::string> log{};
    std::set<std::string> there{};
    mutable int transactions{};

private:
    azoth::profile server_;
};

/// The first words of each statement: enough to see the order.
std::vector<std::string> outline(const recorder& r) {
    std::vector<std::string> lines;
    for (const auto& text : r.log) {
        const auto end = text.starts_with("ALTER") ? text.find('(') : text.find(" (");
        lines.push_back(text.substr(0, std::min(end, text.size())));
    }
    return lines;
}

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("DDL: CREATE TABLE with all that a table can have") {
    azoth::table_definition d =
        table{"item",
              {column("id", type_kind::big_integer, azoth::primary_key), column("name", azoth::string(80), azoth::not_null, azoth::unique),
               column("price", azoth::numeric(10, 2), azoth::server_default("0"), azoth::not_null),
               column("team_id", type_kind::integer,
                      references_to("team", "id", "staff")
                          .on_delete(azoth::referential_action::cascade)
                          .on_update(azoth::referential_action::set_default))},
              "shop"}
            .definition();
    d.checks.push_back({"price_is_positive", azoth::detail::parse_text("price > 0")});
    const azoth::create_table_node create{std::make_shared<const azoth::table_definition>(d)};
    CHECK(sql(create) == R"(CREATE TABLE "shop"."item" (
    "id" BIGINT NOT NULL,
    "name" VARCHAR(80) NOT NULL,
    "price" NUMERIC(10, 2) DEFAULT 0 NOT NULL,
    "team_id" INTEGER,
    CONSTRAINT "pk_item" PRIMARY KEY ("id"),
    CONSTRAINT "uq_item_name" UNIQUE ("name"),
    CONSTRAINT "fk_item_team_id_team" FOREIGN KEY ("team_id") REFERENCES "staff"."team" ("id") ON DELETE CASCADE ON UPDATE SET DEFAULT,
    CONSTRAINT "price_is_positive" CHECK (price > 0)
))");
    azoth::create_table_node later{create.table};
    later.if_not_exists = later.without_foreign_keys = true;
    const std::string text = sql(later);
    CHECK(text.starts_with(R"(CREATE TABLE IF NOT EXISTS "shop"."item" ()"));
    CHECK(text.find("FOREIGN KEY") == std::string::npos);
    CHECK(text.find("CHECK (price > 0)") != std::string::npos);
    const auto compiled = azoth::compiler{azoth::ansi_rules(), able()}.run(create);
    CHECK(compiled.kind == azoth::statement_kind::ddl);
    CHECK_FALSE(compiled.returns_rows);
}

TEST_CASE("DDL: every action of a foreign key") {
    using action = azoth::referential_action;
    const std::pair<action, const char*> actions[] = {{action::no_action, ""},
                                                      {action::restrict_, " ON DELETE RESTRICT"},
                                                      {action::cascade, " ON DELETE CASCADE"},
                                                      {action::set_null, " ON DELETE SET NULL"},
                                                      {action::set_default, " ON DELETE SET DEFAULT"}};
    for (const auto& [what, words] : actions) {
        const table t{"t", {column("a", type_kind::integer, references_to("u", "b").on_delete(what))}};
        CHECK(sql(*azoth::add_constraint(t, t.definition().foreign_keys[0]).node()) ==
              std::string{R"(ALTER TABLE "t" ADD CONSTRAINT "fk_t_a_u" FOREIGN KEY ("a") REFERENCES "u" ("b"))"} + words);
    }
}

TEST_CASE("DDL: a composite key, and none") {
    const table two{"t", {column("a", type_kind::integer, azoth::primary_key), column("b", type_kind::text, azoth::primary_key)}};
    CHECK_THAT(sql(azoth::create_table_node{shared(two)}), Catch::Contains(R"(CONSTRAINT "pk_t" PRIMARY KEY ("a", "b"))"));
    const table none{"t", {column("a", type_kind::integer)}};
    CHECK(sql(azoth::create_table_node{shared(none)}) == "CREATE TABLE \"t\" (\n    \"a\" INTEGER\n)");
}

TEST_CASE("DDL: types as ANSI writes them") {
    azoth::type labels{type_kind::enumeration};
    labels.rare = std::make_shared<const azoth::type::rare_parts>(azoth::type::rare_parts{.labels = {"a", "three"}});
    const std::pair<azoth::type, const char*> cases[] = {
        {type_kind::boolean, "BOOLEAN"},
        {type_kind::small_integer, "SMALLINT"},
        {type_kind::integer, "INTEGER"},
        {type_kind::big_integer, "BIGINT"},
        {type_kind::unsigned_small_integer, "INTEGER"},  // the next wider one holds the values
        {type_kind::unsigned_integer, "BIGINT"},
        {type_kind::unsigned_big_integer, "NUMERIC(20, 0)"},
        {type_kind::real, "REAL"},
        {type_kind::double_, "DOUBLE PRECISION"},
        {type_kind::numeric, "NUMERIC"},
        {azoth::numeric(65, 30), "NUMERIC(65, 30)"},
        {azoth::string(10), "VARCHAR(10)"},
        {type_kind::string, "CLOB"},
        {type_kind::text, "CLOB"},
        {azoth::binary(16), "VARBINARY(16)"},
        {type_kind::binary, "BLOB"},
        {type_kind::date, "DATE"},
        {type_kind::time, "TIME"},
        {type_kind::timestamp, "TIMESTAMP"},
        {type_kind::timestamp_tz, "TIMESTAMP WITH TIME ZONE"},
        {type_kind::uuid, "CHAR(36)"},
        {type_kind::json, "JSON"},
        {labels, "VARCHAR(5)"},
        {azoth::array_of(type_kind::integer), "JSON"},
    };
    for (const auto& [type, name] : cases) {
        INFO(to_string(type));
        CHECK_THAT(sql(azoth::create_table_node{shared(table{"t", {column("a", type)}})}),
                   Catch::Contains(std::string{"\"a\" "} + name + "\n)"));
    }
    CHECK_ERROR(sql(azoth::create_table_node{shared(table{"t", {column("a", type_kind::unknown)}})}), "not-supported",
                "no column type for unknown");
}

TEST_CASE("DDL: names are quoted wherever they stand") {
    const table t{R"(a"b)", {column(R"(c"d)", type_kind::integer, azoth::indexed, references_to(R"(e"f)", R"(g"h)"))}, R"(s"t)"};
    const auto d = shared(t);
    CHECK(sql(*azoth::drop_table(t, {.if_exists = true}).node()) == R"(DROP TABLE IF EXISTS "s""t"."a""b")");
    CHECK(sql(*azoth::drop_table(t).node()) == R"(DROP TABLE "s""t"."a""b")");
    CHECK(sql(*azoth::create_index(t, R"(ix_a"b_c"d)").node()) == R"(CREATE INDEX "ix_a""b_c""d" ON "s""t"."a""b" ("c""d"))");
    CHECK_THAT(sql(azoth::create_table_node{d}), Catch::Contains(R"(FOREIGN KEY ("c""d") REFERENCES "e""f" ("g""h"))"));
    CHECK(sql(*azoth::drop_constraint(t, R"(fk_a"b_c"d_e"f)", azoth::constraint_kind::foreign_key).node()) ==
          R"(ALTER TABLE "s""t"."a""b" DROP CONSTRAINT "fk_a""b_c""d_e""f")");
}

TEST_CASE("DDL: what needs ALTER TABLE asks for it") {
    azoth::profile server = able();
    server.can.alter_add_constraint = false;
    const table t = refers("a", {"b"});
    CHECK_ERROR(sql(*azoth::add_constraint(t, t.definition().foreign_keys[0]).node(), server), "not-supported", "ADD CONSTRAINT");
    CHECK_ERROR(sql(*azoth::drop_constraint(t, "fk", azoth::constraint_kind::foreign_key).node(), server), "not-supported",
                "DROP CONSTRAINT");
}

TEST_CASE("order: those referred to come before those that refer") {
    std::mt19937 random{5};
    for (int round = 0; round < 300; ++round) {
        // A random graph without cycles: each table refers only to tables of lower numbers; then shuffled.
        const std::size_t count = 1 + random() % 12;
        std::vector<table> tables;
        for (std::size_t i = 0; i < count; ++i) {
            std::vector<std::string> to;
            for (std::size_t k = 0; k <= i; ++k)
                if (random() % 3 == 0) to.push_back("t" + std::to_string(k));  // to itself, too
            if (random() % 4 == 0) to.push_back("stranger");
            tables.push_back(refers("t" + std::to_string(i), to));
        }
        std::shuffle(tables.begin(), tables.end(), random);
        const auto sorted = metadata{tables}.sorted_tables();
        REQUIRE(sorted.size() == count);
        std::set<std::string> before;
        for (const auto& t : sorted) {
            for (const auto& key : t.definition().foreign_keys)
                if (key.referred_table != t.name() && key.referred_table != "stranger") REQUIRE(before.contains(key.referred_table));
            REQUIRE(before.insert(t.name()).second);
        }
    }
}

TEST_CASE("order: in cycles, each key that leads to a later table is known") {
    std::mt19937 random{6};
    int cycles = 0;
    for (int round = 0; round < 500; ++round) {
        const std::size_t count = 1 + random() % 8;
        std::vector<std::shared_ptr<const azoth::table_definition>> tables;
        for (std::size_t i = 0; i < count; ++i) {
            std::vector<std::string> to;
            for (std::size_t k = 0; k < count; ++k)
                if (random() % 4 == 0) to.push_back("t" + std::to_string(k));
            tables.push_back(shared(refers("t" + std::to_string(i), to)));
        }
        const auto order = azoth::detail::dependency_order(tables);
        REQUIRE(order.tables.size() == count);
        std::set<std::string> before;
        for (const auto& t : order.tables) {
            bool forward = false;
            for (const auto& key : t->foreign_keys)
                forward = forward || (key.referred_table != t->node->name && !before.contains(key.referred_table));
            REQUIRE(order.is_in_cycle(*t) == forward);
            cycles += forward ? 1 : 0;
            REQUIRE(before.insert(t->node->name).second);
        }
    }
    CHECK(cycles > 100);
}

TEST_CASE("order: otherwise as given") {
    const metadata m{{refers("c", {}), refers("a", {}), refers("b", {"c"})}};
    lines names;
    for (const auto& t : m.sorted_tables()) names.push_back(t.name());
    CHECK(names == lines{"c", "a", "b"});
}

TEST_CASE("metadata: the same table twice is a mistake") {
    metadata m{{refers("a", {})}};
    CHECK_ERROR(m.add(refers("a", {})), "mapping", "a table \"a\" already");
    CHECK_NOTHROW(m.add(table{"a", {column("id", type_kind::integer)}, "other_schema"}));
}

TEST_CASE("create_all: tables, then keys that close cycles, then indexes; in one transaction") {
    recorder r{able()};
    const table a{"a",
                  {column("id", type_kind::integer, azoth::primary_key),
                   column("b_id", type_kind::integer, references_to("b", "id"), azoth::indexed)}};
    const metadata m{{a, refers("b", {"c"}), refers("c", {"a"}), refers("d", {"d", "a"})}};
    m.create_all(r);
    CHECK(r.transactions == 1);
    CHECK(outline(r) == lines{R"(CREATE TABLE "c")", R"(CREATE TABLE "b")", R"(CREATE TABLE "a")", R"(CREATE TABLE "d")",
                              R"(ALTER TABLE "c" ADD CONSTRAINT "fk_c_a_id_a" FOREIGN KEY )", R"(CREATE INDEX "ix_a_b_id" ON "a")"});
    CHECK(r.log[0].find("FOREIGN KEY") == std::string::npos);
    CHECK(r.log[1].find("REFERENCES \"c\"") != std::string::npos);
    CHECK(r.log[3].find("REFERENCES \"d\"") != std::string::npos);  // to itself: no cycle
}

TEST_CASE("create_all: where keys cannot be added later they stand in the table") {
    azoth::profile server = able();
    server.can.alter_add_constraint = false;
    recorder r{server};
    metadata{{refers("a", {"b"}), refers("b", {"a"})}}.create_all(r);
    CHECK(outline(r) == lines{R"(CREATE TABLE "b")", R"(CREATE TABLE "a")"});
    CHECK(r.log[0].find("REFERENCES \"a\"") != std::string::npos);
}

TEST_CASE("create_all: looks first, unless told not to") {
    recorder r{able()};
    r.there = {"b"};
    const metadata m{{refers("a", {"b"}), refers("b", {"a"}), table{"b", {column("x", type_kind::integer, azoth::indexed)}, "other"}}};
    m.create_all(r);
    CHECK(outline(r) == lines{R"(CREATE TABLE "a")", R"(CREATE TABLE "other"."b")", R"(CREATE INDEX "ix_b_x" ON "other"."b")"});
    CHECK(r.log[0].find("REFERENCES \"b\"") != std::string::npos);
    r.log.clear();
    m.create_all(r, azoth::check_first::no);
    CHECK(r.log.size() == 5);
}

TEST_CASE("drop_all: those that refer first, keys of cycles before") {
    recorder r{able()};
    r.there = {"a", "b", "c"};
    const metadata m{{refers("a", {"b"}), refers("b", {"a"}), refers("c", {"a"}), refers("gone", {})}};
    m.drop_all(r);
    CHECK(r.transactions == 1);
    CHECK(outline(r) ==
          lines{R"(ALTER TABLE "b" DROP CONSTRAINT "fk_b_a_id_a")", R"(DROP TABLE "c")", R"(DROP TABLE "a")", R"(DROP TABLE "b")"});
    r.log.clear();
    m.drop_all(r, azoth::check_first::no);
    CHECK(r.log.size() == 5);
}

TEST_CASE("ddl: made names that are too long for the database become shorter, and those that a program has said are refused") {
    azoth::rule_table rules = azoth::ansi_rules();
    rules.identifiers.max_length = 31;
    const auto drop = [&](std::string name) {
        const auto statement = azoth::make_node<const azoth::drop_constraint_node>(azoth::object_name{"", "person"}, std::move(name),
                                                                                   azoth::constraint_kind::foreign_key);
        return azoth::compiler{rules, able()}.run(*statement).sql;
    };
    CHECK(drop("fk_person_town") == R"(ALTER TABLE "person" DROP CONSTRAINT "fk_person_town")");
    const std::string made = drop("fk_person_the_town_where_they_live_town");
    CHECK_THAT(made, Catch::StartsWith(R"(ALTER TABLE "person" DROP CONSTRAINT "fk_person_the_)"));
    CHECK(made.size() == std::string{R"(ALTER TABLE "person" DROP CONSTRAINT "")"}.size() + 31);
    CHECK(drop("fk_person_the_town_where_they_live_town") == made);
    CHECK(drop("fk_person_the_town_where_they_work_town") != made);
    CHECK_THROWS_AS(drop(std::string(61, 'x')), azoth::programming_error);
}
