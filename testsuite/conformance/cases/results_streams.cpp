#include "claims.hpp"
#include "results_parts.hpp"
#include "steps.hpp"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace azoth::conformance {

/// Of 100 rows, whose cross joins make as many as are wanted.
struct hundredth {
    std::int64_t n{};
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::hundredth> {
    static azoth::table_map<azoth::conformance::hundredth> map() {
        using azoth::conformance::hundredth;
        return azoth::table_map<hundredth>(azoth::conformance::mapped_name("hundredth"))
            .column<&hundredth::n>(azoth::primary_key, azoth::not_generated);
    }
};

namespace azoth::conformance::areas {
namespace {

auto ids() { return select(col<&item::id>).order_by(col<&item::id>); }

void all_in_order(context& on) {
    connection c = stocked(on, 1000);
    std::int64_t expected = 0;
    for (const auto& [row] : c.execute(select<item>().order_by(col<&item::id>)).stream()) {
        ++expected;
        REQUIRE(row.id == expected);
        REQUIRE(row.name == "item " + std::to_string(expected));
        REQUIRE(row.size.has_value() == (expected % 3 != 0));
    }
    CHECK(expected == 1000);
    check_usable(c);
}

void in_pieces(context& on) {
    connection c = stocked(on, 250);
    auto found = c.execute(ids()).stream();
    std::vector<std::size_t> sizes;
    std::int64_t next = 1;
    for (auto piece = found.partition(100); !piece.empty(); piece = found.partition(100)) {
        sizes.push_back(piece.size());
        for (const auto& [id] : piece) REQUIRE(id == next++);
    }
    CHECK(sizes == std::vector<std::size_t>{100, 100, 50});
    CHECK(found.partition(100).empty());
    CHECK(next == 251);
}

void in_pieces_dynamic(context& on) {
    connection c = stocked(on, 25);
    result found = c.execute(select_columns(std::vector{expr<value>{col<&item::id>.node()}}).order_by(col<&item::id>)).stream();
    REQUIRE(found.next());
    CHECK(found.partition(0).empty());
    const auto some = found.partition(10);
    REQUIRE(some.size() == 10);
    CHECK(some.front().get<std::int64_t>("id") == 2);
    const auto rest = found.partition(100);
    REQUIRE(rest.size() == 14);
    CHECK(rest.back().get<std::int64_t>("id") == 25);
    CHECK(some.back().get<std::int64_t>("id") == 11);
}

void refuses_second_statement(context& on) {
    connection c = stocked(on, 500);
    auto found = c.execute(ids()).stream();
    auto at = found.begin();
    CHECK(std::get<0>(*at) == 1);
    CHECK(thrown<interface_error>([&] { (void)answer(c); }).code() == errc::misuse);
    CHECK(thrown<interface_error>([&] { c.execute(insert<item>(), items(2)); }).code() == errc::misuse);
    CHECK(thrown<interface_error>([&] { c.execute_batch(ids()); }).code() == errc::misuse);
    std::int64_t rows = 1;
    for (++at; at != found.end(); ++at) CHECK(std::get<0>(*at) == ++rows);
    CHECK(rows == 500);
    check_usable(c);
}

void early_close(context& on) {
    connection c = stocked(on, 500);
    auto found = c.execute(ids()).stream();
    CHECK(found.partition(3).size() == 3);
    found.close();
    CHECK(thrown<interface_error>([&] { (void)found.partition(1); }).code() == errc::closed);
    check_usable(c);
    CHECK(count_of(c, entity<item>) == 500);
    CHECK(c.in_transaction());
}

void dropped_midway(context& on) {
    connection c = stocked(on, 500);
    for (int time = 0; time < 5; ++time) {
        {
            auto found = c.execute(ids()).stream();
            CHECK(found.partition(70).size() == 70);
        }
        CHECK(c.execute(ids()).stream().first() == std::tuple{std::int64_t{1}});
    }
    c.execute(delete_<item>().where(col<&item::id> > 10));
    CHECK(c.scalars(ids()).size() == 10);
}

void returned_to_pool(context& on) {
    connection c = stocked(on, 500);
    auto found = c.execute(ids()).stream();
    CHECK(found.partition(70).size() == 70);
    c.close();
    CHECK(thrown<interface_error>([&] { (void)found.partition(1); }).code() == errc::closed);
    connection next = on.connect();
    CHECK(count_of(next, entity<item>) == 500);
}

std::int64_t resident_bytes(const context& on) {
    std::ifstream statm{"/proc/self/statm"};
    std::int64_t whole{};
    std::int64_t resident{};
    if (!(statm >> whole >> resident)) on.decline("this system does not tell a process's memory in /proc/self/statm");
    return resident * sysconf(_SC_PAGESIZE);
}

auto a_million_rows() {
    const auto a = alias<hundredth>("a");
    const auto b = alias<hundredth>("b");
    const auto c = alias<hundredth>("c");
    const auto n = a[&hundredth::n] * 10'000 + b[&hundredth::n] * 100 + c[&hundredth::n];
    return select(n.label("n"), literal(std::string(100, 'x')).label("padding")).select_from(a).cross_join(b).cross_join(c);
}

void constant_memory(context& on) {
    on.make_table<hundredth>();
    connection c = on.connect();
    std::vector<hundredth> numbers;
    for (std::int64_t i = 0; i < 100; ++i) numbers.push_back({i});
    c.execute(insert<hundredth>(), numbers);
    malloc_trim(0);  // what earlier cases left would hide what is used now
    const std::int64_t before = resident_bytes(on);
    std::int64_t most = before;
    std::int64_t rows = 0;
    std::int64_t sum = 0;
    for (const auto& [n, padding] : c.execute(a_million_rows()).stream()) {
        sum += n;
        if (rows++ % 50'000 == 0) most = std::max(most, resident_bytes(on));
    }
    CHECK(rows == 1'000'000);
    CHECK(sum == 499'999'500'000);
    INFO("100 MB of rows were read with " << (most - before) / 1'000'000 << " MB");
    CHECK(most - before < 24'000'000);
}

/// abs() of the smallest integer overflows everywhere; where that comes to light is the database's business.
void error_midway(context& on) {
    on.make_table<item>();
    on.engine().begin([&](connection& c) {
        c.execute(insert<item>(), items(2000));
        c.execute(insert<item>().values({2001, "last", std::numeric_limits<std::int64_t>::min()}));
    });
    connection c = on.connect();
    const auto query = select(col<&item::id>, func::abs(col<&item::size>)).order_by(col<&item::id>);
    for (const bool streams : {false, true}) {
        INFO((streams ? "streaming" : "not streaming"));
        std::int64_t rows = 0;
        CHECK_THROWS_AS(
            [&] {
                auto found = c.execute(query);
                if (streams) found = std::move(found).stream();
                for (const auto& [id, size] : found) {
                    REQUIRE(id == ++rows);
                    REQUIRE(size == items(id).back().size);
                }
            }(),
            data_error);
        CHECK(rows <= 2000);
        c.rollback();
        CHECK(count_of(c, entity<item>) == 2001);
    }
}

}  // namespace

std::vector<test_case> results_parts::streams() {
    return {
        {"results/stream", "a streamed result gives every row, in order", {}, all_in_order},
        {"results/stream-in-pieces", "a streamed result is read in pieces", {}, in_pieces},
        {"results/stream-in-pieces-dynamic", "... of rows that know no types, too", {}, in_pieces_dynamic},
        {"results/stream-refuses-second-statement",
         "a second statement is refused while a result streams, which then goes on",
         {},
         refuses_second_statement},
        {"results/stream-early-close", "a streamed result closed early leaves the connection ready", {}, early_close},
        {"results/stream-dropped-midway", "a streamed result that goes out of scope leaves the connection ready", {}, dropped_midway},
        {"results/stream-returned-to-pool", "a connection given back with half a result is clean for the next", {}, returned_to_pool},
        {"results/stream-constant-memory", "a million rows are streamed in constant memory", claims::streaming, constant_memory},
        {"results/error-midway", "an error on a late row arrives as an error, and no row before it is wrong", {}, error_midway},
    };
}

}  // namespace azoth::conformance::areas
