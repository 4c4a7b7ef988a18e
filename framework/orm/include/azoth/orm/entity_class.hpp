#pragma once

#include <azoth/orm/instance.hpp>
#include <azoth/orm/relation_description.hpp>
#include <azoth/schema/mapping.hpp>

#include <algorithm>
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
    const entity_class* owner{};         ///< whose mapping says it; what inherits that one has it too

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

/// Relations of a class: those of the class that it inherits first, which are the same ones.
class relation_list {
public:
    class iterator {
    public:
        using value_type = relation_info;
        using difference_type = std::ptrdiff_t;
        iterator() noexcept = default;
        explicit iterator(const relation_info* const* at) noexcept : at_{at} {}
        [[nodiscard]] const relation_info& operator*() const noexcept { return **at_; }
        [[nodiscard]] const relation_info* operator->() const noexcept { return *at_; }
        iterator& operator++() noexcept {
            ++at_;
            return *this;
        }
        iterator operator++(int) noexcept { return iterator{at_++}; }
        friend bool operator==(const iterator&, const iterator&) noexcept = default;

    private:
        const relation_info* const* at_{};
    };
    [[nodiscard]] iterator begin() const noexcept { return iterator{all_.data()}; }
    [[nodiscard]] iterator end() const noexcept { return iterator{all_.data() + all_.size()}; }
    [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
    [[nodiscard]] const relation_info& operator[](std::size_t i) const noexcept { return *all_[i]; }
    void add(const relation_info& r) { all_.push_back(&r); }

private:
    std::vector<const relation_info*> all_{};
};

/// One of the tables that rows of a class are in: a struct that inherits another one has a row in each table of the two.
struct class_part {
    const mapped_table* table;
    std::size_t inherited{};             ///< how many of its columns, at the front, are the key of the part before it
    std::vector<std::size_t> columns{};  ///< places in the class
    std::vector<node_ptr> nodes{};       ///< the same, as statements name them
    std::vector<node_ptr> key{};         ///< the key's columns in this table
    /// Whether the column is in this table, and not in it because another part has it.
    [[nodiscard]] bool owns(std::size_t column) const noexcept {
        return std::find(columns.begin() + static_cast<std::ptrdiff_t>(inherited), columns.end(), column) != columns.end();
    }
};

/// A row of a class that others inherit: its columns, and those that these have in the same tables.
struct polymorphic_row {
    struct kind {
        const entity_class* of;
        std::vector<std::optional<std::size_t>> places{};  ///< of its columns in the row; none: in a table of its own
        std::vector<std::size_t> missing{};                ///< its columns that are in tables of its own
    };
    std::vector<class_column> columns{};
    std::vector<kind> kinds{};  ///< the class itself first
};

/// A mapped struct as the ORM sees it. Lives until the process ends; thread-safe.
struct AZOTH_API entity_class : made_of_mapping {
    explicit entity_class(const mapped_table& t);

    const mapped_table* table;
    const entity_class* base;                  ///< that it inherits, sharing its rows; null: none
    const entity_class* root;                  ///< that all inherit that share its rows; itself where it inherits none
    std::vector<class_column> columns;         ///< those of the base first
    std::vector<class_part> parts;             ///< the root's table first
    node_ptr source;                           ///< the table, or a join of all
    std::vector<std::size_t> key;              ///< the primary key's columns
    std::optional<std::size_t> discriminator;  ///< the column that tells of which struct a row is
    std::optional<std::size_t> version;        ///< the column that changes with each update
    std::vector<std::size_t> deferred;         ///< columns that can be left unread
    kept_layout kept;                          ///< how copies of the columns lie in memory

    /// Understood once, at first use: relations lead to classes whose mappings need not be there before. Throws interface_error (mapping).
    const relation_list& relations() const {
        if (!is_understood_.load(std::memory_order_acquire)) understand();
        return relations_;
    }
    /// The same, read and not compared with those that they lead to.
    const relation_list& unchecked_relations() const;
    [[nodiscard]] const std::string& name() const noexcept { return table->struct_name; }
    /// The column of a member. Throws interface_error (mapping) where there is none.
    [[nodiscard]] std::size_t index_of(const member_name& member) const;
    /// The column by its name in one of the class's tables; none where another struct has it.
    [[nodiscard]] std::optional<std::size_t> place_of(const table_node& in, std::string_view column) const;
    [[nodiscard]] bool has_table(const table_node& t) const noexcept;

    // inheritance
    [[nodiscard]] bool is_a(const entity_class& other) const noexcept;
    [[nodiscard]] bool has_derived() const noexcept { return !table->inheritance.derived.empty(); }
    [[nodiscard]] bool is_alone() const noexcept { return !base && !has_derived(); }
    /// Whether rows of others are in its tables, so that queries have to say which are meant.
    [[nodiscard]] bool is_restricted() const noexcept { return base && table->inheritance.kind == inheritance_kind::single_table; }
    /// Itself, and all that inherit it.
    [[nodiscard]] const std::vector<const entity_class*>& below() const;
    /// The rows that a query of it reads.
    [[nodiscard]] const polymorphic_row& polymorphic() const;
    [[nodiscard]] const std::vector<class_column>& row_columns() const { return has_derived() ? polymorphic().columns : columns; }
    /// Whether a row of an outer join is not there: its key is NULL.
    [[nodiscard]] bool is_absent(std::span<const cell> row) const noexcept;

    /// SELECT of a row by its key, whose values are parameters of these names; the same statement every time.
    [[nodiscard]] const node_ptr& select_by_key(std::span<const std::string_view> names) const;

private:
    void understand() const;
    mutable std::once_flag has_select_{};
    mutable node_ptr select_{};
    mutable std::atomic<bool> is_understood_{};
    mutable std::once_flag understood_{};
    mutable std::vector<relation_info> own_relations_{};
    mutable relation_list relations_{};
    mutable std::once_flag has_below_{};
    mutable std::vector<const entity_class*> below_{};
    mutable std::once_flag has_row_{};
    mutable polymorphic_row row_{};
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

[[nodiscard]] AZOTH_API bool is_a(const instance& i, const entity_class& of) noexcept;

/// For descriptions: the other mapping need not be there yet.
template <class T>
const entity_class& later_class_of() {
    static_assert(mapped<T>, "azoth: the struct that a relation leads to is not mapped: specialise az::mapping for it");
    return class_of<T>();
}

/// Gives the relations of a new object their owner, takes over what was put into them before, and says of which struct it is. Throws
/// interface_error (misuse).
AZOTH_API void adopt_relations(instance& i);

}  // namespace azoth::orm::detail
