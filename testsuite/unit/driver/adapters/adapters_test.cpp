#include <catch2/catch.hpp>

#include "stepping_driver.hpp"

#include <azoth/base/error.hpp>
#include <azoth/driver/error_rules.hpp>
#include <azoth/driver/option_reader.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <thread>

using namespace azoth;

namespace {

const connect_args& plain() {
    static const url nowhere = url::parse("sqlite://");
    static const connect_args args{.target = nowhere, .wait = blocking_waiter()};
    return args;
}

std::vector<std::string> rows_of(cursor& from) {
    std::vector<std::string> rows;
    std::vector<cell> row(from.columns().size());
    while (from.fetch(row, 1) != 0) {
        std::string& all = rows.emplace_back();
        for (const cell& c : row) all += display(c) + " ";
    }
    return rows;
}

errc code_of(const std::function<void()>& what) {
    try {
        what();
    } catch (const error& e) {
        return e.code();
    }
    return errc::internal;
}

constexpr auto endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

}  // namespace

TEST_CASE("a stepping driver's statement runs again and again, each time with its own values") {
    stepping_driver db{plain()};
    db.execute("CREATE TABLE t (i INTEGER, s TEXT)", {}, {});
    const auto insert = db.prepare("INSERT INTO t VALUES (?, ?)");
    for (std::int64_t i = 0; i < 3; ++i) {
        const std::array values{cell::integer(i), i == 1 ? cell{} : cell::text("x")};
        CHECK(insert->execute(values, {}).affected_rows() == 1);
    }
    const auto query = db.prepare("SELECT i, s FROM t WHERE i >= ? ORDER BY i");
    const std::array from{cell::integer(1)};
    CHECK(rows_of(query->execute(from, {})) == std::vector<std::string>{"1 NULL ", "2 x "});
    CHECK(rows_of(query->execute(from, {})).size() == 2);
    CHECK(code_of([&] { query->execute({}, {}); }) == errc::parameter);
}

TEST_CASE("a stepping driver runs what changes data to its end before the first row is read") {
    stepping_driver db{plain()};
    db.execute("CREATE TABLE t (i INTEGER)", {}, {});
    const auto returned = db.execute("INSERT INTO t VALUES (1), (2), (3) RETURNING i", {}, {});
    CHECK(returned->affected_rows() == 3);
    CHECK(rows_of(*db.execute("SELECT count(*) FROM t", {}, {})) == std::vector<std::string>{"3 "});
    CHECK(rows_of(*returned) == std::vector<std::string>{"1 ", "2 ", "3 "});
}

TEST_CASE("a stepping driver's statement ends at its deadline, on stop and on cancel, and the next one runs") {
    stepping_driver db{plain()};
    CHECK(code_of([&] { db.execute(endless, {}, {.until = deadline::after(std::chrono::milliseconds{20})}); }) == errc::timeout);
    std::stop_source stop;
    stop.request_stop();
    CHECK(code_of([&] { db.execute(endless, {}, {.stop = stop.get_token()}); }) == errc::cancelled);
    std::atomic<bool> over{};
    std::thread other{[&] {
        while (!over) db.cancel();  // the statement may not have begun yet
    }};
    CHECK(code_of([&] { db.execute(endless, {}, {}); }) == errc::cancelled);
    over = true;
    other.join();
    CHECK(rows_of(*db.execute("SELECT 1", {}, {})) == std::vector<std::string>{"1 "});
}

TEST_CASE("a stepping driver's result that is cancelled between two rows ends, though the library forgets it, and the next one is whole") {
    stepping_driver db{plain()};
    db.ignore_interrupts(1'000'000);
    azoth::cell row[1];
    auto open = db.execute("SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3", {}, {});
    CHECK(open->fetch(row, 1) == 1);
    db.cancel();
    CHECK(code_of([&] { open->fetch(row, 1); }) == errc::cancelled);
    CHECK(rows_of(*db.execute("SELECT 1 UNION ALL SELECT 2", {}, {})) == std::vector<std::string>{"1 ", "2 "});
}

TEST_CASE("a stepping driver's statement that does not end when it is asked is asked again, and so is the next one") {
    stepping_driver db{plain()};
    for (int statement = 0; statement < 2; ++statement) {
        db.ignore_interrupts(3);
        CHECK(code_of([&] { db.execute(endless, {}, {.until = deadline::after(std::chrono::milliseconds{10})}); }) == errc::timeout);
    }
}

TEST_CASE("a stepping driver's statements are refused behind a reset and behind the connection's end") {
    auto db = std::make_unique<stepping_driver>(plain());
    const auto before = db->prepare("SELECT 1");
    CHECK(db->reset());
    CHECK(code_of([&] { before->execute({}, {}); }) == errc::closed);
    auto open = db->execute("SELECT 1 UNION ALL SELECT 2", {}, {});
    auto kept = db->prepare("SELECT 1");
    db->close();
    db->close();
    CHECK(db->disconnects() == 1);
    CHECK(code_of([&] { (void)db->prepare("SELECT 1"); }) == errc::closed);
    db.reset();
    CHECK(code_of([&] { kept->execute({}, {}); }) == errc::closed);
    CHECK(code_of([&] { (void)rows_of(*open); }) == errc::closed);
    open->close();
}

