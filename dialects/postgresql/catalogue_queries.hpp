#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace azoth::postgresql {

/// The queries that read a schema: each takes all relations at once ($1, an array of their numbers) where it says nothing else.
/// `version` is the profile's.
class catalogue_queries {
public:
    explicit catalogue_queries(std::uint32_t version) noexcept : version_{version} {}

    /// Takes the schema's name or NULL; gives the current schema, and the number and name of the one that is asked for.
    [[nodiscard]] static std::string_view place() noexcept;
    /// The same of the session's temporary objects, and takes nothing.
    [[nodiscard]] static std::string_view temporary_place() noexcept;
    /// Tables and views; takes the schema's number and an array of names or NULL.
    [[nodiscard]] static std::string_view relations() noexcept;
    /// The types of their columns, and those that these are made of.
    [[nodiscard]] static std::string_view types() noexcept;
    [[nodiscard]] std::string columns() const;
    [[nodiscard]] std::string constraints() const;
    /// A row for each of an index's columns.
    [[nodiscard]] std::string indexes() const;
    /// What views read.
    [[nodiscard]] static std::string_view sources() noexcept;
    /// The names of triggers, a row a relation that has any.
    [[nodiscard]] static std::string_view triggers() noexcept;
    /// Sequences that number no column by themselves; takes the schema's number.
    [[nodiscard]] static std::string_view sequences() noexcept;
    /// Takes the schema's number.
    [[nodiscard]] static std::string_view enums() noexcept;
    /// Sequences that the user may read, with the tables and columns that they number; takes the schema's number and an array of names of
    /// tables or NULL.
    [[nodiscard]] static std::string_view counters() noexcept;

private:
    /// An expression of servers from this major version on; in its place another.
    [[nodiscard]] std::string_view since(std::uint32_t major, std::string_view expression, std::string_view before) const noexcept {
        return version_ >= major * 10'000 ? expression : before;
    }
    std::uint32_t version_;
};

/// Whether the sequence pg_sequence `q` belongs to a column: by an identity, or by a default that is its next value and no more.
std::string_view numbers_a_column() noexcept;

}  // namespace azoth::postgresql
