#include "instance_memory.hpp"

#include <azoth/orm/entity_class.hpp>

#include <algorithm>
#include <memory>
#include <new>

namespace azoth::orm::detail {
namespace {

constexpr std::size_t first_size = 1024;
// Each four times as large as the one before it. Once one this large has been freed, glibc keeps as much for the next session: pages that
// go back to the system and are touched for the first time again take longer than what is read into them.
constexpr std::size_t largest_size = std::size_t{16} * 1024 * 1024;
constexpr std::size_t most_beside = std::size_t{4} * 1024;  // beyond it an allocation costs little beside the copy

}  // namespace

instance_block* instance_block::make(std::size_t size) {
    char* memory = static_cast<char*>(::operator new(sizeof(instance_block) + size));
    char* begin = memory + sizeof(instance_block);
    return new (memory) instance_block{begin, begin + size};
}

char* instance_block::allocate(std::size_t size, std::size_t alignment) noexcept {
    void* at = next_;
    auto left_there = left();
    if (!std::align(alignment, size, at, left_there)) return nullptr;
    next_ = static_cast<char*>(at) + size;
    return static_cast<char*>(at);
}

void instance_block::leave(std::size_t users) noexcept {
    if (users_.fetch_sub(users, std::memory_order_acq_rel) != users) return;
    this->~instance_block();
    ::operator delete(static_cast<void*>(this));
}

char* instance_memory::room_for(std::size_t size, std::size_t alignment, std::size_t beside) {
    const std::size_t needed = size + alignment + beside;
    if (!open_ || open_->left() < needed) {
        const std::size_t wanted = std::max(needed, std::clamp(4 * size_, first_size, largest_size));
        instance_block* next = instance_block::make(wanted);
        if (open_) open_->close();
        open_ = next;
        size_ = wanted;
    }
    return open_->allocate(size, alignment);
}

instance* instance_memory::make(const entity_class& of, std::size_t beside) {
    const instance_layout layout{of};
    instance* made = make_instance(of, room_for(layout.size, layout.alignment, beside > most_beside ? 0 : beside));
    made->block = open_;
    open_->add_user();
    return made;
}

}  // namespace azoth::orm::detail
