#include "areas.hpp"
#include "bulk_parts.hpp"
#include "claims.hpp"
#include "steps.hpp"

namespace azoth::conformance {
namespace {

constexpr auto id = col<&item::id>;
constexpr auto name = col<&item::name>;

auto everything() { return select<item>().order_by(id); }

std::vector<item> without_keys(std::vector<item> rows) {
    for (item& r : rows) r.id = 0;
    return rows;
}

template <int Rows>
void given_keys(context& on) {
    connection c = stocked(on, 0);
    const auto sent = items(Rows);
    CHECK(c.execute(insert<item>(), sent).affected_rows() == Rows);
    CHECK(c.scalars(everything()) == sent);
    c.commit();
    CHECK(count_of(c, entity<item>) == Rows);
}

template <int Rows>
void generated_keys(context& on) {
    connection c = stocked(on, 0);
    CHECK(c.execute(insert<item>(), without_keys(items(Rows))).affected_rows() == Rows);
    const auto found = c.scalars(everything());
    REQUIRE(found.size() == Rows);
    std::vector<std::string> names;
    for (const item& r : found) names.push_back(r.name);
    std::vector<std::string> expected;
    for (const item& r : items(Rows)) expected.push_back(r.name);
    std::sort(names.begin(), names.end());
    std::sort(expected.begin(), expected.end());
    CHECK(names == expected);
    CHECK(std::adjacent_find(found.begin(), found.end(), [](const item& a, const item& b) { return a.id == b.id; }) == found.end());
}

/// Sizes at which a driver goes from one way of inserting to another.
void any_number_of_rows(context& on) {
    connection c = stocked(on, 0);
    for (const int n : {3, 9, 10, 11, 20, 64, 65, 99, 100, 101, 110, 256, 333, 1025}) {
        INFO(n << " rows");
        const auto sent = items(n);
        CHECK(c.execute(insert<item>(), sent).affected_rows() == n);
        CHECK(c.scalars(everything()) == sent);
        c.execute(delete_<item>());
    }
}

void empty_batch(context& on) {
    connection c = stocked(on, 2);
    CHECK(c.execute(insert<item>(), std::vector<item>{}).affected_rows() == 0);
    CHECK(c.execute(insert<item>().columns(name), std::vector<std::vector<value>>{}).affected_rows() == 0);
    CHECK(c.execute(insert<item>().columns(name, col<&item::id>), {{"a", 901}, {"b", 902}}).affected_rows() == 2);
    CHECK(c.execute(delete_<item>().where(col<&item::id> > 900)).affected_rows() == 2);
    CHECK(count_of(c, entity<item>) == 2);
    c.execute(insert<item>(), std::vector<item>{{3, "three", {}}});
    CHECK(count_of(c, entity<item>) == 3);
}

void empty_batch_returning(context& on) {
    connection c = stocked(on, 2);
    auto found = c.execute(insert<item>().returning(id, name), std::vector<item>{});
    CHECK(found.all().empty());
    CHECK(found.affected_rows() == 0);
    check_usable(c);
}

/// More values than a statement takes parameters.
void wide_rows(context& on) {
    constexpr std::size_t width = 250;
    constexpr std::size_t height = 400;
    std::vector<column_draft> columns{column("c0", type_kind::big_integer, primary_key, not_generated)};
    for (std::size_t i = 1; i < width; ++i) columns.push_back(column("c" + std::to_string(i), type_kind::big_integer));
    const table wide = on.make_table("wide", std::move(columns));
    std::vector<std::vector<value>> rows;
    for (std::size_t r = 0; r < height; ++r) {
        rows.emplace_back();
        for (std::size_t i = 0; i < width; ++i) rows.back().emplace_back(static_cast<std::int64_t>(r * 1000 + i));
    }
    std::vector<expr<value>> named;
    auto add = insert(wide);
    for (const auto& spec : wide.columns()) {
        add = add.columns(wide[spec.name]);
        named.push_back(wide[spec.name]);
    }
    connection c = on.connect();
    CHECK(c.execute(add, rows).affected_rows() == static_cast<std::int64_t>(height));
    const auto found = c.execute(select_columns(named).order_by(wide["c0"])).mappings();
    REQUIRE(found.size() == height);
    for (std::size_t r = 0; r < height; ++r)
        for (std::size_t i = 0; i < width; ++i) REQUIRE(found[r].get<std::int64_t>(i) == static_cast<std::int64_t>(r * 1000 + i));
}

void one_after_another(context& on) {
    connection c = stocked(on, 0);
    const auto add = insert<item>();
    for (std::int64_t from = 0; from < 1000; from += 125) {
        std::vector<item> rows = items(125);
        for (item& r : rows) r.id += from;
        CHECK(c.execute(add, rows).affected_rows() == 125);
        CHECK(count_of(c, entity<item>) == from + 125);
    }
    c.commit();
    CHECK(c.scalar(select(func::sum(id))) == 1000 * 1001 / 2);
}

/// Some columns only, in an order of the program's.
void some_columns(context& on) {
    const table t =
        on.make_table("some", {column("id", type_kind::big_integer, primary_key), column("a", string(20), nullable),
                               column("b", type_kind::integer, not_null, server_default("5")), column("c", type_kind::double_, not_null)});
    connection c = on.connect();
    std::vector<std::vector<value>> rows;
    for (int i = 0; i < 120; ++i) rows.push_back({i / 4.0, "row " + std::to_string(i)});
    CHECK(c.execute(insert(t).columns(t["c"], t["a"]), rows).affected_rows() == 120);
    const auto found =
        c.execute(select(t.column<std::optional<std::string>>("a"), t.column<int>("b"), t.column<double>("c")).order_by(t["c"])).all();
    REQUIRE(found.size() == 120);
    for (int i = 0; i < 120; ++i)
        CHECK(found[static_cast<std::size_t>(i)] == std::tuple{std::optional{"row " + std::to_string(i)}, 5, i / 4.0});
}

void rolled_back(context& on) {
    connection c = stocked(on, 2);
    {
        const transaction t = c.begin();
        c.execute(delete_<item>());
        c.execute(insert<item>(), items(300));
        CHECK(count_of(c, entity<item>) == 300);
    }
    CHECK(count_of(c, entity<item>) == 2);
    c.execute(insert<item>(), std::vector<item>{{10, "ten", {}}});
    c.rollback();
    CHECK(count_of(c, entity<item>) == 2);
}

void with_autocommit(context& on) {
    connection c = stocked(on, 0);
    c.set_isolation(isolation_level::autocommit);
    c.execute(insert<item>(), items(300));
    CHECK_FALSE(c.in_transaction());
    c.close();
    connection other = on.connect();
    CHECK(count_of(other, entity<item>) == 300);
}

void while_result_is_open(context& on) {
    connection c = stocked(on, 200);
    auto open = c.execute(everything());
    CHECK(open.partition(10).size() == 10);
    std::vector<item> more = items(200);
    for (item& r : more) r.id += 1000;
    c.execute(insert<item>(), more);
    CHECK(open.all().size() == 190);
    CHECK(count_of(c, entity<item>) == 400);
}

void parents_and_children(context& on) {
    const table parents = on.make_table("parents", {column("id", type_kind::big_integer, primary_key, not_generated)});
    const table children =
        on.make_table("children", {column("id", type_kind::big_integer, primary_key),
                                   column("parent", type_kind::big_integer, not_null, references_to(parents.name(), "id"))});
    connection c = on.connect();
    std::vector<std::vector<value>> keys;
    for (int i = 0; i < 200; ++i) keys.push_back({i});
    c.execute(insert(parents).columns(parents["id"]), keys);
    c.execute(insert(children).columns(children["parent"]), keys);
    c.commit();
    const auto joined = select(func::count()).select_from(children).join(parents, parents["id"] == children["parent"]);
    CHECK(c.scalar(joined) == 200);
}

}  // namespace

std::vector<test_case> areas::bulk_cases() {
    std::vector<test_case> all{
        {"bulk/one-row", "a batch of one row", {}, given_keys<1>},
        {"bulk/two-rows", "a batch of two rows", {}, given_keys<2>},
        {"bulk/thousand-rows", "a batch of 1,000 rows", {}, given_keys<1000>},
        {"bulk/hundred-thousand-rows", "a batch of 100,000 rows", {}, given_keys<100'000>},
        {"bulk/one-generated-key", "a batch of one row gets a key", {}, generated_keys<1>},
        {"bulk/generated-keys", "1,000 rows get keys of their own", {}, generated_keys<1000>},
        {"bulk/any-number-of-rows", "batches of any size are complete", {}, any_number_of_rows},
        {"bulk/empty-batch", "no rows: nothing happens", {}, empty_batch},
        {"bulk/empty-batch-returning", "no rows: none is returned", claims::returning_on_insert, empty_batch_returning},
        {"bulk/wide-rows", "a batch of more values than a statement takes parameters", {}, wide_rows},
        {"bulk/one-after-another", "the same insert takes batch after batch", {}, one_after_another},
        {"bulk/some-columns", "rows of some columns, the others get their defaults", {}, some_columns},
        {"bulk/rolled-back", "a batch belongs to its transaction", {}, rolled_back},
        {"bulk/with-autocommit", "with autocommit, a batch stays", {}, with_autocommit},
        {"bulk/while-result-is-open", "a batch runs while a result is open, which then goes on", {}, while_result_is_open},
        {"bulk/parents-and-children", "batches of rows that refer to each other's tables", {}, parents_and_children},
    };
    for (const auto part : {bulk_parts::failures, bulk_parts::orders, bulk_parts::values}) {
        const auto cases = part();
        all.insert(all.end(), cases.begin(), cases.end());
    }
    return all;
}

}  // namespace azoth::conformance
