#include "mysql_schema_support.hpp"

using namespace mysql_tests;

namespace {

/// What makes one database's schema like another's.
az::schema_changes changes(const az::engine& from, const az::engine& to) {
    const az::schema_definition wanted = read(to);
    az::schema_changes made;
    from.with_executor([&](az::executor& on) { made = az::changes_between(on, read(from), wanted); });
    return made;
}

names losses_of(const az::schema_changes& of) {
    names all;
    for (const auto& s : of.steps)
        if (s.loses) all.push_back(s.note);
    return all;
}

/// A schema, and the one that it is to become, with a connection to each.
template <class F>
void with_two_databases(F&& test) {
    with_each_driver([&](const scratch_database& db) {
        const scratch_database other{db.url()};
        const auto engine = db.open();
        const auto wanted = other.open();
        auto c = engine.connect();
        auto w = wanted.connect();
        test(engine, wanted, c, w);
    });
}

}  // namespace

TEST_CASE("mysql schema: statements that alter") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        const az::table t{
            "t", {az::column("id", k::big_integer, az::primary_key), az::column("n", k::integer), az::column("p", k::big_integer)}};
        az::metadata{{parent(), t}}.create_all(engine);
        c.execute(az::create_index(t, az::index("ix", {"n"})));
        if (is_mariadb(engine)) {
            c.execute(az::create_index(t, az::index("ix", {"n"}), {.if_not_exists = true}));
            c.execute(az::drop_index(t, "nowhere", {.if_exists = true}));
        }
        c.execute(az::add_constraint(t, az::check("ck", "n > 0")));
        c.execute(az::add_constraint(t, az::unique_constraint{.name = "uq", .columns = {"n"}}));
        c.execute(
            az::add_constraint(t, az::foreign_key{.name = "fk", .columns = {"p"}, .referred_table = "parent", .referred_columns = {"id"}}));
        const auto with = read(engine);
        CHECK(described(table_of(with, "t").checks).size() == 1);
        CHECK(described(table_of(with, "t").uniques) == names{"uq n"});
        CHECK(described(table_of(with, "t").foreign_keys) == names{"fk p -> .parent id 0 0"});
        CHECK(described(table_of(with, "t").indexes) == names{"ix  n"});
        c.execute(az::restart_numbers(t, "id", 1000));
        run(c, "INSERT INTO t (n) VALUES (5)");
        CHECK(number_of(c, "SELECT id FROM t") == 1000);
        c.execute(az::drop_constraint(t, "fk", az::constraint_kind::foreign_key));
        c.execute(az::drop_constraint(t, "uq", az::constraint_kind::unique));
        c.execute(az::drop_constraint(t, "ck", az::constraint_kind::check));
        c.execute(az::drop_index(t, "ix"));
        const auto without = read(engine);
        CHECK(table_of(without, "t").checks.empty());
        CHECK(table_of(without, "t").uniques.empty());
        CHECK(table_of(without, "t").foreign_keys.empty());
    });
}

TEST_CASE("mysql schema: what the servers cannot do is refused") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        auto c = engine.connect();
        const auto refused = [&](const std::vector<az::column_draft>& columns, std::vector<az::table_element> parts) {
            const az::table t{"t", columns, std::move(parts)};
            return thrown<az::not_supported_error>([&] {
                       az::metadata{{t}}.create_all(engine);
                       az::metadata{{t}}.drop_all(engine);
                   }).code() == az::errc::not_supported;
        };
        const az::column_draft id = az::column("id", k::integer, az::primary_key);
        const az::column_draft n = az::column("n", k::integer);
        const az::foreign_key key{.name = "fk", .columns = {"n"}, .referred_table = "t", .referred_columns = {"id"}};
        const auto changed = [](auto what, auto change) {
            change(what);
            return what;
        };
        CHECK(refused({id, n}, {changed(key, [](auto& f) { f.on_delete = az::referential_action::set_default; })}));
        CHECK(refused({id, n}, {changed(key, [](auto& f) { f.match = az::key_match::full; })}));
        CHECK(refused({id, n}, {changed(key, [](auto& f) { f.timing = az::constraint_timing::deferrable; })}));
        CHECK(refused({id, n}, {key, az::temporary}));
        CHECK(refused({id, n}, {az::unique_constraint{.name = "u", .columns = {"n"}, .nulls_not_distinct = true}}));
        CHECK(refused({az::column("id", k::integer, az::primary_key, az::identity({.start = 7}))}, {}));
        CHECK(refused({az::column("id", k::integer, az::primary_key, az::always_identity())}, {}));
        CHECK(refused({id, az::column("n", k::integer, az::identity())}, {}));
        const az::table t{"t", {id, n, az::column("w", az::string(9))}};
        az::metadata{{t}}.create_all(engine);
        const auto index_refused = [&](az::index_definition i) {
            i.name = "ix";
            return thrown<az::not_supported_error>([&] { c.execute(az::create_index(t, i)); }).code() == az::errc::not_supported;
        };
        CHECK(index_refused({.elements = {"n"}, .include = {"id"}}));
        CHECK(index_refused({.elements = {"n"}, .where = az::check("x", "n > 1").condition}));
        CHECK(index_refused({.elements = {"n"}, .method = "gin"}));
        CHECK(index_refused({.elements = {"w"}, .unique = true, .method = "fulltext"}));
        CHECK(index_refused({.elements = {changed(az::index_element{"n"}, [](auto& e) { e.nulls = az::nulls_order::last; })}}));
        if (is_mariadb(engine)) CHECK(index_refused({.elements = {az::by(az::own_column<std::int32_t>("n") + 1)}}));
        CHECK_THROWS_AS(c.execute(az::drop_table(t, {.cascade = true})), az::not_supported_error);
        CHECK_THROWS_AS(c.execute(az::create_enum(az::enum_type("mood", {"a"}))), az::not_supported_error);
    });
}

