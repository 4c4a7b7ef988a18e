#include "areas.hpp"
#include "claims.hpp"
#include "steps.hpp"

#include <atomic>
#include <stdexcept>

namespace azoth::conformance {

/// Counts up with each value that a mapping makes.
inline std::atomic<std::int64_t> made{0};

/// Of each kind of default, all optional: what an object leaves empty is made.
struct stamp {
    std::string id{};  ///< made where it is empty
    std::optional<std::int64_t> serial{};
    std::optional<std::string> word{};
    std::optional<std::string> plain{};  ///< a server default, which an object does not use
    std::int64_t version{1};
    std::optional<std::int64_t> touched{};
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::stamp> {
    using stamp = azoth::conformance::stamp;
    static azoth::table_map<stamp> map() {
        const auto next = [] { return ++azoth::conformance::made; };
        return azoth::table_map<stamp>(azoth::conformance::mapped_name("stamp"))
            .column<&stamp::id>(azoth::string(40), azoth::primary_key, azoth::default_from([] { return to_string(azoth::uuid::random()); }))
            .column<&stamp::serial>(azoth::default_from(next))
            .column<&stamp::word>(azoth::string(20), azoth::default_expression(azoth::func::upper(azoth::bound(std::string{"it's"}))))
            .column<&stamp::plain>(azoth::string(20), azoth::server_default("'server'"))
            .column<&stamp::version>(azoth::on_update_expression(azoth::own_column<std::int64_t>("version") + 1))
            .column<&stamp::touched>(azoth::on_update_from(next));
    }
};

namespace azoth::conformance {
namespace {

constexpr auto id = col<&stamp::id>;
constexpr auto serial = col<&stamp::serial>;
constexpr auto word = col<&stamp::word>;
constexpr auto plain = col<&stamp::plain>;
constexpr auto version = col<&stamp::version>;
constexpr auto touched = col<&stamp::touched>;

connection ready(context& on) {
    on.make_table<stamp>();
    return on.connect();
}
stamp only(connection& c) { return c.scalar(select<stamp>()); }
std::vector<std::int64_t> serials_of(connection& c) { return c.scalars(select(func::coalesce(serial, 0)).order_by(id)); }

void from_function(context& on) {
    connection c = ready(on);
    const std::int64_t before = made;
    c.execute(insert<stamp>().set(version, 1));
    CHECK(made == before + 1);
    const stamp row = only(c);
    CHECK(row.serial == before + 1);
    CHECK(row.id.size() == 36);
    CHECK(row.word == "IT'S");
    CHECK(row.plain == "server");
    CHECK_FALSE(row.touched.has_value());
}

/// A statement kept and run again has new values each time, and so has one that is built anew.
void fresh_each_time(context& on) {
    connection c = ready(on);
    const auto add = insert<stamp>().set(version, 1).set(plain, param<std::string>("plain"));
    const std::int64_t before = made;
    for (int i = 0; i < 6; ++i) c.execute(add, {{"plain", std::to_string(i)}});
    for (int i = 6; i < 9; ++i) c.execute(insert<stamp>().set(version, 1).set(plain, std::to_string(i)));
    CHECK(c.scalars(select(func::coalesce(serial, 0) - before).order_by(plain)) == std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9});
}

void given(context& on) {
    connection c = ready(on);
    c.execute(insert<stamp>().set(id, "k").set(version, 1).set(serial, 77).set(word, "w"));
    CHECK(only(c).serial == 77);
    CHECK(only(c).word == "w");
    c.execute(delete_<stamp>());
    c.execute(insert<stamp>().set(id, "k").set(version, 1).set(serial, std::nullopt).set(word, std::nullopt).set(plain, std::nullopt));
    CHECK_FALSE(only(c).serial.has_value());
    CHECK_FALSE(only(c).word.has_value());
    CHECK_FALSE(only(c).plain.has_value());
}

/// What is empty in an object is made; a server default is not asked for, since the empty member is sent as NULL.
void of_objects(context& on) {
    connection c = ready(on);
    const std::int64_t before = made;
    c.execute(insert<stamp>().values(stamp{}));
    stamp row = only(c);
    CHECK(row.id.size() == 36);
    CHECK(row.serial == before + 1);
    CHECK(row.word == "IT'S");
    CHECK_FALSE(row.plain.has_value());
    c.execute(delete_<stamp>());
    c.execute(insert<stamp>().values({"k", 5, "w", "p", 9, 8}).set(plain, default_value).set(serial, default_value));
    row = only(c);
    CHECK(row.id == "k");
    CHECK(row.serial == before + 2);
    CHECK(row.word == "w");
    CHECK(row.plain == "server");
    CHECK(row.version == 9);
}

void several_objects(context& on) {
    connection c = ready(on);
    const std::int64_t before = made;
    c.execute(insert<stamp>().values({stamp{"a", {}, {}, {}, 1, {}}, stamp{"b", 5, "w", {}, 1, {}}, stamp{"c", {}, {}, {}, 1, {}}}));
    CHECK(serials_of(c) == std::vector<std::int64_t>{before + 1, 5, before + 2});
    CHECK(c.scalars(select(func::coalesce(word, "")).order_by(id)) == std::vector<std::string>{"IT'S", "w", "IT'S"});
}

/// Each row of a batch its own; those that are given stay.
void batch(context& on) {
    connection c = ready(on);
    const std::int64_t before = made;
    std::vector<stamp> rows(300);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].version = static_cast<std::int64_t>(i);
        if (i % 3 == 0) rows[i].serial = -1 - static_cast<std::int64_t>(i);
        if (i % 2 == 0) rows[i].word = "w";
    }
    c.execute(insert<stamp>(), rows);
    CHECK(made == before + 200);
    CHECK(c.scalar(select(func::count_distinct(serial))) == 300);
    CHECK(c.scalar(select(func::count_distinct(id))) == 300);
    CHECK(c.scalar(select(func::count()).where(serial < 0)) == 100);
    CHECK(c.scalar(select(func::count()).where(word == "IT'S")) == 150);
    CHECK(c.scalar(select(func::count()).where(plain.is_null())) == 300);
    CHECK(c.scalar(select(func::coalesce(serial, 0)).where(version == 1)) == before + 1);
}

/// Columns that rows of values do not name.
void batch_of_values(context& on) {
    connection c = ready(on);
    const std::int64_t before = made;
    c.execute(insert<stamp>().columns(version), {{1}, {2}, {3}});
    CHECK(c.scalars(select(func::coalesce(serial, 0)).order_by(version)) == std::vector<std::int64_t>{before + 1, before + 2, before + 3});
    CHECK(c.scalars(select(func::coalesce(word, "") + func::coalesce(plain, "")).order_by(version)) ==
          std::vector<std::string>(3, "IT'Sserver"));
    c.execute(delete_<stamp>());
    c.execute(insert<stamp>().columns(id, serial, version, word), {{"a", value{}, 1, value{}}});
    CHECK_FALSE(only(c).serial.has_value());
    CHECK_FALSE(only(c).word.has_value());
}

void batch_returning(context& on) {
    connection c = ready(on);
    const std::int64_t before = made;
    const std::vector<std::vector<value>> rows{{"c", 1}, {"a", 2}, {"b", 3}};
    const auto back = c.execute(insert<stamp>().columns(id, version).returning(id, serial, word), rows).all();
    REQUIRE(back.size() == 3);
    CHECK(back[0] == std::tuple{std::string{"c"}, std::optional{before + 1}, std::optional<std::string>{"IT'S"}});
    CHECK(std::get<1>(back[2]) == before + 3);
}

/// One value for the statement, since nobody counts its rows beforehand; SQL sees each.
void from_query(context& on) {
    connection c = ready(on);
    c.execute(insert<stamp>().columns(id, version), std::vector<std::vector<value>>{{"a", 1}, {"b", 2}});
    const std::int64_t before = made;
    c.execute(insert<stamp>().columns(id, version, plain).from(select(id + "2", version, literal(std::string{"copy"}))));
    CHECK(made == before + 1);
    CHECK(c.scalar(select(func::count()).where(plain == "copy", serial == before + 1, word == "IT'S")) == 2);
}

void on_update(context& on) {
    connection c = ready(on);
    c.execute(insert<stamp>().columns(id, version), std::vector<std::vector<value>>{{"a", 1}, {"b", 5}});
    const std::int64_t before = made;
    const auto change = update<stamp>().set(plain, "new").where(id != "z");
    c.execute(change);
    CHECK(made == before + 1);
    c.execute(change);
    CHECK(c.scalars(select(version).order_by(id)) == std::vector<std::int64_t>{3, 7});
    CHECK(c.scalars(select(func::coalesce(touched, 0))) == std::vector<std::int64_t>{before + 2, before + 2});
    c.execute(update<stamp>().set(version, 100).set(touched, std::nullopt).where(id == "a"));
    CHECK(c.scalars(select(version).order_by(id)) == std::vector<std::int64_t>{100, 7});
    CHECK(c.scalar(select(func::count()).where(touched.is_null())) == 1);
    CHECK(made == before + 2);
}

void on_upsert(context& on) {
    connection c = ready(on);
    const auto put = insert<stamp>().columns(id, version).on_conflict(id).do_update().set_proposed(word);
    c.execute(put, std::vector<std::vector<value>>{{"a", 10}});
    const std::int64_t before = made;
    c.execute(put, std::vector<std::vector<value>>{{"a", 20}});
    CHECK(only(c).version == 11);
    CHECK(only(c).touched.value_or(0) > before);
    c.execute(insert<stamp>().set(id, "a").set(version, 1).on_conflict(id).do_update().set(plain, "again"));
    CHECK(only(c).version == 12);
    CHECK(only(c).plain == "again");
}

/// A value for the column, not its default: by name even an update can ask for the mapping's own.
void updated_to_own_default(context& on) {
    connection c = ready(on);
    c.execute(insert<stamp>().values({"a", 5, "w", {}, 1, {}}));
    const std::int64_t before = made;
    c.execute(update<stamp>().set(serial, default_value).set(word, default_value).set(touched, 0));
    CHECK(only(c).serial == before + 1);
    CHECK(only(c).word == "IT'S");
}

struct broken final : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What a function throws passes, and nothing is stored.
void throwing(context& on) {
    const auto fail = []() -> int { throw broken{"no value today"}; };
    const table t = on.make_table(
        "broken", {column("id", type_kind::integer, primary_key, not_generated), column("n", type_kind::integer, default_from(fail))});
    connection c = on.connect();
    CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 1)), broken);
    CHECK_THROWS_AS(c.execute(insert(t).columns(t["id"]), {{1}, {2}}), broken);
    c.rollback();
    CHECK(count_of(c, t) == 0);
    c.execute(insert(t).set(t["id"], 1).set(t["n"], 1));
    CHECK(count_of(c, t) == 1);
}

