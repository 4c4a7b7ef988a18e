#include "bulk_parts.hpp"
#include "claims.hpp"
#include "steps.hpp"

#include <nlohmann/json.hpp>

namespace azoth::conformance {

enum class season { spring, summer, autumn, winter };

/// Every type, each of which can be NULL.
struct sparse {
    std::int64_t id{};
    std::optional<bool> flag{};
    std::optional<std::int16_t> small{};
    std::optional<std::int32_t> number{};
    std::optional<std::int64_t> big{};
    std::optional<std::uint64_t> huge{};
    std::optional<float> single{};
    std::optional<double> wide{};
    std::optional<decimal> exact{};
    std::optional<std::string> words{};
    std::optional<std::string> longer{};
    std::optional<bytes> octets{};
    std::optional<date> day{};
    std::optional<time_of_day> hour{};
    std::optional<local_timestamp> moment{};
    std::optional<timestamp> instant{};
    std::optional<std::chrono::microseconds> span{};
    std::optional<uuid> label{};
    std::optional<nlohmann::json> document{};
    std::optional<season> when{};
    friend bool operator==(const sparse&, const sparse&) = default;
};

/// Long values of both kinds.
struct lengthy {
    std::int64_t id{};
    std::string words{};
    bytes octets{};
    friend bool operator==(const lengthy&, const lengthy&) = default;
};

}  // namespace azoth::conformance

template <>
struct azoth::enum_labels<azoth::conformance::season> {
    static constexpr std::string_view labels[]{"spring", "summer", "autumn", "winter"};
};

template <>
struct azoth::mapping<azoth::conformance::sparse> {
    using sparse = azoth::conformance::sparse;
    static azoth::table_map<sparse> map() {
        return azoth::table_map<sparse>(azoth::conformance::mapped_name("sparse"))
            .column<&sparse::id>(azoth::primary_key, azoth::not_generated)
            .column<&sparse::flag>()
            .column<&sparse::small>()
            .column<&sparse::number>()
            .column<&sparse::big>()
            .column<&sparse::huge>()
            .column<&sparse::single>()
            .column<&sparse::wide>()
            .column<&sparse::exact>(azoth::numeric(30, 10))
            .column<&sparse::words>(azoth::string(100))
            .column<&sparse::longer>()
            .column<&sparse::octets>()
            .column<&sparse::day>()
            .column<&sparse::hour>()
            .column<&sparse::moment>()
            .column<&sparse::instant>()
            .column<&sparse::span>()
            .column<&sparse::label>()
            .column<&sparse::document>()
            .column<&sparse::when>();
    }
};
template <>
struct azoth::mapping<azoth::conformance::lengthy> {
    using lengthy = azoth::conformance::lengthy;
    static azoth::table_map<lengthy> map() {
        return azoth::table_map<lengthy>(azoth::conformance::mapped_name("lengthy"))
            .column<&lengthy::id>(azoth::primary_key, azoth::not_generated)
            .column<&lengthy::words>()
            .column<&lengthy::octets>();
    }
};

