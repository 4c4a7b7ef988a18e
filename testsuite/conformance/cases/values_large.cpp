// Values of megabytes, lengths around the borders of buffers, and one byte too many.
#include "claims.hpp"
#include "travel.hpp"
#include "values_parts.hpp"

#include <nlohmann/json.hpp>

#include <random>

namespace azoth::conformance {
namespace {

constexpr std::size_t megabyte = std::size_t{1} << 20;

/// Bytes without a pattern that a cut or a swap could hide in.
bytes noise(std::size_t size, unsigned seed = 1) {
    std::mt19937 random{seed};
    bytes all(size);
    for (auto& b : all) b = static_cast<std::byte>(random() & 0xFF);
    return all;
}

/// Text of that many bytes, in characters of one to four, quotes and backslashes among them.
std::string long_text(std::size_t size, unsigned seed = 1) {
    static constexpr std::array<std::string_view, 8> pieces{"a", "'", "\\", "%", "é", "日", "🐘", "\n"};
    std::mt19937 random{seed};
    std::string all;
    all.reserve(size + 4);
    while (all.size() < size) {
        const std::string_view next = pieces[random() % pieces.size()];
        all += all.size() + next.size() <= size ? next : "x";
    }
    return all;
}

table make_contents(context& on) {
    return on.make_table("large", {column("id", type_kind::integer, primary_key, not_generated), column("word", type_kind::text, nullable),
                                   column("raw", type_kind::binary, nullable)});
}

/// Where drivers change buffers, length bytes or pages.
constexpr std::array<std::size_t, 20> borders{1,     127,   128,    249,    250,    251,    252,    254,    255,          256,
                                              8'191, 8'192, 16'383, 16'384, 65'534, 65'535, 65'536, 65'537, megabyte - 1, megabyte + 1};

void lengths_around_borders(context& on) {
    const table t = make_contents(on);
    connection c = on.connect();
    for (std::size_t i = 0; i < borders.size(); ++i)
        c.execute(
            insert(t).set(t["id"], static_cast<std::int32_t>(i)).set(t["word"], long_text(borders[i])).set(t["raw"], noise(borders[i])));
    auto rows = c.execute(select(t.column<std::optional<std::string>>("word"), t.column<std::optional<bytes>>("raw")).order_by(t["id"]));
    std::size_t i = 0;
    for (const auto& [word, raw] : rows) {
        INFO("the length " << borders[i]);
        CHECK((word == long_text(borders[i])));
        CHECK((raw == noise(borders[i])));
        ++i;
    }
    CHECK(i == borders.size());
}

void lengths_in_a_batch(context& on) {
    const table t = make_contents(on);
    connection c = on.connect();
    std::vector<std::vector<value>> sent;
    for (const std::size_t size : borders)
        sent.push_back({value{static_cast<std::int32_t>(sent.size())}, value{long_text(size)}, value{noise(size)}});
    c.execute(insert(t).columns(t["id"], t["word"], t["raw"]), sent);
    const auto found =
        c.execute(select(t.column<std::optional<std::string>>("word"), t.column<std::optional<bytes>>("raw")).order_by(t["id"])).all();
    REQUIRE(found.size() == borders.size());
    for (std::size_t i = 0; i < borders.size(); ++i) {
        INFO("the length " << borders[i]);
        CHECK((std::get<0>(found[i]) == long_text(borders[i])));
        CHECK((std::get<1>(found[i]) == noise(borders[i])));
    }
}

void megabytes_of_text(context& on) {
    const table t = make_contents(on);
    connection c = on.connect();
    const std::string sent = long_text(4 * megabyte);
    c.execute(insert(t).set(t["id"], 1).set(t["word"], sent));
    const auto word = t.column<std::optional<std::string>>("word");
    CHECK((c.scalar(select(word)) == sent));
    CHECK(c.scalars(select(t["id"]).where(word == sent)).size() == 1);
    CHECK(c.scalars(select(t["id"]).where(word == sent + "x")).empty());
    CHECK((c.scalar(select(bound(sent))) == sent));
}

void megabytes_of_bytes(context& on) {
    const table t = make_contents(on);
    connection c = on.connect();
    const bytes sent = noise(4 * megabyte);
    c.execute(insert(t).set(t["id"], 1).set(t["raw"], sent));
    const auto raw = t.column<std::optional<bytes>>("raw");
    CHECK((c.scalar(select(raw)) == sent));
    CHECK(c.scalars(select(t["id"]).where(raw == sent)).size() == 1);
    CHECK(c.scalars(select(t["id"]).where(raw == noise(4 * megabyte, 2))).empty());
}

/// A literal of a size that a program may well write.
void long_literals(context& on) {
    const table t = make_contents(on);
    connection c = on.connect();
    const std::string word = long_text(200'000);
    const bytes raw = noise(100'000);
    c.execute(insert(t).set(t["id"], 1).set(t["word"], literal(word)).set(t["raw"], literal(raw)));
    const auto found = c.execute(select(t.column<std::optional<std::string>>("word"), t.column<std::optional<bytes>>("raw"))).one();
    CHECK((std::get<0>(found) == word));
    CHECK((std::get<1>(found) == raw));
}

/// More in one batch than a server takes in one message.
void megabytes_in_a_batch(context& on) {
    const table t = make_contents(on);
    connection c = on.connect();
    std::vector<std::vector<value>> sent;
    for (std::int32_t i = 0; i < 20; ++i)
        sent.push_back(
            {value{i}, value{long_text(megabyte / 2, static_cast<unsigned>(i))}, value{noise(megabyte / 2, static_cast<unsigned>(i))}});
    c.execute(insert(t).columns(t["id"], t["word"], t["raw"]), sent);
    auto rows =
        c.execute(select(t.column<std::int32_t>("id"), t.column<std::optional<std::string>>("word"), t.column<std::optional<bytes>>("raw"))
                      .order_by(t["id"]));
    std::int32_t expected = 0;
    for (const auto& [id, word, raw] : rows) {
        INFO("row " << id);
        CHECK(id == expected++);
        CHECK((word == long_text(megabyte / 2, static_cast<unsigned>(id))));
        CHECK((raw == noise(megabyte / 2, static_cast<unsigned>(id))));
    }
    CHECK(expected == 20);
}

void megabytes_of_json(context& on) {
    const table t = on.make_table(
        "large_json", {column("id", type_kind::integer, primary_key, not_generated), column("body", type_kind::json, not_null)});
    connection c = on.connect();
    const nlohmann::json sent{{"text", long_text(2 * megabyte)}, {"numbers", std::vector<int>(50'000, 123'456)}};
    c.execute(insert(t).set(t["id"], 1).set(t["body"], sent));
    CHECK((c.scalar(select(t.column<nlohmann::json>("body"))) == sent));
}

/// Short values after long ones: nothing of the long one is left in a buffer.
void short_after_long(context& on) {
    const table t = make_contents(on);
    connection c = on.connect();
    const std::vector<std::string> words{long_text(300'000), "", "short", long_text(70'000), "x"};
    const auto add =
        insert(t).set(t["id"], param<std::int32_t>("id")).set(t["word"], param<std::string>("word")).set(t["raw"], param<bytes>("raw"));
    for (std::size_t i = 0; i < words.size(); ++i)
        c.execute(add, {{"id", static_cast<std::int32_t>(i)}, {"word", words[i]}, {"raw", value{noise(words[i].size())}}});
    const auto found =
        c.execute(select(t.column<std::optional<std::string>>("word"), t.column<std::optional<bytes>>("raw")).order_by(t["id"])).all();
    REQUIRE(found.size() == words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        INFO("row " << i);
        CHECK((std::get<0>(found[i]) == words[i]));
        CHECK((std::get<1>(found[i]) == noise(words[i].size())));
    }
}

constexpr std::uint64_t most_worth_trying = 64 * megabyte;

std::size_t testable_limit(context& on) {
    const std::uint64_t limit = on.can().max_value_bytes;
    if (limit > most_worth_trying) on.decline("a value of " + std::to_string(limit) + " bytes is too large for a test");
    return static_cast<std::size_t>(limit);
}

void the_largest_value(context& on) {
    const std::size_t limit = testable_limit(on);
    const table t = make_contents(on);
    connection c = on.connect();
    const bytes sent = noise(limit);
    c.execute(insert(t).set(t["id"], 1).set(t["raw"], sent));
    CHECK((c.scalar(select(t.column<std::optional<bytes>>("raw"))) == sent));
}

/// Refused or kept whole: what a statement needs beside its values is not known to the byte.
void one_byte_too_many(context& on) {
    const std::string sent(testable_limit(on) + 1, 'x');
    const table t = make_contents(on);
    connection c = on.connect();
    try {
        c.execute(insert(t).set(t["id"], 1).set(t["word"], sent));
    } catch (const data_error&) {
        c.rollback();
        CHECK(c.scalar(select(func::count()).select_from(t)) == 0);
        return;
    }
    CHECK((c.scalar(select(t.column<std::optional<std::string>>("word"))) == sent));
}

/// Refused as a value, not as a broken connection.
void far_too_many_bytes(context& on) {
    const std::string sent(testable_limit(on) * 2, 'x');
    const table t = make_contents(on);
    connection c = on.connect();
    CHECK_THROWS_AS(c.execute(insert(t).set(t["id"], 1).set(t["word"], sent)), data_error);
    c.rollback();
    const std::vector<std::vector<value>> rows{{value{1}, value{"x"}}, {value{2}, value{sent}}};
    CHECK_THROWS_AS(c.execute(insert(t).columns(t["id"], t["word"]), rows), data_error);
    c.rollback();
    CHECK(c.scalar(select(func::count()).select_from(t)) == 0);
}

}  // namespace

std::vector<test_case> areas::values_parts::large() {
    return {
        {"values/lengths", "texts and bytes of lengths around the borders of buffers come back", {}, &lengths_around_borders},
        {"values/lengths-in-batch", "the same through a batch", {}, &lengths_in_a_batch},
        {"values/large-text", "a text of 4 MB comes back and is found", {}, &megabytes_of_text},
        {"values/large-binary", "4 MB of bytes come back and are found", {}, &megabytes_of_bytes},
        {"values/large-literals", "literals of 200 KB are the values they stand for", claims::large_literals, &long_literals},
        {"values/large-batch", "a batch of 20 MB arrives", {}, &megabytes_in_a_batch},
        {"values/large-json", "a document of 2 MB comes back", {}, &megabytes_of_json},
        {"values/short-after-long", "a short value leaves nothing of the long one before it", {}, &short_after_long},
        {"values/largest", "a value of max_value_bytes comes back", {}, &the_largest_value},
        {"values/past-largest", "one byte more is refused or kept whole", {}, &one_byte_too_many},
        {"values/twice-largest", "twice as much is refused, alone and in a batch, and the connection stays", {}, &far_too_many_bytes},
    };
}

}  // namespace azoth::conformance
