#include <azoth/base/arena.hpp>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>

namespace azoth {
namespace {

constexpr std::size_t first_block = 1024;
constexpr std::size_t largest_growth = std::size_t{1} << 20;

}  // namespace

char* arena::allocate_block(std::size_t size) {
    if (size > std::numeric_limits<std::size_t>::max() - 7) throw std::bad_alloc{};
    size = rounded(size);
    const std::size_t last = blocks_.empty() ? 0 : blocks_.back().size;
    const std::size_t wanted = std::max(size, last == 0 ? first_block : std::min(last * 2, largest_growth));
    blocks_.push_back({std::make_unique_for_overwrite<char[]>(wanted), wanted});
    char* const p = blocks_.back().memory.get();
    next_ = p + size;
    left_ = wanted - size;
    used_ += size;
    return p;
}

std::string_view arena::copy(std::string_view text) {
    if (text.empty()) return {"", 0};
    char* const p = allocate(text.size());
    std::memcpy(p, text.data(), text.size());
    return {p, text.size()};
}

void arena::clear() noexcept {
    used_ = 0;
    if (blocks_.empty()) return;
    const auto largest = std::max_element(blocks_.begin(), blocks_.end(), [](const block& a, const block& b) { return a.size < b.size; });
    std::iter_swap(blocks_.begin(), largest);
    blocks_.erase(blocks_.begin() + 1, blocks_.end());
    next_ = blocks_.front().memory.get();
    left_ = blocks_.front().size;
}

}  // namespace azoth
