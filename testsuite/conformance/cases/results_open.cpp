#include "results_parts.hpp"
#include "steps.hpp"

namespace azoth::conformance::areas {
namespace {

auto everything() { return select<item>().order_by(col<&item::id>); }

/// Reads on, and compares with what `stocked` has put there.
void check_rest(rows<item>& of, std::size_t from, std::size_t to) {
    std::vector<item> rest;
    for (const auto& [row] : of) rest.push_back(row);
    const auto all = items(static_cast<std::int64_t>(to));
    CHECK(rest == std::vector<item>(all.begin() + static_cast<std::ptrdiff_t>(from), all.end()));
}

void two_open(context& on) {
    connection c = stocked(on, 300);
    auto first = c.execute(everything());
    CHECK(first.partition(100).size() == 100);
    auto second = c.execute(everything());
    CHECK(second.partition(10).size() == 10);
    check_rest(first, 100, 300);
    check_rest(second, 10, 300);
}

void three_open(context& on) {
    connection c = stocked(on, 200);
    auto first = c.execute(everything());
    auto second = c.execute(everything());
    auto third = c.execute(everything());
    check_rest(second, 0, 200);
    check_rest(third, 0, 200);
    check_rest(first, 0, 200);
}

/// The row under the cursor stays what it is while others run.
void current_row_stays(context& on) {
    connection c = stocked(on, 100);
    const std::vector columns{expr<value>{col<&item::id>.node()}, expr<value>{col<&item::name>.node()}};
    result found = c.execute(select_columns(columns).order_by(col<&item::id>));
    for (std::int64_t id = 1; found.next(); ++id) {
        c.execute(update<item>().set(col<&item::name>, "changed").where(col<&item::id> == id));
        REQUIRE(found.get<std::int64_t>("id") == id);
        REQUIRE(found.get<std::string>("name") == "item " + std::to_string(id));
    }
    CHECK(c.scalar(select(func::count()).select_from(entity<item>).where(col<&item::name> == "changed")) == 100);
}

void write_while_open(context& on) {
    connection c = stocked(on, 300);
    auto found = c.execute(everything());
    CHECK(found.partition(5).size() == 5);
    c.execute(delete_<item>());
    check_rest(found, 5, 300);
    CHECK(count_of(c, entity<item>) == 0);
}

void batch_while_open(context& on) {
    connection c = stocked(on, 300);
    auto found = c.execute(everything());
    CHECK(found.partition(5).size() == 5);
    c.execute(delete_<item>());
    c.execute(insert<item>(), items(20));
    auto [count, changed] = c.execute_batch(select(func::count()).select_from(entity<item>), delete_<item>());
    CHECK(count.scalar() == 20);
    CHECK(changed.affected_rows() == 20);
    check_rest(found, 5, 300);
}

void commit_while_open(context& on) {
    connection c = stocked(on, 300);
    auto found = c.execute(everything());
    CHECK(found.partition(5).size() == 5);
    c.commit();
    CHECK_FALSE(c.in_transaction());
    check_rest(found, 5, 300);
    check_usable(c);
}

void rollback_while_open(context& on) {
    connection c = stocked(on, 300);
    auto found = c.execute(everything());
    CHECK(found.partition(5).size() == 5);
    c.rollback();
    CHECK(thrown<interface_error>([&] { (void)found.partition(1); }).code() == errc::closed);
    check_usable(c);
}

void past_the_bound(context& on) {
    on.make_table<item>();
    engine_options options;
    options.max_buffered_bytes = 64 << 10;
    const engine cramped = on.engine_with(options);
    metadata_of<item>().create_all(cramped);  // another database where it is in memory
    connection c = cramped.connect();
    c.execute(insert<item>(), items(5000));
    auto small = c.execute(everything());
    CHECK(small.partition(4900).size() == 4900);
    check_usable(c);
    CHECK(small.partition(1000).size() == 100);
    auto large = c.execute(everything());
    CHECK(large.partition(5).size() == 5);
    CHECK(thrown<operational_error>([&] { (void)answer(c); }).code() == errc::result_buffer);
    CHECK(thrown<interface_error>([&] { (void)large.partition(1); }).code() == errc::closed);
    check_usable(c);
}

/// The values that a statement was given are gone, and so is the statement.
void outlives_statement(context& on) {
    connection c = stocked(on, 200);
    auto found = [&] {
        const std::string prefix = "item 1%";
        const auto query = everything().where(col<&item::name>.like(prefix), col<&item::id>.in(std::vector<std::int64_t>{1, 10, 20, 111}));
        return c.execute(query);
    }();
    std::vector<std::int64_t> ids;
    for (const auto& [row] : found) ids.push_back(row.id);
    CHECK(ids == std::vector<std::int64_t>{1, 10, 111});
}

void outlives_connection(context& on) {
    connection c = stocked(on, 200);
    auto read_ahead = c.execute(everything());
    check_usable(c);
    auto open = c.execute(everything());
    CHECK(open.partition(1).size() == 1);
    c.close();
    CHECK(read_ahead.all().size() == 200);
    CHECK(thrown<interface_error>([&] { (void)open.partition(1); }).code() == errc::closed);
}

void moved(context& on) {
    connection c = stocked(on, 100);
    auto first = c.execute(everything());
    CHECK(first.partition(10).size() == 10);
    auto second = std::move(first);
    connection moved = std::move(c);
    check_rest(second, 10, 100);
    check_usable(moved);
}

}  // namespace

std::vector<test_case> results_parts::open_results() {
    return {
        {"results/two-open", "two open results on one connection each give their own rows", {}, two_open},
        {"results/three-open", "three open results of one statement are read in any order", {}, three_open},
        {"results/current-row-stays", "the row just read stays readable while other statements run", {}, current_row_stays},
        {"results/write-while-open", "an open result gives the rows as they were when others delete them", {}, write_while_open},
        {"results/batch-while-open", "batches run while a result is open, which then goes on", {}, batch_while_open},
        {"results/commit-while-open", "a commit leaves an open result readable", {}, commit_while_open},
        {"results/rollback-while-open", "a rollback closes an open result", {}, rollback_while_open},
        {"results/past-the-bound",
         "a result too large to be set aside is an error of its own, and the connection goes on",
         {},
         past_the_bound},
        {"results/outlives-statement", "a result needs neither its statement nor the values given", {}, outlives_statement},
        {"results/outlives-connection",
         "a result read ahead outlives its connection; an open one says that it is closed",
         {},
         outlives_connection},
        {"results/moved", "results and connections can be moved while rows are read", {}, moved},
    };
}

}  // namespace azoth::conformance::areas
