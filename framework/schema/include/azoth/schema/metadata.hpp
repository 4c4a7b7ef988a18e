#pragma once

#include <azoth/schema/ddl.hpp>
#include <azoth/schema/mapping.hpp>
#include <azoth/schema/naming.hpp>
#include <azoth/schema/objects.hpp>
#include <azoth/schema/reflector.hpp>
#include <azoth/schema/table.hpp>
#include <azoth/sql/executor.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace azoth {

enum class check_first : bool { no, yes };

/// What runs before or after `create_all` and `drop_all`, in their transaction: `on.run(*text(...).node(), nullptr)`, or whatever else;
/// `on.server_profile().dialect` says where.
using schema_hook = std::function<void(executor& on)>;

/// A collection of tables, views and sequences, to be created and dropped together. A value; not for concurrent change.
class AZOTH_API metadata {
public:
    metadata() = default;
    /// Throws interface_error (mapping) where the convention has a token that there is none of.
    explicit metadata(naming_convention naming);
    explicit metadata(const std::vector<table>& tables);
    metadata(naming_convention naming, const std::vector<table>& tables);

    /// A table with the name of one that is there already throws interface_error (mapping); so do views and sequences. What a table leaves
    /// unnamed is called as the convention has it; `find` gives the table with those names.
    void add(const table& table);
    void add(const view& view);
    void add(const sequence& sequence);
    template <mapped T>
    void add() {
        add_mapped(mapped_table_of<T>());
    }
    /// Reads a database's schema into the collection, beside what it has; tables that it has already stay as they are. What cannot be
    /// understood is in `notes`. Throws not_supported_error where the dialect cannot read it.
    void reflect(const executor_source& from, const reflection_request& request = {});

    /// A table by its name; throws interface_error (mapping) naming near ones.
    [[nodiscard]] table find(std::string_view name, std::string_view schema = {}) const;
    /// The tables, those referred to before those that refer; cycles broken at the key that closes them.
    [[nodiscard]] std::vector<table> sorted_tables() const;
    /// All of it. Enumerations are those that the tables' columns are of, and those that were reflected.
    [[nodiscard]] const schema_definition& definition() const noexcept { return all_; }
    [[nodiscard]] const std::vector<reflection_note>& notes() const noexcept { return all_.notes; }

    void before_create(schema_hook hook) { before_create_.push_back(std::move(hook)); }
    void after_create(schema_hook hook) { after_create_.push_back(std::move(hook)); }
    void before_drop(schema_hook hook) { before_drop_.push_back(std::move(hook)); }
    void after_drop(schema_hook hook) { after_drop_.push_back(std::move(hook)); }

    /// Creates what is not there yet (or, unchecked, all): types, sequences, tables with their indexes, keys and comments, views; in one
    /// transaction where the database can. A foreign key to a table that neither the metadata nor the database has is the database's error.
    void create_all(const executor_source& in, check_first check = check_first::yes) const;
    /// Drops what is there, those that refer first.
    void drop_all(const executor_source& in, check_first check = check_first::yes) const;

private:
    void add_mapped(const mapped_table& mapped);
    void add_definition(table_ptr definition);
    void add_enums_of(const table_definition& table);

    std::optional<naming_convention> naming_{};
    schema_definition all_{};
    std::vector<schema_hook> before_create_{};
    std::vector<schema_hook> after_create_{};
    std::vector<schema_hook> before_drop_{};
    std::vector<schema_hook> after_drop_{};
};

/// The statements that create all of it on a server, or drop it, in their order: to be printed, or run one by one.
[[nodiscard]] AZOTH_API std::vector<ddl_statement> create_statements(const schema_definition& all, const profile& server,
                                                                     const rule_table& rules);
[[nodiscard]] AZOTH_API std::vector<ddl_statement> drop_statements(const schema_definition& all, const profile& server,
                                                                   const rule_table& rules);

/// The tables of mapped structs.
template <mapped... Ts>
[[nodiscard]] metadata metadata_of() {
    metadata all;
    (all.add<Ts>(), ...);
    return all;
}
/// ... whose constraints and indexes are called as the convention has it.
template <mapped... Ts>
[[nodiscard]] metadata metadata_of(naming_convention naming) {
    metadata all{std::move(naming)};
    (all.add<Ts>(), ...);
    return all;
}

}  // namespace azoth
