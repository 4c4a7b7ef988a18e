// Upserts, joined updates and deletes, and DML as a part of other statements, in the words of ANSI and PostgreSQL.
#include "shop.hpp"

using namespace shop;
using azoth::delete_;
using azoth::entity;
using azoth::insert;
using azoth::proposed;
using azoth::select;
using azoth::update;
namespace func = azoth::func;

namespace {

template <class A, class B>
bool match(const A& a, const B& b) {
    std::vector<const azoth::bind_node*> found;
    azoth::node_matcher matcher{found};
    return a.node()->hash() == b.node()->hash() && matcher.nodes(a.node().get(), b.node().get());
}

const auto by_id = insert<package>().set(package_id, 1).set(package_name, "x").on_conflict(package_id);

}  // namespace

TEST_CASE("upsert: what is there stays, or is updated from what was proposed") {
    CHECK(sql(insert<package>().set(package_name, "x").on_conflict().do_nothing().without_inserted_key()) ==
          R"(INSERT INTO "package" ("name") VALUES (?) ON CONFLICT DO NOTHING)");
    CHECK(sql(by_id.do_update()
                  .set_proposed(package_name)
                  .set(package_size, package_size + 1)
                  .where(package_size < 5)
                  .returning(package_id)) ==
          R"(INSERT INTO "package" ("id", "name") VALUES (?, ?) ON CONFLICT ("id") DO UPDATE SET "name" = excluded."name", "size" = )"
          R"("package"."size" + ? WHERE "package"."size" < ? RETURNING "id")");
    CHECK_ERROR(compiled(by_id.do_update()), "statement", "updates nothing");
    CHECK_ERROR(compiled(by_id.do_update().set(package_size, 1).set(package_size, 2)), "statement", "set twice");
    CHECK_ERROR(compiled(update<package>().set(package_name, proposed(package_name))), "statement", "in do_update() only");
    CHECK_ERROR(compiled(by_id.do_update().set(package_name, proposed(maintainer_name))), "statement", "in do_update() only");
    CHECK_ERROR(compiled(insert<package>().on_conflict().do_nothing()), "statement", "nothing but defaults");
    CHECK_ERROR(by_id.index_where(package_size > 5), "statement", "literal()");
    azoth::profile server = able();
    server.can.upsert = azoth::upsert_style::none;
    CHECK_ERROR(compiled(by_id.do_nothing(), server), "not-supported", "an upsert");
}

TEST_CASE("upsert: statements that differ in it do not share SQL") {
    const auto update_name = by_id.do_update().set_proposed(package_name);
    CHECK(match(update_name, by_id.do_update().set_proposed(package_name)));
    CHECK_FALSE(match(update_name, by_id.do_nothing()));
    CHECK_FALSE(match(update_name, by_id.do_update().set_proposed(package_size)));
    CHECK_FALSE(match(update_name, update_name.where(package_size > 1)));
    CHECK_FALSE(match(update_name, by_id.index_where(package_size > azoth::literal(1)).do_update().set_proposed(package_name)));
    CHECK_FALSE(match(insert<package>().on_constraint("a").do_nothing(), insert<package>().on_constraint("b").do_nothing()));
    CHECK_FALSE(match(insert<package>().set(package_name, "x"), insert<package>().set(package_name, "x").without_inserted_key()));
    CHECK(match(update_name.where(package_size > 1), update_name.where(package_size > 2)));
}

TEST_CASE("update and delete: statements that differ in other tables, order or limit do not share SQL") {
    const auto plain = update<package>().set(package_size, 1);
    CHECK_FALSE(match(plain, plain.from(entity<maintainer>)));
    CHECK_FALSE(match(plain.from(entity<maintainer>), plain.join<maintainer>()));
    CHECK_FALSE(match(plain.limit(1), plain));
    CHECK_FALSE(match(plain.order_by(package_id).limit(1), plain.order_by(package_id.desc()).limit(1)));
    CHECK(match(plain.limit(1), plain.limit(2)));
    CHECK_FALSE(match(delete_<package>(), delete_<package>().using_(entity<maintainer>)));
    CHECK_FALSE(match(plain, update<package>().set(package_size, azoth::default_value)));
}

