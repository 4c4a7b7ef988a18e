#pragma once

#include <azoth/schema/column_options.hpp>
#include <azoth/schema/inheritance.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <vector>

namespace azoth {

/// What a mapping says of a relation; the ORM, above, knows what is in it.
struct AZOTH_API relation_description {
    virtual ~relation_description();
};
struct relation_slot {
    std::ptrdiff_t offset{};
    std::string member{};
    std::shared_ptr<const relation_description> description{};
};

/// How objects of a mapped struct come and go.
struct object_type {
    std::size_t size{};
    std::size_t alignment{};
    void (*construct)(void* at){};
    void (*destroy)(void* object) noexcept {};
};
template <class T>
object_type object_type_of() noexcept {
    return {sizeof(T), alignof(T), +[](void* at) { new (at) T{}; }, +[](void* object) noexcept { static_cast<T*>(object)->~T(); }};
}

/// What a layer above has made of something, once, and that lives as long. Thread-safe.
template <class Base>
class made_once {
public:
    /// What `make()`, a std::shared_ptr, has made the first time; what it throws is thrown, and the next call makes it.
    template <class F>
    const Base& get(F&& make) const {
        std::call_once(once_, [&] { made_ = make(); });
        return *made_;
    }

private:
    mutable std::once_flag once_{};
    mutable std::shared_ptr<const Base> made_{};
};
struct AZOTH_API made_of_mapping {
    virtual ~made_of_mapping();
};

/// A mapped struct's table: how statements see it, how DDL makes it, and its relations. Lives until the process ends.
class AZOTH_API mapped_table : public entity_info {
public:
    table_definition definition{};
    std::vector<relation_slot> relations{};
    std::vector<object_column> object_columns{};  ///< one a column
    mapped_inheritance inheritance{};
    object_type object{};
    made_once<made_of_mapping> above{};  ///< the ORM's class
};

/// Collects the description of a table and checks it; the untyped core of `table_map` and `table`.
class AZOTH_API table_builder {
public:
    table_builder(std::string name, std::string schema);

    void add(column_draft column);
    void add_unique(unique_constraint constraint) { uniques_.push_back(std::move(constraint)); }
    void add_index(index_definition index) { indexes_.push_back(std::move(index)); }
    void add_check(check_constraint check) { checks_.push_back(std::move(check)); }
    void add_foreign_key(foreign_key key) { foreign_keys_.push_back(std::move(key)); }
    void set_comment(std::string text) { comment_ = std::move(text); }
    void set_temporary() noexcept { temporary_ = true; }
    void set_option(std::string name, std::string value) { options_[std::move(name)] = std::move(value); }
    void set_primary_key_name(std::string name) { primary_key_name_ = std::move(name); }
    void add_relation(relation_slot relation) { relations_.push_back(std::move(relation)); }
    void set_discriminator(std::string column, value identity);
    /// The columns of a base are this table's, or its key refers to theirs; said before any column. Throws interface_error (mapping).
    void set_base(const later_mapping& base, value identity, bool is_concrete);
    void add_derived(const later_mapping& derived) { inheritance_.derived.push_back(derived); }

    [[nodiscard]] reference_target target_of(std::ptrdiff_t offset, const codec& access, std::string_view member) const;
    [[nodiscard]] const column_draft& column_at(std::ptrdiff_t offset, const codec& access, std::string_view member) const;
    /// Throws interface_error (mapping) naming the struct and the member: no column, a name or member twice, a type that does not fit.
    [[nodiscard]] table_definition define(std::string_view struct_name) const;
    [[nodiscard]] std::shared_ptr<const mapped_table> build(std::string_view struct_name, const object_type& object) const;

private:
    [[nodiscard]] table_builder with_derived() const;
    [[nodiscard]] bool is_table_of(const table_builder& other) const { return name_ == other.name_ && schema_ == other.schema_; }

    std::string name_;
    std::string schema_;
    std::vector<column_draft> columns_{};
    std::vector<unique_constraint> uniques_{};
    std::vector<index_definition> indexes_{};
    std::vector<check_constraint> checks_{};
    std::vector<foreign_key> foreign_keys_{};
    std::string primary_key_name_{};
    std::string comment_{};
    bool temporary_{};
    name_map options_{};
    std::vector<relation_slot> relations_{};
    mapped_inheritance inheritance_{};
};

}  // namespace azoth
