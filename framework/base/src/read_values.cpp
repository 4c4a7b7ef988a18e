#include <azoth/base/error.hpp>
#include <azoth/base/value.hpp>

#include "reading.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace azoth::detail {

namespace {

/// What a driver hands over may lie where std::chrono's years end, and would come out as another moment.
void check_moment(const cell& from, bool fits) {
    if (!fits)
        throw_error(errc::value_range, fmt::format("the {} {} lies outside what Azoth reads: years 1 to 9999, times within a day",
                                                   tag_name(from.tag), from.i64));
}

constexpr auto first_day = std::chrono::sys_days{std::chrono::year{1} / 1 / 1}.time_since_epoch();
constexpr auto end_day = std::chrono::sys_days{std::chrono::year{10000} / 1 / 1}.time_since_epoch();

std::chrono::microseconds moment_of(const cell& from) {
    const std::chrono::microseconds since{from.i64};
    check_moment(from, since >= first_day && since < end_day);
    return since;
}

}  // namespace

void read_text(const cell& from, std::string& to) {
    if (from.tag != cell_tag::text && from.tag != cell_tag::json && from.tag != cell_tag::decimal && from.tag != cell_tag::array)
        refuse_type(from, "text");
    // A new string is made at once; one that has grown already grows on by steps, for the texts to come.
    if (to.capacity() == std::string{}.capacity()) to = std::string{from.chars.data, from.chars.size};
    else to.assign(from.chars.data, from.chars.size);
}

void read_bytes(const cell& from, bytes& to) {
    if (from.tag != cell_tag::bytes) refuse_type(from, "bytes");
    const auto* const data = reinterpret_cast<const std::byte*>(from.chars.data);
    to.assign(data, data + from.chars.size);
}

void read_date(const cell& from, date& to) {
    if (from.tag == cell_tag::date) {
        check_moment(from, from.i64 >= first_day.count() && from.i64 < end_day.count());
        to = date{std::chrono::sys_days{std::chrono::days{from.i64}}};
    } else if (from.tag == cell_tag::text) {
        to = parse_date(from.chars_view());
    } else {
        refuse_type(from, "a date");
    }
}

void read_time(const cell& from, time_of_day& to) {
    if (from.tag == cell_tag::time) {
        const std::chrono::microseconds since{from.i64};
        check_moment(from, since >= since.zero() && since < std::chrono::days{1});
        to = time_of_day{since};
    } else if (from.tag == cell_tag::text) {
        to = parse_time(from.chars_view());
    } else {
        refuse_type(from, "a time of day");
    }
}

void read_local_timestamp(const cell& from, local_timestamp& to) {
    if (from.tag == cell_tag::timestamp) to = local_timestamp{moment_of(from)};
    else if (from.tag == cell_tag::text) to = parse_local_timestamp(from.chars_view());
    else refuse_type(from, "a timestamp without zone");
}

void read_timestamp(const cell& from, timestamp& to) {
    // Databases without a type for instants keep them as timestamps in UTC, as they do in text without an offset.
    if (from.tag == cell_tag::instant || from.tag == cell_tag::timestamp) to = timestamp{moment_of(from)};
    else if (from.tag == cell_tag::text) to = parse_timestamp(from.chars_view());
    else refuse_type(from, "a timestamp (an instant)");
}

namespace {

/// As array_writer writes it: "1500 microseconds".
std::chrono::microseconds microseconds_in(std::string_view text) {
    constexpr std::string_view unit = " microseconds";
    std::int64_t count = 0;
    const std::string_view digits = text.substr(0, text.size() - std::min(text.size(), unit.size()));
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (!text.ends_with(unit) || problem != std::errc{} || end != digits.data() + digits.size())
        throw_error(errc::value_format, fmt::format("{} is no interval of microseconds", describe(cell::text(text))));
    return std::chrono::microseconds{count};
}

}  // namespace