TEST_CASE("update and delete with other tables") {
    const auto renamed = update<package>().set(package_name, maintainer_name).join<maintainer>().where(maintainer_id == 3);
    CHECK(sql(renamed) == R"(UPDATE "package" SET "name" = "maintainer"."name" FROM "maintainer")"
                          R"( WHERE "package"."maintainer_id" = "maintainer"."id" AND "maintainer"."id" = ?)");
    CHECK(sql(delete_<package>().using_(entity<maintainer>).where(maintainer_id == package_maintainer)) ==
          R"(DELETE FROM "package" USING "maintainer" WHERE "maintainer"."id" = "package"."maintainer_id")");
    CHECK_ERROR(compiled(update<package>().set(package_name, "x").join<package>()), "statement", "joined twice");
    CHECK_ERROR(compiled(renamed.limit(3)), "statement", "no order or limit");
    CHECK_ERROR(compiled(renamed.returning(maintainer_name)), "not-supported", "RETURNING of another table");
    CHECK_ERROR(compiled(update<package>().set(package_name, "x").returning(maintainer_name)), "statement",
                "RETURNING gives columns of package");
    CHECK_ERROR(compiled(update(select(package_id).subquery("q")).set(package_name, "x")), "statement", "needs a table");
    CHECK_ERROR(compiled(update<package>().set(package_name, "x").order_by(package_id)), "not-supported", "an order or limit");
}

TEST_CASE("insert: several rows in one statement") {
    maintainer a;
    maintainer b;
    a.name = "a";
    b.name = "b";
    b.email = "b@c";
    CHECK(printed(insert<maintainer>().values({a, b})) == R"(INSERT INTO "maintainer" ("name", "email") VALUES ('a', NULL), ('b', 'b@c'))");
    CHECK(printed(insert<maintainer>().values(std::vector{a})) == R"(INSERT INTO "maintainer" ("name", "email") VALUES ('a', NULL))");
    b.id = 5;
    CHECK_ERROR(insert<maintainer>().values({a, b}), "statement", "to all of them, or to none");
    CHECK_ERROR(insert<maintainer>().values(std::vector<maintainer>{}), "statement", "no objects");
    CHECK(printed(insert<maintainer>().values(b).set(maintainer_email, azoth::default_value)) ==
          R"(INSERT INTO "maintainer" ("id", "name") VALUES (5, 'b'))");
}

TEST_CASE("insert: where the key of its row is known from") {
    using sources = azoth::inserted_key::part::sources;
    const auto given = compiled(insert<maintainer>().set(maintainer_name, "x").set(maintainer_id, 4)).key;
    REQUIRE(given.has_value());
    CHECK(given->parts.at(0).source == sources::parameter);
    CHECK(given->parts.at(0).at == 1);
    CHECK(compiled(insert<maintainer>().set(maintainer_name, "x")).key->parts.at(0).source == sources::generated);
    azoth::profile server = able();
    server.can.last_insert_id = false;
    const auto returned = compiled(insert<maintainer>().set(maintainer_name, "x"), server);
    CHECK(returned.sql == R"(INSERT INTO "maintainer" ("name") VALUES (?) RETURNING "id")");
    CHECK_FALSE(returned.returns_rows);
    CHECK(returned.key->is_implicit);
    server.can.returning_on_insert = false;
    CHECK_FALSE(compiled(insert<maintainer>().set(maintainer_name, "x"), server).key.has_value());
    CHECK_FALSE(compiled(insert<maintainer>().columns(maintainer_name).from(select(package_name))).key.has_value());
    CHECK(compiled(by_id.do_update().set_proposed(package_name)).key->is_implicit);
}
