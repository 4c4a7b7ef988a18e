// Type names, and the forms in which values are kept.
#include "rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::mysql {
namespace {

using k = type_kind;

constexpr std::uint32_t longest_varchar = 16'383;    // characters: 65535 bytes of a row, 4 a character
constexpr std::uint32_t longest_varbinary = 65'532;  // bytes
constexpr std::uint32_t uuid_since = 10'07'00;       // MariaDB

constexpr std::string_view plain_name(k kind) {
    switch (kind) {
        case k::boolean: return "TINYINT(1)";
        case k::small_integer: return "SMALLINT";
        case k::integer: return "INT";
        case k::big_integer: return "BIGINT";
        case k::unsigned_small_integer: return "SMALLINT UNSIGNED";
        case k::unsigned_integer: return "INT UNSIGNED";
        case k::unsigned_big_integer: return "BIGINT UNSIGNED";
        case k::real: return "FLOAT";
        case k::double_: return "DOUBLE";
        case k::text: return "LONGTEXT";
        case k::date: return "DATE";
        case k::time: return "TIME(6)";
        case k::timestamp:
        case k::timestamp_tz: return "DATETIME(6)";  // TIMESTAMP ends in 2038
        case k::interval: return "BIGINT";           // microseconds
        default: return "JSON";
    }
}

template <k Kind>
void write_plain(compiler& out, const type&) {
    out << plain_name(Kind);
}

void write_numeric(compiler& out, const type& t) {
    if (t.precision == 0) out << "DECIMAL(65, 30)";
    else out << fmt::format("DECIMAL({}, {})", t.precision, t.scale);
}

void write_string(compiler& out, const type& t) {
    if (t.length == 0 || t.length > longest_varchar) out << "LONGTEXT";
    else out << fmt::format("VARCHAR({})", t.length);
}

void write_binary(compiler& out, const type& t) {
    if (t.length == 0 || t.length > longest_varbinary) out << "LONGBLOB";
    else out << fmt::format("VARBINARY({})", t.length);
}

void write_uuid(compiler& out, const type&) {
    out << (server_is(out, uuid_since, 0) ? "UUID" : "CHAR(36) CHARACTER SET ascii COLLATE ascii_bin");
}

/// As wide as its longest label. An ENUM of the server's would sort by position, not by label.
void write_enumeration(compiler& out, const type& t) {
    std::size_t widest = 1;
    if (t.rare)
        for (const auto& label : t.rare->labels) widest = std::max(widest, label.size());
    out << fmt::format("VARCHAR({})", widest);
}

template <cell_tag Tag>
constexpr cell_tag kept_as(const type&) {
    return Tag;
}

template <k... Kinds>
void set_plain(rule_table& to) {
    (to.set_type(Kinds, {&write_plain<Kinds>, nullptr}), ...);
}

void write_cast(compiler& out, const cast_node& n) {
    if (n.type.kind == k::boolean) out << "(" << n.operand << " <> 0)";
    else out << "CAST(" << n.operand << " AS " << cast_name(out, n.type) << ")";
}

}  // namespace

std::string cast_name(const compiler& out, const type& t) {
    switch (t.kind) {
        case k::small_integer:
        case k::integer:
        case k::big_integer:
        case k::interval: return "SIGNED";
        case k::unsigned_small_integer:
        case k::unsigned_integer:
        case k::unsigned_big_integer: return "UNSIGNED";
        case k::real: return "FLOAT";
        case k::double_: return "DOUBLE";
        case k::numeric: return t.precision == 0 ? "DECIMAL(65, 30)" : fmt::format("DECIMAL({}, {})", t.precision, t.scale);
        case k::string: return t.length == 0 ? "CHAR" : fmt::format("CHAR({})", t.length);
        case k::binary: return "BINARY";  // with a length it would fill up with zeros
        case k::date: return "DATE";
        case k::time: return "TIME(6)";
        case k::timestamp:
        case k::timestamp_tz: return "DATETIME(6)";
        case k::uuid: return server_is(out, uuid_since, 0) ? "UUID" : "CHAR";
        case k::json:
        case k::array: return server_is(out, 0, 1) ? "JSON" : "CHAR";  // MariaDB's JSON is a text
        default: return "CHAR";
    }
}

void set_type_rules(rule_table& to) {
    set_plain<k::boolean, k::small_integer, k::integer, k::big_integer, k::unsigned_small_integer, k::unsigned_integer,
              k::unsigned_big_integer, k::real, k::double_, k::text, k::date, k::time, k::timestamp, k::timestamp_tz, k::json>(to);
    to.set_type(k::interval, {&write_plain<k::interval>, &kept_as<cell_tag::i64>});
    to.set_type(k::array, {&write_plain<k::array>, &kept_as<cell_tag::json>});
    to.set_type(k::numeric, {&write_numeric, &kept_as<cell_tag::decimal>});
    to.set_type(k::string, {&write_string, nullptr});
    to.set_type(k::binary, {&write_binary, nullptr});
    to.set_type(k::uuid, {&write_uuid, &kept_as<cell_tag::text>});
    to.set_type(k::enumeration, {&write_enumeration, nullptr});
    to.set<cast_node, &write_cast>();
}

}  // namespace azoth::mysql
