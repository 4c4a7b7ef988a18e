#include "areas.hpp"
#include "results_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance {
namespace {

constexpr auto id = col<&item::id>;
constexpr auto name = col<&item::name>;
constexpr auto size = col<&item::size>;
/// A query whose rows know no types, and its columns' names in the program only.
auto dynamic() { return select_columns(std::vector{expr<value>{id.node()}, expr<value>{name.node()}, expr<value>{size.node()}}); }

void by_index(context& on) {
    connection c = stocked(on, 3);
    result found = c.execute(dynamic().order_by(id));
    CHECK(found.returns_rows());
    CHECK(found.column_count() == 3);
    for (const item& i : items(3)) {
        REQUIRE(found.next());
        CHECK(found.get<std::int64_t>(std::size_t{0}) == i.id);
        CHECK(found.get<std::string>(std::size_t{1}) == i.name);
        CHECK(found.get<std::optional<std::int64_t>>(std::size_t{2}) == i.size);
    }
    CHECK_FALSE(found.next());
    CHECK_FALSE(found.next());
}

void by_index_refused(context& on) {
    connection c = stocked(on, 1);
    result found = c.execute(dynamic());
    REQUIRE(found.next());
    CHECK_THROWS_AS(found.get<std::int64_t>(std::size_t{3}), programming_error);
    CHECK(found.get<std::int64_t>(std::size_t{0}) == 1);
    CHECK_THROWS_AS(found.column_name(3), programming_error);
}

void by_name(context& on) {
    connection c = stocked(on, 2);
    result found = c.execute(dynamic().where(id == 2));
    CHECK(found.column_index("size") == 2);
    REQUIRE(found.next());
    CHECK(found.get<std::string>("name") == "item 2");
    CHECK(found.get<std::int64_t>("id") == 2);
    CHECK(thrown<programming_error>([&] { (void)found.get<std::int64_t>("none"); }).code() == errc::no_such_column);
    CHECK(found.get<std::int64_t>("size") == 20);
}

void by_type(context& on) {
    connection c = stocked(on, 4);
    std::vector<std::tuple<std::int64_t, std::string, std::optional<std::int64_t>>> found;
    for (const auto& row : c.execute(select(id, name, size).order_by(id))) found.push_back(row);
    REQUIRE(found.size() == 4);
    CHECK(found[2] == std::tuple{std::int64_t{3}, std::string{"item 3"}, std::optional<std::int64_t>{}});
    CHECK(found[3] == std::tuple{std::int64_t{4}, std::string{"item 4"}, std::optional<std::int64_t>{40}});
}

void whole_structs(context& on) {
    connection c = stocked(on, 5);
    CHECK(c.scalars(select<item>().order_by(id)) == items(5));
    const auto [whole, doubled] = c.execute(select(entity<item>, id * 2).where(id == 3)).one();
    CHECK(whole == items(3).back());
    CHECK(doubled == 6);
}

void of_raw_sql(context& on) {
    connection c = stocked(on, 3);
    const std::string table = entity_of<item>().table->name;
    result found = c.execute(text("SELECT id, name, id + 1 AS after_it FROM " + table + " WHERE id >= :from ORDER BY id").bind("from", 2));
    REQUIRE(found.next());
    CHECK(found.get<std::int64_t>("id") == 2);
    CHECK(found.get<std::string>("name") == "item 2");
    CHECK(found.get<std::int64_t>("after_it") == 3);
    REQUIRE(found.next());
    CHECK(found.get<std::int64_t>(std::size_t{0}) == 3);
    CHECK_FALSE(found.next());
}

void duplicate_names(context& on) {
    connection c = stocked(on, 2);
    const auto left = alias<item>("l");
    const auto right = alias<item>("r");
    const std::vector columns{expr<value>{left[&item::id].node()}, expr<value>{right[&item::id].node()},
                              expr<value>{right[&item::name].node()}};
    const auto query = select_columns(columns).join(right, left[&item::id] < right[&item::id]);
    result found = c.execute(query);
    CHECK(found.column_name(0) == "id");
    CHECK(found.column_name(1) == "id");
    REQUIRE(found.next());
    CHECK(found.get<std::int64_t>(std::size_t{0}) == 1);
    CHECK(found.get<std::int64_t>(std::size_t{1}) == 2);
    CHECK(thrown<programming_error>([&] { (void)found.get<std::int64_t>("id"); }).code() == errc::no_such_column);
    CHECK(found.get<std::string>("name") == "item 2");
    CHECK_FALSE(found.next());
}

void scalar_subquery(context& on) {
    connection c = stocked(on, 4);
    const auto biggest = select(func::max(id)).scalar();
    const auto nothing = select(name).where(id == 99).scalar();
    const auto [one, most, none] = c.execute(select(id, biggest.label("most"), nothing.label("none")).where(id == 2)).one();
    CHECK(one == 2);
    CHECK(most == 4);
    CHECK_FALSE(none.has_value());
}

void mappings(context& on) {
    connection c = stocked(on, 3);
    const std::vector<record> rows = c.execute(dynamic().order_by(id)).mappings();
    c.close();
    REQUIRE(rows.size() == 3);
    CHECK(rows[1].size() == 3);
    CHECK(rows[1].name(1) == "name");
    CHECK(rows[1].get<std::string>("name") == "item 2");
    CHECK(rows[2].get<std::optional<std::int64_t>>("size") == std::nullopt);
    CHECK(rows[0]["size"].as<std::int64_t>() == 10);
    CHECK(rows[2]["size"].is_null());
    CHECK_THROWS_AS(rows[0]["none"], programming_error);
    CHECK_THROWS_AS(rows[0][3], programming_error);
}

void how_many(context& on) {
    connection c = stocked(on, 2);
    const auto found = [&](std::int64_t least) { return c.execute(select(id).where(id >= least).order_by(id)); };
    CHECK(found(2).one() == std::tuple{std::int64_t{2}});
    CHECK(thrown<programming_error>([&] { (void)found(3).one(); }).code() == errc::no_rows);
    CHECK(thrown<programming_error>([&] { (void)found(1).one(); }).code() == errc::multiple_rows);
    CHECK(found(2).one_or_none() == std::tuple{std::int64_t{2}});
    CHECK_FALSE(found(3).one_or_none());
    CHECK(thrown<programming_error>([&] { (void)found(1).one_or_none(); }).code() == errc::multiple_rows);
    CHECK(found(1).first() == std::tuple{std::int64_t{1}});
    CHECK_FALSE(found(3).first());
    CHECK(found(2).scalar() == 2);
    CHECK(thrown<programming_error>([&] { (void)found(3).scalar(); }).code() == errc::no_rows);
    CHECK(found(3).scalar_or_none() == std::nullopt);
    CHECK(found(1).scalars() == std::vector<std::int64_t>{1, 2});
    CHECK(found(3).all().empty());
}

void null_into_plain(context& on) {
    connection c = stocked(on, 3);
    auto found = c.execute(dynamic().where(id == 3));
    REQUIRE(found.next());
    const auto e = thrown<data_error>([&] { (void)found.get<std::int64_t>("size"); });
    CHECK(e.code() == errc::null_value);
    CHECK_THAT(e.message(), Catch::Contains("size"));
    CHECK(found.get<std::int64_t>("id") == 3);
    const std::string table = entity_of<item>().table->name;
    CHECK_THROWS_AS(c.scalar(text("SELECT size FROM " + table + " WHERE id = 3").columns<std::int64_t>()), data_error);
    check_usable(c);
}

void empty_result(context& on) {
    connection c = stocked(on, 0);
    result found = c.execute(dynamic());
    CHECK(found.returns_rows());
    CHECK(found.column_count() == 3);
    CHECK(found.column_name(1) == "name");
    CHECK_FALSE(found.next());
    CHECK(found.column_name(2) == "size");
    CHECK(names_told(on, c, dynamic()) == std::vector<std::string>{"id", "name", "size"});
    CHECK(c.execute(select(name, size)).all().empty());
    CHECK(c.execute(dynamic()).mappings().empty());
}

void empty_raw_result(context& on) {
    connection c = stocked(on, 0);
    result found = c.execute(text("SELECT id, name AS called FROM " + entity_of<item>().table->name));
    REQUIRE(found.column_count() == 2);
    CHECK_FALSE(found.next());
    CHECK(found.column_name(0) == "id");
    CHECK(found.column_index("called") == 1);
    CHECK_FALSE(found.next());
}

void no_rows_at_all(context& on) {
    connection c = stocked(on, 0);
    result found = c.execute(insert<item>().values({1, "one", {}}));
    CHECK_FALSE(found.returns_rows());
    CHECK(found.column_count() == 0);
    CHECK_FALSE(found.next());
    CHECK(found.mappings().empty());
    result changed = c.execute(text("DELETE FROM " + entity_of<item>().table->name));
    CHECK_FALSE(changed.returns_rows());
    CHECK_FALSE(changed.next());
}

void names_keep_case(context& on) {
    connection c = on.connect();
    const auto query =
        select(bound(std::int64_t{1}).label("lower"), bound(std::int64_t{2}).label("UPPER"), bound(std::int64_t{3}).label("MixedCase"));
    CHECK(names_told(on, c, query) == std::vector<std::string>{"lower", "UPPER", "MixedCase"});
    const std::vector columns{bound(value{1}).label("mixed"), bound(value{2}).label("Mixed")};
    const auto rows = c.execute(select_columns(columns)).mappings();
    CHECK(rows.at(0).get<std::int64_t>("mixed") == 1);
    CHECK(rows.at(0).get<std::int64_t>("Mixed") == 2);
}

/// A row of more fields than a client keeps in a fixed place.
void wide_row(context& on) {
    connection c = on.connect();
    std::vector<expr<std::int64_t>> fields;
    for (std::int64_t i = 0; i < 300; ++i) fields.push_back(bound(i * i).label("f" + std::to_string(i)));
    const auto row = c.execute(select_columns(fields)).mappings().at(0);
    REQUIRE(row.size() == 300);
    for (std::int64_t i = 0; i < 300; ++i) REQUIRE(row.get<std::int64_t>("f" + std::to_string(i)) == i * i);
}

/// Numbers of rows around those in which results are fetched.
void any_number_of_rows(context& on) {
    connection c = stocked(on, 300);
    const auto all = items(300);
    for (const int n : {0, 1, 2, 63, 64, 65, 127, 128, 129, 256, 300}) {
        INFO(n << " rows");
        CHECK(c.scalars(select<item>().where(id <= n).order_by(id)) == std::vector<item>(all.begin(), all.begin() + n));
    }
}

/// A statement that runs again and again, as prepared ones do, with other values each time.
void run_again(context& on) {
    connection c = stocked(on, 10);
    const auto wanted = param<std::optional<std::string>>("wanted");
    const auto query = select(id, wanted.label("said")).where(name == wanted || wanted.is_null()).order_by(id);
    for (int time = 0; time < 3; ++time) {
        for (const int i : {3, 10, 1}) {
            const std::string text = "item " + std::to_string(i);
            CHECK(c.execute(query, {{"wanted", text}}).one() == std::tuple{std::int64_t{i}, std::optional{text}});
        }
        CHECK(c.execute(query, {{"wanted", std::nullopt}}).all().size() == 10);
        CHECK(c.execute(query, {{"wanted", ""}}).all().empty());
    }
}

/// A table that gets a column while statements on it are prepared.
void changed_table(context& on) {
    const table t = on.make_table("growing", {column("id", type_kind::integer, primary_key, not_generated)});
    connection c = on.connect();
    c.execute(insert(t).set(t["id"], 1));
    const auto everything = text("SELECT * FROM " + t.name());
    for (int time = 0; time < 3; ++time) CHECK(c.execute(everything).column_count() == 1);
    c.commit();
    c.execute(add_column(t, column("more", type_kind::integer)));
    c.commit();
    for (int time = 0; time < 3; ++time) {
        const auto rows = c.execute(everything).mappings();
        REQUIRE(rows.at(0).size() == 2);
        CHECK(rows[0].get<std::int64_t>("id") == 1);
        CHECK(rows[0]["more"].is_null());
        c.commit();
    }
}

}  // namespace

