#pragma once

#include <azoth/dialect.hpp>

#include <optional>
#include <string>
#include <vector>

namespace azoth::mysql {

// What the catalogue says, before the model is made of it.

struct found_column {
    std::string name{};
    std::string type{};  ///< "varchar(20)", as the server spells it
    std::string collation{};
    std::optional<std::string> server_default{};  ///< as SQL
    std::string computed{};                       ///< the expression; empty: none
    std::string extra{};                          ///< "auto_increment", "STORED GENERATED" ...
    std::string comment{};
    bool nullable{};
};

struct found_index {
    std::string name{};
    std::string method{};  ///< "BTREE", "FULLTEXT" ...
    std::string comment{};
    std::vector<index_element> elements{};
    bool unique{};
    bool ignored{};        ///< kept, and used by no query
    std::string period{};  ///< in which no two rows with its columns overlap; empty: none
};

struct found_key {
    foreign_key is{};
    std::string on_update{};
    std::string on_delete{};
};

struct found_check {
    std::string name{};
    std::string condition{};
    bool of_column{};  ///< part of a column's definition
    bool enforced{true};
};

/// A table or a view.
struct found_table {
    std::string name{};
    std::string kind{};  ///< "BASE TABLE", "SYSTEM VERSIONED", "VIEW", "SEQUENCE", "TEMPORARY"
    std::string engine{};
    std::string collation{};
    std::string options{};
    std::string comment{};
    std::vector<found_column> columns{};
    std::vector<found_index> indexes{};
    std::vector<found_key> keys{};
    std::vector<found_check> checks{};
    std::vector<std::string> triggers{};  ///< their names
    std::vector<std::string> periods{};   ///< the names of those of application time
};

/// Where the definitions come from.
struct catalogue_place {
    std::string database{};  ///< in which they stand
    std::string schema{};    ///< as their names say it: empty in the default one
    std::string home{};      ///< the connection's database, which names without one mean; empty where it is asked for by name
    bool is_mariadb{};
    std::uint32_t version{};
    bool folds_names{};  ///< the server takes names of tables that differ by case for one
    [[nodiscard]] bool is_same(std::string_view a, std::string_view b) const noexcept;
    /// The collation of tables that Azoth makes.
    [[nodiscard]] std::string_view house_collation() const noexcept { return is_mariadb ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin"; }
};

/// The model of a table; `notes` gets what it cannot hold.
table_ptr model_of(const found_table& found, const catalogue_place& place, std::vector<reflection_note>& notes);
/// The columns of a view.
std::vector<column_spec> view_columns(const found_table& found, const catalogue_place& place, std::vector<reflection_note>& notes);

struct reflected_type {
    type is{};
    std::string loss{};  ///< what is not in it, for people; empty: nothing
};
/// The generic type of a column that the server spells so.
reflected_type type_of_spelling(std::string_view spelling, std::string_view collation);

}  // namespace azoth::mysql