void read_interval(const cell& from, std::chrono::microseconds& to) {
    if (from.tag == cell_tag::i64) {
        to = std::chrono::microseconds{from.i64};
        return;
    }
    if (from.tag == cell_tag::text) {
        to = microseconds_in(from.chars_view());
        return;
    }
    if (from.tag != cell_tag::interval) refuse_type(from, "an interval");
    if (from.interval.months != 0)
        throw_error(errc::value_range,
                    fmt::format("the interval {} has months, which have no fixed length: ask the database for its days or seconds",
                                describe(from)));
    constexpr std::int64_t day = std::chrono::microseconds{std::chrono::days{1}}.count();
    std::int64_t total = 0;
    if (__builtin_mul_overflow(std::int64_t{from.interval.days}, day, &total) ||
        __builtin_add_overflow(total, from.interval.microseconds, &total))
        throw_error(errc::value_range, fmt::format("the interval {} does not fit into 64 bits of microseconds", describe(from)));
    to = std::chrono::microseconds{total};
}

void read_uuid(const cell& from, uuid& to) {
    if (from.tag == cell_tag::uuid) std::memcpy(to.bytes.data(), from.raw, 16);
    else if (from.tag == cell_tag::bytes && from.chars.size == 16) std::memcpy(to.bytes.data(), from.chars.data, 16);
    else if (from.tag == cell_tag::text) to = uuid::parse(from.chars_view());
    else refuse_type(from, "a UUID");
}

void read_json(const cell& from, nlohmann::json& to) {
    if (from.tag != cell_tag::json && from.tag != cell_tag::text && from.tag != cell_tag::array) refuse_type(from, "JSON");
    try {
        to = nlohmann::json::parse(from.chars_view());
    } catch (const nlohmann::json::exception& e) {
        throw_error(errc::value_format, fmt::format("{} is not JSON: {}", describe(from), e.what()));
    }
}

cell write_date(const date& from) {
    if (!from.ok() || from.year() < std::chrono::year{1} || from.year() > std::chrono::year{9999})
        (void)to_string(from);  // throws, and says why
    return {cell_tag::date, std::chrono::sys_days{from}.time_since_epoch().count()};
}

cell write_time(time_of_day from) {
    if (from.since_midnight.count() < 0 || from.since_midnight >= std::chrono::hours{24}) (void)to_string(from);
    return {cell_tag::time, from.since_midnight.count()};
}

cell write_moment(cell_tag tag, std::chrono::microseconds since_epoch) {
    constexpr auto first = std::chrono::sys_days{std::chrono::year{1} / 1 / 1}.time_since_epoch();
    constexpr auto end = std::chrono::sys_days{std::chrono::year{10000} / 1 / 1}.time_since_epoch();
    if (since_epoch < first || since_epoch >= end) (void)to_string(local_timestamp{since_epoch});
    return {tag, since_epoch.count()};
}

namespace {

/// JSON has no NaN and no infinity; the library would write null for them.
bool is_finite(const nlohmann::json& json) {
    if (json.is_number_float()) return std::isfinite(json.get<double>());
    if (!json.is_structured()) return true;
    return std::all_of(json.begin(), json.end(), [](const nlohmann::json& child) { return is_finite(child); });
}

}  // namespace

cell write_json(const nlohmann::json& from, arena& scratch) {
    if (!is_finite(from))
        throw_error(errc::value_range, "this JSON value holds a NaN or an infinity, which JSON cannot write: use null or a text");
    try {
        return cell::json(scratch.copy(from.dump()));
    } catch (const nlohmann::json::exception& e) {
        throw_error(errc::value_format, fmt::format("this JSON value cannot be written: {}", e.what()));
    }
}

std::int64_t read_enum_label(const cell& from, std::span<const std::string_view> labels) {
    if (from.tag != cell_tag::text) refuse_type(from, "the label of an enum");
    const std::string_view text = from.chars_view();
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (labels[i] == text) return static_cast<std::int64_t>(i);
    throw_error(errc::value_format, fmt::format("{} is none of the enum's labels: {}", describe(from), fmt::join(labels, ", ")));
}

std::string_view write_enum_label(std::int64_t value, std::span<const std::string_view> labels) {
    if (value < 0 || static_cast<std::size_t>(value) >= labels.size())
        throw_error(errc::value_range, fmt::format("the enum's value {} has no label: they go from 0 ({}) to {}", value,
                                                   labels.empty() ? "" : labels.front(), labels.size() - 1));
    return labels[static_cast<std::size_t>(value)];
}

}  // namespace azoth::detail
