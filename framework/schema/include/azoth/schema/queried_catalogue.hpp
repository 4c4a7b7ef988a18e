#pragma once

#include <azoth/schema/catalogue_rows.hpp>
#include <azoth/schema/reflector.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// The queries by which a catalogue is read, one for each kind of thing, whatever the number of tables. `:schema` in them is the schema's
/// name; a query without it knows of no schemas, and finds nothing in one that is named. A query's columns are these, in this order; what a
/// database does not have is NULL in its place, or the query is empty.
struct catalogue_queries {
    std::string relations{};  ///< name, query (NULL: a table, and no view; empty: a view whose query is not shown), comment
    /// relation, column, whether it may be NULL (1), default as SQL, expression of a computed column as SQL, whether the database numbers
    /// it (1), comment, the type as the database spells it; then whatever `type_of` looks at. In the relations' order of columns.
    std::string columns{};
    /// table, constraint, "PRIMARY KEY", "UNIQUE" or "FOREIGN KEY", column; of foreign keys referred schema (NULL: the same), table,
    /// column, ON UPDATE, ON DELETE in the standard's words. By table and constraint, in the key's order of columns.
    std::string keys{};
    std::string checks{};     ///< table, constraint, condition as SQL
    std::string indexes{};    ///< table, index, whether it is unique (1), column (NULL: an expression), expression as SQL, descending (1)
    std::string sequences{};  ///< name, start, increment, minimum, maximum, comment
    std::string schemas{};    ///< name; without the system's own
    std::string default_schema{};
};

/// The queries for databases with the standard's INFORMATION_SCHEMA. What the standard leaves out is left out: indexes, comments, what the
/// database numbers. The views join constraints by their names, which the standard has one a schema: where two tables have constraints of
/// one name, as PostgreSQL lets them, what cannot be told apart becomes a note. Behind `columns` come CHARACTER_MAXIMUM_LENGTH,
/// NUMERIC_PRECISION and NUMERIC_SCALE.
[[nodiscard]] AZOTH_API catalogue_queries standard_catalogue_queries();
/// The type that the standard spells so: "CHARACTER VARYING" with a length of 20 is string(20). Unknown where it has no such type.
[[nodiscard]] AZOTH_API type standard_type(std::string_view spelled, std::int64_t length, std::int64_t precision, std::int64_t scale);

/// A reflector that runs those queries. A dialect gives its own, or changes the standard's, and says what a column's type is. Names come
/// out as Azoth spells them (identifier_rules::swaps_case). For one thread at a time; `on` must outlive it.
class AZOTH_API queried_catalogue : public reflector {
public:
    explicit queried_catalogue(executor& on, catalogue_queries queries = standard_catalogue_queries());

    [[nodiscard]] bool has_table(std::string_view name, std::string_view schema = {}) override;
    [[nodiscard]] std::vector<std::string> table_names(std::string_view schema = {}) override;
    [[nodiscard]] std::vector<std::string> view_names(std::string_view schema = {}) override;
    [[nodiscard]] std::vector<std::string> sequence_names(std::string_view schema = {}) override;
    [[nodiscard]] std::vector<bool> have_tables(const std::vector<std::string>& names, std::string_view schema = {}) override;
    [[nodiscard]] std::vector<std::string> schema_names() override;
    [[nodiscard]] std::string default_schema() override;
    [[nodiscard]] schema_definition read(const reflection_request& request) override;

protected:
    /// The type of a column; `row` is a row of the query `columns`. The default reads what standard_catalogue_queries gives.
    [[nodiscard]] virtual type type_of(const catalogue_row& row) const;
    /// What the database calls something that the program has not named has no name in the model: for names such as "SYS_C0012". The
    /// default keeps all.
    [[nodiscard]] virtual bool is_made_name(std::string_view constraint) const;
    /// SQL as the catalogue keeps it, as it stands behind DEFAULT, in CHECK (...) and as a view's query. The default leaves it.
    enum class kept_sql : unsigned char { default_value, check, computed, index, view };
    [[nodiscard]] virtual std::string sql_of(kept_sql what, std::string_view text) const;

private:
    class reading;
    [[nodiscard]] std::vector<catalogue_row> rows(const std::string& query, std::string_view schema);
    [[nodiscard]] std::string name_at(const catalogue_row& row, std::size_t column) const;
    [[nodiscard]] std::vector<std::string> relation_names(std::string_view schema, bool views);

    executor& on_;
    catalogue_queries queries_;
    std::string home_{};  ///< the default schema, once it was asked for
};

}  // namespace azoth