/// In the form that the database stores: a uuid, a decimal, a time.
void of_types(context& on) {
    const uuid key = uuid::random();
    const bool wide = on.can().wide_decimals;
    const decimal sum = decimal::parse(wide ? "12345678901234567890.5" : "12345678901.5");
    const table t = on.make_table(
        "typed", {column("id", type_kind::uuid, primary_key, default_from([key] { return key; })),
                  column("sum", numeric(wide ? 24 : 18, 4), default_from([sum] { return sum; })),
                  column("day", type_kind::date, default_from([] { return date{std::chrono::sys_days{std::chrono::days{20'000}}}; })),
                  column("n", type_kind::integer)});
    connection c = on.connect();
    c.execute(insert(t).set(t["n"], 1));
    CHECK(c.execute(select(t.column<uuid>("id"), t.column<std::optional<decimal>>("sum"), t.column<std::optional<date>>("day"))).one() ==
          std::tuple{key, std::optional{sum}, std::optional{date{std::chrono::sys_days{std::chrono::days{20'000}}}}});
    c.execute(delete_(t));
    c.execute(insert(t).columns(t["n"]), std::vector<std::vector<value>>{{1}});
    CHECK(c.scalar(select(t.column<uuid>("id"))) == key);
}

}  // namespace

std::vector<test_case> areas::defaults_cases() {
    return {
        {"defaults/from-function", "columns left out get what the mapping makes", {}, from_function},
        {"defaults/fresh-each-time", "each execution has its own values, by kept SQL too", {}, fresh_each_time},
        {"defaults/given", "what is given stays, NULL included", {}, given},
        {"defaults/of-objects", "objects: what is empty is made", {}, of_objects},
        {"defaults/several-objects", "several objects in one statement", claims::multi_row_values, several_objects},
        {"defaults/batch", "each row of a batch has its own values", {}, batch},
        {"defaults/batch-of-values", "rows of values, without the columns", {}, batch_of_values},
        {"defaults/batch-returning", "... which come back", claims::returning_on_insert, batch_returning},
        {"defaults/from-query", "rows of a query", {}, from_query},
        {"defaults/on-update", "updates that leave columns out", {}, on_update},
        {"defaults/on-upsert", "upserts that update", claims::upserts, on_upsert},
        {"defaults/updated-to-own-default", "an update to the mapping's default", {}, updated_to_own_default},
        {"defaults/throwing", "what a function throws passes, and nothing is stored", {}, throwing},
        {"defaults/of-types", "values are stored in their columns' form", {}, of_types},
    };
}

}  // namespace azoth::conformance