std::vector<test_case> areas::results_cases() {
    std::vector<test_case> all{
        {"results/by-index", "fields are read by their place", {}, by_index},
        {"results/by-index-refused", "a place that is not there is refused", {}, by_index_refused},
        {"results/by-name", "fields are read by their column's name", {}, by_name},
        {"results/by-type", "a typed query gives typed rows", {}, by_type},
        {"results/whole-structs", "a mapped struct is read whole, alone and beside fields", {}, whole_structs},
        {"results/raw-sql", "raw SQL's columns are found by the names that it gives them", {}, of_raw_sql},
        {"results/duplicate-names", "two columns of one name are read by place, and refused by name", {}, duplicate_names},
        {"results/scalar-subquery", "a scalar subquery is a field, NULL where it finds nothing", {}, scalar_subquery},
        {"results/mappings", "rows as mappings own their values, whatever becomes of the connection", {}, mappings},
        {"results/how-many", "one, one_or_none, first, scalar and all count the rows", {}, how_many},
        {"results/null-into-plain", "NULL is not read into a plain type, and the error names the column", {}, null_into_plain},
        {"results/empty", "an empty result has its columns and their names", {}, empty_result},
        {"results/empty-raw", "an empty result of raw SQL has its columns and their names", {}, empty_raw_result},
        {"results/no-rows-at-all", "what returns no rows has no columns", {}, no_rows_at_all},
        {"results/names-keep-case", "names of columns keep their case, and differ by it", {}, names_keep_case},
        {"results/wide-row", "a row of 300 fields", {}, wide_row},
        {"results/any-number-of-rows", "results of any number of rows are complete", {}, any_number_of_rows},
        {"results/run-again", "a statement run again with other values, or NULL, gives their rows", {}, run_again},
        {"results/changed-table", "a statement whose table has got a column since gives the new column too", {}, changed_table},
    };
    for (const auto part : {results_parts::streams, results_parts::open_results, results_parts::batches}) {
        const auto cases = part();
        all.insert(all.end(), cases.begin(), cases.end());
    }
    return all;
}

}  // namespace azoth::conformance
