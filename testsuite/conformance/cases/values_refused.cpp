// What does not fit is an error: when it is read as another type, and when it is written.
#include "moments.hpp"
#include "travel.hpp"
#include "values_parts.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace azoth::conformance {

/// For a text column that holds more than the program knows.
namespace refused_types {
enum class known { red, green };
}  // namespace refused_types

}  // namespace azoth::conformance

template <>
struct azoth::enum_labels<azoth::conformance::refused_types::known> {
    static constexpr std::string_view labels[]{"red", "green"};
};

namespace azoth::conformance {
namespace {

using refused_types::known;

/// One row with a column of the type, and the ways to read it. A connection is held only while it is used: a case has several of these,
/// and the database may be in memory.
class specimen {
public:
    specimen(context& on, const type& t, const value& content)
        : on_{on},
          table_{
              on.make_table("specimen", {column("id", type_kind::integer, primary_key, not_generated), column("content", t, nullable)})} {
        connection c = on.connect();
        c.execute(insert(table_).set(table_["id"], 1).set(table_["content"], content));
        c.commit();
    }
    /// Refused by a typed row, by a cell of an open result and by a record; and the connection goes on.
    template <class T>
    void refuses(std::initializer_list<errc> codes) {
        connection c = on_.connect();
        const expr<value> content = table_["content"];
        const auto query = select_columns(std::vector{content});
        expect<T>(codes, [&] { (void)c.scalar(select(expr<T>{content.node()})); });
        expect<T>(codes, [&] {
            result r = c.execute(query);
            REQUIRE(r.next());
            (void)r.get<T>("content");
        });
        expect<T>(codes, [&] { (void)c.execute(query).mappings().at(0).template get<T>(0); });
        CHECK(c.scalar(select(func::count()).select_from(table_)) == 1);
    }
    template <class T>
    T as() {
        return on_.connect().scalar(select(expr<T>{table_["content"].node()}));
    }

private:
    template <class T, class Read>
    static void expect(std::initializer_list<errc> codes, const Read& read) {
        try {
            read();
            FAIL_CHECK("it was read as " << kind_name(value_traits<T>::kind));
        } catch (const data_error& e) {
            INFO(e.what());
            CHECK(std::find(codes.begin(), codes.end(), e.code()) != codes.end());
        }
    }

