#pragma once

#include <azoth/engine/events.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace azoth::detail {

/// Who listens to an engine. Asking whether anybody does costs one load.
class event_hub {
public:
    subscription add(event_handlers handlers);
    [[nodiscard]] bool is_heard() const noexcept { return heard_.load(std::memory_order_relaxed); }

    template <class... Params, class... Args>
    void tell(std::function<void(Params...)> event_handlers::*which, const Args&... args) {
        if (!is_heard()) return;
        for (const auto& listener : listeners())
            if (const auto& call = (*listener).*which) call(args...);
    }

private:
    std::vector<std::shared_ptr<const event_handlers>> listeners();

    std::atomic<bool> heard_{false};
    std::mutex mutex_{};
    std::vector<std::weak_ptr<const event_handlers>> listeners_{};
};

}  // namespace azoth::detail
