#include "mysql_support.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

using namespace mysql_tests;
using namespace std::chrono_literals;

namespace {

using clock = std::chrono::steady_clock;

/// Takes minutes.
constexpr std::string_view endless = "SELECT sum(a.seq * b.seq) FROM seq_1_to_100000000 a, seq_1_to_100000000 b";
constexpr std::string_view many_rows = "SELECT seq, repeat('x', 100) FROM seq_1_to_3000000";

az::execution_options within(clock::duration span) { return {.until = az::deadline::after(span)}; }

void check_usable(az::connection& c, std::int64_t session) {
    c.rollback();
    CHECK(number_of(c, "SELECT connection_id()") == session);
}

}  // namespace

TEST_CASE("mysql statements: a deadline ends a running statement, and the connection goes on") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        const auto session = number_of(c, "SELECT connection_id()");
        for (const std::string_view sql : {endless, std::string_view{"SELECT SLEEP(100)"}}) {
            const auto start = clock::now();
            const auto e = thrown<az::timeout_error>([&] { (void)c.execute(az::text(sql), {}, within(200ms)).scalar<az::value>(); });
            CHECK(e.code() == az::errc::timeout);
            CHECK_FALSE(e.is_disconnect());
            CHECK(clock::now() - start < 5s);
            check_usable(c, session);
        }
        CHECK(thrown<az::timeout_error>([&] { (void)c.execute(az::text("SELECT 1"), {}, within(-1s)); }).code() == az::errc::timeout);
        check_usable(c, session);
        // A statement with time enough, and one without a deadline, are not limited by what came before.
        CHECK(c.execute(az::text("SELECT 1"), {}, within(30s)).scalar<int>() == 1);
        CHECK(number_of(c, "SELECT SLEEP(0.3)") == 0);
        CHECK(number_of(c, "SELECT @@max_statement_time = 0") == 1);
    });
}

TEST_CASE("mysql statements: a deadline ends the reading of a result") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        if (!c.server_profile().can.streaming) return;
        const auto session = number_of(c, "SELECT connection_id()");
        // The rows are long, so that the server does not hold the first ones back.
        const auto slow = az::text("SELECT seq, SLEEP(0.01), repeat('x', 100000) FROM seq_1_to_100000");
        int read = 0;
        const auto read_all = [&] {
            auto rows = c.execute(slow, {}, within(500ms));
            while (rows.next()) ++read;
        };
        CHECK(thrown<az::timeout_error>(read_all).code() == az::errc::timeout);
        CHECK(read > 0);
        check_usable(c, session);
    });
}

TEST_CASE("mysql statements: cancel from another thread, and a stop token, end a running statement") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        const auto session = number_of(c, "SELECT connection_id()");
        c.cancel();  // nothing runs
        CHECK(number_of(c, "SELECT 1") == 1);
        {
            const std::jthread canceller{[&] {
                std::this_thread::sleep_for(200ms);
                c.cancel();
            }};
            CHECK(thrown<az::operational_error>([&] { run(c, endless); }).code() == az::errc::cancelled);
        }
        check_usable(c, session);
        az::stop_source stop;
        {
            const std::jthread stopper{[&] {
                std::this_thread::sleep_for(200ms);
                stop.request_stop();
            }};
            const auto e = thrown<az::operational_error>([&] { (void)c.execute(az::text(endless), {}, {.stop = stop.get_token()}); });
            CHECK(e.code() == az::errc::cancelled);
        }
        check_usable(c, session);
        CHECK(thrown<az::operational_error>([&] { (void)c.execute(az::text("SELECT 1"), {}, {.stop = stop.get_token()}); }).code() ==
              az::errc::cancelled);
        check_usable(c, session);
    });
}

TEST_CASE("mysql statements: cancelling again and again hits the running statement or nothing") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        std::atomic<bool> done{};
        std::jthread canceller{[&] {
            while (!done) c.cancel();
        }};
        for (int i = 0; i < 40; ++i) {
            try {
                const auto found = number_of(c, "SELECT " + std::to_string(i));
                CHECK(found == i);
            } catch (const az::operational_error& e) {
                INFO(e.what());
                CHECK(e.code() == az::errc::cancelled);
                c.rollback();
            }
        }
        done = true;
        canceller.join();
        c.rollback();
        CHECK(number_of(c, "SELECT 5") == 5);  // nothing lingers
    });
}

TEST_CASE("mysql statements: a cancel that has returned never hits the next statement") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        int cancelled = 0;
        // The statement grows until it is hit and shrinks when it was, so that on fast machines and slow ones cancels come about when it
        // ends.
        std::int64_t rows = 100'000;
        for (int i = 0; i < 40; ++i) {
            std::jthread other{[&] {
                std::this_thread::sleep_for(5ms);
                c.cancel();
            }};
            try {
                const auto found = number_of(c, "SELECT MAX(seq % 1000) FROM seq_1_to_" + std::to_string(rows));
                CHECK(found == 999);
                rows *= 2;
            } catch (const az::operational_error& e) {
                CHECK(e.code() == az::errc::cancelled);
                CHECK_FALSE(e.is_disconnect());
                ++cancelled;
                rows = std::max<std::int64_t>(rows / 2, 1000);
            }
            other.join();
            c.rollback();
            CHECK(number_of(c, "SELECT 1") == 1);
        }
        CHECK(cancelled > 0);
    });
}

