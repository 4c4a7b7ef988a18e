#pragma once

#include "sql_tokens.hpp"

#include <azoth/dialect.hpp>

namespace azoth::sqlite {

// What SQLite keeps only as the text of CREATE statements. Names are as they are spelt there, which may be another case than the column's.

struct column_text {
    std::string name{};
    std::string collation{};
    std::string computed{};  ///< GENERATED ALWAYS AS (...)
    bool stored{};
};

struct unique_text {
    std::string name{};
    std::vector<std::string> columns{};
};

struct check_text {
    std::string name{};
    std::string sql{};
    std::string column{};  ///< behind whose definition it stands; empty: it is the table's
};

struct reference_text {
    std::string name{};
    constraint_timing timing{};
};

struct table_text {
    bool understood{};
    std::vector<column_text> columns{};
    std::string primary_key_name{};
    bool autoincrement{};
    std::vector<unique_text> uniques{};
    std::vector<check_text> checks{};
    std::vector<reference_text> references{};  ///< foreign keys, in the text's order
    bool without_rowid{};
    bool strict{};
    std::string module{};                 ///< of a virtual table, with its arguments
    std::vector<std::string> left_out{};  ///< what the model has no place for

    /// Null where the text does not have the column.
    [[nodiscard]] const column_text* find(std::string_view column) const noexcept;
};

struct index_text {
    bool understood{};
    std::vector<std::string> elements{};  ///< without collation and direction, and without parentheses around them
    std::string where{};
};

struct view_text {
    bool understood{};
    std::vector<std::string> columns{};
    std::string query{};
};

// Whatever the text is, the result says what could be read of it.
table_text parse_create_table(std::string_view sql);
index_text parse_create_index(std::string_view sql);
view_text parse_create_view(std::string_view sql);

/// The names that may be tables in a query's FROM clauses.
std::vector<std::string> sources_in(std::string_view query);

/// Past CREATE, TEMP and the like, the kind of object, IF NOT EXISTS and the name. False where it is another kind.
bool take_create(token_reader& in, std::string_view kind);

}  // namespace azoth::sqlite
