#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace azoth::orm::detail {

/// Calls `work` with `most` at a time, until it has had all: statements have limits.
template <class T, class Work>
void in_chunks(std::span<T> all, std::size_t most, Work&& work) {
    for (; !all.empty(); all = all.subspan(std::min(most, all.size()))) work(all.first(std::min(most, all.size())));
}

}  // namespace azoth::orm::detail
