// Values in the text that PostgreSQL writes with DateStyle ISO and bytea_output hex.
#include "decode.hpp"
#include "interval_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstring>

namespace azoth::postgresql {
namespace {

using std::string_view;

[[noreturn]] void refuse(string_view text, string_view what) {
    throw_error(errc::value_format, fmt::format("\"{}\" is no {} as PostgreSQL writes it with DateStyle ISO and bytea_output hex: set the "
                                                "session's settings back",
                                                text, what));
}

void read_text(string_view from, const column_decoder&, arena&, cell& to) { to = cell::text(from); }
void read_json(string_view from, const column_decoder&, arena&, cell& to) { to = cell::json(from); }
void read_boolean(string_view from, const column_decoder&, arena&, cell& to) { to = cell::integer(from == "t" ? 1 : 0); }

void read_integer(string_view from, const column_decoder&, arena&, cell& to) {
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(from.data(), from.data() + from.size(), number);
    if (problem != std::errc{} || end != from.data() + from.size()) refuse(from, "integer");
    to = cell::integer(number);
}

template <class T>
void read_real(string_view from, const column_decoder&, arena&, cell& to) {
    T number = 0;
    const auto [end, problem] = std::from_chars(from.data(), from.data() + from.size(), number);  // "NaN" and "-Infinity" too
    if (problem != std::errc{} || end != from.data() + from.size()) refuse(from, "number");
    to = cell::real(static_cast<double>(number));
}

/// A decimal that is no number has the form of a double that is none: reading it as a decimal is refused there.
void read_numeric(string_view from, const column_decoder& how, arena& scratch, cell& to) {
    if (const char last = from.back(); last >= '0' && last <= '9') to = cell::decimal(from);
    else read_real<double>(from, how, scratch, to);
}

int nibble(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

void read_bytes(string_view from, const column_decoder&, arena& scratch, cell& to) {
    if (!from.starts_with("\\x") || from.size() % 2 != 0) refuse(from.substr(0, 40), "bytea");
    const std::size_t size = from.size() / 2 - 1;
    char* const out = scratch.allocate(size);
    for (std::size_t i = 0; i < size; ++i) {
        const int high = nibble(from[2 + 2 * i]);
        const int low = nibble(from[3 + 2 * i]);
        if (high < 0 || low < 0) refuse(from.substr(0, 40), "bytea");
        out[i] = static_cast<char>(high << 4 | low);
    }
    to = {cell_tag::bytes, string_view{out, size}};
}

/// Walks over what a moment is written with.
class moment_reader {
public:
    moment_reader(string_view text, string_view what) : text_{text}, what_{what}, rest_{text} {}

    /// Days since 1970-01-01. The year has four digits or more; " BC" is at the very end.
    std::int64_t days() {
        if (text_.ends_with("infinity")) refuse_infinite(what_);
        int year = number(4, 9);
        expect('-');
        const auto month = static_cast<unsigned>(number(2, 2));
        expect('-');
        const auto day = static_cast<unsigned>(number(2, 2));
        if (rest_.ends_with(" BC")) {
            rest_.remove_suffix(3);
            year = 1 - year;
        }
        if (year > 32'767 || year < -32'767)
            throw_error(errc::value_range, fmt::format("the {} {} lies outside what Azoth reads: years 1 to 9999", what_, text_));
        const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
        return std::chrono::sys_days{date}.time_since_epoch().count();
    }
    /// Microseconds since midnight.
    std::int64_t clock() {
        const std::int64_t hours = number(2, 2);
        expect(':');
        const std::int64_t minutes = number(2, 2);
        expect(':');
        const std::int64_t seconds = number(2, 2);
        return (hours * 3600 + minutes * 60 + seconds) * 1'000'000 + fraction();
    }
    /// "+02", "-03:30", "+00:19:32"; microseconds east of Greenwich.
    std::int64_t offset() {
        if (rest_.empty() || (rest_.front() != '+' && rest_.front() != '-')) refuse(text_, what_);
        const bool west = rest_.front() == '-';
        rest_.remove_prefix(1);
        std::int64_t seconds = std::int64_t{number(2, 2)} * 3600;
        for (const int unit : {60, 1}) {
            if (rest_.empty() || rest_.front() != ':') break;
            rest_.remove_prefix(1);
            seconds += std::int64_t{number(2, 2)} * unit;
        }
        return (west ? -seconds : seconds) * 1'000'000;
    }
    void expect(char c) {
        if (rest_.empty() || rest_.front() != c) refuse(text_, what_);
        rest_.remove_prefix(1);
    }
    void expect_end() const {
        if (!rest_.empty()) refuse(text_, what_);
    }

private:
    int number(std::size_t least, std::size_t most) {
        int value = 0;
        std::size_t digits = 0;
        while (digits < rest_.size() && digits < most && rest_[digits] >= '0' && rest_[digits] <= '9')
            value = value * 10 + (rest_[digits++] - '0');
        if (digits < least) refuse(text_, what_);
        rest_.remove_prefix(digits);
        return value;
    }
    std::int64_t fraction() {
        if (rest_.empty() || rest_.front() != '.') return 0;
        rest_.remove_prefix(1);
        const std::size_t before = rest_.size();
        std::int64_t value = number(1, 6);
        for (std::size_t digits = before - rest_.size(); digits < 6; ++digits) value *= 10;
        return value;
    }

    string_view text_;
    string_view what_;
    string_view rest_;
};

void read_date(string_view from, const column_decoder&, arena&, cell& to) {
    moment_reader reader{from, "date"};
    to = {cell_tag::date, reader.days()};
    reader.expect_end();
}

void read_time(string_view from, const column_decoder&, arena&, cell& to) {
    moment_reader reader{from, "time"};
    to = {cell_tag::time, reader.clock()};
    reader.expect_end();
}

constexpr std::int64_t day = 86'400'000'000;

void read_timestamp(string_view from, const column_decoder&, arena&, cell& to) {
    moment_reader reader{from, "timestamp"};
    const std::int64_t days = reader.days();
    reader.expect(' ');
    to = {cell_tag::timestamp, days * day + reader.clock()};
    reader.expect_end();
}

void read_instant(string_view from, const column_decoder&, arena&, cell& to) {
    moment_reader reader{from, "timestamp with time zone"};
    const std::int64_t days = reader.days();
    reader.expect(' ');
    const std::int64_t local = days * day + reader.clock();
    to = {cell_tag::instant, local - reader.offset()};
    reader.expect_end();
}

void read_interval(string_view from, const column_decoder&, arena&, cell& to) { to = cell::interval_of(parse_interval(from)); }

void read_uuid(string_view from, const column_decoder&, arena&, cell& to) {
    const uuid parsed = uuid::parse(from);
    std::memcpy(to.raw, parsed.bytes.data(), parsed.bytes.size());
    to.tag = cell_tag::uuid;
}

}  // namespace

decode_function text_function(Oid type) noexcept {
    switch (type) {
        case oids::boolean: return &read_boolean;
        case oids::int2:
        case oids::int4:
        case oids::int8:
        case oids::oid: return &read_integer;
        case oids::float4: return &read_real<float>;
        case oids::float8: return &read_real<double>;
        case oids::numeric: return &read_numeric;
        case oids::bytea: return &read_bytes;
        case oids::json:
        case oids::jsonb: return &read_json;
        case oids::date: return &read_date;
        case oids::time: return &read_time;
        case oids::timestamp: return &read_timestamp;
        case oids::timestamptz: return &read_instant;
        case oids::interval: return &read_interval;
        case oids::uuid: return &read_uuid;
        default: return &read_text;
    }
}

}  // namespace azoth::postgresql