TEST_CASE("mysql schema: a check in a column's definition changes and goes") {
    with_two_databases([](const az::engine& engine, const az::engine& wanted, az::connection& c, az::connection& w) {
        if (!is_mariadb(engine)) return;
        run(c, "CREATE TABLE t (id INT PRIMARY KEY, a INT CHECK (a > 0), b INT CHECK (b > 1), c INT CHECK (c > a), d INT CHECK (d > 0))");
        run(w, "CREATE TABLE t (id INT PRIMARY KEY, a INT CHECK (a > 5), b INT NOT NULL CHECK (b > 1), c BIGINT)");
        const auto made = changes(engine, wanted);
        CHECK(losses_of(made) == names{"all values of \"d\" are lost"});
        az::apply_changes(engine, made);
        CHECK(changes(engine, wanted).empty());
        CHECK(described(table_of(read(engine), "t").checks) == names{"a `a` > 5", "b `b` > 1"});
    });
}

TEST_CASE("mysql schema: a column that is said again loses what was not read of it, and is told") {
    with_two_databases([](const az::engine& engine, const az::engine& wanted, az::connection& c, az::connection& w) {
        run(c, "CREATE TABLE t (id INT PRIMARY KEY, n INT, at DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)");
        run(w, "CREATE TABLE t (id INT PRIMARY KEY, n BIGINT, at DATETIME DEFAULT CURRENT_TIMESTAMP)");
        CHECK(losses_of(changes(engine, wanted)).empty());
        run(w, "ALTER TABLE t MODIFY COLUMN at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL");
        const auto lost = losses_of(changes(engine, wanted));
        REQUIRE(lost.size() == 1);
        CHECK_THAT(lost.front(), Catch::Contains("what has not been read is lost: the column \"at\" has on update current_timestamp"));
    });
}

TEST_CASE("mysql schema: columns that differ by the case of their letters are the same") {
    with_two_databases([](const az::engine& engine, const az::engine& wanted, az::connection& c, az::connection& w) {
        run(c, "CREATE TABLE t (Id INT PRIMARY KEY, Name INT, UNIQUE (Name))");
        run(w, "CREATE TABLE t (id INT PRIMARY KEY, name INT, UNIQUE (name))");
        CHECK(changes(engine, wanted).empty());
    });
}

TEST_CASE("mysql schema: the index that the server makes for a key is not the program's, however both are named") {
    with_each_driver([](const scratch_database& db) {
        const scratch_database other{db.url()};
        const auto engine = db.open();
        const auto again = other.open();
        auto c = engine.connect();
        run(c, "CREATE TABLE p (id INT PRIMARY KEY, b INT, c INT, UNIQUE (id, b), UNIQUE (id, c))");
        run(c, "CREATE TABLE f (x INT, FOREIGN KEY (x) REFERENCES p (id))");
        run(c, "CREATE TABLE g (x INT, b INT, c INT, FOREIGN KEY (x, b) REFERENCES p (id, b), FOREIGN KEY (x, c) REFERENCES p (id, c))");
        const auto found = read(engine);
        CHECK(table_of(found, "f").indexes.empty());
        CHECK(table_of(found, "f").foreign_keys.front().made_index == "x");
        CHECK(table_of(found, "g").indexes.empty());
        az::metadata all;
        all.reflect(engine);
        all.create_all(again);  // which names the keys as they were, and so the server their indexes
        CHECK(changes(engine, again).empty());
        CHECK(changes(again, engine).empty());
        // The indexes go with the keys.
        run(c, "ALTER TABLE g DROP FOREIGN KEY g_ibfk_1, DROP INDEX x");
        az::apply_changes(again, changes(again, engine));
        CHECK(changes(again, engine).empty());
    });
}
