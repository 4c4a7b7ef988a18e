// Tables, columns, labels and parameters with names in any script.
#include "areas.hpp"
#include "claims.hpp"
#include "expect.hpp"
#include "travel.hpp"

namespace azoth::conformance::unicode_names {

struct room {
    std::int64_t id{};
    std::string name{};
};
struct thing {
    std::int64_t id{};
    std::optional<std::string> name{};
    std::optional<std::int64_t> room_id{};
};

}  // namespace azoth::conformance::unicode_names

template <>
struct azoth::mapping<azoth::conformance::unicode_names::room> {
    using room = azoth::conformance::unicode_names::room;
    static azoth::table_map<room> map() {
        return azoth::table_map<room>(azoth::conformance::mapped_name("räume_комнат"))
            .column<&room::id>(azoth::primary_key, azoth::not_generated, azoth::named("schlüssel"))
            .column<&room::name>(azoth::named("имя"), azoth::string(40), azoth::unique);
    }
};

template <>
struct azoth::mapping<azoth::conformance::unicode_names::thing> {
    using thing = azoth::conformance::unicode_names::thing;
    using room = azoth::conformance::unicode_names::room;
    static azoth::table_map<thing> map() {
        return azoth::table_map<thing>(azoth::conformance::mapped_name("物_gerät"))
            .column<&thing::id>(azoth::primary_key, azoth::not_generated, azoth::named("番号"))
            .column<&thing::name>(azoth::named("όνομα"), azoth::string(40), azoth::indexed)
            .column<&thing::room_id>(azoth::named("räume_id"), azoth::references<&room::id>);
    }
};

namespace azoth::conformance {
namespace {

using unicode_names::room;
using unicode_names::thing;

constexpr const char* id_name = "schlüssel";
constexpr const char* word_name = "слово";
constexpr const char* size_name = "大きさ";

table make_measures(context& on, std::string_view stem = "größe") {
    return on.make_table(stem, {column(id_name, type_kind::integer, primary_key, not_generated), column(word_name, string(40), not_null),
                                column(size_name, type_kind::double_, nullable)});
}

/// Three rows in a batch.
table make_filled(context& on) {
    table t = make_measures(on);
    const std::vector<std::vector<value>> rows{
        {value{1}, value{"eins"}, value{1.5}}, {value{2}, value{"два"}, value{}}, {value{3}, value{"三"}, value{0.5}}};
    connection c = on.connect();
    c.execute(insert(t).columns(t[id_name], t[word_name], t[size_name]), rows);
    c.commit();
    return t;
}

std::vector<std::int32_t> ids(connection& c, const table& t) {
    return c.scalars(select(t.column<std::int32_t>(id_name)).order_by(t[id_name]));
}

void table_names(context& on) {
    for (const char* stem : {"größe", "таблица", "表", "πίνακας", "שולחן", "طاولة", "ตาราง", "표"}) {
        INFO("the table " << stem);
        const table t = make_measures(on, stem);
        connection c = on.connect();
        c.execute(insert(t).set(t[id_name], 1).set(t[word_name], "wörd").set(t[size_name], 2.5));
        CHECK(
            c.execute(select(t.column<std::int32_t>(id_name), t.column<std::string>(word_name), t.column<std::optional<double>>(size_name)))
                .one() == std::tuple{1, std::string{"wörd"}, std::optional{2.5}});
    }
}

void batches(context& on) {
    const table t = make_filled(on);
    connection c = on.connect();
    CHECK(ids(c, t) == std::vector{1, 2, 3});
    CHECK(c.scalars(select(t.column<std::string>(word_name)).order_by(t[id_name])) == std::vector<std::string>{"eins", "два", "三"});
}

void columns_by_name(context& on) {
    const table t = make_filled(on);
    connection c = on.connect();
    result r = c.execute(select_columns(std::vector{t[id_name], t[word_name], t[size_name]}).where(t[id_name] == 1));
    REQUIRE(r.column_count() == 3);
    CHECK(r.column_name(0) == id_name);
    CHECK(r.column_name(1) == word_name);
    CHECK(r.column_name(2) == size_name);
    REQUIRE(r.next());
    CHECK(r.get<std::int32_t>(id_name) == 1);
    CHECK(r.get<std::string>(word_name) == "eins");
    CHECK(r.get<double>(size_name) == 1.5);
    CHECK_THROWS_AS(r.get<double>("大き"), programming_error);
}

/// What the database calls its columns where the framework does not know.
void columns_of_raw_sql(context& on) {
    connection c = on.connect();
    const auto rows =
        c.execute(text("SELECT 1 AS " + quoted(on, "größe") + ", 'x' AS " + quoted(on, "слово") + ", 2.5 AS " + quoted(on, "大きさ")))
            .mappings();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].name(0) == "größe");
    CHECK(rows[0].get<std::int64_t>("größe") == 1);
    CHECK(rows[0].get<std::string>("слово") == "x");
    CHECK(rows[0].get<double>("大きさ") == 2.5);
}

