// The reflector of queries that dialects may use, on the standard's views as two databases have them.
#include <azoth/azoth.hpp>
#include <azoth/dialect.hpp>

#include <support/test_servers.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace {

namespace az = azoth;
using k = az::type_kind;

az::metadata library() {
    const az::table authors{
        "std_author",
        {az::column("id", k::integer, az::primary_key, az::not_generated), az::column("name", az::string(30), az::not_null),
         az::column("born", k::date), az::column("worth", az::numeric(10, 2), az::server_default("1.5"))},
        {az::unique_constraint{.name = "std_author_once", .columns = {"name", "born"}}, az::check("std_author_worth", "worth > 0")}};
    const az::table books{"std_book",
                          {az::column("id", k::big_integer, az::primary_key, az::not_generated), az::column("author", k::integer),
                           az::column("title", k::text)},
                          {az::foreign_key{.name = "std_book_author",
                                           .columns = {"author"},
                                           .referred_table = "std_author",
                                           .referred_columns = {"id"},
                                           .on_delete = az::referential_action::cascade}}};
    return az::metadata{{authors, books}};
}

/// MySQL's and MariaDB's views say more of a foreign key than the standard's, and call each primary key PRIMARY.
az::catalogue_queries queries_of_mariadb() {
    auto q = az::standard_catalogue_queries();
    q.default_schema = "SELECT DATABASE()";
    q.sequences = {};
    q.keys =
        "SELECT c.table_name, c.constraint_name, c.constraint_type, k.column_name, k.referenced_table_schema, k.referenced_table_name,"
        " k.referenced_column_name, r.update_rule, r.delete_rule FROM information_schema.table_constraints c"
        " JOIN information_schema.key_column_usage k ON k.constraint_schema = c.constraint_schema AND k.constraint_name = c.constraint_name"
        " AND k.table_name = c.table_name AND (c.constraint_type = 'FOREIGN KEY') = (k.referenced_table_name IS NOT NULL)"
        " LEFT JOIN information_schema.referential_constraints r ON r.constraint_schema = c.constraint_schema"
        " AND r.constraint_name = c.constraint_name AND r.table_name = c.table_name AND c.constraint_type = 'FOREIGN KEY' WHERE "
        "c.table_schema = :schema ORDER BY c.table_name, c.constraint_name, k.ordinal_position";
    return q;
}

void with_each(const std::function<void(az::queried_catalogue&, az::reflector&)>& test) {
    const auto urls = support::test_urls();
    if (urls.empty()) WARN("skipped: AZOTH_TEST_URLS names no server; tools/servers starts them");
    for (const auto& url : urls) {
        INFO(url.substr(0, url.find(':')));
        const az::engine engine = az::create_engine(url, {.log = nullptr});
        const auto all = library();
        all.drop_all(engine);
        all.create_all(engine);
        {
            auto c = engine.connect();
            c.execute(az::text("DROP VIEW IF EXISTS std_titles"));
            c.execute(az::text("CREATE VIEW std_titles AS SELECT title FROM std_book"));
            c.commit();
        }
        engine.with_executor([&](az::executor& on) {
            az::queried_catalogue standard{on, url.starts_with("postgresql") ? az::standard_catalogue_queries() : queries_of_mariadb()};
            test(standard, on.reflect());
        });
        {
            auto c = engine.connect();
            c.execute(az::text("DROP VIEW std_titles"));
            c.commit();
        }
        all.drop_all(engine);
    }
}

const az::reflection_request ours{.names = {"std_author", "std_book", "std_titles"}};

}  // namespace

TEST_CASE("the standard's catalogue: names") {
    with_each([](az::queried_catalogue& standard, az::reflector& own) {
        CHECK(standard.default_schema() == own.default_schema());
        CHECK(standard.table_names() == own.table_names());
        CHECK(standard.view_names() == own.view_names());
        CHECK(standard.has_table("std_book"));
        CHECK_FALSE(standard.has_table("std_titles"));
        CHECK_FALSE(standard.has_table("std_book", "no_such_schema"));
        CHECK(std::ranges::count(standard.schema_names(), own.default_schema()) == 1);
    });
}

