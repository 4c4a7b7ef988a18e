#include "areas.hpp"
#include "claims.hpp"
#include "combinations.hpp"
#include "options_parts.hpp"
#include "parts.hpp"
#include "steps.hpp"

namespace azoth::conformance {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto id = col<&item::id>;

auto ids() { return select(id).order_by(id); }

void streaming_of_call(context& on) {
    connection c = stocked(on, 500);
    auto found = c.execute(ids(), arguments{}, {.streaming = true});
    CHECK(found.partition(3).size() == 3);
    CHECK(thrown<interface_error>([&] { (void)answer(c); }).code() == errc::misuse);
    std::int64_t next = 4;
    for (const auto& [found_id] : found) REQUIRE(found_id == next++);
    CHECK(next == 501);
    check_usable(c);
}

void streaming_of_connection(context& on) {
    connection c = stocked(on, 500);
    c.set_options({.streaming = true});
    auto found = c.execute(ids());
    CHECK(found.partition(3).size() == 3);
    CHECK(thrown<interface_error>([&] { (void)answer(c); }).code() == errc::misuse);
    found.close();
    auto kept = c.execute(ids(), arguments{}, {.streaming = false});
    CHECK(kept.partition(3).size() == 3);
    check_usable(c);
    CHECK(kept.partition(1000).size() == 497);
}

void streaming_of_alias(context& on) {
    connection c = stocked(on, 100);
    const auto other = alias<item>("other");
    auto found = c.execute(select(other[&item::id]).order_by(other[&item::id]), arguments{}, {.streaming = true});
    CHECK(found.all().size() == 100);
    check_usable(c);
}

void streaming_of_engine(context& on) {
    on.make_table<item>();
    on.engine().begin([](connection& c) { c.execute(insert<item>(), items(100)); });
    connection c = on.engine().with_options({.streaming = true}).connect();
    auto found = c.execute(ids());
    CHECK(found.partition(10).size() == 10);
    CHECK(thrown<interface_error>([&] { (void)answer(c); }).code() == errc::misuse);
    CHECK(found.all().size() == 90);
}

void batches_of_rows(context& on) {
    connection c = stocked(on, 250);
    for (const std::size_t size : {1u, 3u, 64u, 100u, 1000u}) {
        INFO("batches of " << size);
        auto found = c.execute(ids(), arguments{}, {.batch_size = size});
        std::int64_t next = 1;
        for (auto piece = found.partition(); !piece.empty(); piece = found.partition()) {
            CHECK(piece.size() == std::min<std::size_t>(size, static_cast<std::size_t>(251 - next)));
            for (const auto& [found_id] : piece) REQUIRE(found_id == next++);
        }
        CHECK(next == 251);
    }
    check_usable(c);
}

void batches_sent(context& on) {
    on.make_table<item>();
    for (const std::size_t size : {1u, 7u, 100u, 5000u}) {
        INFO("batches of " << size);
        connection c = on.connect();
        const auto sent = items(230);
        CHECK(c.execute(insert<item>(), sent, {.batch_size = size}).affected_rows() == 230);
        CHECK(c.scalars(select<item>().order_by(id)) == sent);
        c.rollback();
    }
}

void batches_returned(context& on) {
    on.make_table<item>();
    connection c = on.connect();
    auto sent = items(120);
    for (auto& i : sent) i.id = 0;
    const auto back = c.execute(insert<item>().returning(id, col<&item::name>), sent, {.batch_size = 7}).all();
    REQUIRE(back.size() == sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) CHECK(std::get<1>(back[i]) == sent[i].name);
}

void batch_too_large(context& on) {
    connection c = stocked(on, 1);
    CHECK(thrown<interface_error>([&] { (void)c.execute(ids(), arguments{}, {.batch_size = 1'000'000'000}); }).code() ==
          errc::invalid_argument);
    check_usable(c);
}

void timeout_of_call(context& on) {
    const combinations all{on};
    connection c = on.connect();
    const stopwatch time;
    CHECK(thrown<timeout_error>([&] { (void)c.execute(all.of_four(), arguments{}, {.timeout = milliseconds{300}}).scalar(); }).code() ==
          errc::timeout);
    CHECK(time.elapsed() >= milliseconds{250});
    CHECK(time.elapsed() < seconds{10});
    c.rollback();
    all.check_usable(c);
}

void timeout_of_connection(context& on) {
    const combinations all{on};
    connection c = on.connect();
    c.set_options({.timeout = milliseconds{300}});
    CHECK(thrown<timeout_error>([&] { (void)c.scalar(all.of_four()); }).code() == errc::timeout);
    c.rollback();
    // A call that says how long it may take says it alone.
    CHECK(c.execute(all.of_three(), arguments{}, {.timeout = seconds{60}}).scalar() == 10);
    c.rollback();
    c.set_options({});
    CHECK(c.scalar(all.of_three()) == 10);
}

void earlier_limit_counts(context& on) {
    const combinations all{on};
    connection c = on.connect();
    execution_options both = within(milliseconds{300});
    both.timeout = seconds{60};
    const stopwatch time;
    CHECK_THROWS_AS(c.execute(all.of_four(), arguments{}, both).scalar(), timeout_error);
    CHECK(time.elapsed() < seconds{10});
    c.rollback();
    CHECK(thrown<interface_error>([&] { (void)c.execute(all.of_three(), arguments{}, {.timeout = milliseconds{-1}}); }).code() ==
          errc::invalid_argument);
}

void options_end_with_the_loan(context& on) {
    on.make_table<item>();
    const engine one = engine_of_one(on);
    connection first = one.connect();
    first.set_options({.streaming = true, .read_only = true, .tags = {{"a", "b"}}});
    CHECK(count_of(first, entity<item>) == 0);
    first.close();
    connection next = one.connect();
    next.execute(insert<item>(), items(3));
    auto found = next.execute(ids());
    check_usable(next);
    CHECK(found.all().size() == 3);
}

std::vector<test_case> calls() {
    return {
        {"options/streaming-of-call", "a call that asks for streaming gets a streamed result", {}, streaming_of_call},
        {"options/streaming-of-connection",
         "a connection's calls stream where it says so, and not where the call says no",
         {},
         streaming_of_connection},
        {"options/streaming-of-engine", "an engine's connections stream where it says so", {}, streaming_of_engine},
        {"options/streaming-of-alias", "a query of an alias streams as any other", {}, streaming_of_alias},
        {"options/batches-of-rows", "rows come in batches of any size, each row once and in order", {}, batches_of_rows},
        {"options/batches-sent", "many rows are sent in batches of any size, each row once", {}, batches_sent},
        {"options/batches-returned", "rows returned by an insert in batches come in input order", claims::returning_on_insert,
         batches_returned},
        {"options/batch-too-large", "a batch that no memory holds is refused", {}, batch_too_large},
        {"options/timeout-of-call", "a timeout ends the statement", claims::statement_deadlines, timeout_of_call},
        {"options/timeout-of-connection", "a connection's timeout ends statements that say none themselves", claims::statement_deadlines,
         timeout_of_connection},
        {"options/earlier-limit-counts", "of a deadline and a timeout the earlier one ends the statement", claims::statement_deadlines,
         earlier_limit_counts},
        {"options/end-with-the-loan", "a connection's options are gone when it is lent again", {}, options_end_with_the_loan},
    };
}

}  // namespace

std::vector<test_case> areas::options_cases() {
    using namespace options_parts;
    return parts::joined({calls(), options_parts::transactions(), schemas(), tags(), printing(), parameters(), composing()});
}

}  // namespace azoth::conformance