void labels_and_aliases(context& on) {
    const table t = make_filled(on);
    connection c = on.connect();
    const auto word = t.column<std::string>(word_name);
    result r = c.execute(
        select_columns(std::vector{expr<value>{word.label("имя слова").node()}, expr<value>{func::upper(word).label("GRÖẞE").node()}})
            .where(t[id_name] == 1));
    CHECK(r.column_name(0) == "имя слова");
    REQUIRE(r.next());
    CHECK(r.get<std::string>("имя слова") == "eins");
    CHECK(r.get<std::string>("GRÖẞE") == "EINS");
    r.close();
    const auto inner = select(t.column<std::int32_t>(id_name).label("ключ"), word.label("語")).subquery("außen");
    const auto [key, outer_word] = inner.columns();
    CHECK(c.execute(select(key, outer_word).where(key == 3)).one() == std::tuple{3, std::string{"三"}});
    CHECK(c.scalar(select(inner["語"]).where(key == 2)).as<std::string>() == "два");
}

void with_queries(context& on) {
    const table t = make_filled(on);
    connection c = on.connect();
    const auto words = cte("слова", select(t.column<std::int32_t>(id_name), t.column<std::string>(word_name)));
    const auto [key, word] = words.columns();
    CHECK(c.scalars(select(word).where(key < 3).order_by(key)) == std::vector<std::string>{"eins", "два"});
}

void parameters(context& on) {
    const table t = make_measures(on);
    connection c = on.connect();
    const auto add = insert(t).set(t[id_name], param<std::int32_t>("ключ")).set(t[word_name], param<std::string>("größe"));
    for (int i = 1; i <= 3; ++i) c.execute(add, {{"ключ", i}, {"größe", "wört " + std::to_string(i)}});
    CHECK(c.scalars(select(t.column<std::string>(word_name)).order_by(t[id_name])) ==
          std::vector<std::string>{"wört 1", "wört 2", "wört 3"});
}

void updates_and_deletes(context& on) {
    const table t = make_filled(on);
    connection c = on.connect();
    CHECK(c.execute(update(t).set(t[word_name], "zwei").set(t[size_name], 9.0).where(t[word_name] == "два")).affected_rows() == 1);
    CHECK(c.scalar(select(t.column<std::string>(word_name)).where(t[size_name] == 9.0)) == "zwei");
    CHECK(c.execute(delete_(t).where(t[size_name] < 1.0)).affected_rows() == 1);
    CHECK(ids(c, t) == std::vector{1, 2});
}

void returned_columns(context& on) {
    const table t = make_measures(on);
    connection c = on.connect();
    const auto returned = c.execute(insert(t)
                                        .set(t[id_name], 7)
                                        .set(t[word_name], "wört")
                                        .returning(t.column<std::int32_t>(id_name), t.column<std::string>(word_name)))
                              .one();
    CHECK(returned == std::tuple{7, std::string{"wört"}});
}

