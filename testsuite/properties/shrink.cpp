#include "shrink.hpp"

#include <algorithm>

namespace properties {
namespace {

class shrinker {
public:
    shrinker(choices failing, const std::function<bool(const choices&)>& fails, int patience)
        : best_{std::move(failing)}, fails_{fails}, patience_{patience} {}

    choices run() {
        bool better = true;
        while (better && patience_ > 0) {
            better = cut_end();
            for (std::size_t size = std::max<std::size_t>(best_.size() / 4, 1); size > 0; size /= 2) better = remove_blocks(size) || better;
            better = lower_bytes() || better;
        }
        return best_;
    }

private:
    bool accept(choices candidate) {
        if (patience_-- <= 0 || !fails_(candidate)) return false;
        best_ = std::move(candidate);
        return true;
    }
    bool cut_end() {
        bool any = false;
        while (!best_.empty() && accept({best_.begin(), best_.begin() + static_cast<std::ptrdiff_t>(best_.size() / 2)})) any = true;
        return any;
    }
    bool remove_blocks(std::size_t size) {
        bool any = false;
        for (std::size_t at = best_.size(); at >= size && patience_ > 0; --at) {
            if (at > best_.size()) continue;
            choices candidate = best_;
            const auto end = candidate.begin() + static_cast<std::ptrdiff_t>(at);
            candidate.erase(end - static_cast<std::ptrdiff_t>(size), end);
            any = accept(std::move(candidate)) || any;
        }
        return any;
    }
    bool lower_bytes() {
        bool any = false;
        for (std::size_t at = 0; at < best_.size() && patience_ > 0; ++at)
            for (const int lower : {0, best_[at] / 2, best_[at] - 1}) {
                if (lower < 0 || lower >= best_[at]) continue;
                choices candidate = best_;
                candidate[at] = static_cast<std::uint8_t>(lower);
                if (!accept(std::move(candidate))) continue;
                any = true;
                break;
            }
        return any;
    }

    choices best_;
    const std::function<bool(const choices&)>& fails_;
    int patience_;
};

}  // namespace

choices shrink(choices failing, const std::function<bool(const choices&)>& fails, int patience) {
    return shrinker{std::move(failing), fails, patience}.run();
}

}  // namespace properties
