#include "instance_memory.hpp"

#include <azoth/orm/entity_class.hpp>

#include <sys/mman.h>

#include <algorithm>
#include <memory>
#include <new>

namespace azoth::orm::detail {
namespace {

constexpr std::size_t first_size = 1024;
constexpr std::size_t largest_size = std::size_t{64} * 1024;
constexpr std::size_t many = std::size_t{1024} * 1024;      // so much has been read that more may come: from here on huge ones
constexpr std::size_t most_beside = std::size_t{4} * 1024;  // beyond it an allocation costs little beside the copy

}  // namespace

instance_block* instance_block::make(std::size_t size) {
    const std::size_t whole = sizeof(instance_block) + size;
    const std::align_val_t alignment{whole < huge ? alignof(std::max_align_t) : huge};
    char* memory = static_cast<char*>(::operator new(whole, alignment));
    if (whole >= huge) (void)madvise(memory, whole, MADV_HUGEPAGE);  // a wish
    return new (memory) instance_block{memory + sizeof(instance_block), memory + whole, alignment};
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
    const std::align_val_t alignment = alignment_;
    this->~instance_block();
    ::operator delete(static_cast<void*>(this), alignment);
}

char* instance_memory::room_for(std::size_t size, std::size_t alignment, std::size_t beside) {
    const std::size_t needed = size + alignment + beside;
    if (!open_ || open_->left() < needed) {
        const std::size_t usual =
            total_ < many ? std::clamp(2 * size_, first_size, largest_size) : instance_block::huge - sizeof(instance_block);
        const std::size_t wanted = std::max(needed, usual);
        instance_block* next = instance_block::make(wanted);
        if (open_) open_->close();
        open_ = next;
        size_ = wanted;
        total_ += wanted;
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