void mapped_structs(context& on) {
    on.make(metadata_of<room, thing>());
    connection c = on.connect();
    const std::vector<room> rooms{{1, "Küche"}, {2, "кухня"}};
    const std::vector<thing> things{{1, "Löffel", 1}, {2, "ложка", 2}, {3, std::nullopt, std::nullopt}};
    c.execute(insert<room>(), rooms);
    c.execute(insert<thing>(), things);
    const auto found = c.execute(select(col<&thing::id>, col<&room::name>).join<room>().order_by(col<&thing::id>)).all();
    CHECK(found == std::vector{std::tuple{std::int64_t{1}, std::string{"Küche"}}, std::tuple{std::int64_t{2}, std::string{"кухня"}}});
    const auto other = alias<thing>("その他");
    CHECK(c.scalars(select(other[&thing::id]).where(other[&thing::name].is_null())) == std::vector<std::int64_t>{3});
    const auto whole = c.scalars(select<room>().order_by(col<&room::id>));
    REQUIRE(whole.size() == 2);
    CHECK(whole[1].name == "кухня");
}

/// Unique and foreign keys between such names hold, whatever the constraints are called.
void constraints(context& on) {
    on.make(metadata_of<room, thing>());
    connection c = on.connect();
    c.execute(insert<room>().values({1, "Küche"}));
    c.commit();
    CHECK_THROWS_AS(c.execute(insert<room>().values({2, "Küche"})), unique_violation);
    c.rollback();
    const auto orphan = [&] {
        c.execute(insert<thing>().values({1, "Löffel", 99}));
        c.commit();
    };
    CHECK_THROWS_AS(orphan(), foreign_key_violation);
    c.rollback();
    CHECK(c.scalar(select(func::count()).select_from(entity<thing>)) == 0);
}

/// A table that is there is found again by its name.
void made_once(context& on) {
    const table t = make_filled(on);
    metadata{{t}}.create_all(on.engine());
    connection c = on.connect();
    CHECK(ids(c, t) == std::vector{1, 2, 3});
}

/// A statement in an error tells the name as it is.
void names_in_errors(context& on) {
    const table missing{on.unique_name("нет_größe"), {column(id_name, type_kind::integer, primary_key, not_generated)}};
    connection c = on.connect();
    try {
        (void)c.scalars(select(missing.column<std::int32_t>(id_name)));
        FAIL_CHECK("nothing was thrown");
    } catch (const programming_error& e) {
        CHECK(e.code() == errc::no_such_table);
        CHECK(contains_name(e.statement(), missing.name()));
        CHECK(contains_name(e.statement(), id_name));
    }
}

}  // namespace

std::vector<test_case> areas::unicode_cases() {
    return {
        {"unicode/table-names", "tables in eight scripts are made, filled and read", {}, &table_names},
        {"unicode/batch", "a batch fills columns in any script", {}, &batches},
        {"unicode/columns-by-name", "a result's columns are found by their names", {}, &columns_by_name},
        {"unicode/columns-of-raw-sql", "so are those of raw SQL", {}, &columns_of_raw_sql},
        {"unicode/labels", "labels and subqueries have names in any script", {}, &labels_and_aliases},
        {"unicode/ctes", "WITH has names in any script", claims::ctes, &with_queries},
        {"unicode/parameters", "parameters have names in any script", {}, &parameters},
        {"unicode/update-delete", "columns in any script are changed and compared", {}, &updates_and_deletes},
        {"unicode/returning", "columns in any script are returned", claims::returning_on_insert, &returned_columns},
        {"unicode/mapped", "a struct's table, columns and aliases have names in any script", {}, &mapped_structs},
        {"unicode/constraints", "unique and foreign keys of such columns hold", {}, &constraints},
        {"unicode/made-once", "a table that is there is not made again", {}, &made_once},
        {"unicode/errors", "an error tells such names as they are", {}, &names_in_errors},
    };
}

}  // namespace azoth::conformance