    context& on_;
    table table_;
};

void integers_do_not_narrow(context& on) {
    specimen large{on, type_kind::big_integer, value{std::int64_t{5'000'000'000}}};
    large.refuses<std::int32_t>({errc::value_range});
    large.refuses<std::int16_t>({errc::value_range});
    large.refuses<std::uint32_t>({errc::value_range});
    CHECK(large.as<std::uint64_t>() == 5'000'000'000u);
    specimen negative{on, type_kind::integer, value{std::int32_t{-1}}};
    negative.refuses<std::uint16_t>({errc::value_range});
    negative.refuses<std::uint32_t>({errc::value_range});
    negative.refuses<std::uint64_t>({errc::value_range});
    CHECK(negative.as<std::int16_t>() == -1);
    if (on.can().wide_decimals) {
        specimen unsigned_one{on, type_kind::unsigned_big_integer, value{std::numeric_limits<std::uint64_t>::max()}};
        unsigned_one.refuses<std::int64_t>({errc::value_range});
    }
    specimen precise{on, type_kind::big_integer, value{std::int64_t{9'007'199'254'740'993}}};
    precise.refuses<double>({errc::value_range});
}

void fractions_are_no_integers(context& on) {
    specimen half{on, type_kind::double_, value{2.5}};
    half.refuses<std::int64_t>({errc::value_range});
    half.refuses<std::uint16_t>({errc::value_range});
    specimen huge{on, type_kind::double_, value{1e300}};
    huge.refuses<std::int64_t>({errc::value_range});
    huge.refuses<float>({errc::value_range});
    specimen exact{on, numeric(10, 2), value{decimal::parse("2.50")}};
    exact.refuses<std::int64_t>({errc::value_range});
    if (!on.can().wide_decimals) return;
    specimen wide{on, numeric(40, 2), value{decimal::parse("12345678901234567890123.50")}};
    wide.refuses<std::int64_t>({errc::value_range, errc::value_format});
}

void null_needs_an_optional(context& on) {
    for (const type_kind kind :
         {type_kind::big_integer, type_kind::text, type_kind::date, type_kind::binary, type_kind::uuid, type_kind::boolean}) {
        INFO("a column of " << kind_name(kind));
        specimen nothing{on, kind, value{}};
        nothing.refuses<std::int64_t>({errc::null_value});
        nothing.refuses<std::string>({errc::null_value});
        nothing.refuses<date>({errc::null_value});
        CHECK_FALSE(nothing.as<std::optional<std::string>>().has_value());
    }
}

constexpr std::initializer_list<errc> mismatch{errc::type_mismatch, errc::value_format, errc::value_range};

void text_is_no_number(context& on) {
    specimen word{on, type_kind::text, value{"12 apples"}};
    word.refuses<std::int64_t>(mismatch);
    word.refuses<std::uint64_t>(mismatch);
    word.refuses<double>(mismatch);
    word.refuses<decimal>(mismatch);
    word.refuses<bool>(mismatch);
    word.refuses<date>(mismatch);
    word.refuses<timestamp>(mismatch);
    word.refuses<uuid>(mismatch);
    word.refuses<bytes>(mismatch);
    word.refuses<nlohmann::json>(mismatch);
    word.refuses<std::vector<std::int64_t>>(mismatch);
    word.refuses<known>(mismatch);
}

void numbers_are_no_text(context& on) {
    specimen number{on, type_kind::integer, value{7}};
    number.refuses<std::string>(mismatch);
    number.refuses<bytes>(mismatch);
    number.refuses<bool>(mismatch);
    number.refuses<date>(mismatch);
    number.refuses<uuid>(mismatch);
    number.refuses<local_timestamp>(mismatch);
    specimen approximate{on, type_kind::double_, value{0.5}};
    approximate.refuses<std::string>(mismatch);
    approximate.refuses<time_of_day>(mismatch);
}

void moments_are_no_others(context& on) {
    specimen today{on, type_kind::date, value{day(2024, 2, 29)}};
    today.refuses<std::int64_t>(mismatch);
    today.refuses<time_of_day>(mismatch);
    today.refuses<local_timestamp>(mismatch);
    today.refuses<double>(mismatch);
    specimen moment{on, type_kind::timestamp, value{wall(day(2024, 2, 29), clock(12, 0, 0))}};
    moment.refuses<date>(mismatch);
    moment.refuses<time_of_day>(mismatch);
    moment.refuses<std::int64_t>(mismatch);
    specimen time{on, type_kind::time, value{clock(12, 0, 0)}};
    time.refuses<date>(mismatch);
    time.refuses<std::int64_t>(mismatch);
}

void bytes_are_no_text(context& on) {
    const bytes raw{std::byte{0xFF}, std::byte{0}, std::byte{'a'}};
    specimen binary{on, type_kind::binary, value{raw}};
    binary.refuses<std::string>(mismatch);
    binary.refuses<std::int64_t>(mismatch);
    binary.refuses<nlohmann::json>(mismatch);
    binary.refuses<uuid>(mismatch);
    CHECK(binary.as<bytes>() == raw);
}

/// Labels that the program does not know.
void unknown_labels(context& on) {
    specimen word{on, string(20), value{"purple"}};
    word.refuses<known>({errc::value_format});
    specimen case_matters{on, string(20), value{"Red"}};
    case_matters.refuses<known>({errc::value_format});
    specimen exact{on, string(20), value{"green"}};
    CHECK(exact.as<known>() == known::green);
}

/// Either the database refuses it, or it comes back as it went in: a part of it, or a zero in its place, is neither.
void is_refused_or_kept(context& on, const type& t, const value& sent, const char* as_text) {
    INFO(as_text << " in a column of " << to_string(t));
    const table made =
        on.make_table("unfit", {column("id", type_kind::integer, primary_key, not_generated), column("content", t, nullable)});
    connection c = on.connect();
    bool is_refused = false;
    try {
        c.execute(insert(made).set(made["id"], 1).set(made["content"], sent));
    } catch (const error&) {
        is_refused = true;
        c.rollback();
    }
    if (is_refused) {
        CHECK(c.scalar(select(func::count()).select_from(made)) == 0);
        return;
    }
    const auto found = c.execute(select_columns(std::vector{made["content"]})).mappings();
    REQUIRE(found.size() == 1);
    CHECK(display(found[0][0].view()) == as_text);
}

void numbers_too_large(context& on) {
    is_refused_or_kept(on, type_kind::small_integer, value{40'000}, "40000");
    is_refused_or_kept(on, type_kind::small_integer, value{-32'769}, "-32769");
    is_refused_or_kept(on, type_kind::integer, value{std::int64_t{5'000'000'000}}, "5000000000");
    is_refused_or_kept(on, type_kind::unsigned_small_integer, value{70'000}, "70000");
    is_refused_or_kept(on, type_kind::unsigned_integer, value{std::int64_t{5'000'000'000}}, "5000000000");
}

/// Where the column takes them because it has no unsigned type, they come back negative, not wrapped around.
void negative_numbers_in_unsigned(context& on) {
    is_refused_or_kept(on, type_kind::unsigned_small_integer, value{-1}, "-1");
    is_refused_or_kept(on, type_kind::unsigned_integer, value{-1}, "-1");
    if (on.can().wide_decimals) is_refused_or_kept(on, type_kind::unsigned_big_integer, value{-1}, "-1");
}

void text_in_other_columns(context& on) {
    is_refused_or_kept(on, type_kind::integer, value{"12 apples"}, "12 apples");
    is_refused_or_kept(on, type_kind::integer, value{""}, "");
    is_refused_or_kept(on, type_kind::double_, value{"1.5x"}, "1.5x");
    is_refused_or_kept(on, numeric(10, 2), value{"1.5x"}, "1.5x");
    is_refused_or_kept(on, type_kind::boolean, value{"maybe"}, "maybe");
    is_refused_or_kept(on, type_kind::uuid, value{"no uuid"}, "no uuid");
    is_refused_or_kept(on, type_kind::json, value{"{no json"}, "{no json");
}

/// A failing value leaves the statement's other rows out too, and the connection usable.
void one_unfit_value_in_a_batch(context& on) {
    const table t =
        on.make_table("batch", {column("id", type_kind::integer, primary_key, not_generated), column("day", type_kind::date, nullable)});
    connection c = on.connect();
    std::vector<std::vector<value>> rows;
    for (int i = 0; i < 10; ++i) rows.push_back({value{i}, value{day(2024, 1, 1)}});
    rows[7][1] = value{"no date at all, however one looks at it"};
    bool is_refused = false;
    try {
        c.execute(insert(t).columns(t["id"], t["day"]), rows);
    } catch (const error&) {
        is_refused = true;
        c.rollback();
    }
    CHECK(c.scalar(select(func::count()).select_from(t)) == (is_refused ? 0 : 10));
    if (!is_refused) CHECK_THROWS_AS(c.scalars(select(t.column<std::optional<date>>("day"))), data_error);
}

}  // namespace

std::vector<test_case> areas::values_parts::refused() {
    return {
        {"values/narrowing", "an integer too large, or negative, for the type asked for is an error", {}, &integers_do_not_narrow},
        {"values/fractions", "a fraction, or a number out of range, is no integer and no float", {}, &fractions_are_no_integers},
        {"values/null-without-optional", "NULL is no value of a type that cannot be NULL", {}, &null_needs_an_optional},
        {"values/text-read-as-others", "text is read as no number, moment, UUID, label, array or bytes", {}, &text_is_no_number},
        {"values/numbers-read-as-others", "a number is read as no text, moment or bytes", {}, &numbers_are_no_text},
        {"values/moments-read-as-others", "a date, a time and a timestamp are not read as each other", {}, &moments_are_no_others},
        {"values/bytes-read-as-others", "bytes are read as no text and no number", {}, &bytes_are_no_text},
        {"values/unknown-labels", "a label that the enumeration does not have is an error", {}, &unknown_labels},
        {"values/integers-out-of-range", "an integer too large for its column is refused or kept, not cut", {}, &numbers_too_large},
        {"values/negative-in-unsigned",
         "a negative number in an unsigned column is refused or kept, not wrapped",
         {},
         &negative_numbers_in_unsigned},
        {"values/text-in-other-columns", "text that is no number is refused or kept, not guessed at", {}, &text_in_other_columns},
        {"values/unfit-in-batch", "one value that does not fit keeps all of its batch out", {}, &one_unfit_value_in_a_batch},
    };
}

}  // namespace azoth::conformance
