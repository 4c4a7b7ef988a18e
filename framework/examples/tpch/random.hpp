#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// Numbers that look random and follow from a table's name and a row's key: splitmix64, since the standard library's distributions differ
/// from one to the next.
class Random {
public:
    Random(std::string_view table, std::int64_t key) : state_{static_cast<std::uint64_t>(key) * 0x9E3779B97F4A7C15U} {
        for (const char c : table) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
        for (int i = 0; i < 3; ++i) next();
    }

    /// Between `low` and `high`, both included.
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(high - low + 1));
    }
    /// Once in so many times.
    bool once_in(std::int64_t times) { return between(1, times) == 1; }
    std::string_view one_of(std::span<const std::string_view> words) { return words[static_cast<std::size_t>(next() % words.size())]; }

private:
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }

    std::uint64_t state_;
};
