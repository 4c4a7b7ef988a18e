#include "call_options.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

namespace azoth {
namespace {

constexpr std::size_t largest_batch = 1'000'000;  // rows: their cells are kept in memory

name_map united(const name_map& base, const name_map& over) {
    name_map both = over;
    both.insert(base.begin(), base.end());  // what is there stays
    return both;
}

}  // namespace

execution_options merged(const execution_options& base, const execution_options& over) {
    execution_options m = over;
    if (!over.until.is_set() && over.timeout.count() == 0) {  // a call that says how long it may take says it alone
        m.until = base.until;
        m.timeout = base.timeout;
    }
    if (!over.stop.stop_possible()) m.stop = base.stop;
    if (!over.streaming) m.streaming = base.streaming;
    if (over.batch_size == 0) m.batch_size = base.batch_size;
    if (!over.read_only) m.read_only = base.read_only;
    if (!base.schemas.empty()) m.schemas = united(base.schemas, over.schemas);
    if (over.isolation == isolation_level::database_default) m.isolation = base.isolation;
    if (!base.tags.empty()) m.tags = united(base.tags, over.tags);
    if (over.name.empty()) m.name = base.name;
    return m;
}

namespace detail {

bool is_silent(const execution_options& o) noexcept {
    return !o.until.is_set() && !o.stop.stop_possible() && o.timeout.count() == 0 && !o.streaming && o.batch_size == 0 && !o.read_only &&
           o.schemas.empty() && o.isolation == isolation_level::database_default && o.tags.empty() && o.name.empty();
}

void check_options(const execution_options& o) {
    if (o.timeout.count() < 0)
        throw_error(errc::invalid_argument, fmt::format("a timeout of {} ms is over before it begins", o.timeout.count()));
    if (o.batch_size > largest_batch)
        throw_error(errc::invalid_argument,
                    fmt::format("a batch_size of {} rows: at most {} are held at a time", o.batch_size, largest_batch));
    if (!o.tags.empty() && o.tags.begin()->first.empty()) throw_error(errc::invalid_argument, "a tag has no name");
}

namespace {

void append_encoded(std::string& to, const std::string& text) {
    constexpr std::string_view unreserved{"-_.~"};
    for (const char c : text) {
        const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (is_word || unreserved.find(c) != std::string_view::npos) to += c;
        else to += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
}

/// Outside quotes. Hints count too: they are comments to whoever does not know them.
bool has_comment(std::string_view sql) {
    while (!sql.empty()) {
        const auto at = sql.find_first_of("'\"`-/");
        if (at == std::string_view::npos) return false;
        const char c = sql[at];
        sql.remove_prefix(at);
        if (sql.starts_with("--") || sql.starts_with("/*")) return true;
        sql.remove_prefix(1);
        if (c == '-' || c == '/') continue;
        const auto end = sql.find(c);
        sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 1);
    }
    return false;
}

}  // namespace

std::string tag_comment(const name_map& tags) {
    std::string comment;
    for (const auto& [key, value] : tags) {  // in the order of their names, as a map is
        comment += comment.empty() ? " /*" : ",";
        append_encoded(comment, key);
        comment += "='";
        append_encoded(comment, value);
        comment += "'";
    }
    return comment.empty() ? comment : comment + "*/";
}

void append_comment(std::string& sql, const std::string& comment) {
    if (comment.empty() || has_comment(sql)) return;
    const auto last =
        sql.find_last_not_of(" \t\r\n;");  // a statement ends with its last word: some drivers cut a semicolon at the very end
    if (last != std::string::npos) sql.resize(last + 1);
    sql += comment;
}

}  // namespace detail
}  // namespace azoth