TEST_CASE("a connection that a forked child abandons says nothing there, frees nothing, and stays the parent's") {
    auto db = std::make_unique<stepping_driver>(plain());
    auto open = db->execute("SELECT 1", {}, {});
    const pid_t child = fork();
    if (child == 0) {
        db->abandon();
        open.reset();
        db->close();
        const bool is_silent = db->disconnects() == 0 && db->statements() == 1;
        db.reset();
        _exit(is_silent ? 0 : 1);
    }
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(rows_of(*open) == std::vector<std::string>{"1 "});
}

TEST_CASE("a session's isolation and read-only defaults are those of its transactions") {
    stepping_driver db{plain()};
    CHECK(db.isolation() == isolation_level::serializable);
    CHECK(code_of([&] { db.set_isolation(isolation_level::read_committed); }) == errc::not_supported);
    CHECK(code_of([&] { db.begin({.isolation = isolation_level::read_committed}); }) == errc::not_supported);
    db.set_isolation(isolation_level::database_default);
    db.begin({});
    CHECK(db.in_transaction());
    db.rollback();
    CHECK_NOTHROW(db.ping({}));
}

TEST_CASE("a database that claims no isolation level has transactions all the same, but of no level that is asked for") {
    struct unclaimed final : stepping_driver {
        explicit unclaimed(const connect_args& args) : stepping_driver{args} { profile_.can.isolation_levels = 0; }
    };
    unclaimed db{plain()};
    CHECK_NOTHROW(db.begin({}));
    db.rollback();
    CHECK(code_of([&] { db.begin({.isolation = isolation_level::serializable}); }) == errc::not_supported);
    CHECK(code_of([&] { db.begin({.read_only = true}); }) == errc::not_supported);
    CHECK(code_of([&] { db.set_read_only(true); }) == errc::not_supported);
    CHECK_NOTHROW(db.set_read_only(false));
}

TEST_CASE("a driver of whole results hands them over row by row") {
    whole_driver db{plain()};
    CHECK(db.execute("CREATE TABLE t AS SELECT 1 AS i UNION ALL SELECT 2", {}, {})->columns().empty());
    const auto query = db.prepare("SELECT i, NULL AS n FROM t ORDER BY i");
    for (int run = 0; run < 2; ++run) CHECK(rows_of(query->execute({}, {})) == std::vector<std::string>{"1 NULL ", "2 NULL "});
    db.begin({});
    CHECK(db.execute("UPDATE t SET i = 3", {}, {})->affected_rows() == 2);
    db.rollback();
    db.rollback();
    CHECK(rows_of(*db.execute("SELECT max(i) FROM t", {}, {})) == std::vector<std::string>{"2 "});
}

TEST_CASE("a driver of whole results: statements that outlive it, and rows that are too wide, are refused") {
    auto db = std::make_unique<whole_driver>(plain());
    const auto query = db->prepare("SELECT 1");
    db.reset();
    CHECK(code_of([&] { (void)query->execute({}, {}); }) == errc::closed);
    azoth::row_buffer rows;
    const std::array cells{azoth::cell::integer(1), azoth::cell::integer(2)};
    CHECK(code_of([&] { rows.add(cells); }) == errc::internal);
    rows.start(1);
    CHECK(code_of([&] { rows.add(cells); }) == errc::internal);
}

TEST_CASE("an error is what the first rule says that fits, else what its SQLSTATE means in the standard") {
    constexpr std::array rules{error_rule{.code = 7, .meaning = errc::locked, .retryable = true},
                               error_rule{.sqlstate = "23505", .meaning = errc::integrity}};
    CHECK(classify_by(rules, {7, "busy", "23505"}).code == errc::locked);
    CHECK(classify_by(rules, {7, "busy"}).retryable);
    CHECK(classify_by(rules, {8, "twice", "23505", "key"}).code == errc::integrity);
    CHECK(classify_by(rules, {8, "twice", "23505", "key"}).constraint == "key");
    CHECK(classify_by({}, {8, "twice", "23505"}).code == errc::unique_violation);
    CHECK(classify_by({}, {8, "gone", "08006"}).disconnect);
    CHECK(classify_by({}, {8, "what?"}).code == errc::operational);
}

TEST_CASE("options are read as numbers, words and flags, and refused by name") {
    const url given = url::parse("sqlite://?n=12&mode=RO&on=yes&bad=1x");
    const option_reader options{given};
    CHECK(options.number("n", 0, 1, 20) == 12);
    CHECK(options.number("absent", 5, 1, 20) == 5);
    CHECK(options.word("mode", "rw", {"ro", "rw"}) == "ro");
    CHECK(options.flag("on", false));
    CHECK_FALSE(options.flag("absent", false));
    CHECK(options.text("mode") == "RO");
    CHECK(code_of([&] { (void)options.number("n", 0, 1, 10); }) == errc::url_option);
    CHECK(code_of([&] { (void)options.number("bad", 0, 1, 10); }) == errc::url_option);
    CHECK(code_of([&] { (void)options.word("mode", "a", {"a", "b"}); }) == errc::url_option);
}
