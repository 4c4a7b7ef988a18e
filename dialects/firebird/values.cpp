#include "values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace azoth::firebird {
namespace {

constexpr unsigned octets = 1;               // a character set
constexpr std::int64_t first_day = -40'587;  // 1858-11-17, from which Firebird counts days
constexpr std::int64_t tick = 100;           // microseconds
constexpr std::int64_t day_of_ticks = 864'000'000;
constexpr std::size_t most_inline = 32'765;

template <class T>
T at(const unsigned char* bytes) {
    T value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

cell read_number(std::int64_t value, int scale, arena& memory) {
    if (scale == 0) return cell::integer(value);
    return cell::decimal(memory.copy(to_string(decimal{value, -scale})));
}

cell read_blob(const field& f, const unsigned char* bytes, fb::IAttachment& on, fb::ITransaction& in, arena& memory) {
    outcome s;
    auto id = at<ISC_QUAD>(bytes);
    const handle<fb::IBlob> blob{on.openBlob(&s, &in, &id, 0, nullptr)};
    std::string content;
    for (unsigned got = 0;;) {
        constexpr unsigned piece = 65'535;
        const std::size_t size = content.size();
        content.resize(size + piece);
        const int how = blob->getSegment(&s, piece, content.data() + size, &got);
        content.resize(size + got);
        if (how != fb::IStatus::RESULT_OK && how != fb::IStatus::RESULT_SEGMENT) break;
    }
    return {f.subtype == 1 ? cell_tag::text : cell_tag::bytes, memory.copy(content)};
}

cell read_characters(const field& f, const char* data, std::size_t size) {
    std::string_view chars{data, size};
    if (f.charset != octets && f.type == SQL_TEXT) chars = chars.substr(0, chars.find_last_not_of(' ') + 1);
    if (f.charset == octets && f.type == SQL_TEXT && size == 16) {
        unsigned char raw[16];
        std::memcpy(raw, data, sizeof raw);
        return cell::uuid(raw);
    }
    return {f.charset == octets ? cell_tag::bytes : cell_tag::text, chars};
}

/// A parameter as it is sent.
struct sent {
    unsigned type{};
    unsigned length{};
    unsigned charset{};
    int subtype{};
    std::string bytes{};
};

template <class T>
sent fixed(unsigned type, T value) {
    sent s{.type = type, .length = sizeof value, .bytes = std::string(sizeof value, '\0')};
    std::memcpy(s.bytes.data(), &value, sizeof value);
    return s;
}

sent varying(std::string_view chars, unsigned charset) {
    const auto size = static_cast<unsigned short>(chars.size());
    sent s{.type = SQL_VARYING, .length = std::max<unsigned>(size, 1), .charset = charset};
    s.bytes.append(reinterpret_cast<const char*>(&size), sizeof size).append(chars);
    return s;
}

sent blob(std::string_view content, int subtype, fb::IAttachment& on, fb::ITransaction& in) {
    outcome s;
    ISC_QUAD id{};
    const handle<fb::IBlob> made{on.createBlob(&s, &in, &id, 0, nullptr)};
    for (std::size_t done = 0; done < content.size();) {
        const auto piece = std::min<std::size_t>(content.size() - done, 65'535);
        made->putSegment(&s, static_cast<unsigned>(piece), content.data() + done);
        done += piece;
    }
    made->close(&s);
    sent id_sent = fixed(SQL_BLOB, id);
    id_sent.subtype = subtype;
    id_sent.charset = subtype == 1 ? 4 : 0;  // UTF8
    return id_sent;
}

sent timestamp_of(const cell& value) {
    check_moment(value);
    constexpr std::int64_t day = day_of_ticks * tick;
    const std::int64_t days = value.i64 / day - (value.i64 % day < 0 ? 1 : 0);
    return fixed(SQL_TIMESTAMP,
                 ISC_TIMESTAMP{static_cast<ISC_DATE>(days - first_day), static_cast<ISC_TIME>((value.i64 - days * day) / tick)});
}

sent real_of(double value) {
    if (!std::isfinite(value))
        throw_error(errc::value_range, fmt::format("Firebird has no number for {}: send NULL if that is meant", value));
    return fixed(SQL_DOUBLE, value);
}

sent text_of(std::string_view text, fb::IAttachment& on, fb::ITransaction& in) {
    if (!is_valid_utf8(text)) throw_error(errc::value_format, "a parameter is not valid UTF-8: convert the text, or send it as bytes");
    constexpr unsigned utf8 = 4;
    return text.size() < most_inline ? varying(text, utf8) : blob(text, 1, on, in);
}

sent integer_of(const cell& value, unsigned wanted) {
    if (wanted == SQL_BOOLEAN) return fixed(SQL_BOOLEAN, static_cast<unsigned char>(value.i64 != 0));
    return fixed(SQL_INT64, value.i64);
}

sent message_of(const cell& value, const field& to, fb::IAttachment& on, fb::ITransaction& in) {
    const unsigned wanted = to.type;
    arena scratch;
    if (value.tag == cell_tag::text && wanted == SQL_TEXT && to.charset == octets && to.length == 16)
        return message_of(convert(value, cell_tag::uuid, scratch), to, on, in);
    switch (value.tag) {
        case cell_tag::null: return fixed(SQL_LONG, std::int32_t{});
        case cell_tag::i64: return integer_of(value, wanted);
        case cell_tag::u64: return varying(fmt::format("{}", value.u64), 0);
        case cell_tag::f64: return real_of(value.f64);
        case cell_tag::decimal: return varying(to_string(decimal::parse(value.chars_view())), 0);
        case cell_tag::text:
        case cell_tag::json:
        case cell_tag::array: return text_of(value.chars_view(), on, in);
        case cell_tag::bytes:
            return value.chars.size <= most_inline ? varying(value.chars_view(), octets) : blob(value.chars_view(), 0, on, in);
        case cell_tag::date: return fixed(SQL_TYPE_DATE, static_cast<ISC_DATE>(value.i64 - first_day));
        case cell_tag::time: check_moment(value); return fixed(SQL_TYPE_TIME, static_cast<ISC_TIME>(value.i64 / tick));
        case cell_tag::timestamp:
        case cell_tag::instant: return timestamp_of(value);
        case cell_tag::interval: return fixed(SQL_INT64, convert(value, cell_tag::i64, scratch).i64);
        case cell_tag::uuid: return varying({reinterpret_cast<const char*>(value.raw), sizeof value.raw}, octets);
    }
    throw_error(errc::internal, "a value of an unknown form");
}

}  // namespace

int scale_of(const cell& decimal) {
    const std::string digits = to_string(azoth::decimal::parse(decimal.chars_view()));
    const auto point = digits.find('.');
    return point == std::string::npos ? 0 : static_cast<int>(digits.size() - point - 1);
}

void check_moment(const cell& moment) {
    if (moment.i64 % tick != 0)
        throw_error(errc::value_range,
                    fmt::format("{} has microseconds, of which Firebird keeps hundreds only: round it", display(moment)));
}

field field_of(fb::IMessageMetadata& of, unsigned index) {
    outcome s;
    return {.type = of.getType(&s, index) & ~1u,
            .subtype = of.getSubType(&s, index),
            .scale = of.getScale(&s, index),
            .length = of.getLength(&s, index),
            .charset = of.getCharSet(&s, index) & 0xff,
            .offset = of.getOffset(&s, index),
            .null_offset = of.getNullOffset(&s, index)};
}

std::string name_of(const field& f) {
    switch (f.type) {
        case SQL_TEXT: return "CHAR";
        case SQL_VARYING: return "VARCHAR";
        case SQL_SHORT: return f.scale == 0 ? "SMALLINT" : "NUMERIC";
        case SQL_LONG: return f.scale == 0 ? "INTEGER" : "NUMERIC";
        case SQL_INT64: return f.scale == 0 ? "BIGINT" : "NUMERIC";
        case SQL_FLOAT: return "FLOAT";
        case SQL_DOUBLE: return "DOUBLE PRECISION";
        case SQL_BLOB: return f.subtype == 1 ? "BLOB SUB_TYPE TEXT" : "BLOB";
        case SQL_TYPE_DATE: return "DATE";
        case SQL_TYPE_TIME: return "TIME";
        case SQL_TIMESTAMP: return "TIMESTAMP";
        case SQL_BOOLEAN: return "BOOLEAN";
        default: return {};
    }
}

cell read_field(const field& f, const unsigned char* message, fb::IAttachment& on, fb::ITransaction& in, arena& memory) {
    if (at<short>(message + f.null_offset) != 0) return {};
    const unsigned char* const bytes = message + f.offset;
    const auto* const chars = reinterpret_cast<const char*>(bytes);
    switch (f.type) {
        case SQL_SHORT: return read_number(at<short>(bytes), f.scale, memory);
        case SQL_LONG: return read_number(at<std::int32_t>(bytes), f.scale, memory);
        case SQL_INT64: return read_number(at<std::int64_t>(bytes), f.scale, memory);
        case SQL_FLOAT: return cell::real(static_cast<double>(at<float>(bytes)));
        case SQL_DOUBLE: return cell::real(at<double>(bytes));
        case SQL_BOOLEAN: return cell::integer(*bytes != 0);
        case SQL_TEXT: return read_characters(f, chars, f.length);
        case SQL_VARYING: return read_characters(f, chars + sizeof(short), at<unsigned short>(bytes));
        case SQL_BLOB: return read_blob(f, bytes, on, in, memory);
        case SQL_TYPE_DATE: return {cell_tag::date, at<ISC_DATE>(bytes) + first_day};
        case SQL_TYPE_TIME: return {cell_tag::time, static_cast<std::int64_t>(at<ISC_TIME>(bytes)) * tick};
        case SQL_TIMESTAMP: {
            const auto moment = at<ISC_TIMESTAMP>(bytes);
            return {cell_tag::timestamp,
                    ((moment.timestamp_date + first_day) * day_of_ticks + static_cast<std::int64_t>(moment.timestamp_time)) * tick};
        }
        default: throw_error(errc::not_supported, fmt::format("a column of Firebird's type {} is not read", f.type));
    }
}

parameter_message::parameter_message(fb::IAttachment& on, fb::ITransaction& in, fb::IMessageMetadata& wanted,
                                     std::span<const cell> values) {
    outcome s;
    const auto count = static_cast<unsigned>(values.size());
    const handle<fb::IMetadataBuilder> builder{master().getMetadataBuilder(&s, count)};
    std::vector<sent> all;
    for (unsigned i = 0; i < count; ++i) {
        const sent& made = all.emplace_back(message_of(values[i], field_of(wanted, i), on, in));
        builder->setType(&s, i, made.type | 1u);  // it can be NULL
        builder->setSubType(&s, i, made.subtype);
        builder->setLength(&s, i, made.length);
        builder->setCharSet(&s, i, made.charset);
        builder->setScale(&s, i, 0);
    }
    format_.reset(builder->getMetadata(&s));
    bytes_.resize(format_->getMessageLength(&s));
    for (unsigned i = 0; i < count; ++i) {
        std::memcpy(bytes_.data() + format_->getOffset(&s, i), all[i].bytes.data(), all[i].bytes.size());
        const short null = values[i].is_null() ? -1 : 0;
        std::memcpy(bytes_.data() + format_->getNullOffset(&s, i), &null, sizeof null);
    }
}

}  // namespace azoth::firebird
