#include <azoth/orm/entity_class.hpp>

#include "class_inheritance.hpp"
#include "deferral.hpp"
#include "instance_memory.hpp"
#include "relation_checks.hpp"
#include "relation_reader.hpp"
#include "row_statements.hpp"
#include "versioning.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/select.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

namespace azoth::orm::detail {
namespace {

std::size_t offset_of_object(const object_type& type) noexcept {
    return (sizeof(instance) + type.alignment - 1) / type.alignment * type.alignment;
}
std::align_val_t alignment_of(const object_type& type) noexcept { return std::align_val_t{std::max(type.alignment, alignof(instance))}; }

}  // namespace

const relation_info* relation_info::back() const {
    return back_index < 0 ? nullptr : &target->relations()[static_cast<std::size_t>(back_index)];
}

entity_class::entity_class(const mapped_table& t)
    : table{&t},
      base{base_class_of(t)},
      root{base ? base->root : this},
      columns{columns_of(t, base)},
      parts{parts_of(t, base, columns.size())},
      source{joined_parts(parts)},
      key{base ? base->key : key_columns(columns)},
      discriminator{base ? base->discriminator : find_discriminator(t, columns)},
      version{find_version(*this)},
      deferred{find_deferred(*this)},
      kept{columns} {
    if (key.empty())
        throw_error(errc::mapping, fmt::format("{} has no primary key: objects are told apart by it (mapping of {})", name(), name()));
    if (!is_alone()) check_inheritance(*this);
    source->make_immortal();  // as tables are, now that nothing is refused any more
}

const relation_list& entity_class::unchecked_relations() const {
    std::call_once(understood_, [&] {
        relation_list all;
        if (base)
            for (const relation_info& r : base->unchecked_relations()) all.add(r);
        std::vector<relation_info> read;
        for (const auto& slot : table->relations) read.push_back(read_relation(*this, slot));
        own_relations_ = std::move(read);
        for (const relation_info& r : own_relations_) all.add(r);
        relations_ = std::move(all);
    });
    return relations_;
}

void entity_class::understand() const {
    if (base) (void)base->relations();
    (void)unchecked_relations();
    check_relations(*this);
    is_understood_.store(true, std::memory_order_release);
}

std::size_t entity_class::index_of(const member_name& member) const {
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (columns[c].offset == member.offset && columns[c].access == member.access) return c;
    return table->index_of(member.offset, *member.access, member.spelled);  // which says that there is none
}

const node_ptr& entity_class::select_by_key(std::span<const std::string_view> names) const {
    std::call_once(has_select_, [&] {
        if (key.size() > names.size())
            throw_error(errc::mapping, fmt::format("the key of {} has {} columns; {} are the most", name(), key.size(), names.size()));
        auto query = azoth::detail::make_select();
        add_columns(*query, *this);
        for (std::size_t k = 0; k < key.size(); ++k)
            query->where.emplace_back(make_node<const binary_node>(binary_operator::equal, columns[key[k]].node,
                                                                   azoth::detail::make_parameter(names[k], columns[key[k]].spec->type)));
        select_ = query;
    });
    return select_;
}

const entity_class& class_of(const mapped_table& t) {
    return static_cast<const entity_class&>(t.above.get([&] { return std::make_shared<const entity_class>(t); }));
}

instance_layout::instance_layout(const entity_class& of) noexcept
    : size{offset_of_object(of.table->object) + of.table->object.size},
      alignment{static_cast<std::size_t>(alignment_of(of.table->object))} {}

instance* make_instance(const entity_class& of, void* place) {
    const object_type& type = of.table->object;
    void* object = static_cast<char*>(place) + offset_of_object(type);
    type.construct(object);
    return new (place) instance{of, object};
}

instance* make_instance(const entity_class& of) {
    const std::align_val_t alignment = alignment_of(of.table->object);
    const auto freed = [&](void* place) noexcept { ::operator delete(place, alignment); };
    const std::size_t size = instance_layout{of}.size;
    std::unique_ptr<void, decltype(freed)> place{::operator new(size, alignment), freed};
    std::memset(place.get(), 0, size);  // relations are known by their bytes: see check_relations
    instance* made = make_instance(of, place.get());
    (void)place.release();
    return made;
}

instance_block* end_in_block(instance* i) noexcept {
    const object_type& type = i->of->table->object;
    instance_block* block = i->block;
    type.destroy(i->object);
    i->~instance();
    if (!block) ::operator delete(static_cast<void*>(i), alignment_of(type));
    return block;
}

void end_instance(instance* i) noexcept {
    if (instance_block* block = end_in_block(i)) block->leave();
}

}  // namespace azoth::orm::detail
