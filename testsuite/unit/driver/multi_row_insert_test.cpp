#include <catch2/catch.hpp>

#include "fake_connection.hpp"

#include <azoth/base/error.hpp>

#include <algorithm>

using namespace azoth;
using lines = std::vector<std::string>;

namespace {

/// Numbers from 0 on, and ten times each.
class numbers final : public row_source {
public:
    explicit numbers(std::int64_t count) : count_{count} {}
    std::size_t fill(std::span<cell> out, std::size_t max_rows) override {
        std::size_t rows = 0;
        for (; rows < max_rows && next_ < count_; ++rows, ++next_) {
            out[rows * 2] = cell::integer(next_);
            out[rows * 2 + 1] = cell::integer(next_ * 10);
        }
        return rows;
    }

private:
    std::int64_t count_;
    std::int64_t next_{};
};

class kept_rows final : public row_sink {
public:
    void row(std::span<const cell> cells) override { keys.push_back(cells.back().i64), texts.emplace_back(cells.front().chars_view()); }
    std::vector<std::int64_t> keys{};
    lines texts{};
};

batch_plan plan_for_two() {
    batch_plan plan;
    plan.prefix = "INSERT INTO t (a, b) VALUES ";
    plan.row_pieces = {"(", ", ", ")"};
    plan.table = "t";
    return plan;
}

batch_plan returning(std::optional<batch_plan::sentinel> order) {
    batch_plan plan = plan_for_two();
    plan.suffix = " RETURNING x, a";
    plan.returns_rows = true;
    plan.order = order;
    return plan;
}

/// A server that returns a text and the key of each row, last row first.
fake_server::rows backwards(std::span<const cell> sent) {
    static const std::string texts = "zero one  two  three";
    fake_server::rows out;
    for (std::size_t i = 0; i < sent.size(); i += 2)
        out.push_back({cell::text(std::string_view{texts}.substr(static_cast<std::size_t>(sent[i].i64 % 4) * 5, 4)), sent[i]});
    std::ranges::reverse(out);
    return out;
}

fake_server able_server() {
    fake_server server;
    server.server.can.multi_row_values = true;
    return server;
}

std::size_t count(const lines& log, std::string_view start) {
    return static_cast<std::size_t>(std::ranges::count_if(log, [&](const std::string& line) { return line.starts_with(start); }));
}

}  // namespace

TEST_CASE("many rows go in statements of three sizes, each prepared once") {
    fake_server server = able_server();
    server.affected = 5;
    fake_connection connection{server};
    numbers rows{223};
    const auto result = connection.insert_many(plan_for_two(), rows, nullptr, {});
    CHECK(count(server.log, "prepare: ") == 3);
    REQUIRE(server.sent.size() == 2 + 2 + 3);
    CHECK(server.sent[0].size() == 200);
    CHECK(server.sent[2].size() == 20);
    CHECK(server.sent[4].size() == 2);
    std::int64_t next = 0;
    for (const auto& cells : server.sent)
        for (std::size_t i = 0; i < cells.size(); i += 2, ++next) REQUIRE((cells[i].i64 == next && cells[i + 1].i64 == next * 10));
    CHECK(next == 223);
    CHECK(result.rows == 7 * 5);
    CHECK(server.log[4] == "close");
    CHECK_THAT(server.log[5], Catch::StartsWith("prepare: INSERT INTO t (a, b) VALUES (?, ?), (?, ?)"));
}

TEST_CASE("numbered placeholders go on from row to row") {
    fake_server server = able_server();
    server.server.can.max_parameters = 4;
    fake_connection connection{server};
    batch_plan plan = plan_for_two();
    plan.numbered_placeholders = true;
    plan.suffix = " ON CONFLICT DO NOTHING";
    numbers rows{2};
    connection.insert_many(plan, rows, nullptr, {});
    CHECK(server.log.front() == "prepare: INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING");
}

TEST_CASE("a server without multi-row VALUES, or with few parameters, gets smaller statements") {
    fake_server plain;
    fake_connection one_by_one{plain};
    numbers rows{3};
    one_by_one.insert_many(plan_for_two(), rows, nullptr, {});
    CHECK(plain.sent.size() == 3);

    fake_server narrow = able_server();
    narrow.server.can.max_parameters = 5;
    fake_connection two_by_two{narrow};
    numbers more{4};
    two_by_two.insert_many(plan_for_two(), more, nullptr, {});
    CHECK(narrow.sent.size() == 2);
}

TEST_CASE("returned rows come in input order, whatever the server's is") {
    fake_server server = able_server();
    server.answer = backwards;
    fake_connection connection{server};
    numbers rows{4};
    kept_rows kept;
    server.server.can.max_parameters = 8;
    connection.insert_many(returning(batch_plan::sentinel{1, 0}), rows, &kept, {});
    CHECK(count(server.log, "run: ") == 1);
    CHECK(kept.keys == std::vector<std::int64_t>{0, 1, 2, 3});
    CHECK(kept.texts == lines{"zero", "one ", "two ", "thre"});
}

TEST_CASE("without a key to tell rows by they go one by one") {
    fake_server server = able_server();
    server.answer = backwards;
    fake_connection connection{server};
    numbers rows{4};
    kept_rows kept;
    connection.insert_many(returning(std::nullopt), rows, &kept, {});
    CHECK(count(server.log, "prepare: ") == 1);
    CHECK(count(server.log, "run: ") == 4);
    CHECK(kept.keys == std::vector<std::int64_t>{0, 1, 2, 3});
}

TEST_CASE("a key that does not come back is a clear error") {
    fake_server server = able_server();
    server.answer = [](std::span<const cell> sent) {
        auto rows = backwards(sent);
        rows.back()[1] = cell::integer(99);
        return rows;
    };
    server.server.can.max_parameters = 8;
    fake_connection connection{server};
    numbers rows{4};
    kept_rows kept;
    CHECK_THROWS_WITH(connection.insert_many(returning(batch_plan::sentinel{1, 0}), rows, &kept, {}),
                      Catch::Contains("row 1 of 4") && Catch::Contains("for t"));
    CHECK(server.log.back() == "close");
}

TEST_CASE("counts that a driver does not tell stay untold, and a plan without pieces is refused") {
    fake_server server = able_server();
    server.affected = -1;
    fake_connection connection{server};
    numbers rows{150};
    CHECK(connection.insert_many(plan_for_two(), rows, nullptr, {}).rows == -1);
    numbers none{1};
    CHECK_THROWS_AS(connection.insert_many(batch_plan{}, none, nullptr, {}), interface_error);
}

TEST_CASE("no statement, and rows that are too narrow to hold their key, are refused") {
    fake_server server = able_server();
    server.makes_nothing = true;
    fake_connection connection{server};
    numbers rows{4};
    CHECK_THROWS_WITH(connection.insert_many(plan_for_two(), rows, nullptr, {}), Catch::Contains("prepare() returned null"));
    server.makes_nothing = false;
    server.answer = [](std::span<const cell>) { return fake_server::rows{{cell::integer(1)}}; };
    numbers more{4};
    kept_rows kept;
    CHECK_THROWS_WITH(connection.insert_many(returning(batch_plan::sentinel{1, 0}), more, &kept, {}),
                      Catch::Contains("its rows have 1 columns, and the key is number 2"));
}
