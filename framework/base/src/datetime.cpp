#include <azoth/base/datetime.hpp>
#include <azoth/base/error.hpp>
#include <azoth/base/utf8.hpp>

#include <fmt/format.h>

#include <array>

namespace azoth {
namespace {

namespace chrono = std::chrono;
using chrono::microseconds;

constexpr microseconds one_day = chrono::days{1};
constexpr microseconds first_moment = chrono::sys_days{chrono::year{1} / 1 / 1}.time_since_epoch();
constexpr microseconds end_of_time = chrono::sys_days{chrono::year{10000} / 1 / 1}.time_since_epoch();

void check(const date& d) {
    if (!d.ok())
        throw_error(errc::value_range, fmt::format("{}-{}-{} is no day of the calendar", static_cast<int>(d.year()),
                                                   static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day())));
    if (static_cast<int>(d.year()) < 1 || static_cast<int>(d.year()) > 9999)
        throw_error(errc::value_range, fmt::format("the year {} is outside 1 to 9999, where databases agree", static_cast<int>(d.year())));
}

/// Looks at the number itself: a year beyond 32767 would come out of std::chrono as another year.
void check(microseconds since_epoch) {
    if (since_epoch < first_moment || since_epoch >= end_of_time)
        throw_error(errc::value_range, fmt::format("{} microseconds from 1970-01-01 lie outside the years 1 to 9999, where databases agree",
                                                   since_epoch.count()));
}

/// Room for "9999-12-31 23:59:59.999999Z".
class writer {
public:
    void digits(unsigned value, std::size_t count) {
        for (std::size_t i = count; i-- > 0; value /= 10) text_[size_ + i] = static_cast<char>('0' + value % 10);
        size_ += count;
    }
    void put(char c) { text_[size_++] = c; }
    void day(const date& d) {
        check(d);
        digits(static_cast<unsigned>(static_cast<int>(d.year())), 4);
        put('-');
        digits(static_cast<unsigned>(d.month()), 2);
        put('-');
        digits(static_cast<unsigned>(d.day()), 2);
    }
    void time(microseconds since_midnight) {
        const auto us = static_cast<std::uint64_t>(since_midnight.count());
        const auto seconds = static_cast<unsigned>(us / 1'000'000);
        digits(seconds / 3600, 2);
        put(':');
        digits(seconds / 60 % 60, 2);
        put(':');
        digits(seconds % 60, 2);
        put('.');
        digits(static_cast<unsigned>(us % 1'000'000), 6);
    }
    void moment(microseconds since_epoch) {
        check(since_epoch);
        const auto days = chrono::floor<chrono::days>(since_epoch);
        day(date{chrono::sys_days{days}});
        put(' ');
        time(since_epoch - days);
    }
    [[nodiscard]] std::string text() const { return {text_.data(), size_}; }

private:
    std::array<char, 32> text_{};
    std::size_t size_{};
};

/// Reads from the front of a text and refuses it as a whole.
class reader {
public:
    reader(std::string_view text, std::string_view what) : text_{text}, rest_{text}, what_{what} {}

    [[noreturn]] void refuse() const { throw_error(errc::value_format, fmt::format("\"{}\" is no {}", utf8_prefix(text_, 80), what_)); }
    [[noreturn]] void refuse(std::string_view why) const {
        throw_error(errc::value_format, fmt::format("\"{}\" is no {}: {}", utf8_prefix(text_, 80), what_, why));
    }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void need(char c) {
        if (!take(c)) refuse();
    }
    int number(std::size_t digits) {
        if (rest_.size() < digits) refuse();
        int n = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (rest_[i] < '0' || rest_[i] > '9') refuse();
            n = n * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(digits);
        return n;
    }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    void end() const {
        if (!at_end()) refuse();
    }

    date day() {
        const int y = number(4);
        need('-');
        const int m = number(2);
        need('-');
        const int d = number(2);
        const date day{chrono::year{y}, chrono::month{static_cast<unsigned>(m)}, chrono::day{static_cast<unsigned>(d)}};
        if (!day.ok()) refuse("the calendar has no such day");
        if (y < 1) refuse("years start at 1");
        return day;
    }

    microseconds time() {
        const int h = number(2);
        need(':');
        const int m = number(2);
        const bool has_seconds = take(':');
        const int s = has_seconds ? number(2) : 0;
        if (h > 23 || m > 59 || s > 59) refuse("times run from 00:00:00 to 23:59:59.999999");
        return chrono::hours{h} + chrono::minutes{m} + chrono::seconds{s} + (has_seconds && take('.') ? fraction() : microseconds{});
    }

    microseconds moment() {
        const date d = day();
        if (!take(' ') && !take('T') && !take('t')) refuse();
        return chrono::sys_days{d}.time_since_epoch() + time();
    }

    /// What to subtract from the wall clock to get UTC.
    microseconds offset() {
        if (take('Z') || take('z') || at_end()) return {};
        const bool west = take('-');
        if (!west) need('+');
        const int h = number(2);
        const bool colon = take(':');
        const int m = colon || !at_end() ? number(2) : 0;
        if (h > 18 || m > 59) refuse("no zone is that far from UTC");
        const microseconds east = chrono::hours{h} + chrono::minutes{m};
        return west ? -east : east;
    }

    [[nodiscard]] bool has_offset() const {
        return rest_.starts_with('Z') || rest_.starts_with('z') || rest_.starts_with('+') || rest_.starts_with('-');
    }

private:
    microseconds fraction() {
        int us = 0;
        int count = 0;
        for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1), ++count) {
            if (count < 6) us = us * 10 + (rest_.front() - '0');
            else if (rest_.front() != '0') refuse("a second has at most six digits of a fraction");
        }
        if (count == 0) refuse();
        for (; count < 6; ++count) us *= 10;
        return microseconds{us};
    }

    std::string_view text_;
    std::string_view rest_;
    std::string_view what_;
};

}  // namespace

std::string to_string(const date& value) {
    writer w;
    w.day(value);
    return w.text();
}

std::string to_string(const time_of_day& value) {
    if (value.since_midnight < microseconds{} || value.since_midnight >= one_day)
        throw_error(errc::value_range, fmt::format("{} microseconds since midnight are no time of a day", value.since_midnight.count()));
    writer w;
    w.time(value.since_midnight);
    return w.text();
}

std::string to_string(const local_timestamp& value) {
    writer w;
    w.moment(value.time_since_epoch());
    return w.text();
}

std::string to_string(const timestamp& value) {
    writer w;
    w.moment(value.time_since_epoch());
    w.put('Z');
    return w.text();
}

date parse_date(std::string_view text) {
    reader r{text, "date (YYYY-MM-DD)"};
    const date d = r.day();
    r.end();
    return d;
}

time_of_day parse_time(std::string_view text) {
    reader r{text, "time of day (HH:MM:SS)"};
    const time_of_day t{r.time()};
    r.end();
    return t;
}

local_timestamp parse_local_timestamp(std::string_view text) {
    reader r{text, "timestamp without zone (YYYY-MM-DD HH:MM:SS)"};
    const local_timestamp t{r.moment()};
    if (r.has_offset()) r.refuse("it has an offset from UTC, which would be lost; read it as azoth::timestamp");
    r.end();
    return t;
}

timestamp parse_timestamp(std::string_view text) {
    reader r{text, "timestamp (YYYY-MM-DD HH:MM:SS+00:00)"};
    const microseconds wall = r.moment();
    const timestamp t{wall - r.offset()};
    r.end();
    check(t.time_since_epoch());
    return t;
}

}  // namespace azoth
