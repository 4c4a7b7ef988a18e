// INSERT, UPDATE, DELETE and RETURNING in ANSI's words.
#include "shop.hpp"

using namespace shop;
using azoth::delete_;
using azoth::entity;
using azoth::insert;
using azoth::select;
using azoth::statement_kind;
using azoth::update;
namespace func = azoth::func;

TEST_CASE("insert: one row, column by column") {
    CHECK(sql(insert<maintainer>().set(maintainer_name, "x").set(maintainer_email, std::nullopt)) ==
          R"(INSERT INTO "maintainer" ("name", "email") VALUES (?, ?))");
    CHECK(sql(insert<maintainer>().set(maintainer_name, func::upper(azoth::bound("x")))) ==
          R"(INSERT INTO "maintainer" ("name") VALUES (upper(?)))");
    CHECK(sql(insert<employee>().set(entity<employee>[&employee::name], "x")) == R"(INSERT INTO "hr"."employee" ("name") VALUES (?))");
    const auto c = compiled(insert<maintainer>().set(maintainer_name, "x"));
    CHECK(c.kind == statement_kind::insert);
    CHECK_FALSE(c.returns_rows);
    CHECK_FALSE(c.batch.has_value());
}

TEST_CASE("insert: an object; a generated key that is not set is left out") {
    maintainer m;
    m.name = "x";
    CHECK(printed(insert<maintainer>().values(m)) == R"(INSERT INTO "maintainer" ("name", "email") VALUES ('x', NULL))");
    m.id = 7;
    m.email = "a@b";
    CHECK(printed(insert<maintainer>().values(m)) == R"(INSERT INTO "maintainer" ("id", "name", "email") VALUES (7, 'x', 'a@b'))");
    // A key of two columns is not generated: 0 is a value like others.
    CHECK(printed(insert<needs>().values({0, 3})) == R"(INSERT INTO "needs" ("package_id", "needed_id") VALUES (0, 3))");
}

TEST_CASE("insert: nothing but defaults") {
    CHECK(sql(insert<maintainer>()) == R"(INSERT INTO "maintainer" DEFAULT VALUES)");
    azoth::profile server = able();
    server.can.default_values_insert = false;
    CHECK_ERROR(compiled(insert<maintainer>(), server), "not-supported", "name at least one column");
}

TEST_CASE("insert: values from queries stay parts of the insert") {
    const auto highest = select(func::max(package_id)).scalar();
    const auto one = compiled(insert<package>().set(package_id, func::coalesce(highest, 0)));
    CHECK(one.sql == R"(INSERT INTO "package" ("id") VALUES (coalesce((SELECT max("package"."id") FROM "package"), ?)) RETURNING "id")");
    CHECK(one.kind == statement_kind::insert);
    CHECK_FALSE(one.returns_rows);
    CHECK(one.columns.empty());
    // A query that needs a CTE brings it along.
    const auto large = azoth::cte("large", select(package_id));
    CHECK(sql(insert<package>().set(package_id, func::coalesce(select(func::max(std::get<0>(large.columns()))).scalar(), 0))) ==
          R"(WITH "large" ("id") AS (SELECT "package"."id" FROM "package") INSERT INTO "package" ("id") VALUES)"
          R"( (coalesce((SELECT max("large"."id") FROM "large"), ?)) RETURNING "id")");
    // No row is around the values.
    CHECK_ERROR(compiled(insert<package>().set(package_id, package_maintainer)), "statement", "belongs to package");
}

TEST_CASE("insert: from a query") {
    const auto names = compiled(insert<maintainer>().columns(maintainer_name).from(select(package_name).where(package_id > 5)));
    CHECK(names.sql == R"(INSERT INTO "maintainer" ("name") SELECT "package"."name" FROM "package" WHERE "package"."id" > ?)");
    CHECK(names.kind == statement_kind::insert);
    CHECK(names.columns.empty());
    CHECK(sql(insert<needs>().from(select(package_id, package_maintainer))) ==
          R"(INSERT INTO "needs" ("package_id", "needed_id") SELECT "package"."id", "package"."maintainer_id" FROM "package")");
    const auto c = azoth::cte("c", select(package_id, package_maintainer));
    CHECK(
        sql(insert<needs>().from(select(std::get<0>(c.columns()), std::get<1>(c.columns())))) ==
        R"(WITH "c" ("id", "maintainer_id") AS (SELECT "package"."id", "package"."maintainer_id" FROM "package") INSERT INTO "needs" ("package_id", "needed_id"))"
        R"( SELECT "c"."id", "c"."maintainer_id" FROM "c")");
}

