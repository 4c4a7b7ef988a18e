#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace properties {

using choices = std::vector<std::uint8_t>;

/// Choices drawn from bytes: a fuzzer's, or those that `random_choices` makes. Past their end each choice is 0, which is the simplest one:
/// so any bytes make something, and fewer bytes make something smaller.
class byte_source {
public:
    explicit byte_source(std::span<const std::uint8_t> from) noexcept : rest_{from} {}

    /// 0 to n - 1, of n up to 256. Always takes one byte, so that another choice of a leaf leaves what follows as it is.
    unsigned pick(unsigned n) noexcept {
        if (rest_.empty()) return 0;
        const unsigned byte = rest_.front();
        rest_ = rest_.subspan(1);
        return byte % n;
    }
    bool one_in(unsigned n) noexcept { return pick(n) == n - 1; }
    [[nodiscard]] std::size_t left() const noexcept { return rest_.size(); }

private:
    std::span<const std::uint8_t> rest_;
};

/// The same for a seed and a number on every machine.
[[nodiscard]] inline choices random_choices(std::uint64_t seed, std::uint64_t number, std::size_t size) {
    std::uint64_t state = seed * 0x9e3779b97f4a7c15ull + number * 0xd1342543de82ef95ull;
    choices made(size);
    for (auto& byte : made) {  // splitmix64
        std::uint64_t z = (state += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        byte = static_cast<std::uint8_t>((z ^ (z >> 31)) >> 56);
    }
    return made;
}

}  // namespace properties
