// What is written for which server, and what MySQL's errors mean: needs the plugin, and no server.
#include "mysql_support.hpp"

#include <azoth/dialect.hpp>

using namespace mysql_tests;

namespace {

std::shared_ptr<const az::dialect> dialect() {
    for (const char* scheme : {"mariadb", "mysql"}) {
        try {
            return az::dialect_registry::instance().find(scheme);
        } catch (const az::plugin_error&) {  // the other one
        }
    }
    WARN("skipped: neither MySQL driver is built");
    return nullptr;
}

az::profile server(const az::dialect& of, const char* name, std::uint32_t version) {
    az::profile p;
    of.default_profile(p);
    p.server = name;
    p.version = version;
    return p;
}

struct pair {
    std::string mariadb;
    std::string mysql;
};

pair both(const az::dialect& of, const az::node_ptr& statement) {
    return {az::to_sql(*statement, of.rules(), server(of, "MariaDB", 10'11'00)),
            az::to_sql(*statement, of.rules(), server(of, "MySQL", 8'04'00))};
}

const az::table& thing() {
    static const az::table t{
        "thing",
        {az::column("id", az::type_kind::unsigned_big_integer, az::primary_key), az::column("name", az::string(50), az::not_null),
         az::column("n", az::type_kind::big_integer, az::not_null), az::column("u", az::type_kind::unsigned_integer, az::not_null),
         az::column("key", az::type_kind::uuid), az::column("j", az::type_kind::json)}};
    return t;
}

}  // namespace

TEST_CASE("mysql compile: what differs between the servers") {
    const auto d = dialect();
    if (!d) return;
    const auto name = thing().column<std::string>("name");
    const auto like = both(*d, az::select(name).where(name.like(az::bound(std::string{"a%"}))).node());
    CHECK(contains(like.mariadb, "LIKE 'a%' ESCAPE X'01'"));
    CHECK(contains(like.mysql, "LIKE 'a%'"));
    CHECK_FALSE(contains(like.mysql, "ESCAPE"));
    const auto id = az::expr<az::uuid>{thing()["key"].node()};
    const auto cast = both(*d, az::select(name.as<az::uuid>()).node());
    CHECK(contains(cast.mariadb, "CAST(`thing`.`name` AS UUID)"));
    CHECK(contains(cast.mysql, "CAST(`thing`.`name` AS CHAR)"));
}

TEST_CASE("mysql compile: operators, functions and literals") {
    const auto d = dialect();
    if (!d) return;
    const auto n = thing().column<std::int64_t>("n");
    const auto u = thing().column<std::uint32_t>("u");
    const auto id = thing().column<std::uint64_t>("id");
    const auto name = thing().column<std::string>("name");
    const auto sql = [&](const auto& e) {
        const std::string text = both(*d, az::select(e).node()).mysql;
        return text.substr(7, text.find(" FROM") - 7);
    };
    CHECK(sql(n / 2) == "CAST(`thing`.`n` AS DOUBLE) / 2");
    CHECK(sql(u - 1) == "CAST(`thing`.`u` AS SIGNED) - 1");
    CHECK(sql(id * n) == "CAST(`thing`.`id` AS DECIMAL(20, 0)) * `thing`.`n`");
    CHECK(sql(u + u) == "`thing`.`u` + `thing`.`u`");
    CHECK(sql(name + "x" + name) == "CONCAT(`thing`.`name`, 'x', `thing`.`name`)");
    CHECK(sql(n.is_distinct_from(5)) == "NOT (`thing`.`n` <=> 5)");
    CHECK(sql(az::literal(1.5)) == "1.5e0");
    CHECK(sql(az::literal(std::string{"it's \\"})) == "'it''s \\'");
    CHECK(sql(az::literal(az::timestamp{})) == "TIMESTAMP '1970-01-01 00:00:00.000000'");
    CHECK(sql(n.as<bool>()) == "(`thing`.`n` <> 0)");
    CHECK(sql(az::func::call<std::string>("string_agg", name, az::literal(std::string{", "}))) ==
          "GROUP_CONCAT(`thing`.`name` SEPARATOR ', ')");
    CHECK(contains(sql(az::func::call<std::string>("string_agg", name, std::string{", "})), "', '"));
    CHECK(contains(both(*d, az::select(n).offset(5).node()).mysql, " LIMIT 18446744073709551615 OFFSET 5"));
    CHECK(both(*d, az::insert(thing()).node()).mysql == "INSERT INTO `thing` () VALUES ()");
}

TEST_CASE("mysql compile: a common table expression stands where the servers take it") {
    const auto d = dialect();
    if (!d) return;
    const auto n = thing().column<std::int64_t>("n");
    const auto large = az::cte("large", az::select(n).where(n > 5));
    const auto most = az::select(az::func::max(std::get<0>(large.columns()))).scalar();
    const auto inserted = both(*d, az::insert(thing()).set(thing()["n"], az::func::coalesce(most, 0)).node());
    CHECK(contains(inserted.mariadb, "INSERT INTO `thing` (`n`) WITH `large` (`n`) AS ("));
    CHECK(contains(inserted.mysql, "INSERT INTO `thing` (`n`) WITH `large` (`n`) AS ("));
    const auto update = az::update(thing()).set(thing()["n"], az::func::coalesce(most, 0));
    const auto compile_for = [&](const char* name, std::uint32_t version) {
        az::profile p = server(*d, name, version);
        p.can.ctes_in_updates = p.server == "MySQL";
        return az::compiler{d->rules(), p}.run(*update.node()).sql;
    };
    CHECK(compile_for("MySQL", 8'04'00).starts_with("WITH `large` (`n`) AS ("));
    CHECK_THROWS_AS(compile_for("MariaDB", 10'11'00), az::not_supported_error);
}

TEST_CASE("mysql compile: errors of either server, and the constraints that they name") {
    const auto d = dialect();
    if (!d) return;
    const auto means = [&](int code, const char* message, const char* state = "HY000") {
        return d->classify(az::native_error{code, message, state});
    };
    CHECK(means(1062, "Duplicate entry '5' for key 'thing.one'").constraint == "one");
    CHECK(means(1062, "Duplicate entry 'for key ''x''' for key 'one'").constraint == "one");
    CHECK(means(3819, "Check constraint 'positive' is violated.").constraint == "positive");
    CHECK(means(3819, "Check constraint 'positive' is violated.").code == az::errc::check_violation);
    CHECK(means(1452,
                "Cannot add or update a child row: a foreign key constraint fails (`d`.`c`, CONSTRAINT `fk` FOREIGN KEY (`p`) "
                "REFERENCES `p` (`id`))")
              .constraint == "fk");
    CHECK(means(1263, "Column set to default value; NULL supplied to NOT NULL column 'a' at row 1").constraint == "a");
    CHECK(means(4031, "The client was disconnected by the server because of inactivity.").disconnect);
    CHECK(means(3024, "Query execution was interrupted, maximum statement execution time exceeded").code == az::errc::timeout);
    CHECK(means(1020, "Record has changed since last read in table 't'").retryable);
    CHECK(means(9999, "something new", "23000").code == az::errc::integrity);
    CHECK(means(9999, "something new", "40001").retryable);
    CHECK(means(9999, "something new").code == az::errc::operational);
}
