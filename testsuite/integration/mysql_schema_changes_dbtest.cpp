#include "mysql_schema_support.hpp"

using namespace mysql_tests;

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