TEST_CASE("the standard's catalogue: tables as the dialect's own reflector reads them, as far as the standard goes") {
    with_each([](az::queried_catalogue& standard, az::reflector& own) {
        const auto by_standard = standard.read(ours);
        const auto by_own = own.read(ours);
        REQUIRE(by_standard.tables.size() == 2);
        REQUIRE(by_own.tables.size() == 2);
        for (std::size_t i = 0; i < 2; ++i) {
            const auto& a = *by_standard.tables[i];
            const auto& b = *by_own.tables[i];
            INFO(a.node->name);
            CHECK(a.name() == b.name());
            REQUIRE(a.node->columns.size() == b.node->columns.size());
            for (std::size_t c = 0; c < a.node->columns.size(); ++c) {
                INFO(a.node->columns[c].name);
                CHECK(a.node->columns[c].name == b.node->columns[c].name);
                if (a.node->columns[c].type != az::type{k::unknown}) CHECK(a.node->columns[c].type == b.node->columns[c].type);  // LONGTEXT
                CHECK(a.node->columns[c].nullable == b.node->columns[c].nullable);
                CHECK(a.node->columns[c].primary_key == b.node->columns[c].primary_key);
                CHECK(a.node->columns[c].has_default == b.node->columns[c].has_default);
            }
            CHECK(a.primary_key == b.primary_key);
            CHECK(a.uniques.size() == b.uniques.size());
            CHECK(a.checks.size() == b.checks.size());
        }
        CHECK(by_standard.tables[0]->uniques.at(0).columns == std::vector<std::string>{"name", "born"});
        CHECK(by_standard.tables[0]->checks.at(0).name == "std_author_worth");
        const auto& key = by_standard.tables[1]->foreign_keys.at(0);
        CHECK(key.name == by_own.tables[1]->foreign_keys.at(0).name);
        CHECK(key.columns == std::vector<std::string>{"author"});
        CHECK(key.referred_schema.empty());
        CHECK(key.referred_table == "std_author");
        CHECK(key.referred_columns == std::vector<std::string>{"id"});
        CHECK(key.on_delete == az::referential_action::cascade);
        REQUIRE(by_standard.views.size() == 1);
        CHECK(by_standard.views[0].columns.at(0).name == "title");
        CHECK(standard.read({.names = {"std_book"}}).tables.size() == 1);
    });
}

TEST_CASE("the standard's catalogue: what it cannot tell is said") {
    for (const auto& url : support::test_urls()) {
        if (!url.starts_with("postgresql")) continue;
        const az::engine engine = az::create_engine(url, {.log = nullptr});
        auto c = engine.connect();
        for (const char* sql :
             {"CREATE SCHEMA std_odd",
              "CREATE TABLE std_odd.a (x INT CONSTRAINT positive CHECK (x > 0), y INT NOT NULL CHECK (y IS NULL OR x IS NOT NULL))",
              "CREATE TABLE std_odd.b (x INT CONSTRAINT positive CHECK (x > 1))", "CREATE UNIQUE INDEX by_x ON std_odd.a (x)",
              "CREATE TABLE std_odd.c (x INT CONSTRAINT to_a REFERENCES std_odd.a (x))"})
            c.execute(az::text(sql));
        c.with_executor([&](az::executor& on) {
            const auto all = az::queried_catalogue{on}.read({.schema = "std_odd"});
            REQUIRE(all.tables.size() == 3);
            CHECK(all.tables[0]->checks.size() == 2);  // not NOT NULL, and one of the two that are called positive
            CHECK(all.tables[2]->foreign_keys.empty());
            std::vector<std::string> parts;
            for (const auto& n : all.notes) parts.push_back(n.of.name + "." + n.part);
            CHECK(parts == std::vector<std::string>{"c.to_a", "a.positive", "b.positive"});
        });
        c.rollback();
    }
}

TEST_CASE("the standard's names of types") {
    CHECK(az::standard_type("character varying", 20, 0, 0) == az::string(20));
    CHECK(az::standard_type("NUMERIC", 0, 10, 2) == az::numeric(10, 2));
    CHECK(az::standard_type("timestamp with time zone", 0, 0, 0) == az::type{k::timestamp_tz});
    CHECK(az::standard_type("BINARY VARYING", 16, 0, 0) == az::binary(16));
    CHECK(az::standard_type("GEOMETRY", 0, 0, 0).kind == k::unknown);
}
