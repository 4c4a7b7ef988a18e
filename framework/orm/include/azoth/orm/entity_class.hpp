#pragma once

#include <azoth/orm/instance.hpp>
#include <azoth/orm/relation_description.hpp>
#include <azoth/schema/mapping.hpp>

#include <atomic>
#include <cstddef>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::orm::detail {

/// How a relation finds its objects: columns of the one side equal columns of the other, by their places in the tables.
struct column_pair {
    std::size_t own;
    std::size_t other;
};

/// The table between the two sides of a many-to-many relation.
struct association {
    node_ptr table{};
    std::vector<node_ptr> columns{};  ///< all of the table's
    std::vector<column_pair> own{};   ///< a place in the class's table, and one in this one
    std::vector<column_pair> other{};
};

enum class relation_direction : std::uint8_t {
    to_parent,    ///< our row refers to theirs
    to_children,  ///< their rows refer to ours
    by_table,     ///< a third table's rows refer to both
    by_condition  ///< what the program says of both
};

/// A relation that has been understood.
struct AZOTH_API relation_info {
    std::string name{};  ///< "Maintainer::packages"
    std::ptrdiff_t offset{};
    const relation_description* said{};
    const entity_class* target{};
    relation_direction direction{};
    bool is_many{};
    std::vector<column_pair> columns{};  ///< not of by_table; of by_condition our key alone
    association via{};                   ///< of by_table
    int back_index{-1};                  ///< of the other side among the target's relations; -1: it has none
    bool is_required{};                  ///< the columns that refer cannot be NULL

    /// The other side; null: none.
    [[nodiscard]] const relation_info* back() const;
};

/// A column of a class, and where its value lies in the object.
struct class_column {
    std::ptrdiff_t offset;
    const codec* access;
    node_ptr node;  ///< as statements name it
    const column_spec* spec;
    const column_details* details;
    const object_column* object;
    std::string_view member;
};

/// A mapped struct as the ORM sees it. Lives until the process ends; thread-safe.
struct AZOTH_API entity_class : made_of_mapping {
    explicit entity_class(const mapped_table& t);

    const mapped_table* table;
    std::vector<class_column> columns;
    std::vector<std::size_t> key{};        ///< the primary key's columns
    std::optional<std::size_t> version{};  ///< the column that changes with each update
    std::vector<std::size_t> deferred{};   ///< columns that can be left unread
    /// Understood once, at first use: relations lead to classes whose mappings need not be there before. Throws interface_error (mapping).
    const std::vector<relation_info>& relations() const {
        if (!is_understood_.load(std::memory_order_acquire)) understand();
        return relations_;
    }
    /// The same, read and not compared with those that they lead to.
    const std::vector<relation_info>& unchecked_relations() const;
    [[nodiscard]] const std::string& name() const noexcept { return table->struct_name; }

    /// SELECT of a row by its key, whose values are parameters of these names; the same statement every time.
    [[nodiscard]] const node_ptr& select_by_key(std::span<const std::string_view> names) const;

private:
    void understand() const;
    mutable std::once_flag has_select_{};
    mutable node_ptr select_{};
    mutable std::atomic<bool> is_understood_{};
    mutable std::once_flag understood_{};
    mutable std::vector<relation_info> relations_{};
};

/// An instance and an object as its default constructor makes it, related to nothing, in one piece of memory.
AZOTH_API instance* make_instance(const entity_class& of);
AZOTH_API void end_instance(instance* i) noexcept;

AZOTH_API const entity_class& class_of(const mapped_table& t);
template <mapped T>
const entity_class& class_of() {
    static const entity_class& known = class_of(mapped_table_of<T>());
    return known;
}

/// For descriptions: the other mapping need not be there yet.
template <class T>
const entity_class& later_class_of() {
    static_assert(mapped<T>, "azoth: the struct that a relation leads to is not mapped: specialise az::mapping for it");
    return class_of<T>();
}

/// Gives the relations of a new object their owner, and takes over what was put into them before. Throws interface_error (misuse).
AZOTH_API void adopt_relations(instance& i);

}  // namespace azoth::orm::detail
