#pragma once

#include <azoth/orm/instance.hpp>

#include <atomic>
#include <cstddef>

namespace azoth::orm::detail {

/// A piece of memory for many instances, their objects and what is kept beside them. It goes with the last of them.
class instance_block {
public:
    /// Throws std::bad_alloc.
    static instance_block* make(std::size_t size);
    /// Null: there is no room left. For the thread of the memory that fills it.
    [[nodiscard]] char* allocate(std::size_t size, std::size_t alignment) noexcept;
    [[nodiscard]] std::size_t left() const noexcept { return static_cast<std::size_t>(end_ - next_); }
    void add_user() noexcept { ++added_; }
    /// Thread-safe, for so many users at once.
    void leave(std::size_t users = 1) noexcept;
    /// Of the memory that fills it; no more are added.
    void close() noexcept { leave(many - added_); }

private:
    /// Users that are added count when the block is closed: until then there are more than anybody can take away.
    static constexpr std::size_t many = static_cast<std::size_t>(-1) / 2;
    instance_block(char* begin, char* end) noexcept : next_{begin}, end_{end} {}
    ~instance_block() = default;

    std::atomic<std::size_t> users_{many};
    std::size_t added_{};
    char* next_;
    char* end_;
};

/// What an instance and its object take together.
struct instance_layout {
    explicit instance_layout(const entity_class& of) noexcept;
    std::size_t size;
    std::size_t alignment;
};
/// As make_instance of the class alone, in memory of its layout that is somebody else's.
instance* make_instance(const entity_class& of, void* place);

/// As end_instance, but leaves it to the caller to leave the block that it gives; null: the instance had its own memory.
[[nodiscard]] instance_block* end_in_block(instance* i) noexcept;

/// Makes instances, one behind the other in blocks. For one thread at a time; what it has made outlives it.
class instance_memory {
public:
    instance_memory() noexcept = default;
    instance_memory(const instance_memory&) = delete;
    instance_memory& operator=(const instance_memory&) = delete;
    ~instance_memory() { let_go(); }
    /// What comes now has nothing to do with what was made before, and keeps none of its memory.
    void let_go() noexcept {
        if (open_) open_->close();
        open_ = nullptr;
        size_ = 0;
    }

    /// As make_instance of the class alone, and `beside` bytes are left in its block, where they are not very many.
    [[nodiscard]] instance* make(const entity_class& of, std::size_t beside);

private:
    [[nodiscard]] char* room_for(std::size_t size, std::size_t alignment, std::size_t beside);

    instance_block* open_{};
    std::size_t size_{};  ///< of the open one
};

}  // namespace azoth::orm::detail
