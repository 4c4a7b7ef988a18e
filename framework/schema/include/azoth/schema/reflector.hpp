#pragma once

#include <azoth/schema/definition.hpp>
#include <azoth/sql/executor.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// What is to be read of one schema.
struct reflection_request {
    std::string schema{};              ///< empty: the connection's default
    std::vector<std::string> names{};  ///< of tables and views; empty: all
    bool views{true};
    bool sequences{true};
    bool enums{true};
    bool temporary{};  ///< the session's temporary tables and views, in place of the lasting ones
};

/// How far a sequence, or the numbers of a column that the database makes, have counted.
struct next_number {
    object_name of{};       ///< a sequence, or a table
    std::string column{};   ///< of the table; empty: a sequence
    std::int64_t number{};  ///< what comes next
    bool is_used_up{};      ///< nothing comes next: `number` was the last one
};

/// Reads what a database holds. `schema` empty: the connection's default. Its functions stay as they are within
/// a major version of the interface of dialects.
class AZOTH_API reflector {
public:
    virtual ~reflector();
    [[nodiscard]] virtual bool has_table(std::string_view name, std::string_view schema = {}) = 0;
    /// Tables without the system's own and without temporary ones, in name order.
    [[nodiscard]] virtual std::vector<std::string> table_names(std::string_view schema = {}) = 0;

    /// Reads definitions by a number of queries that does not depend on how many there are. Names come out as Azoth spells them: objects of
    /// the default schema have an empty schema where the request's is empty. Names asked for and not there are left out. What cannot be
    /// put into the model becomes a note. The default throws not_supported_error.
    [[nodiscard]] virtual schema_definition read(const reflection_request& request);
    /// Schemas without the system's own, in name order.
    [[nodiscard]] virtual std::vector<std::string> schema_names();
    /// The schema that names without one belong to.
    [[nodiscard]] virtual std::string default_schema();
    [[nodiscard]] virtual std::vector<std::string> view_names(std::string_view schema = {});
    [[nodiscard]] virtual std::vector<std::string> sequence_names(std::string_view schema = {});
    [[nodiscard]] virtual std::vector<std::string> temporary_table_names();
    /// `has_table` of many at once, in their order. The default asks for each.
    [[nodiscard]] virtual std::vector<bool> have_tables(const std::vector<std::string>& names, std::string_view schema = {});
    [[nodiscard]] virtual bool has_schema(std::string_view name);
    [[nodiscard]] virtual bool has_sequence(std::string_view name, std::string_view schema = {});
    [[nodiscard]] virtual bool has_view(std::string_view name, std::string_view schema = {});
    [[nodiscard]] virtual bool has_enum(std::string_view name, std::string_view schema = {});
    /// The same of many at once, in their order. The defaults look into the lists of names, or into all that is read.
    [[nodiscard]] virtual std::vector<bool> have_views(const std::vector<std::string>& names, std::string_view schema = {});
    [[nodiscard]] virtual std::vector<bool> have_sequences(const std::vector<std::string>& names, std::string_view schema = {});
    [[nodiscard]] virtual std::vector<bool> have_enums(const std::vector<std::string>& names, std::string_view schema = {});
    /// What comes next of the request's sequences, and of the columns of its tables; no number is taken. Read by a fixed number of queries.
    /// What the server does not tell, or not to this user, is left out; the default leaves out all.
    [[nodiscard]] virtual std::vector<next_number> next_numbers(const reflection_request& request);
    /// The queries of views as the database writes such views down, in their order; empty where it cannot tell, such as where the query
    /// does not fit the tables that are there. Runs in a transaction, and leaves nothing behind. The default tells none.
    [[nodiscard]] virtual std::vector<std::string> written_queries(const std::vector<view_definition>& views);
};

/// Tells of a table's or view's triggers, which the model has no place for where the database does not keep them as statements.
[[nodiscard]] AZOTH_API reflection_note note_of_triggers(object_name of, const std::vector<std::string>& names);

/// The schema with its views' queries as the database that `on` speaks to writes them down: to be compared with what has been read from it,
/// and to be what that becomes. A query that it cannot tell of stays as it is.
[[nodiscard]] AZOTH_API schema_definition as_written(executor& on, schema_definition all);

}  // namespace azoth
