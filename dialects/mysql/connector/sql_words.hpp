#pragma once

#include <string_view>

namespace azoth::mysql::connector {

/// Whether the word, in letters of either case, stands in the statement, outside of its texts, quoted names and comments.
bool has_word(std::string_view sql, std::string_view word) noexcept;

/// What a statement can do to a transaction.
enum class effects : unsigned char {
    none,
    now,    ///< it may end one, or begin one
    later,  ///< it may change what further statements do: SET autocommit, a procedure
};

/// What a cursor wants to know of its statement.
struct statement_traits {
    bool only_reads{};  ///< its rows may be left unread
    bool inserts{};     ///< it may generate a key
    effects effect{effects::later};
};
statement_traits traits_of(std::string_view sql) noexcept;

/// Whether it may return rows with columns of any type: what a table has.
bool may_return_values(std::string_view sql) noexcept;

}  // namespace azoth::mysql::connector
