#pragma once

#include <azoth/dialect.hpp>

#include <functional>
#include <map>
#include <optional>
#include <set>

namespace azoth::sqlite {

struct column_row {
    std::string name{};
    std::string type{};
    bool not_null{};
    std::optional<std::string> default_sql{};
    std::int64_t key{};     ///< its place in the primary key, from 1
    std::int64_t hidden{};  ///< 1: of a virtual table; 2: computed when read; 3: stored
};

/// A column of a foreign key.
struct reference_row {
    std::int64_t key{};  ///< which foreign key of the table; 0 is the one that was declared last
    std::string column{};
    std::string referred_table{};
    std::string referred_column{};  ///< empty: the primary key of a table that has none
    std::string on_update{};
    std::string on_delete{};
};

/// An element of an index.
struct index_row {
    std::string index{};
    bool unique{};
    char origin{};         ///< c: CREATE INDEX; u: a UNIQUE constraint; p: the primary key
    std::string column{};  ///< empty: an expression
    bool descending{};
    std::string collation{};
};

struct object_rows {
    bool is_view{};
    bool is_virtual{};
    std::string sql{};
    std::vector<column_row> columns{};
    std::vector<reference_row> references{};
    std::vector<index_row> indexes{};
    std::map<std::string, std::string> index_sql{};  ///< CREATE INDEX by the index's name
    std::vector<std::string> triggers{};             ///< CREATE TRIGGER
    std::string failure{};                           ///< why SQLite cannot tell the columns: a view of a table that is gone
};

/// What the catalogue of one schema says of its tables and views, by name.
using catalogue_rows = std::map<std::string, object_rows>;

/// Reads it by a number of queries that does not depend on how many there are, broken views aside. `names` empty: all.
catalogue_rows read_catalogue(executor& on, std::string_view schema, const std::vector<std::string>& names);

/// A cell of a row: empty, or 0, where it is none.
std::string text_at(std::span<const cell> row, std::size_t column);
std::int64_t integer_at(std::span<const cell> row, std::size_t column);

/// Has a function called with each row.
class each_row final : public row_sink {
public:
    explicit each_row(std::function<void(std::span<const cell>)> body) : body_{std::move(body)} {}
    void row(std::span<const cell> cells) override { body_(cells); }

private:
    std::function<void(std::span<const cell>)> body_;
};

/// Every row's first cell.
std::vector<std::string> first_cells(executor& on, std::string_view sql, std::span<const cell> parameters = {});
/// A JSON array of the names, for json_each.
std::string as_json_array(const std::vector<std::string>& names);
/// What excludes SQLite's own tables and those that virtual tables keep, behind WHERE: a condition on m.tbl_name.
std::string only_of_programs(const executor& on, std::string_view schema);
/// 'text'
std::string quoted_text(std::string_view text);

}  // namespace azoth::sqlite
