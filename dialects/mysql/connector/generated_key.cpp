#include "generated_key.hpp"

#include "sql_words.hpp"

#include "sql/sql_text.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace azoth::mysql::connector {
namespace {

using std::string_view;

std::uint64_t read_id(const std::string& text) {
    std::uint64_t id = 0;
    std::from_chars(text.data(), text.data() + text.size(), id);
    return id;
}

}  // namespace

/// The join matches no row: the table is there for what the server says of its columns. It comes behind a source without rows, in this
/// order, so that none of its rows is read: where only the condition is false (ON FALSE), MariaDB reads them all.
generated_keys::answer generated_keys::ask(const insert_shape& of) {
    session_.text() = "SELECT LAST_INSERT_ID(), " + of.table +
                      ".* FROM (SELECT 1) azoth_one LEFT JOIN ((SELECT 1 LIMIT 0) azoth_none STRAIGHT_JOIN " + of.table + ") ON TRUE";
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
    if (may_be_given && (!seen || seen == told.id)) return std::nullopt;
    return static_cast<std::int64_t>(told.id);
}

}  // namespace azoth::mysql::connector