namespace azoth::conformance::areas {
namespace {

constexpr int fields = 19;

using namespace std::chrono;

/// A row of which the fields that `has` chooses hold something.
template <class Has>
sparse row_of(std::int64_t id, const Has& has) {
    const int i = static_cast<int>(id);
    sparse r{.id = id};
    if (has(0)) r.flag = i % 2 == 0;
    if (has(1)) r.small = static_cast<std::int16_t>(i - 20);
    if (has(2)) r.number = -i * 100'000;
    if (has(3)) r.big = std::numeric_limits<std::int64_t>::max() - i;
    if (has(4)) r.huge = std::numeric_limits<std::uint64_t>::max() - static_cast<std::uint64_t>(i);
    if (has(5)) r.single = static_cast<float>(i) / 7.0F;
    if (has(6)) r.wide = i / -7.0;
    if (has(7)) r.exact = decimal::parse("12345678901234567890.0000000001") + decimal{i};
    if (has(8)) r.words = "wörds " + std::to_string(i);
    if (has(9)) r.longer = std::string(static_cast<std::size_t>(i % 50 * 100), 'l');
    if (has(10)) r.octets = bytes(static_cast<std::size_t>(i % 5), static_cast<std::byte>(i));
    if (has(11)) r.day = date{sys_days{1900y / March / 1} + days{i}};
    if (has(12)) r.hour = time_of_day{hours{i % 24}, minutes{i % 60}, seconds{59}, microseconds{999'999}};
    if (has(13)) r.moment = local_timestamp{local_days{2024y / February / 28} + hours{i} + microseconds{1}};
    if (has(14)) r.instant = timestamp{sys_days{1969y / December / 31} + hours{i} + microseconds{123'456}};
    if (has(15)) r.span = hours{i * 7} - microseconds{i};
    if (has(16)) r.label = uuid::random();
    if (has(17)) r.document = nlohmann::json{{"id", i}, {"list", {1, nullptr, "ü\"\\"}}};
    if (has(18)) r.when = static_cast<season>(i % 4);
    return r;
}

void check_batch(context& on, const std::vector<sparse>& sent) {
    on.make_table<sparse>();
    connection c = on.connect();
    for (int time = 0; time < 2; ++time) {
        CHECK(c.execute(insert<sparse>(), sent).affected_rows() == static_cast<std::int64_t>(sent.size()));
        const auto found = c.scalars(select<sparse>().order_by(col<&sparse::id>));
        REQUIRE(found.size() == sent.size());
        for (std::size_t i = 0; i < sent.size(); ++i) {
            INFO("row " << i);
            REQUIRE(found[i] == sent[i]);
        }
        c.execute(delete_<sparse>());
    }
}

void every_type(context& on) {
    std::vector<sparse> sent;
    for (std::int64_t id = 0; id < 250; ++id) sent.push_back(row_of(id, [](int) { return true; }));
    check_batch(on, sent);
}

/// One field a row, and the first rows without any.
void mostly_null(context& on) {
    std::vector<sparse> sent;
    for (std::int64_t id = 0; id < 250; ++id) sent.push_back(row_of(id, [&](int field) { return id >= 30 && id % fields == field; }));
    check_batch(on, sent);
}

void all_null(context& on) {
    std::vector<sparse> sent;
    for (std::int64_t id = 0; id < 250; ++id) sent.push_back(row_of(id, [](int) { return false; }));
    check_batch(on, sent);
}

/// NULL in every second row, and something in the others.
void now_and_then_null(context& on) {
    std::vector<sparse> sent;
    for (std::int64_t id = 0; id < 250; ++id) sent.push_back(row_of(id, [&](int field) { return (id + field) % 2 == 0; }));
    check_batch(on, sent);
}

/// What bulk formats treat as their own: separators, ends, NULL.
void hostile_texts(context& on) {
    connection c = stocked(on, 0);
    std::vector<item> sent;
    for (const char* text :
         {"\\N", "\\.", "\\",   "\\\\", "\t",  "\n",           "\r",          "\r\n", "\b\f\v", "",         " ",     "NULL", "null",
          "\"",  "'",   "\"\"", "a,b",  "{a}", "{\"a\",NULL}", "(1)",         ";",    "\x01",   "\x1f\x7f", "\\x41", "\\t",  "E'\\\\'",
          "$1",  "?",   "%s",   "ü",    "😀",   "測試",         "\\.\n\\.\nx", "\nx",  "x\n",    "\\\n",     "\\\t"})
        sent.push_back({static_cast<std::int64_t>(sent.size() + 1), text, {}});
    for (int time = 0; time < 3; ++time) {
        CHECK(c.execute(insert<item>(), sent).affected_rows() == static_cast<std::int64_t>(sent.size()));
        CHECK(c.scalars(select<item>().order_by(col<&item::id>)) == sent);
        c.execute(delete_<item>());
    }
}

std::vector<lengthy> long_rows(int rows, std::size_t size) {
    std::vector<lengthy> made;
    for (int i = 0; i < rows; ++i) {
        lengthy row{.id = i, .words = std::string(size, static_cast<char>('a' + i % 26)), .octets = bytes(size)};
        for (std::size_t b = 0; b < size; ++b) row.octets[b] = static_cast<std::byte>((b + static_cast<std::size_t>(i)) % 256);
        made.push_back(std::move(row));
    }
    return made;
}

void check_long(context& on, const std::vector<lengthy>& sent) {
    on.make_table<lengthy>();
    connection c = on.connect();
    CHECK(c.execute(insert<lengthy>(), sent).affected_rows() == static_cast<std::int64_t>(sent.size()));
    std::size_t at = 0;
    for (const auto& [row] : c.execute(select<lengthy>().order_by(col<&lengthy::id>))) {
        REQUIRE(at < sent.size());
        const bool same = row == sent[at];  // not printed: it is long
        REQUIRE(same);
        ++at;
    }
    CHECK(at == sent.size());
}

/// Far more than a server takes in one message.
void large_values(context& on) { check_long(on, long_rows(32, 1 << 20)); }

void values_of_any_size(context& on) {
    std::vector<lengthy> sent;
    for (int i = 0; i < 120; ++i) {
        auto row = long_rows(1, i % 17 == 0 ? 300'000 : static_cast<std::size_t>(i)).front();
        row.id = i;
        sent.push_back(std::move(row));
    }
    check_long(on, sent);
}

/// Rows of values, whose types may differ from row to row where the column can take them.
void rows_of_values(context& on) {
    const table t =
        on.make_table("loose", {column("id", type_kind::big_integer, primary_key, not_generated), column("a", type_kind::double_),
                                column("b", type_kind::big_integer), column("c", numeric(10, 2)), column("d", string(50))});
    const std::vector<std::vector<value>> rows{{1, 1.5, 7, decimal::parse("1.25"), "text"},
                                               {std::int64_t{2}, 2, std::int16_t{8}, 3, std::string{"string"}},
                                               {3U, -1.0F, value{}, value{}, std::string_view{"view"}},
                                               {4, value{}, 9, decimal{-5}, value{}}};
    connection c = on.connect();
    CHECK(c.execute(insert(t).columns(t["id"], t["a"], t["b"], t["c"], t["d"]), rows).affected_rows() == 4);
    using row =
        std::tuple<std::int64_t, std::optional<double>, std::optional<std::int64_t>, std::optional<decimal>, std::optional<std::string>>;
    const auto found =
        c.execute(select(t.column<std::int64_t>("id"), t.column<std::optional<double>>("a"), t.column<std::optional<std::int64_t>>("b"),
                         t.column<std::optional<decimal>>("c"), t.column<std::optional<std::string>>("d"))
                      .order_by(t["id"]))
            .all();
    CHECK(found == std::vector<row>{{1, 1.5, 7, decimal::parse("1.25"), "text"},
                                    {2, 2.0, 8, decimal{3}, "string"},
                                    {3, -1.0, std::nullopt, std::nullopt, "view"},
                                    {4, std::nullopt, 9, decimal{-5}, std::nullopt}});
}

}  // namespace

std::vector<test_case> bulk_parts::values() {
    return {
        {"bulk/every-type", "values of every type in a batch come back", claims::wide_decimals, every_type},
        {"bulk/mostly-null", "batches of columns that are mostly NULL", claims::wide_decimals, mostly_null},
        {"bulk/all-null", "batches of columns that are all NULL", claims::wide_decimals, all_null},
        {"bulk/now-and-then-null", "batches whose rows have NULL here and there", claims::wide_decimals, now_and_then_null},
        {"bulk/hostile-texts", "texts that bulk formats take for their own come back", {}, hostile_texts},
        {"bulk/large-values", "a batch of 64 MB in values of a megabyte", {}, large_values},
        {"bulk/values-of-any-size", "small and large values in one batch", {}, values_of_any_size},
        {"bulk/rows-of-values", "rows of values whose types differ from row to row", {}, rows_of_values},
    };
}

}  // namespace azoth::conformance::areas
