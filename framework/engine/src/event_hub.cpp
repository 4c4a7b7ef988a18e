#include "event_hub.hpp"

namespace azoth::detail {

subscription event_hub::add(event_handlers handlers) {
    auto kept = std::make_shared<const event_handlers>(std::move(handlers));
    const std::scoped_lock lock{mutex_};
    listeners_.emplace_back(kept);
    heard_.store(true, std::memory_order_relaxed);
    return subscription{std::move(kept)};
}

std::vector<std::shared_ptr<const event_handlers>> event_hub::listeners() {
    std::vector<std::shared_ptr<const event_handlers>> alive;
    const std::scoped_lock lock{mutex_};
    std::erase_if(listeners_, [](const auto& l) { return l.expired(); });
    for (const auto& l : listeners_)
        if (auto strong = l.lock()) alive.push_back(std::move(strong));
    if (alive.empty()) heard_.store(false, std::memory_order_relaxed);
    return alive;
}

}  // namespace azoth::detail
