#pragma once

#include <azoth/schema/mapping.hpp>
#include <azoth/schema/table.hpp>
#include <azoth/sql/executor.hpp>

#include <memory>
#include <vector>

namespace azoth {

enum class check_first : bool { no, yes };

/// A collection of tables, to be created and dropped together. A value; not for concurrent change.
class AZOTH_API metadata {
public:
    metadata() = default;
    explicit metadata(const std::vector<table>& tables);

    /// A table with the name of one that is there already throws interface_error (mapping).
    void add(const table& table);
    template <mapped T>
    void add() {
        add_definition(mapped_table_of<T>().definition);
    }
    /// The tables, those referred to before those that refer; cycles broken at the key that closes them.
    [[nodiscard]] std::vector<table> sorted_tables() const;

    /// Creates the tables that are not there yet (or, unchecked, all), with their indexes and keys, in one transaction where the database
    /// can. A foreign key to a table that neither the metadata nor the database has is the database's error.
    void create_all(const executor_source& in, check_first check = check_first::yes) const;
    /// Drops those that are there, those that refer first.
    void drop_all(const executor_source& in, check_first check = check_first::yes) const;

private:
    void add_definition(const table_definition& definition);

    std::vector<std::shared_ptr<const table_definition>> tables_{};
};

/// The tables of mapped structs.
template <mapped... Ts>
[[nodiscard]] metadata metadata_of() {
    metadata all;
    (all.add<Ts>(), ...);
    return all;
}

}  // namespace azoth
