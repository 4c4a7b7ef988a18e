#include "generated_key.hpp"

#include "sql_words.hpp"

#include "sql/sql_text.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace azoth::mysql::connector {
namespace {

using std::string_view;

/// Words, names and brackets of the beginning of an INSERT.
class scanner {
public:
    explicit scanner(string_view sql) noexcept : rest_{sql} {}

    /// The next word, if it is one of these.
    bool take(std::initializer_list<string_view> words) {
        skip();
        const auto end = std::ranges::find_if_not(rest_, [](char c) { return c == '_' || ((c | ' ') >= 'a' && (c | ' ') <= 'z'); });
        const string_view word = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        if (std::ranges::none_of(words, [&](string_view w) { return same_word(word, w); })) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    bool take(char c) {
        skip();
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// A name, quoted or not, as it is written.
    string_view name() {
        skip();
        if (rest_.empty()) return {};
        const char quote = rest_.front();
        const std::size_t end = quote == '"' || quote == '`' ? quoted_end(quote) : rest_.find_first_of(" \t\r\n.,;()");
        const string_view found = rest_.substr(0, end);
        rest_.remove_prefix(found.size());
        return found;
    }

private:
    void skip() noexcept {
        const auto at = rest_.find_first_not_of(" \t\r\n");
        rest_.remove_prefix(std::min(at, rest_.size()));
    }
    [[nodiscard]] std::size_t quoted_end(char quote) const noexcept {
        for (std::size_t at = 1; at < rest_.size(); ++at) {
            if (rest_[at] != quote) continue;
            if (at + 1 >= rest_.size() || rest_[at + 1] != quote) return at + 1;
            ++at;
        }
        return rest_.size();
    }

    string_view rest_;
};

std::string unquoted(string_view name) {
    if (name.empty() || (name.front() != '"' && name.front() != '`')) return std::string{name};
    std::string out;
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        out += name[i];
        if (name[i] == name.front()) ++i;
    }
    return out;
}

bool read_columns_of(scanner& in, insert_shape& to) {
    if (!in.take('(')) return true;
    to.names_columns = true;
    if (in.take(')')) return true;
    do {
        const string_view name = in.name();
        if (name.empty()) return false;
        to.columns.push_back(unquoted(name));
    } while (in.take(','));
    return in.take(')');
}

std::uint64_t read_id(const std::string& text) {
    std::uint64_t id = 0;
    std::from_chars(text.data(), text.data() + text.size(), id);
    return id;
}

}  // namespace

std::optional<insert_shape> read_insert(string_view sql) {
    scanner in{sql};
    insert_shape shape;
    if (!in.take({"insert", "replace"})) return std::nullopt;
    while (in.take({"low_priority", "high_priority", "delayed", "ignore"})) {}
    (void)in.take({"into"});
    shape.table = in.name();
    if (in.take('.')) shape.table.append(1, '.').append(in.name());
    if (shape.table.empty() || !read_columns_of(in, shape)) return std::nullopt;
    shape.may_update = has_word(sql, "duplicate") || has_word(sql, "ignore");
    return shape;
}

/// The join matches no row: the table is there for what the server says of its columns.
generated_keys::answer generated_keys::ask(const insert_shape& of) {
    session_.text() = "SELECT LAST_INSERT_ID(), " + of.table + ".* FROM (SELECT 1) azoth_one LEFT JOIN " + of.table + " ON FALSE";
    answer out;
    try {
        const auto rows = session_.send();
        if (!rows) return out;
        auto& columns = *rows->getMetaData();
        for (unsigned i = 2; i <= columns.getColumnCount(); ++i)
            if (columns.isAutoIncrement(i)) out.column = columns.getColumnName(i).asStdString();
        while (rows->next()) out.id = read_id(rows->getString(1).asStdString());
        session_.check_end();
    } catch (const lib::SQLException& e) {
        session_.fail(e);
    }
    return out;
}

std::optional<std::int64_t> generated_keys::find(string_view sql) {
    const auto shape = read_insert(sql);
    if (!shape) {
        forget();
        return std::nullopt;
    }
    answer told;
    try {
        told = ask(*shape);
    } catch (const native_error&) {  // a table that this user may fill but not read
        forget();
        return std::nullopt;
    }
    const auto seen = std::exchange(seen_, told.id);
    if (told.id == 0 || told.id > static_cast<std::uint64_t>(INT64_MAX) || told.column.empty()) return std::nullopt;
    const bool may_be_given = shape->may_update || !shape->names_columns ||
                              std::ranges::any_of(shape->columns, [&](const std::string& c) { return same_word(c, told.column); });
    if (may_be_given && seen == told.id) return std::nullopt;
    return static_cast<std::int64_t>(told.id);
}

}  // namespace azoth::mysql::connector
