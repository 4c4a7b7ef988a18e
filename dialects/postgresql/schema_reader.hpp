#pragma once

#include "catalogue.hpp"
#include "catalogue_queries.hpp"
#include "catalogue_types.hpp"

#include <map>

namespace azoth::postgresql {

/// Reads a schema's definitions: once, by a number of queries that does not depend on what is in it.
class schema_reader {
public:
    schema_reader(executor& on, const reflection_request& request);
    [[nodiscard]] schema_definition read();

private:
    /// A table or view on its way.
    struct draft {
        object_name name{};
        char kind{};
        table_definition table{};
        view_definition view{};
        std::vector<column_spec> columns{};
        [[nodiscard]] bool is_view() const noexcept { return kind == 'v' || kind == 'm'; }
        [[nodiscard]] column_spec* find(std::string_view column);
    };
    [[nodiscard]] bool find_place();
    void read_relations();
    void read_relation(catalogue_row& row);
    void read_storage(draft& of, catalogue_row& row);
    void read_heritage(draft& of, catalogue_row& row);
    void read_columns(const cell& relations);
    void read_column(draft& of, catalogue_row& row);
    void read_constraints(const cell& relations);
    void read_constraint(draft& of, catalogue_row& row);
    void note_rest(draft& of, catalogue_row& row, const std::string& name);
    void add_primary_key(draft& of, foreign_key& key);
    static void add_foreign_key(draft& of, foreign_key key);
    void read_indexes(const cell& relations);
    void read_index(draft& of, catalogue_row& row, bool is_first);
    index_definition start_index(const draft& of, catalogue_row& row);
    void read_sources(const cell& relations);
    void note_triggers(const cell& relations);
    void read_sequences();
    void read_enums();
    void finish(draft& of);
    void note(const draft& of, std::string what, std::string part = {}) {
        found_.notes.push_back({of.name, std::move(what), std::move(part)});
    }
    /// How definitions name a schema: those of the default one are without where the request is.
    [[nodiscard]] std::string spelled(const std::string& schema) const;

    executor& on_;
    const reflection_request& request_;
    catalogue_queries queries_;
    type_catalogue types_;
    std::string current_schema_{};
    std::string place_{};
    std::string place_number_{};
    std::vector<std::int64_t> order_{};  ///< the relations in name order
    std::map<std::int64_t, draft> drafts_{};
    schema_definition found_{};
};

/// A view's query as the catalogue has it, without the blank and the semicolon around it.
std::string bare_query(std::string_view sql);

/// What is said of a sequence beyond what PostgreSQL takes by itself for numbers of this type.
sequence_options read_sequence_options(catalogue_row& row, std::int64_t number_type);

}  // namespace azoth::postgresql