TEST_CASE("mysql statements: a short deadline ends the statement, and costs no connection") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        const auto session = number_of(c, "SELECT connection_id()");
        for (const auto span : {20us, 50us, 100us, 200us, 500us, 1000us}) {
            for (int i = 0; i < 5; ++i) {
                try {
                    (void)c.execute(az::text("SELECT 1"), {}, within(span)).scalar<int>();
                } catch (const az::timeout_error& e) {
                    CHECK_FALSE(e.is_disconnect());
                }
                c.rollback();
            }
        }
        check_usable(c, session);
        CHECK(number_of(c, "SELECT @@max_statement_time = 0") == 1);
        CHECK(c.execute(az::text("SELECT 1"), {}, within(24h * 300)).scalar<int>() == 1);
    });
}

TEST_CASE("mysql statements: results stream, and a result that is left early costs little") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        if (!c.server_profile().can.streaming) return;
        const auto session = number_of(c, "SELECT connection_id()");
        const auto start = clock::now();
        for (int i = 0; i < 3; ++i) {
            auto rows = c.execute(az::text(many_rows)).stream();
            REQUIRE(rows.next());
            CHECK(rows.get<std::int64_t>(0) == 1);
            CHECK_THROWS_AS(run(c, "SELECT 1"), az::interface_error);
        }
        CHECK(clock::now() - start < 3s);
        check_usable(c, session);
        std::int64_t sum = 0;
        auto rows = c.execute(az::text("SELECT seq FROM seq_1_to_200000"));
        while (rows.next()) sum += rows.get<std::int64_t>(0);
        CHECK(sum == 200'000LL * 200'001 / 2);
    });
}

TEST_CASE("mysql statements: an insert that returns rows runs to its end, however few are read") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        run(c, "CREATE TABLE t (id INT PRIMARY KEY, pad CHAR(200) DEFAULT '')");
        {
            auto rows = c.execute(az::text("INSERT INTO t (id) SELECT seq FROM seq_1_to_50000 RETURNING id, pad"));
            REQUIRE(rows.next());
        }
        CHECK(number_of(c, "SELECT count(*) FROM t") == 50'000);
    });
}

TEST_CASE("mysql statements: an error in the middle of a result") {
    with_each_driver([](const scratch_database& db) {
        auto c = db.open().connect();
        run(c, "CREATE TABLE t (id INT, v BIGINT)");
        run(c, "INSERT INTO t SELECT seq, seq FROM seq_1_to_20000");
        run(c, "UPDATE t SET v = 9223372036854775807 WHERE id = 20000");
        const auto read = [&] {
            auto rows = c.execute(az::text("SELECT v + 1 FROM t"));
            while (rows.next()) continue;
        };
        CHECK(thrown<az::data_error>(read).code() == az::errc::value_range);
        CHECK(number_of(c, "SELECT count(*) FROM t") == 20'000);
    });
}

TEST_CASE("mysql statements: batches come in whole, in order, and say which keys they got") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        const az::table t{
            "t", {az::column("id", az::type_kind::big_integer, az::primary_key), az::column("v", az::type_kind::integer, az::not_null)}};
        az::metadata{{t}}.create_all(engine);
        auto c = engine.connect();
        std::vector<std::vector<az::value>> rows;
        for (int i = 0; i < 10'000; ++i) rows.push_back({i});
        CHECK(c.execute(az::insert(t).columns(t["v"]), rows).affected_rows() == 10'000);
        const auto returned =
            c.execute(az::insert(t).columns(t["v"]).returning(t.column<std::int64_t>("id"), t.column<std::int32_t>("v")), rows).all();
        REQUIRE(returned.size() == 10'000);
        for (int i = 0; i < 10'000; ++i) REQUIRE(std::get<1>(returned[static_cast<std::size_t>(i)]) == i);
        c.commit();
        rows[7'777] = {std::nullopt};
        const auto e = thrown<az::not_null_violation>([&] { c.execute(az::insert(t).columns(t["v"]), rows); });
        CHECK(e.constraint() == "v");
        CHECK(number_of(c, "SELECT count(*) FROM t") == 20'000);
        c.rollback();
        // Rows too large for one packet go in several.
        run(c, "CREATE TABLE large (id INT PRIMARY KEY, b LONGBLOB)");
        const az::table large{"large", {az::column("id", az::type_kind::integer), az::column("b", az::type_kind::binary)}};
        std::vector<std::vector<az::value>> blobs;
        for (int i = 0; i < 12; ++i) blobs.push_back({i, az::bytes(8'000'000, std::byte{1})});
        CHECK(c.execute(az::insert(large).columns(large["id"], large["b"]), blobs).affected_rows() == 12);
        CHECK(number_of(c, "SELECT sum(length(b)) FROM large") == 96'000'000);
        run(c, "DELETE FROM large");
        auto ids =
            c.execute(az::insert(large).columns(large["id"], large["b"]).returning(large.column<std::optional<std::int32_t>>("id")), blobs);
        CHECK(ids.scalars() == std::vector<std::optional<std::int32_t>>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
    });
}

TEST_CASE("mysql statements: a deadline holds for a batch") {
    with_each_driver([](const scratch_database& db) {
        const auto engine = db.open();
        const az::table t{"t", {az::column("v", az::type_kind::integer)}};
        az::metadata{{t}}.create_all(engine);
        auto c = engine.connect();
        run(c, "CREATE TRIGGER slow BEFORE INSERT ON t FOR EACH ROW SET NEW.v = NEW.v + SLEEP(0.01)");
        const auto session = number_of(c, "SELECT connection_id()");
        c.commit();
        const std::vector<std::vector<az::value>> rows(5'000, std::vector<az::value>{1});
        CHECK(thrown<az::timeout_error>([&] { c.execute(az::insert(t).columns(t["v"]), rows, within(300ms)); }).code() ==
              az::errc::timeout);
        check_usable(c, session);
        CHECK(number_of(c, "SELECT count(*) FROM t") == 0);
    });
}