TEST_CASE("insert: many rows, as a plan that the driver repeats") {
    const auto c = compiled(insert<package>().columns(package_id, package_name, package_price).returning(package_size, package_id));
    REQUIRE(c.batch.has_value());
    const azoth::batch_plan& plan = *c.batch;
    CHECK(plan.prefix == R"(INSERT INTO "package" ("id", "name", "price") VALUES )");
    CHECK(plan.suffix == R"( RETURNING "size", "id")");
    CHECK(plan.row_pieces == std::vector<std::string>{"(", ", ", ", ", ")"});
    CHECK(plan.table == R"("package")");
    CHECK(plan.columns == std::vector<std::string>{"id", "name", "price"});
    CHECK(plan.types.at(2) == azoth::numeric(10, 2));
    CHECK(plan.stored.at(2) == azoth::cell_tag::decimal);
    CHECK_FALSE(plan.copy_is_legal);
    CHECK(plan.returns_rows);
    REQUIRE(plan.order.has_value());  // the key is given and returned: it tells which row is which
    CHECK(plan.order->returned_column == 1);
    CHECK(plan.order->parameter == 0);
    CHECK(c.columns.size() == 2);

    const auto plain = compiled(insert<employee>().columns(entity<employee>[&employee::name]));
    CHECK(plain.batch->table == R"("hr"."employee")");
    CHECK(plain.batch->copy_is_legal);
    CHECK(plain.batch->suffix.empty());
    CHECK_FALSE(plain.batch->order.has_value());
    // Of a key of two columns, one does not tell the row.
    CHECK_FALSE(compiled(insert<needs>().columns(col<&needs::package_id>).returning(col<&needs::package_id>)).batch->order.has_value());
    // What is bound behind the rows stands between the pieces: the engine writes it as a literal when the batch runs.
    const auto bound = compiled(insert<package>().columns(package_id).returning(package_id + 1));
    CHECK(bound.pieces == std::vector<std::string>{R"(INSERT INTO "package" ("id") VALUES  RETURNING "id" + )", ""});
}

TEST_CASE("update: sets, conditions and expressions of the row") {
    CHECK(sql(update<package>().set(package_size, package_size + 1).set(package_name, "x").where(package_id == 1, package_essential)) ==
          R"(UPDATE "package" SET "size" = "package"."size" + ?, "name" = ? WHERE "package"."id" = ? AND "package"."essential")");
    CHECK(sql(update<package>().set(package_size, std::nullopt)) == R"(UPDATE "package" SET "size" = ?)");
    const auto c = compiled(update<package>().set(package_size, select(func::max(maintainer_id)).scalar()));
    CHECK(c.sql == R"(UPDATE "package" SET "size" = (SELECT max("maintainer"."id") FROM "maintainer"))");
    CHECK(c.kind == statement_kind::update);
    CHECK(c.columns.empty());
    // A subquery sees the row that is being updated.
    const auto other = azoth::alias<package>("other");
    CHECK(
        sql(update<package>().set(
            package_size, select(func::max(other[&package::size])).where(other[&package::maintainer_id] == package_maintainer).scalar())) ==
        R"(UPDATE "package" SET "size" = (SELECT max("other"."size") FROM "package" AS "other" WHERE "other"."maintainer_id" = "package"."maintainer_id"))");
    CHECK(sql(update<employee>().set(entity<employee>[&employee::name], "x").where(entity<employee>[&employee::id] == 1)) ==
          R"(UPDATE "hr"."employee" SET "name" = ? WHERE "hr"."employee"."id" = ?)");
}

