#include "claims.hpp"
#include "company.hpp"
#include "from_parts.hpp"
#include "moments.hpp"

namespace azoth::conformance::areas {
namespace {

using named = std::vector<std::tuple<std::int64_t, std::string>>;

void rows(context& on) {
    connection c = on.connect();
    const auto v = values<std::int64_t, std::string>("v", {"id", "what"}, {{2, "two"}, {1, "one"}, {2, "two"}});
    const auto [id, what] = v.columns();
    CHECK(c.execute(select(id, what).order_by(id)).all() == named{{1, "one"}, {2, "two"}, {2, "two"}});
    CHECK(c.scalar(select(func::sum(id))) == 5);
    CHECK(c.scalars(select(what).where(id == 1)) == texts{"one"});
}

void rows_joined(context& on) {
    connection c = staffed(on);
    const auto v = values<std::string, std::int64_t>("bonus", {"who", "amount"}, {{"Ann", 10}, {"Dee", 20}, {"Eve", 30}});
    const auto [who, amount] = v.columns();
    CHECK(c.execute(select(worker_id, maybe(amount)).outer_join(v, who == name).order_by(worker_id)).all() ==
          std::vector<std::tuple<std::int64_t, std::optional<std::int64_t>>>{{1, 10}, {2, std::nullopt}, {3, std::nullopt}, {4, 20}});
    const auto again = alias(v, "again");
    CHECK(c.scalar(select(func::count()).select_from(v).join(again, amount < std::get<1>(again.columns()))) == 3);
}

void no_rows(context& on) {
    connection c = staffed(on);
    const auto v = values<std::int64_t, std::string>("v", {"id", "what"}, std::vector<std::tuple<std::int64_t, std::string>>{});
    const auto [id, what] = v.columns();
    CHECK(c.execute(select(id, what)).all().empty());
    CHECK(c.scalars(select(name).join(v, id == worker_id)).empty());
    CHECK(c.scalars(select(name).outer_join(v, id == worker_id)).size() == 4);
}

void many_rows(context& on) {
    connection c = on.connect();
    std::vector<std::tuple<std::int64_t, std::string>> given;
    for (std::int64_t i = 1; i <= 1000; ++i) given.emplace_back(i, "row " + std::to_string(i));
    const auto v = values<std::int64_t, std::string>("v", {"id", "what"}, given);
    const auto [id, what] = v.columns();
    CHECK(c.execute(select(func::count(), func::sum(id), func::max(what))).one() ==
          std::tuple<std::int64_t, std::optional<std::int64_t>, std::optional<std::string>>{1000, 500'500, "row 999"});
    // Another number of rows is another statement.
    CHECK(c.scalar(select(func::count()).select_from(values<std::int64_t>("v", {"id"}, std::vector<std::int64_t>{7}))) == 1);
}

void nulls(context& on) {
    connection c = on.connect();
    using row = std::tuple<std::optional<std::int64_t>, std::optional<std::string>>;
    const auto v = values<std::optional<std::int64_t>, std::optional<std::string>>(
        "v", {"n", "t"}, {{std::nullopt, std::nullopt}, {300'000'000'000, "long enough"}, {1, ""}});
    const auto [n, t] = v.columns();
    CHECK(c.execute(select(n, t).where(n.is_not_null()).order_by(n)).all() == std::vector<row>{{1, ""}, {300'000'000'000, "long enough"}});
    CHECK(c.execute(select(n, t).where(n.is_null())).all() == std::vector<row>{{std::nullopt, std::nullopt}});
}

void rows_of_types(context& on) {
    connection c = on.connect();
    using row = std::tuple<decimal, double, bool, date, local_timestamp, uuid>;
    const auto day = date{std::chrono::sys_days{std::chrono::days{20'000}}};
    const local_timestamp moment{std::chrono::microseconds{1'700'000'000'000'000} + 1'234 * grain(on)};
    const std::vector<row> given{{decimal(1050, 2), -0.5, true, day, moment, uuid{}}, {decimal(925, 2), 1e10, false, day, moment, uuid{}}};
    const auto v = values<decimal, double, bool, date, local_timestamp, uuid>("v", {"a", "b", "c", "d", "e", "f"}, given);
    const auto [a, b, flag, d, e, f] = v.columns();
    const auto found = c.execute(select(a, b, flag, d, e, f).order_by(a)).all();
    REQUIRE(found.size() == 2);
    CHECK(found[0] == given[1]);
    CHECK(found[1] == given[0]);
    CHECK(c.scalars(select(b).where(flag == true, a > decimal(925, 2), d == day)) == std::vector<double>{-0.5});
}

void series(context& on) {
    connection c = on.connect();
    const auto numbers_of = [&](const auto& s) { return c.scalars(select(std::get<0>(s.columns()))); };
    CHECK(numbers_of(func::generate_series(1, 4)) == numbers{1, 2, 3, 4});
    CHECK(numbers_of(func::generate_series(1, 8, 3)) == numbers{1, 4, 7});
    CHECK(numbers_of(func::generate_series(3, -3, -3)) == numbers{3, 0, -3});
    CHECK(numbers_of(func::generate_series(5, 5)) == numbers{5});
    CHECK(numbers_of(func::generate_series(5, 4)).empty());
    CHECK(numbers_of(func::generate_series(4, 5, -1)).empty());
    CHECK(numbers_of(func::generate_series(bound(std::optional<std::int64_t>{}), 5)).empty());
    const std::int64_t large = std::numeric_limits<std::int64_t>::max();
    CHECK(numbers_of(func::generate_series(large - 1, large)) == numbers{large - 1, large});
    CHECK(thrown<interface_error>([&] { return func::generate_series(1, 2, 0); }).code() == errc::invalid_argument);
}

void long_series(context& on) {
    connection c = staffed(on);
    const auto s = func::generate_series(1, 5'000);
    const auto [n] = s.columns();
    CHECK(c.scalar(select(func::sum(n))) == 12'502'500);
    // Numbers that nobody has.
    const auto few = func::generate_series(1, 6);
    const auto [i] = few.columns();
    CHECK(c.scalars(select(i).outer_join<worker>(worker_id == i).where(maybe(worker_id).is_null()).order_by(i)) == numbers{5, 6});
}

void own_function(context& on) {
    connection c = on.connect();
    const std::string dialect = on.server().dialect;
    const bool splits = dialect == "postgresql";
    const auto words =
        func::table<std::string>(splits ? "regexp_split_to_table" : "json_each", {splits ? "word" : "value"},
                                 bound(std::string{splits ? "a-b-c" : R"(["a", "b", "c"])"}), bound(std::string{splits ? "-" : "$"}));
    CHECK(c.scalars(select(std::get<0>(words.columns()))) == texts{"a", "b", "c"});
}

void ordinality(context& on) {
    connection c = on.connect();
    const auto words = func::table<std::string>("regexp_split_to_table", {"word"}, bound(std::string{"a-b"}), bound(std::string{"-"}))
                           .with_ordinality("n");
    const auto [word, n] = words.columns();
    CHECK(c.execute(select(n, word).order_by(n)).all() == named{{1, "a"}, {2, "b"}});
}

void definitions(context& on) {
    connection c = on.connect();
    const auto records =
        func::table<std::int64_t, std::string>("jsonb_to_recordset", {"a", "b"}, bound(nlohmann::json::parse(R"([{"a": 1, "b": "x"}])")))
            .with_types();
    const auto [a, b] = records.columns();
    CHECK(c.execute(select(a, b)).all() == named{{1, "x"}});
    const auto [a_2, b_2, n] = records.with_ordinality().columns();
    CHECK(c.scalars(select(n)) == numbers{1});
}

void sample(context& on) {
    connection c = staffed(on);
    const auto all = tablesample(entity<worker>, sample_method::bernoulli, 100.0, 5);
    CHECK(c.scalars(select(all[&worker::name])).size() == 4);
    const auto none = tablesample(entity<worker>, sample_method::system, 0.0);
    CHECK(c.scalars(select(none[&worker::name])).empty());
    CHECK(thrown<interface_error>([&] { return tablesample(entity<worker>, sample_method::system, 101.0); }).code() ==
          errc::invalid_argument);
}

}  // namespace

std::vector<test_case> from_parts::tables() {
    return {
        {"from/values", "rows of the statement's own are a table", {}, rows},
        {"from/values-joined", "... which is joined with others, and with itself", {}, rows_joined},
        {"from/values-without-rows", "... and may be empty", {}, no_rows},
        {"from/values-of-a-thousand", "... or long", claims::long_value_tables, many_rows},
        {"from/values-with-nulls", "... with NULL where a type says so", {}, nulls},
        {"from/values-of-types", "... of any type, which compares and sorts as it should", {}, rows_of_types},
        {"from/series", "generate_series counts up and down, both ends included", claims::recursive_ctes, series},
        {"from/long-series", "... far, and is joined", claims::deep_recursion, long_series},
        {"from/table-function", "a function of the database's own is a table", claims::table_functions, own_function},
        {"from/table-function-ordinality", "... whose rows are numbered", claims::table_function_ordinality, ordinality},
        {"from/table-function-definitions", "... whose columns the query defines", claims::table_function_definitions, definitions},
        {"from/sample", "a sample of all rows has all, one of none has none", claims::table_samples, sample},
    };
}

}  // namespace azoth::conformance::areas