TEST_CASE("delete: conditions, and subqueries") {
    CHECK(sql(delete_<package>()) == R"(DELETE FROM "package")");
    CHECK(sql(delete_<package>().where(package_id == 1)) == R"(DELETE FROM "package" WHERE "package"."id" = ?)");
    CHECK(sql(delete_<maintainer>().where(!select(azoth::literal(1)).where(package_maintainer == maintainer_id).exists())) ==
          R"(DELETE FROM "maintainer" WHERE NOT EXISTS (SELECT 1 FROM "package" WHERE "package"."maintainer_id" = "maintainer"."id"))");
    CHECK(compiled(delete_<package>()).kind == statement_kind::delete_);
    const auto c = azoth::cte("c", select(package_maintainer));
    CHECK(
        sql(delete_<maintainer>().where(maintainer_id.in(select(std::get<0>(c.columns()))))) ==
        R"(WITH "c" ("maintainer_id") AS (SELECT "package"."maintainer_id" FROM "package") DELETE FROM "maintainer" WHERE "maintainer"."id")"
        R"( IN (SELECT "c"."maintainer_id" FROM "c"))");
}

TEST_CASE("returning: what the statement gives back") {
    const auto inserted =
        compiled(insert<maintainer>().set(maintainer_name, "x").returning(maintainer_id, func::lower(maintainer_name).label("l")));
    CHECK(inserted.sql == R"(INSERT INTO "maintainer" ("name") VALUES (?) RETURNING "id", lower("name") AS "l")");
    CHECK(inserted.returns_rows);
    REQUIRE(inserted.columns.size() == 2);
    CHECK(inserted.columns[0].name == "id");
    CHECK(inserted.columns[1].name == "l");
    CHECK(sql(update<package>().set(package_size, 1).where(package_id == 1).returning(package_name)) ==
          R"(UPDATE "package" SET "size" = ? WHERE "package"."id" = ? RETURNING "name")");
    CHECK(sql(delete_<package>().where(package_id == 1).returning(package_name, package_size)) ==
          R"(DELETE FROM "package" WHERE "package"."id" = ? RETURNING "name", "size")");
    // A query in it is not the statement.
    const auto nested =
        compiled(insert<maintainer>().set(maintainer_name, "x").returning(maintainer_id, select(func::count(package_id)).scalar()));
    CHECK(nested.kind == statement_kind::insert);
    CHECK(nested.columns.size() == 2);
}

TEST_CASE("dml: what cannot be set") {
    CHECK_ERROR(compiled(update<package>()), "statement", "sets nothing");
    CHECK_ERROR(compiled(update<package>().set(maintainer_name, "x")), "statement",
                "only columns of package can be set here, not \"name\" of maintainer");
    CHECK_ERROR(compiled(update<package>().set(func::lower(package_name), "x")), "statement", "only columns of package");
    CHECK_ERROR(compiled(insert<package>().set(maintainer_name, "x")), "statement", "only columns of package");
    CHECK_ERROR(compiled(insert<package>().columns(maintainer_name)), "statement", "only columns of package");
    CHECK_ERROR(compiled(update<package>().set(package_size, 1).set(package_size, 2)), "statement", "\"size\" of package is set twice");
    CHECK_ERROR(compiled(insert<maintainer>().set(maintainer_name, "x").set(maintainer_id, 1).set(maintainer_name, "y")), "statement",
                "set twice");
    CHECK_ERROR(compiled(update<package>().set(package_size, 1).where(maintainer_id == 1)), "statement", "belongs to maintainer");
    CHECK_ERROR(compiled(delete_<package>().where(maintainer_id == 1)), "statement", "belongs to maintainer");
    const auto other = azoth::alias<package>("other");
    CHECK_ERROR(compiled(update<package>().set(other[&package::size], 1)), "statement", "\"size\" of other");
}

TEST_CASE("dml: statements are values") {
    const auto base = update<package>().set(package_size, 1);
    const auto before = sql(base);
    static_cast<void>(base.set(package_name, "x").where(package_id == 1).returning(package_id));
    CHECK(sql(base) == before);
    const auto removal = delete_<package>();
    static_cast<void>(removal.where(package_id == 1).returning(package_id));
    CHECK(sql(removal) == R"(DELETE FROM "package")");
    const auto addition = insert<maintainer>().set(maintainer_name, "x");
    static_cast<void>(addition.set(maintainer_id, 1).returning(maintainer_id));
    CHECK(sql(addition) == R"(INSERT INTO "maintainer" ("name") VALUES (?))");
}
